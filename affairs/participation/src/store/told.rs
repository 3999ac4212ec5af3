//! Answers as everybody reads them: a page of them by number, and what became of all in numbers.

use std::collections::HashMap;

use participation_rules::Verdict;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::Opinion;
use super::opinion::{Row, SELECT};

/// An opinion that is answered for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The opinion with its answer.
    pub opinion: Opinion,
    /// How many others say the same and have the same answer.
    pub others: usize,
}

impl Told {
    /// Those of a consultation with a number after this, in the order they came; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        consultation: &str,
        (number, most): (i64, usize),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE consultation = $1 AND number > $2 AND state = 'open' AND first IS NULL
              ORDER BY number LIMIT $3"
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values: Vec<Value> = vec![consultation.into(), number.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let last = rows.last().map_or(number, |row| row.number());
        let mut others = others(from, consultation, (number, last)).await?;
        let told = |row: Row| {
            let opinion = Opinion::from(row);
            let others = others.remove(&opinion.id).unwrap_or_default();
            Self { opinion, others }
        };
        Ok(rows.into_iter().map(told).collect())
    }
}

impl Told {
    /// What everybody reads of the answers of the consultations from one key up to another, words and reasons in their
    /// order, by the keys of the consultations. One query.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn words(
        from: &impl Statements,
        (first, last): (&str, &str),
    ) -> Result<HashMap<String, Vec<String>>, StoreError> {
        #[derive(FromQueryResult)]
        struct Words {
            consultation: String,
            shown: String,
            reason: String,
        }
        let sql = "SELECT o.consultation, o.shown, o.reason
                     FROM consultation c
                     JOIN consultation_opinion o ON o.consultation = c.id AND o.state = 'open' AND o.first IS NULL
                    WHERE c.id BETWEEN $1 AND $2 AND c.state = 'answered' AND c.withdrawn_on IS NULL
                    ORDER BY o.consultation, o.number";
        let rows: Vec<Words> = from.all(sql, vec![first.into(), last.into()]).await?;
        let mut words: HashMap<String, Vec<String>> = HashMap::new();
        for row in rows {
            words.entry(row.consultation).or_default().extend([row.shown, row.reason]);
        }
        Ok(words)
    }
}

/// How many say the same as each of those with a number after the first and up to the last.
async fn others(
    from: &impl Statements,
    consultation: &str,
    (after, last): (i64, i64),
) -> Result<HashMap<String, usize>, StoreError> {
    #[derive(FromQueryResult)]
    struct Many {
        id: String,
        many: i64,
    }
    let sql = "SELECT f.id, COUNT(*) AS many
                 FROM consultation_opinion f
                 JOIN consultation_opinion o ON o.first = f.id AND o.state = 'open'
                WHERE f.consultation = $1 AND f.number > $2 AND f.number <= $3
                GROUP BY f.id";
    let values: Vec<Value> = vec![consultation.into(), after.into(), last.into()];
    let rows: Vec<Many> = from.all(sql, values).await?;
    let many = |row: Many| (row.id, usize::try_from(row.many).unwrap_or_default());
    Ok(rows.into_iter().map(many).collect())
}

/// How many opinions there are, by what became of them. Those that say the same are counted one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    verdicts: Vec<(Verdict, usize)>,
    /// 屏蔽的.
    pub hidden: usize,
}

impl Counts {
    /// Of one consultation.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, consultation: &str) -> Result<Self, StoreError> {
        #[derive(FromQueryResult)]
        struct Many {
            state: String,
            verdict: String,
            many: i64,
        }
        let sql = "SELECT o.state, COALESCE(f.verdict, o.verdict) AS verdict, COUNT(*) AS many
                     FROM consultation_opinion o
                     LEFT JOIN consultation_opinion f ON f.id = o.first
                    WHERE o.consultation = $1
                    GROUP BY o.state, COALESCE(f.verdict, o.verdict)";
        let rows: Vec<Many> = from.all(sql, vec![consultation.into()]).await?;
        let mut counts = Self::default();
        for row in rows {
            let many = usize::try_from(row.many).unwrap_or_default();
            match (row.state.as_str(), Verdict::parse(&row.verdict)) {
                ("hidden", _) => counts.hidden += many,
                ("open", Some(verdict)) => counts.verdicts.push((verdict, many)),
                _ => {}
            }
        }
        Ok(counts)
    }

    /// All that count.
    pub fn all(&self) -> usize {
        self.verdicts.iter().map(|(_, many)| many).sum()
    }

    /// Those with this verdict.
    pub fn with(&self, verdict: Verdict) -> usize {
        self.verdicts.iter().filter(|(own, _)| *own == verdict).map(|(_, many)| many).sum()
    }

    /// The numbers of those that were taken or taken in part, with the clauses they are about.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn heard(
        from: &impl Statements,
        consultation: &str,
    ) -> Result<Vec<(i64, u32)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Heard {
            number: i64,
            clause: i64,
        }
        let sql = "SELECT number, clause FROM consultation_opinion
                    WHERE consultation = $1 AND state = 'open' AND first IS NULL
                      AND verdict IN ('adopted', 'partly') ORDER BY number";
        let rows: Vec<Heard> = from.all(sql, vec![consultation.into()]).await?;
        let heard = |row: Heard| (row.number, u32::try_from(row.clause).unwrap_or_default());
        Ok(rows.into_iter().map(heard).collect())
    }
}
