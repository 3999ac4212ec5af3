//! What organs add to their reviews.

use store::{FromQueryResult, Statements, StoreError};

use crate::{Demand, Step};

/// A step that an organ adds to everything of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The kind of piece, `*` for all.
    pub kind: String,
    /// The step and with whom.
    pub demand: Demand,
    /// The moment it was set.
    pub set_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    step: String,
    partner: String,
    set_at: String,
}

impl Addition {
    /// Every kind.
    pub const ALL_KINDS: &str = "*";

    /// What an organ adds, by kind and in the order of the steps.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT kind, step, partner, set_at FROM review_addition WHERE organ = $1";
        let rows: Vec<Row> = from.all(sql, vec![organ.into()]).await?;
        let addition = |row: Row| {
            let demand = Demand { step: row.step.parse::<Step>().ok()?, partner: row.partner };
            Some(Self { kind: row.kind, demand, set_at: row.set_at })
        };
        let mut all: Vec<_> = rows.into_iter().filter_map(addition).collect();
        all.sort_by(|a, b| (&a.kind, &a.demand).cmp(&(&b.kind, &b.demand)));
        Ok(all)
    }

    /// Whether it is added to a kind.
    pub fn holds_for(&self, kind: &str) -> bool {
        self.kind == Self::ALL_KINDS || self.kind == kind
    }
}
