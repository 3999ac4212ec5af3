//! Workbooks: cells in their rows under their headings, in every sheet, shown or not.

use std::collections::HashSet;
use std::rc::Rc;

use super::sheet_styles::{Styles, Unseen};
use crate::examining::Refusal;
use crate::files::Collector;
use crate::files::blocks::{Block, Builder, Form, Joint, Place};
use crate::files::markup::{Kind, Markup, Token, unescape};
use crate::files::zip::Zip;
use crate::personal::{BREAK, CELL, Headings, LINE};

/// A sheet as the workbook lists it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) is_hidden: bool,
    pub(super) is_very_hidden: bool,
}

/// Whether a part is a sheet.
pub(super) fn is_sheet(markup: &Markup) -> bool {
    root(markup).is_some_and(|token| markup.local(token) == "worksheet")
}

/// Whether a part holds the strings that cells share.
pub(super) fn is_strings(markup: &Markup) -> bool {
    root(markup).is_some_and(|token| markup.local(token) == "sst")
}

fn root(markup: &Markup) -> Option<&Token> {
    markup.tokens.iter().find(|token| matches!(token.kind, Kind::Open | Kind::Empty))
}

/// The sheets a workbook lists.
pub(super) fn listed(workbook: &Markup) -> Vec<Listed> {
    let sheets = workbook.tokens.iter().filter(|token| {
        matches!(token.kind, Kind::Open | Kind::Empty) && workbook.local(token) == "sheet"
    });
    sheets
        .map(|token| {
            let state = workbook.value(token, "state").unwrap_or_default().to_ascii_lowercase();
            Listed {
                name: workbook.value(token, "name").unwrap_or_default(),
                relation: workbook.value(token, "id").unwrap_or_default(),
                is_hidden: state.contains("hidden"),
                is_very_hidden: state == "veryhidden",
            }
        })
        .collect()
}

/// Looks through the cells of all sheets, and the strings that no cell shows.
pub(super) fn read(zip: &mut Zip<'_>, out: &mut Collector) -> Result<(), Refusal> {
    let workbook = match zip.named("xl/workbook.xml")? {
        Some(bytes) => Some(super::parse("xl/workbook.xml", &bytes)?),
        None => None,
    };
    let listed = workbook.as_ref().map(listed).unwrap_or_default();
    let targets = super::cleaning::relations(zip, "xl/workbook.xml")?;
    let (mut strings, mut sheets) = (None, Vec::new());
    for name in zip.names.clone() {
        let lower = name.to_ascii_lowercase();
        if lower.ends_with("sharedstrings.xml") {
            strings = zip.named(&name)?.map(|bytes| super::parse(&name, &bytes)).transpose()?;
        } else if lower.contains("sheet") && lower.ends_with(".xml") && !lower.contains("_rels") {
            sheets.push(name);
        }
    }
    let texts = strings.as_ref().map(shared).unwrap_or_default();
    let styles = Styles::read(zip)?;
    let mut used = HashSet::new();
    for name in sheets {
        let Some(bytes) = zip.named(&name)? else { continue };
        let markup = super::parse(&name, &bytes)?;
        if !is_sheet(&markup) {
            continue;
        }
        let entry = targets.iter().find(|relation| relation.target == name);
        let entry =
            entry.and_then(|relation| listed.iter().find(|sheet| sheet.relation == relation.id));
        for block in Cells::of(&markup, &texts, &styles, entry, &mut used)? {
            out.block(&block);
        }
    }
    unused(strings.as_ref(), &texts, &used, out);
    Ok(())
}

/// Strings that no cell uses, and readings written beside characters.
fn unused(strings: Option<&Markup>, texts: &[Shared], used: &HashSet<usize>, out: &mut Collector) {
    let place = Place::new("xlsx.orphan_string", "没有单元格使用的文字", false);
    let mut builder = Builder::new(place.clone());
    for (index, text) in texts.iter().enumerate() {
        if !used.contains(&index) || text.all != text.shown {
            builder.alone(place.clone(), "", &text.all, (0, 0), Form::Raw);
        }
    }
    out.blocks(&builder.finish());
    let _ = strings;
}

/// A string that cells share.
pub(super) struct Shared {
    /// Without the readings beside characters.
    pub(super) shown: String,
    /// With them.
    all: String,
    /// The token it begins with.
    pub(super) token: usize,
}

/// The strings that cells share, in order.
pub(super) fn shared(markup: &Markup) -> Vec<Shared> {
    let mut strings = Vec::new();
    for (index, token) in markup.tokens.iter().enumerate() {
        if matches!(token.kind, Kind::Open | Kind::Empty) && markup.local(token) == "si" {
            strings.push(Shared {
                shown: inner(markup, index, true),
                all: inner(markup, index, false),
                token: index,
            });
        }
    }
    strings
}

/// The text inside an element.
fn inner(markup: &Markup, index: usize, without_readings: bool) -> String {
    let end = markup.tokens[index].partner as usize;
    let (mut text, mut at) = (String::new(), index + 1);
    while at < end {
        let token = &markup.tokens[at];
        match token.kind {
            Kind::Open if without_readings && markup.local(token) == "rPh" => {
                at = token.partner as usize
            }
            Kind::Text => text.push_str(&unescape(markup.written(token))),
            Kind::Raw => text.push_str(
                markup.written(token).trim_start_matches("<![CDATA[").trim_end_matches("]]>"),
            ),
            _ => {}
        }
        at += 1;
    }
    plain(&text)
}

/// Excel writes control characters as _x000D_, and digits may be written so as well.
fn plain(text: &str) -> String {
    let mut parts = text.split("_x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .get(..5)
            .filter(|code| code.ends_with('_'))
            .and_then(|code| u32::from_str_radix(&code[..4], 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(&part[5..]);
            }
            None => {
                out.push_str("_x");
                out.push_str(part);
            }
        }
    }
    out.replace("\r\n", "\n").replace(['\n', '\r', LINE], &BREAK.to_string()).replace(CELL, " ")
}

/// Reads the cells of a sheet into blocks; a slot's source is the index of the cell's token.
pub(super) struct Cells<'a> {
    markup: &'a Markup,
    texts: &'a [Shared],
    styles: &'a Styles,
    unseen: Option<Unseen>,
    sheet: Option<&'a Listed>,
    headings: Headings,
    hidden_columns: Vec<(usize, usize)>,
    out: Builder,
    row: usize,
    column: usize,
    is_hidden_row: bool,
}

impl<'a> Cells<'a> {
    /// The blocks of a sheet. Notes which shared strings its cells use.
    pub(super) fn of(
        markup: &'a Markup,
        texts: &'a [Shared],
        styles: &'a Styles,
        sheet: Option<&'a Listed>,
        used: &mut HashSet<usize>,
    ) -> Result<Vec<Block>, Refusal> {
        let out = Builder::new(Place::new("xlsx.visible", "工作表", true));
        let mut cells = Self {
            markup,
            texts,
            styles,
            unseen: None,
            sheet,
            headings: Headings::default(),
            hidden_columns: hidden_columns(markup),
            out,
            row: 0,
            column: 0,
            is_hidden_row: false,
        };
        let mut within = 0;
        for (index, token) in markup.tokens.iter().enumerate() {
            if !matches!(token.kind, Kind::Open | Kind::Empty) {
                continue;
            }
            match markup.local(token) {
                "row" => cells.start_row(token),
                "c" => {
                    within = token.partner as usize;
                    cells.cell(index, token, used);
                }
                "f" => cells.aside(index, &[plain, literals]),
                "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
                | "firstFooter" => cells.aside(index, &[page_head]),
                // rules, prompts, conditions: whatever text stands beside the cells
                _ if index > within && holds_text(markup, index) => {
                    cells.aside(index, &[plain, literals]);
                }
                _ => {}
            }
        }
        Ok(cells.out.finish())
    }

    fn start_row(&mut self, token: &Token) {
        self.row =
            self.markup.value(token, "r").and_then(|row| row.parse().ok()).unwrap_or(self.row + 1);
        self.column = 0;
        let is_flat =
            self.markup.value(token, "ht").is_some_and(|height| height.parse() == Ok(0.0_f64));
        self.is_hidden_row = is_flat || self.markup.is_on(token, "hidden", false);
        self.out.joint(Joint::Line);
    }

    fn cell(&mut self, index: usize, token: &Token, used: &mut HashSet<usize>) {
        let at = self.markup.value(token, "r").and_then(|place| column_of(&place));
        self.column = at.unwrap_or(self.column + 1);
        let text = self.shown(index, token, used);
        if text.trim().is_empty() {
            return;
        }
        self.unseen = self.styles.of(self.markup, token);
        self.out.place(self.place());
        self.out.joint(Joint::Cell);
        self.out.heading(self.headings.of(self.column));
        self.out.text(&text, (index, self.row), Form::Raw);
        self.headings.learn(self.column, &text);
    }

    fn shown(&self, index: usize, token: &Token, used: &mut HashSet<usize>) -> String {
        let kind = self.markup.value(token, "t").unwrap_or_default();
        let value = value_of(self.markup, index);
        match kind.as_str() {
            "s" => {
                let at: Option<usize> = value.trim().parse().ok();
                used.extend(at);
                at.and_then(|at| self.texts.get(at))
                    .map_or_else(String::new, |text| text.shown.clone())
            }
            "inlineStr" => inner(self.markup, index, false),
            "str" | "b" | "e" | "d" => plain(&value),
            _ => number(&value),
        }
    }

    /// A formula, a rule or the text of a page's head, in each of the ways it may be read.
    fn aside(&mut self, index: usize, ways: &[fn(&str) -> String]) {
        let text = inner(self.markup, index, false);
        let words = format!("{}的公式、规则或者页眉页脚", self.words());
        let place = Place::new("xlsx.formula", words, false);
        let mut before = None;
        for way in ways {
            let read = way(&text);
            if before.as_ref() != Some(&read) {
                self.out.alone(place.clone(), "", &read, (index, 0), Form::Raw);
            }
            before = Some(read);
        }
    }

    fn words(&self) -> String {
        match self.sheet {
            Some(sheet) if sheet.is_hidden => format!("工作表{}（隐藏）", sheet.name),
            Some(sheet) => format!("工作表{}", sheet.name),
            None => "工作表".to_owned(),
        }
    }

    fn place(&self) -> Rc<Place> {
        let is_hidden_column =
            self.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&self.column));
        let (code, note) = match self.sheet {
            Some(sheet) if sheet.is_very_hidden => ("xlsx.very_hidden", ""),
            Some(sheet) if sheet.is_hidden => ("xlsx.hidden_sheet", ""),
            _ if self.is_hidden_row => ("xlsx.hidden_row", "（隐藏的行）"),
            _ if self.unseen == Some(Unseen::Blank) => ("xlsx.blank_format", "（不显示的格式）"),
            _ if self.unseen == Some(Unseen::White) => ("xlsx.white_font", "（白色文字）"),
            _ if is_hidden_column => ("xlsx.hidden_column", "（隐藏的列）"),
            _ => ("xlsx.visible", ""),
        };
        let words = format!("{} {}{}{note}", self.words(), letters(self.column), self.row);
        Place::new(code, words, code == "xlsx.visible")
    }
}

/// Whether text stands right inside an element.
fn holds_text(markup: &Markup, index: usize) -> bool {
    markup.tokens[index].kind == Kind::Open
        && markup.tokens.get(index + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Text | Kind::Raw) && !markup.written(next).trim().is_empty()
        })
}

/// The strings of a formula that it puts together: "3502"&"03" says 350203.
fn literals(formula: &str) -> String {
    let mut pieces = formula.split('"');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let mut is_inside = true;
    for piece in pieces {
        let is_joint = !is_inside && matches!(piece.trim(), "&" | ",");
        if !is_joint {
            out.push_str(piece);
        }
        is_inside = !is_inside;
    }
    out
}

/// The text of a page's head or foot without the signs that say where and how it stands: &C, &"宋体", &12, &K.
fn page_head(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(sign) = rest.chars().next() else { break };
        let behind = &rest[sign.len_utf8()..];
        rest = match sign {
            '&' => {
                out.push('&');
                behind
            }
            '"' => behind.split_once('"').map_or("", |(_, behind)| behind),
            'K' | 'k' => behind.get(6..).unwrap_or_default(),
            // a size has no more than three digits; a longer number is text
            '0'..='9' if rest.bytes().take_while(u8::is_ascii_digit).count() <= 3 => {
                rest.trim_start_matches(|c: char| c.is_ascii_digit())
            }
            '0'..='9' => rest,
            'L' | 'C' | 'R' | 'l' | 'c' | 'r' => {
                out.push(BREAK);
                behind
            }
            _ => behind,
        };
    }
    out.push_str(rest);
    plain(out.trim_matches(BREAK))
}

/// The columns a sheet hides, from 1.
pub(super) fn hidden_columns(markup: &Markup) -> Vec<(usize, usize)> {
    let columns = markup.tokens.iter().filter(|token| {
        matches!(token.kind, Kind::Open | Kind::Empty) && markup.local(token) == "col"
    });
    columns
        .filter(|token| {
            markup.is_on(token, "hidden", false)
                || markup.value(token, "width").is_some_and(|width| width.parse() == Ok(0.0_f64))
        })
        .filter_map(|token| {
            let number =
                |name: &str| markup.value(token, name).and_then(|value| value.parse().ok());
            Some((number("min")?, number("max")?))
        })
        .collect()
}

/// The value of a cell as written.
fn value_of(markup: &Markup, index: usize) -> String {
    let end = markup.tokens[index].partner as usize;
    let value = (index + 1..end).find(|at| {
        markup.tokens[*at].kind == Kind::Open && markup.local(&markup.tokens[*at]) == "v"
    });
    value.map_or_else(String::new, |at| inner(markup, at, false))
}

/// A number as digits: 13800138000 and not 1.3800138E10.
fn number(value: &str) -> String {
    let value = value.trim();
    match value.parse::<f64>() {
        Ok(number)
            if number.fract() == 0.0 && number.abs() < 1e17 && value.contains(['e', 'E', '.']) =>
        {
            format!("{number:.0}")
        }
        _ => value.to_owned(),
    }
}

/// The column of B12, from 1.
pub(super) fn column_of(place: &str) -> Option<usize> {
    let mut column = 0_usize;
    for letter in place.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if column > 16_384 {
            return None;
        }
    }
    (column > 0).then_some(column)
}

fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(char::from(b'A' + ((column - 1) % 26) as u8));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}
