//! 变更: who has the link of an address changes what is sent there, and how often.

use ledger::Desk;

use super::{ActError, entry};
use crate::rhythm::Rhythm;
use crate::store::Subscriber;
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
    let facts = serde_json::json!({ "left": left.len(), "rhythm": rhythm.word() });
    desk.record(entry("change", id, facts)).await?;
    Ok(desk.seal().await?)
}
