//! 拼音: finding titles and names of organs by their sound, in full (xiamen) or by initials (xm).
//!
//! A character is stored under all its readings at one position, because which of them is meant
//! cannot be told character by character (银行 is yinhang, 行政 is xingzheng). Syllables are stored
//! singly and by twos, initials by twos and threes: xia and men are each in very many titles, and
//! single letters in almost all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::grams::{Cut, Script};

/// The most readings kept of one character.
const MOST_READINGS: usize = 4;
/// The most spellings of one stretch; all of those of two characters.
const MOST_SPELLINGS: usize = 16;
/// The most ways a question is divided into syllables: fangan is fang an and fan gan.
const MOST_DIVISIONS: usize = 12;
/// The longest question in letters that is taken for 拼音.
const LONGEST_SPELLING: usize = 60;
/// The longest in which a slip is looked for.
const LONGEST_MISS: usize = 28;

/// Every syllable that some character has, without those that are a mere sound (嗯 is n): with
/// them almost any letters could be divided.
static SYLLABLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = ('\u{4e00}'..='\u{9fa5}').flat_map(readings);
    all.filter(|syllable| syllable.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
});

/// The characters of each syllable.
static CHARACTERS: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut characters: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for c in '\u{4e00}'..='\u{9fa5}' {
        // Stored are folded characters alone.
        if crate::folding::fold(c) == c {
            readings(c).into_iter().for_each(|r| characters.entry(r).or_default().push(c));
        }
    }
    characters
});

/// The same by what is left of a syllable where it is not told apart: z and zh, n and l, f and h, an and ang.
static ALIKE: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut alike: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for (syllable, characters) in CHARACTERS.iter() {
        alike.entry(blurred(syllable)).or_default().extend(characters);
    }
    alike
});

/// A syllable as those hear it who do not tell its sounds apart.
fn blurred(syllable: &str) -> String {
    let (head, tail) = match syllable.find(['a', 'e', 'i', 'o', 'u', 'v']) {
        Some(at) => syllable.split_at(at),
        None => return syllable.to_owned(),
    };
    let head = match head {
        "zh" => "z",
        "ch" => "c",
        "sh" => "s",
        "n" | "r" => "l",
        "h" => "f",
        other => other,
    };
    let tail = tail.strip_suffix('g').filter(|rest| rest.ends_with('n')).unwrap_or(tail);
    format!("{head}{tail}")
}

/// The characters that are read like this one: exactly so, and nearly so.
pub(crate) fn homophones(c: char) -> (BTreeSet<char>, BTreeSet<char>) {
    let all = |table: &BTreeMap<String, Vec<char>>, key: &dyn Fn(&str) -> String| {
        let syllables = readings(c).into_iter().map(|reading| key(&reading));
        let found = syllables.filter_map(|syllable| table.get(&syllable)).flatten().copied();
        found.filter(|other| *other != c).collect::<BTreeSet<char>>()
    };
    let exact = all(&CHARACTERS, &str::to_owned);
    let near = all(&ALIKE, &blurred);
    let near = near.difference(&exact).copied().collect();
    (exact, near)
}

/// How a word is spelled in 拼音, in every reading: in full, and by initials where these are three or more.
pub(crate) fn spellings(word: &[char]) -> BTreeSet<String> {
    let places = |of: fn(&String) -> String| -> Vec<Place> {
        word.iter().map(|c| (0, readings(*c).iter().map(of).collect())).collect()
    };
    let mut found: BTreeSet<String> = spell(&places(String::clone), "").into_iter().collect();
    if word.len() > 2 {
        found.extend(spell(&places(|reading| reading.chars().take(1).collect()), ""));
    }
    found
}

/// The characters of a syllable.
pub(crate) fn characters(syllable: &str) -> &'static [char] {
    CHARACTERS.get(syllable).map_or(&[], Vec::as_slice)
}

/// Letters with one slip of the hand taken back: one left out, one too many, one for another, or two in the
/// wrong order; those that can be read.
pub(crate) fn near_misses(letters: &str) -> BTreeSet<String> {
    let bytes = letters.as_bytes();
    let mut found = BTreeSet::new();
    if bytes.len() > LONGEST_MISS || !bytes.iter().all(u8::is_ascii_lowercase) {
        return found;
    }
    let mut add = |parts: [&[u8]; 3]| {
        let text = String::from_utf8(parts.concat()).unwrap_or_default();
        if text != letters && is_readable(&text) {
            found.insert(text);
        }
    };
    for at in 0..=bytes.len() {
        let (before, after) = bytes.split_at(at);
        if let [_, rest @ ..] = after {
            add([before, &[], rest]);
        }
        if let [one, other, rest @ ..] = after {
            add([before, &[*other, *one], rest]);
        }
        for letter in b'a'..=b'z' {
            add([before, &[letter], after]);
            if let [_, rest @ ..] = after {
                add([before, &[letter], rest]);
            }
        }
    }
    found
}

/// Whether letters are syllables one after another.
fn is_readable(letters: &str) -> bool {
    let mut reached = vec![false; letters.len() + 1];
    reached[0] = true;
    for at in 0..letters.len() {
        if reached[at] {
            for length in 1..=6.min(letters.len() - at) {
                reached[at + length] |= SYLLABLES.contains(&letters[at..at + length]);
            }
        }
    }
    reached[letters.len()]
}

/// The stretch of a text that is read as these syllables.
pub(crate) fn read_as(text: &str, syllables: &[String]) -> Option<String> {
    let chars: Vec<char> = text.chars().filter(|c| crate::grams::is_han(*c)).collect();
    let fits = |window: &[char]| {
        window
            .iter()
            .zip(syllables)
            .all(|(c, syllable)| readings(crate::folding::fold(*c)).contains(syllable))
    };
    let mut windows = chars.windows(syllables.len().max(1));
    windows.find(|window| fits(window)).map(|window| window.iter().collect())
}

/// The syllables this character may be read as, without tones, ü written v.
pub(crate) fn readings(c: char) -> Vec<String> {
    let mut found = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if !found.contains(&plain) && plain.is_ascii() && found.len() < MOST_READINGS {
            found.push(plain);
        }
    }
    found
}

/// All ways to read a question as full syllables; empty when it is no 拼音.
pub(crate) fn divisions(letters: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if letters.len() <= LONGEST_SPELLING && letters.bytes().all(|b| b.is_ascii_lowercase()) {
        let mut dead = BTreeSet::new();
        divide(letters, &mut Vec::new(), &mut found, &mut dead);
    }
    found
}

/// Longest syllables first; `dead` remembers the remainders that cannot be divided.
fn divide<'a>(
    rest: &'a str,
    taken: &mut Vec<&'a str>,
    found: &mut Vec<Vec<String>>,
    dead: &mut BTreeSet<usize>,
) {
    if rest.is_empty() {
        found.push(taken.iter().map(ToString::to_string).collect());
        return;
    }
    let before = found.len();
    for length in (1..=rest.len().min(6)).rev() {
        if found.len() >= MOST_DIVISIONS || dead.contains(&rest.len()) {
            return;
        }
        let (syllable, after) = rest.split_at(length);
        if SYLLABLES.contains(syllable) {
            taken.push(syllable);
            divide(after, taken, found, dead);
            taken.pop();
        }
    }
    if found.len() == before {
        dead.insert(rest.len());
    }
}

/// Whether letters could be initials: two to twelve of those a syllable begins with.
pub(crate) fn may_be_initials(letters: &str) -> bool {
    (2..=12).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_lowercase() && !matches!(b, b'i' | b'u' | b'v'))
}

/// The tokens, with their offsets, that stand for these syllables in a row.
pub(crate) fn in_a_row(syllables: &[String]) -> Vec<(usize, String)> {
    match syllables {
        [only] => vec![(0, only.clone())],
        several => several.windows(2).map(|pair| pair.join(" ")).enumerate().collect(),
    }
}

/// Full syllables of each Chinese character and of two in a row, in all readings.
#[derive(Clone)]
pub(crate) struct Syllables;

/// Initials of two and of three characters in a row.
#[derive(Clone)]
pub(crate) struct Initials;

pub(crate) struct Spellings {
    tokens: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl Tokenizer for Syllables {
    type TokenStream<'a> = Spellings;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spellings {
        let places: Vec<Place> =
            han_characters(&Cut::new(text)).map(|(position, c)| (position, readings(c))).collect();
        Spellings::new(stretches(&places, &[1, 2], " "))
    }
}

impl Tokenizer for Initials {
    type TokenStream<'a> = Spellings;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Spellings {
        let places: Vec<Place> = han_characters(&Cut::new(text))
            .map(|(position, c)| {
                let letters: BTreeSet<String> =
                    readings(c).iter().filter_map(|r| r.get(..1)).map(str::to_owned).collect();
                (position, letters.into_iter().collect())
            })
            .collect();
        Spellings::new(stretches(&places, &[2, 3], ""))
    }
}

/// A position and what its character may be called.
type Place = (usize, Vec<String>);

/// The spellings of every so many characters in a row, at the position of the first.
fn stretches(places: &[Place], widths: &[usize], between: &str) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    for (at, (position, _)) in places.iter().enumerate() {
        for width in widths {
            let stretch = places.get(at..at + width).unwrap_or(&[]);
            let adjacent = stretch.last().is_some_and(|last| last.0 == position + width - 1);
            if adjacent {
                tokens.extend(spell(stretch, between).into_iter().map(|text| (*position, text)));
            }
        }
    }
    tokens
}

fn han_characters(cut: &Cut) -> impl Iterator<Item = (usize, char)> {
    cut.runs
        .iter()
        .filter(|run| run.script == Script::Han)
        .flat_map(|run| (run.from..run.to).map(|at| (run.position + at - run.from, cut.chars[at])))
}

/// All spellings of a stretch, within `MOST_SPELLINGS`.
fn spell(stretch: &[Place], between: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    for (at, (_, called)) in stretch.iter().enumerate() {
        let between = if at == 0 { "" } else { between };
        spellings = spellings
            .iter()
            .flat_map(|begun| called.iter().map(move |one| format!("{begun}{between}{one}")))
            .take(MOST_SPELLINGS)
            .collect();
    }
    spellings
}

impl Spellings {
    fn new(tokens: Vec<(usize, String)>) -> Self {
        Self { tokens: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for Spellings {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.tokens.next() else { return false };
        self.token = Token { position, text, ..Token::default() };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_divided_into_syllables_in_every_way() {
        for (letters, ways) in [
            ("xiamen", "xia men|xi a men"),
            ("fangan", "fang an|fan gan"),
            ("lvsehua", "lv se hua|lv se hu a"),
            ("xmszf", ""),
            ("gb50016", ""),
        ] {
            let said: Vec<String> = divisions(letters).iter().map(|way| way.join(" ")).collect();
            assert_eq!(said.join("|"), ways, "{letters}");
        }
    }

    #[test]
    fn characters_that_sound_alike_are_known_and_slips_of_the_hand_are_taken_back() {
        let (exact, near) = homophones('底');
        assert!(exact.contains(&'低') && !exact.contains(&'底'));
        assert!(homophones('照').1.contains(&'造') && !near.contains(&'低'));
        assert!(homophones('方').1.contains(&'行'), "fang and hang are one to many here");
        let misses = near_misses("yanglaobutei");
        assert!(misses.contains("yanglaobutie") && !misses.contains("yanglaobutei"));
        assert!(near_misses("jiazuang").contains("jiazhuang"));
        assert!(near_misses(&"a".repeat(40)).is_empty());
        assert_eq!(
            read_as("关于加装电梯", &["zhuang".into(), "dian".into()]).as_deref(),
            Some("装电")
        );
        assert_eq!(read_as("关于", &["zhuang".into()]), None);
    }

    #[test]
    fn an_endless_question_has_few_divisions() {
        assert!(divisions(&"xian".repeat(15)).len() <= MOST_DIVISIONS);
        assert!(divisions(&format!("{}q", "xian".repeat(14))).is_empty());
        assert!(divisions(&"a".repeat(1000)).is_empty());
    }

    #[test]
    fn a_character_is_stored_under_all_its_readings() {
        let mut stream = Syllables.token_stream("银行");
        let mut said = Vec::new();
        while stream.advance() {
            said.push(format!("{}@{}", stream.token().text, stream.token().position));
        }
        assert!(said.contains(&"yin@0".to_owned()) && said.contains(&"hang@1".to_owned()));
        assert!(said.contains(&"xing@1".to_owned()), "{said:?}");
        assert!(said.contains(&"yin hang@0".to_owned()), "{said:?}");
    }
}
