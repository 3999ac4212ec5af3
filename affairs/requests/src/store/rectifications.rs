//! 更正申请: somebody shows that a record of himself is wrong (第四十一条).

use law::Date;
use requests_rules::{Contact, IdentityProof, RectificationDemand, RectificationOutcome};
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::complaints::Marks;
use super::writing::{self, Columns, day, known_day, read, word};

/// Who asks for what to be put right; only ever kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RectificationWish {
    /// 姓名.
    pub name: String,
    /// 身份证明.
    pub proof: Option<IdentityProof>,
    /// How to reach him.
    pub contact: Contact,
    /// Which record.
    pub record: String,
    /// What is wrong with it, and how it ought to be.
    pub wrong: String,
    /// What shows it.
    pub evidence: String,
}

/// A demand to correct a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RectificationCase {
    /// Its key.
    pub id: String,
    /// The organ asked, by code.
    pub organ: String,
    /// Its number.
    pub number: String,
    /// What is known of it.
    pub demand: RectificationDemand,
    /// By when.
    pub due_on: Date,
    /// What became of it, once told.
    pub outcome: Option<RectificationOutcome>,
    /// The organ it was sent on to.
    pub sent_to: String,
    /// Why.
    pub reason: String,
    /// When it was told.
    pub told_on: Option<Date>,
    pub(crate) sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    number: String,
    received_on: String,
    due_on: String,
    own_record: Option<i64>,
    evidence: Option<i64>,
    competent: Option<i64>,
    found_wrong: Option<i64>,
    outcome: Option<String>,
    sent_to: String,
    reason: String,
    told_on: Option<String>,
    sealed: String,
}

const SELECT: &str = "SELECT id, organ, number, received_on, due_on, own_record, evidence, competent, \
                      found_wrong, outcome, sent_to, reason, told_on, sealed FROM request_rectification";

fn place(id: &str) -> Place<'_> {
    Place::new("request_rectification", id, "sealed")
}

impl RectificationCase {
    /// The demands of an organ: those that wait, the most urgent first, then those told last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1
              ORDER BY CASE WHEN told_on IS NULL THEN 0 ELSE 1 END, due_on, id LIMIT 500"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::rectification).collect())
    }

    /// A demand of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(Row::rectification))
    }

    /// Who asks for what to be put right. The caller has asked the access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn wish(&self, sealer: &Sealer) -> Result<Option<RectificationWish>, CaseError> {
        let text = sealer.open_text(place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).ok())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (wish, marks): (&RectificationWish, Marks<'_>),
    ) -> Result<(), CaseError> {
        let text = serde_json::json!(wish).to_string();
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("number", self.number.clone().into()),
            ("sealed", sealer.seal_text(place(&self.id), &text)?.into()),
            ("code_mark", marks.code.into()),
            ("tail_mark", marks.tail.map(str::to_owned).into()),
            ("received_on", self.demand.received.to_string().into()),
            ("due_on", self.due_on.to_string().into()),
            ("sent_to", "".into()),
            ("reason", "".into()),
            ("person", "".into()),
            ("name", "".into()),
        ];
        Ok(writing::add(change, "request_rectification", columns).await?)
    }

    /// Keeps what became of it; `false` where that was told already.
    pub(crate) async fn tell(
        &self,
        change: &Transaction,
        (person, name): (&str, &str),
    ) -> Result<bool, StoreError> {
        let flag = |flag: bool| store::Value::from(i64::from(flag));
        let sql = "UPDATE request_rectification SET own_record = $1, evidence = $2, competent = $3,
                          found_wrong = $4, outcome = $5, sent_to = $6, reason = $7, told_on = $8,
                          person = $9, name = $10 WHERE id = $11 AND told_on IS NULL";
        let values = vec![
            flag(self.demand.own_record),
            flag(self.demand.evidence),
            flag(self.demand.competent),
            self.demand.found_wrong.map(i64::from).into(),
            self.outcome.map(word).into(),
            self.sent_to.clone().into(),
            self.reason.clone().into(),
            writing::stored(self.told_on),
            person.into(),
            name.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn rectification(self) -> RectificationCase {
        let flag = |flag: Option<i64>| flag.is_none_or(|flag| flag != 0);
        RectificationCase {
            demand: RectificationDemand {
                received: known_day(&self.received_on),
                own_record: flag(self.own_record),
                evidence: flag(self.evidence),
                competent: flag(self.competent),
                found_wrong: self.found_wrong.map(|wrong| wrong != 0),
            },
            due_on: known_day(&self.due_on),
            outcome: self.outcome.as_deref().and_then(read),
            told_on: day(&self.told_on),
            id: self.id,
            organ: self.organ,
            number: self.number,
            sent_to: self.sent_to,
            reason: self.reason,
            sealed: self.sealed,
        }
    }
}
