//! How wide texts are, and how a table's width is shared among its columns.
//!
//! A unit is the width of a Latin letter; a Chinese character takes two, as in a terminal or a
//! spreadsheet's column width.

use super::Sheet;

/// The narrowest column: three Chinese characters and the cell's own margins.
const NARROWEST: f64 = 5.0;
/// What is left blank to be written in by hand: the greater part of a page beside its label.
const WRITTEN_IN: f64 = 40.0;
/// The widest column, beyond which lines are hard to follow.
const WIDEST: f64 = 48.0;

/// The width of the widest line of a text.
pub(super) fn of(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(of_char).sum()).max().unwrap_or(0)
}

/// How many lines a text takes in a column so wide.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let width = width.max(2.0);
    let wrapped = text.split('\n').map(|line| ((of(line) as f64) / width).ceil().max(1.0));
    wrapped.sum::<f64>() as usize
}

fn of_char(char: char) -> usize {
    match char {
        '\u{0}'..='\u{2000}' => 1,
        _ => 2,
    }
}

/// Each column's width in units: what was asked for, or else measured.
///
/// A long text wraps, so its column needs room like the square root of the text, not like the text:
/// that makes a cell about as tall as it is wide and keeps rows low.
pub(super) fn shares(sheet: &Sheet) -> Vec<f64> {
    let share = |(at, column): (usize, &super::Column)| {
        let asked = column.width.filter(|share| share.is_finite() && *share > 0.0);
        asked.unwrap_or_else(|| {
            measured(&column.name, sheet.rows.iter().filter_map(|row| row.get(at)))
        })
    };
    sheet.columns.iter().enumerate().map(share).collect()
}

/// Each column's width in units for a plain table.
pub(super) fn of_columns(header: &[String], rows: &[Vec<String>]) -> Vec<f64> {
    let column =
        |(at, name): (usize, &String)| measured(name, rows.iter().filter_map(|row| row.get(at)));
    header.iter().enumerate().map(column).collect()
}

fn measured<'a>(heading: &str, texts: impl Iterator<Item = &'a String>) -> f64 {
    let heading = (of(heading) as f64 / 2.0).ceil() + 2.0;
    let longest = texts.map(|text| room(text)).fold(0.0, f64::max);
    heading.max(longest).clamp(NARROWEST, WIDEST)
}

fn room(text: &str) -> f64 {
    if is_written_in(text) {
        return WRITTEN_IN;
    }
    let units: usize = text.chars().map(of_char).sum();
    let square = (units as f64).sqrt() * 2.0 + 2.0;
    square.min(of(text) as f64 + 2.0)
}

/// Whether a cell is blank on purpose: a space as wide as a character, and no word.
fn is_written_in(text: &str) -> bool {
    text.contains('\u{3000}') && text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leaves_room_for_a_hand_beside_its_labels() {
        let rows = |blank: &str| vec![vec!["代理人姓名、证件号码".repeat(3), blank.to_owned()]];
        let header = ["项目", "内容"].map(str::to_owned);
        for (blank, wider) in [("　\n　", true), ("", false), ("已填", false)] {
            let widths = of_columns(&header, &rows(blank));
            assert_eq!(widths[1] > 2.0 * widths[0], wider, "{blank:?}: {widths:?}");
        }
    }

    #[test]
    fn a_chinese_character_is_two_letters_wide_and_the_widest_line_counts() {
        for (text, units) in [("", 0), ("ab", 2), ("政务", 4), ("a政\n政务公开", 8), ("■□", 4)]
        {
            assert_eq!(of(text), units, "{text}");
        }
    }

    #[test]
    fn a_text_takes_as_many_lines_as_its_breaks_and_its_length_ask_for() {
        for (text, width, count) in
            [("", 10.0, 1), ("政务公开", 8.0, 1), ("政务公开", 6.0, 2), ("政\n务\n公", 8.0, 3)]
        {
            assert_eq!(lines(text, width), count, "{text} in {width}");
        }
    }
}
