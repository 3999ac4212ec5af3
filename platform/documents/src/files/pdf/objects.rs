//! What a PDF file holds beside its pages: strings in its objects, properties, forms, annotations,
//! attachments, streams that no page uses, and what no table lists.

use std::collections::HashSet;
use std::io::Read;
use std::rc::Rc;

use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};

use super::scene::{Scene, Source};
use super::{is_content, lines};
use crate::examining::Refusal;
use crate::files::blocks::Place;
use crate::files::markup::Markup;
use crate::files::zip::find;
use crate::files::{Collector, image, is_known_binary, office, strings};
use crate::personal::Passage;

/// The deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 24;

/// Looks through all objects of a version. `seen` names the streams that pages have shown.
pub(super) fn read<'a>(
    pdf: &'a Pdf,
    seen: &HashSet<ObjectIdentifier>,
    words: &str,
    scene: &mut Scene<'a>,
    out: &mut Collector,
) -> Result<(), Refusal> {
    for object in pdf.objects() {
        if let Object::Stream(stream) = &object {
            self::stream(pdf, stream, seen, words, scene, out)?;
        }
        let mut reader = Strings { words, out };
        match &object {
            Object::Stream(stream) => reader.dict(stream.dict(), 0),
            Object::Dict(dict) => reader.dict(dict, 0),
            Object::Array(list) => reader.array(list, "", 0),
            Object::String(text) => {
                reader.text(text.as_bytes(), "", "pdf.string", "文件内部的文字")
            }
            _ => {}
        }
    }
    Ok(())
}

struct Strings<'a> {
    words: &'a str,
    out: &'a mut Collector,
}

impl Strings<'_> {
    fn dict(&mut self, dict: &Dict<'_>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let is_annotation = dict.contains_key("Subtype") && dict.contains_key("Rect");
        let is_field = dict.contains_key("FT") || dict.contains_key("DA") && dict.contains_key("T");
        for (name, value) in dict.entries() {
            let hayro_syntax::object::MaybeRef::NotRef(value) = value else { continue };
            let key = name.as_str();
            let (code, place) = match key {
                "V" | "DV" | "TU" | "TM" | "Opt" => ("pdf.form", "表单"),
                _ if is_field => ("pdf.form", "表单"),
                "Contents" | "RC" | "Subj" | "T" if is_annotation => ("pdf.annotation", "批注"),
                "Author" | "Title" | "Subject" | "Keywords" | "Creator" | "Producer" => {
                    ("pdf.info", "文档属性")
                }
                "URI" => ("pdf.link", "链接地址"),
                "ActualText" | "Alt" | "E" => ("pdf.alt", "替代文字"),
                "CreationDate" | "ModDate" | "M" | "ID" | "O" | "U" | "OE" | "UE" | "Perms" => {
                    continue;
                }
                _ if self.is_info(dict) => ("pdf.info", "文档属性"),
                _ => ("pdf.string", "文件内部的文字"),
            };
            if key.len() > 7 {
                self.text(key.as_bytes(), "", "pdf.name", "文件内部的名称");
            }
            self.value(&value, key, code, place, depth);
        }
    }

    fn is_info(&self, dict: &Dict<'_>) -> bool {
        dict.contains_key("Producer") || dict.contains_key("Creator")
    }

    fn value(&mut self, value: &Object<'_>, key: &str, code: &str, place: &str, depth: usize) {
        match value {
            Object::String(text) => self.text(text.as_bytes(), key, code, place),
            Object::Name(name) if name.len() > 7 => {
                self.text(name, "", "pdf.name", "文件内部的名称")
            }
            Object::Dict(dict) => self.dict(dict, depth + 1),
            Object::Array(list) => self.array(list, key, depth + 1),
            _ => {}
        }
    }

    fn array(&mut self, list: &Array<'_>, key: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for item in list.raw_iter() {
            if let hayro_syntax::object::MaybeRef::NotRef(value) = item {
                let (code, place) = if key == "V" || key == "Opt" {
                    ("pdf.form", "表单")
                } else {
                    ("pdf.string", "文件内部的文字")
                };
                self.value(&value, key, code, place, depth);
            }
        }
    }

    fn text(&mut self, bytes: &[u8], key: &str, code: &str, place: &str) {
        if bytes.len() < 6 {
            return;
        }
        let place = Place::new(code.to_owned(), format!("{}{place}", self.words), false);
        // the key T is no word that says anything
        let heading = if key.len() > 2 { key } else { "" };
        let text = decoded(bytes);
        // rich text and forms are marked: tags may stand inside a number
        if text.contains("</")
            && let Ok(markup) = Markup::html(text.clone())
        {
            office::plain(&markup, &place, self.out);
        }
        self.out.passage(&Passage::under(heading, text), &place);
    }
}

/// A text string: UTF-16 or UTF-8 with a mark, else whatever it is.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
        }
        [0xff, 0xfe, rest @ ..] => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

fn name_of(dict: &Dict<'_>, key: &str) -> Vec<u8> {
    dict.get::<Name<'_>>(key).map(|name| name.to_vec()).unwrap_or_default()
}

fn stream<'a>(
    pdf: &'a Pdf,
    stream: &Stream<'a>,
    seen: &HashSet<ObjectIdentifier>,
    words: &str,
    scene: &mut Scene<'a>,
    out: &mut Collector,
) -> Result<(), Refusal> {
    let dict = stream.dict();
    let (kind, subtype) = (name_of(dict, "Type"), name_of(dict, "Subtype"));
    let place =
        |code: &str, what: &str| Place::new(code.to_owned(), format!("{words}{what}"), false);
    if seen.contains(&stream.obj_id()) {
        if let Ok(data) = stream.decoded() {
            unshown(&data, &place("pdf.content", "页面内容里不显示的文字"), out);
        }
        return Ok(());
    }
    match (kind.as_slice(), subtype.as_slice()) {
        (b"XRef" | b"ObjStm", _) => return Ok(()),
        (_, b"Image") => return picture(stream, words, out),
        (_, b"Type1C" | b"CIDFontType0C" | b"OpenType") => return Ok(()),
        _ if dict.contains_key("Length1")
            || dict.contains_key("CMapName")
            || dict.contains_key("FunctionType") =>
        {
            return Ok(());
        }
        _ => {}
    }
    let Ok(data) = stream.decoded() else { return Ok(()) };
    out.unpack(data.len() as u64)?;
    match (kind.as_slice(), subtype.as_slice()) {
        (b"Metadata", _) | (_, b"XML") => {
            metadata(&data, &place("pdf.xmp", "文档属性（XMP）"), out)
        }
        (b"EmbeddedFile", _) => {
            return out.nested(&data, "", "pdf.attachment.", &format!("{words}附件 › "), true);
        }
        _ if is_content(stream) => {
            unshown(&data, &place("pdf.content", "内容里不显示的文字"), out);
            shown(pdf, stream, &data, &place("pdf.form_object", "没有页面显示的内容"), scene, out);
        }
        _ if is_known_binary(&data) => {
            return out.nested(&data, "", "pdf.attachment.", &format!("{words}附件 › "), true);
        }
        _ if looks_shown(&data) => {
            loose(pdf, &data, &place("pdf.loose", "没有页面显示的内容"), scene, out);
        }
        _ if data.trim_ascii_start().starts_with(b"<") => {
            metadata(&data, &place("pdf.stream", "文件内部的数据"), out);
        }
        _ => strings::read(&data, &place("pdf.stream", "文件内部的数据"), out),
    }
    Ok(())
}

/// What content says without showing it.
fn unshown(data: &[u8], place: &Rc<Place>, out: &mut Collector) {
    for text in super::content::beside(data) {
        out.passage(&Passage::plain(decoded(&text)), place);
    }
}

fn metadata(data: &[u8], place: &Rc<Place>, out: &mut Collector) {
    match office::parse("XMP", data) {
        Ok(markup) => office::plain(&markup, place, out),
        Err(_) => strings::read(data, place, out),
    }
}

/// What stands in a picture beside the picture.
fn picture(stream: &Stream<'_>, words: &str, out: &mut Collector) -> Result<(), Refusal> {
    let data = stream.raw_data();
    if image::Format::of(&data).is_some() {
        return out.nested(&data, "", "pdf.image.", &format!("{words}图片 › "), true);
    }
    Ok(())
}

/// A form or pattern by itself.
fn shown<'a>(
    pdf: &'a Pdf,
    stream: &Stream<'a>,
    data: &[u8],
    place: &Rc<Place>,
    scene: &mut Scene<'a>,
    out: &mut Collector,
) {
    let Some(page) = pdf.pages().first() else { return };
    let own = stream.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
    let resources = hayro_syntax::page::Resources::from_parent(own, page.resources().clone());
    let id = stream.obj_id();
    scene.clear();
    scene.run(Source::Object(id.obj_number, id.gen_number), data, &resources);
    out.blocks(&lines::drawn(&scene.glyphs, place));
    out.blocks(&lines::standing(&scene.glyphs, place));
}

/// Whether bytes look like content that shows text.
fn looks_shown(data: &[u8]) -> bool {
    find(data, b"BT", 0).is_some()
        && (find(data, b"Tj", 0).is_some() || find(data, b"TJ", 0).is_some())
}

/// Content that nothing refers to, with the fonts of every page that has others.
fn loose<'a>(
    pdf: &'a Pdf,
    data: &[u8],
    place: &Rc<Place>,
    scene: &mut Scene<'a>,
    out: &mut Collector,
) {
    for page in pdf.pages().iter().take(3) {
        scene.clear();
        scene.run(Source::Loose(0), data, page.resources());
        out.blocks(&lines::drawn(&scene.glyphs, place));
    }
}

/// What stands in the file without being in any table: packed streams, and strings between them.
pub(super) fn left_behind(bytes: &[u8], pdf: &Pdf, out: &mut Collector) {
    let was_hidden = std::mem::replace(&mut out.is_hidden, true);
    let place = Place::new("pdf.left_behind", "文件里残留的内容", false);
    let mut scene = Scene::new(Vec::new());
    let (mut at, mut plain_from) = (0, 0);
    out.only_new(true);
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + 6;
        if bytes[..found].ends_with(b"end") {
            continue;
        }
        between(&bytes[plain_from..found], &place, out);
        let start =
            at + bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
        let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
        plain_from = end;
        let mut data = Vec::new();
        // what breaks off is still worth looking at
        let _ = ZlibDecoder::new(&bytes[start..]).take(16 << 20).read_to_end(&mut data);
        if !data.is_empty() && out.unpack(data.len() as u64).is_err() {
            break;
        }
        if looks_shown(&data) {
            loose(pdf, &data, &place, &mut scene, out);
        } else if find(&data, b"<<", 0).is_some() {
            between(&data, &place, out);
        }
        at = end;
    }
    between(&bytes[plain_from.min(bytes.len())..], &place, out);
    let ends = bytes.windows(5).rposition(|window| window == b"%%EOF");
    strings::read(&bytes[ends.map_or(bytes.len(), |at| at + 5)..], &place, out);
    out.only_new(false);
    out.is_hidden = was_hidden;
}

/// Strings between objects, comments among them.
fn between(bytes: &[u8], place: &Rc<Place>, out: &mut Collector) {
    const MOST: usize = 8 << 20;
    let bytes = &bytes[..bytes.len().min(MOST)];
    for text in super::content::texts(bytes) {
        if text.len() >= 9 {
            out.passage(&Passage::plain(decoded(&text)), place);
        }
    }
    for line in
        bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| line.starts_with(b"%"))
    {
        out.passage(&Passage::plain(decoded(line)), place);
    }
}
