//! PDF files: text of pages and what covers it, layers, forms, annotations, properties, attachments,
//! earlier versions, and whatever else is in the file without being shown.

mod annotations;
mod content;
mod font;
mod lines;
mod objects;
mod picture;
mod rewriting;
mod scene;
mod writing;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Collector;
use super::blocks::Place;
use super::zip::find;
use crate::examining::{Masking, Refusal};
use rewriting::{Change, Edits};
use scene::{Scene, Source};

pub(super) use picture::first_page;
pub(super) use writing::clean;

/// The most pages of a file.
const MOST_PAGES: usize = 10_000;
/// So many earlier versions are looked through, the latest first.
const MOST_VERSIONS: usize = 12;

fn open(bytes: Vec<u8>) -> Result<Pdf, Refusal> {
    if count_pages(&bytes) > MOST_PAGES {
        return Err(Refusal::Bomb { what: format!("PDF超过{MOST_PAGES}页") });
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::Encrypted,
        LoadPdfError::Decryption(error) => Refusal::damaged("PDF", format!("{error:?}")),
        LoadPdfError::Invalid => Refusal::damaged("PDF", "结构不完整"),
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(Refusal::Bomb { what: format!("PDF超过{MOST_PAGES}页") });
    }
    Ok(pdf)
}

/// How many pages the file's own counts claim; asked before any is looked at.
fn count_pages(bytes: &[u8]) -> usize {
    let (mut at, mut most) = (0, 0);
    while let Some(found) = find(bytes, b"/Count", at) {
        at = found + 6;
        let digits: Vec<u8> = bytes[at..]
            .iter()
            .copied()
            .skip_while(|byte| *byte == b' ')
            .take_while(u8::is_ascii_digit)
            .take(12)
            .collect();
        let count =
            std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(0);
        most = most.max(count);
    }
    // or lists: one page may be named a million times
    let mut at = 0;
    while let Some(found) = find(bytes, b"/Kids", at) {
        at = found + 5;
        let list = bytes[at..].iter().take_while(|byte| **byte != b']');
        most = most.max(list.filter(|byte| **byte == b'R').count());
    }
    most
}

/// Looks through a file and its earlier versions.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let pdf = open(bytes.to_vec())?;
    if pdf.pages().is_empty() {
        return Err(Refusal::damaged("PDF", "没有页面"));
    }
    version(&pdf, "", out)?;
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(found) = find(bytes, b"%%EOF", at) {
        at = found + 5;
        ends.push(at);
    }
    ends.pop();
    for end in ends.into_iter().rev().take(MOST_VERSIONS) {
        let was_hidden = std::mem::replace(&mut out.is_hidden, true);
        // what is no file by itself is no earlier version
        if let Ok(earlier) = open(bytes[..end].to_vec()) {
            version(&earlier, "此前版本 ", out)?;
        }
        out.is_hidden = was_hidden;
    }
    objects::left_behind(bytes, &pdf, out);
    Ok(())
}

/// The layers that are switched off.
fn hidden_layers(pdf: &Pdf) -> Vec<ObjectIdentifier> {
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap_or_default();
    let properties = catalog.get::<Dict<'_>>("OCProperties").unwrap_or_default();
    let default = properties.get::<Dict<'_>>("D").unwrap_or_default();
    let ids = |list: Option<Array<'_>>| -> Vec<ObjectIdentifier> {
        let list =
            list.iter().flat_map(|list| list.raw_iter()).filter_map(|item| item.as_obj_ref());
        list.map(ObjectIdentifier::from).collect()
    };
    let is_off = default
        .get::<hayro_syntax::object::Name<'_>>("BaseState")
        .is_some_and(|state| state.as_ref() == b"OFF");
    let on = ids(default.get::<Array<'_>>("ON"));
    let mut hidden = ids(default.get::<Array<'_>>("OFF"));
    if is_off {
        hidden.extend(
            ids(properties.get::<Array<'_>>("OCGs")).into_iter().filter(|id| !on.contains(id)),
        );
    }
    hidden
}

/// The corners of what of a page is shown.
fn frame(page: &Page<'_>) -> [f64; 4] {
    let frame = page.intersected_crop_box();
    [frame.x0, frame.y0, frame.x1, frame.y1]
}

/// Looks through one version of a file.
fn version(pdf: &Pdf, words: &str, out: &mut Collector) -> Result<(), Refusal> {
    let mut scene = Scene::new(hidden_layers(pdf));
    let mut seen: HashSet<ObjectIdentifier> = HashSet::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let Some(content) = page.page_stream() else { continue };
        scene.clear();
        scene.run(Source::Page(number), content, page.resources());
        scene.judge(Some(frame(page)));
        unread(&scene, number, out);
        let code = if words.is_empty() { "pdf.visible" } else { "pdf.earlier_revision" };
        let place = Place::new(code, format!("{words}第{}页", number + 1), true);
        out.blocks(&lines::drawn(&scene.glyphs, &place));
        let was_hidden = std::mem::replace(&mut out.is_hidden, true);
        out.blocks(&lines::standing(&scene.glyphs, &place));
        out.is_hidden = was_hidden;
        seen.extend(contents(page));
    }
    seen.extend(scene.forms.iter().filter_map(|source| match source {
        Source::Object(number, generation) => Some(ObjectIdentifier::new(*number, *generation)),
        _ => None,
    }));
    objects::read(pdf, &seen, words, &mut scene, out)
}

/// Notes a page whose signs have no meaning, or that is a picture and no text.
fn unread(scene: &Scene<'_>, number: usize, out: &mut Collector) {
    let unknown = scene.glyphs.iter().filter(|glyph| glyph.text.is_empty()).count();
    let number = number + 1;
    if unknown * 4 > scene.glyphs.len().max(1) {
        out.unread(&format!("第{number}页的文字没有编码，不能检查，请人工核对"));
    } else if scene.glyphs.is_empty() && scene.has_pictures() {
        out.unread(&format!("第{number}页是图片，图片上的字没有检查，请人工核对"));
    }
}

/// The streams that make a page's content.
fn contents(page: &Page<'_>) -> Vec<ObjectIdentifier> {
    let one = page.raw().get_ref("Contents").map(ObjectIdentifier::from);
    let many = page.raw().get::<Array<'_>>("Contents");
    let many = many.iter().flat_map(|list| list.raw_iter()).filter_map(|item| item.as_obj_ref());
    one.into_iter().chain(many.map(ObjectIdentifier::from)).collect()
}

/// What has to change in every stream so that the pages show nothing that is masked or unseen.
fn edits<'a>(pdf: &'a Pdf, masking: &Masking) -> (BTreeMap<Source, Edits>, Scene<'a>) {
    let mut scene = Scene::new(hidden_layers(pdf));
    let mut edits: BTreeMap<Source, Edits> = BTreeMap::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let Some(content) = page.page_stream() else { continue };
        scene.clear();
        scene.run(Source::Page(number), content, page.resources());
        scene.judge(Some(frame(page)));
        collect(&scene, masking, &mut edits);
    }
    let hidden: BTreeSet<(Source, u32)> = scene.hidden_forms.iter().copied().collect();
    for (source, operation) in hidden {
        edits.entry(source).or_default().dropped.insert(operation);
    }
    (edits, scene)
}

/// Notes for every sign of a scene that is masked or unseen what becomes of it.
fn collect(scene: &Scene<'_>, masking: &Masking, edits: &mut BTreeMap<Source, Edits>) {
    let mut note = |index: usize, change: Change| {
        let glyph = &scene.glyphs[index];
        let (operation, element, code) = glyph.place;
        let all = &mut edits.entry(glyph.source).or_default().changes;
        let known = all.entry(operation).or_default().entry((element, code)).or_insert(change);
        if change == Change::Dropped {
            *known = change;
        }
    };
    let place = Place::new("", "", true);
    for blocks in [lines::drawn(&scene.glyphs, &place), lines::standing(&scene.glyphs, &place)] {
        for block in &blocks {
            for (slot, text) in block.masked(masking) {
                note(
                    slot.source.0,
                    if text.is_empty() { Change::Dropped } else { Change::Starred },
                );
            }
        }
    }
    for (index, glyph) in scene.glyphs.iter().enumerate() {
        if glyph.unseen.is_some() {
            note(index, Change::Dropped);
        }
    }
}

/// Whether a stream is content: a form or a pattern.
fn is_content(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let is = |key: &str, value: &[u8]| {
        dict.get::<hayro_syntax::object::Name<'_>>(key).is_some_and(|name| name.as_ref() == value)
    };
    is("Subtype", b"Form") || dict.get::<i32>("PatternType") == Some(1)
}
