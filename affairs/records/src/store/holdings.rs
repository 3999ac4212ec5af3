//! What a backup must hold: how much there is, and which files are named.

use std::collections::BTreeSet;

use store::{FromQueryResult, Statements, StoreError};

use super::Attachment;

#[derive(FromQueryResult)]
struct Named {
    sha256: String,
}

#[derive(FromQueryResult)]
struct Listed {
    files: String,
}

#[derive(FromQueryResult)]
struct Uploaded {
    copy: String,
    sha256: String,
}

/// Every file that something kept names, by its path below the data folder, each once: attachments of what
/// is published, of what it said before and of every version of the drafts, and the uploads they were made
/// of. Files of what was destroyed are gone, and so are the names.
///
/// # Errors
/// The database refuses.
pub async fn file_names(from: &impl Statements) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT DISTINCT a.sha256 FROM record_attachment a
                WHERE NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = a.record)";
    let rows: Vec<Named> = from.all(sql, vec![]).await?;
    let mut copies: BTreeSet<String> = rows.into_iter().map(|row| row.sha256).collect();
    let sql = "SELECT files FROM record_former WHERE files <> '[]'
               UNION SELECT files FROM record_draft_version WHERE files <> '[]'";
    let rows: Vec<Listed> = from.all(sql, vec![]).await?;
    for row in rows {
        let files: Vec<Attachment> = serde_json::from_str(&row.files).unwrap_or_default();
        copies.extend(files.into_iter().map(|file| file.sha256));
    }
    let sql = "SELECT DISTINCT copy, sha256 FROM record_original";
    let rows: Vec<Uploaded> = from.all(sql, vec![]).await?;
    let uploads = rows.into_iter().filter(|upload| copies.contains(&upload.copy));
    let uploads = uploads.map(|upload| format!("originals/{}", place(&upload.sha256)));
    let mut names: BTreeSet<String> = uploads.collect();
    names.extend(copies.iter().map(|copy| place(copy)));
    Ok(names)
}

/// Where a file lies below the folder of its kind.
pub(crate) fn place(sha256: &str) -> String {
    format!("files/{}/{sha256}", sha256.get(..2).unwrap_or("00"))
}

/// How many records and how many drafts there are.
///
/// # Errors
/// The database refuses.
pub async fn how_many(from: &impl Statements) -> Result<(i64, i64), StoreError> {
    let records = from.number("SELECT count(*) FROM record", vec![]).await?;
    let drafts = from.number("SELECT count(*) FROM record_draft", vec![]).await?;
    Ok((records.unwrap_or_default(), drafts.unwrap_or_default()))
}
