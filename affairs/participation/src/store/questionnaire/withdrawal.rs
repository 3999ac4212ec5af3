//! 撤下: what one proposes and another decides.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// A proposal to withdraw what should not have been published, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionnaireWithdrawal {
    /// Its key.
    pub id: String,
    /// Why, as everybody will read it.
    pub reason: String,
    /// The natural persons who propose it: who does, and who is stood in for.
    pub proposers: Vec<String>,
    /// What he is called.
    pub proposed_name: String,
    /// Who decided; empty while it waits.
    pub decided_name: String,
    /// In which words.
    pub decided_reason: String,
    /// Whether it waits.
    pub waits: bool,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    reason: String,
    proposed_by: String,
    proposed_for: String,
    proposed_name: String,
    decided_by: String,
    decided_name: String,
    decided_reason: String,
    withdrawn: i64,
}

impl From<Row> for QuestionnaireWithdrawal {
    fn from(row: Row) -> Self {
        let proposers = [row.proposed_by, row.proposed_for].into_iter();
        Self {
            proposers: proposers.filter(|person| !person.is_empty()).collect(),
            waits: row.decided_by.is_empty(),
            withdrawn: row.withdrawn != 0,
            id: row.id,
            reason: row.reason,
            proposed_name: row.proposed_name,
            decided_name: row.decided_name,
            decided_reason: row.decided_reason,
        }
    }
}

/// A proposal on its way into the table.
pub(crate) struct NewQuestionnaireWithdrawal<'a> {
    pub questionnaire: &'a str,
    pub reason: &'a str,
    pub by: &'a str,
    pub stands_in_for: &'a str,
    pub name: &'a str,
    pub at: &'a str,
}

impl NewQuestionnaireWithdrawal<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "questionnaire",
            "reason",
            "proposed_by",
            "proposed_for",
            "proposed_name",
            "proposed_at",
            "decided_by",
            "decided_name",
            "decided_at",
            "decided_reason",
            "withdrawn",
        ];
        let row: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            self.questionnaire.into(),
            self.reason.into(),
            self.by.into(),
            self.stands_in_for.into(),
            self.name.into(),
            self.at.into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
            0_i64.into(),
        ];
        change.insert("questionnaire_withdrawal", &columns, vec![row]).await
    }
}

impl QuestionnaireWithdrawal {
    /// All of a questionnaire, in the order they were proposed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, questionnaire: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT id, reason, proposed_by, proposed_for, proposed_name, decided_by, decided_name,
                          decided_reason, withdrawn
                     FROM questionnaire_withdrawal WHERE questionnaire = $1 ORDER BY id";
        let rows: Vec<Row> = from.all(sql, vec![questionnaire.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of an organ that wait: the key and the title of the questionnaire.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Waiting {
            id: String,
            title: String,
        }
        let sql = "SELECT q.id, q.title FROM questionnaire_withdrawal w
                     JOIN questionnaire q ON q.id = w.questionnaire
                    WHERE w.decided_by = '' AND q.organ = $1 ORDER BY w.id LIMIT 50";
        let rows: Vec<Waiting> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
    }

    /// Decides it; `false` where somebody was first.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (person, name, at): (&str, &str, &str),
        (withdrawn, reason): (bool, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE questionnaire_withdrawal SET decided_by = $1, decided_name = $2, decided_at = $3,
                          decided_reason = $4, withdrawn = $5
                    WHERE id = $6 AND decided_by = ''";
        let values: Vec<Value> = vec![
            person.into(),
            name.into(),
            at.into(),
            reason.into(),
            i64::from(withdrawn).into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
