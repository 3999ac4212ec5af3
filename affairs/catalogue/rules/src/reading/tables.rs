//! The tables of a file that belong to the catalogue, each with its columns, title and domain.

use std::borrow::Cow;

use crate::reading::body::body;
use crate::reading::build::{Built, Table};
use crate::reading::carry::carry_down;
use crate::reading::check::{EmptyRow, issues};
use crate::reading::columns::Role;
use crate::reading::grid::{Cell, Row, Sheet, Spans};
use crate::reading::header::{Header, header_at};
use crate::reading::infer;
use crate::reading::titles;
use crate::{Item, Place, ReadCatalogue};

/// Rows under one set of headings, with what is said of them.
pub(crate) struct Segment<'a> {
    pub(crate) title: Option<String>,
    domain: Option<String>,
    roles: Vec<Role>,
    /// The headings' words, for the columns that are not part of the 标准目录.
    labels: Vec<String>,
    rows: Vec<&'a Row>,
    /// The rows before which the headings were repeated.
    pages: Vec<usize>,
    spans: Spans,
    sheet: Option<String>,
    table: usize,
    header_row: usize,
}

/// The parts of the catalogue, in order.
pub(crate) fn segments<'a>(
    sheets: &'a [Cow<'_, Sheet>],
    page_title: Option<&str>,
) -> Vec<Segment<'a>> {
    let mut segments: Vec<Segment<'a>> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        add_sheet(&mut segments, sheet, at + 1, page_title);
    }
    if segments.is_empty() {
        for (at, sheet) in sheets.iter().enumerate() {
            add_without_header(&mut segments, sheet, at + 1, page_title);
        }
    }
    segments
}

/// A table without headings, if its cells tell the columns.
fn add_without_header<'a>(
    segments: &mut Vec<Segment<'a>>,
    sheet: &'a Sheet,
    table: usize,
    page_title: Option<&str>,
) {
    let Some(header) = infer::header_of(sheet) else {
        return;
    };
    let first = sheet.rows.iter().position(|row| row.words().count() >= 4).unwrap_or(0);
    let over = sheet.rows[..first].iter().filter_map(Row::lone_text);
    let said: Vec<&str> = sheet.before.iter().map(String::as_str).chain(over).collect();
    let own = segments.len();
    start_segment(segments, header, &said, Origin { sheet, table, row: first, page_title, own });
    if let Some(segment) = segments.last_mut() {
        segment.rows.extend(&sheet.rows[first..]);
    }
}

fn add_sheet<'a>(
    segments: &mut Vec<Segment<'a>>,
    sheet: &'a Sheet,
    table: usize,
    page_title: Option<&str>,
) {
    let own = segments.len();
    // the lines since the last table, nearest last
    let mut said: Vec<&str> = sheet.before.iter().map(String::as_str).collect();
    let mut at = 0;
    while at < sheet.rows.len() {
        if let Some(header) = header_at(&sheet.rows, at, sheet.spans) {
            let start = at;
            at += header.rows;
            start_segment(
                segments,
                header,
                &said,
                Origin { sheet, table, row: start, page_title, own },
            );
            said.clear();
            continue;
        }
        let row = &sheet.rows[at];
        at += 1;
        let in_body = segments.len() > own;
        match row.lone_text() {
            Some(text) if in_body && is_banner(row, text) => {
                said.push(text);
                if header_at(&sheet.rows, at, sheet.spans).is_none() {
                    start_section(segments, text);
                }
            }
            _ if in_body => {
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

/// Whether a row among items is the title of another catalogue: it starts at the left edge, goes on
/// with no merged cell, and names a domain.
fn is_banner(row: &Row, text: &str) -> bool {
    let at_edge = row.words().next().is_some_and(|(at, _)| at == 0);
    at_edge && !row.cells.contains(&Cell::Above) && titles::is_title(text)
}

/// A title without headings of its own: the columns stay, the domain changes.
fn start_section(segments: &mut Vec<Segment<'_>>, text: &str) {
    let domain = titles::domain(text);
    if let Some(last) = segments.last()
        && domain.is_some()
        && domain != last.domain
    {
        let section = Segment {
            title: titles::title([text].into_iter()).or_else(|| last.title.clone()),
            domain,
            roles: last.roles.clone(),
            labels: last.labels.clone(),
            rows: Vec::new(),
            pages: Vec::new(),
            spans: last.spans,
            sheet: last.sheet.clone(),
            table: last.table,
            header_row: last.header_row,
        };
        segments.push(section);
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
fn start_segment<'a>(
    segments: &mut Vec<Segment<'a>>,
    header: Header,
    said: &[&str],
    origin: Origin<'a, '_>,
) {
    let Origin { sheet, table, row, page_title, own } = origin;
    let title = titles::title(said.iter().rev().copied());
    let heading = said
        .iter()
        .rev()
        .filter(|line| titles::is_heading(line))
        .find_map(|line| titles::domain(line));
    let first_here = segments.len() == own;
    let domain =
        title.as_deref().and_then(titles::domain).or(heading).or_else(|| {
            sheet.name.as_deref().filter(|_| first_here).and_then(titles::domain_of_sheet)
        });
    if let Some(last) = segments.last_mut()
        && last.roles == header.roles
        && last.sheet == sheet.name
        && last.spans == sheet.spans
        && (domain.is_none() || domain == last.domain)
        && (first_here || last.table == table)
    {
        last.pages.push(last.rows.len());
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
        labels: header.labels,
        rows: Vec::new(),
        pages: Vec::new(),
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
        let mut body = body(&self.rows, &self.pages, &self.roles, self.spans);
        let blanks = body.blanks(&self.roles, self.spans);
        carry_down(&mut body.lines, &self.roles, blanks);
        let table = Table::of(&self.roles, &self.labels, &body.lines);
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
