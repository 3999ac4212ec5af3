//! A sheet as a document with one table.

use std::collections::HashMap;

use super::package::{Page, Parts, pack};
use super::table::{Cell, Down, Table};
use super::text::{Face, Look, Paragraph, Stand, field, run};
use super::xml::Node;
use crate::writing::{Align, Column, Merge, Sheet, WriteError, width};

const TITLE: Look = Look::new(Face::Title, 36);
const SUBTITLE: Look = Look::new(Face::Song, 21);
const HEAD: Look = Look::new(Face::Hei, 18);
const BODY: Look = Look::new(Face::Song, 18);

pub(in crate::writing) fn sheet(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let page = Page::sheet(sheet.landscape);
    let title = Paragraph::new(Stand::Center).styled("Title").add(run(&sheet.title, TITLE));
    let mut body = vec![title.node()];
    if !sheet.subtitle.is_empty() {
        body.push(subtitle(&sheet.subtitle, page.text_width()));
    }
    body.push(table(sheet, page.text_width()));
    for note in &sheet.notes {
        body.push(Paragraph::new(Stand::Left).add(run(note, SUBTITLE)).node());
    }
    // A document must not end in a table.
    body.push(Paragraph::new(Stand::Left).node());
    let footer = Paragraph::new(Stand::Center)
        .add(run("第 ", SUBTITLE))
        .add(field("PAGE", SUBTITLE))
        .add(run(" 页　共 ", SUBTITLE))
        .add(field("NUMPAGES", SUBTITLE))
        .add(run(" 页", SUBTITLE));
    pack(Parts {
        title: &sheet.title,
        author: &sheet.author,
        made: sheet.made,
        body,
        page,
        footer: footer.node(),
        even_footer: None,
    })
}

/// The first line at the left, the last at the right, what is between in the middle.
fn subtitle(lines: &[String], width: u32) -> Node {
    if let [only] = lines {
        return Paragraph::new(Stand::Center).add(run(only, SUBTITLE)).node();
    }
    let gaps = (lines.len() - 1).max(1) as u32;
    let mut paragraph = Paragraph::new(Stand::Left);
    for gap in 1..=gaps {
        let kind = if gap == gaps { "right" } else { "center" };
        paragraph = paragraph.tab(kind, width * gap / gaps);
    }
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            paragraph = paragraph.add(Node::new("w:r").holding([Node::new("w:tab")]));
        }
        paragraph = paragraph.add(run(line, SUBTITLE));
    }
    paragraph.node()
}

fn table(sheet: &Sheet, total: u32) -> Node {
    let mut table = Table::new(total, &width::shares(sheet));
    if sheet.is_grouped() {
        table.row(true, &upper_head(sheet));
    }
    table.row(true, &lower_head(sheet));
    let runs = sheet.runs();
    for at in 0..sheet.rows.len() {
        table.row(false, &body_row(sheet, &runs, at));
    }
    table.node()
}

fn head(text: &str, span: usize, down: Down) -> Cell<'_> {
    Cell { text, span, down, center: true, look: HEAD, shaded: true }
}

/// Groups over their columns; a column under none begins a cell that reaches down.
fn upper_head(sheet: &Sheet) -> Vec<Cell<'_>> {
    let groups = sheet.groups();
    let mut cells = Vec::new();
    for (at, column) in sheet.columns.iter().enumerate() {
        match groups.iter().find(|(first, last, _)| (*first..=*last).contains(&at)) {
            Some((first, last, name)) if *first == at => {
                cells.push(head(name, last - first + 1, Down::Alone));
            }
            Some(_) => {}
            None => cells.push(head(&column.name, 1, Down::Begins)),
        }
    }
    cells
}

fn lower_head(sheet: &Sheet) -> Vec<Cell<'_>> {
    let covered = |column: &Column| sheet.is_grouped() && column.group.is_none();
    let cell = |column| match covered(column) {
        true => head(&column.name, 1, Down::Continues),
        false => head(&column.name, 1, Down::Alone),
    };
    sheet.columns.iter().map(cell).collect()
}

fn body_row<'a>(
    sheet: &'a Sheet,
    runs: &HashMap<(usize, usize), Merge>,
    at: usize,
) -> Vec<Cell<'a>> {
    let texts = sheet.rows[at].iter().enumerate();
    let cells = texts.map(|(column, text)| Cell {
        text,
        span: 1,
        down: match runs.get(&(column, at)) {
            Some(merge) if merge.first == at => Down::Begins,
            Some(_) => Down::Continues,
            None => Down::Alone,
        },
        center: sheet.columns[column].align == Align::Center,
        look: BODY,
        shaded: false,
    });
    cells.collect()
}
