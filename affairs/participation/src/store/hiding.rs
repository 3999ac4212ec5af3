//! 屏蔽违法内容: what one proposes and another decides.

use participation_rules::Ground;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// A proposal to hide an opinion, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hiding {
    /// Its key.
    pub id: String,
    /// The opinion.
    pub opinion: String,
    /// On which ground.
    pub ground: Ground,
    /// Why, in the proposer's words.
    pub reason: String,
    /// The natural persons who propose it: who does, and who is stood in for.
    pub proposers: Vec<String>,
    /// What he is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// Who decided; empty while it waits.
    pub decided_name: String,
    /// In which words.
    pub decided_reason: String,
    /// Whether it waits.
    pub waits: bool,
    /// Whether it was hidden.
    pub hidden: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    opinion: String,
    ground: String,
    reason: String,
    proposed_by: String,
    proposed_for: String,
    proposed_name: String,
    proposed_at: String,
    decided_by: String,
    decided_name: String,
    decided_reason: String,
    hidden: i64,
}

const SELECT: &str =
    "SELECT h.id, h.opinion, h.ground, h.reason, h.proposed_by, h.proposed_for, h.proposed_name,
                             h.proposed_at, h.decided_by, h.decided_name, h.decided_reason, h.hidden
                        FROM consultation_hiding h";

impl From<Row> for Hiding {
    fn from(row: Row) -> Self {
        let proposers = [row.proposed_by, row.proposed_for].into_iter();
        Self {
            ground: Ground::parse(&row.ground).unwrap_or(Ground::State),
            proposers: proposers.filter(|person| !person.is_empty()).collect(),
            waits: row.decided_by.is_empty(),
            hidden: row.hidden != 0,
            id: row.id,
            opinion: row.opinion,
            reason: row.reason,
            proposed_name: row.proposed_name,
            proposed_at: row.proposed_at,
            decided_name: row.decided_name,
            decided_reason: row.decided_reason,
        }
    }
}

/// A proposal on its way into the table.
pub(crate) struct NewHiding<'a> {
    pub opinion: &'a str,
    pub ground: Ground,
    pub reason: &'a str,
    pub by: &'a str,
    pub stands_in_for: &'a str,
    pub name: &'a str,
    pub at: &'a str,
}

impl NewHiding<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "opinion",
            "ground",
            "reason",
            "proposed_by",
            "proposed_for",
            "proposed_name",
            "proposed_at",
            "decided_by",
            "decided_name",
            "decided_at",
            "decided_reason",
            "hidden",
        ];
        let row: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            self.opinion.into(),
            self.ground.word().into(),
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
        change.insert("consultation_hiding", &columns, vec![row]).await
    }
}

impl Hiding {
    /// All of an opinion, in the order they were proposed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, opinion: &str) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from
            .all(&format!("{SELECT} WHERE h.opinion = $1 ORDER BY h.id"), vec![opinion.into()])
            .await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of an organ that wait, each with its consultation and the number of the opinion.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, i64, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Waiting {
            consultation: String,
            number: i64,
            title: String,
        }
        let sql = "SELECT o.consultation, o.number, c.title
                     FROM consultation_hiding h
                     JOIN consultation_opinion o ON o.id = h.opinion
                     JOIN consultation c ON c.id = o.consultation
                    WHERE h.decided_by = '' AND c.organ = $1 AND o.state = 'open' ORDER BY h.id LIMIT 50";
        let rows: Vec<Waiting> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.consultation, row.number, row.title)).collect())
    }

    /// The number of an opinion of a consultation of which a proposal waits.
    pub(crate) async fn waits_in(
        from: &impl Statements,
        consultation: &str,
    ) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT o.number FROM consultation_opinion o
                     JOIN consultation_hiding h ON h.opinion = o.id AND h.decided_by = ''
                    WHERE o.consultation = $1 AND o.state = 'open' ORDER BY o.number LIMIT 1";
        from.number(sql, vec![consultation.into()]).await
    }

    /// Decides it; `false` where somebody was first.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (person, name, at): (&str, &str, &str),
        (hidden, reason): (bool, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation_hiding SET decided_by = $1, decided_name = $2, decided_at = $3,
                          decided_reason = $4, hidden = $5
                    WHERE id = $6 AND decided_by = ''";
        let values: Vec<Value> = vec![
            person.into(),
            name.into(),
            at.into(),
            reason.into(),
            i64::from(hidden).into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
