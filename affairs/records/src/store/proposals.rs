//! 公开属性的意见 and 不予公开信息的评估: what one person proposed and another decides.

use law::Date;
use records_rules::{Attribute, Outcome};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::Draft;
use super::drafts::{attribute, columns};
use crate::hand::Hand;

/// A proposed attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeProposal {
    /// Its key.
    pub id: String,
    /// The draft.
    pub draft: String,
    /// Whose the draft is.
    pub organ: String,
    /// The attribute as it was, in words.
    pub before: String,
    /// As it shall be.
    pub attribute: Attribute,
    /// Why.
    pub reason: String,
    /// The natural person who proposes it.
    pub proposed_by: String,
    /// For whom that person stands in.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// Whether it was agreed to, and what the decider said; `None` while it waits.
    pub decision: Option<(bool, String)>,
}

/// An assessment of what is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassessment {
    /// Its key.
    pub id: String,
    /// The withheld document.
    pub draft: String,
    /// Whose it is.
    pub organ: String,
    /// Its title.
    pub title: String,
    /// The day it returned on.
    pub review_on: String,
    /// What is proposed.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: String,
    /// Who proposes it.
    pub proposed_by: Option<String>,
    /// For whom that person stands in.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: Option<String>,
    /// Whether it is decided.
    pub decided: bool,
    /// What the decider said.
    pub words: String,
    /// Who decided it.
    pub decided_name: Option<String>,
    /// The last day of the clock that the outcome started.
    pub due_on: Option<String>,
    /// When what that clock is for was done.
    pub done_on: Option<String>,
    /// The review that what is proposed passes through.
    pub unit: Option<String>,
    /// Whether that review is finished, so that it may be decided.
    pub ready: bool,
}

#[derive(FromQueryResult)]
struct ProposalRow {
    id: String,
    draft: String,
    organ: String,
    before_words: String,
    openness: String,
    ground: String,
    review_on: Option<String>,
    reason: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    agreed: Option<i64>,
    words: String,
}

#[derive(FromQueryResult)]
struct AssessmentRow {
    id: String,
    draft: String,
    organ: String,
    title: String,
    review_on: String,
    outcome: Option<String>,
    reason: String,
    proposed_by: Option<String>,
    proposed_for: Option<String>,
    proposed_name: Option<String>,
    decided: i64,
    words: String,
    decided_name: Option<String>,
    due_on: Option<String>,
    done_on: Option<String>,
    unit: Option<String>,
    ready: i64,
}

const PROPOSAL: &str = "
SELECT id, draft, organ, before_words, openness, ground, review_on, reason, proposed_by,
       proposed_for, proposed_name, proposed_at, agreed, words
  FROM record_attribute";

const ASSESSMENT: &str = "
SELECT a.id, a.draft, a.organ, d.title, a.review_on, a.outcome, a.reason, a.proposed_by,
       a.proposed_for, a.proposed_name, a.decided, a.words, a.decided_name, a.due_on, a.done_on,
       a.unit, CAST(CASE WHEN u.state = 'signed' THEN 1 ELSE 0 END AS BIGINT) AS ready
  FROM record_reassessment a
  JOIN record_draft d ON d.id = a.draft
  LEFT JOIN review_unit u ON u.id = a.unit";

impl AttributeProposal {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The proposal of an organ with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{PROPOSAL} WHERE id = $1 AND organ = $2");
        let row: Option<ProposalRow> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.map(ProposalRow::proposal))
    }

    /// The proposal on a draft that waits.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, draft: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{PROPOSAL} WHERE draft = $1 AND agreed IS NULL");
        let row: Option<ProposalRow> = from.one(&sql, vec![draft.into()]).await?;
        Ok(row.map(ProposalRow::proposal))
    }

    /// The proposals of an organ that wait, the oldest first, each with its draft's title.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all_waiting(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(Self, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Titled {
            id: String,
            title: String,
        }
        let sql =
            format!("{PROPOSAL} WHERE organ = $1 AND agreed IS NULL ORDER BY proposed_at, id");
        let rows: Vec<ProposalRow> = from.all(&sql, vec![organ.into()]).await?;
        let sql =
            "SELECT a.id, d.title FROM record_attribute a JOIN record_draft d ON d.id = a.draft
                    WHERE a.organ = $1 AND a.agreed IS NULL";
        let titles: Vec<Titled> = from.all(sql, vec![organ.into()]).await?;
        let titled = |row: ProposalRow| {
            let title = titles.iter().find(|titled| titled.id == row.id);
            (row.proposal(), title.map(|titled| titled.title.clone()).unwrap_or_default())
        };
        Ok(rows.into_iter().map(titled).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let (openness, ground, review_on) = columns(&self.attribute);
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("draft", self.draft.clone().into()),
            ("organ", self.organ.clone().into()),
            ("before_words", self.before.clone().into()),
            ("openness", openness),
            ("ground", ground),
            ("review_on", review_on),
            ("reason", self.reason.clone().into()),
            ("proposed_by", self.proposed_by.clone().into()),
            ("proposed_for", self.proposed_for.clone().into()),
            ("proposed_name", self.proposed_name.clone().into()),
            ("proposed_at", self.proposed_at.clone().into()),
            ("words", "".into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_attribute", &names, vec![values]).await
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        agreed: bool,
        words: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_attribute SET agreed = $1, words = $2, decided_by = $3,
                          decided_for = $4, decided_name = $5, decided_at = $6
                    WHERE id = $7 AND agreed IS NULL";
        let values: Vec<Value> = vec![
            i64::from(agreed).into(),
            words.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Reassessment {
    /// The persons as whom whoever proposed something counts; none while nobody has.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        self.proposed_by.as_deref().into_iter().chain(self.proposed_for.as_deref())
    }

    /// The assessment of an organ with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{ASSESSMENT} WHERE a.id = $1 AND a.organ = $2");
        let row: Option<AssessmentRow> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.map(AssessmentRow::assessment))
    }

    /// The assessment with that key, whosever it is: for acts that were told of it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{ASSESSMENT} WHERE a.id = $1");
        let row: Option<AssessmentRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(AssessmentRow::assessment))
    }

    /// The assessments of an organ that wait for a decision, or for what their clock is for; the oldest
    /// first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{ASSESSMENT} WHERE a.organ = $1
                AND (a.decided = 0 OR (a.due_on IS NOT NULL AND a.done_on IS NULL))
              ORDER BY a.review_on, a.id"
        );
        let rows: Vec<AssessmentRow> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(AssessmentRow::assessment).collect())
    }

    /// Opens the assessment of a document for its day, once.
    pub(crate) async fn open(
        change: &Transaction,
        draft: &Draft,
        day: Date,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO record_reassessment (id, draft, organ, review_on, reason, decided, words)
                   SELECT $1, $2, $3, $4, '', 0, ''
                    WHERE NOT EXISTS (SELECT 1 FROM record_reassessment
                                       WHERE draft = $2 AND review_on = $4)
                   ON CONFLICT (draft, review_on) DO NOTHING";
        let values: Vec<Value> = vec![
            uuid::Uuid::now_v7().to_string().into(),
            draft.id.clone().into(),
            draft.organ.clone().into(),
            day.to_string().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Keeps a proposal; `false` where it is decided already.
    pub(crate) async fn propose(
        &self,
        change: &Transaction,
        outcome: &Outcome,
        reason: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_reassessment SET outcome = $1, reason = $2, proposed_by = $3,
                          proposed_for = $4, proposed_name = $5, proposed_at = $6, words = ''
                    WHERE id = $7 AND decided = 0";
        let values: Vec<Value> = vec![
            serde_json::json!(outcome).to_string().into(),
            reason.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps the review that what is proposed passes through.
    pub(crate) async fn reviewed_by(
        &self,
        change: &Transaction,
        unit: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record_reassessment SET unit = $1 WHERE id = $2 AND decided = 0";
        change.run(sql, vec![unit.into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// Keeps what the decider says, before the decision itself.
    pub(crate) async fn say(&self, change: &Transaction, words: &str) -> Result<(), StoreError> {
        let sql = "UPDATE record_reassessment SET words = $1 WHERE id = $2 AND decided = 0";
        change.run(sql, vec![words.into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// The proposal goes back: another may be made.
    pub(crate) async fn send_back(
        change: &Transaction,
        id: &str,
        words: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record_reassessment SET outcome = NULL, unit = NULL, words = $1
                    WHERE id = $2 AND decided = 0";
        change.run(sql, vec![words.into(), id.into()]).await.map(|_| ())
    }

    /// Keeps the decision; `false` where it is decided already, or something else is proposed now.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        words: &str,
        due: Option<Date>,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE record_reassessment SET decided = 1, words = $1, due_on = $2, decided_by = $3,
                          decided_for = $4, decided_name = $5, decided_at = $6
                    WHERE id = $7 AND decided = 0 AND outcome = $8";
        let values: Vec<Value> = vec![
            words.into(),
            due.map(|day| day.to_string()).into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            at.into(),
            self.id.clone().into(),
            serde_json::json!(self.outcome).to_string().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// What its clock is for is done.
    pub(crate) async fn done(&self, change: &Transaction, on: Date) -> Result<(), StoreError> {
        let sql = "UPDATE record_reassessment SET done_on = $1 WHERE id = $2 AND done_on IS NULL";
        change.run(sql, vec![on.to_string().into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// What the clock of 转主动 is for is done: the document is out.
    pub(crate) async fn published(
        change: &Transaction,
        draft: &str,
        on: Date,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record_reassessment SET done_on = $1
                    WHERE draft = $2 AND decided = 1 AND due_on IS NOT NULL AND done_on IS NULL";
        change.run(sql, vec![on.to_string().into(), draft.into()]).await.map(|_| ())
    }
}

impl ProposalRow {
    fn proposal(self) -> AttributeProposal {
        AttributeProposal {
            attribute: attribute(&self.openness, &self.ground, self.review_on.as_deref()),
            decision: self.agreed.map(|agreed| (agreed != 0, self.words)),
            id: self.id,
            draft: self.draft,
            organ: self.organ,
            before: self.before_words,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            proposed_at: self.proposed_at,
        }
    }
}

impl AssessmentRow {
    fn assessment(self) -> Reassessment {
        Reassessment {
            outcome: self.outcome.and_then(|text| serde_json::from_str(&text).ok()),
            id: self.id,
            draft: self.draft,
            organ: self.organ,
            title: self.title,
            review_on: self.review_on,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            decided: self.decided != 0,
            words: self.words,
            decided_name: self.decided_name,
            due_on: self.due_on,
            done_on: self.done_on,
            unit: self.unit,
            ready: self.ready != 0,
        }
    }
}
