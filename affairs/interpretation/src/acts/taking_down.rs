//! 下线与恢复: what a document says is shown no more, so what interprets it is not either; when it is shown again, so
//! is that. Heard of from whoever keeps the document, by what the ledger calls it.

use interpretation_rules::InterpretationState as State;
use ledger::{Actor, Desk, Event, Ledger};
use serde_json::json;
use store::{Statements, Transaction, moment};
use web::{Fault, House, Later, Listener};

use super::{ActError, public_entry};
use crate::drafts::DOCUMENT;
use crate::inscription;
use crate::store::{Interpretation, Policy};

/// Hears when documents are taken down and restored, and when drafts are deleted or are not to be public.
pub(crate) const LISTENERS: &[Listener] = &[
    Listener {
        name: "interpretation.documents",
        acts: &[
            "records.withdrawal",
            "records.restoration",
            "records.destruction",
            // A correction may leave a document to a group alone.
            "records.correction",
        ],
        hear,
    },
    Listener {
        name: "interpretation.drafts",
        acts: &["records.deletion", "records.attribute_change", "records.attribute_confirmation"],
        hear: hear_draft,
    },
];

/// Notes whether the document is shown now; hearing twice changes nothing. What follows from it is done by
/// [`follow`], at a desk.
fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(policy) = Policy::called(change, &event.subject).await? else { return Ok(()) };
        let Some(source) = house.inscribed(&event.subject) else { return Ok(()) };
        let shown = (source.page)(house.store(), &event.subject).await?.is_some();
        if shown != policy.shown {
            policy.show(change, shown).await?;
        }
        if event.act == "correction" && policy.interpreted_at.is_some() {
            policy.note_correction(change, &moment(event.happened_at)).await?;
        }
        Ok(())
    })
}

/// Notes whether the draft may still be published; where it may not, nobody has anything to do for it.
fn hear_draft<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(draft) = event.subject.strip_prefix("draft:") else { return Ok(()) };
        let found = Policy::of_piece(change, (DOCUMENT, draft)).await?;
        let Some(policy) = found else { return Ok(()) };
        let publisher = house.publishers().get(DOCUMENT)?;
        let content = (publisher.content)(&change.reading(), draft).await?;
        policy.shelve(change, content.is_none()).await?;
        Ok(())
    })
}

/// So many are taken down or restored in one act.
const AT_ONCE: i64 = 50;

/// Interpretations that are shown though their document is not, and the other way round.
const ASTRAY: &str = "SELECT i.id AS id FROM policy_document d
                         JOIN interpretation i ON i.policy = d.id AND i.state = 'published'
                        WHERE d.shown = 0
                       UNION ALL
                       SELECT i.id AS id FROM interpretation i
                         JOIN policy_document d ON d.id = i.policy AND d.shown = 1
                        WHERE i.state = 'down' AND i.pulled = 0
                       ORDER BY id LIMIT $1";

/// Takes down what interprets a document that is shown no more, and restores what interprets one that is shown again.
pub(crate) const CHORE: web::Chore = web::Chore {
    name: "interpretation.taking_down",
    every: std::time::Duration::from_secs(2),
    work: |house| Box::pin(async move { follow(house.ledger()).await.map_err(Fault::inside) }),
};

/// One round of it.
///
/// # Errors
/// The database refuses.
pub async fn follow(ledger: &Ledger) -> Result<(), ActError> {
    #[derive(store::FromQueryResult)]
    struct Id {
        id: String,
    }
    let astray: Vec<Id> = ledger.store().all(ASTRAY, vec![AT_ONCE.into()]).await?;
    for Id { id } in astray {
        one(ledger.desk(Actor::Timer).await?, &id).await?;
    }
    Ok(())
}

async fn one(mut desk: Desk, id: &str) -> Result<(), ActError> {
    let found = Interpretation::find(desk.change(), id).await?;
    let Some(one) = found else { return Ok(()) };
    let Some(policy) = Policy::find(desk.change(), &one.policy).await? else { return Ok(()) };
    let (event, to, down_at) = match policy.shown {
        false => (
            interpretation_rules::InterpretationEvent::TakeDown,
            State::Down,
            Some(moment(desk.now())),
        ),
        true => (interpretation_rules::InterpretationEvent::Restore, State::Published, None),
    };
    if one.state.after(event).is_err()
        || !one.show(desk.change(), (one.state, to), down_at.as_deref()).await?
    {
        return Ok(());
    }
    let act = if policy.shown { "restoration" } else { "withdrawal" };
    let document = policy.appeared.as_ref().map(|(subject, _)| subject.clone());
    desk.record(public_entry(act, &one, json!({ "document": document }))).await?;
    let leaf = match policy.shown {
        true => inscription::leaf(&one, &policy).restoring(),
        false => ledger::Leaf::withdrawal(one.subject(), ledger::Withdrawal::InError),
    };
    desk.publish_leaf(leaf)?;
    Ok(desk.seal().await?)
}
