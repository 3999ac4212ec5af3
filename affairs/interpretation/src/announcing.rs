//! What subscribers are told of an interpretation: that it appeared, took the place of another, or is shown no more.

use ledger::Event;
use store::Transaction;
use web::{Announcement, Became, House, Later, Listener};

use crate::inscription::SUBJECTS;
use crate::store::{Interpretation, Policy};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "interpretation.announcement",
    acts: &[
        "interpretation.publication",
        "interpretation.withdrawal",
        "interpretation.restoration",
    ],
    hear,
}];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(()) };
        let Some(one) = Interpretation::find(change, id).await? else { return Ok(()) };
        let Some(policy) = Policy::find(change, &one.policy).await? else { return Ok(()) };
        let became = match (event.act.as_str(), &one.replaces) {
            ("withdrawal", _) => Became::Gone,
            ("publication", Some(_)) => Became::Corrected,
            _ => Became::Public,
        };
        let told = Announcement {
            became,
            text: format!("{} {} {}", one.title, policy.title, one.body.whole_text()),
            path: one.path(),
            title: if became == Became::Gone { String::new() } else { one.title },
            organ: one.organ,
            organ_name: one.organ_name,
            division: one.division,
            domains: policy.domains,
            items: vec![],
        };
        house.announce(event, told, change).await
    })
}
