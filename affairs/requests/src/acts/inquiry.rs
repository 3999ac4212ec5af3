//! 征询 (条例第三十二条): a third party opens the letter that asks for its opinion, with the code that stands on
//! it. Whatever is wrong with a code, the answer is the same; too many wrong ones lock the address.

use ::store::moment;
use law::article;
use ledger::{Actor, Entry, Ledger};
use requests_rules::REGULATION;
use secrets::{Place, Sealer};
use serde_json::json;

use super::intake::even_code;
use super::tracking::{
    LOCKED, MOST_OF_ADDRESS, MOST_OF_CODE, NotShown, Tried, half, mark, refusal,
};
use super::{ActError, opinion};
use crate::store::{OpinionCase, tries};

/// Looks for the letter whose code was typed: the opinion it asks for, and the organ that asks.
///
/// # Errors
/// There is none, or too many wrong ones were tried.
pub async fn open(
    ledger: &Ledger,
    sealer: &Sealer,
    tried: Tried,
) -> Result<(OpinionCase, String), NotShown> {
    let failed = |error: ActError| NotShown::Failed(error);
    let stored = |error: ::store::StoreError| failed(error.into());
    let code = even_code(&half(&tried.code));
    let of_code = mark(sealer, Place::new("request_wrong_try", "", "inquiry"), &code)?;
    let of_address = mark(sealer, Place::new("request_wrong_try", "", "address"), &tried.address)?;
    let mut desk = ledger.desk(Actor::Visitor).await.map_err(|error| failed(error.into()))?;
    let (now, until) = (moment(desk.now()), moment(desk.now() + LOCKED));
    let found = opinion::with_code(desk.change(), sealer, &code).await.map_err(failed)?;
    let locked = tries::any_locked(desk.change(), [&of_code, &of_address], &now).await;
    let locked = locked.map_err(stored)?;
    let asker = match &found {
        Some(opinion) => OpinionCase::asker(desk.change(), &opinion.id).await.map_err(stored)?,
        None => None,
    };
    if let Some((opinion, organ)) = found.zip(asker).filter(|_| !locked) {
        desk.record(entry(&opinion, &organ)).await.map_err(|error| failed(error.into()))?;
        desk.seal().await.map_err(|error| failed(error.into()))?;
        return Ok((opinion, organ));
    }
    // what is locked stays locked: nothing changes and nothing is written, however often it is tried
    if locked {
        return Err(NotShown::Locked);
    }
    tries::forget(desk.change(), &moment(desk.now() - LOCKED), &now).await.map_err(stored)?;
    for (mark, most) in [(&of_code, MOST_OF_CODE), (&of_address, MOST_OF_ADDRESS)] {
        tries::count(desk.change(), mark, most, (&now, &until)).await.map_err(stored)?;
    }
    let begins = tries::any_locked(desk.change(), [&of_code, &of_address], &now).await;
    let begins = begins.map_err(stored)?;
    desk.record(refusal(begins)).await.map_err(|error| failed(error.into()))?;
    desk.seal().await.map_err(|error| failed(error.into()))?;
    Err(NotShown::Wrong)
}

fn entry(opinion: &OpinionCase, organ: &str) -> Entry {
    Entry {
        room: "requests",
        act: "inquiry_read",
        subject: format!("request:{}", opinion.request),
        organ: organ.to_owned(),
        basis: article(REGULATION, 32).to_string(),
        facts: json!({ "opinion": opinion.id }),
    }
}
