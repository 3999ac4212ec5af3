//! 找字: letters are found at the workbench by words of their title and text, though these are kept sealed alone
//! (docs/readings/309). A list is walked in its own order, and what may hold the words is opened and looked at, up to a
//! bound for each page. So that little is opened in vain, memory holds of every letter which pairs of characters may
//! stand in it; nothing of that is written anywhere.
//!
//! What is found must stand in the words as the office is shown them: names and numbers that are masked are not found.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use secrets::Sealer;
use store::Statements;
use web::{Errand, Fault};

use crate::masking::masked;
use crate::store::{KeepError, Mark, Page, Query, Suggestion, Written};

/// So many letters are walked for a page: their keys alone are read, from an index.
pub const WALKED: u16 = 4_000;

/// So many letters are opened for a page at most: each takes some hundredths of a millisecond.
pub const OPENED: usize = 400;

/// So many are asked for at once.
const AT_ONCE: usize = 100;

/// Of so many letters memory holds what may stand in them: some two hundred bytes each.
const MOST_KNOWN: usize = 100_000;

/// After that memory forgets and begins anew: what was taken out of the letters is gone from it then.
const FORGETS: Duration = Duration::from_secs(24 * 3600);

/// What was found, and how far the list was walked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The letters, in the order of the list.
    pub rows: Vec<Suggestion>,
    /// Where one goes on looking; none at the end of the list.
    pub next: Option<Mark>,
    /// How many letters were walked.
    pub walked: usize,
}

/// Looks for words in the letters of an organ's list: all of them stand in what is found. At most so many rows.
///
/// # Errors
/// What is sealed cannot be opened, or the database refuses.
pub async fn find(
    from: &impl Statements,
    (sealer, memory): (&Sealer, &Memory),
    (organ, query): (&str, &Query),
    (words, rows): (&str, usize),
) -> Result<Found, KeepError> {
    let wanted = Wanted::of(words);
    let keys = Page::keys(from, organ, query, WALKED).await?;
    let (mut walked, mut opened, mut found) = (0, 0, Vec::new());
    while walked < keys.len() && opened < OPENED && found.len() < rows {
        let rest = keys.get(walked..).unwrap_or_default();
        let (near, asked) = promising(memory, rest, &wanted, AT_ONCE.min(OPENED - opened));
        opened += asked.len();
        let hits = holding(from, (sealer, memory), &asked, &wanted).await?;
        for key in rest.iter().take(near) {
            if found.len() == rows {
                break;
            }
            walked += 1;
            if hits.contains(&key.id) {
                found.push(key.id.clone());
            }
        }
    }
    let ends = walked == keys.len() && keys.len() < usize::from(WALKED);
    let last = walked.checked_sub(1).and_then(|last| keys.get(last));
    let next = last.filter(|_| !ends).cloned();
    let mut letters = Suggestion::with_ids(from, organ, &found).await?;
    letters.sort_by_key(|letter| found.iter().position(|id| *id == letter.id));
    Ok(Found { rows: letters, next, walked })
}

/// Those of the next letters that may hold what is wanted, at most so many; and how many letters that are.
fn promising<'a>(
    memory: &Memory,
    keys: &'a [Mark],
    wanted: &Wanted,
    most: usize,
) -> (usize, Vec<&'a str>) {
    let known = memory.0.read().unwrap_or_else(PoisonError::into_inner);
    let (mut near, mut asked) = (0, Vec::new());
    for key in keys {
        if asked.len() == most {
            break;
        }
        near += 1;
        if known.of.get(&key.id).is_none_or(|pairs| pairs.may_hold(&wanted.pairs)) {
            asked.push(key.id.as_str());
        }
    }
    (near, asked)
}

/// Which of these letters hold what is wanted.
async fn holding(
    from: &impl Statements,
    (sealer, memory): (&Sealer, &Memory),
    ids: &[&str],
    wanted: &Wanted,
) -> Result<BTreeSet<String>, KeepError> {
    let letters = Suggestion::written_of(from, sealer, ids).await?;
    memory.learn(&letters);
    let hits = letters.into_iter().filter(|(_, written)| wanted.stands_in(written));
    Ok(hits.map(|(id, _)| id).collect())
}

/// What is looked for.
struct Wanted {
    words: Vec<String>,
    pairs: Vec<u64>,
}

impl Wanted {
    fn of(words: &str) -> Self {
        let words: Vec<String> = words.split_whitespace().map(even).collect();
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let pairs = words.iter().flat_map(|word| pairs(word)).collect();
        Self { words, pairs }
    }

    /// Whether all of it stands in a letter, and in what the office is shown of it.
    fn stands_in(&self, written: &Written) -> bool {
        let all = |text: &str| self.words.iter().all(|word| text.contains(word.as_str()));
        if self.words.is_empty() || !all(&whole(&written.subject, &written.words)) {
            return false;
        }
        all(&whole(&masked(&written.subject, written), &masked(&written.words, written)))
    }
}

fn whole(subject: &str, words: &str) -> String {
    even(&format!("{subject}\n{words}"))
}

/// Letters and figures alone, small and of half width.
fn even(text: &str) -> String {
    let narrow = |letter: char| match u32::from(letter) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    let letters = text.chars().map(narrow).filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The pairs of characters of a text, each as a number.
fn pairs(text: &str) -> Vec<u64> {
    let letters: Vec<char> = text.chars().collect();
    let number = |pair: &[char]| {
        let mut hasher = DefaultHasher::new();
        pair.hash(&mut hasher);
        hasher.finish()
    };
    letters.windows(2).map(number).collect()
}

/// Which pairs of characters may stand in a letter (a Bloom filter): of eight bits for each pair two are set.
struct Pairs(Box<[u64]>);

impl Pairs {
    fn of(text: &str) -> Self {
        let pairs: BTreeSet<u64> = pairs(text).into_iter().collect();
        let blocks = (pairs.len() / 8 + 1).next_power_of_two();
        let mut bits = vec![0_u64; blocks];
        for (block, bit) in pairs.iter().flat_map(|pair| places(*pair, blocks)) {
            if let Some(block) = bits.get_mut(block) {
                *block |= bit;
            }
        }
        Self(bits.into_boxed_slice())
    }

    fn may_hold(&self, wanted: &[u64]) -> bool {
        let is_set =
            |(block, bit): (usize, u64)| self.0.get(block).is_some_and(|own| own & bit != 0);
        wanted.iter().flat_map(|pair| places(*pair, self.0.len())).all(is_set)
    }
}

/// The two bits of a pair: in which block of 64 each stands, and which it is.
fn places(pair: u64, blocks: usize) -> [(usize, u64); 2] {
    [pair, pair.rotate_left(32)].map(|number| {
        let block = usize::try_from((number >> 6) & 0xffff).unwrap_or_default() % blocks;
        (block, 1 << (number & 63))
    })
}

/// What memory knows of letters; lost with the program, and after a day.
#[derive(Default)]
pub struct Memory(RwLock<Known>);

#[derive(Default)]
struct Known {
    since: Option<Instant>,
    /// The last letter that was learned in the order in which they came.
    upto: String,
    of: BTreeMap<String, Pairs>,
}

impl Memory {
    fn learn(&self, letters: &[(String, Written)]) {
        let learned = letters.iter().filter(|(_, written)| !written.words.is_empty());
        let learned: Vec<_> = learned
            .map(|(id, written)| (id.clone(), Pairs::of(&whole(&written.subject, &written.words))))
            .collect();
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.since.is_none_or(|since| since.elapsed() > FORGETS) {
            *known = Known { since: Some(Instant::now()), ..Known::default() };
        }
        for (id, pairs) in learned {
            if known.of.len() < MOST_KNOWN {
                known.of.insert(id, pairs);
            }
        }
    }

    /// The last letter that was learned in order; none where memory is full.
    fn upto(&self) -> Option<String> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (known.of.len() < MOST_KNOWN).then(|| known.upto.clone())
    }

    /// Goes on to a letter, where nothing was forgotten meanwhile.
    fn goes_on(&self, from: &str, to: &str) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.upto == from {
            to.clone_into(&mut known.upto);
        }
    }
}

/// So many letters are learned in one step.
const STEP: i64 = 200;

/// Learns what letters hold before anybody looks for words.
pub(crate) const ERRAND: Errand = Errand {
    name: "suggestions.finding",
    step: |house| {
        Box::pin(async move {
            let sealer = house.sealer().map_err(Fault::inside)?;
            let memory = house.memory::<Memory>();
            step(house.store(), sealer, &memory).await.map_err(Fault::inside)
        })
    },
};

async fn step(from: &impl Statements, sealer: &Sealer, memory: &Memory) -> Result<bool, KeepError> {
    // What is a day old is forgotten, whether or not there is anything to learn.
    memory.learn(&[]);
    let Some(after) = memory.upto() else { return Ok(false) };
    let letters = Suggestion::written_after(from, sealer, (&after, STEP)).await?;
    memory.learn(&letters);
    let Some((last, _)) = letters.last() else { return Ok(false) };
    memory.goes_on(&after, last);
    Ok(letters.len() >= usize::try_from(STEP).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(words: &str) -> Written {
        Written {
            subject: "路灯不亮".into(),
            words: words.into(),
            name: "林秀英".into(),
            phone: "13900001234".into(),
        }
    }

    #[test]
    fn all_words_stand_in_what_the_office_is_shown() {
        let written = letter("厦港街道 ２０２６ 年起 LED 路灯坏了，我是林秀英，打13900001234。");
        for (words, stands) in [
            ("路灯", true),
            ("led 路灯", true),
            ("2026 厦港街道", true),
            ("路灯不亮 坏了", true),
            ("水管", false),
            ("路灯 水管", false),
            ("林秀英", false),
            ("13900001234", false),
            ("0001", false),
            ("", false),
            ("，", false),
        ] {
            assert_eq!(Wanted::of(words).stands_in(&written), stands, "{words}");
        }
    }

    #[test]
    fn what_stands_in_a_letter_is_never_thought_absent_and_seldom_what_does_not() {
        let text = even("厦港街道的路灯坏了三天没有人修，晚上走路看不清，请尽快处理。");
        let known = Pairs::of(&text);
        for word in ["厦港街道", "路灯坏了", "尽快处理", "灯"] {
            assert!(known.may_hold(&Wanted::of(word).pairs), "{word}");
        }
        let others =
            ["幼儿园报名", "公积金提取", "停车收费", "低保怎么申请", "学区划分", "垃圾分类"];
        let wrong = others.iter().filter(|word| known.may_hold(&Wanted::of(word).pairs)).count();
        assert_eq!(wrong, 0);
    }
}
