//! The tables of a file that belong to the catalogue, each with its columns, title and domain.

use crate::reading::body::{body, is_note};
use crate::reading::build::{Built, Table};
use crate::reading::carry::carry_down;
use crate::reading::check::{EmptyRow, issues};
use crate::reading::columns::Role;
use crate::reading::grid::{Row, Sheet, Spans};
use crate::reading::header::{Header, header_at};
use crate::reading::titles;
use crate::{Item, Place, ReadCatalogue};

/// Rows under one set of headings, with what is said of them.
pub(crate) struct Segment<'a> {
    pub(crate) title: Option<String>,
    domain: Option<String>,
    roles: Vec<Role>,
    rows: Vec<&'a Row>,
    spans: Spans,
    sheet: Option<String>,
    table: usize,
    header_row: usize,
}

/// The parts of the catalogue, in order.
pub(crate) fn segments<'a>(sheets: &'a [Sheet], page_title: Option<&str>) -> Vec<Segment<'a>> {
    let mut segments: Vec<Segment<'a>> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        add_sheet(&mut segments, sheet, at + 1, page_title);
    }
    segments
}

fn add_sheet<'a>(segments: &mut Vec<Segment<'a>>, sheet: &'a Sheet, table: usize, page_title: Option<&str>) {
    let own = segments.len();
    // the lines since the last table, nearest last
    let mut said: Vec<&str> = sheet.before.iter().map(String::as_str).collect();
    let mut at = 0;
    while at < sheet.rows.len() {
        if let Some(header) = header_at(&sheet.rows, at, sheet.spans) {
            let start = at;
            at += header.rows;
            start_segment(segments, header, &said, Origin { sheet, table, row: start, page_title, own });
            said.clear();
            continue;
        }
        let row = &sheet.rows[at];
        at += 1;
        match row.lone_text() {
            Some(text) if titles::is_heading(text) && !is_note(text) => said.push(text),
            _ if segments.len() > own => {
                said.clear();
                if let Some(segment) = segments.last_mut() {
                    segment.rows.push(row);
                }
            }
            Some(text) => said.push(text),
            None => {}
        }
    }
    if segments.len() == own {
        continue_last(segments, sheet);
    }
}

/// Where a header was found.
struct Origin<'a, 'b> {
    sheet: &'a Sheet,
    table: usize,
    row: usize,
    page_title: Option<&'b str>,
    /// How many segments there were before this sheet.
    own: usize,
}

/// Starts a segment, or goes on with the last one if only its headings are repeated.
fn start_segment<'a>(segments: &mut Vec<Segment<'a>>, header: Header, said: &[&str], origin: Origin<'a, '_>) {
    let Origin { sheet, table, row, page_title, own } = origin;
    let title = titles::title(said.iter().rev().copied());
    let heading = said.iter().rev().filter(|line| titles::is_heading(line)).find_map(|line| titles::domain(line));
    let first_here = segments.len() == own;
    let domain = title
        .as_deref()
        .and_then(titles::domain)
        .or(heading)
        .or_else(|| sheet.name.as_deref().filter(|_| first_here).and_then(titles::domain_of_sheet));
    if let Some(last) = segments.last()
        && last.roles == header.roles
        && last.sheet == sheet.name
        && last.spans == sheet.spans
        && (domain.is_none() || domain == last.domain)
        && (first_here || last.table == table)
    {
        return;
    }
    let of_page = page_title.filter(|_| segments.is_empty());
    let title = title.or_else(|| titles::title(of_page.into_iter()));
    let inherited = segments.last().filter(|_| !first_here).and_then(|last| last.domain.clone());
    let domain = domain.or_else(|| title.as_deref().and_then(titles::domain)).or(inherited);
    segments.push(Segment {
        title,
        domain,
        roles: header.roles,
        rows: Vec::new(),
        spans: sheet.spans,
        sheet: sheet.name.clone(),
        table,
        header_row: sheet.rows[row].number,
    });
}

/// A table without headings goes on with the one before if it is as wide.
fn continue_last<'a>(segments: &mut [Segment<'a>], sheet: &'a Sheet) {
    if let Some(last) = segments.last_mut()
        && sheet.name.is_none()
        && last.sheet.is_none()
        && sheet.width() == last.roles.len()
    {
        last.rows.extend(&sheet.rows);
    }
}

impl Segment<'_> {
    /// Where the headings stand.
    pub(crate) fn place(&self) -> Place {
        Place { sheet: self.sheet.clone(), table: self.table, row: self.header_row }
    }

    /// The labels of the level columns.
    pub(crate) fn level_labels(&self) -> impl Iterator<Item = String> {
        self.roles.iter().filter_map(|role| match role {
            Role::LevelTick(label) => Some(label.clone()),
            _ => None,
        })
    }

    /// Reads the rows and adds their items and issues.
    pub(crate) fn read_into(&self, catalogue: &mut ReadCatalogue) {
        let rows: Vec<Row> = self.rows.iter().map(|row| (*row).clone()).collect();
        let mut body = body(&rows, &self.roles, self.spans);
        let blanks = body.blanks(&self.roles, self.spans);
        carry_down(&mut body.lines, &self.roles, blanks);
        let table = Table::of(&self.roles, &body.lines);
        let built: Vec<Built> = body
            .lines
            .iter()
            .zip(&body.sections)
            .map(|(line, section)| {
                let mut built = table.build(line);
                self.complete(&mut built.item, section.as_deref());
                built
            })
            .collect();
        let empty: Vec<EmptyRow> = body
            .numbers
            .iter()
            .map(|(seq, row, before)| EmptyRow { seq: seq.clone(), row: *row, before: *before })
            .collect();
        catalogue.issues.extend(issues(&built, &empty, &self.place()));
        catalogue.items.extend(built.into_iter().map(|built| built.item));
    }

    /// What stands over the rows and not in them: the domain, and a section where the table has no
    /// column for the first level.
    fn complete(&self, item: &mut Item, section: Option<&str>) {
        if item.domain.is_none() {
            item.domain.clone_from(&self.domain);
        }
        if !self.roles.contains(&Role::Level(1)) {
            item.level1 = section.map(crate::reading::markers::strip_number).map(str::to_owned);
        }
    }
}
