//! 标准文本修订 and 文书设置 (通知三(二) 推行标准文本): an organ adapts its letters, each version kept. A text is
//! checked before it is kept, so that no letter can go out with an empty place.

use ::store::moment;
use law::{Provision, document};
use ledger::{Desk, Entry};
use review::Signatory;
use serde_json::{Value as Json, json};

use super::{ActError, reasoned};
use crate::letters::{Sender, Text, TextKey};
use crate::store::TextVersion;

/// The notice that asks for standard texts.
const NOTICE: Provision = document("厦府办〔2020〕67号");

/// A new version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Whose text.
    pub key: TextKey,
    /// The text; empty to take up the platform's again.
    pub body: String,
    /// Why.
    pub reason: String,
    /// The version whoever writes has seen.
    pub seen: i64,
}

/// Keeps a new version of an organ's text; the number it has.
///
/// # Errors
/// The text has faults, all told; there is no reason; somebody else revised it meanwhile.
pub async fn revise(mut desk: Desk, by: &Signatory, new: Revision) -> Result<i64, ActError> {
    let reason = reasoned(&new.reason)?;
    let body = new.body.trim().replace("\r\n", "\n");
    if !body.is_empty() {
        let read = Text::read(new.key, new.seen + 1, &body);
        read.map_err(|faults| ActError::Faults(faults.iter().map(ToString::to_string).collect()))?;
    }
    let newest = TextVersion::of_text(desk.change(), &by.organ, new.key).await?;
    let seen = overtaken(&newest, new.seen)?;
    let version = kept(&desk, by, seen + 1, body, reason);
    version.add_text(desk.change(), (&by.organ, new.key, &by.person)).await?;
    let facts = json!({
        "letter": new.key.title(desk.today()),
        "version": version.version,
        "standard": version.body.is_empty(),
    });
    desk.record(entry("letter_text", by, facts)).await?;
    desk.seal().await?;
    Ok(version.version)
}

/// Keeps an organ's settings for its letters.
///
/// # Errors
/// Something is missing, there is no reason, or somebody else changed them meanwhile.
pub async fn set_up(
    mut desk: Desk,
    by: &Signatory,
    (sender, reason, seen): (&Sender, &str, i64),
) -> Result<i64, ActError> {
    let reason = reasoned(reason)?;
    let needed = [
        (&sender.mark, "没有写机关代字。改法: 例如“云府办公开”"),
        (&sender.review_organ, "没有写行政复议机关。改法: 写全称"),
        (&sender.court, "没有写管辖法院。改法: 写全称"),
    ];
    let faults = needed.into_iter().filter(|(text, _)| text.trim().is_empty());
    let faults: Vec<String> = faults.map(|(_, fault)| fault.to_owned()).collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let newest = TextVersion::of_sender(desk.change(), &by.organ).await?;
    let seen = overtaken(&newest, seen)?;
    let body = json!(sender).to_string();
    let version = kept(&desk, by, seen + 1, body, reason);
    version.add_sender(desk.change(), (&by.organ, &by.person)).await?;
    let facts = json!({ "version": version.version, "mark": sender.mark });
    desk.record(entry("letter_setting", by, facts)).await?;
    desk.seal().await?;
    Ok(version.version)
}

fn overtaken(newest: &[TextVersion], seen: i64) -> Result<i64, ActError> {
    match newest.first() {
        Some(last) if last.version != seen => Err(ActError::Refused(
            "刚才有人保存了新的一版",
            "看过新的一版，勾选“以这里写的为准”再保存；您写的还在这里",
        )),
        Some(last) => Ok(last.version),
        None => Ok(0),
    }
}

fn kept(desk: &Desk, by: &Signatory, version: i64, body: String, reason: String) -> TextVersion {
    let saved_at = moment(desk.now());
    TextVersion { version, body, reason, name: by.name.clone(), saved_at }
}

fn entry(act: &'static str, by: &Signatory, facts: Json) -> Entry {
    Entry {
        room: "requests",
        act,
        subject: format!("organ:{}", by.organ),
        organ: by.organ.clone(),
        basis: NOTICE.to_string(),
        facts,
    }
}
