//! What published attachments say, for the search.

use std::collections::BTreeMap;

use documents::Preview;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{Attachment, OPEN};

/// An attachment of a published record of which nobody knows yet what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The record's key.
    pub record: String,
    /// The organ that published it.
    pub organ: String,
    /// The file.
    pub file: Attachment,
}

/// What one attachment says.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct AttachmentText {
    /// The record's key.
    pub record: String,
    /// 1, 2, 3 …, as in its address.
    pub ordinal: i64,
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Notes that it is to be learned what these files say, where nobody has.
pub(super) async fn await_reading(
    change: &Transaction,
    files: &[Attachment],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO record_attachment_text (sha256, state, text) VALUES ($1, 'waiting', '')
               ON CONFLICT (sha256) DO NOTHING";
    // In the order of all who write these rows, so that two of them wait and never stop one another.
    let mut digests: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
    digests.sort_unstable();
    digests.dedup();
    for sha256 in digests {
        change.run(sql, vec![sha256.into()]).await?;
    }
    Ok(())
}

impl Unread {
    /// The next contents that wait and belong to a record everybody may see, at most so many, each with all of
    /// those records: whichever has the file is to be found by it.
    pub(crate) async fn next(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            record: String,
            organ: String,
            name: String,
            media_type: String,
            size: i64,
            sha256: String,
        }
        let sql = format!(
            "SELECT a.record, r.organ, a.name, a.media_type, a.size, a.sha256
               FROM record_attachment_text t
               JOIN record_attachment a ON a.sha256 = t.sha256
               JOIN record r ON r.id = a.record
              WHERE {OPEN} AND t.sha256 IN
                    (SELECT DISTINCT t.sha256 FROM record_attachment_text t
                       JOIN record_attachment a ON a.sha256 = t.sha256
                       JOIN record r ON r.id = a.record
                      WHERE t.state = 'waiting' AND {OPEN} ORDER BY t.sha256 LIMIT $1)
              ORDER BY t.sha256, a.record, a.ordinal"
        );
        let rows: Vec<Row> = from.all(&sql, vec![most.into()]).await?;
        let unread = |row: Row| {
            let Row { record, organ, name, media_type, size, sha256 } = row;
            Self { record, organ, file: Attachment { name, media_type, size, sha256 } }
        };
        Ok(rows.into_iter().map(unread).collect())
    }

    /// Keeps what the file says and what is shown of it; without a text, that it cannot be read.
    pub(crate) async fn keep(
        change: &Transaction,
        sha256: &str,
        seen: &Seen,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record_attachment_text
                      SET state = $2, text = $3, taken_at = $4, preview = $5, picture = $6
                    WHERE sha256 = $1 AND state = 'waiting'";
        let state = if seen.text.is_some() { "read" } else { "unreadable" };
        let values: Vec<Value> = vec![
            sha256.into(),
            state.into(),
            seen.text.clone().unwrap_or_default().into(),
            at.into(),
            serde_json::json!(seen.preview).to_string().into(),
            i64::from(seen.has_picture).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}

/// What was seen of one content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Whether nobody has looked yet.
    pub is_waiting: bool,
    /// Its text; `None` where it cannot be read.
    pub text: Option<String>,
    /// Its pages and tables.
    pub preview: Preview,
    /// Whether a picture of its first page was kept.
    pub has_picture: bool,
}

impl Seen {
    /// What is known of a content; one that nobody knows of waits.
    pub(crate) async fn of(from: &impl Statements, sha256: &str) -> Result<Self, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            state: String,
            text: String,
            preview: Option<String>,
            picture: i64,
        }
        let sql = "SELECT state, text, preview, picture FROM record_attachment_text
                    WHERE sha256 = $1";
        let row: Option<Row> = from.one(sql, vec![sha256.into()]).await?;
        let Some(row) = row else { return Ok(Self { is_waiting: true, ..Self::default() }) };
        let preview = row.preview.and_then(|preview| serde_json::from_str(&preview).ok());
        Ok(Self {
            is_waiting: row.state == "waiting",
            text: Some(row.text).filter(|_| row.state == "read"),
            preview: preview.unwrap_or_default(),
            has_picture: row.picture != 0,
        })
    }
}

impl AttachmentText {
    /// The texts of all attachments of the records between two keys, by record, in the order of the
    /// attachments.
    pub(crate) async fn between(
        from: &impl Statements,
        (first, last): (&str, &str),
    ) -> Result<BTreeMap<String, Vec<Self>>, StoreError> {
        let sql = "SELECT a.record, a.ordinal, a.name, t.text FROM record_attachment a
                     JOIN record_attachment_text t ON t.sha256 = a.sha256 AND t.state = 'read'
                    WHERE a.record BETWEEN $1 AND $2 ORDER BY a.record, a.ordinal";
        let rows: Vec<Self> = from.all(sql, vec![first.into(), last.into()]).await?;
        let mut texts: BTreeMap<String, Vec<Self>> = BTreeMap::new();
        for row in rows {
            texts.entry(row.record.clone()).or_default().push(row);
        }
        Ok(texts)
    }
}

/// What a file said goes with the file.
pub(crate) async fn forget_text(change: &Transaction, sha256: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM record_attachment_text WHERE sha256 = $1";
    change.run(sql, vec![sha256.into()]).await.map(|_| ())
}
