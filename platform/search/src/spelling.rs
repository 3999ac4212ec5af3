//! 您是不是要找: what a question may have meant that is found nowhere as it was typed.
//!
//! There is no dictionary: what stands beside what in the index itself is the vocabulary, so a correction is
//! always something that is there. A character is taken for another of the same or nearly the same sound, and
//! otherwise one slip is taken back: one character left out, too many, for another, or two in the wrong order.
//! Letters are corrected the same way, and 拼音 that is in no title is read as characters that stand together
//! in the texts. Two characters that only ever stand inside of a longer word are no word (公共资源 has no 共资).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::DocAddress;

use crate::SearchError;
use crate::grams::{Cut, Script, is_han};
use crate::ladder::Ground;
use crate::neighbours::Neighbours;
use crate::sound;
use crate::words::Word;

/// The longest word that is corrected.
const LONGEST: usize = 14;
/// How many beginnings are followed at each character.
const WIDTH: usize = 24;
/// How many corrections are looked for in the index, the likeliest first.
const TRIED: usize = 24;
/// Of how many documents it is told how often a correction is found.
const ENOUGH: usize = 50;
/// Into how many of them is looked for what stands beside two characters.
const LOOKED_INTO: usize = 12;
/// So many characters of each of their texts are looked at.
const LOOKED_AT: usize = 20_000;
/// How many followers of a character may stand for one that was mistyped at the end of a word.
const MOST_ENDINGS: usize = 40;
/// How many characters of a syllable are considered, the most frequent first.
const MOST_CHARACTERS: usize = 24;
/// The most ways to divide letters into syllables that are read.
const MOST_READINGS: usize = 4;

/// What each kind of slip costs; the cheapest correction is the likeliest.
const SAME_SOUND: f32 = 1.0;
const NEAR_SOUND: f32 = 1.3;
const SWAPPED: f32 = 1.2;
const TOO_MANY: f32 = 1.4;
const TOO_MANY_LAST: f32 = 2.0;
const LEFT_OUT: f32 = 1.5;
const ANOTHER: f32 = 1.6;
const ANOTHER_LAST: f32 = 1.9;

/// A beginning of a word, and what it costs.
#[derive(Debug, Clone)]
struct Path {
    chars: Vec<char>,
    cost: f32,
    slips: usize,
    /// The rarest pair in it: of two that cost the same, the one that is more in use is meant.
    rarest: u64,
}

impl Path {
    fn order(&self) -> (u32, std::cmp::Reverse<u64>) {
        ((self.cost * 100.0) as u32, std::cmp::Reverse(self.rarest))
    }
}

/// What stands on one side of two characters in the documents that have them.
#[derive(Default)]
struct Side {
    seen: Option<char>,
    /// Now this character and now that.
    varies: bool,
    /// The edge of a run of characters.
    edge: bool,
}

impl Side {
    fn note(&mut self, neighbour: Option<char>) {
        self.edge |= neighbour.is_none();
        self.varies |= self.seen.is_some_and(|seen| neighbour.is_some_and(|next| next != seen));
        self.seen = neighbour.or(self.seen);
    }
}

/// The beginning of a text; where it is cut, it is cut between two runs of characters, so that no edge is made.
fn beginning(text: &str) -> &str {
    match text.char_indices().nth(LOOKED_AT) {
        Some((end, _)) => text[..end].trim_end_matches(is_han),
        None => text,
    }
}

/// One way to read a character, what it costs, and whether it is a slip.
type Reading = (char, f32, bool);

/// Corrections against one index.
pub(crate) struct Speller<'a> {
    ground: &'a Ground<'a>,
    near: Neighbours<'a>,
    /// In how many titles two syllables stand in a row, as far as it was asked.
    titled: RefCell<HashMap<String, u64>>,
}

impl<'a> Speller<'a> {
    pub fn new(ground: &'a Ground<'a>) -> Self {
        let fields = ground.fields;
        let near = Neighbours::new(ground.searcher, fields.text, fields.singles);
        Self { ground, near, titled: RefCell::default() }
    }

    /// What a word that is found nowhere may have meant; something that is found. A part of it is corrected by
    /// itself where it is at least so long.
    pub fn corrected(&self, word: &Word, part: usize) -> Result<Option<String>, SearchError> {
        if word.is_letters() {
            return self.of_letters(word.text());
        }
        let chars: Vec<char> = word.text().chars().collect();
        if chars.len() < 2 || chars.len() > LONGEST || !chars.iter().all(|c| is_han(*c)) {
            return Ok(None);
        }
        if let Some(found) = self.respelled(&chars)? {
            return Ok(Some(found.into_iter().collect()));
        }
        self.respelled_in_part(&chars, part)
    }

    /// What letters may have meant: characters that sound so, then a slip among letters, then two words.
    fn of_letters(&self, letters: &str) -> Result<Option<String>, SearchError> {
        if let Some(found) = self.read_aloud(letters)? {
            return Ok(Some(found));
        }
        if let Some(found) = self.slipped_letters(letters)? {
            return Ok(Some(found));
        }
        self.in_two(letters)
    }

    /// Letters, with one slip or none, as two words each of which some title has; of several ways the one
    /// whose words are most in use.
    fn in_two(&self, letters: &str) -> Result<Option<String>, SearchError> {
        let mut known = Vec::new();
        for way in std::iter::once(letters.to_owned()).chain(sound::near_misses(letters)) {
            for syllables in sound::divisions(&way).into_iter().take(MOST_READINGS) {
                for at in 2..=syllables.len().saturating_sub(2) {
                    let (head, tail) = syllables.split_at(at);
                    let rarest = self.in_titles(head)?.min(self.in_titles(tail)?);
                    if rarest > 0 {
                        known.push((std::cmp::Reverse(rarest), head.to_vec(), tail.to_vec()));
                    }
                }
            }
        }
        known.sort_unstable();
        for (_, head, tail) in known.into_iter().take(TRIED) {
            if let Some((_, one)) = self.sounding(&head)?
                && let Some((_, other)) = self.sounding(&tail)?
            {
                return Ok(Some(format!("{one} {other}")));
            }
        }
        Ok(None)
    }

    /// 拼音 in full as characters that stand together somewhere in a text.
    pub fn read_aloud(&self, letters: &str) -> Result<Option<String>, SearchError> {
        let mut best: Option<(usize, String)> = None;
        for syllables in sound::divisions(letters).into_iter().take(MOST_READINGS) {
            if syllables.len() < 2 || syllables.len() > LONGEST {
                continue;
            }
            let mut places = Vec::with_capacity(syllables.len());
            for syllable in &syllables {
                places.push(self.in_use(syllable)?);
            }
            let paths = self.along(&places, 0)?;
            let found = self.most_found(paths.into_iter().map(|path| path.chars))?;
            if let Some((count, chars)) = found
                && best.as_ref().is_none_or(|(most, _)| count > *most)
            {
                best = Some((count, chars.into_iter().collect()));
            }
        }
        Ok(best.map(|(_, text)| text))
    }

    /// The characters of a syllable that are in use, the most frequent ones.
    fn in_use(&self, syllable: &str) -> Result<Vec<Reading>, SearchError> {
        let mut counted = Vec::new();
        for c in sound::characters(syllable) {
            let count = self.near.single(*c)?;
            if count > 0 {
                counted.push((std::cmp::Reverse(count), *c));
            }
        }
        counted.sort_unstable();
        counted.truncate(MOST_CHARACTERS);
        Ok(counted.into_iter().map(|(_, c)| (c, 0.0, false)).collect())
    }

    /// A slip among letters of which titles know the sound; of several, the sound most in use.
    fn slipped_letters(&self, letters: &str) -> Result<Option<String>, SearchError> {
        let mut known = Vec::new();
        for near in sound::near_misses(letters) {
            for syllables in sound::divisions(&near).into_iter().take(MOST_READINGS) {
                let rarest = if syllables.len() < 2 { 0 } else { self.in_titles(&syllables)? };
                if rarest > 0 {
                    known.push((std::cmp::Reverse(rarest), syllables));
                }
            }
        }
        known.sort_unstable();
        let mut best: Option<(usize, String)> = None;
        for (_, syllables) in known.into_iter().take(TRIED) {
            let Some((count, text)) = self.sounding(&syllables)? else { continue };
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, text));
            }
        }
        Ok(best.map(|(_, text)| text))
    }

    /// In how many titles two of these syllables stand in a row, of those that do so least.
    fn in_titles(&self, syllables: &[String]) -> Result<u64, SearchError> {
        let mut rarest = u64::MAX;
        for (_, pair) in sound::in_a_row(syllables) {
            let known = self.titled.borrow().get(&pair).copied();
            let count = match known {
                Some(count) => count,
                None => {
                    let field = self.ground.fields.syllables;
                    let term = tantivy::Term::from_field_text(field, &pair);
                    let count = self.ground.searcher.doc_freq(&term)?;
                    self.titled.borrow_mut().insert(pair, count);
                    count
                }
            };
            rarest = rarest.min(count);
            if rarest == 0 {
                break;
            }
        }
        Ok(rarest)
    }

    /// The characters that sound like these syllables in some title, and how many titles have them.
    fn sounding(&self, syllables: &[String]) -> Result<Option<(usize, String)>, SearchError> {
        if self.in_titles(syllables)? == 0 {
            return Ok(None);
        }
        let pairs = sound::in_a_row(syllables);
        let Some(query) = crate::words::phrase(self.ground.fields.syllables, &pairs) else {
            return Ok(None);
        };
        let found = self.ground.some(query.as_ref(), ENOUGH)?;
        let Some(first) = found.first() else { return Ok(None) };
        let document = self.ground.stored(*first)?;
        let domain = document.domain.unwrap_or_default();
        let named = [document.title, document.organ_name, domain];
        let text = named.iter().find_map(|text| sound::read_as(text, syllables));
        Ok(text.map(|text| (found.len(), text)))
    }

    /// A word as a whole that stands somewhere.
    fn respelled(&self, chars: &[char]) -> Result<Option<Vec<char>>, SearchError> {
        let suspects = self.suspects(chars)?;
        let mut paths = self.alike(chars, &suspects)?;
        paths.extend(self.slips(chars, &suspects)?);
        paths.retain(|path| path.chars != chars);
        paths.sort_by_key(Path::order);
        let mut tried = BTreeSet::new();
        let mut by_cost: BTreeMap<u32, Vec<Vec<char>>> = BTreeMap::new();
        for path in paths {
            if tried.len() < TRIED && tried.insert(path.chars.clone()) {
                by_cost.entry(path.order().0).or_default().push(path.chars);
            }
        }
        for (_, alike) in by_cost {
            if let Some((_, found)) = self.most_found(alike.into_iter())? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// A word of which a beginning or an end is right, and the rest is corrected.
    fn respelled_in_part(
        &self,
        chars: &[char],
        part: usize,
    ) -> Result<Option<String>, SearchError> {
        if chars.len() < 4 {
            return Ok(None);
        }
        for at in 2..=chars.len() - 2 {
            let (head, tail) = chars.split_at(at);
            let halves = [(head, tail, true), (tail, head, false)];
            for (sound, wrong, first) in halves {
                if wrong.len() < part
                    || !self.near.hold_together(sound)?
                    || self.near.hold_together(wrong)?
                {
                    continue;
                }
                if let Some(found) = self.respelled(wrong)? {
                    let (sound, found): (String, String) =
                        (sound.iter().collect(), found.into_iter().collect());
                    return Ok(Some(if first {
                        format!("{sound} {found}")
                    } else {
                        format!("{found} {sound}")
                    }));
                }
            }
        }
        Ok(None)
    }

    /// For each character whether it may be the wrong one: it stands in no pair of the index, or, where all
    /// pairs are there, any may be.
    fn suspects(&self, chars: &[char]) -> Result<Vec<bool>, SearchError> {
        let mut suspects = vec![false; chars.len()];
        for (at, pair) in chars.windows(2).enumerate() {
            if self.near.pair(pair[0], pair[1])? == 0 {
                (suspects[at], suspects[at + 1]) = (true, true);
            }
        }
        if suspects.iter().all(|suspect| !suspect) {
            suspects.fill(true);
        }
        Ok(suspects)
    }

    /// Words that sound like this one.
    fn alike(&self, chars: &[char], suspects: &[bool]) -> Result<Vec<Path>, SearchError> {
        let read = |(c, suspect): (&char, &bool)| -> Vec<Reading> {
            let mut readings = vec![(*c, 0.0, false)];
            if *suspect {
                let (exact, near) = sound::homophones(*c);
                readings.extend(exact.into_iter().map(|c| (c, SAME_SOUND, true)));
                readings.extend(near.into_iter().map(|c| (c, NEAR_SOUND, true)));
            }
            readings
        };
        let places: Vec<Vec<Reading>> = chars.iter().zip(suspects).map(read).collect();
        self.along(&places, if chars.len() < 4 { 1 } else { 2 })
    }

    /// The words that lead through these places, each pair of which is in the index, with so many slips.
    fn along(&self, places: &[Vec<Reading>], most_slips: usize) -> Result<Vec<Path>, SearchError> {
        let Some((first, rest)) = places.split_first() else { return Ok(Vec::new()) };
        let begin = |(c, cost, slip): &Reading| Path {
            chars: vec![*c],
            cost: *cost,
            slips: usize::from(*slip),
            rarest: u64::MAX,
        };
        let mut paths: Vec<Path> = first.iter().map(begin).collect();
        for place in rest {
            let mut next = Vec::new();
            for path in &paths {
                let Some(last) = path.chars.last() else { continue };
                // The first character may be any of hundreds that sound alike: what follows a slip there is as
                // typed, and single pairs are asked.
                let few = paths.len() <= WIDTH || path.slips == 0;
                let after = few.then(|| self.near.after(*last)).transpose()?;
                for (c, cost, slip) in place {
                    let slips = path.slips + usize::from(*slip);
                    if slips > most_slips || after.is_none() && *slip {
                        continue;
                    }
                    let count = match &after {
                        Some(after) => after.get(c).copied().unwrap_or(0),
                        None => self.near.pair(*last, *c)?,
                    };
                    if count > 0 {
                        let mut chars = path.chars.clone();
                        chars.push(*c);
                        let (cost, rarest) = (path.cost + cost, path.rarest.min(count));
                        next.push(Path { chars, cost, slips, rarest });
                    }
                }
            }
            next.sort_by_key(Path::order);
            next.truncate(WIDTH);
            paths = next;
        }
        Ok(paths)
    }

    /// Words that differ by one slip of the hand.
    fn slips(&self, chars: &[char], suspects: &[bool]) -> Result<Vec<Path>, SearchError> {
        let mut paths = Vec::new();
        let mut add = |chars: Vec<char>, cost: f32| {
            paths.push(Path { chars, cost, slips: 1, rarest: 0 });
        };
        let put = |at: usize, until: usize, between: &[char]| {
            [&chars[..at], between, &chars[until..]].concat()
        };
        for at in (0..chars.len()).filter(|at| suspects[*at] && chars.len() > 2) {
            let last = at + 1 == chars.len();
            // Of three characters two are too little to go by.
            if chars.len() > 3 {
                add(put(at, at + 1, &[]), if last { TOO_MANY_LAST } else { TOO_MANY });
            }
            if at + 1 < chars.len() {
                add(put(at, at + 2, &[chars[at + 1], chars[at]]), SWAPPED);
            }
            let Some(before) = at.checked_sub(1).map(|before| chars[before]) else { continue };
            let after = self.near.after(before)?;
            match chars.get(at + 1) {
                Some(next) => {
                    for c in after.keys() {
                        if self.near.pair(*c, *next)? > 0 {
                            add(put(at, at + 1, &[*c]), ANOTHER);
                        }
                    }
                }
                None if chars.len() > 3 => {
                    let mut endings: Vec<_> =
                        after.iter().map(|(c, n)| (std::cmp::Reverse(*n), *c)).collect();
                    endings.sort_unstable();
                    endings.truncate(MOST_ENDINGS);
                    endings.into_iter().for_each(|(_, c)| add(put(at, at + 1, &[c]), ANOTHER_LAST));
                }
                None => {}
            }
            for c in after.keys() {
                if self.near.pair(*c, chars[at])? > 0 {
                    add(put(at, at, &[*c]), LEFT_OUT);
                }
            }
        }
        let mut whole = Vec::new();
        for path in paths {
            if self.near.hold_together(&path.chars)? {
                whole.push(path);
            }
        }
        Ok(whole)
    }

    /// Whether two characters are a word in the documents that have them: they begin or end a run somewhere, or stand
    /// on both sides beside now this character and now that. Any two characters of a longer word stand side by side
    /// as well, and whoever asks means none of these.
    fn stands_alone(&self, pair: &[char], found: &[DocAddress]) -> Result<bool, SearchError> {
        let (mut before, mut after) = (Side::default(), Side::default());
        for address in found.iter().take(LOOKED_INTO) {
            let document = self.ground.stored(*address)?;
            let attached = document.attachments.iter().map(|one| one.text.as_str());
            let own = [document.title.as_str(), document.body.as_str()];
            for cut in own.into_iter().chain(attached).map(|text| Cut::new(beginning(text))) {
                for run in cut.runs.iter().filter(|run| run.script == Script::Han) {
                    let chars = &cut.chars[run.from..run.to];
                    for at in (1..chars.len()).filter(|at| chars[*at - 1..=*at] == *pair) {
                        before.note(at.checked_sub(2).map(|at| chars[at]));
                        after.note(chars.get(at + 1).copied());
                        if before.edge || after.edge || before.varies && after.varies {
                            return Ok(true);
                        }
                    }
                }
            }
        }
        Ok(false)
    }

    /// Of these the one that most documents of the site have as it stands.
    fn most_found(
        &self,
        tried: impl Iterator<Item = Vec<char>>,
    ) -> Result<Option<(usize, Vec<char>)>, SearchError> {
        let mut best: Option<(usize, Vec<char>)> = None;
        for chars in tried.take(TRIED) {
            let text: String = chars.iter().collect();
            let Some(word) = Word::of(&text) else { continue };
            let Some(query) = word.phrase(self.ground.fields.text) else { continue };
            let found = self.ground.some(query.as_ref(), ENOUGH)?;
            let more = best.as_ref().is_none_or(|(most, _)| found.len() > *most);
            let better = !found.is_empty() && more;
            if better && (chars.len() > 2 || self.stands_alone(&chars, &found)?) {
                best = Some((found.len(), chars));
            }
        }
        Ok(best)
    }
}
