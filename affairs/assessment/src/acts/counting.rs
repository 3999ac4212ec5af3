//! 计数、定稿、更正 (条例第四十六条; docs/readings/236): a period is counted anew until it is fixed; what a later
//! count comes to stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use assessment_rules::{Changed, Figures, Next, Period};
use law::{Date, article};
use ledger::{Actor, Entry, Ledger};
use serde_json::json;
use store::moment;
use uuid::Uuid;
use web::AssessedSource;

use super::{ActError, Counted, count};
use crate::store::{Count, Line, ScopeKind};

/// So many quarters back are looked at again.
const BACK: usize = 8;

/// Which periods are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that go on.
    Current,
    /// Those that are over as well: they are fixed when their day comes, and corrected when what they were
    /// counted from has changed.
    All,
}

/// Counts and keeps what has changed; says which periods that were, and what became of each.
///
/// # Errors
/// A room cannot hand over what is assessed, or the database refuses.
pub async fn keep(
    ledger: &Ledger,
    sources: &[AssessedSource],
    which: Which,
) -> Result<Vec<(Period, Next)>, ActError> {
    let today = ledger.clock().today();
    let mut done = Vec::new();
    // The oldest first: the first of all is the one that nothing is compared with.
    for period in periods(today, which).into_iter().rev() {
        let next = keep_one(ledger, sources, (period, today)).await?;
        if next != Next::Same {
            done.push((period, next));
        }
    }
    Ok(done)
}

/// The periods to look at, the newest first.
fn periods(today: Date, which: Which) -> Vec<Period> {
    let back = |first: Period, most: usize| -> Vec<Period> {
        std::iter::successors(Some(first), |period| Some(period.before())).take(most).collect()
    };
    let (quarters, years) = match which {
        Which::Current => (1, 1),
        Which::All => (BACK, BACK / 4 + 1),
    };
    let quarters = back(Period::quarter_of(today), quarters);
    quarters.into_iter().chain(back(Period::year_of(today), years)).collect()
}

async fn keep_one(
    ledger: &Ledger,
    sources: &[AssessedSource],
    (period, today): (Period, Date),
) -> Result<Next, ActError> {
    let (store, calendar) = (ledger.store(), ledger.calendar());
    let counted = count(&store.reading(), sources, (period, today), &calendar).await?;
    let all = Count::all(store).await?;
    let kept = all.iter().find(|one| one.period == period);
    if counted.is_empty && kept.is_none() {
        return Ok(Next::Same);
    }
    let before = match kept {
        Some(kept) => Line::all(store, &kept.id).await?,
        None => Vec::new(),
    };
    let may_be_fixed = today >= period.settled_on(&calendar)?;
    let standing = kept.map(Count::standing);
    let is_same = !before.is_empty() && same(&before, &counted.fresh.lines);
    let next = Next::of(standing, counted.until.known, may_be_fixed, is_same);
    if next == Next::Same {
        return Ok(next);
    }
    let note = match next {
        Next::Correct => correction_note(&before, &counted.fresh.lines),
        _ => String::new(),
    };
    let is_baseline = kept.map_or_else(
        || all.iter().all(|one| one.period.is_quarter() != period.is_quarter()),
        |kept| kept.is_baseline,
    );
    write(ledger, counted, (kept, next), (note, is_baseline)).await?;
    Ok(next)
}

/// Whether two counts tell the same of everybody.
fn same(before: &[Line], after: &[Line]) -> bool {
    let told = |lines| -> BTreeMap<String, Figures> {
        let told = |line: &Line| (line.scope.clone(), line.figures.clone());
        <[Line]>::iter(lines).map(told).collect()
    };
    told(before) == told(after)
}

/// 更正说明: what is told otherwise of the widest place, and of how many organs.
fn correction_note(before: &[Line], after: &[Line]) -> String {
    let of = |lines| -> BTreeMap<&str, &Figures> {
        <[Line]>::iter(lines).map(|line| (line.scope.as_str(), &line.figures)).collect()
    };
    let (earlier, now) = (of(before), of(after));
    let organs = before.iter().chain(after).filter(|line| line.kind == ScopeKind::Organ);
    let organs: BTreeSet<&str> = organs.map(|line| line.scope.as_str()).collect();
    let moved = organs.iter().filter(|organ| earlier.get(**organ) != now.get(**organ)).count();
    let places = after.iter().filter(|line| line.kind == ScopeKind::Division);
    let widest = places.min_by_key(|line| &line.division);
    let told = widest.map_or_else(String::new, |line| {
        let none = Figures::default();
        let before = earlier.get(line.scope.as_str()).copied().unwrap_or(&none);
        let changed = Changed::between(before, &line.figures);
        let words: Vec<String> = changed.iter().map(Changed::words).collect();
        if words.is_empty() {
            String::new()
        } else {
            format!("{}{}。", line.name, words.join("，"))
        }
    });
    format!("台账有变动，重新计数。{told}涉及 {moved} 个机关。")
}

async fn write(
    ledger: &Ledger,
    counted: Counted,
    (kept, next): (Option<&Count>, Next),
    (note, is_baseline): (String, bool),
) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Timer).await?;
    let newest = Count::of_period(desk.change(), counted.period).await?.into_iter().next();
    if newest.as_ref().map(|one| &one.id) != kept.map(|kept| &kept.id) {
        // Somebody has counted meanwhile: the next round looks again.
        return Ok(());
    }
    let is_correction = next == Next::Correct;
    if let Some(kept) = kept.filter(|_| !is_correction) {
        Count::drop(desk.change(), &kept.id).await?;
    }
    let before = kept.map_or(0, |kept| kept.version);
    let version = if is_correction { before + 1 } else { before.max(1) };
    let fresh = Count {
        id: Uuid::now_v7().to_string(),
        period: counted.period,
        version,
        known_on: counted.until.known,
        counted_at: moment(desk.now()),
        is_fixed: matches!(next, Next::Fix | Next::Correct),
        is_baseline,
        digest: counted.digest,
        note,
    };
    let cases = counted.fresh.cases.len();
    fresh.keep(desk.change(), counted.fresh).await?;
    let act = match next {
        Next::Correct => "correction",
        Next::Fix => "settlement",
        Next::Replace | Next::Same => "counting",
    };
    desk.record(entry(act, &fresh, cases)).await?;
    Ok(desk.seal().await?)
}

fn entry(act: &'static str, count: &Count, cases: usize) -> Entry {
    Entry {
        room: "assessment",
        act,
        subject: format!("quality:{}", count.period.key()),
        organ: String::new(),
        basis: article("政府信息公开条例", 46).to_string(),
        facts: json!({
            "period": count.period.key(), "version": count.version, "known_on": count.known_on.to_string(),
            "cases": cases, "sha256": count.digest,
        }),
    }
}
