//! 订阅: an address is given, and asked whether it is his who gave it. Until it says yes nothing else is sent
//! there (个人信息保护法第十四条).

use jiff::SignedDuration;
use ledger::Desk;
use secrets::{Mark, Sealer};

use super::{ActError, entry};
use crate::contact::{Contact, Way};
use crate::message::Purpose;
use crate::rhythm::Rhythm;
use crate::store::{NewDelivery, State, Subscriber, asked_since, put_asking, put_deliveries};
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

/// An address is asked so many times in this time at most, on whatever site: nobody fills a stranger's mailbox
/// (docs/readings/256).
const MOST_ASKED: i64 = 3;
pub(crate) const ASKED_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// A number sent to a telephone is good for so long.
const CODE_GOOD: SignedDuration = SignedDuration::from_mins(15);

/// Keeps what is asked for, and asks the address; says who the subscriber is. Whether it was known before is told
/// to nobody.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn keep(mut desk: Desk, sealer: &Sealer, wanted: Wanted) -> Result<String, ActError> {
    let id = taken(&mut desk, sealer, wanted).await?;
    desk.seal().await?;
    Ok(id)
}

/// The same at a desk that is still open: whoever sends twice under one key keeps the answer beside it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn taken(desk: &mut Desk, sealer: &Sealer, wanted: Wanted) -> Result<String, ActError> {
    let now = desk.now();
    let marks = match &wanted.contact {
        Some(contact) => contact.marks(sealer, wanted.way)?,
        None => vec![],
    };
    let known = Subscriber::at(desk.change(), (wanted.way, &wanted.site), &marks).await?;
    let id = match known {
        Some(known) => again(desk, sealer, (known, wanted.rhythm)).await?,
        None => added(desk, sealer, (&wanted, marks.first())).await?,
    };
    let range = (wanted.range.0.as_str(), wanted.range.1.as_str());
    Subscriber::follow(desk.change(), &id, range, (&wanted.topics, false), now).await?;
    if wanted.way != Way::Wechat {
        sent(desk, (&id, wanted.way), &marks, Purpose::Confirm).await?;
    }
    let kinds: Vec<&str> = wanted.topics.iter().map(|topic| topic.kind.word()).collect();
    let facts = serde_json::json!({ "way": wanted.way.word(), "kinds": kinds });
    desk.record(entry("subscription", &id, facts)).await?;
    Ok(id)
}

/// An address that is kept already is asked for again. A program that was off may have another owner by now:
/// the first who asks for it again has another secret drawn.
async fn again(
    desk: &Desk,
    sealer: &Sealer,
    (known, rhythm): (Subscriber, Rhythm),
) -> Result<String, ActError> {
    let program = known.way == Way::Webhook && known.state == State::Off && known.wished.is_none();
    if program && let Some(contact) = known.contact(sealer)? {
        let contact = contact.with_new_secret().map_err(|_| ActError::NO_RANDOM)?;
        Subscriber::reseal(desk.change(), &known.id, &contact.sealed(sealer, &known.id)?).await?;
    }
    Subscriber::renew(desk.change(), &known.id, rhythm, desk.now()).await?;
    Ok(known.id)
}

async fn added(
    desk: &Desk,
    sealer: &Sealer,
    (wanted, mark): (&Wanted, Option<&Mark>),
) -> Result<String, ActError> {
    let id = uuid::Uuid::now_v7().to_string();
    let sealed = match (wanted.contact.clone(), wanted.way) {
        // Nobody who asks is told the secret: it goes to the address itself, with the question.
        (Some(contact), Way::Webhook) => {
            let contact = contact.with_new_secret().map_err(|_| ActError::NO_RANDOM)?;
            contact.sealed(sealer, &id)?
        }
        (Some(contact), _) => contact.sealed(sealer, &id)?,
        (None, _) => String::new(),
    };
    let mark = mark.map(Mark::as_str).unwrap_or_default();
    let of = (id.as_str(), wanted.way, wanted.site.as_str());
    Subscriber::add(desk.change(), of, (mark, &sealed), wanted.rhythm, desk.now()).await?;
    Ok(id)
}

/// Sends the link, or the number, by which an address is confirmed or managed, unless it was sent enough.
async fn sent(
    desk: &Desk,
    (id, way): (&str, Way),
    marks: &[Mark],
    purpose: Purpose,
) -> Result<(), ActError> {
    let (change, now) = (desk.change(), desk.now());
    let since = now.checked_sub(ASKED_WITHIN).unwrap_or(now);
    if asked_since(change, (marks, MOST_ASKED), since).await? >= MOST_ASKED {
        return Ok(());
    }
    if way == Way::Sms {
        let until = now.checked_add(CODE_GOOD).unwrap_or(now);
        let drawn = format!("{} {}", purpose.word(), uuid::Uuid::now_v7());
        Subscriber::draw(change, id, (&drawn, until)).await?;
    }
    let made = put_deliveries(change, &[NewDelivery::now(id, purpose, now)], now).await?;
    if let (Some(mark), 1..) = (marks.first(), made) {
        put_asking(change, mark, now).await?;
    }
    Ok(())
}

/// Sends an address the link by which it is managed, where it is known; says who he is. Whether it is, is told to
/// nobody.
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
    sent(&desk, (&known.id, way), &marks, Purpose::Link).await?;
    desk.record(entry("reminder", &known.id, serde_json::json!({ "way": way.word() }))).await?;
    desk.seal().await?;
    Ok(Some(known.id))
}
