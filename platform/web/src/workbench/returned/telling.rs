//! Saying at the fields of a page what is wrong with them.

use std::collections::HashMap;
use std::ops::Range;

use super::markup::{Edits, Tag, escaped, is_control, kind};
use crate::icons;
use crate::workbench::REASON;

/// What forms call the field for the reason that is no [`REASON`].
const REASONS: [&str; 5] = ["reason", "jianding", "zhenggai", "yijian", "zongping"];

/// The field of a form with this name or id; the one for the reason, whatever it is called there.
pub(super) fn control_of(tags: &[Tag], form: Range<usize>, field: &str) -> Option<usize> {
    if field.is_empty() {
        return None;
    }
    let named = |wanted: &str| {
        form.clone().find(|at| {
            let tag = tags.get(*at).filter(|tag| is_control(tag));
            tag.is_some_and(|tag| {
                tag.get("name").as_deref() == Some(wanted)
                    || tag.get("id").as_deref() == Some(wanted)
            })
        })
    };
    let other = || REASONS.iter().filter(|_| field == REASON).find_map(|reason| named(reason));
    named(field).or_else(other)
}

/// Says at a field what is wrong with it; what its `aria-describedby` names then, empty where it is said at
/// the top alone.
pub(super) fn tell(
    tags: &[Tag],
    form: &Range<usize>,
    at: usize,
    words: &str,
    edits: &mut Edits,
) -> String {
    let Some((tag, id)) = tags.get(at).and_then(|tag| Some((tag, tag.get("id")?))) else {
        return String::new();
    };
    let own = format!("{id}-err");
    if tags.iter().any(|tag| tag.get("id").as_deref() == Some(&*own)) {
        return String::new();
    }
    let line =
        format!("<p class=\"msg\" id=\"{}\">{}{}</p>", escaped(&own), icons::ALERT, escaped(words));
    let before = tags.get(form.start..at).unwrap_or_default();
    if matches!(kind(tag), "checkbox" | "radio") {
        let mut near = before.iter().rev().take_while(|tag| !tag.closes("fieldset"));
        if let Some(legend) = near.find(|tag| tag.closes("legend")) {
            edits.put(legend.end, line);
        }
        return String::new();
    }
    let mut near = before.iter().rev().take_while(|tag| !tag.closes("div"));
    let class = |tag: &Tag| tag.get("class").unwrap_or_default();
    let field =
        near.find(|tag| tag.opens("div") && class(tag).split(' ').any(|one| one == "field"));
    if let Some(field) = field {
        let classes = format!("{} err", class(field));
        edits.replace(field.start..field.end, field.with(&[("class", Some(&classes))]));
    }
    edits.put(tag.start, line);
    match tag.get("aria-describedby") {
        Some(others) => format!("{own} {others}"),
        None => own,
    }
}

/// Opens what is folded around the form, and around fields with errors.
pub(super) fn unfold(
    tags: &[Tag],
    form: &Range<usize>,
    marked: &HashMap<usize, String>,
    edits: &mut Edits,
) {
    let mut open: Vec<usize> = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        if tag.opens("details") {
            open.push(at);
        } else if tag.closes("details") {
            open.pop();
        }
        if at == form.start || marked.contains_key(&at) {
            around.extend(&open);
        }
    }
    around.sort_unstable();
    around.dedup();
    for tag in around.into_iter().filter_map(|at| tags.get(at)).filter(|tag| !tag.has("open")) {
        edits.replace(tag.start..tag.end, tag.with(&[("open", Some(""))]));
    }
}
