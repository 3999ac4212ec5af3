//! 可追溯的数: numbers that a room counts from its own rows, for whoever reports them, each with the rows
//! behind it.
//!
//! The port knows no form and no affair of the law: a place is a name on which whoever counts and whoever
//! reports agree (for the annual report `reports_rules::CellPlace`).

use serde::{Deserialize, Serialize};
use store::Reading;

use crate::Later;

/// For whom and over which year a room is asked to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureAsk {
    /// The organ's code.
    pub organ: String,
    /// From its first to its last day.
    pub year: i16,
}

/// A row that was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRow {
    /// Its key in its room.
    pub key: String,
    /// What it is called there, without anything personal: the number of a request, the title of a document.
    pub words: String,
    /// Its page below a site, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What is told of it by whoever counts, as it was when it was counted: a heading and its words, the same
    /// headings for every row of a source, and nothing of a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, String)>,
}

/// A number, and the rows it comes from by their places in [`Counted::rows`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureCount {
    /// Where it stands: `t3.r01.c1`.
    pub place: String,
    /// The number, a decimal as people write it.
    pub number: String,
    /// The rows.
    pub rows: Vec<usize>,
}

/// What a room counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Every row that was counted, once.
    pub rows: Vec<FigureRow>,
    /// Every number the room can tell, also where it is 0; none where the room does not know the year.
    pub counts: Vec<FigureCount>,
    /// Rows that would have to be counted and fit nowhere.
    pub unplaced: Vec<usize>,
}

impl Counted {
    /// A number whose rows are counted one by one.
    pub fn count(&mut self, place: impl ToString, rows: Vec<usize>) {
        let (place, number) = (place.to_string(), rows.len().to_string());
        self.counts.push(FigureCount { place, number, rows });
    }

    /// The rows behind the numbers at these places, each as often as it was counted.
    pub fn behind<'a>(&'a self, places: &'a [String]) -> impl Iterator<Item = &'a FigureRow> {
        let counts = self.counts.iter().filter(|count| places.contains(&count.place));
        counts.flat_map(|count| &count.rows).filter_map(|at| self.rows.get(*at))
    }
}

/// A room that counts.
#[derive(Clone, Copy)]
pub struct FigureSource {
    /// What people call what it counts from: 依申请公开登记簿.
    pub name: &'static str,
    /// The power without which nobody opens the page of a row; none where everybody may.
    pub opens: Option<&'static str>,
    /// Counts.
    pub count: for<'a> fn(&'a Reading<'a>, &'a FigureAsk) -> Later<'a, Counted>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_opens_down_to_its_rows_and_a_sum_to_those_of_all_its_parts() {
        let row =
            |key: &str| FigureRow { key: key.into(), words: key.into(), ..FigureRow::default() };
        let mut counted = Counted { rows: vec![row("a"), row("b")], ..Counted::default() };
        counted.count("one", vec![0]);
        counted.count("two", vec![1, 1]);
        let keys = |places: &[&str]| {
            let places: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
            counted.behind(&places).map(|row| row.key.clone()).collect::<Vec<_>>()
        };
        assert_eq!(keys(&["one"]), ["a"]);
        assert_eq!(keys(&["one", "two"]), ["a", "b", "b"]);
        assert!(keys(&["none"]).is_empty());
        assert_eq!(counted.counts[1].number, "2");
    }
}
