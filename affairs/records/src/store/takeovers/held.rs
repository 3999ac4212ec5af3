//! What was held back when it was taken over, for the people who look it up.

use store::{FromQueryResult, Statements, StoreError};

use crate::store::DraftState;
use crate::taking::OldAddress;

/// Of a draft that was taken over: where it stood, and why it was held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// 原网址, its own first; empty where the source states none.
    pub addresses: Vec<String>,
    /// The table whose row it was; `None` where it had an address.
    pub table: Option<String>,
    /// Why a person must look at it, a sentence each, as the import said.
    pub why: Vec<String>,
    /// When it was taken over, as stored.
    pub taken_at: String,
}

/// A draft that was held back and is neither out, nor dropped, nor decided not to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLine {
    /// The draft's key.
    pub draft: String,
    /// Its title; may be empty.
    pub title: String,
    /// How far it has come.
    pub state: DraftState,
    /// Why it came back from review; empty where it did not.
    pub returned: String,
    /// Why it was held back, a sentence each.
    pub why: Vec<String>,
    /// How many there are of the organ, those that are not listed among them.
    pub of: i64,
}

#[derive(FromQueryResult)]
struct BackRow {
    id: String,
    why: String,
    taken_at: String,
    host: Option<String>,
    path: Option<String>,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: String,
    title: String,
    state: String,
    returned: String,
    why: String,
    number: i64,
}

impl HeldBack {
    /// What is known of a draft; `None` where it was not taken over.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_draft(from: &impl Statements, draft: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT t.id, t.why, t.taken_at, a.host, a.path
                     FROM record_takeover t
                     LEFT JOIN record_old_address a ON a.takeover = t.id AND a.attachment = 0
                    WHERE t.draft = $1
                    ORDER BY a.host, a.path LIMIT 20";
        let rows: Vec<BackRow> = from.all(sql, vec![draft.into()]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let address = |row: &BackRow| {
            let (host, path) = (row.host.clone()?, row.path.clone()?);
            Some(OldAddress { host, path }.text())
        };
        let mut addresses: Vec<String> = rows.iter().filter_map(address).collect();
        addresses.sort_by_key(|address| *address != first.id);
        let table = || first.id.split(':').next().map(str::to_owned);
        Ok(Some(Self {
            table: if addresses.is_empty() { table() } else { None },
            why: serde_json::from_str(&first.why).unwrap_or_default(),
            taken_at: first.taken_at.clone(),
            addresses,
        }))
    }
}

impl HeldLine {
    /// So many are listed.
    pub const MOST: i64 = 20;

    /// Those of an organ that wait, the longest waiting first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT d.id, d.title, d.state, d.returned, t.why, COUNT(*) OVER () AS number
                     FROM record_draft d
                     JOIN record_takeover t ON t.draft = d.id
                    WHERE d.organ = $1 AND d.state IN ('draft', 'submitted', 'returned')
                    ORDER BY d.created_at, d.id LIMIT $2";
        let rows: Vec<LineRow> = from.all(sql, vec![organ.into(), Self::MOST.into()]).await?;
        Ok(rows.into_iter().map(LineRow::line).collect())
    }
}

impl LineRow {
    fn line(self) -> HeldLine {
        HeldLine {
            state: DraftState::stored(&self.state),
            why: serde_json::from_str(&self.why).unwrap_or_default(),
            draft: self.id,
            title: self.title,
            returned: self.returned,
            of: self.number,
        }
    }
}
