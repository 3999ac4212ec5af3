//! Slides: text that is shown, notes, hidden slides and shapes.

use std::rc::Rc;

use crate::files::Collector;
use crate::files::blocks::Place;
use crate::files::markup::{Changes, Kind, Markup};
use crate::files::walk::{OnePlace, asides, blocks};

/// Looks through a part.
pub(super) fn read(markup: &Markup, place: &Rc<Place>, out: &mut Collector) {
    let place = if is_hidden(markup) {
        Place::new("pptx.hidden_slide", "隐藏的幻灯片", false)
    } else {
        place.clone()
    };
    let places = OnePlace(place.clone());
    out.blocks(&blocks(markup, place, &places, &|_| false));
    out.blocks(&asides(markup, &places));
}

/// Whether a part is a slide that is not shown.
pub(super) fn is_hidden(markup: &Markup) -> bool {
    let root = markup.tokens.iter().find(|token| token.kind == Kind::Open);
    root.is_some_and(|token| markup.local(token) == "sld" && !markup.is_on(token, "show", true))
}

/// What a part of a presentation loses: hidden shapes, programs behind shapes, comments, sounds.
pub(super) fn lose(markup: &Markup, changes: &mut Changes) {
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => changes.remove((token.from as usize, token.to as usize)),
            Kind::Open | Kind::Empty => {
                let shape = matches!(
                    markup.local(token),
                    "sp" | "pic" | "graphicFrame" | "grpSp" | "cxnSp"
                );
                let dropped = matches!(
                    markup.local(token),
                    "custDataLst"
                        | "controls"
                        | "timing"
                        | "extLst"
                        | "oleObj"
                        | "photoAlbum"
                        | "kinsoku"
                        | "modifyVerifier"
                );
                if dropped || shape && hides(markup, index) {
                    changes.remove(markup.element(index));
                } else if let Some(picture) = picture_of_object(markup, index) {
                    changes.replace(markup.element(index), picture);
                }
            }
            _ => {}
        }
    }
}

/// Whether a shape's own properties hide it.
fn hides(markup: &Markup, index: usize) -> bool {
    let own =
        markup.tokens[index + 1..].iter().take(6).find(|token| markup.local(token) == "cNvPr");
    own.is_some_and(|token| markup.is_on(token, "hidden", false))
}

/// The picture that stands for an embedded object: it is what is seen, the object is not kept.
fn picture_of_object(markup: &Markup, index: usize) -> Option<String> {
    if markup.local(&markup.tokens[index]) != "graphicFrame" {
        return None;
    }
    let inside = index + 1..markup.tokens[index].partner as usize;
    let named = |name: &str| {
        inside.clone().find(|at| {
            markup.tokens[*at].kind == Kind::Open && markup.local(&markup.tokens[*at]) == name
        })
    };
    named("oleObj")?;
    let (from, to) = markup.element(named("pic")?);
    Some(markup.source[from..to].to_owned())
}
