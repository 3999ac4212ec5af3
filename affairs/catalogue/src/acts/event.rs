//! 登记起算事件: what happened that makes information due (预算已批准, 收到征地批准文件), so that the
//! clock runs before anything is published.

use identity::Organ;
use law::Date;
use ledger::{Desk, Entry};
use store::moment;

use super::ActError;
use super::computation::{self, BASIS, Occasion};
use crate::store::{Domain, EventLine, KeyedItem, NewEvent, Obligation, Scope};

/// What is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The code of the organ that owes the information.
    pub organ: String,
    /// The domain, by any of its names.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// What happened, as people say it; words that name a special scope choose its limit.
    pub words: String,
    /// The day it happened, or will.
    pub happened_on: Date,
}

/// What came of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The event's key.
    pub id: String,
    /// What is owed since.
    pub obligation: Obligation,
}

/// What happened is said in so many characters at most; it stands on public pages.
const LONGEST: usize = 200;

/// An event of more years ago, or more years ahead, is a slip of the pen.
const OLDEST: i16 = 20;
const FARTHEST: i16 = 3;

/// Registers an event; what it makes due is computed at once.
///
/// # Errors
/// The organ or the domain is unknown, no catalogue that governs the organ has the item, it is given
/// only on request, nothing or too much is said of what happened, its year is
/// implausible, or the database refuses.
pub async fn keep(mut desk: Desk, given: Registration) -> Result<Registered, ActError> {
    let change = desk.change();
    let words = given.words.trim();
    if words.is_empty() {
        return Err(ActError::NoWords("发生了什么"));
    }
    if words.chars().count() > LONGEST {
        return Err(ActError::TooWordy("发生了什么", LONGEST));
    }
    let years = given.happened_on.year() - desk.today().year();
    if !(-OLDEST..=FARTHEST).contains(&years) {
        return Err(ActError::Implausible(given.happened_on));
    }
    let organ = Organ::find(change, &given.organ).await?;
    let organ = organ.ok_or_else(|| ActError::NoOrgan(given.organ.clone()))?;
    let domain = Domain::called(change, &given.domain).await?;
    let domain = domain.ok_or_else(|| ActError::NoDomain(given.domain.clone()))?;
    let place = (organ.code.as_str(), organ.division.as_str());
    if !KeyedItem::is_asked_of(change, place, &domain, &given.item, desk.today()).await? {
        return Err(ActError::NoItem(given.item));
    }
    let event = NewEvent {
        id: uuid::Uuid::now_v7().to_string(),
        organ: organ.code,
        division: organ.division,
        domain,
        item: given.item,
        words: words.to_owned(),
        happened_on: given.happened_on,
    };
    event.add(change, &moment(desk.now()), &desk.actor().word()).await?;
    let facts = serde_json::json!({
        "domain": event.domain, "item": event.item, "words": event.words,
        "happened_on": event.happened_on,
    });
    let cause = desk.record(entry("event", &event.id, &event.organ, facts)).await?;
    let owed = owed(&desk, &event, &cause).await?.ok_or(ActError::OnRequestOnly)?;
    desk.seal().await?;
    Ok(Registered { id: event.id, obligation: owed })
}

/// Withdraws an event that was registered by mistake; it stays, with the reason.
///
/// # Errors
/// There is no such event, no reason is given, or the database refuses.
pub async fn end(mut desk: Desk, id: &str, reason: &str) -> Result<(), ActError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ActError::NoWords("撤回的理由"));
    }
    let event = EventLine::find(desk.change(), id).await?;
    let event = event.filter(|event| event.ended_reason.is_none());
    let event = event.ok_or_else(|| ActError::NoEvent(id.to_owned()))?;
    event.end(desk.change(), reason).await?;
    let facts = serde_json::json!({ "domain": event.domain, "item": event.item, "reason": reason });
    let cause = desk.record(entry("event_end", id, &event.organ, facts)).await?;
    renew(&desk, Scope::item(event.division, event.domain, event.item), &cause).await?;
    Ok(desk.seal().await?)
}

async fn owed(desk: &Desk, event: &NewEvent, cause: &str) -> Result<Option<Obligation>, ActError> {
    let (division, domain, item) = (&event.division, &event.domain, &event.item);
    renew(desk, Scope::item(division, domain, item), cause).await?;
    let owed = Obligation::of_item(desk.change(), division, domain, item).await?;
    let ours = catalogue_rules::obligation::Trigger::Event(event.id.clone());
    Ok(owed.into_iter().find(|one| one.trigger == ours))
}

async fn renew(desk: &Desk, scope: Scope, cause: &str) -> Result<(), ActError> {
    let occasion =
        Occasion { calendar: desk.calendar(), today: desk.today(), now: desk.now(), cause };
    computation::renew(desk.change(), [scope], occasion).await?;
    Ok(())
}

fn entry(act: &'static str, id: &str, organ: &str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "catalogue",
        act,
        subject: format!("event:{id}"),
        organ: organ.to_owned(),
        basis: BASIS.into(),
        facts,
    }
}
