//! 撤下 of what stands beside a whole consultation: a hearing, a list of decisions, answers alone.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::super::{Consultation, DecisionList, Hearing};
use super::{COLUMNS, NewWithdrawal, Row, Withdrawal};

const TABLE: &str = "participation_withdrawal";

/// What can be withdrawn for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// 听证会: its notice and all that was published after it.
    Hearing,
    /// 决策事项目录.
    DecisionList,
    /// 意见采纳情况, without the notice: they are put right and published anew.
    Answers,
}

impl Beside {
    /// All of them, each with its word in a column and in an address.
    const WORDS: [(Self, &'static str, &'static str); 3] = [
        (Self::Hearing, "hearing", "tingzheng"),
        (Self::DecisionList, "decision_list", "juece"),
        (Self::Answers, "answers", "jieguo"),
    ];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As an address has it.
    pub fn address(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., word)| word)
    }

    /// What an address names.
    pub fn at(address: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(.., word)| *word == address).map(|(own, ..)| *own)
    }
}

impl NewWithdrawal<'_> {
    /// Of something beside.
    pub(crate) async fn add_beside(
        self,
        change: &Transaction,
        what: Beside,
    ) -> Result<(), StoreError> {
        let mut columns = vec!["kind", "piece"];
        columns.extend(COLUMNS);
        let mut row: Vec<Value> = vec![what.word().into(), self.piece.into()];
        row.extend(self.values());
        change.insert(TABLE, &columns, vec![row]).await
    }
}

impl Withdrawal {
    /// All of something beside, in the order they were proposed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn beside(
        from: &impl Statements,
        (what, id): (Beside, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT id, reason, proposed_by, proposed_for, proposed_name, decided_by, decided_name,
                          decided_reason, withdrawn
                     FROM participation_withdrawal WHERE kind = $1 AND piece = $2 ORDER BY id";
        let rows: Vec<Row> = from.all(sql, vec![what.word().into(), id.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of an organ that wait: what it is about, its key and its title.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting_beside(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(Beside, String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Waiting {
            kind: String,
            piece: String,
            title: String,
        }
        let sql = "SELECT w.kind, w.piece, COALESCE(h.title, d.title, c.title) AS title
                     FROM participation_withdrawal w
                     LEFT JOIN hearing h ON w.kind = 'hearing' AND h.id = w.piece
                     LEFT JOIN decision_list d ON w.kind = 'decision_list' AND d.id = w.piece
                     LEFT JOIN consultation c ON w.kind = 'answers' AND c.id = w.piece
                    WHERE w.decided_by = '' AND COALESCE(h.organ, d.organ, c.organ) = $1
                    ORDER BY w.id LIMIT 50";
        let rows: Vec<Waiting> = from.all(sql, vec![organ.into()]).await?;
        let known = |row: Waiting| {
            let (what, ..) = Beside::WORDS.into_iter().find(|(_, word, _)| *word == row.kind)?;
            Some((what, row.piece, row.title))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// Decides one of something beside; `false` where somebody was first.
    pub(crate) async fn decide_beside(
        &self,
        change: &Transaction,
        who: (&str, &str, &str),
        what: (bool, &str),
    ) -> Result<bool, StoreError> {
        self.decide_in(TABLE, change, who, what).await
    }
}

impl Hearing {
    /// It is public no more; `false` where it was withdrawn before.
    pub(crate) async fn withdraw(
        change: &Transaction,
        id: &str,
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET withdrawn_on = $1, withdrawn_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND withdrawn_on IS NULL";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl DecisionList {
    /// It is public no more; `false` where it was withdrawn before.
    pub(crate) async fn withdraw(
        change: &Transaction,
        id: &str,
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE decision_list SET withdrawn_on = $1, withdrawn_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND withdrawn_on IS NULL";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Consultation {
    /// Its answers are public no more, by this withdrawal, and are put right; `false` where none are public.
    pub(crate) async fn withdraw_answers(
        change: &Transaction,
        (id, withdrawal): (&str, &str),
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation SET state = 'open', answers_withdrawal = $1, answers_withdrawn_on = $2,
                          answers_withdrawn_reason = $3, answers_publication = NULL, answered_on = NULL,
                          answered_at = NULL, changed_at = $4, version = version + 1
                    WHERE id = $5 AND state = 'answered'";
        let values =
            vec![withdrawal.into(), on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
