//! 提请和决定: what one person proposes on a file and another decides.

use law::{Date, WorkingDays};
use requests_rules::FeeMethod;
use review::Signatory;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns};

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProposalKind {
    /// 延长答复期限 (第三十三条第二款).
    Extension {
        /// By how much.
        days: WorkingDays,
    },
    /// 延迟答复 (第三十五条).
    Delay {
        /// The last day for the reply.
        until: Date,
    },
    /// 收取信息处理费 (国办函〔2020〕109号).
    Fee {
        /// By which method.
        method: FeeMethod,
        /// 按量: pages.
        pages: u64,
        /// 元, as it was proposed.
        amount: u64,
        /// The sum by tiers, as it was proposed.
        shown: String,
    },
    /// 不再处理 (第三十条; 国办函〔2020〕109号).
    Abandonment,
    /// 再次补正告知.
    SecondCorrection {
        /// What is to be mended.
        items: Vec<String>,
        /// 补正期限.
        days: Option<WorkingDays>,
    },
    /// 去标识 (个人信息保护法第四十七条).
    Removal,
}

/// Something proposed on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// The organ.
    pub organ: String,
    /// What.
    pub kind: ProposalKind,
    /// Why.
    pub reason: String,
    /// By whom, the key.
    pub proposed_by: String,
    /// For whom he stood in.
    pub proposed_for: Option<String>,
    /// What he is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// Whether it was agreed to; none while it waits.
    pub agreed: Option<bool>,
    /// What the decider said.
    pub words: String,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When, as stored.
    pub decided_at: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    organ: String,
    facts: String,
    reason: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    agreed: Option<i64>,
    words: String,
    decided_name: Option<String>,
    decided_at: Option<String>,
}

const SELECT: &str = "SELECT id, request, organ, facts, reason, proposed_by, proposed_for, proposed_name, \
                      proposed_at, agreed, words, decided_name, decided_at FROM request_proposal";

impl ProposalKind {
    /// Its word, one of a kind waits on a file at a time.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Extension { .. } => "extension",
            Self::Delay { .. } => "delay",
            Self::Fee { .. } => "fee",
            Self::Abandonment => "abandonment",
            Self::SecondCorrection { .. } => "second_correction",
            Self::Removal => "removal",
        }
    }

    /// What people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Extension { .. } => "延长答复期限",
            Self::Delay { .. } => "延迟答复",
            Self::Fee { .. } => "收取信息处理费",
            Self::Abandonment => "不再处理",
            Self::SecondCorrection { .. } => "再次补正告知",
            Self::Removal => "去标识",
        }
    }
}

impl Proposal {
    /// What was proposed on a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::proposal).collect())
    }

    /// What waits for a decision of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND agreed IS NULL ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::proposal).collect())
    }

    /// What somebody proposed in his organ: what waits, and what was decided since a moment; the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by(
        from: &impl Statements,
        by: &Signatory,
        since: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1 AND (proposed_by IN ($2, $3) OR COALESCE(proposed_for, '') IN ($2, $3))
               AND (agreed IS NULL OR decided_at >= $4) ORDER BY id DESC LIMIT 200"
        );
        let other = by.stands_in_for.as_deref().unwrap_or(&by.person);
        let values =
            vec![by.organ.as_str().into(), by.person.as_str().into(), other.into(), since.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().filter_map(Row::proposal).collect())
    }

    /// What an organ was proposed under that key.
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
        Ok(row.and_then(Row::proposal))
    }

    /// Whether somebody counts as whoever proposed it.
    pub fn is_by(&self, by: &Signatory) -> bool {
        let proposers = [Some(self.proposed_by.as_str()), self.proposed_for.as_deref()];
        proposers.into_iter().flatten().any(|one| by.counts_as(one))
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("organ", self.organ.clone().into()),
            ("kind", self.kind.word().into()),
            ("facts", serde_json::json!(self.kind).to_string().into()),
            ("reason", self.reason.clone().into()),
            ("proposed_by", self.proposed_by.clone().into()),
            ("proposed_for", self.proposed_for.clone().into()),
            ("proposed_name", self.proposed_name.clone().into()),
            ("proposed_at", self.proposed_at.clone().into()),
            ("words", "".into()),
        ];
        writing::add(change, "request_proposal", columns).await
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        by: &Signatory,
        (agreed, words, at): (bool, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_proposal SET agreed = $1, words = $2, decided_by = $3, decided_for = $4,
                          decided_name = $5, decided_at = $6 WHERE id = $7 AND agreed IS NULL";
        let values = vec![
            i64::from(agreed).into(),
            words.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn proposal(self) -> Option<Proposal> {
        Some(Proposal {
            kind: serde_json::from_str(&self.facts).ok()?,
            agreed: self.agreed.map(|agreed| agreed != 0),
            id: self.id,
            request: self.request,
            organ: self.organ,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            proposed_at: self.proposed_at,
            words: self.words,
            decided_name: self.decided_name,
            decided_at: self.decided_at,
        })
    }
}
