//! Withdrawals of records.

use law::Date;
use records_rules::Withdrawal;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::hand::Hand;

/// A withdrawal, proposed or standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalCase {
    /// Its key.
    pub id: String,
    /// The record.
    pub record: String,
    /// The organ that published it.
    pub organ: String,
    /// The record's title.
    pub title: String,
    /// How it is withdrawn.
    pub kind: Withdrawal,
    /// Why, as it stands at the old address.
    pub reason: String,
    /// The day on which a decision of punishment was changed or annulled.
    pub decision_changed_on: Option<Date>,
    /// By when it must be decided or confirmed.
    pub due_on: Option<Date>,
    /// Whether one person alone has withdrawn it, to stop a leak.
    pub emergency: bool,
    /// How far it has come.
    pub state: WithdrawalState,
    /// Who proposed it, by key.
    pub proposed_by: String,
    /// For whom that person stood in, by key.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// What the decider said.
    pub words: String,
    /// Who decided it; `None` while it waits.
    pub decided_name: Option<String>,
    /// When, as stored.
    pub decided_at: Option<String>,
}

/// How far a withdrawal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WithdrawalState {
    /// 待批准.
    Proposed,
    /// 紧急撤下，待追认.
    Alone,
    /// 已撤下.
    Stands,
    /// 未同意.
    Refused,
    /// 已恢复.
    Restored,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    record: String,
    organ: String,
    title: String,
    kind: String,
    goes_to: Option<String>,
    in_force_to: Option<String>,
    repealed_by: Option<String>,
    reason: String,
    decision_changed_on: Option<String>,
    due_on: Option<String>,
    emergency: i64,
    state: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    words: String,
    decided_name: Option<String>,
    decided_at: Option<String>,
}

const CASE: &str = "
SELECT w.id, w.record, w.organ, r.title, w.kind, w.goes_to, w.in_force_to, w.repealed_by, w.reason,
       w.decision_changed_on, w.due_on, w.emergency, w.state, w.proposed_by, w.proposed_for,
       w.proposed_name, w.proposed_at, w.words, w.decided_name, w.decided_at
  FROM record_withdrawal w
  JOIN record r ON r.id = w.record";

impl WithdrawalCase {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The withdrawal of an organ with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{CASE} WHERE w.id = $1 AND w.organ = $2");
        let row: Option<Row> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// The withdrawal by which a record is not shown, where it is not.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn standing(
        from: &impl Statements,
        record: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{CASE} WHERE w.record = $1 AND w.stands = 1 ORDER BY w.id DESC");
        let row: Option<Row> = from.one(&sql, vec![record.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// The same for everybody: of a record that was for 特定群体 nothing is said.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn told(
        from: &impl Statements,
        record: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE w.record = $1 AND w.stands = 1 AND r.reach = 'whole' ORDER BY w.id DESC"
        );
        let row: Option<Row> = from.one(&sql, vec![record.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// Whether something on a record waits for a decision.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting_on(
        from: &impl Statements,
        record: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{CASE} WHERE w.record = $1 AND w.state IN ('proposed', 'alone')");
        let row: Option<Row> = from.one(&sql, vec![record.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// The withdrawals of an organ that wait for a decision, the most urgent first, and those that
    /// were decided last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE w.organ = $1
              ORDER BY CASE w.state WHEN 'alone' THEN 0 WHEN 'proposed' THEN 1 ELSE 2 END,
                       w.proposed_at DESC, w.id DESC LIMIT 200"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// Those of an organ that wait for a decision.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE w.organ = $1 AND w.state IN ('proposed', 'alone') ORDER BY w.proposed_at"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// Whether its day is past and it still waits.
    pub fn is_late(&self, today: Date) -> bool {
        let waits = matches!(self.state, WithdrawalState::Proposed | WithdrawalState::Alone);
        waits && self.due_on.is_some_and(|due| due < today)
    }

    /// Decisions of punishment of an organ that were changed or annulled, whose withdrawal was refused
    /// and that are still shown: the law's three days run on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn owed(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{CASE} WHERE w.organ = $1 AND w.state = 'refused' AND w.decision_changed_on IS NOT NULL
                AND r.withdrawn = 0
                AND NOT EXISTS (SELECT 1 FROM record_withdrawal n
                                 WHERE n.record = w.record AND n.id > w.id)
              ORDER BY w.due_on, w.id"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let (to, until, by) = match &self.kind {
            Withdrawal::Mistaken => (None, None, None),
            Withdrawal::Moved { to } => (Some(to.clone()), None, None),
            Withdrawal::NoLongerInForce { from, by } => (None, Some(from.to_string()), by.clone()),
            Withdrawal::Ended { last } => (None, Some(last.to_string()), None),
        };
        let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("record", self.record.clone().into()),
            ("organ", self.organ.clone().into()),
            ("kind", self.kind.word().into()),
            ("goes_to", to.into()),
            ("in_force_to", until.into()),
            ("repealed_by", by.into()),
            ("reason", self.reason.clone().into()),
            ("decision_changed_on", day(self.decision_changed_on)),
            ("due_on", day(self.due_on)),
            ("emergency", i64::from(self.emergency).into()),
            ("state", self.state.word().into()),
            ("stands", i64::from(self.emergency || self.state == WithdrawalState::Stands).into()),
            ("proposed_by", self.proposed_by.clone().into()),
            ("proposed_for", self.proposed_for.clone().into()),
            ("proposed_name", self.proposed_name.clone().into()),
            ("proposed_at", self.proposed_at.clone().into()),
            ("words", "".into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_withdrawal", &names, vec![values]).await
    }

    /// Keeps the decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        state: WithdrawalState,
        words: &str,
        hand: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let hides = state == WithdrawalState::Stands && self.kind.hides();
        let sql =
            "UPDATE record_withdrawal SET state = $1, stands = $2, words = $3, decided_by = $4,
                          decided_for = $5, decided_name = $6, decided_at = $7
                    WHERE id = $8 AND state = $9";
        let values: Vec<Value> = vec![
            state.word().into(),
            i64::from(hides).into(),
            words.into(),
            hand.person.clone().into(),
            hand.stands_in_for.clone().into(),
            hand.name.clone().into(),
            at.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl WithdrawalState {
    const WORDS: [(Self, &'static str, &'static str); 5] = [
        (Self::Proposed, "proposed", "待批准"),
        (Self::Alone, "alone", "紧急撤下，待追认"),
        (Self::Stands, "stands", "已撤下"),
        (Self::Refused, "refused", "未同意"),
        (Self::Restored, "restored", "已恢复"),
    ];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The word people read.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(.., name)| name)
    }
}

impl Row {
    fn case(self) -> WithdrawalCase {
        let day = |text: Option<String>| text.and_then(|text| text.parse::<Date>().ok());
        let kind = match self.kind.as_str() {
            "moved" => Withdrawal::Moved { to: self.goes_to.unwrap_or_default() },
            "no_longer_in_force" => Withdrawal::NoLongerInForce {
                from: day(self.in_force_to).unwrap_or(Date::MIN),
                by: self.repealed_by,
            },
            "ended" => Withdrawal::Ended { last: day(self.in_force_to).unwrap_or(Date::MIN) },
            _ => Withdrawal::Mistaken,
        };
        let state = WithdrawalState::WORDS.iter().find(|(_, word, _)| *word == self.state);
        WithdrawalCase {
            kind,
            state: state.map_or(WithdrawalState::Refused, |(state, ..)| *state),
            decision_changed_on: day(self.decision_changed_on),
            due_on: day(self.due_on),
            emergency: self.emergency != 0,
            id: self.id,
            record: self.record,
            organ: self.organ,
            title: self.title,
            reason: self.reason,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            proposed_at: self.proposed_at,
            words: self.words,
            decided_name: self.decided_name,
            decided_at: self.decided_at,
        }
    }
}
