//! 上级调整: rows of the catalogue above that changed, and what each catalogue below did about them.

mod told;

use std::collections::HashMap;

use catalogue_rules::AdjustmentKind;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

pub use told::LayerDecision;

/// Where an adjustment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentState {
    /// Waiting for a decision.
    Open,
    /// 采纳.
    Accepted,
    /// 改编.
    Adapted,
    /// 不采纳.
    Refused,
    /// 维持不适用.
    Maintained,
    /// 列入.
    TakenIn,
    /// A later version above took its place before it was decided on.
    Superseded,
}

impl AdjustmentState {
    /// In Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "待决定",
            Self::Accepted => "采纳",
            Self::Adapted => "改编",
            Self::Refused => "不采纳",
            Self::Maintained => "维持不适用",
            Self::TakenIn => "列入",
            Self::Superseded => "已被后一版取代",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Adapted => "adapted",
            Self::Refused => "refused",
            Self::Maintained => "maintained",
            Self::TakenIn => "taken_in",
            Self::Superseded => "superseded",
        }
    }

    fn parse(word: &str) -> Self {
        let known = [
            Self::Accepted,
            Self::Adapted,
            Self::Refused,
            Self::Maintained,
            Self::TakenIn,
            Self::Superseded,
        ];
        known.into_iter().find(|state| state.word() == word).unwrap_or(Self::Open)
    }
}

/// One row of the catalogue above that changed, as a to-do of a catalogue below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentEntry {
    /// Its key; keys sort in order of time.
    pub id: String,
    /// The catalogue that has to decide.
    pub catalogue: String,
    /// The row's key.
    pub item: String,
    /// What happened above.
    pub kind: AdjustmentKind,
    /// The version above against which the row was decided before.
    pub above_from: Option<String>,
    /// The version above that changed it.
    pub above_to: String,
    /// Where it stands.
    pub state: AdjustmentState,
    /// Why it was refused, or why it still does not apply.
    pub reason: Option<String>,
    /// The day it was raised.
    pub raised_on: Option<Date>,
    /// The moment it was decided.
    pub decided_at: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// The version in which the decision stands.
    pub decided_in: Option<String>,
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: String,
    catalogue: String,
    item: String,
    kind: String,
    above_from: Option<String>,
    above_to: String,
    state: String,
    reason: Option<String>,
    raised_on: String,
    decided_at: Option<String>,
    decided_by: Option<String>,
    decided_in: Option<String>,
}

const COLUMNS: &str = "id, catalogue, item, kind, above_from, above_to, state, reason, raised_on,
    decided_at, decided_by, decided_in";

const fn kind_word(kind: AdjustmentKind) -> &'static str {
    match kind {
        AdjustmentKind::Added => "added",
        AdjustmentKind::Changed => "changed",
        AdjustmentKind::Ended => "ended",
    }
}

impl From<EntryRow> for AdjustmentEntry {
    fn from(row: EntryRow) -> Self {
        Self {
            kind: match row.kind.as_str() {
                "added" => AdjustmentKind::Added,
                "ended" => AdjustmentKind::Ended,
                _ => AdjustmentKind::Changed,
            },
            state: AdjustmentState::parse(&row.state),
            raised_on: row.raised_on.parse().ok(),
            id: row.id,
            catalogue: row.catalogue,
            item: row.item,
            above_from: row.above_from,
            above_to: row.above_to,
            reason: row.reason,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
            decided_in: row.decided_in,
        }
    }
}

impl AdjustmentEntry {
    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue_adjustment WHERE id = $1");
        let row: Option<EntryRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of a catalogue, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, catalogue: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM catalogue_adjustment WHERE catalogue = $1 ORDER BY id");
        let rows: Vec<EntryRow> = from.all(&sql, vec![catalogue.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of a catalogue that wait for a decision, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(from: &impl Statements, catalogue: &str) -> Result<Vec<Self>, StoreError> {
        let all = Self::of(from, catalogue).await?;
        Ok(all.into_iter().filter(|entry| entry.state == AdjustmentState::Open).collect())
    }

    /// How many wait for a decision of an organ, in all its catalogues.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM catalogue_adjustment a
                     JOIN catalogue c ON c.id = a.catalogue
                    WHERE c.organ = $1 AND a.state = 'open'";
        Ok(from.number(sql, vec![organ.into()]).await?.unwrap_or_default())
    }

    /// Keeps what a catalogue has to decide on now. Whatever of it was still open before gives way; what
    /// was open for the same version above, or was decided in a draft that is gone, is open again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn raise(
        change: &Transaction,
        catalogue: &str,
        entries: &[Self],
    ) -> Result<(), StoreError> {
        let over = "UPDATE catalogue_adjustment SET state = 'superseded'
                     WHERE catalogue = $1 AND state = 'open'";
        change.run(over, vec![catalogue.into()]).await?;
        let known: HashMap<(String, String), String> = Self::of(change, catalogue)
            .await?
            .into_iter()
            .map(|entry| ((entry.item, entry.above_to), entry.id))
            .collect();
        let mut rows = Vec::new();
        for entry in entries {
            match known.get(&(entry.item.clone(), entry.above_to.clone())) {
                Some(id) => entry.reopen(change, id).await?,
                None => rows.push(entry.values()),
            }
        }
        let columns =
            ["id", "catalogue", "item", "kind", "above_from", "above_to", "state", "raised_on"];
        change.insert("catalogue_adjustment", &columns, rows).await
    }

    /// Takes back what a draft decided on these: until they are raised again, nothing is to be decided
    /// on them, and the draft's release tells nothing of them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn take_back(
        change: &Transaction,
        draft: &str,
        ids: &[String],
    ) -> Result<(), StoreError> {
        let sql = "UPDATE catalogue_adjustment
                      SET state = 'superseded', reason = NULL,
                          decided_at = NULL, decided_by = NULL, decided_in = NULL
                    WHERE id = $1 AND decided_in = $2";
        for id in ids {
            change.run(sql, vec![id.clone().into(), draft.into()]).await?;
        }
        Ok(())
    }

    async fn reopen(&self, change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE catalogue_adjustment
                      SET state = 'open', kind = $1, above_from = $2, reason = NULL,
                          decided_at = NULL, decided_by = NULL, decided_in = NULL
                    WHERE id = $3";
        let values = vec![kind_word(self.kind).into(), self.above_from.clone().into(), id.into()];
        change.run(sql, values).await?;
        Ok(())
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.id.clone().into(),
            self.catalogue.clone().into(),
            self.item.clone().into(),
            kind_word(self.kind).into(),
            self.above_from.clone().into(),
            self.above_to.clone().into(),
            self.state.word().into(),
            self.raised_on.map(|day| day.to_string()).unwrap_or_default().into(),
        ]
    }

    /// Keeps the decision on an open one; says whether it was still open.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn settle(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE catalogue_adjustment
                      SET state = $1, reason = $2, decided_at = $3, decided_by = $4,
                          decided_in = $5
                    WHERE id = $6 AND state = 'open'";
        let values = vec![
            self.state.word().into(),
            self.reason.clone().into(),
            self.decided_at.clone().into(),
            self.decided_by.clone().into(),
            self.decided_in.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? > 0)
    }
}
