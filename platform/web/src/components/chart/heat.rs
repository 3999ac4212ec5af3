//! 热力条: things of two kinds against each other. What meets lies low, what does not stands high, so that it
//! is seen without colours as well.

use super::bars::WHOLE;
use super::{Anchor, Chart, Em, Mark, Meets, Part};

/// One crossing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeatCell(pub Meets);

/// A row of crossings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatRow {
    /// What it is.
    pub name: String,
    /// Its crossings, one for each column.
    pub cells: Vec<HeatCell>,
}

/// From one row to the next, and where its crossings begin and end in it.
const STEP: i32 = 270;
const LETTERS: i32 = 105;
const TOP: i32 = 145;
const HIGH: i32 = 95;
const LOW: i32 = 35;

/// Letters of a column's name stand beneath one another.
const LETTER: i32 = 115;

/// So many of them are shown; the table has all.
const MOST_LETTERS: usize = 8;

impl Chart {
    /// Rows against columns.
    pub fn heat(
        id: &'static str,
        title: impl Into<String>,
        columns: &[String],
        rows: &[HeatRow],
    ) -> Self {
        let number = i32::try_from(columns.len()).unwrap_or_default().max(1);
        let (step, gap) = (WHOLE / number, 40);
        let mut marks = Vec::new();
        for (at, row) in (0..).zip(rows) {
            let top = STEP * at;
            let (place, words) = ((Part(0), Em(top + LETTERS)), row.name.clone());
            marks.push(Mark::Words { at: place, anchor: Anchor::Start, class: "name", words });
            for (column, HeatCell(meets)) in (0..).zip(&row.cells) {
                let height = if matches!(meets, Meets::No | Meets::Worse) { HIGH } else { LOW };
                marks.push(Mark::Rect {
                    x: Part(step * column + gap),
                    y: Em(top + TOP + HIGH - height),
                    width: Part(step - 2 * gap),
                    height: Em(height),
                    class: meets.class(),
                });
            }
        }
        let under = STEP * i32::try_from(rows.len()).unwrap_or_default() + 90;
        let mut longest = 0;
        for (column, name) in (0..).zip(columns) {
            let x = Part(step * column + step / 2);
            for (letter, shown) in (0..).zip(name.chars().take(MOST_LETTERS)) {
                longest = longest.max(letter + 1);
                let at = (x, Em(under + LETTER * letter));
                let (anchor, words) = (Anchor::Middle, shown.to_string());
                marks.push(Mark::Words { at, anchor, class: "small", words });
            }
        }
        Self::new(id, title, Em(under + LETTER * longest), marks)
    }
}
