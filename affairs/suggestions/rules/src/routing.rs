//! 分办建议: which organ a letter is likely to belong to, learned from what organs are there for and from letters that
//! were answered. A guess beside its share; a person decides.
//!
//! Words are known by their letters and by pairs of neighbouring ones, each the weightier the fewer texts have it. An
//! organ is the sum of its texts; a new letter is likely that organ's whose sum points where the letter does.

use std::collections::BTreeMap;

/// What organs are there for, by what stands in their names; told in our own words.
const DUTIES: &str = include_str!("../data/duties.csv");

/// What an organ's duties weigh, in letters that it answered: the more it answers, the more these say.
const DUTIES_WEIGH: f64 = 4.0;

/// How steeply likeness becomes a share; so that of organs named with a share, about as many are right.
const STEEPNESS: f64 = 40.0;

/// Stands behind a letter that is counted alone.
const ALONE: char = '\0';

/// Two neighbouring letters, or one alone.
type Gram = [char; 2];

/// How much of each there is. Sorted, so that sums come out the same every time.
type Weights = BTreeMap<Gram, f64>;

/// An organ a letter is likely to belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// Its code.
    pub organ: String,
    /// Of a hundred; all organs that are asked about together have a hundred.
    pub share: f64,
}

/// What was learned.
#[derive(Debug, Clone, Default)]
pub struct LearnedRouting {
    /// The codes of the organs of which something is known.
    organs: Vec<String>,
    /// How rare each gram is.
    rarity: Weights,
    /// How much of each gram the organs have, by their places.
    theirs: BTreeMap<Gram, Vec<(usize, f64)>>,
}

impl LearnedRouting {
    /// Learns from letters, each the code of the organ that answered it and its words, and from what organs are there
    /// for, each its code and its name.
    pub fn of<'a>(
        letters: impl IntoIterator<Item = (&'a str, &'a str)>,
        organs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let duties: Vec<(&str, Weights)> =
            duties().map(|(part, words)| (part, counted(words))).collect();
        let letters: Vec<(&str, Weights)> =
            letters.into_iter().map(|(organ, words)| (organ, counted(words))).collect();
        let texts = duties.iter().map(|(_, text)| text);
        let rarity = rarity(texts.chain(letters.iter().map(|(_, text)| text)));
        let mut sums: BTreeMap<&str, Weights> = BTreeMap::new();
        for (organ, text) in &letters {
            add(sums.entry(*organ).or_default(), &weighed(text, &rarity), 1.0);
        }
        for (code, name) in organs {
            if let Some((_, text)) = duties.iter().find(|(part, _)| name.contains(*part)) {
                add(sums.entry(code).or_default(), &weighed(text, &rarity), DUTIES_WEIGH);
            }
        }
        let mut learned = Self { rarity, ..Self::default() };
        for (place, (code, sum)) in sums.into_iter().enumerate() {
            learned.organs.push(code.to_owned());
            for (gram, weight) in of_length_one(sum) {
                learned.theirs.entry(gram).or_default().push((place, weight));
            }
        }
        learned
    }

    /// Whether there was nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.organs.is_empty()
    }

    /// The likeliest organs for these words among those asked about, at most so many, the likeliest first. Nothing
    /// where the words have nothing in common with any of them.
    pub fn likely(&self, words: &str, among: impl Fn(&str) -> bool, most: usize) -> Vec<Likely> {
        let mut likeness = vec![0.0_f64; self.organs.len()];
        for (gram, weight) in weighed(&counted(words), &self.rarity) {
            for (place, theirs) in self.theirs.get(&gram).into_iter().flatten() {
                likeness[*place] += weight * theirs;
            }
        }
        let asked = self.organs.iter().zip(likeness).filter(|(organ, _)| among(organ.as_str()));
        let asked: Vec<(&String, f64)> = asked.collect();
        if asked.iter().all(|(_, likeness)| *likeness <= 0.0) {
            return Vec::new();
        }
        let steep = |likeness: f64| (STEEPNESS * likeness).exp();
        let whole: f64 = asked.iter().map(|(_, likeness)| steep(*likeness)).sum();
        let share = |likeness: f64| steep(likeness) / whole * 100.0;
        let mut likely: Vec<Likely> = asked
            .into_iter()
            .map(|(organ, likeness)| Likely { organ: organ.clone(), share: share(likeness) })
            .collect();
        likely.sort_by(|one, other| other.share.total_cmp(&one.share));
        likely.truncate(most);
        likely
    }
}

/// What stands in an organ's name, and what it is there for then.
fn duties() -> impl Iterator<Item = (&'static str, &'static str)> {
    DUTIES.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// How often each letter and each pair stands in these words. Pairs do not reach over marks and blanks; figures count
/// as one, so that no telephone number is learned.
fn counted(words: &str) -> Weights {
    let mut counted = Weights::new();
    let mut before: Option<char> = None;
    for letter in words.chars() {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        *counted.entry([letter, ALONE]).or_default() += 1.0;
        if let Some(before) = before.replace(letter) {
            *counted.entry([before, letter]).or_default() += 1.0;
        }
    }
    counted
}

/// The fewer texts have it, the rarer.
fn rarity<'a>(texts: impl Iterator<Item = &'a Weights>) -> Weights {
    let (mut having, mut all) = (Weights::new(), 0.0_f64);
    for text in texts {
        all += 1.0;
        for gram in text.keys() {
            *having.entry(*gram).or_default() += 1.0;
        }
    }
    having.into_iter().map(|(gram, having)| (gram, ((all + 1.0) / having).ln())).collect()
}

/// A text as a direction: what is rare weighs more, and what stands there twice not twice as much.
fn weighed(counted: &Weights, rarity: &Weights) -> Weights {
    let weights = counted.iter().filter_map(|(gram, times)| {
        let rarity = rarity.get(gram)?;
        Some((*gram, (1.0 + times.ln()) * rarity))
    });
    of_length_one(weights.collect())
}

fn of_length_one(mut weights: Weights) -> Weights {
    let length = weights.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        weights.values_mut().for_each(|weight| *weight /= length);
    }
    weights
}

fn add(sum: &mut Weights, text: &Weights, times: f64) {
    for (gram, weight) in text {
        *sum.entry(*gram).or_default() += weight * times;
    }
}
