//! Letters of our own writing with the organ whose affair they are (`tests/cases.csv`), every fifth of them kept out
//! of learning; for the test and for the measurement.

use std::collections::{BTreeMap, BTreeSet};

use suggestions_rules::LearnedRouting;

const CASES: &str = include_str!("../../tests/cases.csv");

/// What was learned from four of five, and the fifth ones to be asked about.
pub struct Trial {
    pub learned: LearnedRouting,
    /// Each the organ and the words.
    pub asked: Vec<(&'static str, String)>,
}

/// How the asking went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub asked: usize,
    /// The organ named first was right.
    pub first: usize,
    /// One of three was.
    pub three: usize,
    /// So many would be right if the organ that has the most were always named.
    pub largest: usize,
}

impl Trial {
    /// Learns, from what organs are there for as well or from letters alone.
    pub fn new(duties: bool) -> Self {
        let cases: Vec<(&'static str, String)> = CASES.lines().skip(1).filter_map(case).collect();
        let organs: BTreeSet<&'static str> = cases.iter().map(|(organ, _)| *organ).collect();
        let held_out = |at: usize| at % 5 == 4;
        let known = cases.iter().enumerate().filter(|(at, _)| !held_out(*at));
        let letters = known.map(|(_, (organ, words))| (*organ, words.as_str()));
        let named = organs.iter().filter(|_| duties).map(|organ| (*organ, *organ));
        let learned = LearnedRouting::of(letters, named);
        let asked = cases.iter().enumerate().filter(|(at, _)| held_out(*at));
        let asked = asked.map(|(_, case)| case.clone()).collect();
        Self { learned, asked }
    }

    /// Asks about all that were kept out.
    pub fn tally(&self) -> Tally {
        let mut each: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut first, mut three) = (0, 0);
        for (organ, words) in &self.asked {
            *each.entry(*organ).or_default() += 1;
            let likely = self.learned.likely(words, |_| true, 3);
            first += usize::from(likely.first().is_some_and(|one| one.organ == *organ));
            three += usize::from(likely.iter().any(|one| one.organ == *organ));
        }
        let largest = each.values().copied().max().unwrap_or_default();
        Tally { asked: self.asked.len(), first, three, largest }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { asked, first, three, largest } = *self;
        let share = |right: usize| {
            let tenths = (right * 1000 + asked / 2).checked_div(asked).unwrap_or_default();
            format!("{right}/{asked} ({}.{}%)", tenths / 10, tenths % 10)
        };
        let (first, three) = (share(first), share(three));
        write!(f, "分办建议: 首选 {first}，前三 {three}；总给最多的机关 {largest}/{asked}")
    }
}

/// `机关,标题,内容`; no field has a comma of ASCII.
fn case(line: &'static str) -> Option<(&'static str, String)> {
    let (organ, rest) = line.split_once(',')?;
    let (title, words) = rest.split_once(',')?;
    Some((organ, format!("{title}\n{words}")))
}
