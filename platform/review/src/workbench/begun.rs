//! What a clerk has submitted, for the list of what he has set going.

use web::workbench::{Initiated, InitiatedSource, Lies, one_of, told_since};
use web::{Clerk, House, Later, Publishers};

use super::access::page_of;
use super::words::minute;
use crate::store::Begun;
use crate::{State, Step};

/// Offered to the house.
pub(crate) const INITIATED: InitiatedSource = InitiatedSource { list };

fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Initiated>> {
    Box::pin(async move {
        let (store, organ) = (house.store(), &clerk.organ.code);
        let begun = Begun::by(store, &clerk.id, organ, &told_since(house)).await?;
        let publishers = house.publishers();
        Ok(begun.into_iter().map(|one| told(one, clerk, &publishers)).collect())
    })
}

fn told(one: Begun, clerk: &Clerk, publishers: &Publishers) -> Initiated {
    let (lies, stands, with) = match (one.state, &one.waits) {
        (State::InReview, Some((step, taker))) => {
            (Lies::WithOthers, format!("等待{step}"), whose(*step, taker))
        }
        (State::InReview, None) => (Lies::WithOthers, State::InReview.name().into(), String::new()),
        (State::Signed, _) => {
            (Lies::WithOthers, "等待发布".into(), releasers(&one.kind, publishers))
        }
        (State::Scheduled, _) => {
            let at = one.release_at.as_deref().map(minute).unwrap_or_default();
            (Lies::WithOthers, format!("定于 {at} 发布"), String::new())
        }
        // It is mended or dropped by whoever submitted it.
        (State::Returned | State::Lapsed, _) => {
            (Lies::WithMe, one.state.name().into(), "您".into())
        }
        (State::Published | State::Withdrawn, _) => {
            let by = one.ended_name.clone().unwrap_or_default();
            (Lies::WithNobody, one.state.name().into(), by)
        }
    };
    let known = publishers.kinds().into_iter().find(|(kind, _)| *kind == one.kind);
    Initiated {
        kind: known.map_or("送审", |(_, words)| words),
        title: one.title,
        stands,
        with,
        lies,
        since: one.since,
        path: page_of(clerk, &one.id),
        piece: one.piece.map(|id| (one.kind, id)),
    }
}

/// Who takes a step; where another 科室 or organ takes it, that is named.
fn whose(step: Step, taker: &str) -> String {
    match taker {
        "" => step.who().to_owned(),
        taker => format!("{taker}：{}", step.who()),
    }
}

fn releasers(kind: &str, publishers: &Publishers) -> String {
    let roles = publishers.releasers_of(&[kind.to_owned()]);
    one_of(|role| roles.contains(&role.word()))
}
