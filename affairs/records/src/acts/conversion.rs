//! 转主动公开 (条例第四十四条): information that was given to one who asked is to be published. A room that gives it
//! tells of it in the ledger, with title and text; a draft begins out of that and goes its own way through check,
//! review and signature (docs/readings/181). Of who asked nothing is told here.

use ::store::{Transaction, moment};
use identity::Person;
use ledger::{Desk, Entry, Event};
use records_rules::{Attribute, Field, Head};
use serde_json::json;
use web::{Fault, House, Listener};

use super::{ActError, Hand};
use crate::draft::content_hash;
use crate::store::{Content, ConvertedDraft, Draft, DraftState, Saved};

/// Hears of what is to be published because it was asked for.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "records.conversion",
    acts: &["requests.conversion"],
    hear: |house, event, change| Box::pin(hear(house, event, change)),
}];

async fn hear(house: &House, event: &Event, change: &Transaction) -> Result<(), Fault> {
    if event.facts.get("publish").and_then(serde_json::Value::as_bool) != Some(true) {
        return Ok(());
    }
    begin(house, event, change).await.map_err(ActError::into_fault)
}

/// Begins the draft; hearing twice changes nothing. What was begun out of the same and thrown away is begun
/// anew. The event names actor and basis.
async fn begin(house: &House, event: &Event, change: &Transaction) -> Result<(), ActError> {
    let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
    let text = |name: &str| fact(name).unwrap_or_default().to_owned();
    let parcel = text("parcel");
    let before = ConvertedDraft::of_source(change, &event.subject).await?;
    let again = Draft::find(change, &event.organ, &event.id).await?.is_some();
    let thrown = match &before {
        Some(before) => Draft::find(change, &event.organ, &before.draft).await?,
        None => None,
    };
    let anew = thrown.is_some_and(|draft| draft.state == DraftState::Dropped);
    if again || before.is_some() && !anew {
        return Ok(ledger::parcel::empty(change, &parcel).await?);
    }
    let person = event.actor.strip_prefix("person:").unwrap_or(&event.actor);
    let name = Person::find(change, person).await?.map(|found| found.name);
    let hand = Hand {
        person: person.to_owned(),
        name: name.unwrap_or_else(|| "依申请公开转来".to_owned()),
        organ: event.organ.clone(),
        unit: text("unit"),
        stands_in_for: fact("stands_in_for").map(str::to_owned),
    };
    let at = moment(house.ledger().clock().now());
    let body = ledger::parcel::enclosed(change, &parcel).await?.unwrap_or_default();
    let draft = drafted(&hand, (text("title"), body), (&event.id, &at));
    let saved = Saved {
        content: &draft.content,
        hash: content_hash(&draft).to_string(),
        hand: &hand,
        at: &at,
        itself: false,
        due_on: draft.due_on,
    };
    draft.add(change, &saved).await?;
    let converted = ConvertedDraft {
        draft: draft.id.clone(),
        source: event.subject.clone(),
        path: text("path"),
        basis: event.basis.clone(),
    };
    converted.keep(change, &at, anew).await?;
    // the draft has it now, and can be thrown away
    Ok(ledger::parcel::empty(change, &parcel).await?)
}

/// The draft as it begins: what else it needs, whoever drafts fills in.
fn drafted(hand: &Hand, (title, body): (String, String), (id, at): (&str, &str)) -> Draft {
    let head = [(Field::Title, title), (Field::Publisher, hand.organ.clone())];
    Draft {
        id: id.to_owned(),
        organ: hand.organ.clone(),
        unit: hand.unit.clone(),
        author: hand.person.clone(),
        author_name: hand.name.clone(),
        state: DraftState::Draft,
        revision: 1,
        version: 1,
        attribute: Attribute::Proactive,
        clock_from: None,
        due_on: None,
        corrects: None,
        reason: String::new(),
        returned: String::new(),
        record: None,
        changed_at: at.to_owned(),
        content: Content { head: Head::of(head), body, items: vec![], files: vec![] },
    }
}

/// Tells, within the act that publishes a draft begun so, what it became.
pub(super) async fn published(
    desk: &mut Desk,
    draft: &Draft,
    record: &str,
) -> Result<(), ActError> {
    let Some(converted) = ConvertedDraft::of_draft(desk.change(), &draft.id).await? else {
        return Ok(());
    };
    desk.record(Entry {
        room: "records",
        act: "converted",
        subject: format!("record:{record}"),
        organ: draft.organ.clone(),
        basis: converted.basis,
        facts: json!({ "source": converted.source }),
    })
    .await?;
    Ok(())
}
