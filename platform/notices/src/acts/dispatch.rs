//! 投递: what is due is taken under a lease, sent with no transaction open, and how it went is written down. Who
//! is killed between has not written it down, and it is sent again under the same key: at least once, and a
//! receiver can tell that it is the same.

use std::sync::Arc;

use jiff::SignedDuration;
use ledger::{Actor, Desk, Entry};
use store::parse_moment;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use web::{Errand, Fault, House, Later, Site, SiteDirectory};

use super::host::Hosts;
use super::{ActError, confirmation};
use crate::contact::{Contact, Way};
use crate::message::{Message, Purpose, Told};
use crate::pass::{self, Pass};
use crate::rhythm::pause;
use crate::sending::{SendFault, Ways};
use crate::store::{DeliveryState, Due, State, Subscriber, ToTell, items_of};

/// Go on beside the worker, each way by itself: programs that do not answer keep no letter waiting.
pub(crate) const ERRANDS: [Errand; 4] = [
    Errand { name: "notices.dispatch_mail", step: |house| step(house, Way::Email) },
    Errand { name: "notices.dispatch_sms", step: |house| step(house, Way::Sms) },
    Errand { name: "notices.dispatch_wechat", step: |house| step(house, Way::Wechat) },
    Errand { name: "notices.dispatch_webhook", step: |house| step(house, Way::Webhook) },
];

/// So many are taken at a time, and so many are sent side by side.
const HANDFUL: i64 = 50;
const SIDE_BY_SIDE: usize = 8;

/// Whoever takes some has sent them by then, or is no more.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// After so many attempts it waits for a person (docs/readings/215).
pub const MOST_ATTEMPTS: i64 = 8;

/// So many in a row that were not taken, and the address is told nothing any more (docs/readings/215).
pub const MOST_BOUNCES: i64 = 3;

/// What fails of our own is tried again so much later, and no longer than this after it was begun (a week of that it may have been
/// gathered): then it is no news any more, and waits for a person (docs/readings/255).
const OURS_AGAIN: SignedDuration = SignedDuration::from_mins(15);
const OURS_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);

fn step(house: &House, way: Way) -> Later<'_, bool> {
    Box::pin(async move { round(house, way).await.map(|many| many > 0).map_err(Fault::inside) })
}

/// How one was sent.
enum Outcome {
    Sent,
    Dropped(&'static str),
    Failed(SendFault),
}

/// Sends one handful of what is due of one way; says how many there were.
///
/// # Errors
/// The database refuses, or the keys cannot be used. Nothing that was taken is lost.
pub async fn round(house: &House, way: Way) -> Result<usize, ActError> {
    let (ledger, now) = (house.ledger(), house.ledger().clock().now());
    if !Due::any(house.store(), way, now).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let due = Due::take(desk.change(), way, now, (LEASE, HANDFUL)).await?;
    if due.is_empty() {
        return Ok(0);
    }
    desk.record(entry("dispatch", serde_json::json!({ "deliveries": due.len() }))).await?;
    desk.seal().await?;
    let outcomes = sent(house, &due).await;
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

/// Sends each, some side by side; what goes wrong with one is its own outcome.
async fn sent(house: &House, due: &[Due]) -> Vec<(Due, Outcome)> {
    let Some(ways) = house.furnishing::<Ways>() else {
        let not_set = |one: &Due| (one.clone(), Outcome::Failed(SendFault::NotSet(Way::Email)));
        return due.iter().map(not_set).collect();
    };
    let (places, mut hosts) = (Arc::new(Semaphore::new(SIDE_BY_SIDE)), Hosts::default());
    let (mut outcomes, mut sending) = (Vec::with_capacity(due.len()), JoinSet::new());
    for one in due {
        let (way, contact, message) = match written(house, one).await {
            Ok(Ok(written)) => written,
            Ok(Err(why)) => {
                outcomes.push((one.clone(), Outcome::Dropped(why)));
                continue;
            }
            Err(error) => {
                // One that cannot be written keeps back none of the others.
                tracing::error!(delivery = one.id, %error, "a message could not be written");
                outcomes.push((one.clone(), Outcome::Failed(unwritten())));
                continue;
            }
        };
        let (one, ways, places) = (one.clone(), ways.clone(), Arc::clone(&places));
        let host = hosts.of(&contact);
        sending.spawn(async move {
            let outcome = match host.turn(&places, ways.send(way, &contact, &message)).await {
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
    outcomes
}

fn unwritten() -> SendFault {
    SendFault::Ours("这一条写不出来：地址解不开，或者数据库没有应答".to_owned())
}

type Written = (Way, Contact, Message);

/// What is sent, and where; or why there is nothing to send.
async fn written(house: &House, due: &Due) -> Result<Result<Written, &'static str>, ActError> {
    let (store, ways) = (house.store(), house.furnishing::<Ways>());
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
        true => told(house, site, (&due.id, &subscriber.id)).await?,
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
        leave: (purpose != Purpose::Confirm)
            .then(|| address(Pass::Leave, "/dingyue/tui"))
            .transpose()?,
        challenge,
        tells_secret: purpose == Purpose::Confirm && subscriber.state != State::Active,
    };
    Ok(Ok((subscriber.way, contact, message)))
}

/// On which site a page of a division stands: on this one where it serves the division, otherwise on the narrowest
/// that does. What a city pushes reaches readers of a district, whose site has no such page.
fn home<'a>(directory: &'a SiteDirectory, site: &'a Site, division: &str) -> &'a Site {
    let serves = |site: &Site| (site.range.0.as_str()..=site.range.1.as_str()).contains(&division);
    if division.is_empty() || serves(site) {
        return site;
    }
    let all = directory.all().iter().map(|one| one.as_ref()).filter(|one| serves(one));
    all.max_by(|one, other| one.range.0.cmp(&other.range.0)).unwrap_or(site)
}

/// What a subscriber's delivery tells, each with its whole address.
pub(crate) async fn told(
    house: &House,
    site: &Site,
    of: (&str, &str),
) -> Result<Vec<Told>, ActError> {
    let (directory, ways) = (house.directory(), house.furnishing::<Ways>());
    let address = |item: &ToTell| {
        let own = home(&directory, site, &item.division);
        absolute(own, ways, &item.path)
    };
    let told = items_of(house.store(), of).await?.into_iter().map(|item| Told {
        address: address(&item),
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
pub(crate) fn absolute(site: &Site, ways: Option<&Ways>, path: &str) -> String {
    let settled = ways.and_then(Ways::origin);
    let origin = site.frame.origin.as_deref().or(settled).unwrap_or_default();
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
    let again = match fault {
        SendFault::Ours(_) => one.may_wait(now, OURS_LASTS).then_some(OURS_AGAIN),
        SendFault::Later(_) if one.attempts < MOST_ATTEMPTS => Some(pause(one.attempts)),
        SendFault::Later(_) | SendFault::Never(_) | SendFault::NotSet(_) => None,
    };
    if let Some(again) = again {
        let again = now.checked_add(again).unwrap_or(now);
        one.end(change, (DeliveryState::Waiting, &words), Some(again), now).await?;
        if matches!(fault, SendFault::Ours(_)) {
            one.uncount(change).await?;
        }
        return Ok(());
    }
    one.end(change, (DeliveryState::Failed, &words), None, now).await?;
    if matches!(fault, SendFault::Later(_) | SendFault::Never(_)) {
        Subscriber::bounced(change, &one.subscriber, (MOST_BOUNCES, &words), now).await?;
    }
    Ok(())
}
