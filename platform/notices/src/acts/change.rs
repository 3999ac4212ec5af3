//! 变更: who has the link of an address changes what is sent there, and how often.

use ledger::Desk;
use secrets::Sealer;

use super::{ActError, entry};
use crate::contact::Way;
use crate::rhythm::Rhythm;
use crate::store::{Delivery, Subscriber};
use crate::topic::Topic;

/// Follows only those topics that are kept, at another rhythm.
///
/// # Errors
/// There is no such subscriber, nothing would be left, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    id: &str,
    kept: &[Topic],
    rhythm: Rhythm,
) -> Result<(), ActError> {
    Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    let now = Subscriber::topics(desk.change(), id, true).await?;
    let left: Vec<&Topic> = now.iter().filter(|topic| !kept.contains(topic)).collect();
    if left.len() == now.len() {
        let words = "至少留下一项；都不要了的，请在下面退订".to_owned();
        return Err(ActError::Field("neirong", words));
    }
    for topic in &left {
        Subscriber::unfollow(desk.change(), id, topic).await?;
    }
    Subscriber::set_rhythm(desk.change(), id, rhythm).await?;
    Delivery::hasten(desk.change(), id, rhythm.due(desk.now())).await?;
    let facts = serde_json::json!({ "left": left.len(), "rhythm": rhythm.word() });
    desk.record(entry("change", id, facts)).await?;
    Ok(desk.seal().await?)
}

/// Draws another secret for a program, told once; from now on what is sent there is signed with it.
///
/// # Errors
/// There is no such program, the keys cannot be used, or the database refuses.
pub async fn secret(mut desk: Desk, sealer: &Sealer, id: &str) -> Result<String, ActError> {
    let known = Subscriber::find(desk.change(), id).await?.ok_or(ActError::GONE)?;
    let contact = known.contact(sealer)?.filter(|_| known.way == Way::Webhook);
    let contact = contact.ok_or(ActError::GONE)?.with_new_secret();
    let contact = contact.map_err(|_| ActError::NO_RANDOM)?;
    Subscriber::reseal(desk.change(), id, &contact.sealed(sealer, id)?).await?;
    desk.record(entry("secret_change", id, serde_json::json!({}))).await?;
    desk.seal().await?;
    Ok(contact.secret)
}
