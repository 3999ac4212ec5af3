//! Whether a clerk may do an act of the access policy to a unit.

use std::collections::BTreeSet;

use identity::powers::{Condition, Tie};
use web::{Clerk, Fault, House, Publisher, Publishers};

use crate::store::Listed;
use crate::{State, Step, Unit, catalogue_unit_path, unit_path};

/// The object of an act, as the access policy asks about it.
pub(super) fn tie(unit: &Unit, clerk: &Clerk) -> Tie {
    let review = unit.review();
    let demands = unit.course.demands();
    let mut tie = Tie::to(unit.organ.clone()).in_unit(unit.unit.clone());
    for author in &unit.authors {
        tie = tie.by(author.clone());
    }
    for step in unit.steps.iter().filter(|step| step.verdict == "pass") {
        let act = step.step.parse::<Step>().map(Step::act).unwrap_or_default();
        let persons = std::iter::once(&step.person).chain(&step.stands_in_for);
        for person in persons {
            tie = tie.after(act, person.clone());
        }
    }
    for person in &unit.released {
        let act =
            if unit.urgency.is_some() { "record.publish_emergency" } else { "record.publish" };
        tie = tie.after(act, person.clone());
    }
    let passed = |step: Step| {
        let mut all = demands.iter().enumerate().filter(|(_, demand)| demand.step == step);
        all.all(|(at, _)| review.passed.iter().any(|passed| passed.demand == at))
    };
    let addressed = demands.iter().any(|demand| demand.partner == clerk.organ.code);
    let holds = [
        (Condition::InReview, !review.open().is_empty() || review.is_cleared()),
        (Condition::AfterReview, passed(Step::First)),
        (Condition::AfterSecrecyReview, passed(Step::Secrecy)),
        (Condition::AfterLegalReview, passed(Step::Legal)),
        (Condition::AfterApproval, passed(Step::Signature)),
        (Condition::Emergency, unit.urgency.is_some()),
        (Condition::Addressed, addressed),
        // No form has a field for a day of publication or of an act, and a late review has its own check.
        (Condition::NoBackdate, true),
        (Condition::InTime, true),
        (Condition::DraftState, !unit.state.is_ended()),
        // What is under review is bound to its content: a report whose numbers still move is not submitted.
        (Condition::Frozen, !unit.state.is_ended()),
    ];
    tie.holding(holds.into_iter().filter(|(_, holds)| *holds).map(|(condition, _)| condition))
}

/// The page of a unit as the clerk may open it.
pub(super) fn page_of(clerk: &Clerk, unit: &str) -> String {
    match clerk.has_power("record.read_draft") {
        true => unit_path(unit),
        false => catalogue_unit_path(unit),
    }
}

/// Whether the clerk may see the unit: whoever wrote it, who has a part in its review, and who may look at
/// the trail of the organ.
///
/// # Errors
/// It is none of theirs: the same answer as if there were no such unit.
pub(super) fn may_see(unit: &Unit, clerk: &Clerk) -> Result<(), Fault> {
    let tie = tie(unit, clerk);
    if clerk.persons().iter().any(|person| unit.authors.contains(person)) {
        return Ok(());
    }
    let catalogue = unit.pieces.iter().any(|piece| piece.kind == "catalogue");
    let acts = ["record.read_draft", "record.read_trail", "record.consult_copy.read"];
    let acts = acts.into_iter().chain(catalogue.then_some("catalogue.read_draft"));
    if acts.into_iter().any(|act| clerk.may(act, &tie).is_ok()) {
        return Ok(());
    }
    Err(Fault::NotFound)
}

/// The acts of the access policy by which a step is taken: one, and for 签发 that of every kind of pieces in the
/// unit.
///
/// # Errors
/// No room publishes anything of a kind.
pub(super) fn acts_of(
    publishers: &Publishers,
    unit: &Unit,
    step: Step,
) -> Result<BTreeSet<&'static str>, Fault> {
    match (step, unit.state) {
        (Step::First, State::Published) => Ok(BTreeSet::from(["record.review_late"])),
        (Step::Signature, _) if !unit.pieces.is_empty() => {
            of_pieces(publishers, unit, |publisher| publisher.approve)
        }
        _ => Ok(BTreeSet::from([step.act()])),
    }
}

/// One act for every kind of pieces in the unit.
fn of_pieces(
    publishers: &Publishers,
    unit: &Unit,
    act: impl Fn(Publisher) -> &'static str,
) -> Result<BTreeSet<&'static str>, Fault> {
    unit.pieces.iter().map(|piece| publishers.get(&piece.kind).map(&act)).collect()
}

/// What the room of a piece has still to do before the unit may be signed, in words; `None` where nothing, or
/// where it is not the turn of 签发.
///
/// # Errors
/// The database refuses.
pub(super) async fn held_up(house: &House, unit: &Unit) -> Result<Option<String>, Fault> {
    if unit.review().waits_for() != Some(Step::Signature) {
        return Ok(None);
    }
    let pieces = unit.pieces.iter().map(|piece| (piece.kind.as_str(), piece.id.as_str()));
    match house.publishers().signable(&house.store().reading(), pieces).await {
        Ok(()) => Ok(None),
        Err(Fault::Refused(words)) => Ok(Some(words)),
        Err(fault) => Err(fault),
    }
}

/// Those of the listed units that no signer can do anything about yet, by key. Only units of kinds that may
/// have to wait for something are looked at.
///
/// # Errors
/// The database refuses.
pub(super) async fn all_held_up(
    house: &House,
    units: &[Listed],
) -> Result<BTreeSet<String>, Fault> {
    let publishers = house.publishers();
    let asks = |kind: &String| publishers.may_wait(kind);
    let mut held = BTreeSet::new();
    for listed in units.iter().filter(|one| one.review.waits_for() == Some(Step::Signature)) {
        if listed.kinds.iter().any(asks)
            && let Some(unit) = Unit::find(house.store(), &listed.id).await?
            && held_up(house, &unit).await?.is_some()
        {
            held.insert(listed.id.clone());
        }
    }
    Ok(held)
}

/// The acts of the access policy by which a unit is released: that of every kind of pieces in it.
///
/// # Errors
/// No room publishes anything of a kind.
pub(super) fn releases_of(
    publishers: &Publishers,
    unit: &Unit,
) -> Result<BTreeSet<&'static str>, Fault> {
    match unit.pieces.is_empty() {
        true => Ok(BTreeSet::from(["record.publish"])),
        false => of_pieces(publishers, unit, |publisher| publisher.release),
    }
}

/// The acts of release that a room decides on a page of its own.
const RELEASED_ELSEWHERE: [&str; 2] = ["report.publish", "record.reassess.decide"];

/// Whether what has this act of release is released on the page of its unit.
pub(super) fn is_released_here(act: &str) -> bool {
    !RELEASED_ELSEWHERE.contains(&act)
}
