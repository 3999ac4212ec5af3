//! A 公文 as a document, after GB/T 9704-2012; clauses in brackets.

use jiff::civil::Date;

use super::package::{Page, Parts, pack};
use super::table::{Cell, Down, Table};
use super::text::{Face, Look, Paragraph, Stand, field, run};
use super::xml::Node;
use crate::writing::{Article, Block, Imprint, WriteError, width};

/// [5.2.3] 22 lines in 225 mm, in twentieths of a point.
const PITCH: u32 = 580;
/// The line of a title, 2号.
const TITLE_PITCH: u32 = 680;

/// [5.2.3] 3号仿宋, 28 to a line: each stands a fifth of a point closer than it is wide.
const BODY: Look = Look { face: Face::Fang, size: 32, red: false, tight: 4 };
/// [7.3.1] 2号小标宋.
const TITLE: Look = Look::new(Face::Title, 44);
/// [7.4] 4号仿宋.
const IMPRINT: Look = Look::new(Face::Fang, 28);
/// [7.5] 4号宋体.
const PAGE_NUMBER: Look = Look::new(Face::Song, 28);
const TABLE: Look = Look::new(Face::Song, 21);
const TABLE_HEAD: Look = Look::new(Face::Hei, 21);

pub(in crate::writing) fn article(article: &Article) -> Result<Vec<u8>, WriteError> {
    let mut body = top(article);
    for block in &article.blocks {
        push_block(&mut body, block);
    }
    push_attachments(&mut body, &article.attachments);
    push_signature(&mut body, article.signature.as_deref(), article.date);
    if let Some(note) = filled(article.note.as_deref()) {
        body.push(paragraph().add(run(&format!("（{note}）"), BODY)).node());
    }
    if let Some(imprint) = &article.imprint {
        push_imprint(&mut body, imprint);
    }
    push_annex(&mut body, &article.annex);
    pack(Parts {
        title: &article.title,
        author: article.signature.as_deref().unwrap_or_default(),
        made: article.made.or(article.date),
        body,
        page: Page::official(),
        footer: page_number(Stand::Right),
        even_footer: Some(page_number(Stand::Left)),
    })
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// A paragraph of the text: justified, two characters in.
fn paragraph() -> Paragraph {
    flat(Stand::Justified).indent("w:firstLineChars", 200).indent("w:firstLine", 640)
}

fn flat(stand: Stand) -> Paragraph {
    Paragraph::new(stand).line(PITCH)
}

fn blank() -> Node {
    flat(Stand::Left).node()
}

/// [7.2, 7.3.1, 7.3.2] The red head if there is one, the number, the title, the addressee.
fn top(article: &Article) -> Vec<Node> {
    let number = filled(article.number.as_deref());
    let number = number.map(|number| flat(Stand::Center).add(run(number, BODY)));
    let title = run(&article.title_lines().join("\n"), TITLE);
    let title = Paragraph::new(Stand::Center).styled("Title").line(TITLE_PITCH).add(title);
    let mut body = Vec::new();
    if let Some(letterhead) = filled(article.letterhead.as_deref()) {
        let mark = Paragraph::new(Stand::Center).add(run(letterhead, letterhead_look(letterhead)));
        let number = number.unwrap_or_else(|| flat(Stand::Center));
        body.extend([mark.node(), blank(), number.ruled(&["w:bottom"], "C8161D").node(), blank()]);
        body.push(title.node());
    } else {
        body.push(title.node());
        body.extend(number.map(Paragraph::node));
    }
    body.push(blank());
    if let Some(addressee) = filled(article.addressee.as_deref()) {
        body.push(flat(Stand::Left).add(run(addressee, BODY)).node());
    }
    body
}

/// [7.2.4] Red 小标宋; the size is the organ's to choose, and such that it stays on one line.
fn letterhead_look(text: &str) -> Look {
    let fits = Page::official().text_width() / 10 / (text.chars().count() as u32).max(1);
    Look { face: Face::Title, size: fits.min(72), red: true, tight: 0 }
}

/// [7.3.3] 一级 黑体, 二级 楷体, 三级、四级 仿宋.
fn level_look(level: u8) -> Look {
    match level {
        0 | 1 => Look { face: Face::Hei, ..BODY },
        2 => Look { face: Face::Kai, ..BODY },
        _ => BODY,
    }
}

fn level_style(level: u8) -> &'static str {
    match level {
        0 | 1 => "Heading1",
        2 => "Heading2",
        3 => "Heading3",
        _ => "Heading4",
    }
}

fn push_block(body: &mut Vec<Node>, block: &Block) {
    match block {
        Block::Paragraph { text } => body.push(paragraph().add(run(text, BODY)).node()),
        Block::Heading { level, text, rest } if rest.is_empty() => {
            let heading = paragraph().styled(level_style(*level)).with_next();
            body.push(heading.add(run(text, level_look(*level))).node());
        }
        Block::Heading { level, text, rest } => {
            let heading = run(text, level_look(*level));
            body.push(paragraph().add(heading).add(run(rest, BODY)).node());
        }
        Block::List { ordered, items } => {
            for (at, item) in items.iter().enumerate() {
                let mark = if *ordered { format!("{}. ", at + 1) } else { "· ".to_owned() };
                body.push(paragraph().add(run(&(mark + item), BODY)).node());
            }
        }
        Block::Table { caption, header, rows } => push_table(body, caption, header, rows),
    }
}

fn push_table(body: &mut Vec<Node>, caption: &str, header: &[String], rows: &[Vec<String>]) {
    if !caption.is_empty() {
        body.push(flat(Stand::Center).with_next().add(run(caption, TABLE_HEAD)).node());
    }
    let mut table = Table::new(Page::official().text_width(), &width::of_columns(header, rows));
    let cell = |text, look, shaded| Cell {
        text,
        span: 1,
        down: Down::Alone,
        center: shaded,
        look,
        shaded,
    };
    let heads: Vec<Cell<'_>> = header.iter().map(|text| cell(text, TABLE_HEAD, true)).collect();
    table.row(true, &heads);
    for row in rows {
        let cells: Vec<Cell<'_>> = row.iter().map(|text| cell(text, TABLE, false)).collect();
        table.row(false, &cells);
    }
    body.push(table.node());
    body.push(blank());
}

/// [7.3.4] One line below the text, two characters in; names that go on stand under their first
/// character.
fn push_attachments(body: &mut Vec<Node>, attachments: &[String]) {
    if attachments.is_empty() {
        return;
    }
    body.push(blank());
    for (at, name) in attachments.iter().enumerate() {
        let number = if attachments.len() == 1 { String::new() } else { format!("{}. ", at + 1) };
        let label = if at == 0 { "附件：" } else { "" };
        let first = if at == 0 { 200 } else { 500 };
        let hang = if number.is_empty() { 500 } else { 620 };
        let line = flat(Stand::Left)
            .indent("w:leftChars", hang)
            .indent("w:left", hang * 32 / 10)
            .indent("w:hangingChars", hang - first)
            .indent("w:hanging", (hang - first) * 32 / 10);
        body.push(line.add(run(&format!("{label}{number}{name}"), BODY)).node());
    }
}

/// [7.3.5.2] Without a seal: the signature two characters from the right, the date two characters
/// further in than the signature begins; if the date is the longer, it stands two from the right.
fn push_signature(body: &mut Vec<Node>, signature: Option<&str>, date: Option<Date>) {
    let signature = filled(signature).unwrap_or_default();
    let written = date.map(|date| format!("{}年{}月{}日", date.year(), date.month(), date.day()));
    let written = written.unwrap_or_default();
    if signature.is_empty() && written.is_empty() {
        return;
    }
    body.push(blank());
    let (signed, dated) = (hundredths(signature), hundredths(&written));
    let (right_signed, right_dated) =
        if signed - dated >= 200 { (200, signed - dated) } else { (dated + 400 - signed, 200) };
    for (text, right, last) in
        [(signature, right_signed, written.is_empty()), (&written, right_dated, true)]
    {
        if text.is_empty() {
            continue;
        }
        let line =
            flat(Stand::Right).indent("w:rightChars", right).indent("w:right", right * 32 / 10);
        let line = if last { line } else { line.with_next() };
        body.push(line.add(run(text, BODY)).node());
    }
}

/// A text's width in hundredths of a character; figures are half as wide.
fn hundredths(text: &str) -> i32 {
    text.chars().map(|char| if char.is_ascii() { 50 } else { 100 }).sum()
}

/// [7.4] 抄送, then who printed it and when, between lines.
fn push_imprint(body: &mut Vec<Node>, imprint: &Imprint) {
    body.push(blank());
    let width = Page::official().text_width();
    let sides: &[&str] = &["w:top", "w:bottom", "w:between"];
    let line = || {
        let line = flat(Stand::Left).ruled(sides, "000000").tab("right", width - 280);
        line.indent("w:firstLine", 280)
    };
    for copy in &imprint.copies {
        body.push(line().add(run(copy, IMPRINT)).node());
    }
    let mut last = line().add(run(&imprint.printer, IMPRINT));
    if let Some(date) = imprint.printed {
        let printed = format!("{}年{}月{}日印发", date.year(), date.month(), date.day());
        let tab = Node::new("w:r").holding([Node::new("w:tab")]);
        last = last.add(tab).add(run(&printed, IMPRINT));
    }
    body.push(last.node());
}

/// [7.3.7] On a page of its own.
fn push_annex(body: &mut Vec<Node>, annex: &[Block]) {
    if !annex.is_empty() {
        let page = Node::new("w:br").with("w:type", "page");
        body.push(flat(Stand::Left).add(Node::new("w:r").holding([page])).node());
    }
    annex.iter().for_each(|block| push_block(body, block));
}

/// [7.5] A dash at each side, one character from the outer edge.
fn page_number(stand: Stand) -> Node {
    let side = if stand == Stand::Right { "w:right" } else { "w:left" };
    Paragraph::new(stand)
        .indent(side, 280)
        .add(run("— ", PAGE_NUMBER))
        .add(field("PAGE", PAGE_NUMBER))
        .add(run(" —", PAGE_NUMBER))
        .node()
}
