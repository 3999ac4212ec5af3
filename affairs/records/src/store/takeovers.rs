//! What was taken over from the site before, and what is answered at its addresses.

mod held;

use std::collections::HashMap;

use store::{FromQueryResult, Statements, StoreError, Transaction};

use crate::taking::OldAddress;

pub use held::{HeldBack, HeldLine};

/// Something that was taken over.
#[derive(Debug, Clone)]
pub(crate) struct Takeover {
    pub key: String,
    pub digest: String,
    pub kept: Kept,
    pub at: String,
}

/// As what it was kept.
#[derive(Debug, Clone)]
pub(crate) enum Kept {
    /// A public record.
    Public(String),
    /// A draft, and why.
    Held(String, Vec<String>),
    /// The record that was there already.
    Joined(String),
}

/// An old address, and which attachment stood there; 0 for the document itself.
#[derive(Debug, Clone)]
pub(crate) struct OldPlace {
    pub address: OldAddress,
    pub attachment: i64,
}

/// A document that is public already.
pub(crate) struct Earlier;

#[derive(FromQueryResult)]
struct DigestRow {
    id: String,
    digest: String,
}

#[derive(FromQueryResult)]
struct TextRow {
    id: String,
    body: String,
}

/// What stands behind a former address.
#[derive(FromQueryResult)]
pub(crate) struct PlaceRow {
    pub host: String,
    pub path: String,
    pub record: String,
    pub attachment: i64,
}

impl Takeover {
    /// The digests of those that were taken over before, by their keys.
    pub(crate) async fn known(
        from: &impl Statements,
        keys: &[String],
    ) -> Result<HashMap<String, String>, StoreError> {
        let mut known = HashMap::new();
        for some in keys.chunks(500) {
            let marks: Vec<_> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let sql = format!(
                "SELECT id, digest FROM record_takeover WHERE id IN ({})",
                marks.join(", ")
            );
            let values = some.iter().map(|key| key.clone().into()).collect();
            let rows: Vec<DigestRow> = from.all(&sql, values).await?;
            known.extend(rows.into_iter().map(|row| (row.id, row.digest)));
        }
        Ok(known)
    }

    /// Keeps it with its addresses; an address that is taken stays with what was there first.
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        places: Vec<OldPlace>,
    ) -> Result<(), StoreError> {
        let (outcome, record, draft, why) = match &self.kept {
            Kept::Public(record) => ("public", Some(record), None, &[][..]),
            Kept::Held(draft, why) => ("held", None, Some(draft), why.as_slice()),
            Kept::Joined(record) => ("joined", Some(record), None, &[][..]),
        };
        let row = vec![
            self.key.clone().into(),
            self.digest.clone().into(),
            outcome.into(),
            record.cloned().into(),
            draft.cloned().into(),
            serde_json::json!(why).to_string().into(),
            self.at.clone().into(),
        ];
        let names = ["id", "digest", "outcome", "record", "draft", "why", "taken_at"];
        change.insert("record_takeover", &names, vec![row]).await?;
        let sql = "INSERT INTO record_old_address (host, path, takeover, attachment)
                   VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        for place in places {
            let OldAddress { host, path } = place.address;
            let (key, attachment) = (self.key.clone().into(), place.attachment.into());
            change.run(sql, vec![host.into(), path.into(), key, attachment]).await?;
        }
        Ok(())
    }
}

impl Earlier {
    /// The newest record of an organ and day with that title: its key and its text.
    pub(crate) async fn titled(
        from: &impl Statements,
        organ: &str,
        made_on: &str,
        title: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let sql = "SELECT id, body FROM record WHERE organ = $1 AND made_on = $2 AND title = $3
                   ORDER BY id DESC LIMIT 1";
        let values = vec![organ.into(), made_on.into(), title.into()];
        let row: Option<TextRow> = from.one(sql, values).await?;
        Ok(row.map(|row| (row.id, row.body)))
    }
}

/// The former addresses behind which something is public or was, in order, after the given one.
pub(crate) async fn old_addresses(
    from: &impl Statements,
    host: &str,
    path: &str,
    most: i64,
) -> Result<Vec<PlaceRow>, StoreError> {
    let sql = "SELECT a.host, a.path, COALESCE(t.record, d.record) AS record, a.attachment
                 FROM record_old_address a
                 JOIN record_takeover t ON t.id = a.takeover
                 LEFT JOIN record_draft d ON d.id = t.draft
                WHERE (a.host > $1 OR (a.host = $1 AND a.path > $2))
                  AND COALESCE(t.record, d.record) IS NOT NULL
                ORDER BY a.host, a.path LIMIT $3";
    from.all(sql, vec![host.into(), path.into(), most.into()]).await
}

/// What is public now of what stood at an address: the record, and which attachment (0 for the document).
/// The host that is asked comes first; where it had no such page, the one other that had.
pub(crate) async fn standing_at(
    from: &impl Statements,
    host: &str,
    path: &str,
) -> Result<Option<(String, i64)>, StoreError> {
    let bare = path.split('?').next().unwrap_or(path);
    let sql = "SELECT a.host, a.path, COALESCE(t.record, d.record) AS record, a.attachment
                 FROM record_old_address a
                 JOIN record_takeover t ON t.id = a.takeover
                 LEFT JOIN record_draft d ON d.id = t.draft
                WHERE a.path IN ($1, $2) AND COALESCE(t.record, d.record) IS NOT NULL
                ORDER BY a.host, a.path LIMIT 20";
    let rows: Vec<PlaceRow> = from.all(sql, vec![path.into(), bare.into()]).await?;
    let own = |whole: &str| rows.iter().find(|row| row.host == host && row.path == whole);
    let elsewhere = || {
        let first = rows.iter().find(|row| row.path == path).or(rows.first())?;
        let same =
            |row: &PlaceRow| row.record == first.record && row.attachment == first.attachment;
        rows.iter().filter(|row| row.path == first.path).all(same).then_some(first)
    };
    let found = own(path).or_else(|| own(bare)).or_else(elsewhere);
    Ok(found.map(|row| (row.record.clone(), row.attachment)))
}
