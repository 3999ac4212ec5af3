//! Word documents of 2007 and later: paragraphs and tables of the body.
//!
//! Left out is what the page does not show: deleted and hidden text, field codes, the fallback
//! beside a newer drawing. Numbers that Word counts itself are not in the text; a numbered
//! paragraph gets a bullet, so that it stays an entry of its own.

mod numbering;
pub(super) mod prose;

use crate::reading::archive::Archive;
use crate::reading::assemble::Assembler;
use crate::reading::grid::Span;
use crate::reading::symbols::{drawn, drawn_text, is_symbol_font};
use crate::reading::xml::{Attributes, Piece, each, is_on};
use crate::reading::{Document, Kind, Unreadable};
use numbering::Numbering;

const BODY: &str = "word/document.xml";

/// Reads the document of an archive.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Document, Unreadable> {
    let numbering = Numbering::of(archive)?;
    let mut body = Body { numbering, ..Body::default() };
    each(BODY, archive.part(BODY)?, |piece| match piece {
        Piece::Start(name, attributes) => body.start(name, attributes),
        Piece::End(name) => body.end(name),
        Piece::Text(text) => {
            body.text(text);
            Ok(())
        }
    })?;
    let (sheets, after) = body.out.finish()?;
    Ok(Document { kind: Kind::Docx, title: None, sheets, after })
}

#[derive(Default)]
struct Body {
    out: Assembler,
    numbering: Numbering,
    /// The element whose content is not shown, and how many of its name are open.
    unseen: Option<(String, usize)>,
    run: Run,
    in_text: bool,
    cell: Option<PendingCell>,
    row: Option<PendingRow>,
    check_box: Option<bool>,
    paragraph: Paragraph,
}

#[derive(Default)]
struct Run {
    is_hidden: bool,
    font: Option<String>,
}

/// A cell whose properties are still being read.
#[derive(Default)]
struct PendingCell {
    span: Span,
}

/// A row whose properties are still being read.
#[derive(Default)]
struct PendingRow {
    is_hidden: bool,
    skipped: usize,
}

#[derive(Default)]
struct Paragraph {
    list: Option<(String, usize)>,
    level: usize,
}

impl Body {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), Unreadable> {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth += usize::from(unseen == name);
            return Ok(());
        }
        self.settle(name)?;
        match name {
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "pict" => {
                // a legacy picture may hold a text box; its text stands in the newer drawing too
                self.unseen = Some((name.to_owned(), 1));
            }
            "tbl" => self.out.start_table(false)?,
            "tr" => self.row = Some(PendingRow::default()),
            "tc" => self.cell = Some(PendingCell::default()),
            "p" => self.paragraph = Paragraph::default(),
            "r" => self.run = Run::default(),
            "t" => self.in_text = true,
            "br" | "cr" => self.out.text("\n"),
            "tab" => self.out.text(" "),
            "noBreakHyphen" => self.out.text("-"),
            "sym" => self.symbol(attributes),
            _ => self.property(name, attributes),
        }
        Ok(())
    }

    /// Once a row's or cell's properties are past, it really starts.
    fn settle(&mut self, name: &str) -> Result<(), Unreadable> {
        if matches!(name, "tc")
            && let Some(row) = self.row.take()
        {
            self.out.start_row(row.is_hidden)?;
            self.out.skip_columns(row.skipped);
        }
        if matches!(name, "p" | "tbl" | "sdt")
            && let Some(cell) = self.cell.take()
        {
            self.out.start_cell(cell.span)?;
        }
        Ok(())
    }

    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let value = attributes.get("val");
        let on = value.as_deref().is_none_or(is_on);
        match name {
            "vanish" | "webHidden" => self.run.is_hidden |= on,
            "rFonts" => self.run.font = attributes.get("ascii").or(attributes.get("hAnsi")),
            "checkBox" => self.check_box = Some(false),
            "default" | "checked" if self.check_box.is_some() => self.check_box = Some(on),
            "ilvl" => self.paragraph.level = attributes.number("val").unwrap_or(0),
            "numId" => {
                let level = self.paragraph.level;
                self.paragraph.list = value.filter(|id| id != "0").map(|id| (id, level));
            }
            _ => self.place(name, value.as_deref(), attributes),
        }
    }

    /// Where in its table a row or cell stands.
    fn place(&mut self, name: &str, value: Option<&str>, attributes: &Attributes<'_>) {
        match (name, &mut self.row, &mut self.cell) {
            ("gridBefore", Some(row), _) => row.skipped = attributes.number("val").unwrap_or(0),
            ("hidden", Some(row), _) => row.is_hidden = value.is_none_or(is_on),
            ("gridSpan", _, Some(cell)) => {
                cell.span.columns = attributes.number("val").unwrap_or(1);
            }
            ("vMerge", _, Some(cell)) => cell.span.continues = value != Some("restart"),
            _ => {}
        }
    }

    /// An end tag inside an element that is not shown.
    fn end_unseen(&mut self, name: &str) {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth -= usize::from(unseen == name);
            if *depth == 0 {
                self.unseen = None;
            }
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.unseen.is_some() {
            self.end_unseen(name);
            return Ok(());
        }
        match name {
            "tbl" => self.out.end_table()?,
            "tr" => {
                self.settle("tc")?;
                self.out.end_row()?;
            }
            "tc" => {
                self.settle("p")?;
                self.out.end_cell();
            }
            "pPr" => {
                if let Some((id, level)) = self.paragraph.list.take() {
                    self.out.text(&self.numbering.next(&id, level));
                }
            }
            "p" => self.out.end_line(),
            "t" => self.in_text = false,
            "checkBox" => {
                if let Some(checked) = self.check_box.take() {
                    self.out.text(if checked { "☑" } else { "□" });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.unseen.is_some() || !self.in_text || self.run.is_hidden {
            return;
        }
        match self.run.font.as_deref().filter(|font| is_symbol_font(font)) {
            Some(font) => self.out.text(&drawn_text(font, text)),
            None => self.out.text(&text.replace('\n', " ")),
        }
    }

    fn symbol(&mut self, attributes: &Attributes<'_>) {
        let font = attributes.get("font").unwrap_or_default();
        let code = attributes.get("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
        if let Some(code) = code.and_then(char::from_u32)
            && !self.run.is_hidden
        {
            let shown = drawn(&font, code).unwrap_or(code);
            self.out.text(shown.encode_utf8(&mut [0; 4]));
        }
    }
}
