//! 接入 12345 平台: a platform may hand orders in by program, with a credential that is told once, kept as a keyed
//! hash and ends on a day (docs/readings/310); and may no longer, from one moment to the next.

use law::Date;
use ledger::{Actor, Desk, Entry, Ledger};
use secrets::Sealer;
use serde_json::json;
use store::moment;
use suggestions_rules::{UNIFIED_ENTRANCE, credential_end, latest_credential_end};

use super::transfer::standing;
use super::{ActError, unnamed};
use crate::store::Platform;

/// The fewest letters of a credential: nobody guesses it.
const SHORTEST: usize = 32;

/// What is told where there is no platform with a key.
pub const UNKNOWN: &str = "没有这个平台。";

/// The longest name of a platform, in letters: a decision of ours.
const LONGEST_NAME: usize = 60;

/// Lets a platform in, for a site whose divisions stand within a range, with a credential drawn for it, until a day or
/// for as long as is usual; `organ` takes what names none.
///
/// # Errors
/// The name is missing or borne by another of the site, the credential is short or would hold too long, there is no
/// such organ of the site, or the database refuses.
pub async fn admit(
    mut desk: Desk,
    sealer: &Sealer,
    (name, base, organ): (&str, &str, &str),
    (low, high): (&str, &str),
    (credential, until): (&str, Option<Date>),
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
    if let Some(other) = Platform::named(desk.change(), base, &name).await? {
        let words = format!(
            "{name}已经接入，编号 {}。要换凭证的，先收回原来的；要延长的，续期。",
            other.id
        );
        return Err(ActError::Refused(words));
    }
    let ends_on = ending(desk.today(), until)?;
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
        ends_on: ends_on.to_string(),
        read_on: String::new(),
        ended_at: None,
    };
    platform.add(desk.change(), sealer, credential).await?;
    desk.record(told("platform_admission", &platform)).await?;
    desk.seal().await?;
    Ok(platform)
}

/// The last day of a credential that is given or renewed today.
fn ending(today: Date, until: Option<Date>) -> Result<Date, ActError> {
    credential_end(today, until).ok_or_else(|| {
        let words = format!("写今天到 {} 之间的一天。", latest_credential_end(today));
        ActError::Field("until", words)
    })
}

/// Lets its credential hold until another day, or for as long as is usual from today on.
///
/// # Errors
/// There is no such platform, its credential was taken back, the day is over or too far away, or the database refuses.
pub async fn renew(mut desk: Desk, id: &str, until: Option<Date>) -> Result<Platform, ActError> {
    let ends_on = ending(desk.today(), until)?;
    let platform = Platform::find(desk.change(), id).await?;
    let platform = platform.ok_or_else(|| ActError::refused(UNKNOWN))?;
    if !Platform::renew(desk.change(), id, ends_on).await? {
        return Err(ActError::refused("凭证已经收回过，不能续。请重新接入，另发一个。"));
    }
    let platform = Platform { ends_on: ends_on.to_string(), ..platform };
    desk.record(told("platform_renewal", &platform)).await?;
    desk.seal().await?;
    Ok(platform)
}

/// Writes down that a platform asks how its orders stand: once a day, however often it does.
///
/// # Errors
/// The database refuses.
pub async fn read(ledger: &Ledger, platform: &Platform) -> Result<(), ActError> {
    if platform.read_on == ledger.clock().today().to_string() {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Machine(platform.id.clone())).await?;
    if Platform::read(desk.change(), &platform.id, desk.today()).await? {
        desk.record(told("platform_reading", platform)).await?;
        desk.seal().await?;
    }
    Ok(())
}

/// Takes its credential back.
///
/// # Errors
/// There is no such platform, it was taken back before, or the database refuses.
pub async fn end(mut desk: Desk, id: &str) -> Result<Platform, ActError> {
    let platform = Platform::find(desk.change(), id).await?;
    let platform = platform.ok_or_else(|| ActError::refused(UNKNOWN))?;
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
        facts: json!({ "name": platform.name, "base": platform.base, "ends_on": platform.ends_on }),
    }
}
