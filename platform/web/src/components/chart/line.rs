//! A line through numbers of the same thing, one after another in time; broken where there is none.

use super::bars::WHOLE;
use super::{Anchor, Chart, Em, Mark, Part};

/// A number at its time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Point {
    /// When, in two or three letters: `Q3`.
    pub name: String,
    /// What stands beneath that: the year, where it begins; empty otherwise.
    pub under: String,
    /// The number in words.
    pub words: String,
    /// Its height; none where there is too little to say.
    pub part: Option<u32>,
}

/// The highest place of a point, the ground, and where letters stand beneath it.
const TOP: i32 = 180;
const GROUND: i32 = 900;
const NAMES: i32 = 1020;
const UNDER: i32 = 1140;

impl Chart {
    /// A line between the lowest and the highest number that can be.
    pub fn line(
        id: &'static str,
        title: impl Into<String>,
        points: &[Point],
        (lowest, highest): (u32, u32),
    ) -> Self {
        let number = i32::try_from(points.len()).unwrap_or_default().max(1);
        let x = |at: i32| Part(WHOLE * (2 * at + 1) / (2 * number));
        let y = |part: u32| {
            let span = u64::from(highest.saturating_sub(lowest).max(1));
            let above = u64::from(part.clamp(lowest, highest.max(lowest)) - lowest);
            let tall = u64::from((GROUND - TOP).unsigned_abs());
            Em(GROUND - i32::try_from(above * tall / span).unwrap_or_default())
        };
        let mut marks = vec![Mark::Line {
            from: (Part(0), Em(GROUND)),
            to: (Part(WHOLE), Em(GROUND)),
            class: "ground",
        }];
        let places: Vec<Option<(Part, Em)>> =
            (0..).zip(points).map(|(at, one)| Some((x(at), y(one.part?)))).collect();
        for pair in places.windows(2) {
            if let [Some(from), Some(to)] = pair {
                marks.push(Mark::Line { from: *from, to: *to, class: "way" });
            }
        }
        for ((at, point), place) in (0..).zip(points).zip(&places) {
            let word = |y, class, words: &str| {
                let (at, anchor) = ((x(at), y), Anchor::Middle);
                Mark::Words { at, anchor, class, words: words.to_owned() }
            };
            match place {
                Some((_, y)) => {
                    let (at, radius) = ((x(at), *y), Em(25));
                    marks.push(Mark::Dot { at, radius, class: "ok" });
                    marks.push(word(Em(y.0 - 60), "number", &point.words));
                }
                None => marks.push(word(Em(GROUND - 60), "small", &point.words)),
            }
            marks.push(word(Em(NAMES), "small", &point.name));
            marks.push(word(Em(UNDER), "small", &point.under));
        }
        Self::new(id, title, Em(UNDER + 40), marks)
    }
}
