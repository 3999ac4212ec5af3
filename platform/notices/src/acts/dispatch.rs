//! 投递: what is due is taken under a lease, sent with no transaction open, and how it went is written down. Who
//! is killed between has not written it down, and it is sent again under the same key: at least once, and a
//! receiver can tell that it is the same.

use std::sync::Arc;

use jiff::SignedDuration;
use ledger::{Actor, Desk, Entry};
use store::{Statements, parse_moment};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use web::{Errand, Fault, House, Later, Site};

use super::{ActError, confirmation};
use crate::contact::{Contact, Way};
use crate::message::{Message, Purpose, Told};
use crate::pass::{self, Pass};
use crate::rhythm::pause;
use crate::sending::{SendFault, Ways};
use crate::store::{DeliveryState, Due, State, Subscriber, items_of};

/// Goes on beside the worker.
pub(crate) const ERRAND: Errand = Errand { name: "notices.dispatch", step };

/// So many are taken at a time, and so many are sent side by side.
const HANDFUL: i64 = 50;
const SIDE_BY_SIDE: usize = 8;

/// Whoever takes some has sent them by then, or is no more.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// After so many attempts it waits for a person (docs/readings/215).
pub const MOST_ATTEMPTS: i64 = 8;

/// So many in a row that were not taken, and the address is told nothing any more (docs/readings/215).
pub const MOST_BOUNCES: i64 = 3;

fn step(house: &House) -> Later<'_, bool> {
    Box::pin(async move { round(house).await.map(|many| many > 0).map_err(Fault::inside) })
}

/// How one was sent.
enum Outcome {
    Sent,
    Dropped(&'static str),
    Failed(SendFault),
}

/// Sends one handful of what is due; says how many there were.
///
/// # Errors
/// The database refuses, or the keys cannot be used. Nothing that was taken is lost.
pub async fn round(house: &House) -> Result<usize, ActError> {
    let (ledger, now) = (house.ledger(), house.ledger().clock().now());
    if !Due::any(house.store(), now).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let due = Due::take(desk.change(), now, (LEASE, HANDFUL)).await?;
    if due.is_empty() {
        return Ok(0);
    }
    desk.record(entry("dispatch", serde_json::json!({ "deliveries": due.len() }))).await?;
    desk.seal().await?;
    let outcomes = sent(house, &due).await?;
    let mut desk = ledger.desk(Actor::Timer).await?;
    let (mut arrived, mut failed) = (0, 0);
    for (one, outcome) in &outcomes {
        match outcome {
            Outcome::Sent => arrived += 1,
            Outcome::Failed(_) => failed += 1,
            Outcome::Dropped(_) => {}
        }
        ended(&mut desk, one, outcome).await?;
    }
    let facts = serde_json::json!({ "sent": arrived, "failed": failed });
    desk.record(entry("delivery", facts)).await?;
    desk.seal().await?;
    Ok(outcomes.len())
}

fn entry(act: &'static str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "notices",
        act,
        subject: "notice_delivery".into(),
        organ: String::new(),
        basis: super::push::BASIS.into(),
        facts,
    }
}

/// Sends each, some side by side.
async fn sent(house: &House, due: &[Due]) -> Result<Vec<(Due, Outcome)>, ActError> {
    let Some(ways) = house.furnishing::<Ways>() else {
        let not_set = |one: &Due| (one.clone(), Outcome::Failed(SendFault::NotSet(Way::Email)));
        return Ok(due.iter().map(not_set).collect());
    };
    let places = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let (mut outcomes, mut sending) = (Vec::with_capacity(due.len()), JoinSet::new());
    for one in due {
        let (way, contact, message) = match written(house, ways, one).await? {
            Ok(written) => written,
            Err(why) => {
                outcomes.push((one.clone(), Outcome::Dropped(why)));
                continue;
            }
        };
        let (one, ways, places) = (one.clone(), ways.clone(), Arc::clone(&places));
        sending.spawn(async move {
            let _place = places.acquire_owned().await;
            let outcome = match ways.send(way, &contact, &message).await {
                Ok(()) => Outcome::Sent,
                Err(fault) => Outcome::Failed(fault),
            };
            (one, outcome)
        });
    }
    while let Some(done) = sending.join_next().await {
        // One that broke off is not written down, and is taken again when its lease has run out.
        outcomes.extend(done.ok());
    }
    Ok(outcomes)
}

type Written = (Way, Contact, Message);

/// What is sent, and where; or why there is nothing to send.
async fn written(
    house: &House,
    ways: &Ways,
    due: &Due,
) -> Result<Result<Written, &'static str>, ActError> {
    let store = house.store();
    let Some(subscriber) = Subscriber::find(store, &due.subscriber).await? else {
        return Ok(Err("订阅已经删除"));
    };
    let sealer = house.sealer()?;
    let Some(contact) = subscriber.contact(sealer)? else { return Ok(Err("还没有地址")) };
    let purpose = Purpose::named(&due.purpose).unwrap_or(Purpose::Digest);
    let tells = matches!(purpose, Purpose::Digest | Purpose::Push);
    if tells && subscriber.state != State::Active {
        return Ok(Err("订阅已经停用"));
    }
    let directory = house.directory();
    let site = directory.all().iter().find(|site| site.base() == subscriber.site);
    let Some(site) = site else { return Ok(Err("站点已经没有")) };
    let told: Vec<Told> = match tells {
        true => told(store, site, ways, &due.id).await?,
        false => vec![],
    };
    if tells && told.is_empty() {
        return Ok(Err("要发的信息已经撤下"));
    }
    let topics = Subscriber::topics(store, &subscriber.id, tells).await?;
    let address = |pass: Pass, path: &str| {
        let pass = pass.made(sealer, &subscriber.id)?;
        Ok::<_, secrets::Refused>(absolute(site, ways, &format!("{path}/{pass}")))
    };
    let (onward, challenge) = match (purpose, subscriber.way) {
        (Purpose::Confirm | Purpose::Link, Way::Sms) => {
            (String::new(), pass::code(sealer, &subscriber.id, &subscriber.code)?)
        }
        (Purpose::Confirm, _) => {
            (address(Pass::Confirm, "/dingyue/queren")?, Pass::Enter.made(sealer, &subscriber.id)?)
        }
        _ => (address(Pass::Manage, "/dingyue/wode")?, String::new()),
    };
    let message = Message {
        id: due.id.clone(),
        purpose,
        at: house.ledger().clock().now().as_second(),
        site: site.frame.name.clone(),
        subject: subject(purpose, site, &told),
        topics: topics.iter().map(crate::topic::Topic::named).collect(),
        told,
        onward,
        leave: tells.then(|| address(Pass::Leave, "/dingyue/tui")).transpose()?,
        challenge,
    };
    Ok(Ok((subscriber.way, contact, message)))
}

async fn told(
    from: &impl Statements,
    site: &Site,
    ways: &Ways,
    delivery: &str,
) -> Result<Vec<Told>, ActError> {
    let told = items_of(from, delivery).await?.into_iter().map(|item| Told {
        address: absolute(site, ways, &item.path),
        became: item.became,
        title: item.title,
        organ: item.organ_name,
        day: parse_moment(&item.at)
            .map(|at| ledger::day_in_china(at).to_string())
            .unwrap_or_default(),
        words: item.words,
    });
    Ok(told.collect())
}

/// The whole address of a page of a site.
pub(crate) fn absolute(site: &Site, ways: &Ways, path: &str) -> String {
    let origin = site.frame.origin.as_deref().or(ways.origin()).unwrap_or_default();
    format!("{origin}{}", site.link(path))
}

fn subject(purpose: Purpose, site: &Site, told: &[Told]) -> String {
    let place = &site.place;
    match (purpose, told) {
        (Purpose::Confirm, _) => format!("请确认订阅{place}政务公开信息"),
        (Purpose::Link, _) => format!("管理您在{place}政务公开平台的订阅"),
        (_, [one]) => one.title.clone(),
        (_, all) => format!("{place}政务公开：{} 条新信息", all.len()),
    }
}

async fn ended(desk: &mut Desk, one: &Due, outcome: &Outcome) -> Result<(), ActError> {
    let now = desk.now();
    match outcome {
        Outcome::Sent => {
            one.end(desk.change(), (DeliveryState::Sent, ""), None, now).await?;
            Subscriber::took(desk.change(), &one.subscriber).await?;
            answered(desk, one).await
        }
        Outcome::Dropped(why) => {
            Ok(one.end(desk.change(), (DeliveryState::Dropped, why), None, now).await?)
        }
        Outcome::Failed(fault) => failed(desk, one, fault).await,
    }
}

/// A program that gave back what it was asked has said that the address is his.
async fn answered(desk: &mut Desk, one: &Due) -> Result<(), ActError> {
    if one.purpose != Purpose::Confirm.word() {
        return Ok(());
    }
    match Subscriber::find(desk.change(), &one.subscriber).await? {
        Some(known) if known.way == Way::Webhook => confirmation::confirm(desk, &known).await,
        _ => Ok(()),
    }
}

async fn failed(desk: &Desk, one: &Due, fault: &SendFault) -> Result<(), ActError> {
    let (change, now, words) = (desk.change(), desk.now(), fault.to_string());
    let lasting = !matches!(fault, SendFault::Later(_)) || one.attempts >= MOST_ATTEMPTS;
    if !lasting {
        let again = now.checked_add(pause(one.attempts)).unwrap_or(now);
        let state = (DeliveryState::Waiting, words.as_str());
        return Ok(one.end(change, state, Some(again), now).await?);
    }
    one.end(change, (DeliveryState::Failed, &words), None, now).await?;
    if !matches!(fault, SendFault::NotSet(_)) {
        Subscriber::bounced(change, &one.subscriber, (MOST_BOUNCES, &words), now).await?;
    }
    Ok(())
}
