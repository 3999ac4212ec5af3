//! 会上的意见: what was said at a gathering about a draft stands among the opinions on that draft.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::Gathering;
use crate::store::{Consultation, DecisionList};

impl Gathering {
    /// The title of the draft it is about; none where it is about none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn draft_title(&self, from: &impl Statements) -> Result<Option<String>, StoreError> {
        let id = &self.said.consultation;
        if id.is_empty() {
            return Ok(None);
        }
        Ok(Consultation::find(from, id).await?.map(|of| of.said.title))
    }

    /// The title of the decision it is about; none where it is about none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn decision_title(
        &self,
        from: &impl Statements,
    ) -> Result<Option<String>, StoreError> {
        let Some((list, item)) = &self.said.decision else { return Ok(None) };
        let found = DecisionList::find(from, list).await?;
        let at = usize::try_from(*item).ok().and_then(|at| at.checked_sub(1));
        let items = found.map(|of| of.said.decisions()).unwrap_or_default();
        Ok(at.and_then(|at| items.into_iter().nth(at)).map(|item| item.title))
    }
}

/// Opinions that were said at gatherings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted;

impl Noted {
    /// One was said there: its number among the opinions on the draft. Noting it twice is noting it once.
    pub(crate) async fn add(
        change: &Transaction,
        of: &Gathering,
        number: i64,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO gathering_opinion (gathering, consultation, number) VALUES ($1, $2, $3)
                   ON CONFLICT DO NOTHING";
        let values: Vec<Value> =
            vec![of.id.clone().into(), of.said.consultation.clone().into(), number.into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// The numbers of those that were said at one, in their order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn at(from: &impl Statements, gathering: &str) -> Result<Vec<i64>, StoreError> {
        #[derive(FromQueryResult)]
        struct Number {
            number: i64,
        }
        let sql = "SELECT number FROM gathering_opinion WHERE gathering = $1 ORDER BY number";
        let rows: Vec<Number> = from.all(sql, vec![gathering.into()]).await?;
        Ok(rows.into_iter().map(|row| row.number).collect())
    }
}
