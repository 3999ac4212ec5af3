//! Word documents: text that is shown, and text that is deleted, hidden or in fields.

use std::rc::Rc;

use crate::files::Collector;
use crate::files::blocks::Place;
use crate::files::markup::{Changes, Kind, Markup, Token};
use crate::files::walk::{Places, asides, blocks};

struct Document {
    place: Rc<Place>,
}

/// Whether a run is hidden by its own properties.
fn is_vanished(markup: &Markup, token: &Token) -> bool {
    if markup.local(token) != "r" || token.kind != Kind::Open {
        return false;
    }
    let end = markup.tokens[token.partner as usize].from as usize;
    let Some(run) = markup.source.get(token.to as usize..end) else { return false };
    let ends = |at: &usize| run[..*at].rfind('<').is_some_and(|open| run[open..].starts_with("</"));
    let properties =
        run.match_indices("rPr>").map(|(at, _)| at).find(ends).map_or("", |at| &run[..at]);
    let is_on = |name: &str| {
        properties.find(name).is_some_and(|at| {
            let tag = properties[at..].split('>').next().unwrap_or_default();
            !["\"0\"", "\"false\"", "\"off\"", "'0'"].iter().any(|off| tag.contains(off))
        })
    };
    is_on(":vanish") || is_on(":webHidden") || is_on(":specVanish")
}

/// Elements whose text is not part of the accepted document.
fn is_unseen(markup: &Markup, token: &Token) -> bool {
    matches!(
        markup.local(token),
        "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "Fallback"
    ) || is_vanished(markup, token)
}

impl Places for Document {
    fn inside(&self, markup: &Markup, token: &Token) -> Option<Rc<Place>> {
        let (code, words, is_visible) = match markup.local(token) {
            "txbxContent" => ("docx.textbox", "文本框", self.place.is_visible),
            "del" | "moveFrom" => ("docx.deletion", "修订记录中删除的文字", false),
            "instrText" | "delInstrText" => ("docx.field", "域代码", false),
            "Fallback" => ("docx.textbox", "文本框", false),
            "tbl" if self.place.code == "docx.body" => ("docx.table", "正文的表格", true),
            "r" if is_vanished(markup, token) => ("docx.vanish", "隐藏文字", false),
            _ => return None,
        };
        Some(Place::new(code, words, is_visible))
    }

    fn attribute(&self, name: &str) -> Rc<Place> {
        match name {
            "descr" | "title" | "alt" | "name" => {
                Place::new("docx.alt", "图片或者图形的说明", false)
            }
            _ => Place::new(self.place.code.clone(), format!("{}的属性", self.place.words), false),
        }
    }

    fn comment(&self) -> Rc<Place> {
        Place::new("docx.xml_comment", "文件内部的注释", false)
    }
}

/// Looks through a part as it is stored, and once more as it is shown: hidden and deleted text may
/// stand inside a number.
pub(super) fn read(markup: &Markup, place: &Rc<Place>, out: &mut Collector) {
    let document = Document { place: place.clone() };
    let unseen = |index: usize| is_unseen(markup, &markup.tokens[index]);
    out.blocks(&blocks(markup, place.clone(), &document, &|_| false));
    out.blocks(&asides(markup, &document));
    let has_unseen = markup
        .tokens
        .iter()
        .any(|token| matches!(token.kind, Kind::Open) && is_unseen(markup, token));
    if has_unseen {
        let was_hidden = std::mem::replace(&mut out.is_hidden, true);
        out.blocks(&blocks(markup, place.clone(), &document, &unseen));
        out.is_hidden = was_hidden;
    }
}

/// Elements that are dropped, content and all.
const DROPPED: &[&str] = &[
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "tblGridChange",
    "tblPrExChange",
    "numberingChange",
    "cellIns",
    "cellDel",
    "cellMerge",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "dataBinding",
    "permStart",
    "permEnd",
    "annotationRef",
    "printerSettings",
    "docVars",
    "control",
    "subDoc",
    "customXmlPr",
    "smartTagPr",
];
/// Elements of which only the content is kept.
const UNWRAPPED: &[&str] = &["ins", "moveTo", "smartTag", "customXml"];

/// What a document loses: changes are accepted, what is hidden goes.
pub(super) fn lose(markup: &Markup, changes: &mut Changes) {
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => element(markup, index, token, changes),
            _ => {}
        }
    }
}

fn element(markup: &Markup, index: usize, token: &Token, changes: &mut Changes) {
    let local = markup.local(token);
    if DROPPED.contains(&local) || is_vanished(markup, token) || is_lost_row(markup, index, local) {
        changes.remove(markup.element(index));
    } else if UNWRAPPED.contains(&local) {
        changes.remove((token.from as usize, token.to as usize));
        let end = &markup.tokens[token.partner as usize];
        if end.kind == Kind::Close {
            changes.remove((end.from as usize, end.to as usize));
        }
    }
    for attribute in markup.attributes(token) {
        let local = attribute.name.rsplit(':').next().unwrap_or_default();
        if local.starts_with("rsid") || local == "paraId" || local == "textId" || local == "author"
        {
            changes.remove(attribute.whole);
        }
    }
}

/// Whether a row of a table is hidden or deleted.
fn is_lost_row(markup: &Markup, index: usize, local: &str) -> bool {
    if local != "tr" || markup.tokens[index].kind != Kind::Open {
        return false;
    }
    let properties = markup.tokens[index + 1..]
        .iter()
        .take(4)
        .position(|token| token.kind == Kind::Open && markup.local(token) == "trPr");
    let Some(at) = properties.map(|at| index + 1 + at) else { return false };
    let end = markup.tokens[at].partner as usize;
    markup.tokens[at..=end].iter().any(|token| {
        matches!(token.kind, Kind::Open | Kind::Empty)
            && (markup.local(token) == "del"
                || markup.local(token) == "hidden" && markup.is_on(token, "val", true))
    })
}

/// The settings that change how a document looks.
pub(super) const SETTINGS: &[&str] = &[
    "evenAndOddHeaders",
    "defaultTabStop",
    "compat",
    "characterSpacingControl",
    "footnotePr",
    "endnotePr",
    "themeFontLang",
    "clrSchemeMapping",
    "mirrorMargins",
    "autoHyphenation",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "drawingGridHorizontalSpacing",
    "drawingGridVerticalSpacing",
    "displayHorizontalDrawingGridEvery",
    "displayVerticalDrawingGridEvery",
    "noLineBreaksAfter",
    "noLineBreaksBefore",
    "decimalSymbol",
    "listSeparator",
    "mathPr",
    "zoom",
];
