//! 确认: the address says that it is his who gave it.

use ledger::Desk;
use secrets::Sealer;
use store::moment;

use super::{ActError, entry};
use crate::contact::{Contact, Way};
use crate::message::Purpose;
use crate::pass;
use crate::store::{Delivery, State, Subscriber};

/// So many wrong numbers, and another one must be sent.
const MOST_TRIES: i64 = 5;

/// Confirms an address by the link that was sent there. Twice is as good as once.
///
/// # Errors
/// There is no such subscriber, or the database refuses.
pub async fn keep(mut desk: Desk, id: &str) -> Result<(), ActError> {
    let known = Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    confirm(&mut desk, &known).await?;
    Ok(desk.seal().await?)
}

pub(crate) async fn confirm(desk: &mut Desk, known: &Subscriber) -> Result<(), ActError> {
    Subscriber::confirm(desk.change(), &known.id, desk.now()).await?;
    noted(desk, known).await
}

/// What was gathered is sent in the rhythm that was confirmed, and the ledger is told.
async fn noted(desk: &mut Desk, known: &Subscriber) -> Result<(), ActError> {
    let due = known.rhythm_to_be().due(desk.now());
    Delivery::hasten(desk.change(), &known.id, due).await?;
    let again = known.state == State::Active;
    let facts = serde_json::json!({ "way": known.way.word(), "again": again });
    desk.record(entry("confirmation", &known.id, facts)).await?;
    Ok(())
}

/// What is said of a number that is not the one, whatever the reason: no more is told of a telephone to whoever
/// does not read what is sent there.
const NOT_THE_ONE: &str =
    "验证码不对，或者已经过期、试错太多次而作废。看一下短信再填，或者回到上一页再发一次";

/// Takes the number that was sent to a telephone: it confirms what was asked for, or, sent as a link is sent,
/// leads to what is kept. Says whether something was confirmed.
///
/// # Errors
/// The number is not the one, is too old, or was tried too often; or the database refuses.
pub async fn by_code(
    mut desk: Desk,
    sealer: &Sealer,
    (id, typed): (&str, &str),
) -> Result<bool, ActError> {
    let not_the_one = || ActError::Field("yanzhengma", NOT_THE_ONE.to_owned());
    let known = Subscriber::find(desk.change(), id).await?.ok_or_else(not_the_one)?;
    let old = known.code.is_empty() || known.code_until < moment(desk.now());
    if old || known.code_tries >= MOST_TRIES {
        return Err(not_the_one());
    }
    let code = pass::code(sealer, &known.id, &known.code)?;
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed != code {
        Subscriber::tried(desk.change(), id).await?;
        desk.record(entry("wrong_code", id, serde_json::json!({}))).await?;
        desk.seal().await?;
        return Err(not_the_one());
    }
    let confirms = !known.code.starts_with(Purpose::Link.word());
    if confirms {
        confirm(&mut desk, &known).await?;
    } else {
        Subscriber::spend(desk.change(), id).await?;
        desk.record(entry("entry", id, serde_json::json!({}))).await?;
    }
    desk.seal().await?;
    Ok(confirms)
}

/// Confirms whoever came back from WeChat, which has said who he is: once, and only who was sent there and has no
/// address yet. Where he subscribed before, what he chose now is added to that. Says which subscriber he is.
///
/// # Errors
/// There is no such subscriber, he does not wait for it, the keys cannot be used, or the database refuses.
pub async fn by_wechat(
    mut desk: Desk,
    sealer: &Sealer,
    id: &str,
    contact: &Contact,
) -> Result<String, ActError> {
    let known = Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    if !known.waits_for_wechat() {
        return Err(ActError::GONE);
    }
    let marks = contact.marks(sealer, Way::Wechat)?;
    let before = Subscriber::at(desk.change(), (Way::Wechat, &known.site), &marks).await?;
    let own = match before {
        Some(before) => {
            before.takes_over(desk.change(), &known).await?;
            Subscriber::wake(desk.change(), &before.id, desk.now()).await?;
            before
        }
        None => {
            let mark = marks.first().map(|mark| mark.as_str().to_owned()).unwrap_or_default();
            let sealed = contact.sealed(sealer, &known.id)?;
            Subscriber::locate(desk.change(), &known.id, (&mark, &sealed)).await?;
            Subscriber::confirm(desk.change(), &known.id, desk.now()).await?;
            known
        }
    };
    noted(&mut desk, &own).await?;
    desk.seal().await?;
    Ok(own.id)
}
