//! A ring: the parts of one whole, with the one that matters in its middle.

use super::bars::shares;
use super::{Anchor, Chart, Em, Mark, Part, Portion};

/// The middle of the ring and its width, and where what it is made of is told.
const MIDDLE: (Part, Em) = (Part(2_600), Em(480));
const RADIUS: Em = Em(370);
const TOLD: Part = Part(5_600);

impl Chart {
    /// A ring of portions; in its middle a number and what it is.
    pub fn ring(
        id: &'static str,
        title: impl Into<String>,
        (number, words): (&str, &str),
        portions: &[Portion],
    ) -> Self {
        let arc =
            |from, length, class| Mark::Arc { at: MIDDLE, radius: RADIUS, from, length, class };
        let mut marks = vec![arc(0, 100, "track")];
        for (portion, (from, length)) in portions.iter().zip(shares(portions, 100)) {
            let (from, length) = (from.unsigned_abs(), length.unsigned_abs());
            if length > 0 {
                marks.push(arc(from, length, portion.meets.class()));
            }
        }
        let word = |at, anchor, class, words: &str| Mark::Words {
            at,
            anchor,
            class,
            words: words.to_owned(),
        };
        let (x, y) = MIDDLE;
        marks.push(word((x, Em(y.0 + 20)), Anchor::Middle, "middle", number));
        marks.push(word((x, Em(y.0 + 160)), Anchor::Middle, "small", words));
        for (at, portion) in (0..).zip(portions) {
            let y = Em(260 + at * 200);
            let (width, height) = (Part(280), Em(100));
            let rect = Mark::Rect { x: TOLD, y, width, height, class: portion.meets.class() };
            marks.push(rect);
            let told = format!("{} {}", portion.name, portion.number);
            let at = (Part(TOLD.0 + 450), Em(y.0 + 90));
            marks.push(word(at, Anchor::Start, "name", &told));
        }
        Self::new(id, title, Em(960), marks)
    }
}
