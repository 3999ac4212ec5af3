//! 活动报名: who has a place, and who waits for one.

use law::Date;
use participation_rules::Queued;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::super::handed_in::handed_in_to;
use super::super::{Enroller, Gathering, HandedIn, KeptForATime};

/// What became of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceState {
    /// 候补, or 待选定.
    Waiting,
    /// 有名额.
    Placed,
    /// 已撤回, by whoever enrolled.
    Retracted,
    /// 不符合条件.
    Excluded,
}

impl PlaceState {
    const WORDS: [(Self, &'static str, &'static str); 4] = [
        (Self::Waiting, "waiting", "候补"),
        (Self::Placed, "placed", "参加"),
        (Self::Retracted, "retracted", "本人已撤回"),
        (Self::Excluded, "excluded", "不符合条件"),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// Whether it still counts.
    pub fn counts(self) -> bool {
        matches!(self, Self::Waiting | Self::Placed)
    }
}

/// One enrolment for a gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its key.
    pub id: String,
    /// The gathering.
    pub gathering: String,
    /// Its number there.
    pub number: i64,
    /// The group, from 1.
    pub group: usize,
    /// The day it came.
    pub received_on: String,
    /// What became of it.
    pub state: PlaceState,
    /// Why it was chosen or excluded, as whoever enrolled reads it.
    pub reason: String,
    /// What became of it since is still to be told.
    pub to_tell: bool,
    sealed: String,
}

/// As its row has it.
#[derive(FromQueryResult)]
pub struct Row {
    id: String,
    gathering: String,
    number: i64,
    side: i64,
    received_on: String,
    state: String,
    reason: String,
    to_tell: i64,
    sealed: String,
}

const SELECT: &str =
    "SELECT id, gathering, number, side, received_on, state, reason, to_tell, sealed
       FROM gathering_entry";

impl From<Row> for Place {
    fn from(row: Row) -> Self {
        let state = PlaceState::WORDS.iter().find(|(_, word, _)| *word == row.state);
        Self {
            state: state.map_or(PlaceState::Excluded, |(state, ..)| *state),
            group: usize::try_from(row.side).unwrap_or_default(),
            to_tell: row.to_tell != 0,
            id: row.id,
            gathering: row.gathering,
            number: row.number,
            received_on: row.received_on,
            reason: row.reason,
            sealed: row.sealed,
        }
    }
}

/// An enrolment on its way into the table.
pub(crate) struct NewPlace<'a> {
    pub id: &'a str,
    pub gathering: &'a str,
    pub number: i64,
    pub group: usize,
    pub sealed: String,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub person_mark: &'a str,
    pub received_on: Date,
    pub demo: bool,
}

impl NewPlace<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "gathering",
            "number",
            "side",
            "sealed",
            "key_mark",
            "code_mark",
            "person_mark",
            "received_on",
            "state",
            "reason",
            "to_tell",
            "demo",
        ];
        let row: Vec<Value> = vec![
            self.id.into(),
            self.gathering.into(),
            self.number.into(),
            i64::try_from(self.group).unwrap_or_default().into(),
            self.sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.person_mark.into(),
            self.received_on.to_string().into(),
            PlaceState::Waiting.word().into(),
            "".into(),
            0_i64.into(),
            i64::from(self.demo).into(),
        ];
        change.insert("gathering_entry", &columns, vec![row]).await
    }
}

impl Place {
    /// One that counts by the same person.
    pub(crate) async fn of_person(
        from: &impl Statements,
        (gathering, mark): (&str, &str),
    ) -> Result<Option<Self>, StoreError> {
        let condition = "gathering = $1 AND person_mark = $2 AND state IN ('waiting', 'placed')";
        Self::by(from, condition, vec![gathering.into(), mark.into()]).await
    }

    /// All that count, in the order they came.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn queue(from: &impl Statements, gathering: &str) -> Result<Vec<Queued>, StoreError> {
        #[derive(FromQueryResult)]
        struct Waits {
            number: i64,
            side: i64,
            state: String,
        }
        let sql = "SELECT number, side, state FROM gathering_entry
                    WHERE gathering = $1 AND state IN ('waiting', 'placed') ORDER BY number";
        let rows: Vec<Waits> = from.all(sql, vec![gathering.into()]).await?;
        let one = |row: Waits| Queued {
            number: row.number,
            group: usize::try_from(row.side).unwrap_or_default(),
            placed: row.state == PlaceState::Placed.word(),
        };
        Ok(rows.into_iter().map(one).collect())
    }

    /// How many of a gathering are still to be told.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to_be_told(from: &impl Statements, gathering: &str) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM gathering_entry WHERE gathering = $1 AND to_tell = 1";
        Ok(from.number(sql, vec![gathering.into()]).await?.unwrap_or_default())
    }

    /// Gives a place; whoever was not there to see it is still to be told.
    pub(crate) async fn place(
        change: &Transaction,
        (gathering, number): (&str, i64),
        (reason, to_tell): (&str, bool),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering_entry SET state = 'placed', reason = $1, to_tell = $2
                    WHERE gathering = $3 AND number = $4 AND state = 'waiting'";
        let values =
            vec![reason.into(), i64::from(to_tell).into(), gathering.into(), number.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// All that count are to be told that it is not held; says how many.
    pub(crate) async fn tell_all(change: &Transaction, gathering: &str) -> Result<u64, StoreError> {
        let sql = "UPDATE gathering_entry SET to_tell = 1, told_on = NULL
                    WHERE gathering = $1 AND state IN ('waiting', 'placed')";
        change.run(sql, vec![gathering.into()]).await
    }

    /// One has been told; `false` where he was not to be.
    pub(crate) async fn tell(
        change: &Transaction,
        (gathering, number): (&str, i64),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering_entry SET to_tell = 0, told_on = $1
                    WHERE gathering = $2 AND number = $3 AND to_tell = 1";
        let values = vec![on.to_string().into(), gathering.into(), number.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It does not fit the conditions; whoever enrolled is still to be told.
    pub(crate) async fn exclude(
        &self,
        change: &Transaction,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering_entry SET state = 'excluded', reason = $1, to_tell = 1
                    WHERE id = $2 AND state IN ('waiting', 'placed')";
        Ok(change.run(sql, vec![reason.into(), self.id.clone().into()]).await? == 1)
    }
}

impl HandedIn for Place {
    type Row = Row;
    type Original = Enroller;
    handed_in_to!(Gathering, gathering);

    const TABLE: &'static str = "gathering_entry";
    const SELECT: &'static str = SELECT;
    const RETRACTION: &'static str =
        "UPDATE gathering_entry SET state = 'retracted', sealed = '', reason = '', to_tell = 0
          WHERE id = $1 AND state IN ('waiting', 'placed')";
}

// What an officer wrote of whom he chose or excluded is taken out too.
impl KeptForATime for Place {
    const STILL_KEPT: &'static str = "SELECT CAST(1 AS BIGINT) FROM gathering g
           JOIN gathering_entry e ON e.gathering = g.id AND e.sealed <> ''
          WHERE g.held_on < $1 OR g.cancelled_on < $1 LIMIT 1";
    const ERASURE: &'static str = "UPDATE gathering_entry SET sealed = '', reason = '', to_tell = 0
          WHERE sealed <> '' AND gathering IN
                (SELECT id FROM gathering WHERE held_on < $1 OR cancelled_on < $1)";
}
