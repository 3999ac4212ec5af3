//! From tags to stretches of text: what runs on, what begins a line, a row, a cell.
//!
//! Office files, web pages and pages of OFD say the same things with different names. Elements are
//! told by their local names; one that is not known begins a line, so that nothing runs together
//! that does not belong together.

use std::borrow::Cow;
use std::rc::Rc;

use super::blocks::{Block, Builder, Form, Joint, Place};
use super::markup::{Kind, Markup, Token, unescape};
use crate::personal::{CELL, Headings, LINE};

/// What an element does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Inline,
    Break,
    Blank,
    Tab,
    Line,
    Row,
    Cell,
    Table,
}

const INLINE: &[&str] = &[
    "r",
    "t",
    "span",
    "a",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "font",
    "small",
    "big",
    "sub",
    "sup",
    "tspan",
    "ins",
    "del",
    "hyperlink",
    "smarttag",
    "sdt",
    "sdtcontent",
    "fldsimple",
    "deltext",
    "instrtext",
    "delinstrtext",
    "movefrom",
    "moveto",
    "alternatecontent",
    "choice",
    "ruby",
    "rt",
    "rubybase",
    "bdo",
    "dir",
    "customxml",
    "mark",
    "label",
    "code",
    "nobr",
    "abbr",
    "cite",
    "q",
    "var",
    "kbd",
    "samp",
    "time",
    "tt",
    "strike",
    "bdi",
    "rb",
    "fld",
    "text:a",
    "wbr",
    "v",
    "is",
    "f",
    "dfn",
    "acronym",
    "meta",
    "cgtransform",
];

impl Class {
    fn of(full: &str, local: &str) -> Self {
        if full.eq_ignore_ascii_case("text:s") {
            return Self::Blank;
        }
        let local = local.to_ascii_lowercase();
        match local.as_str() {
            "br" | "cr" | "line-break" => Self::Break,
            "nobreakhyphen" | "softhyphen" | "soft-page-break" => Self::Blank,
            "tab" | "ptab" => Self::Tab,
            "tr" | "table-row" | "row" => Self::Row,
            "tc" | "td" | "th" | "table-cell" | "covered-table-cell" => Self::Cell,
            "tbl" | "table" => Self::Table,
            name if INLINE.contains(&name) => Self::Inline,
            // properties hold no text and separate nothing
            name if name.ends_with("pr") && name.len() > 2 => Self::Inline,
            _ => Self::Line,
        }
    }
}

/// Where the text of a part stands.
pub(super) trait Places {
    /// The place of the text inside this element, if that differs from where the element stands.
    fn inside(&self, markup: &Markup, token: &Token) -> Option<Rc<Place>>;
    /// The place of an attribute's value.
    fn attribute(&self, name: &str) -> Rc<Place>;
    /// The place of comments.
    fn comment(&self) -> Rc<Place>;
}

/// A part whose text all stands in one place.
pub(super) struct OnePlace(pub(super) Rc<Place>);

impl Places for OnePlace {
    fn inside(&self, _: &Markup, _: &Token) -> Option<Rc<Place>> {
        None
    }

    fn attribute(&self, _: &str) -> Rc<Place> {
        self.0.clone()
    }

    fn comment(&self) -> Rc<Place> {
        self.0.clone()
    }
}

struct Table {
    headings: Headings,
    column: usize,
    span: usize,
    cell: Option<String>,
}

struct Walk<'a> {
    markup: &'a Markup,
    places: &'a dyn Places,
    out: Builder,
    tables: Vec<Table>,
    /// Elements with a place of their own: the token that ends them, and the place after that.
    within: Vec<(u32, Rc<Place>)>,
    /// Where elements end whose text is shown from right to left, sign by sign.
    turned: Vec<u32>,
    place: Rc<Place>,
}

/// The text of a part. Elements of which `skip` says so are passed over, content and all.
pub(super) fn blocks(
    markup: &Markup,
    place: Rc<Place>,
    places: &dyn Places,
    skip: &dyn Fn(usize) -> bool,
) -> Vec<Block> {
    let out = Builder::new(place.clone());
    let (tables, within, turned) = (Vec::new(), Vec::new(), Vec::new());
    let mut walk = Walk { markup, places, out, tables, within, turned, place };
    let mut index = 0;
    while index < markup.tokens.len() {
        let token = markup.tokens[index];
        walk.leave(index);
        match token.kind {
            Kind::Open | Kind::Empty if skip(index) => {
                index = token.partner as usize;
            }
            Kind::Open | Kind::Empty => walk.open(&token),
            Kind::Close => walk.close(&token),
            Kind::Text => walk.text(&token),
            Kind::Raw => walk.raw(&token),
            Kind::Comment | Kind::Other => walk.comment(&token),
        }
        index += 1;
    }
    walk.out.finish()
}

/// Every attribute and comment of a part as text of its own.
pub(super) fn asides(markup: &Markup, places: &dyn Places) -> Vec<Block> {
    let mut out = Builder::new(places.comment());
    for token in &markup.tokens {
        if !matches!(token.kind, Kind::Open | Kind::Empty) || token.to - token.from < 12 {
            continue;
        }
        for attribute in markup.attributes(token) {
            let written = &markup.source[attribute.from..attribute.to];
            if attribute.name.starts_with("xmlns") || !may_matter(written) {
                continue;
            }
            let text = loosened(written);
            let range = (attribute.from, attribute.to);
            out.alone(
                places.attribute(attribute.name),
                attribute.name,
                &text,
                range,
                Form::Escaped,
            );
        }
    }
    out.finish()
}

/// Whether a short value is worth looking at: some digits of any kind, or a mailbox.
pub(super) fn may_matter(text: &str) -> bool {
    text.len() >= 7
        && (text.contains('@')
            || text.chars().filter(|c| c.is_numeric() || !c.is_ascii()).take(6).count() >= 6
            || text.contains("&#")
            || text.contains('%'))
}

/// A value without references, percent signs and \u escapes.
pub(super) fn loosened(written: &str) -> Cow<'_, str> {
    let text = unescape(written);
    if text.contains("\\u") {
        return Cow::Owned(without_escapes(&text));
    }
    if text.contains('%') {
        return Cow::Owned(without_percents(&text));
    }
    text
}

fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .get(..4)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                out.push_str(&part[4..]);
            }
            None => {
                out.push_str("\\u");
                out.push_str(part);
            }
        }
    }
    out
}

fn without_percents(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The signs by which text itself says that what stands between them runs from right to left.
const TURNED: (&str, &str) = ("\u{202e}", "\u{202c}");

/// Whether an element turns the order of its signs: a number in it is read backwards.
fn is_turned(markup: &Markup, token: &Token) -> bool {
    let is = |name: &str, wanted: &str| {
        markup.value(token, name).is_some_and(|value| value.to_ascii_lowercase().contains(wanted))
    };
    let is_override = markup.local(token).eq_ignore_ascii_case("bdo");
    is_override && (is("dir", "rtl") || is("val", "rtl"))
        || is("style", "bidi-override") && (is("style", "rtl") || is("dir", "rtl"))
}

impl Walk<'_> {
    fn leave(&mut self, index: usize) {
        while self.turned.last().is_some_and(|end| (*end as usize) < index) {
            self.turned.pop();
            self.out.text(TURNED.1, (0, 0), Form::Raw);
        }
        while self.within.last().is_some_and(|(end, _)| (*end as usize) < index) {
            if let Some((_, place)) = self.within.pop() {
                self.place = place.clone();
                self.out.place(place);
            }
        }
    }

    fn open(&mut self, token: &Token) {
        if let Some(place) = self.places.inside(self.markup, token)
            && token.kind == Kind::Open
        {
            let before = std::mem::replace(&mut self.place, place.clone());
            self.within.push((token.partner, before));
            self.out.place(place);
        }
        let (full, local) = (self.markup.name(token), self.markup.local(token));
        if local == "sym" {
            return self.symbol(token);
        }
        if token.kind == Kind::Open && is_turned(self.markup, token) {
            self.turned.push(token.partner);
            self.out.text(TURNED.0, (0, 0), Form::Raw);
        }
        if local == "gridSpan" {
            self.span(self.markup.value(token, "val"));
        }
        match Class::of(full, local) {
            Class::Inline => {}
            Class::Break => self.joint(Joint::Break),
            Class::Blank => self.joint(Joint::Blank),
            Class::Tab => self.joint(Joint::Cell),
            // an empty element of an unknown name is a property
            Class::Line if token.kind == Kind::Empty => {}
            Class::Line => self.line(),
            Class::Table => self.table(token),
            Class::Row => {
                self.end_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.column = 0;
                }
                self.out.joint(Joint::Line);
            }
            Class::Cell => self.cell(token),
        }
    }

    /// A sign of a symbol font, given by its number: 0xF000 and more stands for plain ones.
    fn symbol(&mut self, token: &Token) {
        let attributes = self.markup.attributes(token);
        let Some(code) = attributes.iter().find(|one| one.name.ends_with("char")) else { return };
        let written = self.markup.source[code.from..code.to].to_owned();
        let sign = u32::from_str_radix(&written, 16).ok().map(|code| match code {
            0xf020..=0xf0ff => code - 0xf000,
            code => code,
        });
        if let Some(sign) = sign.and_then(char::from_u32) {
            self.out.text(sign.encode_utf8(&mut [0; 4]), (code.from, code.to), Form::Code);
        }
    }

    fn table(&mut self, token: &Token) {
        self.line();
        if token.kind == Kind::Open {
            self.tables.push(Table {
                headings: Headings::default(),
                column: 0,
                span: 1,
                cell: None,
            });
        }
    }

    fn cell(&mut self, token: &Token) {
        // pages may leave the cell before open
        self.end_cell();
        let span = self
            .markup
            .value(token, "colspan")
            .or(self.markup.value(token, "number-columns-spanned"));
        self.out.joint(Joint::Cell);
        let Some(table) = self.tables.last_mut() else { return };
        self.out.heading(table.headings.of(table.column));
        table.cell = Some(String::new());
        self.span(span);
        if token.kind == Kind::Empty {
            self.end_cell();
        }
    }

    fn span(&mut self, span: Option<String>) {
        let span = span.and_then(|span| span.parse().ok()).unwrap_or(1_usize);
        if let Some(table) = self.tables.last_mut() {
            table.span = span.clamp(1, 512);
        }
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && let Some(text) = table.cell.take()
        {
            table.headings.learn(table.column, &text);
            table.column += std::mem::replace(&mut table.span, 1);
        }
    }

    /// A new line, or inside a cell a break.
    fn line(&mut self) {
        let in_cell = self.tables.last().is_some_and(|table| table.cell.is_some());
        self.joint(if in_cell { Joint::Break } else { Joint::Line });
    }

    fn joint(&mut self, joint: Joint) {
        // the separator of cells stands before the first text of a cell; a break must not outdo it
        let in_empty_cell =
            self.tables.last().and_then(|table| table.cell.as_deref()).is_some_and(str::is_empty);
        if !(in_empty_cell && joint == Joint::Break) {
            self.out.joint(joint);
        }
    }

    fn close(&mut self, token: &Token) {
        match Class::of(self.markup.name(token), self.markup.local(token)) {
            Class::Line => self.line(),
            Class::Table => {
                self.tables.pop();
                self.line();
            }
            Class::Row => self.out.joint(Joint::Line),
            Class::Cell => {
                self.end_cell();
                self.out.joint(Joint::Cell);
            }
            _ => {}
        }
    }

    fn text(&mut self, token: &Token) {
        let written = self.markup.written(token);
        if written.trim().is_empty() {
            if written.contains(' ') && !written.contains('\n') {
                self.joint(Joint::Blank);
            }
            return;
        }
        let text = unescape(written);
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.push_str(text.trim());
        }
        // a line feed between tags is a blank
        let text = text.replace([LINE, CELL, '\r'], " ");
        self.out.text(&text, (token.from as usize, token.to as usize), Form::Escaped);
    }

    fn raw(&mut self, token: &Token) {
        let written = self.markup.written(token);
        let from = token.from as usize;
        if let Some(inner) = written.strip_prefix("<![CDATA[") {
            let inner = inner.strip_suffix("]]>").unwrap_or(inner);
            self.out.text(inner, (from + 9, from + 9 + inner.len()), Form::Raw);
        } else if may_matter(written) {
            let text = loosened(written).into_owned();
            self.out.alone(self.places.comment(), "", &text, (from, token.to as usize), Form::Raw);
        }
    }

    fn comment(&mut self, token: &Token) {
        let written = self.markup.written(token);
        if may_matter(written) {
            let range = (token.from as usize, token.to as usize);
            self.out.alone(self.places.comment(), "", written, range, Form::Raw);
        }
    }
}
