//! 条款变了: an answer goes when the paragraph it rests on is changed or repealed, and is not shown while its document
//! is not. Nobody has to notice: what is heard of is followed at once, and all documents are looked at in turn, for
//! 废止 and 失效 come with a day of which nobody tells (docs/readings/300).

use std::collections::BTreeSet;

use interpretation_rules::{Footing, QuestionEvent, QuestionState};
use ledger::{Actor, Desk, Event, Leaf, Ledger, Withdrawal};
use serde_json::json;
use store::Transaction;
use web::{Fault, House, Later, Listener};

use super::{ActError, question};
use crate::cited::{self, Standing};
use crate::inscription;
use crate::store::Question;

/// So many documents, or answers, are looked at in one step; no more than [`cited::AT_ONCE`].
const AT_ONCE: i64 = 50;

/// Looks at all documents on which something public rests.
pub(crate) const ROUND: web::Chore = web::Chore {
    name: "interpretation.footing_round",
    every: std::time::Duration::from_secs(900),
    work: |house| Box::pin(look_at_all(house)),
};

/// Follows what was heard.
pub(crate) const CHORE: web::Chore = web::Chore {
    name: "interpretation.footing_followed",
    every: std::time::Duration::from_secs(2),
    work: |house| Box::pin(async move { follow(house.ledger()).await.map_err(Fault::inside) }),
};

/// Hears when documents are taken down, restored and corrected.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "interpretation.footing",
    acts: &[
        "records.withdrawal",
        "records.restoration",
        "records.destruction",
        "records.correction",
        "records.expiry",
        // It may have been changed while the answer was under review.
        "interpretation.question",
    ],
    hear,
}];

/// Notes what has become of the paragraphs; hearing twice changes nothing. What follows is done by [`follow`], at a
/// desk.
fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let subject = match event.subject.strip_prefix(inscription::QUESTIONS) {
            Some(id) => Question::find(change, id).await?.map(|one| one.document.subject),
            None => Some(event.subject.clone()),
        };
        let subjects: Vec<String> = subject.into_iter().collect();
        for (one, footing) in found(house, &subjects).await? {
            one.note_footing(change, footing).await?;
        }
        Ok(())
    })
}

/// What rests on these documents, each with what has become of its paragraph: asked for all of them together.
async fn found(house: &House, subjects: &[String]) -> Result<Vec<(Question, Footing)>, Fault> {
    let resting = Question::resting_on(house.store(), subjects).await?;
    let keys: BTreeSet<String> = resting
        .iter()
        .filter_map(|one| cited::key_of(&one.document.subject).map(str::to_owned))
        .collect();
    let keys: Vec<String> = keys.into_iter().collect();
    let standing = cited::standings(house, &keys).await?;
    let footing = |one: Question| {
        let footing = Standing::footing(standing.get(&one.document.subject), &one.said.quote);
        (one, footing)
    };
    Ok(resting.into_iter().map(footing).collect())
}

/// One round over all documents.
///
/// # Errors
/// The database refuses.
pub async fn look_at_all(house: &House) -> Result<(), Fault> {
    let mut after = String::new();
    loop {
        let subjects = Question::documents(house.store(), &after, AT_ONCE).await?;
        let Some(last) = subjects.last() else { return Ok(()) };
        after.clone_from(last);
        for (one, footing) in found(house, &subjects).await? {
            moved(house.ledger(), &one, footing).await.map_err(Fault::inside)?;
        }
    }
}

/// One round over what was heard.
///
/// # Errors
/// The database refuses.
pub async fn follow(ledger: &Ledger) -> Result<(), ActError> {
    for (one, footing) in Question::astray(ledger.store(), AT_ONCE).await? {
        moved(ledger, &one, footing).await?;
    }
    Ok(())
}

/// What follows for one from what has become of its paragraph.
async fn moved(ledger: &Ledger, one: &Question, footing: Footing) -> Result<(), ActError> {
    let Some(event) = footing.follows(one.state) else { return Ok(()) };
    let mut desk = ledger.desk(Actor::Timer).await?;
    let done = match event {
        QuestionEvent::Withdraw => question::ended(&mut desk, one, None, footing.words()).await,
        _ => shown(&mut desk, one, (event, footing)).await,
    };
    match done {
        Ok(()) => Ok(desk.seal().await?),
        // Somebody was first: the next round sees what he did.
        Err(ActError::Refused(..)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// It is shown no more with its document, or again.
async fn shown(
    desk: &mut Desk,
    one: &Question,
    (event, footing): (QuestionEvent, Footing),
) -> Result<(), ActError> {
    let to = one.state.after(event)?;
    if !one.show(desk.change(), (to, footing)).await? {
        return Err(ActError::OVERTAKEN);
    }
    let (act, leaf) = match to {
        QuestionState::Published => {
            ("question_restoration", inscription::question_leaf(one).restoring())
        }
        _ => ("question_taking_down", Leaf::withdrawal(one.subject(), Withdrawal::InError)),
    };
    let facts = json!({ "document": one.document.subject });
    desk.record(question::public_entry(act, one, facts)).await?;
    desk.publish_leaf(leaf)?;
    Ok(())
}
