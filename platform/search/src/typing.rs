//! 拼音输入: what letters typed at a keyboard of our own may mean, the likeliest first.
//!
//! For machines without a keyboard of their own. Words come first that are spelled exactly so, then those
//! that go on, then those whose initials these are, then the characters of the first syllable: common ones
//! before rare ones, by the two levels of GB 2312 where nothing else is known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::sound::{divisions, readings};

/// Very common characters, the commonest first.
const COMMON: &str = include_str!("common.txt");

/// The most words looked through for those that go on.
const MOST_FOLLOWING: usize = 200;

/// The longest spelling that is looked at.
const LONGEST: usize = 40;

/// With so few letters any word could follow: the characters are meant.
const SHORT: usize = 3;

/// The longest word that is kept, in characters.
const LONGEST_WORD: usize = 12;

/// How early a character comes among those of its syllable: a smaller rank comes first.
static RANKS: LazyLock<BTreeMap<char, usize>> = LazyLock::new(|| {
    let mut ranks = BTreeMap::new();
    for (rank, c) in COMMON.trim().chars().chain(level_one()).enumerate() {
        ranks.entry(c).or_insert(rank);
    }
    ranks
});

/// One thing that letters may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The characters.
    pub text: String,
    /// How many of the letters it uses up.
    pub letters: usize,
}

/// A table of words by their spelling.
#[derive(Debug, Default)]
pub struct Keyboard {
    spelled: BTreeMap<String, Vec<String>>,
    initials: BTreeMap<String, Vec<String>>,
    characters: BTreeMap<String, Vec<char>>,
}

impl Keyboard {
    /// A keyboard that knows these words, the likelier first.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut keyboard = Self { characters: characters(), ..Self::default() };
        let mut known = BTreeSet::new();
        for word in words {
            let length = word.chars().count();
            if (2..=LONGEST_WORD).contains(&length) && known.insert(word.clone()) {
                keyboard.learn(word);
            }
        }
        keyboard
    }

    fn learn(&mut self, word: String) {
        let syllables: Vec<String> =
            word.chars().filter_map(|c| readings(c).into_iter().next()).collect();
        if syllables.len() != word.chars().count() {
            return;
        }
        let initials: String = syllables.iter().filter_map(|one| one.chars().next()).collect();
        self.initials.entry(initials).or_default().push(word.clone());
        self.spelled.entry(syllables.concat()).or_default().push(word);
    }

    /// What these letters may mean, the likeliest first, at most so many.
    pub fn candidates(&self, letters: &str, most: usize) -> Vec<Candidate> {
        let letters: String =
            letters.chars().filter(char::is_ascii_lowercase).take(LONGEST).collect();
        let mut found = Found { most, seen: BTreeSet::new(), all: Vec::new() };
        if letters.is_empty() {
            return found.all;
        }
        let whole = letters.len();
        found.take(self.spelled.get(&letters), whole);
        found.take(self.initials.get(&letters), whole);
        let following = self.spelled.range(letters.clone()..).take(MOST_FOLLOWING);
        let following = following.take_while(|(spelling, _)| spelling.starts_with(&letters));
        if letters.len() > SHORT {
            following.for_each(|(_, words)| found.take(Some(words), whole));
        }
        let ways = divisions(&letters);
        for syllables in ways.iter().take(1) {
            self.beginnings(&mut found, syllables);
        }
        self.first_syllable(&mut found, &letters, &ways);
        found.all
    }

    /// Words that the first syllables make, the longer first.
    fn beginnings(&self, found: &mut Found, syllables: &[String]) {
        for end in (2..syllables.len()).rev() {
            let spelling = syllables.get(..end).unwrap_or_default().concat();
            found.take(self.spelled.get(&spelling), spelling.len());
        }
    }

    /// The characters of the first syllable; of every syllable that so begins while it is unfinished.
    fn first_syllable(&self, found: &mut Found, letters: &str, ways: &[Vec<String>]) {
        let mut firsts: Vec<&str> =
            ways.iter().filter_map(|way| way.first()).map(|s| &**s).collect();
        firsts.dedup();
        let known = (1..=letters.len().min(6)).rev().filter_map(|end| letters.get(..end));
        firsts.extend(known.filter(|head| self.characters.contains_key(*head)));
        for syllable in firsts {
            let own = self.characters.get(syllable).into_iter().flatten();
            own.for_each(|c| found.add(c.to_string(), syllable.len()));
        }
        let unfinished = self.characters.range(letters.to_owned()..);
        let unfinished = unfinished.take_while(|(syllable, _)| syllable.starts_with(letters));
        let mut more: Vec<char> =
            unfinished.flat_map(|(_, own)| own.iter().take(8)).copied().collect();
        more.sort_by_key(|c| rank(*c));
        more.into_iter().for_each(|c| found.add(c.to_string(), letters.len()));
    }
}

struct Found {
    most: usize,
    seen: BTreeSet<String>,
    all: Vec<Candidate>,
}

impl Found {
    fn take(&mut self, words: Option<&Vec<String>>, letters: usize) {
        words.into_iter().flatten().for_each(|word| self.add(word.clone(), letters));
    }

    fn add(&mut self, text: String, letters: usize) {
        if self.all.len() < self.most && self.seen.insert(text.clone()) {
            self.all.push(Candidate { text, letters });
        }
    }
}

fn rank(c: char) -> usize {
    RANKS.get(&c).copied().unwrap_or(usize::MAX)
}

/// The characters of each syllable, common ones first.
fn characters() -> BTreeMap<String, Vec<char>> {
    let mut all: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for c in '\u{4e00}'..='\u{9fa5}' {
        readings(c).into_iter().for_each(|reading| all.entry(reading).or_default().push(c));
    }
    for own in all.values_mut() {
        own.sort_by_key(|c| (rank(*c), *c));
    }
    all
}

/// The characters in everyday use, as the first level of GB 2312 lists them.
fn level_one() -> impl Iterator<Item = char> {
    let rows = 0xB0_u8..=0xD7;
    let codes = rows.flat_map(|row| (0xA1_u8..=0xFE).map(move |cell| [row, cell]));
    codes.filter_map(|code| {
        let (text, _, broken) = encoding_rs::GBK.decode(&code);
        let c = text.chars().next()?;
        (!broken && ('\u{4e00}'..='\u{9fa5}').contains(&c)).then_some(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyboard() -> Keyboard {
        let words = ["低保", "地保", "公开", "公开目录", "养老金", "思明区", "方案", "反感"];
        Keyboard::new(words.map(str::to_owned))
    }

    #[test]
    fn what_is_typed_is_found_first() {
        let keyboard = keyboard();
        for (letters, first, used) in [
            ("dibao", "低保", 5),
            ("gongkai", "公开", 7),
            ("gongkaimu", "公开目录", 9),
            ("gongkaizhi", "公开", 7),
            ("ylj", "养老金", 3),
            ("simingqu", "思明区", 8),
            ("de", "的", 2),
            ("wo", "我", 2),
            ("ni", "你", 2),
            ("zhong", "中", 5),
        ] {
            let found = keyboard.candidates(letters, 24);
            let found = found.first().map(|one| (one.text.as_str(), one.letters));
            assert_eq!(found, Some((first, used)), "{letters}");
        }
    }

    #[test]
    fn every_character_in_everyday_use_can_be_typed() {
        let keyboard = keyboard();
        for c in level_one() {
            let typed = readings(c).iter().any(|syllable| {
                let found = keyboard.candidates(syllable, 400);
                found.iter().any(|one| one.text.starts_with(c))
            });
            assert!(typed, "{c}");
        }
    }

    #[test]
    fn rubbish_means_nothing() {
        for letters in ["", "!!", "一"] {
            assert_eq!(keyboard().candidates(letters, 24), vec![], "{letters}");
        }
    }
}
