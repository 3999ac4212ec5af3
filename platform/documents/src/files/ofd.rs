//! OFD (GB/T 33190): pages of text objects, each with its own place on the page.
//!
//! The text of a line may be cut into many objects: those that stand side by side are read as one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use super::blocks::{Block, Builder, Form, Joint, Place, mask};
use super::markup::{Changes, Kind, Markup, Token, unescape};
use super::office::{is_markup, parse};
use super::walk::{OnePlace, asides, blocks};
use super::zip::{Packer, Zip};
use super::{Cleaner, Collector, image, strings};
use crate::examining::Refusal;

/// Whether an archive is an OFD file.
pub(super) fn is_ofd(zip: &Zip<'_>) -> bool {
    zip.has("OFD.xml")
}

/// Looks through every part.
pub(super) fn read(zip: &mut Zip<'_>, out: &mut Collector) -> Result<(), Refusal> {
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        super::part_name(&name, "ofd", out);
        let bytes = zip.entry(index)?;
        out.unpack(bytes.len() as u64)?;
        part(&name, &bytes, out)?;
    }
    for note in std::mem::take(&mut zip.notes).into_iter().chain(zip.left_behind()) {
        strings::read(&note, &Place::new("ofd.package", "文件包的注释或者残留内容", false), out);
    }
    Ok(())
}

fn part(name: &str, bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if is_markup(name, bytes) {
        let markup = parse(name, bytes)?;
        let place = place_of(name);
        let places = OnePlace(place.clone());
        if has_text_objects(&markup) {
            out.blocks(&page(&markup, &place));
        } else {
            out.blocks(&blocks(&markup, place.clone(), &places, &|_| false));
        }
        out.blocks(&asides(&markup, &places));
    } else if super::is_known_binary(bytes) {
        let code =
            if image::Format::of(bytes).is_some() { "ofd.image." } else { "ofd.attachment." };
        out.nested(bytes, file, code, &format!("嵌入的{file} › "), true)?;
    } else {
        strings::read(bytes, &Place::new("ofd.binary", format!("文件内部的{file}"), false), out);
    }
    Ok(())
}

fn place_of(name: &str) -> Rc<Place> {
    let lower = name.to_ascii_lowercase();
    let (code, words, is_visible) = match () {
        () if lower.contains("annot") => ("ofd.annotation", "批注", false),
        () if lower.contains("attach") => ("ofd.attachment", "附件", false),
        () if lower.ends_with("content.xml") => ("ofd.visible", "正文", true),
        () if lower.ends_with("ofd.xml") => ("ofd.info", "文档属性", false),
        () if lower.contains("sign") => ("ofd.signature", "签章", false),
        () => ("ofd.part", "文件内部的内容", false),
    };
    Place::new(code, words, is_visible)
}

fn has_text_objects(markup: &Markup) -> bool {
    markup
        .tokens
        .iter()
        .any(|token| token.kind == Kind::Open && markup.local(token) == "TextObject")
}

/// Left, top, width and height of an object.
fn boundary(markup: &Markup, token: &Token) -> Option<[f64; 4]> {
    let value = markup.value(token, "Boundary")?;
    let mut numbers = value.split_ascii_whitespace().filter_map(|number| number.parse().ok());
    Some([numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?])
}

/// The text of a page: objects on one line one after the other.
fn page(markup: &Markup, place: &Rc<Place>) -> Vec<Block> {
    let mut out = Builder::new(place.clone());
    let mut before: Option<[f64; 4]> = None;
    let mut index = 0;
    while index < markup.tokens.len() {
        let token = markup.tokens[index];
        if token.kind == Kind::Open && markup.local(&token) == "TextObject" {
            let here = boundary(markup, &token);
            out.joint(between(before, here, markup.value(&token, "Size")));
            before = here;
        } else if token.kind == Kind::Text {
            let written = markup.written(&token);
            if !written.trim().is_empty() {
                out.text(
                    &unescape(written.trim_matches(['\n', '\r'])),
                    trimmed(written, &token),
                    Form::Escaped,
                );
            }
        } else if token.kind == Kind::Open && markup.local(&token) != "TextCode" {
            // parameters and appearances of other kinds are text of their own
            if !matches!(
                markup.local(&token),
                "CGTransform" | "Glyphs" | "FillColor" | "StrokeColor"
            ) {
                out.joint(Joint::Line);
            }
        }
        index += 1;
    }
    out.finish()
}

fn trimmed(written: &str, token: &Token) -> (usize, usize) {
    let from = written.len() - written.trim_start_matches(['\n', '\r']).len();
    let to = written.trim_end_matches(['\n', '\r']).len();
    (token.from as usize + from, token.from as usize + to)
}

/// How two objects follow one another.
fn between(before: Option<[f64; 4]>, here: Option<[f64; 4]>, size: Option<String>) -> Joint {
    let (Some(before), Some(here)) = (before, here) else { return Joint::Line };
    let size: f64 = size.and_then(|size| size.parse().ok()).unwrap_or(here[3]).max(0.1);
    let is_same_line = (before[1] + before[3] / 2.0 - here[1] - here[3] / 2.0).abs() < size * 0.6;
    let gap = here[0] - (before[0] + before[2]);
    match () {
        () if !is_same_line || here[0] < before[0] => Joint::Line,
        () if gap < size * 0.5 => Joint::None,
        () if gap < size * 2.0 => Joint::Blank,
        () => Joint::Cell,
    }
}

/// Elements that are dropped, content and all.
const DROPPED: &[&str] = &[
    "Annotations",
    "Attachments",
    "CustomTags",
    "Extensions",
    "Signatures",
    "Versions",
    "CustomDatas",
    "Author",
    "Creator",
    "CreatorVersion",
    "Keywords",
    "Abstract",
    "Subject",
    "Title",
    "Cover",
    "Actions",
    "Bookmarks",
    "Permissions",
    "VPreferences",
];

/// The file with the pages that are shown and what they need, and masked.
pub(super) fn clean(zip: &mut Zip<'_>, cleaner: &mut Cleaner<'_>) -> Result<Vec<u8>, Refusal> {
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut waiting = VecDeque::from(["OFD.xml".to_owned()]);
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop_front() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let Some(bytes) = zip.named(&name)? else { continue };
        cleaner.unpack(bytes.len() as u64)?;
        let bytes = if is_markup(&name, &bytes) {
            let markup = lost(&parse(&name, &bytes)?)?;
            waiting.extend(mentioned(&markup, &name, &zip.names));
            masked(&markup, cleaner).into_bytes()
        } else if image::Format::of(&bytes).is_some() {
            image::clean(&bytes)?
        } else {
            bytes
        };
        parts.insert(name, bytes);
    }
    let mut packer = Packer::new();
    for (name, bytes) in &parts {
        packer.add(name, bytes, image::Format::of(bytes).is_none())?;
    }
    packer.finish()
}

fn lost(markup: &Markup) -> Result<Markup, Refusal> {
    let mut changes = Changes::default();
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => {
                let is_unseen =
                    markup.value(token, "Visible").is_some_and(|value| value == "false")
                        || markup.value(token, "Alpha").is_some_and(|value| value == "0");
                if DROPPED.contains(&markup.local(token)) || is_unseen {
                    changes.remove(markup.element(index));
                }
            }
            _ => {}
        }
    }
    Markup::xml(changes.apply(&markup.source))
}

/// The parts a part names, in text or in an attribute.
fn mentioned(markup: &Markup, name: &str, names: &[String]) -> Vec<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut bases = vec![folder.to_owned(), String::new()];
    let mut words = Vec::new();
    for token in &markup.tokens {
        match token.kind {
            Kind::Text => words.push(unescape(markup.written(token)).trim().to_owned()),
            Kind::Open | Kind::Empty => {
                for attribute in markup.attributes(token) {
                    let value = unescape(&markup.source[attribute.from..attribute.to]).into_owned();
                    if attribute.name == "BaseLoc" {
                        bases.push(joined(folder, &value));
                    }
                    words.push(value);
                }
            }
            _ => {}
        }
    }
    let found = words
        .iter()
        .filter(|word| !word.is_empty() && word.len() < 300)
        .flat_map(|word| bases.iter().map(move |base| joined(base, word)));
    found.filter(|path| names.contains(path)).collect()
}

fn joined(base: &str, path: &str) -> String {
    if let Some(absolute) = path.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part with its values masked. A text object that is masked loses the numbers of its glyphs, by
/// which the faces in the file would still tell the signs.
fn masked(markup: &Markup, cleaner: &Cleaner<'_>) -> String {
    let place = Place::new("", "", true);
    let places = OnePlace(place.clone());
    let blocks = if has_text_objects(markup) {
        page(markup, &place)
    } else {
        blocks(markup, place, &places, &|_| false)
    };
    let mut changes = Changes::default();
    for block in &blocks {
        for (slot, _) in block.masked(cleaner.masking) {
            lose_glyphs(markup, slot.source.0, &mut changes);
        }
    }
    mask(&blocks, cleaner.masking, &mut changes);
    mask(&asides(markup, &places), cleaner.masking, &mut changes);
    changes.apply(&markup.source)
}

fn lose_glyphs(markup: &Markup, at: usize, changes: &mut Changes) {
    let holds = |token: &&Token| {
        token.kind == Kind::Open
            && markup.local(token) == "TextObject"
            && (token.from as usize) < at
            && at < markup.tokens[token.partner as usize].from as usize
    };
    let Some(object) = markup.tokens.iter().find(holds) else { return };
    let end = markup.tokens[object.partner as usize].from;
    for (index, token) in markup.tokens.iter().enumerate() {
        if token.from > object.from
            && token.from < end
            && markup.local(token) == "CGTransform"
            && token.kind != Kind::Close
        {
            changes.remove(markup.element(index));
        }
    }
}
