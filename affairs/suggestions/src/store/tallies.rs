//! 统计: how many letters of each kind, how many answered and in time, and how content their writers are.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

/// What is counted: letters that came on these days, the first and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// The day on which it is counted: what was due before it and has no answer is late.
    pub today: Date,
}

/// The numbers of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, FromQueryResult)]
pub struct Counted {
    /// The kind, as a column keeps it.
    pub kind: String,
    /// 收到.
    pub received: i64,
    /// 已答复.
    pub answered: i64,
    /// Of these, by the last day.
    pub in_time: i64,
    /// 办结，未答复: handed over, joined, not taken in, withdrawn.
    pub otherwise: i64,
    /// 办理中.
    pub open: i64,
    /// Of these, past the last day.
    pub overdue: i64,
    /// 满意.
    pub satisfied: i64,
    /// 基本满意.
    pub mostly: i64,
    /// 不满意.
    pub dissatisfied: i64,
}

impl Counted {
    /// The numbers of each kind, of organs within a range of divisions.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        (low, high): (&str, &str),
        period: Period,
    ) -> Result<Vec<Self>, StoreError> {
        let count = |what: &str| {
            format!("CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT)")
        };
        let sql = format!(
            "SELECT s.kind, COUNT(*) AS received, {} AS answered, {} AS in_time, {} AS otherwise,
                    {} AS open, {} AS overdue, {} AS satisfied, {} AS mostly, {} AS dissatisfied
               FROM suggestion s JOIN organ o ON o.code = s.organ
              WHERE o.division >= $1 AND o.division <= $2 AND s.received_on >= $3 AND s.received_on < $4
              GROUP BY s.kind",
            count("s.answered_on IS NOT NULL"),
            count("s.answered_on <= s.answer_due"),
            count("s.open = 0 AND s.answered_on IS NULL"),
            count("s.open = 1 AND s.answered_on IS NULL"),
            count("s.open = 1 AND s.answered_on IS NULL AND s.due_on < $5"),
            count("s.rating = 'satisfied'"),
            count("s.rating = 'mostly'"),
            count("s.rating = 'dissatisfied'"),
        );
        let values = vec![
            low.into(),
            high.into(),
            period.from.to_string().into(),
            period.until.to_string().into(),
            period.today.to_string().into(),
        ];
        from.all(&sql, values).await
    }

    /// Of how many it is said what share was answered in time: those with an answer, and those without one whose
    /// last day is over.
    pub const fn owed(&self) -> i64 {
        self.answered + self.overdue
    }

    /// Adds another kind's numbers.
    pub fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.answered += other.answered;
        self.in_time += other.in_time;
        self.otherwise += other.otherwise;
        self.open += other.open;
        self.overdue += other.overdue;
        self.satisfied += other.satisfied;
        self.mostly += other.mostly;
        self.dissatisfied += other.dissatisfied;
    }
}
