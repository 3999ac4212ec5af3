//! What everybody may see of the decisions of catalogues below.

use catalogue_rules::Treatment;
use store::{FromQueryResult, Statements, StoreError};

use super::AdjustmentState;
use crate::store::TakenRow;

/// What a catalogue below made of a row that changed above, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerDecision {
    /// The row's key.
    pub item: String,
    /// The organ of the catalogue below, by its short name.
    pub organ: String,
    /// What was decided; [`AdjustmentState::Open`] until the version with the decision is released.
    pub state: AdjustmentState,
    /// Why it was refused, or why it still does not apply.
    pub reason: Option<String>,
    /// What the row is there now.
    pub treatment: Option<Treatment>,
}

#[derive(FromQueryResult)]
struct DecisionRow {
    item: String,
    organ: String,
    state: String,
    reason: Option<String>,
    version: Option<String>,
    treatment: Option<String>,
    changed: Option<String>,
    why: Option<String>,
}

/// The decisions on the rows that version `$1` changed, with the version in which each is told.
const DECISIONS: &str = "SELECT a.item, o.short_name AS organ, a.state, a.reason, v.id AS version,
                          t.treatment, t.changed, t.reason AS why
                     FROM catalogue_adjustment a
                     JOIN catalogue c ON c.id = a.catalogue
                     JOIN organ o ON o.code = c.organ
                     LEFT JOIN catalogue_version v ON v.id = a.decided_in AND v.state <> 'draft'
                     LEFT JOIN catalogue_takeover t ON t.version = v.id AND t.item = a.item
                    WHERE a.above_to = $1 AND a.state <> 'superseded'
                    ORDER BY a.item, o.code";

impl LayerDecision {
    /// What every catalogue below made of the rows that a version changed, by row and organ. What was
    /// decided in a draft is not told yet.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, above: &str) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<DecisionRow> = from.all(DECISIONS, vec![above.into()]).await?;
        let decision = |row: DecisionRow| {
            let is_told = row.version.is_some();
            let treatment = row.treatment.map(|word| {
                TakenRow::decided(&word, row.changed.as_deref().unwrap_or("[]"), row.why)
            });
            Self {
                item: row.item,
                organ: row.organ,
                state: if is_told {
                    AdjustmentState::parse(&row.state)
                } else {
                    AdjustmentState::Open
                },
                reason: row.reason.filter(|_| is_told),
                treatment,
            }
        };
        Ok(rows.into_iter().map(decision).collect())
    }
}
