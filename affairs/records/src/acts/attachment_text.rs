//! 附件的文字和预览: what published attachments say is read from their clean copies, so that they are found by it,
//! and what is shown of each before it is fetched.
//!
//! A child that has shut itself in reads each file, outside of any transaction; what it says is kept, and the
//! search hears of the record (docs/readings/210, 244). The copy is read, never what was uploaded: what was masked
//! is found by nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::store::moment;
use documents::{Preview, Refusal};
use ledger::{Actor, Entry};
use web::{Errand, House};

use super::ActError;
use crate::files;
use crate::store::{Attachment, Seen, Unread};

/// So many contents in one step, each with whatever records have it.
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

/// What a reader has found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its visible text; `None` where it cannot be read.
    pub text: Option<String>,
    /// Its pages and tables, as far as they are shown.
    pub preview: Preview,
    /// The picture of its first page as PNG; empty for none.
    pub picture: Vec<u8>,
}

impl Found {
    /// What two readings gave; a file that cannot be shown may still be read.
    pub fn of(text: Result<String, Refusal>, shown: Result<(Preview, Vec<u8>), Refusal>) -> Self {
        let (preview, picture) = shown.unwrap_or_default();
        Self { text: text.ok(), preview, picture }
    }
}

/// What reads a file.
pub type Reader = fn(&[u8], &str) -> Found;

async fn step(house: &House) -> Result<bool, ActError> {
    let read: Reader = |bytes, name| {
        Found::of(documents::text_of(bytes, name), documents::preview_of(bytes, name))
    };
    let read = read_waiting(house.ledger(), house.folder(), read, STEP).await?;
    Ok(read == usize::try_from(STEP).unwrap_or_default())
}

/// Reads the next contents that wait, at most so many; says how many there were. Every record that has one of
/// them is told of.
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
    let mut texts: BTreeMap<&str, Seen> = BTreeMap::new();
    for Unread { file, .. } in &waiting {
        if !texts.contains_key(file.sha256.as_str()) {
            texts.insert(&file.sha256, seen_of(folder, file, read).await?);
        }
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let now = moment(desk.now());
    for (sha256, seen) in &texts {
        Unread::keep(desk.change(), sha256, seen, &now).await?;
    }
    let mut told = BTreeSet::new();
    for Unread { record, organ, file } in &waiting {
        // The same file twice in one document is one piece of news.
        if !told.insert((record, &file.sha256)) {
            continue;
        }
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
    Ok(texts.len())
}

/// What is seen of a file; its picture is kept in the folder.
async fn seen_of(folder: &Path, file: &Attachment, read: Reader) -> Result<Seen, ActError> {
    let Ok(bytes) = files::read(folder, &file.sha256).await else { return Ok(Seen::default()) };
    let name = file.name.clone();
    let found = tokio::task::spawn_blocking(move || read(&bytes, &name)).await;
    let Found { text, preview, picture } = found.unwrap_or_default();
    let has_picture = !picture.is_empty();
    if has_picture {
        files::keep_picture(folder, &file.sha256, picture).await?;
    }
    let text = text.map(|text| text[..text.floor_char_boundary(LONGEST)].to_owned());
    Ok(Seen { is_waiting: false, text, preview, has_picture })
}
