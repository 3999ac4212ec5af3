//! The rows under the headings: which are items, which go on with the item above, and which are
//! neither.

use crate::reading::arrange::arrange;
use crate::reading::carry::{Blanks, Field, Line, Origin};
use crate::reading::columns::Role;
use crate::reading::fit::{Look, look};
use crate::reading::grid::{Cell, Row, Spans};
use crate::reading::markers::{Marker, marker_at};
use crate::reading::text::{bare, is_dash};

/// What the rows of a table turned out to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// The items, one line each, in order, not yet carried down.
    pub(crate) lines: Vec<Line>,
    /// The heading over each line: a row of its own that names a section.
    pub(crate) sections: Vec<Option<String>>,
    /// Rows with nothing but a number: the number, and the row.
    pub(crate) numbers: Vec<(String, usize, usize)>,
    /// Whether rows came short because cells were missing.
    pub(crate) rows_come_short: bool,
    /// Whether any cell of the body is merged with the one above.
    pub(crate) has_merged: bool,
}

/// Reads the rows of a table with these columns. `pages` are the rows before which the headings were
/// repeated.
pub(crate) fn body(rows: &[&Row], pages: &[usize], roles: &[Role], spans: Spans) -> Body {
    let mut body = Body::default();
    let mut above: Vec<String> = vec![String::new(); roles.len()];
    let mut section = None;
    let mut starts_page = false;
    for (at, row) in rows.iter().enumerate() {
        starts_page |= pages.contains(&at);
        let mut line = placed(row, roles, spans, &above);
        for (text, field) in above.iter_mut().zip(&line.fields) {
            text.clone_from(&field.text);
        }
        body.has_merged |= row.cells.contains(&Cell::Above);
        if row.is_blank() {
            continue;
        }
        match kind(row, &line, roles, body.lines.last()) {
            Kind::Item => {
                body.rows_come_short |= spans == Spans::Lost
                    && line.fields.iter().any(|field| field.origin == Origin::Absent);
                line.starts_page = std::mem::take(&mut starts_page);
                body.sections.push(section.clone());
                body.lines.push(line);
            }
            Kind::GoesOn => go_on(&mut body.lines, &line),
            Kind::Number(seq) => body.numbers.push((seq, row.number, body.lines.len())),
            Kind::Section(text) => section = Some(text),
            Kind::Note => {}
        }
    }
    body
}

/// The row's cells in their columns.
fn placed(row: &Row, roles: &[Role], spans: Spans, above: &[String]) -> Line {
    let plain = row.cells.iter().all(|cell| cell.text().is_some());
    let short = row.cells.len() < roles.len();
    if plain && short && (spans == Spans::Lost || row.words().count() > 1) {
        return laid(row, roles);
    }
    let mut fields: Vec<Field> = Vec::with_capacity(roles.len());
    for (at, above) in above.iter().enumerate() {
        let field = match row.cells.get(at) {
            Some(Cell::Text(text)) if !bare(text).is_empty() => {
                Field { text: text.clone(), origin: Origin::Own }
            }
            Some(Cell::Above) => Field { text: above.clone(), origin: Origin::Merged },
            Some(Cell::Left) if at > 0 && spreads(&roles[at - 1], &roles[at]) => {
                Field { text: fields[at - 1].text.clone(), origin: Origin::Merged }
            }
            _ => Field { text: String::new(), origin: Origin::Blank },
        };
        fields.push(field);
    }
    Line { number: row.number, fields, starts_page: false }
}

/// Whether a cell merged over two columns says the same of both: two levels, two ticks.
const fn spreads(left: &Role, right: &Role) -> bool {
    match (left, right) {
        (Role::Level(_), Role::Level(_)) => true,
        (left, right) => left.is_tick() && right.is_tick(),
    }
}

fn laid(row: &Row, roles: &[Role]) -> Line {
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
    let places = arrange(roles, &texts);
    let fields = places.iter().zip(roles).map(|(place, role)| match place {
        Some(at) if !bare(texts[*at]).is_empty() => {
            Field { text: texts[*at].to_owned(), origin: Origin::Own }
        }
        None if !role.is_tick() && *role != Role::Extra => {
            Field { text: String::new(), origin: Origin::Absent }
        }
        _ => Field { text: String::new(), origin: Origin::Blank },
    });
    Line { number: row.number, fields: fields.collect(), starts_page: false }
}

enum Kind {
    Item,
    GoesOn,
    /// A number and nothing else.
    Number(String),
    Section(String),
    Note,
}

fn kind(row: &Row, line: &Line, roles: &[Role], before: Option<&Line>) -> Kind {
    if let Some(text) = row.lone_text() {
        return lone(row, text, line, roles, before);
    }
    let own = |wanted: &dyn Fn(&Role) -> bool| {
        roles.iter().enumerate().any(|(at, role)| wanted(role) && line.has_own(at))
    };
    let named = own(&is_key);
    let filled = own(&|role| {
        matches!(role, Role::Elements | Role::Basis | Role::Subject | Role::Channels | Role::Limit)
    });
    match (named, filled, before) {
        (false, true, Some(_)) => Kind::GoesOn,
        (false, false, _) => Kind::Note,
        _ => Kind::Item,
    }
}

/// Columns in which a row of its own has something to say.
fn is_key(role: &Role) -> bool {
    role.is_tick()
        || matches!(
            role,
            Role::Seq | Role::Level(_) | Role::Audience | Role::Methods | Role::AudienceAndMethods
        )
}

/// A row with a single text.
fn lone(row: &Row, text: &str, line: &Line, roles: &[Role], before: Option<&Line>) -> Kind {
    let place = row.words().next().map_or(0, |(at, _)| at);
    let spanning = row.cells.iter().skip(place + 1).take_while(|cell| **cell == Cell::Left).count();
    let is_banner = row.cells.len() == 1 || (spanning + 1) * 2 >= roles.len();
    let is_merged = row.cells.contains(&Cell::Above);
    if look(text) == Look::Number && !is_merged {
        return Kind::Number(bare(text));
    }
    let elements = roles.iter().position(|role| *role == Role::Elements);
    let in_elements = !is_banner && elements.is_some_and(|at| line.has_own(at));
    if before.is_some()
        && (in_elements || (row.cells.len() == 1 && carries_list_on(text, elements, before)))
    {
        return Kind::GoesOn;
    }
    if is_merged {
        // something other than the content goes on below a merged cell
        return if line
            .fields
            .iter()
            .zip(roles)
            .any(|(field, role)| field.origin == Origin::Own && is_key(role))
        {
            Kind::Item
        } else {
            Kind::GoesOn
        };
    }
    if is_note(text) { Kind::Note } else { Kind::Section(text.to_owned()) }
}

/// Whether the text starts with the number that follows the last one of the content above.
fn carries_list_on(text: &str, elements: Option<usize>, before: Option<&Line>) -> bool {
    let first = |text: &str| {
        let chars: Vec<char> = text.trim_start().chars().collect();
        marker_at(&chars, 0).map(|(marker, _)| marker)
    };
    let (Some(elements), Some(before)) = (elements, before) else {
        return false;
    };
    let content = &before.fields[elements].text;
    match (first(text), first(content)) {
        (Some(Marker::Bullet(one)), Some(Marker::Bullet(two))) => one == two,
        (Some(next), Some(start)) => next.is_like(start) && next.number() > start.number(),
        _ => false,
    }
}

/// Notes under a table, and what a form tells those who fill it in.
pub(crate) fn is_note(text: &str) -> bool {
    let text = bare(text);
    ["注", "备注", "说明", "填表", "填报", "*", "※", "编制单位", "制表", "单位:", "填写"]
        .iter()
        .any(|start| text.starts_with(start))
        || is_dash(&text)
}

/// Appends a row's texts to the item above. For a list in a text the row is one cell alone.
fn go_on(lines: &mut [Line], more: &Line) {
    let Some(line) = lines.last_mut() else {
        return;
    };
    for (field, more) in line.fields.iter_mut().zip(&more.fields) {
        if more.origin != Origin::Own {
            continue;
        }
        match field.origin {
            Origin::Own => {
                field.text.push('\n');
                field.text.push_str(&more.text);
            }
            Origin::Blank | Origin::Absent => *field = more.clone(),
            Origin::Merged | Origin::Carried => {}
        }
    }
}

impl Body {
    /// What a blank cell means here.
    pub(crate) fn blanks(&self, roles: &[Role], spans: Spans) -> Blanks {
        let first = roles.iter().position(|role| *role == Role::Level(1));
        let gaps = first.is_some_and(|at| {
            self.lines.iter().skip(1).any(|line| line.fields[at].origin == Origin::Blank)
        });
        let unmerged = spans == Spans::Stated && !self.has_merged && gaps;
        Blanks {
            are_merged: spans == Spans::Lost || unmerged,
            rows_come_short: self.rows_come_short,
        }
    }
}
