//! 确认: the address says that it is his who gave it.

use ledger::Desk;
use secrets::Sealer;
use store::moment;

use super::{ActError, entry};
use crate::contact::{Contact, Way};
use crate::pass;
use crate::store::{State, Subscriber};

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
    let again = known.state == State::Active;
    let facts = serde_json::json!({ "way": known.way.word(), "again": again });
    desk.record(entry("confirmation", &known.id, facts)).await?;
    Ok(())
}

/// Confirms a telephone by the number that was sent there.
///
/// # Errors
/// The number is not the one, is too old, or was tried too often; or the database refuses.
pub async fn by_code(
    mut desk: Desk,
    sealer: &Sealer,
    (id, typed): (&str, &str),
) -> Result<(), ActError> {
    const FIELD: &str = "yanzhengma";
    let known = Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    if known.code.is_empty() || known.code_until < moment(desk.now()) {
        let words = "验证码已经过期，回到上一页再发一次".to_owned();
        return Err(ActError::Field(FIELD, words));
    }
    if known.code_tries >= MOST_TRIES {
        let words = "试错太多次，这个验证码已经作废，回到上一页再发一次".to_owned();
        return Err(ActError::Field(FIELD, words));
    }
    let code = pass::code(sealer, &known.id, &known.code)?;
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed != code {
        Subscriber::tried(desk.change(), id).await?;
        desk.record(entry("wrong_code", id, serde_json::json!({}))).await?;
        desk.seal().await?;
        return Err(ActError::Field(FIELD, "验证码不对，看一下短信再填".to_owned()));
    }
    confirm(&mut desk, &known).await?;
    Ok(desk.seal().await?)
}

/// Confirms whoever came back from WeChat, which has said who he is. Where he subscribed before, what he chose
/// now is added to that. Says which subscriber he is.
///
/// # Errors
/// There is no such subscriber, the keys cannot be used, or the database refuses.
pub async fn by_wechat(
    mut desk: Desk,
    sealer: &Sealer,
    id: &str,
    contact: &Contact,
) -> Result<String, ActError> {
    let known = Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    let marks = contact.marks(sealer, Way::Wechat)?;
    let before = Subscriber::at(desk.change(), (Way::Wechat, &known.site), &marks).await?;
    let own = match before {
        Some(before) if before.id != known.id => {
            take_over(&desk, (&known.id, &before.id)).await?;
            before
        }
        _ => {
            let mark = marks.first().map(|mark| mark.as_str().to_owned()).unwrap_or_default();
            let sealed = contact.sealed(sealer, &known.id)?;
            Subscriber::locate(desk.change(), &known.id, (&mark, &sealed)).await?;
            known
        }
    };
    confirm(&mut desk, &own).await?;
    desk.seal().await?;
    Ok(own.id)
}

/// What one chose is the other's, and the one is gone.
async fn take_over(desk: &Desk, (from, to): (&str, &str)) -> Result<(), ActError> {
    let sql = "INSERT INTO notice_subscription
                 (subscriber, kind, topic, low, high, words, confirmed, asked_at)
               SELECT $1, kind, topic, low, high, words, confirmed, asked_at
                 FROM notice_subscription WHERE subscriber = $2
               ON CONFLICT (subscriber, kind, topic, low) DO NOTHING";
    // SQLite reads ON CONFLICT after a SELECT only where the SELECT ends with a condition, as it does here.
    desk.change().run(sql, vec![to.into(), from.into()]).await?;
    Subscriber::erase(desk.change(), from).await?;
    Ok(())
}
