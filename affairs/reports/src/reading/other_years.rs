//! Tables that set years side by side: what stands under another year is not this report's (docs/readings/203).

use std::collections::BTreeSet;

use super::grid::Grid;
use super::title::years_named;
use super::words;

/// A header that says a year is no longer.
const LONGEST: usize = 24;

/// The table without what it says is of another year, if beside it something says it is of this one.
pub(super) fn left_out(grid: &Grid, year: Option<i64>) -> Option<Grid> {
    let below = of_others(grid, year);
    let kept = grid.emptied(&below);
    let turned = kept.turned();
    let beside = of_others(&turned, year);
    (!below.is_empty() || !beside.is_empty()).then(|| turned.emptied(&beside).turned())
}

/// The places from a header of another year, in whose row a header of this year stands, down to the next such row.
fn of_others(grid: &Grid, year: Option<i64>) -> BTreeSet<(usize, usize)> {
    let mut columns: Vec<usize> = Vec::new();
    let mut places = BTreeSet::new();
    for row in 0..grid.height() {
        let says = |column: &usize| is_of(&grid.cell(grid.owner(row, *column)).plain, year);
        if (0..grid.width()).any(|column| says(&column) == Some(true)) {
            let others: Vec<usize> =
                (0..grid.width()).filter(|column| says(column) == Some(false)).collect();
            if !others.is_empty() {
                columns = others;
            }
        }
        places.extend(columns.iter().map(|column| (row, *column)));
    }
    places
}

/// Whether a header is of this year; nothing where it says no year, or is a row of the form.
fn is_of(plain: &str, year: Option<i64>) -> Option<bool> {
    if plain.chars().count() > LONGEST || words::row(plain).is_some() || words::of_2019(plain) {
        return None;
    }
    let named = years_named(plain);
    if !named.is_empty() {
        return year.map(|year| named.contains(&year));
    }
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["上年", "上一年", "去年", "往年", "前一年"]) {
        return Some(false);
    }
    has(&["本年", "当年", "今年", "本报告年"]).then_some(true)
}
