//! 规范性文件 an organ has published, what was decided of them, and lists of persons whose time is over.

use law::Date;
use records_rules::Life;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::life;
use crate::hand::Hand;

/// A 规范性文件 as the list of an organ shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normative {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its 文号.
    pub number: Option<String>,
    /// 成文日期, as stored.
    pub made_on: String,
    /// The days that decide whether it holds.
    pub life: Life,
    /// What was decided when it was looked at last.
    pub clearing: Option<Clearing>,
}

/// What was decided of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearing {
    /// keep, amend, repeal.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub person_name: String,
    /// The day, as stored.
    pub cleared_on: String,
}

/// A list of persons whose last day is past and that is still shown.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Expired {
    /// The record's key.
    pub id: String,
    /// The organ that published it.
    pub organ: String,
    /// Its title.
    pub title: String,
    /// Its last day, as stored.
    pub shown_until: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    document_number: Option<String>,
    made_on: String,
    in_force_from: Option<String>,
    last_day: Option<String>,
    repealed_from: Option<String>,
    amended_from: Option<String>,
    partly_void_from: Option<String>,
    outcome: Option<String>,
    reason: Option<String>,
    person_name: Option<String>,
    cleared_on: Option<String>,
}

const NORMATIVE: &str = "
SELECT r.id, r.title, r.document_number, r.made_on, r.in_force_from, r.last_day, r.repealed_from,
       r.amended_from, r.partly_void_from, c.outcome, c.reason, c.person_name, c.cleared_on
  FROM record r
  LEFT JOIN record_clearing c ON c.record = r.id
       AND c.id = (SELECT MAX(n.id) FROM record_clearing n WHERE n.record = r.id)
 WHERE r.organ = $1 AND r.normative = 1 AND r.withdrawn = 0";

impl Normative {
    /// Those of an organ, the first to lapse first, those without a term by their age; at most 500.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{NORMATIVE} ORDER BY COALESCE(r.last_day, '9999'), r.made_on LIMIT 500");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::normative).collect())
    }

    /// Those of an organ that lapse soon (docs/readings/006) and of which nothing was decided since.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn lapsing(
        from: &impl Statements,
        organ: &str,
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{NORMATIVE} AND r.last_day >= $2 ORDER BY r.last_day LIMIT 200");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), today.to_string().into()]).await?;
        let all = rows.into_iter().map(Row::normative);
        Ok(all.filter(|one| one.waits(today)).collect())
    }

    /// Whether it lapses soon and nothing was decided of it for this term.
    pub fn waits(&self, today: Date) -> bool {
        let decided = |last: Date| {
            let on = self.clearing.as_ref().and_then(|one| one.cleared_on.parse::<Date>().ok());
            let begins = last.checked_sub(jiff::Span::new().months(6)).unwrap_or(Date::MIN);
            on.is_some_and(|on| on >= begins)
        };
        self.life.lapses_soon(today).is_some_and(|last| !decided(last))
    }
}

impl Clearing {
    /// Keeps what was decided of a record.
    pub(crate) async fn add(
        change: &Transaction,
        record: &str,
        (outcome, reason): (&str, &str),
        hand: &Hand,
        on: Date,
    ) -> Result<(), StoreError> {
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", uuid::Uuid::now_v7().to_string().into()),
            ("record", record.into()),
            ("organ", hand.organ.clone().into()),
            ("outcome", outcome.into()),
            ("reason", reason.into()),
            ("person", hand.person.clone().into()),
            ("person_name", hand.name.clone().into()),
            ("cleared_on", on.to_string().into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_clearing", &names, vec![values]).await
    }
}

impl Expired {
    /// Those whose last day is before `today`, the longest over first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        today: Date,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, organ, title, shown_until FROM record
                    WHERE withdrawn = 0 AND shown_until < $1 ORDER BY shown_until, id LIMIT $2";
        from.all(sql, vec![today.to_string().into(), most.into()]).await
    }

    /// One of them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn one(
        from: &impl Statements,
        id: &str,
        today: Date,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, organ, title, shown_until FROM record
                    WHERE withdrawn = 0 AND shown_until < $1 AND id = $2";
        from.one(sql, vec![today.to_string().into(), id.into()]).await
    }
}

impl Row {
    fn normative(self) -> Normative {
        let clearing = self.outcome.map(|outcome| Clearing {
            outcome,
            reason: self.reason.unwrap_or_default(),
            person_name: self.person_name.unwrap_or_default(),
            cleared_on: self.cleared_on.unwrap_or_default(),
        });
        Normative {
            life: life([
                &self.in_force_from,
                &self.last_day,
                &self.repealed_from,
                &self.amended_from,
                &self.partly_void_from,
            ]),
            id: self.id,
            title: self.title,
            number: self.document_number,
            made_on: self.made_on,
            clearing,
        }
    }
}
