//! What people look for and do not find: counted in memory, a bounded number of short words, nothing
//! that looks like a person's number (docs/readings/031). Who asked is not kept.
//!
//! From time to time a room takes the counts and writes them into the ledger; until then they are
//! nowhere but here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// Different words counted at a time; when there are so many, new ones wait until these are written.
const MOST_WORDS: usize = 10_000;

/// Longer words are sentences or come from machines.
const LONGEST: usize = 40;

/// So many digits in a row may be somebody's number.
const SOMEBODYS_NUMBER: usize = 6;

/// How it was found out that something is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WantedBy {
    /// A search that found nothing.
    Search,
    /// A reader said that no item is for it.
    Reminder,
}

/// Words that people asked for, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The division on whose site they asked.
    pub division: String,
    /// What they asked for.
    pub words: String,
    /// How it was found out.
    pub source: WantedBy,
    /// How many times.
    pub times: i64,
}

/// What was not found since it was last written down.
#[derive(Debug, Default)]
pub struct Unmet(Mutex<HashMap<(String, String, WantedBy), i64>>);

impl Unmet {
    /// The words as they are counted: in one line, letters of one width, without what has no place in
    /// them; `None` where they are not counted at all.
    pub fn countable(words: &str) -> Option<String> {
        let plain: String = words.chars().map(narrow).filter(|one| !one.is_control()).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let letters = plain.chars().count();
        let speaks = plain.chars().any(char::is_alphanumeric);
        let of_somebody = longest_number(&plain) >= SOMEBODYS_NUMBER || plain.contains('@');
        (speaks && letters <= LONGEST && !of_somebody).then_some(plain)
    }

    /// Counts one more time that these words were asked for; whether they are counted.
    pub fn note(&self, division: &str, words: &str, source: WantedBy) -> bool {
        let Some(words) = Self::countable(words) else { return false };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (division.to_owned(), words, source);
        if counts.len() >= MOST_WORDS && !counts.contains_key(&key) {
            return false;
        }
        *counts.entry(key).or_default() += 1;
        true
    }

    /// Takes all counts out, in the order of division and words.
    pub fn take(&self) -> Vec<Wanted> {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let one = |((division, words, source), times)| Wanted { division, words, source, times };
        let mut taken: Vec<Wanted> = counts.into_iter().map(one).collect();
        taken.sort_by(|a, b| {
            (&a.division, &a.words, a.source).cmp(&(&b.division, &b.words, b.source))
        });
        taken
    }

    /// Puts back what could not be written down.
    pub fn put_back(&self, taken: Vec<Wanted>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for one in taken {
            *counts.entry((one.division, one.words, one.source)).or_default() += one.times;
        }
    }
}

/// Letters of full width as their narrow selves.
fn narrow(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

/// The most digits in a row; blanks and hyphens between them do not part them.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut now) = (0, 0);
    for letter in text.chars() {
        match letter {
            _ if letter.is_numeric() => now += 1,
            ' ' | '-' => {}
            _ => now = 0,
        }
        longest = longest.max(now);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_people_mean_them_and_never_with_somebodys_number() {
        for (words, counted) in [
            ("低保标准", Some("低保标准")),
            ("  低保\u{3000} 标准\n", Some("低保 标准")),
            ("ＰＭ２.５", Some("pm2.5")),
            ("厦府办〔2020〕67号", Some("厦府办〔2020〕67号")),
            ("", None),
            ("？？", None),
            ("13800000000", None),
            ("张三 138-0000", None),
            ("35020319900101", None),
            ("a@b.example", None),
        ] {
            assert_eq!(Unmet::countable(words).as_deref(), counted, "{words}");
        }
        assert!(Unmet::countable(&"长".repeat(LONGEST)).is_some());
        assert!(Unmet::countable(&"长".repeat(LONGEST + 1)).is_none());
    }

    #[test]
    fn counts_are_taken_once_and_put_back_when_they_were_not_written() {
        let unmet = Unmet::default();
        for words in ["低保", "养老", "低保 "] {
            assert!(unmet.note("350203000000", words, WantedBy::Search));
        }
        let taken = unmet.take();
        let told: Vec<_> = taken.iter().map(|one| (one.words.as_str(), one.times)).collect();
        assert_eq!(told, [("低保", 2), ("养老", 1)]);
        assert!(unmet.take().is_empty());
        unmet.put_back(taken.clone());
        assert_eq!(unmet.take(), taken);
    }

    #[test]
    fn memory_is_bounded_and_what_is_counted_already_goes_on() {
        let unmet = Unmet::default();
        for number in 0..MOST_WORDS {
            assert!(unmet.note("3502", &format!("词{number}"), WantedBy::Search));
        }
        assert!(!unmet.note("3502", "又一个", WantedBy::Search));
        assert!(unmet.note("3502", "词7", WantedBy::Search));
        assert_eq!(unmet.take().len(), MOST_WORDS);
        assert!(unmet.note("3502", "又一个", WantedBy::Search));
    }
}
