//! 草稿的一步: what a draft remembers of each change to it, so that the last can be undone.

use catalogue_rules::DraftStep;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::Version;

/// One change to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its key; keys sort in order of time and are given once.
    pub id: String,
    /// The draft.
    pub version: String,
    /// The act that made it: `row`, `ending`, `treatment`, `replacement`, `adjustment`.
    pub act: String,
    /// Who made it, as the ledger names them.
    pub made_by: String,
    /// What it takes to go back.
    pub step: DraftStep,
    /// The adjustments it decided on, by key.
    pub adjustments: Vec<String>,
}

#[derive(FromQueryResult)]
struct StepRow {
    id: String,
    version: String,
    act: String,
    made_by: String,
    before: String,
    adjustments: String,
}

impl Step {
    /// The last change to a draft that has not been undone.
    ///
    /// # Errors
    /// The step was written by another program than this, or the database refuses.
    pub async fn last(from: &impl Statements, version: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, version, act, made_by, before, adjustments FROM draft_step
                    WHERE version = $1 ORDER BY id DESC LIMIT 1";
        let row: Option<StepRow> = from.one(sql, vec![version.into()]).await?;
        row.map(Self::read).transpose()
    }

    /// A step that cannot be read is no reason to take back the one before it.
    fn read(row: StepRow) -> Result<Self, StoreError> {
        let StepRow { id, version, act, made_by, before, adjustments } = row;
        let step = serde_json::from_str(&before).map_err(unreadable)?;
        let adjustments = serde_json::from_str(&adjustments).map_err(unreadable)?;
        Ok(Self { id, version, act, made_by, step, adjustments })
    }

    /// Keeps a change to a draft.
    ///
    /// # Errors
    /// The version is no draft, the step cannot be written down, or the database refuses.
    pub async fn keep(&self, change: &Transaction) -> Result<(), StoreError> {
        Version::hold(change, &self.version).await?;
        let row = vec![
            self.id.clone().into(),
            self.version.clone().into(),
            self.act.clone().into(),
            self.made_by.clone().into(),
            serde_json::to_string(&self.step).map_err(unreadable)?.into(),
            serde_json::to_string(&self.adjustments).map_err(unreadable)?.into(),
        ];
        let columns = ["id", "version", "act", "made_by", "before", "adjustments"];
        change.insert("draft_step", &columns, vec![row]).await
    }

    /// Forgets a change that was undone.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget(&self, change: &Transaction) -> Result<(), StoreError> {
        change.run("DELETE FROM draft_step WHERE id = $1", vec![self.id.clone().into()]).await?;
        Ok(())
    }
}

fn unreadable(cause: serde_json::Error) -> StoreError {
    StoreError::Unreadable { what: "草稿的上一步", cause: cause.to_string() }
}
