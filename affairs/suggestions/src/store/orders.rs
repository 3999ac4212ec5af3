//! 12345 工单: what came with them, how they stand, and the platforms that hand them in by program.

use law::Date;
use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::{OrderTerm, Satisfaction, SuggestionState};

use super::Written;
use super::answers::open_answer;
use super::letters::open_written;

/// What came with an order besides the letter.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OrderSlip {
    /// 来电时间, as stored.
    pub called_at: String,
    /// 办理时限 as it was told; empty where none was.
    pub term: String,
}

/// The same on its way into the table.
pub(crate) struct NewOrder<'a> {
    pub suggestion: String,
    pub called_at: &'a str,
    pub term: &'a str,
    pub platform: &'a str,
}

impl NewOrder<'_> {
    /// Keeps them.
    pub(crate) async fn keep(change: &Transaction, orders: Vec<Self>) -> Result<(), StoreError> {
        let columns = ["suggestion", "called_at", "term", "platform"];
        let row = |order: Self| -> Vec<Value> {
            vec![
                order.suggestion.into(),
                order.called_at.into(),
                order.term.into(),
                order.platform.into(),
            ]
        };
        let rows = orders.into_iter().map(row).collect();
        change.insert("suggestion_order", &columns, rows).await
    }
}

impl OrderSlip {
    /// As people read it.
    pub fn words(&self) -> String {
        let called: String = self.called_at.replace('T', " ").chars().take(16).collect();
        match self.term.as_str() {
            "" => format!("12345 工单，来电 {called}。"),
            term => format!("12345 工单，来电 {called}；平台写的办理时限：{term}。"),
        }
    }

    /// What came with a letter; none where it is no order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT called_at, term FROM suggestion_order WHERE suggestion = $1";
        from.one(sql, vec![suggestion.into()]).await
    }
}

/// Which orders are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderQuery {
    /// Only those that an organ answers.
    pub organ: Option<String>,
    /// Only those of a site, by its address prefix.
    pub base: Option<String>,
    /// Only those that a platform handed in by program, by its key.
    pub platform: Option<String>,
    /// Only this one, by its number at the hotline.
    pub number: Option<String>,
    /// Only those that came on this day or later.
    pub since: Option<Date>,
    /// Only those that came on this day or before.
    pub until: Option<Date>,
    /// After this one: the day it came, and its key.
    pub after: Option<(String, String)>,
}

/// How an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The letter's key.
    pub id: String,
    /// 工单编号.
    pub order_number: String,
    /// The letter's number here.
    pub number: String,
    /// The day it came.
    pub received_on: String,
    /// When it was accepted, as stored.
    pub accepted_at: Option<String>,
    /// The organ that answers, by code.
    pub organ: String,
    /// Its name.
    pub organ_name: String,
    /// How far it has come.
    pub state: SuggestionState,
    /// When the last answer went out, as stored.
    pub answered_at: Option<String>,
    /// By when it was owed and when it was done.
    pub term: OrderTerm,
    /// What the writer says of the answer.
    pub rating: Option<Satisfaction>,
    answer: Option<String>,
    sealed: Option<String>,
    /// The letter that it was joined to: its key, and what was written in it, sealed.
    first: Option<(String, String)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    order_number: Option<String>,
    number: String,
    received_on: String,
    accepted_at: Option<String>,
    organ: String,
    organ_name: String,
    state: String,
    open: i64,
    due_on: String,
    answered_on: Option<String>,
    answer_due: Option<String>,
    ended_on: Option<String>,
    rating: String,
    answer: Option<String>,
    sent_at: Option<String>,
    sealed: Option<String>,
    first: Option<String>,
    first_sealed: Option<String>,
    first_answered: Option<String>,
}

/// Orders with the last answer that went out; what was joined to another letter has that one's.
const LINES: &str =
    "SELECT s.id, s.order_number, s.number, s.received_on, s.organ, o.name AS organ_name, s.state,
        s.open, s.due_on, s.answered_on, s.answer_due, s.ended_on, s.rating,
        (SELECT MAX(e.made_at) FROM suggestion_event e
          WHERE e.suggestion = s.id AND e.act = 'acceptance') AS accepted_at,
        a.id AS answer, a.sent_at, a.sealed,
        s.first, f.sealed AS first_sealed, f.answered_on AS first_answered
   FROM suggestion s
   JOIN organ o ON o.code = s.organ
   LEFT JOIN suggestion f ON f.id = s.first
   LEFT JOIN suggestion_answer a ON a.suggestion = COALESCE(s.first, s.id) AND a.state = 'sent'
        AND a.version = (SELECT MAX(b.version) FROM suggestion_answer b
                          WHERE b.suggestion = a.suggestion AND b.state = 'sent')
  WHERE s.source = '12345'";

/// Narrows them to what a platform handed in.
const OF_PLATFORM: &str = " AND EXISTS (SELECT 1 FROM suggestion_order w
                          WHERE w.suggestion = s.id AND w.platform = ?)";

impl Row {
    /// What was joined to another letter is done on the day on which that one is answered, not on which it was joined.
    fn term(&self) -> OrderTerm {
        let day = |text: &str| text.parse::<Date>().unwrap_or(Date::MAX);
        let done = |text: &Option<String>| text.as_deref().map(day);
        let due = day(&self.due_on);
        match (self.open != 0, &self.answered_on, &self.answer_due) {
            (true, ..) => OrderTerm { due, done: None },
            (false, Some(on), Some(due)) => OrderTerm { due: day(due), done: Some(day(on)) },
            (false, ..) if self.first.is_some() => {
                OrderTerm { due, done: done(&self.first_answered) }
            }
            (false, ..) => OrderTerm { due, done: done(&self.ended_on) },
        }
    }
}

impl From<Row> for OrderLine {
    fn from(row: Row) -> Self {
        let term = row.term();
        Self {
            id: row.id,
            order_number: row.order_number.unwrap_or_default(),
            number: row.number,
            received_on: row.received_on,
            accepted_at: row.accepted_at,
            organ: row.organ,
            organ_name: row.organ_name,
            state: SuggestionState::parse(&row.state).unwrap_or(SuggestionState::Withdrawn),
            answered_at: row.sent_at,
            term,
            rating: Satisfaction::parse(&row.rating),
            answer: row.answer,
            sealed: row.sealed,
            first: row.first.zip(row.first_sealed),
        }
    }
}

impl OrderQuery {
    fn clause(&self) -> (String, Vec<Value>) {
        let (mut clause, mut values) = (String::new(), Vec::new());
        let mut add = |text: &str, value: String| {
            values.push(Value::from(value));
            clause.push_str(&text.replace('?', &format!("${}", values.len())));
        };
        let day = |day: &Date| day.to_string();
        for (text, value) in [
            (" AND s.organ = ?", self.organ.clone()),
            (" AND s.base = ?", self.base.clone()),
            (" AND s.order_number = ?", self.number.clone()),
            (OF_PLATFORM, self.platform.clone()),
            (" AND s.received_on >= ?", self.since.as_ref().map(day)),
            (" AND s.received_on <= ?", self.until.as_ref().map(day)),
        ] {
            if let Some(value) = value {
                add(text, value);
            }
        }
        if let Some((on, id)) = &self.after {
            add(" AND (s.received_on, s.id) > (?", on.clone());
            add(", ?)", id.clone());
        }
        (clause, values)
    }
}

impl OrderLine {
    /// Orders in the order in which they came; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        query: &OrderQuery,
        most: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let (clause, mut values) = query.clause();
        values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
        let limit = values.len();
        let sql = format!("{LINES}{clause} ORDER BY s.received_on, s.id LIMIT ${limit}");
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What the last answer says; nothing where there is none, or it was taken out. Of what was joined to another
    /// letter it is that one's, and comes with what was written there: its writer is somebody else.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub(crate) fn answer(&self, sealer: &Sealer) -> Result<(String, Option<Written>), Refused> {
        let words = match (&self.answer, &self.sealed) {
            (Some(id), Some(sealed)) => open_answer(sealer, id, sealed)?,
            _ => String::new(),
        };
        let first = self.first.as_ref();
        let first = first.map(|(id, sealed)| open_written(sealer, id, sealed)).transpose()?;
        Ok((words, first))
    }
}

/// A platform of the hotline that hands orders in by program.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Platform {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The address prefix of the site for which it does.
    pub base: String,
    /// The organ that takes what names none, by code.
    pub organ: String,
    /// Since when, as stored.
    pub made_at: String,
    /// When its credential was taken back, as stored; none where it holds.
    pub ended_at: Option<String>,
}

const PLATFORMS: &str = "SELECT id, name, base, organ, made_at, ended_at FROM suggestion_platform";

/// Where the mark of a credential stands.
fn credential_place() -> Place<'static> {
    Place::new("suggestion_platform", "", "mark")
}

impl Platform {
    /// All of them, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        from.all(&format!("{PLATFORMS} ORDER BY id"), vec![]).await
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{PLATFORMS} WHERE id = $1"), vec![id.into()]).await
    }

    /// The one that a credential is of, for a site, while it holds.
    ///
    /// # Errors
    /// The keys cannot be used, or the database refuses.
    pub async fn known(
        from: &impl Statements,
        sealer: &Sealer,
        (base, credential): (&str, &str),
    ) -> Result<Option<Self>, super::KeepError> {
        for mark in sealer.marks(credential_place(), credential)? {
            let sql = format!("{PLATFORMS} WHERE mark = $1 AND base = $2 AND ended_at IS NULL");
            let values = vec![mark.as_str().into(), base.into()];
            let found: Option<Self> = from.one(&sql, values).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Keeps a new one; of its credential there is a mark alone.
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        credential: &str,
    ) -> Result<(), super::KeepError> {
        let mark = sealer.mark(credential_place(), credential)?;
        let columns = ["id", "name", "base", "organ", "mark", "made_at"];
        let row: Vec<Value> = vec![
            self.id.clone().into(),
            self.name.clone().into(),
            self.base.clone().into(),
            self.organ.clone().into(),
            mark.as_str().into(),
            self.made_at.clone().into(),
        ];
        Ok(change.insert("suggestion_platform", &columns, vec![row]).await?)
    }

    /// Takes its credential back; `false` where that was done before.
    pub(crate) async fn end(
        change: &Transaction,
        (id, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_platform SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
        Ok(change.run(sql, vec![at.into(), id.into()]).await? == 1)
    }
}
