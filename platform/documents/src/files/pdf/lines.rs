//! Signs on a page as text: in the order in which they are drawn, and in the order in which they
//! stand. A number may be whole in one of them only.

use std::rc::Rc;

use super::scene::{Glyph, Unseen};
use crate::files::blocks::{Block, Builder, Form, Joint, Place};
use crate::personal::names_a_column;

/// The text of signs as they are drawn. A slot's source is the index of its sign.
pub(super) fn drawn(glyphs: &[Glyph], place: &Rc<Place>) -> Vec<Block> {
    let order: Vec<usize> = (0..glyphs.len()).collect();
    Lines::new(glyphs, place).blocks(&order)
}

/// The text of signs as they stand, line by line from the left; only of level text.
pub(super) fn standing(glyphs: &[Glyph], place: &Rc<Place>) -> Vec<Block> {
    const MOST: usize = 300_000;
    let is_level = |index: &usize| {
        let (from, to) = (glyphs[*index].from, glyphs[*index].to);
        (to.1 - from.1).abs() <= (to.0 - from.0).abs() * 0.1
    };
    let mut order: Vec<usize> = (0..glyphs.len().min(MOST)).filter(is_level).collect();
    order.sort_by(|a, b| glyphs[*b].from.1.total_cmp(&glyphs[*a].from.1));
    let mut from = 0;
    while from < order.len() {
        let first = &glyphs[order[from]];
        let reach = (first.size * 0.45).max(0.5);
        let to =
            order[from..].iter().position(|index| first.from.1 - glyphs[*index].from.1 > reach);
        let to = to.map_or(order.len(), |length| from + length);
        order[from..to].sort_by(|a, b| glyphs[*a].from.0.total_cmp(&glyphs[*b].from.0));
        from = to;
    }
    Lines::new(glyphs, place).blocks(&order)
}

/// A column, by where its heading begins and ends.
struct Column {
    from: f64,
    to: f64,
    text: String,
}

struct Lines<'a> {
    glyphs: &'a [Glyph],
    place: &'a Rc<Place>,
    out: Builder,
    columns: Vec<Column>,
    cell: String,
    cell_from: f64,
    cell_to: f64,
}

impl<'a> Lines<'a> {
    fn new(glyphs: &'a [Glyph], place: &'a Rc<Place>) -> Self {
        let out = Builder::new(place.clone());
        Self {
            glyphs,
            place,
            out,
            columns: Vec::new(),
            cell: String::new(),
            cell_from: 0.0,
            cell_to: 0.0,
        }
    }

    fn blocks(mut self, order: &[usize]) -> Vec<Block> {
        let mut before: Option<&Glyph> = None;
        for index in order {
            let glyph = &self.glyphs[*index];
            if glyph.text.is_empty() {
                continue;
            }
            let joint = before.map_or(Joint::Line, |before| between(before, glyph));
            if joint >= Joint::Cell {
                self.end_cell();
                self.cell_from = glyph.from.0;
                let heading = self.heading(glyph);
                self.out.heading(&heading);
            }
            self.out.joint(joint);
            self.out.place(self.place_of(glyph));
            let text = glyph.text.replace(['\n', '\t', '\r'], " ");
            self.out.text(&text, (*index, 0), Form::Raw);
            self.cell.push_str(&text);
            self.cell_to = glyph.to.0;
            before = Some(glyph);
        }
        self.out.finish()
    }

    fn place_of(&self, glyph: &Glyph) -> Rc<Place> {
        let (code, words) = match glyph.unseen {
            None => return self.place.clone(),
            Some(Unseen::Layer) => ("pdf.layer", "关闭的图层"),
            Some(Unseen::White) => ("pdf.white", "白色文字"),
            Some(Unseen::OffPage) => ("pdf.off_page", "页面范围以外"),
            Some(Unseen::Covered) => ("pdf.under_box", "被色块遮盖的文字"),
        };
        Place::new(code, format!("{} {words}", self.place.words), false)
    }

    fn heading(&self, glyph: &Glyph) -> String {
        let reach = glyph.size * 1.5;
        let above = self.columns.iter().rev().find(|column| {
            (column.from - glyph.from.0).abs() < reach
                || (column.from..=column.to).contains(&glyph.from.0)
        });
        above.map(|column| column.text.clone()).unwrap_or_default()
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.cell);
        let text = text.trim();
        let is_word = !text.is_empty()
            && text.chars().count() <= 24
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(|c| c.is_ascii_digit() || c == '*');
        if is_word && names_a_column(text) && self.columns.len() < 200 {
            self.columns.push(Column {
                from: self.cell_from,
                to: self.cell_to,
                text: text.to_owned(),
            });
        }
    }
}

/// How a sign follows the one before.
fn between(before: &Glyph, here: &Glyph) -> Joint {
    let (x, y) = (here.to.0 - here.from.0, here.to.1 - here.from.1);
    let length = x.hypot(y);
    let (x, y) = if length > 0.001 { (x / length, y / length) } else { (1.0, 0.0) };
    let (dx, dy) = (here.from.0 - before.to.0, here.from.1 - before.to.1);
    let (along, across) = (dx * x + dy * y, (dx * y - dy * x).abs());
    let size = here.size.max(before.size).max(0.1);
    match () {
        () if across > size * 0.6 || along < -size * 1.2 => Joint::Line,
        () if along < size * 0.35 => Joint::None,
        () if along < size * 1.6 => Joint::Blank,
        () => Joint::Cell,
    }
}
