//! Bars: one for each thing, its words above it; and bars made of portions.

use super::{Anchor, Chart, Em, Mark, Meets, Part};

/// One bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Its number in words.
    pub words: String,
    /// Its length in thousandths of the whole; none where there is too little to say.
    pub part: Option<u32>,
    /// Whether it meets what is asked.
    pub meets: Meets,
}

/// A portion of a bar or a ring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portion {
    /// What it is.
    pub name: String,
    /// How much.
    pub number: u32,
    /// Whether it meets what is asked.
    pub meets: Meets,
}

/// A bar made of portions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StackRow {
    /// What it is.
    pub name: String,
    /// Its numbers in words.
    pub words: String,
    /// Its portions, in order.
    pub portions: Vec<Portion>,
}

/// From one bar to the next, where its letters stand and where it lies.
const STEP: i32 = 250;
const LETTERS: i32 = 105;
const TOP: i32 = 145;
const HIGH: i32 = 70;

/// The whole width.
pub(super) const WHOLE: i32 = 10_000;

impl Chart {
    /// Bars beneath one another, and the one line that they should reach, in thousandths and in words.
    pub fn bars(
        id: &'static str,
        title: impl Into<String>,
        bars: &[Bar],
        line: Option<(u32, &str)>,
    ) -> Self {
        let mut marks = Vec::with_capacity(bars.len() * 4 + 2);
        for (at, bar) in (0..).zip(bars) {
            let top = STEP * at;
            named(&mut marks, top, &bar.name, &bar.words);
            marks.push(rect((0, WHOLE), top, "track"));
            if let Some(part) = bar.part {
                marks.push(rect((0, along(part).0), top, bar.meets.class()));
            }
            if let Some((part, _)) = line {
                // Across each bar alone: the letters between them stay free.
                let (x, over) = (along(part), 20);
                let (from, to) = ((x, Em(top + TOP - over)), (x, Em(top + TOP + HIGH + over)));
                marks.push(Mark::Line { from, to, class: "goal" });
            }
        }
        let bottom = STEP * count(bars);
        let height = match line {
            None => bottom,
            Some((part, words)) => {
                let at = (along(part), Em(bottom + LETTERS));
                let words = words.to_owned();
                marks.push(Mark::Words { at, anchor: Anchor::End, class: "small", words });
                bottom + STEP / 2
            }
        };
        Self::new(id, title, Em(height), marks)
    }

    /// Bars made of portions, beneath one another.
    pub fn stack(id: &'static str, title: impl Into<String>, rows: &[StackRow]) -> Self {
        let mut marks = Vec::new();
        for (at, row) in (0..).zip(rows) {
            let top = STEP * at;
            named(&mut marks, top, &row.name, &row.words);
            marks.push(rect((0, WHOLE), top, "track"));
            for (portion, (from, length)) in row.portions.iter().zip(shares(&row.portions, WHOLE)) {
                if portion.number > 0 {
                    marks.push(rect((from, length), top, portion.meets.class()));
                }
            }
        }
        Self::new(id, title, Em(STEP * count(rows)), marks)
    }
}

/// Where each portion of a whole begins and how long it is; the last one ends where the whole ends.
pub(super) fn shares(portions: &[Portion], whole: i32) -> Vec<(i32, i32)> {
    let all: u64 = portions.iter().map(|portion| u64::from(portion.number)).sum();
    let mut shares = Vec::with_capacity(portions.len());
    let (mut before, mut from) = (0_u64, 0);
    let each = whole.unsigned_abs();
    for portion in portions {
        before += u64::from(portion.number);
        let share = u64::from(portion.number) * u64::from(each) / all.max(1);
        let length = match before == all {
            true if all > 0 => whole - from,
            _ => i32::try_from(share).unwrap_or_default(),
        };
        let length = if portion.number == 0 { 0 } else { length };
        shares.push((from, length));
        from += length;
    }
    shares
}

/// So many thousandths along the width; never beyond it.
fn along(thousandths: u32) -> Part {
    Part(i32::try_from(thousandths.min(1000)).unwrap_or_default() * 10)
}

fn count<T>(things: &[T]) -> i32 {
    i32::try_from(things.len()).unwrap_or_default()
}

fn rect((x, width): (i32, i32), top: i32, class: &'static str) -> Mark {
    let (y, height) = (Em(top + TOP), Em(HIGH));
    Mark::Rect { x: Part(x), y, width: Part(width), height, class }
}

fn named(marks: &mut Vec<Mark>, top: i32, name: &str, words: &str) {
    let y = Em(top + LETTERS);
    let word =
        |at, anchor, class, words: &str| Mark::Words { at, anchor, class, words: words.into() };
    marks.push(word((Part(0), y), Anchor::Start, "name", name));
    marks.push(word((Part(WHOLE), y), Anchor::End, "number", words));
}
