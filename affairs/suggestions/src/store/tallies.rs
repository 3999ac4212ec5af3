//! 统计: how many letters of each kind, how many answered and in time, and how content their writers are.

use std::collections::BTreeMap;

use law::Date;
use store::{Statements, StoreError};
use web::{CountQuery, CountedRow, House};

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// Each number by its name, and which letters it counts; `$5` is the day on which it is counted.
const NUMBERS: [(&str, &str); 9] = [
    // Of every letter; the kind stands in the index from which all are counted.
    ("received", "s.kind IS NOT NULL"),
    ("answered", "s.answered_on IS NOT NULL"),
    ("in_time", "s.answered_on <= s.answer_due"),
    ("otherwise", "s.open = 0 AND s.answered_on IS NULL"),
    ("open", "s.open = 1 AND s.answered_on IS NULL"),
    ("overdue", "s.open = 1 AND s.answered_on IS NULL AND s.due_on < $5"),
    ("satisfied", "s.rating = 'satisfied'"),
    ("mostly", "s.rating = 'mostly'"),
    ("dissatisfied", "s.rating = 'dissatisfied'"),
];

impl Counted {
    /// The numbers of each kind, of organs within a range of divisions.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        range: (&str, &str),
        period: Period,
    ) -> Result<Vec<Self>, StoreError> {
        let query = query(range, period);
        let rows: Vec<CountedRow> = from.all(&query.sql, query.values).await?;
        Ok(Self::told(&rows))
    }

    /// The same for whoever visits: where there are many letters, as it was counted some minutes ago at most.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn kept(
        house: &House,
        range: (&str, &str),
        period: Period,
    ) -> Result<Vec<Self>, StoreError> {
        Ok(Self::told(&house.counted(query(range, period)).await?))
    }

    /// Numbers that came as rows: of each the kind, which number it is, and how many.
    pub fn told(rows: &[CountedRow]) -> Vec<Self> {
        let mut kinds: BTreeMap<&str, Self> = BTreeMap::new();
        for row in rows {
            let kind = kinds.entry(row.key.as_str()).or_default();
            if let Some(number) = kind.named(&row.words) {
                *number = row.count;
            }
        }
        let told = |(kind, numbers): (&str, Self)| Self { kind: kind.to_owned(), ..numbers };
        kinds.into_iter().map(told).collect()
    }

    fn named(&mut self, name: &str) -> Option<&mut i64> {
        Some(match name {
            "received" => &mut self.received,
            "answered" => &mut self.answered,
            "in_time" => &mut self.in_time,
            "otherwise" => &mut self.otherwise,
            "open" => &mut self.open,
            "overdue" => &mut self.overdue,
            "satisfied" => &mut self.satisfied,
            "mostly" => &mut self.mostly,
            "dissatisfied" => &mut self.dissatisfied,
            _ => return None,
        })
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

/// Counts each kind once, and tells its numbers as rows.
fn query((low, high): (&str, &str), period: Period) -> CountQuery {
    let count = |(name, what): (&str, &str)| {
        format!("CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_{name}")
    };
    let row = |(name, _): (&str, &str)| {
        format!(
            "SELECT kind AS key, '{name}' AS words, n_{name} AS count, NULL AS latest FROM counted"
        )
    };
    let sql = format!(
        "WITH counted AS (
            SELECT s.kind, {}
              FROM suggestion s JOIN organ o ON o.code = s.organ
             WHERE o.division >= $1 AND o.division <= $2 AND s.received_on >= $3 AND s.received_on < $4
             GROUP BY s.kind)
         {}",
        NUMBERS.map(count).join(", "),
        NUMBERS.map(row).join(" UNION ALL ")
    );
    let values = vec![
        low.into(),
        high.into(),
        period.from.to_string().into(),
        period.until.to_string().into(),
        period.today.to_string().into(),
    ];
    CountQuery { sql, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_the_numbers_of_their_kind_and_every_number_is_counted_once() {
        let row = |key: &str, words: &str, count| CountedRow {
            key: key.into(),
            words: words.into(),
            count,
            latest: None,
        };
        let told = Counted::told(&[
            row("report", "received", 2),
            row("inquiry", "received", 5),
            row("inquiry", "overdue", 3),
            row("inquiry", "answered", 1),
            row("inquiry", "unheard of", 9),
        ]);
        let numbers: Vec<_> =
            told.iter().map(|one| (one.kind.as_str(), one.received, one.owed())).collect();
        assert_eq!(numbers, [("inquiry", 5, 4), ("report", 2, 0)]);
        let mut counted = Counted::default();
        assert!(NUMBERS.iter().all(|(name, _)| counted.named(name).is_some()));
    }
}
