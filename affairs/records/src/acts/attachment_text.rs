//! 附件的文字: what published attachments say is read from their clean copies, so that they are found by it.
//!
//! A child that has shut itself in reads each file, outside of any transaction; what it says is kept, and the
//! search hears of the record (docs/readings/210). The copy is read, never what was uploaded: what was masked
//! is found by nobody.

use std::collections::BTreeMap;
use std::path::Path;

use ::store::moment;
use ledger::{Actor, Entry};
use web::{Errand, House};

use super::ActError;
use crate::files;
use crate::store::{Attachment, Unread};

/// So many files in one step.
const STEP: i64 = 8;

/// As much of one file is kept, in bytes: a decision of ours, some forty pages of text.
const LONGEST: usize = 200_000;

/// The act that the search hears of.
pub(crate) const ACT: &str = "records.attachment_text";

/// The work itself.
pub(crate) const ERRAND: Errand = Errand {
    name: "records.attachment_text",
    step: |house| Box::pin(async move { step(house).await.map_err(ActError::into_fault) }),
};

/// What reads a file: its visible text, or none where it cannot be read.
pub type Reader = fn(&[u8], &str) -> Option<String>;

async fn step(house: &House) -> Result<bool, ActError> {
    let read: Reader = |bytes, name| documents::text_of(bytes, name).ok();
    let read = read_waiting(house.ledger(), house.folder(), read, STEP).await?;
    Ok(read == usize::try_from(STEP).unwrap_or_default())
}

/// Reads the next files that wait, at most so many; says how many there were.
///
/// # Errors
/// The database refuses.
pub async fn read_waiting(
    ledger: &ledger::Ledger,
    folder: &Path,
    read: Reader,
    most: i64,
) -> Result<usize, ActError> {
    let waiting = Unread::next(ledger.store(), most).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for Unread { file, .. } in &waiting {
        if !texts.contains_key(file.sha256.as_str()) {
            texts.insert(&file.sha256, text_of(folder, file, read).await);
        }
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let now = moment(desk.now());
    for (sha256, text) in &texts {
        Unread::keep(desk.change(), sha256, text.as_deref(), &now).await?;
    }
    for Unread { record, organ, file } in &waiting {
        desk.record(Entry {
            room: "records",
            act: "attachment_text",
            subject: format!("record:{record}"),
            organ: organ.clone(),
            // 便于公众查询: what is public is to be found.
            basis: law::article("政府信息公开条例", 24).to_string(),
            facts: serde_json::json!({ "file": file.sha256 }),
        })
        .await?;
    }
    desk.seal().await?;
    Ok(waiting.len())
}

async fn text_of(folder: &Path, file: &Attachment, read: Reader) -> Option<String> {
    let bytes = files::read(folder, &file.sha256).await.ok()?;
    let name = file.name.clone();
    let text = tokio::task::spawn_blocking(move || read(&bytes, &name)).await.ok()??;
    Some(text[..text.floor_char_boundary(LONGEST)].to_owned())
}
