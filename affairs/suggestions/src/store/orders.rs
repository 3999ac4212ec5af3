//! 12345 工单: what came with them, and how they stand.

use std::collections::HashMap;

use law::Date;
use secrets::{Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::{Extension, OrderTerm, Satisfaction, SuggestionEvent, SuggestionState};

use super::Written;
use super::answers::open_answer;
use super::events::open_said;
use super::letters::open_written;

/// What came with an order besides the letter.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OrderSlip {
    /// 来电时间, as stored.
    pub called_at: String,
    /// 派单时间, as stored; empty where it was not told.
    pub dispatched_at: String,
    /// 办理时限 as it was told; empty where none was.
    pub term: String,
}

/// The same on its way into the table.
pub(crate) struct NewOrder {
    pub suggestion: String,
    pub called_at: String,
    pub dispatched_at: String,
    pub term: String,
    pub platform: String,
}

impl NewOrder {
    /// Keeps them.
    pub(crate) async fn keep(change: &Transaction, orders: Vec<Self>) -> Result<(), StoreError> {
        let columns = ["suggestion", "called_at", "dispatched_at", "term", "platform"];
        let row = |order: Self| -> Vec<Value> {
            vec![
                order.suggestion.into(),
                order.called_at.into(),
                order.dispatched_at.into(),
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
        let minute = |at: &str| at.replace('T', " ").chars().take(16).collect::<String>();
        let mut words = format!("12345 工单，来电 {}", minute(&self.called_at));
        if !self.dispatched_at.is_empty() {
            words
                .push_str(&format!("，派单 {}，答复期限从派单那天算", minute(&self.dispatched_at)));
        }
        match self.term.as_str() {
            "" => format!("{words}。"),
            term => format!("{words}；平台写的办理时限：{term}。"),
        }
    }

    /// What came with a letter; none where it is no order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Option<Self>, StoreError> {
        let sql =
            "SELECT called_at, dispatched_at, term FROM suggestion_order WHERE suggestion = $1";
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
    /// The newest first; otherwise in the order in which they came.
    pub newest: bool,
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
    /// Who takes it where it is a petition; empty otherwise.
    pub handed_to: String,
    /// Whether its term was extended.
    pub extended: bool,
    /// What was said with the last event of each kind that is told: its key, and the words, sealed.
    said: HashMap<String, (String, String)>,
    answer: Option<String>,
    sealed: Option<String>,
    /// The letter that it was joined to: its key, and what was written in it, sealed.
    first: Option<(String, String)>,
}

/// Why an order stands as it does; each empty where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderReasons {
    /// Why its term was extended.
    pub extension: String,
    /// To whom it was given last, and why.
    pub transfer: String,
    /// Why it was not taken in, or where its writer was told to turn.
    pub ending: String,
}

/// How a letter ended without an answer, or goes on as a petition, as its writer reads it.
const ENDINGS: [SuggestionEvent; 4] = [
    SuggestionEvent::Refusal,
    SuggestionEvent::PetitionHandover,
    SuggestionEvent::DisclosureReferral,
    SuggestionEvent::PetitionRegistration,
];

/// The other events of which it is told what was said.
const TOLD: [SuggestionEvent; 2] = [SuggestionEvent::ExtensionProposal, SuggestionEvent::Transfer];

/// The events of so many orders are read by one statement.
const AT_ONCE: usize = 500;

#[derive(FromQueryResult)]
struct Said {
    suggestion: String,
    id: String,
    act: String,
    sealed: String,
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
    handed_to: String,
    extension: String,
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
        s.open, s.due_on, s.answered_on, s.answer_due, s.ended_on, s.rating, s.handed_to, s.extension,
        COALESCE((SELECT MAX(e.made_at) FROM suggestion_event e
                   WHERE e.suggestion = s.id AND e.act = 'acceptance'),
                 (SELECT MAX(e.made_at) FROM suggestion_event e
                   WHERE e.suggestion = s.id AND e.act = 'petition_registration')) AS accepted_at,
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
            handed_to: row.handed_to,
            extended: Extension::parse(&row.extension) == Some(Extension::Granted),
            said: HashMap::new(),
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
            let beyond = if self.newest { "<" } else { ">" };
            add(&format!(" AND (s.received_on, s.id) {beyond} (?"), on.clone());
            add(", ?)", id.clone());
        }
        (clause, values)
    }
}

impl OrderLine {
    /// Orders in the order in which they came, or the newest first; at most so many.
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
        let order = match query.newest {
            true => "s.received_on DESC, s.id DESC",
            false => "s.received_on, s.id",
        };
        let sql = format!("{LINES}{clause} ORDER BY {order} LIMIT ${limit}");
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut lines: Vec<Self> = rows.into_iter().map(Self::from).collect();
        for some in lines.chunks_mut(AT_ONCE) {
            Self::hear(from, some).await?;
        }
        Ok(lines)
    }

    /// Reads what was said of these; of several times the last.
    async fn hear(from: &impl Statements, lines: &mut [Self]) -> Result<(), StoreError> {
        let acts = ENDINGS.into_iter().chain(TOLD).map(SuggestionEvent::word);
        let acts: Vec<String> = acts.map(|word| format!("'{word}'")).collect();
        let marks: Vec<String> = (1..=lines.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT suggestion, id, act, sealed FROM suggestion_event
              WHERE suggestion IN ({}) AND act IN ({}) ORDER BY suggestion, ordinal",
            marks.join(", "),
            acts.join(", ")
        );
        let values = lines.iter().map(|line| Value::from(line.id.clone())).collect();
        let said: Vec<Said> = from.all(&sql, values).await?;
        let mut all: HashMap<String, HashMap<String, (String, String)>> = HashMap::new();
        for one in said {
            all.entry(one.suggestion).or_default().insert(one.act, (one.id, one.sealed));
        }
        for line in lines {
            line.said = all.remove(&line.id).unwrap_or_default();
        }
        Ok(())
    }

    /// Why it stands as it does. What was taken out with the letter is told no more.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn reasons(&self, sealer: &Sealer) -> Result<OrderReasons, Refused> {
        let of = |event: SuggestionEvent| match self.said.get(event.word()) {
            Some((id, sealed)) => open_said(sealer, id, sealed),
            None => Ok(String::new()),
        };
        let ended = ENDINGS.into_iter().find(|event| self.said.contains_key(event.word()));
        Ok(OrderReasons {
            extension: match self.extended {
                true => of(SuggestionEvent::ExtensionProposal)?,
                false => String::new(),
            },
            transfer: of(SuggestionEvent::Transfer)?,
            ending: ended.map(of).transpose()?.unwrap_or_default(),
        })
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
