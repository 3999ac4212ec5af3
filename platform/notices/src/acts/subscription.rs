//! 订阅: an address is given, and asked whether it is his who gave it. Until it says yes nothing else is sent
//! there (个人信息保护法第十四条).

use jiff::SignedDuration;
use ledger::Desk;
use secrets::Sealer;

use super::{ActError, entry};
use crate::contact::{Contact, Way};
use crate::message::Purpose;
use crate::rhythm::Rhythm;
use crate::store::{Delivery, NewDelivery, Subscriber, put_deliveries};
use crate::topic::Topic;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How.
    pub way: Way,
    /// Where; `None` where it is known only later (WeChat).
    pub contact: Option<Contact>,
    /// How often.
    pub rhythm: Rhythm,
    /// What.
    pub topics: Vec<Topic>,
    /// The address prefix of the site.
    pub site: String,
    /// Lowest and highest division code of the site.
    pub range: (String, String),
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The subscriber.
    pub id: String,
    /// What a program checks signatures with, told once; empty for people and for who is known already.
    pub secret: String,
}

/// An address is asked so many times in this time at most: nobody fills a stranger's mailbox.
const MOST_ASKED: (i64, SignedDuration) = (3, SignedDuration::from_hours(24));

/// A number sent to a telephone is good for so long.
const CODE_GOOD: SignedDuration = SignedDuration::from_mins(15);

/// Keeps what is asked for, and asks the address. Whether it was known before is told to nobody.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn keep(mut desk: Desk, sealer: &Sealer, wanted: Wanted) -> Result<Asked, ActError> {
    let asked = taken(&mut desk, sealer, wanted).await?;
    desk.seal().await?;
    Ok(asked)
}

/// The same at a desk that is still open: whoever sends twice under one key keeps the answer beside it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn taken(desk: &mut Desk, sealer: &Sealer, wanted: Wanted) -> Result<Asked, ActError> {
    let now = desk.now();
    let known = match &wanted.contact {
        Some(contact) => {
            let marks = contact.marks(sealer, wanted.way)?;
            Subscriber::at(desk.change(), (wanted.way, &wanted.site), &marks).await?
        }
        None => None,
    };
    let asked = match known {
        Some(known) => Asked { id: known.id, secret: String::new() },
        None => added(desk, sealer, &wanted).await?,
    };
    let range = (wanted.range.0.as_str(), wanted.range.1.as_str());
    Subscriber::follow(desk.change(), &asked.id, range, (&wanted.topics, false), now).await?;
    if wanted.way != Way::Wechat {
        ask(desk, (&asked.id, wanted.way)).await?;
    }
    let kinds: Vec<&str> = wanted.topics.iter().map(|topic| topic.kind.word()).collect();
    let facts = serde_json::json!({ "way": wanted.way.word(), "kinds": kinds });
    desk.record(entry("subscription", &asked.id, facts)).await?;
    Ok(asked)
}

async fn added(desk: &Desk, sealer: &Sealer, wanted: &Wanted) -> Result<Asked, ActError> {
    let id = uuid::Uuid::now_v7().to_string();
    let contact = match (&wanted.contact, wanted.way) {
        (Some(contact), Way::Webhook) => Some(
            contact
                .clone()
                .with_new_secret()
                .map_err(|_| ActError::Refused("系统没有给出随机数，现在不能订阅。请稍后再试。"))?,
        ),
        (contact, _) => contact.clone(),
    };
    let (mark, sealed, secret) = match contact {
        Some(contact) => {
            let mark = contact.marks(sealer, wanted.way)?.into_iter().next();
            let mark = mark.map(|mark| mark.as_str().to_owned()).unwrap_or_default();
            let sealed = contact.sealed(sealer, &id)?;
            (mark, sealed, contact.secret)
        }
        None => Default::default(),
    };
    let of = (id.as_str(), wanted.way, wanted.site.as_str());
    Subscriber::add(desk.change(), of, (&mark, &sealed), wanted.rhythm, desk.now()).await?;
    Ok(Asked { id, secret })
}

/// Asks an address whether it is his, unless it was asked often already.
pub(crate) async fn ask(desk: &Desk, (id, way): (&str, Way)) -> Result<(), ActError> {
    sent(desk, (id, way), Purpose::Confirm).await
}

/// Sends the link, or the number, by which an address is confirmed or managed.
pub(crate) async fn sent(
    desk: &Desk,
    (id, way): (&str, Way),
    purpose: Purpose,
) -> Result<(), ActError> {
    let (now, (most, within)) = (desk.now(), MOST_ASKED);
    let since = now.checked_sub(within).unwrap_or(now);
    let mut many = 0;
    for purpose in [Purpose::Confirm, Purpose::Link] {
        many += Delivery::made_since(desk.change(), (id, purpose), since).await?;
    }
    if many >= most {
        return Ok(());
    }
    if way == Way::Sms {
        let until = now.checked_add(CODE_GOOD).unwrap_or(now);
        let drawn = uuid::Uuid::now_v7().to_string();
        Subscriber::draw(desk.change(), id, (&drawn, until)).await?;
    }
    let delivery = NewDelivery::now(id, purpose, now);
    Ok(put_deliveries(desk.change(), &[delivery], now).await?)
}

/// Sends an address the link by which it is managed, where it is known. Whether it is, is told to nobody.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn remind(
    mut desk: Desk,
    sealer: &Sealer,
    (way, site): (Way, &str),
    contact: &Contact,
) -> Result<Option<String>, ActError> {
    let marks = contact.marks(sealer, way)?;
    let Some(known) = Subscriber::at(desk.change(), (way, site), &marks).await? else {
        return Ok(None);
    };
    sent(&desk, (&known.id, way), Purpose::Link).await?;
    desk.record(entry("reminder", &known.id, serde_json::json!({ "way": way.word() }))).await?;
    desk.seal().await?;
    Ok(Some(known.id))
}
