//! 选定参加人: where the notice says so, those who come are chosen once by the rule it published, with a reason; places
//! that are left go to whoever enrolled first, and all are told.

use ledger::Desk;
use participation_rules::{GatheringStep, Placing, Queued};
use serde_json::json;

use super::super::{ActError, at, reasoned};
use super::places::settle;
use super::{basis, gathering_entry, taken};
use crate::store::{Gathering, Place};

/// Chooses these.
///
/// # Errors
/// One still enrols, places are given by arrival, they were chosen before, a number does not wait, there are more of a
/// group than places, no reason is given, or the database refuses.
pub async fn choose(
    mut desk: Desk,
    (organ, id): (&str, &str),
    numbers: &[i64],
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let (mut found, _) = taken(&desk, organ, id, GatheringStep::Choose).await?;
    if found.said.placing != Placing::Chosen {
        return Err(ActError::standing("这次活动先报先得，不用选定。"));
    }
    if found.chosen_on.is_some() {
        return Err(ActError::standing("参加人已经选定过。有人撤回的，候补的按先后递补。"));
    }
    let numbers = fitting(&found, &Place::queue(desk.change(), id).await?, numbers)?;
    if !Gathering::choose(desk.change(), (id, &at(&desk)), desk.today()).await? {
        return Err(ActError::overtaken());
    }
    found.chosen_on = Some(desk.today());
    for number in &numbers {
        Place::place(desk.change(), (id, *number), (&reason, true)).await?;
    }
    let up = settle(desk.change(), &found, None).await?;
    // Why is told to those who are chosen, and goes when they do; the ledger keeps who decided it.
    let facts = json!({ "chosen": numbers, "moved_up": up });
    desk.record(gathering_entry("place_choice", &found, basis(&found), facts)).await?;
    Ok(desk.seal().await?)
}

/// The numbers, each once, where all of them wait and no group has more than its places.
fn fitting(of: &Gathering, queue: &[Queued], numbers: &[i64]) -> Result<Vec<i64>, ActError> {
    let mut all = numbers.to_vec();
    all.sort_unstable();
    all.dedup();
    let field = |words: String| ActError::Field("bianhao", words);
    if all.is_empty() {
        return Err(field("写选定的报名编号，可以写几个，例如 3、5".into()));
    }
    let waits = |number: &i64| queue.iter().any(|one| one.number == *number && !one.placed);
    if let Some(wrong) = all.iter().find(|number| !waits(number)) {
        return Err(field(format!("编号 {wrong} 没有在等选定，请核对")));
    }
    for (group, seats) in (1_usize..).zip(of.said.seats()) {
        let own = queue.iter().filter(|one| one.group == group && all.contains(&one.number));
        let many = own.count();
        if many > usize::try_from(seats.seats).unwrap_or_default() {
            let words = format!("“{}”只有 {} 个名额，选了 {many} 个", seats.name, seats.seats);
            return Err(field(words));
        }
    }
    Ok(all)
}
