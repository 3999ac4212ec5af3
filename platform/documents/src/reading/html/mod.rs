//! Web pages: their tables and the text around them.
//!
//! A page is read as a stream of tags in one pass. Catalogue pages are full of unclosed and
//! misplaced tags, and a tree would have to be repaired at a cost that grows with the square of the
//! damage; rows and cells need no tree.

mod entities;
pub(super) mod prose;
pub(super) mod published;
mod style;
mod tags;

use crate::reading::assemble::Assembler;
use crate::reading::grid::Span;
use crate::reading::symbols::{drawn_text, is_symbol_font};
use crate::reading::{Document, Kind, Unreadable};
use style::Style;
use tags::{Tag, Token, tokens};

/// Text without references.
pub(super) fn unescaped(text: &str) -> String {
    entities::decode(text)
}

/// Reads a page.
pub(super) fn read(page: &str) -> Result<Document, Unreadable> {
    Page::default().read(page)
}

/// Reads a page with every table apart and a mark where a picture stands.
pub(super) fn read_whole(page: &str) -> Result<Document, Unreadable> {
    let out = Assembler::default().reading_apart();
    Page { out, is_whole: true, ..Page::default() }.read(page)
}

impl Page {
    fn read(self, page: &str) -> Result<Document, Unreadable> {
        let mut reader = self;
        for token in tokens(page) {
            match token {
                Token::Text(text) => reader.text(text),
                Token::Start(tag) => reader.start(&tag)?,
                Token::End(name) => reader.end(&name)?,
            }
        }
        let (sheets, after) = reader.out.finish()?;
        Ok(Document { kind: Kind::Html, title: reader.title, sheets, after })
    }
}

#[derive(Default)]
struct Page {
    out: Assembler,
    title: Option<String>,
    in_title: bool,
    /// A picture leaves [`crate::reading::PICTURE`] in the text, a raised note stands in brackets, and a
    /// field that is filled in shows what is in it.
    is_whole: bool,
    /// The open elements that set a symbol font, by name.
    fonts: Vec<(String, Option<String>)>,
    /// The name of the box that was opened last, while nothing is in it.
    empty_box: Option<String>,
    /// How many elements are open whose lines stand as they were typed.
    typed: usize,
    /// The name of an element that is not shown, and how many of that name are open in it.
    unseen: Option<(String, usize)>,
}

impl Page {
    fn text(&mut self, raw: &str) {
        if self.unseen.is_some() {
            return;
        }
        let decoded = entities::decode(raw);
        if !decoded.trim().is_empty() {
            self.empty_box = None;
        }
        if self.typed > 0 && !self.in_title {
            for (at, line) in decoded.split('\n').enumerate() {
                if at > 0 {
                    self.out.end_line();
                }
                // columns of a table that was typed stand apart by what is between them
                let typed = if self.is_whole { line.to_owned() } else { collapse(line) };
                self.out.text(&typed);
            }
            return;
        }
        let text = collapse(&decoded);
        if self.in_title {
            self.title.get_or_insert_default().push_str(&text);
            return;
        }
        match self.fonts.iter().rev().find_map(|(_, font)| font.as_deref()) {
            Some(font) if is_symbol_font(font) => self.out.text(&drawn_text(font, &text)),
            _ => self.out.text(&text),
        }
    }

    fn start(&mut self, tag: &Tag) -> Result<(), Unreadable> {
        // the next cell ends one that is not shown and was left open
        let is_cell = |name: &str| matches!(name, "td" | "th");
        let next = is_cell(&tag.name) || tag.name == "tr";
        self.unseen.take_if(|(name, _)| next && is_cell(name));
        if let Some((name, depth)) = &mut self.unseen {
            *depth += usize::from(*name == tag.name);
            return Ok(());
        }
        let style = Style::of(tag);
        self.opens_a_box(&tag.name);
        match tag.name.as_str() {
            "table" => self.out.start_table(style.is_hidden)?,
            "tr" => self.out.start_row(style.is_hidden)?,
            "td" | "th" if style.is_hidden => {
                self.out.end_cell();
                self.unseen = Some((tag.name.clone(), 1));
            }
            "td" | "th" => self.out.start_cell(span(tag))?,
            "sup" if self.is_whole => self.out.text("["),
            "br" => self.out.text("\n"),
            "title" => self.in_title = self.title.is_none(),
            "input" => self.input(tag),
            "img" if self.is_whole => self.picture(tag),
            "span" | "font" | "b" | "i" | "strong" | "em" | "u" => {
                self.fonts.push((tag.name.clone(), style.font));
                // unclosed ones must not pile up
                if self.fonts.len() > 64 {
                    self.fonts.remove(0);
                }
            }
            "pre" => {
                self.typed += 1;
                self.out.end_line();
            }
            name if is_unseen(name, &style) => self.unseen = Some((name.to_owned(), 1)),
            name if is_block(name) => self.out.end_line(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.unseen.is_some() && !self.ends_unseen(name) {
            return Ok(());
        }
        match name {
            "table" => self.out.end_table()?,
            "tr" => self.out.end_row()?,
            "td" | "th" => {
                self.out.end_cell();
                self.fonts.clear();
            }
            "title" => self.in_title = false,
            "pre" => {
                self.typed = self.typed.saturating_sub(1);
                self.out.end_line();
            }
            "sup" if self.is_whole => self.out.text("]"),
            "br" => self.out.text("\n"),
            "span" | "font" | "b" | "i" | "strong" | "em" | "u" => {
                if let Some(at) = self.fonts.iter().rposition(|(open, _)| open == name) {
                    self.fonts.truncate(at);
                }
            }
            name if is_block(name) => {
                if self.empty_box.take_if(|open| open == name).is_some() {
                    self.out.empty_box();
                }
                self.out.end_line();
            }
            _ => {}
        }
        Ok(())
    }

    /// An end tag inside an element that is not shown; says whether it ends something outside it too.
    fn ends_unseen(&mut self, name: &str) -> bool {
        // a cell or row that ends takes an unclosed element with it
        let outside = matches!(name, "td" | "tr" | "table");
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth -= usize::from(unseen == name);
            if *depth == 0 || outside || name == "body" {
                self.unseen = None;
            }
        }
        outside
    }

    /// A box is empty until something other than the dress of a text stands in it.
    fn opens_a_box(&mut self, name: &str) {
        match name {
            "div" | "li" | "dd" if self.is_whole => self.empty_box = Some(name.to_owned()),
            "p" | "span" | "font" | "b" | "i" | "strong" | "em" | "u" | "a" => {}
            _ => self.empty_box = None,
        }
    }

    /// Counting pixels and icons of a few dots are none.
    fn picture(&mut self, tag: &Tag) {
        let size = |name| tag.attribute(name).and_then(|size| size.trim().parse::<u32>().ok());
        let is_tiny = |name| size(name).is_some_and(|size| size < 40);
        if !is_tiny("width") && !is_tiny("height") {
            self.out.text(crate::reading::PICTURE);
        }
    }

    /// A check box of a form is shown as a box.
    fn input(&mut self, tag: &Tag) {
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        if matches!(kind.as_str(), "checkbox" | "radio") {
            self.out.text(if tag.attribute("checked").is_some() { "☑" } else { "□" });
        } else if self.is_whole && matches!(kind.as_str(), "" | "text" | "number") {
            self.out.text(&entities::decode(tag.attribute("value").unwrap_or_default()));
        }
    }
}

fn span(tag: &Tag) -> Span {
    let number = |name| {
        tag.attribute(name)
            .and_then(|value| {
                value.trim().trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
            })
            .unwrap_or(1_usize)
    };
    // rowspan=0 reaches to the end of the table
    let rows = match number("rowspan") {
        0 => 65_534,
        rows => rows.min(65_534),
    };
    Span { rows, columns: number("colspan").clamp(1, 1_000), continues: false }
}

fn is_unseen(name: &str, style: &Style) -> bool {
    matches!(name, "select" | "noscript" | "template" | "xml" | "svg" | "object")
        || (style.is_hidden
            && matches!(name, "div" | "p" | "ul" | "section" | "tbody" | "nav" | "li"))
}

/// Elements that begin and end a line.
const BLOCKS: &str = "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 hr caption section article header \
    footer nav form center pre blockquote fieldset body head option address thead tbody tfoot";

fn is_block(name: &str) -> bool {
    BLOCKS.split(' ').any(|block| block == name)
}

/// White space of the source is one blank, and a break that wraps Chinese text is none.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
            blank = true;
            continue;
        }
        if blank {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    if blank {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests;
