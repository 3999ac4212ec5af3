//! 听证报名.

use law::Date;
use participation_rules::EnrolmentState;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::handed_in::handed_in_to;
use super::{HandedIn, Hearing, KeptForATime};

/// Why a second enrolment of the same person does not count.
pub(crate) const REPEATED: &str = "同一个人重复报名，只算第一次";

/// Who enrols, how he is reached, and what he wants to say; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enroller {
    /// The name.
    pub name: String,
    /// Telephone or mail.
    pub contact: String,
    /// What he wants to say, in short; may be empty.
    pub words: String,
}

/// One enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Its key.
    pub id: String,
    /// The hearing.
    pub hearing: String,
    /// Its number there.
    pub number: i64,
    /// The side, from 1.
    pub side: usize,
    /// How the list names it.
    pub mark: String,
    /// The day it came.
    pub received_on: String,
    /// What became of it.
    pub state: EnrolmentState,
    /// Why it was excluded, as whoever enrolled reads it.
    pub reason: String,
    /// The place among its side; 0 of who does not take part.
    pub rank: i64,
    /// Takes part.
    pub takes_part: bool,
    /// The name of who takes part; empty until it is public.
    pub named: String,
    sealed: String,
}

/// As its row has it.
#[derive(FromQueryResult)]
pub struct Row {
    id: String,
    hearing: String,
    number: i64,
    side: i64,
    mark: String,
    received_on: String,
    state: String,
    reason: String,
    rank: i64,
    takes_part: i64,
    named: String,
    sealed: String,
}

const SELECT: &str = "SELECT id, hearing, number, side, mark, received_on, state, reason, rank, takes_part, named, sealed
                        FROM hearing_entry";

impl From<Row> for Enrolment {
    fn from(row: Row) -> Self {
        Self {
            state: EnrolmentState::parse(&row.state).unwrap_or(EnrolmentState::Excluded),
            side: usize::try_from(row.side).unwrap_or_default(),
            takes_part: row.takes_part != 0,
            id: row.id,
            hearing: row.hearing,
            number: row.number,
            mark: row.mark,
            received_on: row.received_on,
            reason: row.reason,
            rank: row.rank,
            named: row.named,
            sealed: row.sealed,
        }
    }
}

/// An enrolment on its way into the table.
pub(crate) struct NewEnrolment<'a> {
    pub id: &'a str,
    pub hearing: &'a str,
    pub number: i64,
    pub side: usize,
    pub mark: &'a str,
    pub sealed: String,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub person_mark: &'a str,
    pub received_on: Date,
    pub demo: bool,
}

impl NewEnrolment<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "hearing",
            "number",
            "side",
            "mark",
            "sealed",
            "key_mark",
            "code_mark",
            "person_mark",
            "received_on",
            "state",
            "reason",
            "rank",
            "takes_part",
            "named",
            "demo",
        ];
        let row: Vec<Value> = vec![
            self.id.into(),
            self.hearing.into(),
            self.number.into(),
            i64::try_from(self.side).unwrap_or_default().into(),
            self.mark.into(),
            self.sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.person_mark.into(),
            self.received_on.to_string().into(),
            EnrolmentState::Enrolled.word().into(),
            "".into(),
            0_i64.into(),
            0_i64.into(),
            "".into(),
            i64::from(self.demo).into(),
        ];
        change.insert("hearing_entry", &columns, vec![row]).await
    }
}

impl Enrolment {
    /// Those that count, as the list has them: by sides and numbers.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn listed(from: &impl Statements, hearing: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("{SELECT} WHERE hearing = $1 AND state = 'enrolled' ORDER BY side, number");
        let rows: Vec<Row> = from.all(&sql, vec![hearing.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those that take part, by sides and places.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn taking_part(
        from: &impl Statements,
        hearing: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE hearing = $1 AND takes_part = 1 ORDER BY side, rank");
        let rows: Vec<Row> = from.all(&sql, vec![hearing.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Why some were excluded, without saying who: the reasons, each with how often.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn excluded(
        from: &impl Statements,
        hearing: &str,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Reason {
            reason: String,
            many: i64,
        }
        let sql = "SELECT reason, COUNT(*) AS many FROM hearing_entry
                    WHERE hearing = $1 AND state = 'excluded' GROUP BY reason ORDER BY reason LIMIT 50";
        let rows: Vec<Reason> = from.all(sql, vec![hearing.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.reason, row.many)).collect())
    }

    /// It does not fit the conditions.
    pub(crate) async fn exclude(
        &self,
        change: &Transaction,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing_entry SET state = 'excluded', reason = $1
                    WHERE id = $2 AND state = 'enrolled'";
        Ok(change.run(sql, vec![reason.into(), self.id.clone().into()]).await? == 1)
    }

    /// Whoever enrolled more than once counts once, the first time.
    pub(crate) async fn exclude_repeated(
        change: &Transaction,
        hearing: &str,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE hearing_entry SET state = 'excluded', reason = $1
                    WHERE hearing = $2 AND state = 'enrolled'
                      AND EXISTS (SELECT 1 FROM hearing_entry f
                                   WHERE f.hearing = hearing_entry.hearing AND f.state = 'enrolled'
                                     AND f.person_mark = hearing_entry.person_mark
                                     AND f.number < hearing_entry.number)";
        change.run(sql, vec![REPEATED.into(), hearing.into()]).await
    }

    /// Takes part; its name is public from now on.
    pub(crate) async fn take_part(
        &self,
        change: &Transaction,
        (rank, named): (i64, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE hearing_entry SET takes_part = 1, rank = $1, named = $2 WHERE id = $3";
        change.run(sql, vec![rank.into(), named.into(), self.id.clone().into()]).await.map(|_| ())
    }
}

impl HandedIn for Enrolment {
    type Row = Row;
    type Original = Enroller;
    handed_in_to!(Hearing, hearing);

    const TABLE: &'static str = "hearing_entry";
    const SELECT: &'static str = SELECT;
    const RETRACTION: &'static str = "UPDATE hearing_entry SET state = 'retracted', sealed = ''
          WHERE id = $1 AND state = 'enrolled'";
}

impl KeptForATime for Enrolment {
    const STILL_KEPT: &'static str = "SELECT CAST(1 AS BIGINT) FROM hearing h
           JOIN hearing_entry e ON e.hearing = h.id AND e.sealed <> ''
          WHERE h.recorded_on < $1 OR h.cancelled_on < $1 OR h.withdrawn_on < $1 LIMIT 1";
    const ERASURE: &'static str = "UPDATE hearing_entry SET reason = CASE WHEN reason = $1 THEN reason ELSE '' END, sealed = ''
          WHERE sealed <> '' AND hearing IN
                (SELECT id FROM hearing
                  WHERE recorded_on < $2 OR cancelled_on < $2 OR withdrawn_on < $2)";

    /// What an officer wrote of whom he excluded is taken out too; a settled reason tells nothing of anybody, and is
    /// counted on the page.
    fn erasing(day: Date) -> Vec<Value> {
        vec![REPEATED.into(), day.to_string().into()]
    }
}
