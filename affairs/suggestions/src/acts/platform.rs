//! 接入 12345 平台: a platform may hand orders in by program, with a credential that is told once and kept as a keyed
//! hash; and may no longer, from one moment to the next.

use ledger::{Desk, Entry};
use secrets::Sealer;
use serde_json::json;
use store::moment;
use suggestions_rules::UNIFIED_ENTRANCE;

use super::transfer::standing;
use super::{ActError, unnamed};
use crate::store::Platform;

/// The fewest letters of a credential: nobody guesses it.
const SHORTEST: usize = 32;

/// The longest name of a platform, in letters: a decision of ours.
const LONGEST_NAME: usize = 60;

/// Lets a platform in, for a site whose divisions stand within a range, with a credential drawn for it; `organ` takes
/// what names none.
///
/// # Errors
/// The name is missing, the credential is short, there is no such organ of the site, or the database refuses.
pub async fn admit(
    mut desk: Desk,
    sealer: &Sealer,
    (name, base, organ): (&str, &str, &str),
    (low, high): (&str, &str),
    credential: &str,
) -> Result<Platform, ActError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let words = format!("写明平台的名称，不超过 {LONGEST_NAME} 字。");
        return Err(ActError::Field("name", words));
    }
    unnamed("name", &name)?;
    if credential.len() < SHORTEST {
        return Err(ActError::refused("凭证太短。"));
    }
    let organ = standing(&desk, organ).await?;
    let organ = organ.ok_or_else(|| ActError::Field("organ", "没有这个机关。".into()))?;
    // Elsewhere it would take nothing: who hands in for a site reaches the organs of that site alone.
    if !(low..=high).contains(&organ.division.as_str()) {
        let words = format!("{}不是这个网站的机关，写这个网站行政区划里的机关。", organ.name);
        return Err(ActError::Field("organ", words));
    }
    let platform = Platform {
        id: uuid::Uuid::now_v7().to_string(),
        name,
        base: base.to_owned(),
        organ: organ.code,
        made_at: moment(desk.now()),
        ended_at: None,
    };
    platform.add(desk.change(), sealer, credential).await?;
    desk.record(told("platform_admission", &platform)).await?;
    desk.seal().await?;
    Ok(platform)
}

/// Takes its credential back.
///
/// # Errors
/// There is no such platform, it was taken back before, or the database refuses.
pub async fn end(mut desk: Desk, id: &str) -> Result<Platform, ActError> {
    let platform = Platform::find(desk.change(), id).await?;
    let platform = platform.ok_or_else(|| ActError::refused("没有这个平台。"))?;
    if !Platform::end(desk.change(), (id, &moment(desk.now()))).await? {
        return Err(ActError::refused("凭证已经收回过。"));
    }
    desk.record(told("platform_end", &platform)).await?;
    desk.seal().await?;
    Ok(platform)
}

fn told(act: &'static str, platform: &Platform) -> Entry {
    Entry {
        room: "suggestions",
        act,
        subject: format!("suggestions:platform-{}", platform.id),
        organ: platform.organ.clone(),
        basis: UNIFIED_ENTRANCE.to_string(),
        facts: json!({ "name": platform.name, "base": platform.base }),
    }
}
