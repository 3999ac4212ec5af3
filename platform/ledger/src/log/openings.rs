//! Reading leaves: the history of a thing, and what opens its digests.

use std::ops::Range;

use store::{FromQueryResult, Statements, Store, StoreError};

use super::{LeafBody, PublicLog};

/// What opens a leaf's digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// 32 bytes in hexadecimal.
    pub salt: String,
    /// What was made public.
    pub content: String,
}

impl Opening {
    /// Salt and content one after the other: what the digests were made of.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = super::leaf::bytes_of(&self.salt);
        bytes.extend(self.content.as_bytes());
        bytes
    }
}

/// A leaf as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inscribed {
    /// Its place, from 0.
    pub position: i64,
    /// Its text, byte for byte.
    pub text: String,
    /// The text, read.
    pub body: LeafBody,
    /// Whether what opens it is still there.
    pub opens: bool,
}

#[derive(FromQueryResult)]
struct LeafRow {
    position: i64,
    body: String,
    opens: i64,
}

#[derive(FromQueryResult)]
struct OpeningRow {
    salt: String,
    content: String,
}

const LEAVES: &str = "
SELECT l.position, l.body,
       CASE WHEN EXISTS (SELECT 1 FROM log_opening o WHERE o.position = l.position)
            THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS opens
  FROM log_leaf l";

impl LeafRow {
    fn read(self) -> Option<Inscribed> {
        let body = serde_json::from_str(&self.body).ok()?;
        Some(Inscribed { position: self.position, text: self.body, body, opens: self.opens == 1 })
    }
}

impl PublicLog {
    /// The leaves of one thing, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn history(&self, subject: &str) -> Result<Vec<Inscribed>, StoreError> {
        let sql = format!("{LEAVES} WHERE l.subject = $1 ORDER BY l.version");
        let rows: Vec<LeafRow> = self.store.all(&sql, vec![subject.into()]).await?;
        Ok(rows.into_iter().filter_map(LeafRow::read).collect())
    }

    /// One leaf.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn leaf(&self, position: i64) -> Result<Option<Inscribed>, StoreError> {
        let sql = format!("{LEAVES} WHERE l.position = $1");
        let row: Option<LeafRow> = self.store.one(&sql, vec![position.into()]).await?;
        Ok(row.and_then(LeafRow::read))
    }

    /// What leaves tell of: each place with its subject, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn subjects(&self, positions: Range<i64>) -> Result<Vec<(i64, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            position: i64,
            subject: String,
        }
        let sql = "SELECT position, subject FROM log_leaf WHERE position >= $1 AND position < $2
                    ORDER BY position";
        let values = vec![positions.start.into(), positions.end.into()];
        let rows: Vec<Row> = self.store.all(sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.position, row.subject)).collect())
    }

    /// The newest leaves, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest_leaves(&self, most: i64) -> Result<Vec<Inscribed>, StoreError> {
        let sql = format!("{LEAVES} ORDER BY l.position DESC LIMIT $1");
        let rows: Vec<LeafRow> = self.store.all(&sql, vec![most.into()]).await?;
        Ok(rows.into_iter().filter_map(LeafRow::read).collect())
    }

    /// Leaves before a place, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn leaves_before(
        &self,
        position: i64,
        most: i64,
    ) -> Result<Vec<Inscribed>, StoreError> {
        let sql = format!("{LEAVES} WHERE l.position < $1 ORDER BY l.position DESC LIMIT $2");
        let rows: Vec<LeafRow> = self.store.all(&sql, vec![position.into(), most.into()]).await?;
        Ok(rows.into_iter().filter_map(LeafRow::read).collect())
    }

    /// What opens a leaf's digest; `None` where it has none or was destroyed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn opening(&self, position: i64) -> Result<Option<Opening>, StoreError> {
        let sql = "SELECT salt, content FROM log_opening WHERE position = $1";
        let row: Option<OpeningRow> = self.store.one(sql, vec![position.into()]).await?;
        Ok(row.map(|row| Opening { salt: row.salt, content: row.content }))
    }

    /// How many leaves wait for the next checkpoint.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(&self) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM log_leaf
                    WHERE position >= (SELECT coalesce(max(size), 0) FROM log_checkpoint)";
        Ok(self.store.number(sql, vec![]).await?.unwrap_or_default())
    }
}

/// The texts of the leaves `first..end`.
pub(super) async fn bodies(from: &Store, first: i64, end: i64) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM log_leaf WHERE position >= $1 AND position < $2 ORDER BY position";
    let rows: Vec<Row> = from.all(sql, vec![first.into(), end.into()]).await?;
    Ok(rows.into_iter().map(|row| row.body).collect())
}
