//! 分办建议: whose affair a letter is likely to be, learned from the letters answered last. Nothing of those letters
//! is shown; a person decides (docs/readings/270).

use suggestions_rules::{LearnedRouting, Likely};
use web::{Fault, House};

use crate::store::Suggestion;

/// So many answered letters are learned from, the newest: reading them takes some milliseconds.
const LEARNED_FROM: i64 = 500;

/// So many organs are named.
const NAMED: usize = 3;

/// What is less likely than this, of a hundred, is not named.
const LEAST: f64 = 10.0;

/// The likeliest organs, the likeliest first; nothing where all that is known was answered by one organ.
pub(crate) async fn likely(house: &House, words: &str) -> Result<Vec<Likely>, Fault> {
    let sealer = house.sealer().map_err(Fault::inside)?;
    let letters = Suggestion::answered(house.store(), LEARNED_FROM).await?;
    let first = letters.first().map(|letter| letter.organ.clone());
    if letters.iter().all(|letter| Some(&letter.organ) == first.as_ref()) {
        return Ok(Vec::new());
    }
    let mut cases = Vec::with_capacity(letters.len());
    for letter in letters {
        let written = letter.open(sealer).map_err(Fault::inside)?;
        cases.push((letter.organ, format!("{}\n{}", written.subject, written.words)));
    }
    let learned =
        LearnedRouting::of(cases.iter().map(|(organ, words)| (organ.as_str(), words.as_str())));
    let mut likely = learned.likely(words, NAMED);
    likely.retain(|one| one.share >= LEAST);
    Ok(likely)
}
