//! 催报: whoever supervises reminds an organ whose report is missing.

use identity::Organ;
use law::article;
use ledger::{Desk, Entry};
use review::Signatory;

use super::ActError;
use crate::store::{Reminder, Version};

/// Reminds an organ of its report on a year.
///
/// # Errors
/// There is no such organ, it has published, or the database refuses.
pub async fn keep(mut desk: Desk, by: &Signatory, organ: &str, year: i16) -> Result<(), ActError> {
    let found = Organ::find(desk.change(), organ).await?;
    found.ok_or(ActError::Refused("没有这个机关", "刷新页面再看"))?;
    if Version::public(desk.change(), organ, year).await?.is_some() {
        return Err(ActError::Refused("这个机关已经公布", "刷新页面再看"));
    }
    let today = desk.today();
    Reminder::add(desk.change(), (organ, year), (&by.organ, &by.name), today).await?;
    desk.record(Entry {
        room: "reports",
        act: "reminder",
        subject: format!("annual_report:{organ}:{year}"),
        organ: by.organ.clone(),
        basis: article("政府信息公开条例", 49).to_string(),
        facts: serde_json::json!({ "organ": organ, "year": year }),
    })
    .await?;
    Ok(desk.seal().await?)
}
