//! Office files of 2007 and later: a ZIP of parts that refer to one another.
//!
//! All parts are read, whether or not anything refers to them. A clean copy starts at the document
//! and follows only relations of kinds that are needed to show it; whatever is reached by no such
//! relation (properties, comments, embedded files, macros, caches, printer settings, parts nobody
//! has heard of) is not in it.

mod cleaning;
mod sheet;
mod sheet_cleaning;
mod sheet_styles;
mod slides;
mod word;

use std::rc::Rc;

use super::blocks::Place;
use super::markup::Markup;
use super::walk::{OnePlace, asides, blocks};
use super::zip::Zip;
use super::{Collector, strings};
use crate::examining::Refusal;

pub(super) use cleaning::{clean, masked};

/// Which program's file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    Word,
    Sheets,
    Slides,
}

impl Suite {
    /// Told by the part everything starts from.
    pub(super) fn of(zip: &Zip<'_>) -> Option<Self> {
        let any = |head: &str| {
            zip.names.iter().any(|name| name.starts_with(head) && name.ends_with(".xml"))
        };
        let has = |name: &str| zip.has(name);
        match () {
            () if has("word/document.xml") => Some(Self::Word),
            () if has("xl/workbook.xml") => Some(Self::Sheets),
            () if has("ppt/presentation.xml") => Some(Self::Slides),
            () if has("[Content_Types].xml") && any("word/") => Some(Self::Word),
            () if has("[Content_Types].xml") && any("xl/") => Some(Self::Sheets),
            () if has("[Content_Types].xml") && any("ppt/") => Some(Self::Slides),
            () => None,
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Sheets => "xlsx",
            Self::Slides => "pptx",
        }
    }
}

/// Looks through every part.
pub(super) fn read(zip: &mut Zip<'_>, suite: Suite, out: &mut Collector) -> Result<(), Refusal> {
    let code = suite.code();
    if suite == Suite::Sheets {
        sheet::read(zip, out)?;
    }
    let hiding = word::HidingStyles::read(zip)?;
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        super::part_name(&name, code, out);
        if name.ends_with('/') {
            continue;
        }
        let bytes = zip.entry(index)?;
        out.unpack(bytes.len() as u64)?;
        part(&name, bytes, suite, &hiding, out)?;
    }
    let notes = Place::new(format!("{code}.package"), "文件包的注释", false);
    for note in std::mem::take(&mut zip.notes) {
        strings::read(&note, &notes, out);
    }
    for (index, bytes) in zip.left_behind().into_iter().enumerate() {
        out.unpack(bytes.len() as u64)?;
        let name = format!("left{index}.xml");
        part(&name, bytes, suite, &hiding, out)?;
    }
    Ok(())
}

/// Whether bytes are marked text.
pub(super) fn is_markup(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let by_name = [".xml", ".rels", ".vml", ".svg"].iter().any(|ending| lower.ends_with(ending));
    let head: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).take(8).copied().collect();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let head = head.strip_prefix(b"\xff\xfe").or(head.strip_prefix(b"\xfe\xff")).unwrap_or(head);
    (by_name || head.starts_with(b"<?xml")) && head.trim_ascii_start().starts_with(b"<")
}

/// Marked text in whatever encoding it is.
pub(super) fn parse(name: &str, bytes: &[u8]) -> Result<Markup, Refusal> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            let text =
                crate::reading::decoded(bytes).map_err(|error| Refusal::damaged(name, error))?;
            in_utf8(&text)
        }
    };
    Markup::xml(text)
}

/// The declaration of a text that is no longer in another encoding.
fn in_utf8(text: &str) -> String {
    match (text.starts_with("<?xml"), text.find("?>")) {
        (true, Some(end)) => {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{}", &text[end + 2..])
        }
        _ => text.to_owned(),
    }
}

fn part(
    name: &str,
    bytes: Vec<u8>,
    suite: Suite,
    hiding: &word::HidingStyles,
    out: &mut Collector,
) -> Result<(), Refusal> {
    if is_markup(name, &bytes) {
        let markup = parse(name, &bytes)?;
        return text(name, &markup, suite, hiding, out);
    }
    let file = name.rsplit('/').next().unwrap_or(name);
    if super::is_known_binary(&bytes) {
        let embedded = if suite == Suite::Word { "embedded_" } else { "embedded." };
        let (code, words) = match super::image::Format::of(&bytes) {
            Some(_) => (format!("{}.image.", suite.code()), format!("图片{file} › ")),
            None => (format!("{}.{embedded}", suite.code()), format!("嵌入文件{file} › ")),
        };
        return out.nested(&bytes, file, &code, &words, true);
    }
    let place = Place::new(format!("{}.binary", suite.code()), format!("文件内部的{file}"), false);
    strings::read(&bytes, &place, out);
    written(&bytes, file, suite, out);
    Ok(())
}

/// Pages, mails and texts that are parts of a document: what they say may be cut by tags or packed.
fn written(bytes: &[u8], file: &str, suite: Suite, out: &mut Collector) {
    let lower = file.to_ascii_lowercase();
    let is_page = [".htm", ".html", ".xhtml", ".mht", ".mhtml", ".eml", ".csv"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    let has_tags = std::str::from_utf8(bytes).is_ok_and(|text| text.contains("</"));
    if is_page || has_tags {
        let code = format!("{}.embedded.", suite.code());
        // what is none after all has been looked through as it stands
        let _ = out.nested(bytes, file, &code, &format!("嵌入文件{file} › "), true);
    }
}

fn text(
    name: &str,
    markup: &Markup,
    suite: Suite,
    hiding: &word::HidingStyles,
    out: &mut Collector,
) -> Result<(), Refusal> {
    let (code, words, is_visible) = place_of(name, suite);
    let place = Place::new(format!("{}.{code}", suite.code()), words, is_visible);
    match suite {
        Suite::Word => word::read(markup, &place, hiding, out),
        // cells have been read with their rows; their attributes hold no text of their own
        Suite::Sheets if sheet::is_sheet(markup) || sheet::is_strings(markup) => {
            out.blocks(&asides(markup, &OnePlace(place)));
        }
        Suite::Sheets => plain(markup, &place, out),
        Suite::Slides => slides::read(markup, &place, out),
    }
    super::packed::in_text(markup, &format!("{}.embedded.", suite.code()), out)
}

pub(super) fn plain(markup: &Markup, place: &Rc<Place>, out: &mut Collector) {
    let places = OnePlace(place.clone());
    out.blocks(&blocks(markup, place.clone(), &places, &|_| false));
    out.blocks(&asides(markup, &places));
}

/// What a part is called, for programs and for people, and whether a reader sees its text.
fn place_of(name: &str, suite: Suite) -> (&'static str, String, bool) {
    let file = name.rsplit('/').next().unwrap_or(name);
    let known: &[(&str, &str, &str, bool)] = &[
        ("document", "body", "正文", true),
        ("header", "header", "页眉", true),
        ("footer", "footer", "页脚", true),
        ("footnotes", "footnote", "脚注", true),
        ("endnotes", "endnote", "尾注", true),
        ("comment", "comment", "批注", false),
        ("threadedComment", "comment", "批注", false),
        ("core", "core", "文档属性", false),
        ("app", "app", "文档属性", false),
        ("custom", "custom", "自定义属性", false),
        ("settings", "settings", "文档设置和变量", false),
        ("externalLink", "external_cache", "外部链接的缓存", false),
        ("pivotCache", "pivot_cache", "数据透视表的缓存", false),
        ("pivotTable", "pivot_cache", "数据透视表", false),
        ("workbook", "defined_name", "名称管理器", false),
        ("sharedStrings", "orphan_string", "没有单元格使用的文字", false),
        ("vmlDrawing", "comment", "批注图形", false),
        ("drawing", "drawing", "图形", true),
        ("chart", "chart", "图表", true),
        ("slideMaster", "master", "母版", true),
        ("slideLayout", "master", "版式", true),
        ("notesSlide", "notes", "备注", false),
        ("slide", "visible", "幻灯片", true),
        ("glossary", "glossary", "构建基块", false),
        ("people", "people", "批注人员", false),
        ("item", "custom_xml", "自定义XML", false),
    ];
    let found = known.iter().find(|(head, ..)| file.starts_with(head));
    match found {
        Some((_, code, words, is_visible)) => {
            let code = if suite == Suite::Word && *code == "defined_name" { "part" } else { code };
            (code, (*words).to_owned(), *is_visible && !name.contains("glossary/"))
        }
        None => ("part", format!("文件内部的{file}"), false),
    }
}
