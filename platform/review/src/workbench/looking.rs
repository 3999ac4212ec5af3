//! What of reviews a clerk may look for at the workbench: units that his organ has under way or has ended.

use identity::powers::{Condition, Tie};
use web::workbench::{DeskHit, DeskSearch, MOST_FOUND};
use web::{Clerk, House, Later};

use super::words::{minute, state_tag};
use crate::store::{Asked, Listed};
use crate::{State, unit_path};

/// Offered to the house.
pub(crate) const SEARCH: DeskSearch = DeskSearch { find };

fn find<'a>(house: &'a House, clerk: &'a Clerk, wanted: &'a str) -> Later<'a, Vec<DeskHit>> {
    Box::pin(async move {
        let pattern = web::workbench::found_anywhere(wanted);
        let asked = Asked::Called(&clerk.organ.code, &pattern);
        let units = Listed::all(house.store(), asked).await?;
        let visible = units.into_iter().filter(|unit| may_see(unit, clerk)).take(MOST_FOUND);
        Ok(visible.map(|unit| hit(unit, clerk)).collect())
    })
}

/// The same question that the page of the unit asks.
fn may_see(unit: &Listed, clerk: &Clerk) -> bool {
    let authors = &unit.review.authors;
    if clerk.persons().iter().any(|person| authors.contains(person)) {
        return true;
    }
    let mut tie = Tie::to(unit.review.organ.clone()).in_unit(unit.unit.clone());
    for author in authors {
        tie = tie.by(author.clone());
    }
    let reviewed = !unit.review.open().is_empty() || unit.review.is_cleared();
    let holds =
        [(Condition::InReview, reviewed), (Condition::DraftState, !unit.review.state.is_ended())];
    let tie = tie.holding(holds.into_iter().filter(|(_, holds)| *holds).map(|(one, _)| one));
    let catalogue = unit.kinds.iter().any(|kind| kind == "catalogue");
    let acts = ["record.read_draft", "record.read_trail"];
    let mut acts = acts.into_iter().chain(catalogue.then_some("catalogue.read_draft"));
    acts.any(|act| clerk.may(act, &tie).is_ok())
}

fn hit(unit: Listed, clerk: &Clerk) -> DeskHit {
    let path = match clerk.has_power("record.read_draft") {
        true => unit_path(&unit.id),
        false => crate::catalogue_unit_path(&unit.id),
    };
    let waits = if unit.review.state == State::Published { String::new() } else { unit.waits() };
    let sent = format!("{} {} 送审", unit.submitted_name, minute(&unit.submitted_at));
    DeskHit {
        kind: "审查",
        detail: [sent, waits]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join("，"),
        tag: state_tag(unit.review.state),
        title: unit.title,
        path,
    }
}
