//! 上传附件: what came is kept for custody, what will be published is the copy that was written anew
//! (docs/readings/058).

use std::path::Path;

use documents::Examined;
use ledger::{Desk, Entry};
use store::moment;

use super::{ActError, Hand};
use crate::files::{self, Shelf};
use crate::store::{Attachment, KeptFile, Original};

/// What uploads rest on: of persons no more is handled than is needed (个人信息保护法第六条).
fn basis() -> String {
    law::article("个人信息保护法", 6).to_string()
}

/// Keeps an uploaded file as it came, and its clean copy; the attachment is the copy.
///
/// # Errors
/// There is no clean copy, a file cannot be kept, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    folder: &Path,
    hand: &Hand,
    (name, original): (&str, Vec<u8>),
    examined: Examined,
) -> Result<Attachment, ActError> {
    let copy = examined
        .cleaned
        .map_err(|_| ActError::Refused("这个附件没有干净副本", "按检查的提示处理文件以后再上传"))?;
    let size = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let at = moment(desk.now());
    let (original_size, copy_size) = (size(&original), size(&copy));
    let sha256 = files::keep(desk.change(), folder, Shelf::Copies, copy).await?;
    let kept = Original {
        sha256: files::keep(desk.change(), folder, Shelf::Originals, original).await?,
        name: name.to_owned(),
        size: original_size,
        person_name: hand.name.clone(),
        kept_at: at.clone(),
    };
    kept.keep(desk.change(), (&hand.organ, &sha256, &hand.person)).await?;
    // What the copy masks was looked for in it once more: nothing that stops a publication is left.
    let mut findings = examined.findings;
    findings.list.retain(|finding| finding.grade != documents::personal::Grade::Block);
    let known = KeptFile { clean: true, detector: documents::personal::RULES, findings };
    known.keep(desk.change(), &sha256, &at).await?;
    let facts = serde_json::json!({ "copy": sha256, "original": kept.sha256 });
    desk.record(Entry {
        room: "records",
        act: "upload",
        subject: format!("file:{sha256}"),
        organ: hand.organ.clone(),
        basis: basis(),
        facts,
    })
    .await?;
    desk.seal().await?;
    let media_type = files::media_type(name).to_owned();
    Ok(Attachment { name: name.to_owned(), media_type, size: copy_size, sha256 })
}
