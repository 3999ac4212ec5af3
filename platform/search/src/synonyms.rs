//! 同义词: what people call a thing, and what the law and the documents call it.
//!
//! The list is data (`synonyms.csv`); an operator may add rows in a file of the same form. Since when a row is in the
//! list and what it rests on stands beside it for whoever keeps the list: a row holds as soon as it is there.
//! A word of the question is divided at what the list knows, and each part may stand for another: 低保标准 is
//! also 最低生活保障 and 标准, however far apart.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::folding::fold;
use crate::grams::is_han;
use crate::sound;

/// The list this program comes with.
const OWN: &str = include_str!("synonyms.csv");
/// How many words of the list are exchanged in one word of the question.
const MOST_EXCHANGED: usize = 2;
/// The most ways to say one word of the question.
const MOST_WAYS: usize = 10;
/// The longest entry looked for.
const LONGEST: usize = 16;

static BUILT_IN: LazyLock<Arc<Synonyms>> = LazyLock::new(|| Arc::new(Synonyms::read(OWN)));

/// Words that stand for one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Synonyms {
    /// What may stand for a folded word.
    others: HashMap<Vec<char>, Vec<String>>,
    /// The words of the list by their 拼音: in full, and by initials where these are three or more.
    sounds: HashMap<String, Vec<String>>,
}

impl Synonyms {
    /// The list this program comes with.
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    /// The list this program comes with, and these rows besides.
    pub fn with(more: &str) -> Self {
        Self::read(&format!("{OWN}\n{more}"))
    }

    /// Rows of `asked,found,…`: words between bars. What is asked finds what is found; where nothing is found
    /// in the second cell, all words of the first stand for one another. A line that begins with # says nothing.
    fn read(text: &str) -> Self {
        let mut list = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split(',');
            let words = |cell: Option<&str>| -> Vec<String> {
                let words = cell.unwrap_or_default().split('|').map(str::trim);
                words.filter(|word| !word.is_empty()).map(folded).collect()
            };
            let (asked, found) = (words(cells.next()), words(cells.next()));
            for word in &asked {
                let others = if found.is_empty() { &asked } else { &found };
                list.add(word, others);
            }
        }
        list.listen();
        list
    }

    /// Notes how each word sounds.
    fn listen(&mut self) {
        for word in self.others.keys() {
            let said: String = word.iter().collect();
            for sound in sound::spellings(word) {
                let known = self.sounds.entry(sound).or_default();
                if !known.contains(&said) {
                    known.push(said.clone());
                }
            }
        }
    }

    /// Words of the list that sound like these letters, and the other ways to say them.
    pub fn sounding(&self, letters: &str) -> Vec<Vec<String>> {
        let words = self.sounds.get(letters).map_or(&[][..], Vec::as_slice);
        let mut ways: Vec<Vec<String>> = Vec::new();
        for word in words {
            ways.push(vec![word.clone()]);
            ways.extend(self.ways(word));
        }
        ways.truncate(MOST_WAYS);
        ways
    }

    fn add(&mut self, word: &str, others: &[String]) {
        let known = self.others.entry(word.chars().collect()).or_default();
        for other in others {
            if other != word && !known.contains(other) {
                known.push(other.clone());
            }
        }
    }

    /// Other ways to say a folded word, each in parts that may stand apart; none where the list knows nothing
    /// of it.
    pub fn ways(&self, word: &str) -> Vec<Vec<String>> {
        let chars: Vec<char> = word.chars().collect();
        let known = self.known_in(&chars);
        if known.is_empty() {
            return Vec::new();
        }
        let said = |exchanged: &[Option<&String>]| -> Vec<String> {
            let mut parts = Vec::new();
            let mut at = 0;
            for ((from, to, _), other) in known.iter().zip(exchanged) {
                push_part(&mut parts, &chars[at..*from]);
                match other {
                    Some(other) => parts.push((*other).clone()),
                    None => push_part(&mut parts, &chars[*from..*to]),
                }
                at = *to;
            }
            push_part(&mut parts, &chars[at..]);
            parts
        };
        let mut ways = vec![said(&vec![None; known.len()])];
        for (at, (_, _, others)) in known.iter().enumerate() {
            for other in *others {
                let mut exchanged = vec![None; known.len()];
                exchanged[at] = Some(other);
                ways.push(said(&exchanged));
            }
        }
        if known.len() > 1 {
            let first: Vec<Option<&String>> =
                known.iter().map(|(_, _, others)| others.first()).collect();
            ways.push(said(&first));
        }
        ways.retain(|way| !(way.is_empty() || way.len() == 1 && way[0] == word));
        ways.dedup();
        ways.truncate(MOST_WAYS);
        ways
    }

    /// The words of the list within these characters, the longest at each place, from left to right.
    fn known_in(&self, chars: &[char]) -> Vec<(usize, usize, &Vec<String>)> {
        let mut known = Vec::new();
        let mut at = 0;
        while at < chars.len() && known.len() < MOST_EXCHANGED {
            let longest = LONGEST.min(chars.len() - at);
            let found = (2..=longest).rev().find_map(|length| {
                let others = self.others.get(&chars[at..at + length])?;
                Some((at, at + length, others))
            });
            match found {
                Some(found) => {
                    at = found.1;
                    known.push(found);
                }
                None => at += 1,
            }
        }
        known
    }
}

/// A part of a word; a single character beside a known word (办低保) says too little to be asked for.
fn push_part(parts: &mut Vec<String>, chars: &[char]) {
    let single = chars.len() == 1 && is_han(chars[0]);
    if !chars.is_empty() && !single {
        parts.push(chars.iter().collect());
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_divided_at_what_the_list_knows_and_said_in_other_ways() {
        let list = Synonyms::read("低保|最低生活保障\n# 注\n找工作,岗位|招聘\n户口|户籍,");
        let said = |word: &str| {
            let ways = list.ways(word).into_iter().map(|way| way.join("+"));
            ways.collect::<Vec<_>>().join(" ")
        };
        for (word, ways) in [
            ("低保", "最低生活保障"),
            ("低保标准", "低保+标准 最低生活保障+标准"),
            ("办低保", "低保 最低生活保障"),
            ("找工作", "岗位 招聘"),
            ("岗位", ""),
            ("户口迁移", "户口+迁移 户籍+迁移"),
            ("低保户口", "低保+户口 最低生活保障+户口 低保+户籍 最低生活保障+户籍"),
            ("税", ""),
        ] {
            assert_eq!(said(word), ways, "{word}");
        }
    }

    #[test]
    fn the_list_the_program_comes_with_can_be_added_to() {
        assert!(Synonyms::built_in().ways("低保").contains(&vec!["最低生活保障".to_owned()]));
        let more = Synonyms::with("鹭岛,厦门,,自拟");
        assert_eq!(more.ways("鹭岛"), [vec!["厦门".to_owned()]]);
        assert!(!more.ways("低保").is_empty());
        assert!(more.sounding("dibao").contains(&vec!["最低生活保障".to_owned()]));
        assert!(more.sounding("gzf").contains(&vec!["公共租赁住房".to_owned()]));
        assert!(more.sounding("qqq").is_empty());
    }

    #[test]
    fn every_row_of_the_list_has_words_a_day_and_a_source() {
        for line in OWN.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(cells[0].contains('|') || !cells[1].is_empty(), "{line}");
            assert!(cells[2].len() == 10 && !cells[3].is_empty(), "{line}");
        }
    }
}
