//! 分办建议: whose affair a letter is likely to be, learned from what organs are there for and from the letters answered
//! last. Nothing of those letters is shown; a person decides (docs/readings/270).

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use identity::Organ;
use suggestions_rules::{LearnedRouting, Likely};
use web::{Chore, Fault, House};

use crate::store::Suggestion;

/// So many answered letters are learned from, the newest: reading them takes some milliseconds.
const LEARNED_FROM: i64 = 500;

/// So many organs are named.
const NAMED: usize = 3;

/// What is less likely than this, of a hundred, is not named.
const LEAST: f64 = 10.0;

/// What was learned last, in memory alone: what was taken out of the letters is gone from here an hour later.
#[derive(Default)]
struct Learned(RwLock<Option<(Instant, Arc<LearnedRouting>)>>);

/// How long what was learned is used.
const EVERY: Duration = Duration::from_secs(3600);

/// Learns every hour.
pub(crate) const CHORE: Chore = Chore {
    name: "suggestions.routing",
    every: EVERY,
    work: |house| Box::pin(async move { learn(house).await.map(|_| ()) }),
};

/// The likeliest of these organs, the likeliest first; nothing where there is no choice.
pub(crate) async fn likely(
    house: &House,
    among: &[&str],
    words: &str,
) -> Result<Vec<Likely>, Fault> {
    if among.len() < 2 {
        return Ok(Vec::new());
    }
    let learned = house.memory::<Learned>();
    let known = learned.0.read().unwrap_or_else(PoisonError::into_inner).clone();
    let learned = match known {
        // Where the worker is another process, this one learns by itself.
        Some((at, learned)) if at.elapsed() < 2 * EVERY => learned,
        _ => learn(house).await?,
    };
    let mut likely = learned.likely(words, |code| among.contains(&code), NAMED);
    likely.retain(|one| one.share >= LEAST);
    Ok(likely)
}

async fn learn(house: &House) -> Result<Arc<LearnedRouting>, Fault> {
    let sealer = house.sealer().map_err(Fault::inside)?;
    let letters = Suggestion::answered(house.store(), LEARNED_FROM).await?;
    let mut cases = Vec::with_capacity(letters.len());
    for letter in letters {
        let written = letter.open(sealer).map_err(Fault::inside)?;
        cases.push((letter.organ, format!("{}\n{}", written.subject, written.words)));
    }
    let today = house.ledger().clock().today();
    let mut organs = Organ::all(house.store()).await?;
    organs.retain(|organ| organ.stands_on(today));
    let cases = cases.iter().map(|(organ, words)| (organ.as_str(), words.as_str()));
    let organs = organs.iter().map(|organ| (organ.code.as_str(), organ.name.as_str()));
    let learned = Arc::new(LearnedRouting::of(cases, organs));
    *house.memory::<Learned>().0.write().unwrap_or_else(PoisonError::into_inner) =
        Some((Instant::now(), Arc::clone(&learned)));
    Ok(learned)
}
