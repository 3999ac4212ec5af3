//! OpenDocument files: text, tables and slides in one part, styles in another.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::blocks::Place;
use super::markup::{Changes, Kind, Markup, Token, escape};
use super::office::{is_markup, masked, parse};
use super::walk::{Places, asides, blocks};
use super::zip::{Packer, Zip};
use super::{Cleaner, Collector, image, strings};
use crate::examining::Refusal;
use crate::reading::MOST_CELLS;

/// Whether an archive is an OpenDocument file.
pub(super) fn is_odf(zip: &Zip<'_>) -> bool {
    zip.has("content.xml") && (zip.has("mimetype") || zip.has("META-INF/manifest.xml"))
}

struct Document {
    place: Rc<Place>,
}

impl Places for Document {
    fn inside(&self, markup: &Markup, token: &Token) -> Option<Rc<Place>> {
        let (code, words) = match markup.name(token) {
            "office:annotation" => ("odf.comment", "批注"),
            "text:tracked-changes" => ("odf.deletion", "修订记录中删除的文字"),
            "text:hidden-text" | "text:hidden-paragraph" => ("odf.hidden", "隐藏文字"),
            "text:section"
                if markup.value(token, "display").is_some_and(|value| value != "true") =>
            {
                ("odf.hidden", "隐藏的节")
            }
            "presentation:notes" => ("odf.notes", "备注"),
            "table:table-row" if is_hidden_row(markup, token) => ("odf.hidden_row", "隐藏的行"),
            _ => return None,
        };
        Some(Place::new(code, words, false))
    }

    fn attribute(&self, name: &str) -> Rc<Place> {
        Place::new("odf.attribute", format!("{}的属性{name}", self.place.words), false)
    }

    fn comment(&self) -> Rc<Place> {
        Place::new("odf.xml_comment", "文件内部的注释", false)
    }
}

fn is_hidden_row(markup: &Markup, token: &Token) -> bool {
    markup.value(token, "visibility").is_some_and(|value| value != "visible")
}

/// Looks through every part.
pub(super) fn read(zip: &mut Zip<'_>, out: &mut Collector) -> Result<(), Refusal> {
    check_encryption(zip)?;
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        super::part_name(&name, "odf", out);
        let bytes = zip.entry(index)?;
        out.unpack(bytes.len() as u64)?;
        part(&name, &bytes, out)?;
    }
    for note in std::mem::take(&mut zip.notes).into_iter().chain(zip.left_behind()) {
        strings::read(&note, &Place::new("odf.package", "文件包的注释或者残留内容", false), out);
    }
    Ok(())
}

fn check_encryption(zip: &mut Zip<'_>) -> Result<(), Refusal> {
    let manifest = zip.named("META-INF/manifest.xml")?.unwrap_or_default();
    let is_encrypted = super::zip::find(&manifest, b"encryption-data", 0).is_some();
    if is_encrypted { Err(Refusal::Encrypted) } else { Ok(()) }
}

fn part(name: &str, bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if is_markup(name, bytes) {
        let markup = parse(name, bytes)?;
        check_repeats(&markup)?;
        let (code, words, is_visible) = match file {
            "content.xml" => ("odf.body", "正文", !name.contains('/')),
            "styles.xml" => ("odf.header", "页眉页脚和样式", true),
            "meta.xml" => ("odf.meta", "文档属性", false),
            "settings.xml" => ("odf.settings", "文档设置", false),
            _ => ("odf.part", "文件内部的内容", false),
        };
        let place = Place::new(code, words, is_visible);
        let document = Document { place: place.clone() };
        out.blocks(&blocks(&markup, place.clone(), &document, &|_| false));
        out.blocks(&asides(&markup, &document));
        let unseen = |index: usize| document.inside(&markup, &markup.tokens[index]).is_some();
        if markup
            .tokens
            .iter()
            .any(|token| token.kind == Kind::Open && document.inside(&markup, token).is_some())
        {
            let was_hidden = std::mem::replace(&mut out.is_hidden, true);
            out.blocks(&blocks(&markup, place, &document, &unseen));
            out.is_hidden = was_hidden;
        }
    } else if super::is_known_binary(bytes) {
        out.nested(bytes, file, "odf.embedded.", &format!("嵌入的{file} › "), true)?;
    } else {
        strings::read(bytes, &Place::new("odf.binary", format!("文件内部的{file}"), false), out);
    }
    Ok(())
}

/// A file of a few kilobytes may claim billions of cells with text.
fn check_repeats(markup: &Markup) -> Result<(), Refusal> {
    let number = |token: &Token, name: &str| {
        markup.value(token, name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(1)
    };
    let (mut rows, mut cells) = (1_usize, 0_usize);
    for (index, token) in markup.tokens.iter().enumerate() {
        match (token.kind, markup.name(token)) {
            (Kind::Open, "table:table-row") => rows = number(token, "number-rows-repeated"),
            (Kind::Open, "table:table-cell") if token.partner as usize > index + 1 => {
                let columns = number(token, "number-columns-repeated");
                cells = cells.saturating_add(rows.saturating_mul(columns));
            }
            _ => {}
        }
    }
    if cells > MOST_CELLS {
        Err(Refusal::Bomb { what: format!("表格声明有{cells}个单元格") })
    } else {
        Ok(())
    }
}

/// Elements that are dropped, content and all.
const DROPPED: &[&str] = &[
    "office:annotation",
    "office:annotation-end",
    "text:tracked-changes",
    "text:change",
    "text:change-start",
    "text:change-end",
    "office:scripts",
    "office:event-listeners",
    "text:hidden-text",
    "text:hidden-paragraph",
    "presentation:notes",
    "draw:object",
    "draw:object-ole",
    "draw:applet",
    "draw:plugin",
    "office:forms",
    "office:dde-source",
    "table:database-ranges",
    "table:data-pilot-tables",
    "table:named-expressions",
    "table:content-validations",
    "table:dde-links",
    "table:consolidation",
    "table:scenario",
    "table:shapes",
    "text:user-field-decls",
    "text:variable-decls",
    "text:dde-connection-decls",
    "text:execute-macro",
    "text:script",
    "table:cell-range-source",
    "table:detective",
    "table:tracked-changes",
    "meta:user-defined",
];

/// The file with what is needed to show it, and masked.
pub(super) fn clean(zip: &mut Zip<'_>, cleaner: &mut Cleaner<'_>) -> Result<Vec<u8>, Refusal> {
    check_encryption(zip)?;
    let mime = zip.named("mimetype")?.unwrap_or_default();
    let mut parts = Vec::new();
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        let is_picture = name.starts_with("Pictures/") && !name.ends_with('/');
        if !is_picture && name != "content.xml" && name != "styles.xml" {
            continue;
        }
        let bytes = zip.entry(index)?;
        cleaner.unpack(bytes.len() as u64)?;
        let bytes = if is_picture {
            super::clean_in(&bytes, &name, cleaner)?
        } else {
            marked(&name, &bytes, cleaner)?
        };
        parts.push((name, bytes));
    }
    let mut packer = Packer::new();
    packer.add("mimetype", &mime, false)?;
    for (name, bytes) in &parts {
        packer.add(name, bytes, image::Format::of(bytes).is_none())?;
    }
    packer.add("META-INF/manifest.xml", manifest(&mime, &parts).as_bytes(), true)?;
    packer.finish()
}

fn marked(name: &str, bytes: &[u8], cleaner: &Cleaner<'_>) -> Result<Vec<u8>, Refusal> {
    let markup = parse(name, bytes)?;
    check_repeats(&markup)?;
    let hidden = hidden_styles(&markup);
    let mut changes = Changes::default();
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => {
                let full = markup.name(token);
                let is_lost = DROPPED.contains(&full)
                    || full == "table:table-row" && is_hidden_row(&markup, token)
                    || full == "text:section"
                        && markup.value(token, "display").is_some_and(|value| value != "true")
                    || markup.value(token, "style-name").is_some_and(|style| {
                        full == "table:table" && hidden.contains(&style)
                            || full == "text:span" && hidden.contains(&style)
                    });
                if is_lost {
                    changes.remove(markup.element(index));
                }
                for attribute in markup.attributes(token) {
                    if matches!(
                        attribute.name,
                        "table:formula" | "text:formula" | "text:condition" | "xlink:actuate-macro"
                    ) {
                        changes.remove(attribute.whole);
                    }
                }
            }
            _ => {}
        }
    }
    let markup = Markup::xml(changes.apply(&markup.source))?;
    Ok(masked(&markup, cleaner.masking).into_bytes())
}

/// Styles that hide a table or a stretch of text.
fn hidden_styles(markup: &Markup) -> BTreeSet<String> {
    let mut hidden = BTreeSet::new();
    let mut style = String::new();
    for token in markup.tokens.iter().filter(|token| matches!(token.kind, Kind::Open | Kind::Empty))
    {
        match markup.name(token) {
            "style:style" => style = markup.value(token, "name").unwrap_or_default(),
            "style:table-properties" | "style:text-properties" => {
                let is = |attribute: &str, value: &str| {
                    markup.value(token, attribute).is_some_and(|one| one == value)
                };
                // text:display="none", table:display="false"
                if is("display", "false") || is("display", "none") {
                    hidden.insert(style.clone());
                }
            }
            _ => {}
        }
    }
    hidden
}

fn manifest(mime: &[u8], parts: &[(String, Vec<u8>)]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{}\"/>",
        escape(&String::from_utf8_lossy(mime))
    );
    for (name, bytes) in parts {
        let kind = match image::Format::of(bytes) {
            Some(image::Format::Png) => "image/png",
            Some(image::Format::Jpeg) => "image/jpeg",
            Some(_) => "application/octet-stream",
            None => "text/xml",
        };
        out.push_str(&format!(
            "<manifest:file-entry manifest:full-path=\"{}\" manifest:media-type=\"{kind}\"/>",
            escape(name)
        ));
    }
    out.push_str("</manifest:manifest>");
    out
}
