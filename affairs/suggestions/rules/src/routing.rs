//! 分办建议: which organ a letter is likely to belong to, learned from closed ones. A guess beside its share; a
//! person decides. Multinomial naive Bayes over pairs of neighbouring letters: what an organ answered says how
//! often a pair stands in its letters, and the pairs of a new letter say whose it is.

use std::collections::HashMap;

/// Pairs that stand in one letter only tell nothing.
const SEEN_AT_LEAST: u32 = 2;

/// Added to every count, so that a pair never seen rules nobody out.
const SMOOTHING: f64 = 0.1;

/// An organ a letter is likely to belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// Its code.
    pub organ: String,
    /// Of a hundred; all organs together have a hundred.
    pub share: f64,
}

/// What was learned from closed letters.
#[derive(Debug, Clone, Default)]
pub struct LearnedRouting {
    organs: Vec<Learned>,
    /// Each pair with how often each organ has it, by the organ's place.
    pairs: HashMap<[char; 2], Vec<(u32, f64)>>,
}

#[derive(Debug, Clone)]
struct Learned {
    code: String,
    /// The logarithm of its share of the letters.
    prior: f64,
    /// The logarithm of the chance of a pair that it never had.
    unseen: f64,
}

impl LearnedRouting {
    /// Learns from closed letters: each the code of the organ that answered it, and its words.
    pub fn of<'a>(cases: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let (mut codes, mut letters, mut totals) =
            (Vec::new(), Vec::<f64>::new(), Vec::<f64>::new());
        let mut counts: HashMap<[char; 2], HashMap<usize, u32>> = HashMap::new();
        for (organ, words) in cases {
            let place = *places.entry(organ).or_insert_with(|| {
                codes.push(organ.to_owned());
                letters.push(0.0);
                totals.push(0.0);
                codes.len() - 1
            });
            letters[place] += 1.0;
            for pair in pairs_of(words) {
                *counts.entry(pair).or_default().entry(place).or_default() += 1;
            }
        }
        counts.retain(|_, by_organ| by_organ.values().sum::<u32>() >= SEEN_AT_LEAST);
        for (place, times) in counts.values().flatten() {
            totals[*place] += f64::from(*times);
        }
        let all: f64 = letters.iter().sum();
        let kinds = number(counts.len());
        let below = |place: usize| totals[place] + SMOOTHING * (kinds + 1.0);
        let organs = codes.into_iter().enumerate().map(|(place, code)| Learned {
            code,
            prior: (letters[place] / all).ln(),
            unseen: (SMOOTHING / below(place)).ln(),
        });
        let organs: Vec<Learned> = organs.collect();
        let more = |place: usize, times: u32| {
            ((f64::from(times) + SMOOTHING) / below(place)).ln() - organs[place].unseen
        };
        let weighed = counts.into_iter().map(|(pair, by_organ)| {
            let by_organ = by_organ.into_iter().filter_map(|(place, times)| {
                Some((u32::try_from(place).ok()?, more(place, times)))
            });
            (pair, by_organ.collect())
        });
        let pairs = weighed.collect();
        Self { organs, pairs }
    }

    /// Whether there was nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.organs.is_empty()
    }

    /// The likeliest organs for these words, at most so many, the likeliest first. Nothing where none of the
    /// words' pairs was ever seen.
    pub fn likely(&self, words: &str, most: usize) -> Vec<Likely> {
        let mut scores: Vec<f64> = self.organs.iter().map(|organ| organ.prior).collect();
        let mut known = 0_u32;
        for pair in pairs_of(words) {
            let Some(by_organ) = self.pairs.get(&pair) else { continue };
            known += 1;
            for (score, organ) in scores.iter_mut().zip(&self.organs) {
                *score += organ.unseen;
            }
            for (place, more) in by_organ {
                if let Some(score) = scores.get_mut(*place as usize) {
                    *score += more;
                }
            }
        }
        if known == 0 {
            return Vec::new();
        }
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - best).exp()).collect();
        let whole: f64 = shares.iter().sum();
        let mut likely: Vec<Likely> = self
            .organs
            .iter()
            .zip(shares)
            .map(|(organ, share)| Likely {
                organ: organ.code.clone(),
                share: share / whole * 100.0,
            })
            .collect();
        likely.sort_by(|one, other| other.share.total_cmp(&one.share));
        likely.truncate(most);
        likely
    }
}

/// Neighbouring letters, without marks and blanks; figures count as one, so that no telephone number is learned.
fn pairs_of(words: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    let mut before = None;
    words.chars().filter(|letter| letter.is_alphanumeric()).filter_map(move |letter| {
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        let pair = before.map(|before| [before, letter]);
        before = Some(letter);
        pair
    })
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
