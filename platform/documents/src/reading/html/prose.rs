//! The running text of a page, or of what was copied from Word, WPS or a page.

use super::style::Looks;
use super::tags::{Tag, Token, tokens};
use super::{collapse, entities, is_block};
use crate::reading::prose::{LeftOut, ListMark, Maker, Picture, Prose};

/// Reads a page.
pub(in crate::reading) fn read(page: &str) -> Prose {
    let mut reader = Reader::default();
    for token in tokens(page) {
        match token {
            Token::Text(text) => reader.text(text),
            Token::Start(tag) => reader.start(&tag),
            Token::End(name) => reader.end(&name),
        }
    }
    reader.made.finish()
}

#[derive(Default)]
struct Reader {
    made: Maker,
    /// The open inline elements.
    inline: Vec<Inline>,
    /// The open lists: whether each is numbered.
    lists: Vec<bool>,
    /// The name of an element that is not shown, and how many of that name are open in it.
    unseen: Option<(String, usize)>,
}

struct Inline {
    name: String,
    bold: Option<bool>,
    link: Option<String>,
    /// The mark that Word writes before an entry of a list.
    marks: bool,
}

/// Unclosed elements do not pile up beyond this.
const MOST_OPEN: usize = 64;

impl Reader {
    fn text(&mut self, raw: &str) {
        if self.unseen.is_some() {
            return;
        }
        let text = collapse(&entities::decode(raw));
        if self.inline.iter().any(|one| one.marks) {
            if let Some(mark) = &mut self.made.line().list {
                mark.shown.push_str(text.trim());
            }
            return;
        }
        let bold = self.inline.iter().rev().find_map(|one| one.bold).unwrap_or(false);
        let link = self.inline.iter().rev().find_map(|one| one.link.clone());
        self.made.letters(&text, bold, link.as_deref());
    }

    fn start(&mut self, tag: &Tag) {
        if let Some((name, depth)) = &mut self.unseen {
            *depth += usize::from(*name == tag.name);
            return;
        }
        let looks = Looks::of(tag);
        let name = tag.name.as_str();
        if let Some(what) = left_out(name, &looks) {
            self.made.prose.leave_out(what);
            if !matches!(
                name,
                "script" | "style" | "iframe" | "textarea" | "input" | "link" | "meta"
            ) {
                self.unseen = Some((name.to_owned(), 1));
            }
            return;
        }
        if looks.dressed && !matches!(name, "table" | "td" | "tr" | "th" | "col" | "colgroup") {
            self.made.prose.leave_out(LeftOut::Looks);
        }
        match name {
            "table" => self.made.start_table(),
            "tr" => self.made.start_row(true),
            "td" | "th" => self.cell(tag),
            "br" => self.breaks(),
            "img" => self.picture(tag),
            "ul" | "ol" => {
                self.made.end_line();
                self.lists.push(name == "ol");
                self.lists.truncate(MOST_OPEN);
            }
            "li" => self.entry(),
            _ if is_inline(name) => self.open(tag, &looks),
            _ if is_block(name) => self.block(name, &looks),
            name if name.contains(':') => self.made.prose.leave_out(LeftOut::Residue),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth -= usize::from(unseen == name);
            let outside = matches!(name, "td" | "tr" | "table" | "body");
            if *depth == 0 || outside {
                self.unseen = None;
            }
            if !outside {
                return;
            }
        }
        match name {
            "table" => self.made.end_table(),
            "tr" => self.made.end_row(),
            "td" | "th" => {
                self.made.end_cell();
                self.inline.clear();
            }
            "ul" | "ol" => {
                self.made.end_line();
                self.lists.pop();
            }
            _ if is_inline(name) => {
                if let Some(at) = self.inline.iter().rposition(|one| one.name == name) {
                    self.inline.truncate(at);
                }
            }
            _ if is_block(name) => self.made.end_line(),
            _ => {}
        }
    }

    fn cell(&mut self, tag: &Tag) {
        let span = super::span(tag);
        self.inline.clear();
        self.made.start_cell(span.columns, span.rows, false);
        if tag.name == "td" {
            self.made.not_all_heads();
        }
    }

    /// A line ends and its like goes on.
    fn breaks(&mut self) {
        let looks = self.made.line().clone();
        self.made.end_line();
        if !self.made.in_table() && looks.list.is_none() {
            *self.made.line() = crate::reading::prose::Line { letters: vec![], ..looks };
        }
    }

    fn entry(&mut self) {
        self.made.end_line();
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let ordered = self.lists.last().copied().unwrap_or(false);
        self.made.line().list = Some(ListMark { ordered, depth, shown: String::new() });
    }

    fn block(&mut self, name: &str, looks: &Looks) {
        let in_entry =
            self.made.line().list.clone().filter(|_| self.made.line().letters.is_empty());
        self.made.end_line();
        let line = self.made.line();
        line.heading = name.strip_prefix('h').and_then(|level| level.parse().ok());
        line.heading = line.heading.or(looks.outline);
        line.centred = looks.centred || name == "center";
        line.list = in_entry.or(looks.list.map(|depth| ListMark {
            ordered: false,
            depth,
            shown: String::new(),
        }));
    }

    fn open(&mut self, tag: &Tag, looks: &Looks) {
        let named = matches!(tag.name.as_str(), "b" | "strong");
        let href = tag.attribute("href").map(entities::decode).filter(|_| tag.name == "a");
        self.inline.push(Inline {
            name: tag.name.clone(),
            bold: looks.bold.or(named.then_some(true)),
            link: href.filter(|href| !href.starts_with('#')),
            marks: looks.marks,
        });
        if self.inline.len() > MOST_OPEN {
            self.inline.remove(0);
        }
    }

    /// A picture of a page is only named there: its file is not handed in with it.
    fn picture(&mut self, tag: &Tag) {
        let alt = tag.attribute("alt").map(entities::decode).unwrap_or_default();
        let size = |name| tag.attribute(name).and_then(|size| size.trim().parse::<u32>().ok());
        // Counting pixels and spacers show nothing.
        if size("width").is_some_and(|size| size <= 2)
            || size("height").is_some_and(|size| size <= 2)
        {
            return self.made.prose.leave_out(LeftOut::Hidden);
        }
        let _ = self.made.picture(Picture { alt, bytes: None });
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "strong"
            | "span"
            | "font"
            | "i"
            | "em"
            | "u"
            | "s"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "mark"
            | "label"
    )
}

fn left_out(name: &str, looks: &Looks) -> Option<LeftOut> {
    Some(match name {
        "script" | "iframe" | "object" | "embed" | "applet" | "svg" | "math" | "canvas"
        | "audio" | "video" | "noscript" | "template" | "frameset" => LeftOut::Script,
        "style" | "xml" | "head" | "link" | "meta" | "title" => LeftOut::Residue,
        "select" | "button" | "textarea" | "input" => LeftOut::Control,
        "del" | "strike" => LeftOut::Deleted,
        _ if looks.is_comment => LeftOut::Comment,
        _ if looks.is_hidden && !matches!(name, "table" | "tr" | "td" | "th") => LeftOut::Hidden,
        _ => return None,
    })
}
