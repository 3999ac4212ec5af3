//! Web pages.

use std::rc::Rc;

use super::Collector;
use super::blocks::{Place, mask};
use super::markup::{Attribute, Changes, Kind, Markup, Token};
use super::walk::{Places, asides, blocks};
use crate::examining::{Masking, Refusal};

struct Page {
    hidden_classes: Vec<String>,
}

impl Page {
    fn of(markup: &Markup) -> Self {
        let styles = markup.tokens.iter().filter(|token| token.kind == Kind::Raw);
        let hidden_classes =
            styles.flat_map(|token| hidden_classes(markup.written(token))).collect();
        Self { hidden_classes }
    }

    fn hides(&self, markup: &Markup, token: &Token) -> bool {
        let name = markup.local(token).to_ascii_lowercase();
        matches!(
            name.as_str(),
            "template" | "noscript" | "title" | "svg" | "math" | "object" | "iframe"
        ) || markup.attributes(token).iter().any(|attribute| {
            let value = markup.source[attribute.from..attribute.to].to_ascii_lowercase();
            match attribute.name.to_ascii_lowercase().as_str() {
                "hidden" => true,
                "style" => is_hiding(&value),
                "type" => name == "input" && value == "hidden",
                "class" | "id" => value
                    .split_ascii_whitespace()
                    .any(|name| self.hidden_classes.iter().any(|one| one == name)),
                _ => false,
            }
        })
    }
}

impl Places for Page {
    fn inside(&self, markup: &Markup, token: &Token) -> Option<Rc<Place>> {
        self.hides(markup, token).then(|| Place::new("html.display_none", "不显示的内容", false))
    }

    fn attribute(&self, name: &str) -> Rc<Place> {
        match name.to_ascii_lowercase().as_str() {
            "alt" | "title" | "aria-label" | "placeholder" | "summary" => {
                Place::new("html.alt", "图片说明或者提示文字", false)
            }
            "href" | "src" => Place::new("html.link", "链接地址", false),
            name => Place::new("html.data_attr", format!("代码属性{name}"), false),
        }
    }

    fn comment(&self) -> Rc<Place> {
        Place::new("html.comment", "网页代码注释或者脚本", false)
    }
}

/// Whether a style makes something invisible.
fn is_hiding(style: &str) -> bool {
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |what: &str| plain.contains(what);
    has("display:none")
        || has("visibility:hidden")
        || has("visibility:collapse")
        || has("font-size:0")
        || has("opacity:0;")
        || plain.ends_with("opacity:0")
        || has("mso-hide:all")
        || has("text-indent:-999")
        || has("left:-999")
        || has("top:-999")
}

/// The class names and ids that a style sheet makes invisible.
fn hidden_classes(sheet: &str) -> Vec<String> {
    let rules = sheet.split('}').filter_map(|rule| rule.split_once('{'));
    rules
        .filter(|(_, style)| is_hiding(&style.to_ascii_lowercase()))
        .flat_map(|(selectors, _)| selectors.split([',', ' ', '>']))
        .filter_map(|selector| selector.trim().strip_prefix(['.', '#']))
        .map(|name| name.split(['.', ':', '[']).next().unwrap_or_default().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Looks through a page, with and without what it hides: a number may be broken by hidden text.
pub(super) fn read(source: String, out: &mut Collector) -> Result<(), Refusal> {
    let markup = Markup::html(source)?;
    let page = Page::of(&markup);
    let place = Place::new("html.visible", "正文", true);
    out.blocks(&blocks(&markup, place.clone(), &page, &|_| false));
    out.blocks(&asides(&markup, &page));
    let hides = |index: usize| {
        let token = &markup.tokens[index];
        page.hides(&markup, token) || is_reading(&markup, token)
    };
    if (0..markup.tokens.len())
        .any(|index| matches!(markup.tokens[index].kind, Kind::Open) && hides(index))
    {
        let was_hidden = std::mem::replace(&mut out.is_hidden, true);
        out.blocks(&blocks(&markup, place, &page, &hides));
        out.is_hidden = was_hidden;
    }
    for token in &markup.tokens {
        super::packed::in_attributes(&markup, token, "html.", out)?;
        pages(&markup, token, out);
    }
    Ok(())
}

/// Pages written into the page itself: in attributes, and in comments that some readers look into.
fn pages(markup: &Markup, token: &Token, out: &mut Collector) {
    let nested = |page: &str, words: &str, out: &mut Collector| {
        let _ = out.nested(format!("<html>{page}").as_bytes(), "", "html.", words, true);
    };
    if token.kind == Kind::Comment {
        let written = markup.written(token);
        let inner = written.strip_prefix("<!--").unwrap_or(written);
        if inner.contains('<') && super::walk::may_matter(inner) {
            nested(inner.strip_suffix("-->").unwrap_or(inner), "网页代码注释 › ", out);
        }
        return;
    }
    if !matches!(token.kind, Kind::Open | Kind::Empty) || token.to - token.from < 40 {
        return;
    }
    for attribute in markup.attributes(token) {
        if attribute.name.eq_ignore_ascii_case("srcdoc") {
            let page = super::markup::unescape(&markup.source[attribute.from..attribute.to]);
            nested(&page, "网页内嵌的网页 › ", out);
        }
    }
}

/// Elements that are not kept, content and all.
const DROPPED: [&str; 14] = [
    "script", "noscript", "template", "iframe", "object", "embed", "applet", "base", "link",
    "frame", "frameset", "xml", "svg", "math",
];

/// The page without what it hides, without scripts, comments and data, and masked.
pub(super) fn clean(source: String, masking: &Masking) -> Result<String, Refusal> {
    let markup = Markup::html(source)?;
    let page = Page::of(&markup);
    let mut changes = Changes::default();
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => tag(&markup, &page, index, token, &mut changes),
            _ => {}
        }
    }
    masked(changes.apply(&markup.source), masking)
}

/// A page of our own, masked and otherwise as it is.
pub(super) fn masked(source: String, masking: &Masking) -> Result<String, Refusal> {
    let markup = Markup::html(source)?;
    let page = Page::of(&markup);
    let mut changes = Changes::default();
    let place = Place::new("html.visible", "正文", true);
    mask(&blocks(&markup, place, &page, &|_| false), masking, &mut changes);
    mask(&asides(&markup, &page), masking, &mut changes);
    without_readings(Markup::html(changes.apply(&markup.source))?, masking)
}

/// Whether an element holds a reading beside characters: it stands in the midst of what it belongs to.
fn is_reading(markup: &Markup, token: &Token) -> bool {
    ["rt", "rp"].iter().any(|name| markup.local(token).eq_ignore_ascii_case(name))
}

/// The page once more masked as it reads without the readings beside characters.
fn without_readings(markup: Markup, masking: &Masking) -> Result<String, Refusal> {
    if !markup.tokens.iter().any(|token| token.kind == Kind::Open && is_reading(&markup, token)) {
        return Ok(markup.source);
    }
    let place = Place::new("html.visible", "正文", true);
    let places = super::walk::OnePlace(place.clone());
    let skip = |index: usize| is_reading(&markup, &markup.tokens[index]);
    let mut changes = Changes::default();
    mask(&blocks(&markup, place, &places, &skip), masking, &mut changes);
    Ok(changes.apply(&markup.source))
}

fn tag(markup: &Markup, page: &Page, index: usize, token: &Token, changes: &mut Changes) {
    let name = markup.local(token).to_ascii_lowercase();
    let hidden =
        page.hides(markup, token) && !matches!(name.as_str(), "title" | "html" | "body" | "head");
    if hidden || DROPPED.contains(&name.as_str()) || name == "meta" && !is_needed(markup, token) {
        changes.remove(markup.element(index));
        return;
    }
    for attribute in markup.attributes(token) {
        attribute_of(markup, &attribute, changes);
    }
}

/// The meta elements a browser needs.
fn is_needed(markup: &Markup, token: &Token) -> bool {
    markup.value(token, "charset").is_some()
        || markup.value(token, "name").is_some_and(|name| name.eq_ignore_ascii_case("viewport"))
        || markup
            .value(token, "http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

/// Drops data, handlers of events, addresses that run code, and pictures that cannot be cleaned.
fn attribute_of(markup: &Markup, attribute: &Attribute<'_>, changes: &mut Changes) {
    let name = attribute.name.to_ascii_lowercase();
    let value = &markup.source[attribute.from..attribute.to];
    let runs = super::walk::loosened(value).trim_start().to_ascii_lowercase();
    if name.starts_with("on")
        || name.starts_with("data-")
        || runs.starts_with("javascript:")
        || name == "srcdoc"
    {
        changes.remove(attribute.whole);
    } else if value.trim_start().starts_with("data:") {
        let cleaned =
            super::packed::inlined(value).and_then(|bytes| super::image::clean(&bytes).ok());
        let kept = cleaned
            .zip(value.split_once(','))
            .map(|(bytes, (head, _))| format!("{head},{}", super::in_base64(&bytes)));
        changes.replace((attribute.from, attribute.to), kept.unwrap_or_default());
    }
}
