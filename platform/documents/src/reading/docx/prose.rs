//! The running text of a Word document: headings by style or outline, lists with the marks that Word
//! counts, tables with merged cells, links and pictures.

use std::collections::HashMap;
use std::io::Read;

use super::BODY;
use super::numbering::Numbering;
use crate::reading::Unreadable;
use crate::reading::archive::Archive;
use crate::reading::prose::{self, LeftOut, ListMark, Maker, Picture, Prose};
use crate::reading::xml::{Attributes, Piece, each, is_on};

const RELATIONS: &str = "word/_rels/document.xml.rels";
const STYLES: &str = "word/styles.xml";

/// The largest picture taken in, in bytes; larger ones are handed in by themselves.
const LARGEST_PICTURE: u64 = 20 << 20;

/// Reads the text of an archive.
pub(in crate::reading) fn read(archive: &mut Archive<'_>) -> Result<Prose, Unreadable> {
    let mut body = Body {
        numbering: Numbering::of(archive)?,
        outlines: outlines(archive)?,
        targets: targets(archive)?,
        ..Body::default()
    };
    each(BODY, archive.part(BODY)?, |piece| {
        match piece {
            Piece::Start(name, attributes) => body.start(name, attributes),
            Piece::End(name) => body.end(name),
            Piece::Text(text) => body.text(text),
        }
        Ok(())
    })?;
    let mut prose = body.made.finish();
    let pictures = prose.pieces.iter_mut().filter_map(|piece| match piece {
        prose::Piece::Picture(picture) => Some(picture),
        prose::Piece::Line(_) | prose::Piece::Table(_) => None,
    });
    for (picture, target) in pictures.zip(&body.pictures) {
        picture.bytes = picture_bytes(archive, target)?;
    }
    Ok(prose)
}

/// The outline level of each style, from 1: by its own word, or because it is called a heading.
fn outlines(archive: &mut Archive<'_>) -> Result<HashMap<String, u8>, Unreadable> {
    let mut outlines = HashMap::new();
    if !archive.has(STYLES) {
        return Ok(outlines);
    }
    let mut style = String::new();
    each(STYLES, archive.part(STYLES)?, |piece| {
        let Piece::Start(name, attributes) = piece else { return Ok(()) };
        match name {
            "style" => style = attributes.get("styleId").unwrap_or_default(),
            "name" => {
                let called = attributes.get("val").unwrap_or_default().to_ascii_lowercase();
                let level = called.strip_prefix("heading ").or(called.strip_prefix("标题 "));
                if let Some(level) = level.and_then(|level| level.trim().parse().ok()) {
                    outlines.insert(style.clone(), level);
                }
            }
            "outlineLvl" => {
                if let Some(level) = outline(attributes) {
                    outlines.entry(style.clone()).or_insert(level);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(outlines)
}

/// 0 to 8 are levels, 9 is running text.
fn outline(attributes: &Attributes<'_>) -> Option<u8> {
    let level = attributes.number("val").filter(|level| *level < 9)?;
    u8::try_from(level + 1).ok()
}

/// What the document refers to: where each leads, and whether that is outside of it.
fn targets(archive: &mut Archive<'_>) -> Result<HashMap<String, (String, bool)>, Unreadable> {
    let mut targets = HashMap::new();
    if !archive.has(RELATIONS) {
        return Ok(targets);
    }
    each(RELATIONS, archive.part(RELATIONS)?, |piece| {
        if let Piece::Start("Relationship", attributes) = piece {
            let id = attributes.get("Id").unwrap_or_default();
            let target = attributes.get("Target").unwrap_or_default();
            let outside = attributes.get("TargetMode").as_deref() == Some("External");
            targets.insert(id, (target, outside));
        }
        Ok(())
    })?;
    Ok(targets)
}

/// A picture's bytes; `None` where there is none, or none of a kind that pages show.
fn picture_bytes(archive: &mut Archive<'_>, target: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    let part = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("word/{target}"),
    };
    if target.is_empty() || !archive.has(&part) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut file = archive.part(&part)?.take(LARGEST_PICTURE + 1);
    file.read_to_end(&mut bytes).map_err(|error| Unreadable::damaged(&part, error))?;
    let shown = [&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff", b"GIF87a", b"GIF89a"];
    let shown = shown.iter().any(|head| bytes.starts_with(head));
    Ok(Some(bytes).filter(|bytes| shown && bytes.len() as u64 <= LARGEST_PICTURE))
}

#[derive(Default)]
struct Body {
    made: Maker,
    numbering: Numbering,
    outlines: HashMap<String, u8>,
    targets: HashMap<String, (String, bool)>,
    /// Where the file of each picture is, in order.
    pictures: Vec<String>,
    /// The element whose content is not shown, and how many of its name are open.
    unseen: Option<(String, usize)>,
    bold: Option<bool>,
    hidden: bool,
    link: Option<String>,
    alt: String,
    in_text: bool,
    /// Properties of a run are being read; those of a paragraph's mark are not a run's.
    in_run: bool,
    cell: Option<(usize, bool)>,
    list: Option<(String, usize)>,
    level: usize,
}

impl Body {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth += usize::from(unseen == name);
            return;
        }
        self.settle(name);
        match name {
            "del" | "moveFrom" => self.leave_out(name, LeftOut::Deleted),
            "Fallback" | "pict" | "object" => self.leave_out(name, LeftOut::Residue),
            "instrText" | "delText" => self.unseen = Some((name.to_owned(), 1)),
            "commentReference" => self.made.prose.leave_out(LeftOut::Comment),
            "footnoteReference" | "endnoteReference" => self.made.prose.leave_out(LeftOut::Note),
            "tbl" => self.made.start_table(),
            "tc" => self.cell = Some((1, false)),
            "p" => (self.list, self.level) = (None, 0),
            "r" => (self.in_run, self.bold, self.hidden) = (true, None, false),
            "t" => self.in_text = true,
            "br" | "cr" => self.made.end_line(),
            "tab" if self.in_run => self.put(" "),
            "noBreakHyphen" => self.put("-"),
            "hyperlink" => self.link = self.target(attributes.get("id"), true),
            "docPr" => {
                let told = attributes.get("descr").filter(|told| !told.trim().is_empty());
                self.alt = told.or(attributes.get("title")).unwrap_or_default();
            }
            "blip" => self.picture(attributes),
            _ => self.property(name, attributes),
        }
    }

    /// Once a row's or cell's properties are past, it really starts.
    fn settle(&mut self, name: &str) {
        if name == "tc" {
            self.made.end_cell();
        }
        if matches!(name, "p" | "tbl" | "sdt")
            && let Some((columns, above)) = self.cell.take()
        {
            self.made.start_cell(columns, 1, above);
        }
        if name == "tr" {
            self.made.start_row(false);
        }
    }

    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let value = attributes.get("val");
        let on = value.as_deref().is_none_or(is_on);
        match name {
            "vanish" | "webHidden" if self.in_run => {
                self.hidden |= on;
                if on {
                    self.made.prose.leave_out(LeftOut::Hidden);
                }
            }
            "b" if self.in_run => self.bold = Some(on),
            "color" | "sz" | "rFonts" | "highlight" if self.in_run => {
                self.made.prose.leave_out(LeftOut::Looks);
            }
            "pStyle" => {
                let level = value.and_then(|style| self.outlines.get(&style).copied());
                self.made.line().heading = level;
            }
            "outlineLvl" => {
                let level = outline(attributes);
                self.made.line().heading = level;
            }
            "jc" if !self.made.in_table() => {
                self.made.line().centred = value.as_deref() == Some("center");
            }
            "ilvl" => self.level = attributes.number("val").unwrap_or(0),
            "numId" => {
                let level = self.level;
                self.list = value.filter(|id| id != "0").map(|id| (id, level));
            }
            "gridSpan" => {
                if let Some((columns, _)) = &mut self.cell {
                    *columns = attributes.number("val").unwrap_or(1);
                }
            }
            "vMerge" => {
                if let Some((_, above)) = &mut self.cell {
                    *above = value.as_deref() != Some("restart");
                }
            }
            "tblHeader" => self.made.row_is_head(on),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth -= usize::from(unseen == name);
            if *depth == 0 {
                self.unseen = None;
            }
            return;
        }
        match name {
            "tbl" => self.made.end_table(),
            "tr" => self.made.end_row(),
            "tc" => {
                self.settle("p");
                self.made.end_cell();
            }
            "pPr" => self.mark(),
            "p" => self.made.end_line(),
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "hyperlink" => self.link = None,
            _ => {}
        }
    }

    /// The mark that Word counts before a paragraph.
    fn mark(&mut self) {
        let Some((id, level)) = self.list.take() else { return };
        let shown = self.numbering.next(&id, level);
        let bullet = shown == "●";
        self.made.line().list = Some(ListMark {
            ordered: !bullet,
            depth: u8::try_from(level).unwrap_or(u8::MAX),
            shown: if bullet { String::new() } else { shown },
        });
    }

    fn text(&mut self, text: &str) {
        if self.unseen.is_none() && self.in_text && !self.hidden {
            self.put(&text.replace('\n', " "));
        }
    }

    fn put(&mut self, text: &str) {
        let link = self.link.clone();
        self.made.letters(text, self.bold.unwrap_or(false), link.as_deref());
    }

    fn leave_out(&mut self, name: &str, what: LeftOut) {
        self.made.prose.leave_out(what);
        self.unseen = Some((name.to_owned(), 1));
    }

    fn target(&self, id: Option<String>, outside: bool) -> Option<String> {
        let (target, leads_out) = self.targets.get(&id?)?;
        (*leads_out == outside).then(|| target.clone())
    }

    fn picture(&mut self, attributes: &Attributes<'_>) {
        let target = self.target(attributes.get("embed"), false).unwrap_or_default();
        let alt = std::mem::take(&mut self.alt);
        if self.made.picture(Picture { alt, bytes: None }) {
            self.pictures.push(target);
        }
    }
}
