//! Word documents: text that is shown, and text that is deleted, hidden or in fields.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::examining::Refusal;
use crate::files::Collector;
use crate::files::blocks::Place;
use crate::files::markup::{Changes, Kind, Markup, Token};
use crate::files::walk::{Places, asides, blocks};
use crate::files::zip::Zip;

/// The styles of a document by which text is hidden.
#[derive(Debug, Default)]
pub(super) struct HidingStyles(BTreeSet<String>);

impl HidingStyles {
    /// Read from the part that holds the styles; a style hides what one it is based on hides.
    pub(super) fn read(zip: &mut Zip<'_>) -> Result<Self, Refusal> {
        const NAME: &str = "word/styles.xml";
        let Some(bytes) = zip.named(NAME)? else { return Ok(Self::default()) };
        let markup = super::parse(NAME, &bytes)?;
        let (mut hiding, mut based) = (BTreeSet::new(), Vec::new());
        for (index, token) in markup.tokens.iter().enumerate() {
            if token.kind != Kind::Open || markup.local(token) != "style" {
                continue;
            }
            let Some(id) = markup.value(token, "styleId") else { continue };
            let inside = &markup.tokens[index..=token.partner as usize];
            let tags = inside.iter().filter(|tag| matches!(tag.kind, Kind::Open | Kind::Empty));
            for tag in tags {
                match markup.local(tag) {
                    "vanish" | "specVanish" if markup.is_on(tag, "val", true) => {
                        hiding.insert(id.clone());
                    }
                    "basedOn" => {
                        based.extend(markup.value(tag, "val").map(|on| (id.clone(), on)));
                    }
                    _ => {}
                }
            }
        }
        // chains of styles are short
        for _ in 0..12 {
            let more = based.iter().filter(|(_, on)| hiding.contains(on)).map(|(id, _)| id.clone());
            let before = hiding.len();
            hiding.extend(more.collect::<Vec<_>>());
            if hiding.len() == before {
                break;
            }
        }
        Ok(Self(hiding))
    }

    /// Whether a paragraph is of a style that hides it.
    fn hide_paragraph(&self, markup: &Markup, index: usize) -> bool {
        if self.0.is_empty()
            || markup.local(&markup.tokens[index]) != "p"
            || markup.tokens[index].kind != Kind::Open
        {
            return false;
        }
        let style = markup.tokens[index + 1..].iter().take(6).find(|token| {
            matches!(token.kind, Kind::Open | Kind::Empty) && markup.local(token) == "pStyle"
        });
        style.and_then(|tag| markup.value(tag, "val")).is_some_and(|style| self.0.contains(&style))
    }
}

struct Document<'a> {
    place: Rc<Place>,
    hiding: &'a HidingStyles,
}

/// Whether a run is hidden by its own properties or its style.
fn is_vanished(markup: &Markup, token: &Token, hiding: &HidingStyles) -> bool {
    if markup.local(token) != "r" || token.kind != Kind::Open {
        return false;
    }
    let end = markup.tokens[token.partner as usize].from as usize;
    let Some(run) = markup.source.get(token.to as usize..end) else { return false };
    let ends = |at: &usize| run[..*at].rfind('<').is_some_and(|open| run[open..].starts_with("</"));
    let properties =
        run.match_indices("rPr>").map(|(at, _)| at).find(ends).map_or("", |at| &run[..at]);
    let tag = |name: &str| {
        let at = properties.find(name)?;
        Some(properties[at..].split('>').next().unwrap_or_default())
    };
    let says = |name: &str| {
        tag(name).map(|tag| {
            !["\"0\"", "\"false\"", "\"off\"", "'0'"].iter().any(|off| tag.contains(off))
        })
    };
    let by_style = || {
        let style = tag(":rStyle").and_then(|tag| tag.split("val=").nth(1));
        let style = style.map(|value| value.trim_matches(['"', '\'', '/', ' ']));
        style.is_some_and(|style| hiding.0.contains(style))
    };
    says(":vanish").unwrap_or_else(by_style)
        || says(":webHidden") == Some(true)
        || says(":specVanish") == Some(true)
}

/// Elements whose text is not part of the accepted document.
fn is_unseen(markup: &Markup, index: usize, hiding: &HidingStyles) -> bool {
    let token = &markup.tokens[index];
    // a reading beside characters stands in the midst of what it belongs to
    matches!(
        markup.local(token),
        "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "Fallback" | "rt"
    ) || is_vanished(markup, token, hiding)
        || hiding.hide_paragraph(markup, index)
}

impl Places for Document<'_> {
    fn inside(&self, markup: &Markup, token: &Token) -> Option<Rc<Place>> {
        let (code, words, is_visible) = match markup.local(token) {
            "txbxContent" => ("docx.textbox", "文本框", self.place.is_visible),
            "del" | "moveFrom" => ("docx.deletion", "修订记录中删除的文字", false),
            "instrText" | "delInstrText" => ("docx.field", "域代码", false),
            "Fallback" => ("docx.textbox", "文本框", false),
            "tbl" if self.place.code == "docx.body" => ("docx.table", "正文的表格", true),
            "r" if is_vanished(markup, token, self.hiding) => ("docx.vanish", "隐藏文字", false),
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
pub(super) fn read(markup: &Markup, place: &Rc<Place>, hiding: &HidingStyles, out: &mut Collector) {
    let document = Document { place: place.clone(), hiding };
    let unseen = |index: usize| is_unseen(markup, index, hiding);
    out.blocks(&blocks(markup, place.clone(), &document, &|_| false));
    out.blocks(&asides(markup, &document));
    let has_unseen = (0..markup.tokens.len())
        .any(|index| markup.tokens[index].kind == Kind::Open && unseen(index));
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
pub(super) fn lose(markup: &Markup, hiding: &HidingStyles, changes: &mut Changes) {
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => element(markup, index, token, hiding, changes),
            _ => {}
        }
    }
}

fn element(
    markup: &Markup,
    index: usize,
    token: &Token,
    hiding: &HidingStyles,
    changes: &mut Changes,
) {
    let local = markup.local(token);
    if hiding.hide_paragraph(markup, index) {
        // an empty paragraph stays: a cell must end with one
        let inside = index + 1..token.partner as usize;
        let runs = inside.filter(|at| {
            let tag = &markup.tokens[*at];
            tag.kind == Kind::Open && markup.local(tag) == "r"
        });
        runs.for_each(|at| changes.remove(markup.element(at)));
    }
    if DROPPED.contains(&local)
        || is_vanished(markup, token, hiding)
        || is_lost_row(markup, index, local)
    {
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
