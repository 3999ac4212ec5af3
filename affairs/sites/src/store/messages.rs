//! 找错 and 网站评价.

use law::Date;
use secrets::{Place, Refused, Sealer};
use serde::{Deserialize, Serialize};
use sites_rules::{FaultSubject, MessageKind};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What a visitor wrote; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The words.
    pub words: String,
    /// How to reach him; may be empty.
    pub contact: String,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// 办理中.
    Open,
    /// 已答复.
    Answered,
    /// 已办结，不答复.
    Closed,
}

impl MessageState {
    const WORDS: [(Self, &'static str, &'static str); 3] = [
        (Self::Open, "open", "办理中"),
        (Self::Answered, "answered", "已答复"),
        (Self::Closed, "closed", "已办结"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }
}

/// A message as the organ has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteMessage {
    /// Its key.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The site it was written on.
    pub base: String,
    /// 找错 or 评价.
    pub kind: MessageKind,
    /// What is wrong, of 找错.
    pub subject: Option<FaultSubject>,
    /// 1 to 5, of a rating.
    pub stars: Option<i64>,
    /// The address it is about.
    pub page: String,
    /// The organ that answers.
    pub organ: String,
    /// The day it came.
    pub received_on: String,
    /// The last day for an answer.
    pub due_on: Option<Date>,
    /// Whether the longer time was taken.
    pub extended: bool,
    /// How far it has come.
    pub state: MessageState,
    /// What the visitor is told.
    pub answer: String,
    /// The day it was answered or closed.
    pub ended_on: Option<String>,
    /// Whether it is 演示数据.
    pub demo: bool,
    sealed: String,
}

/// One step of what was done with a message.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MessageStep {
    /// receipt, transfer, extension, answer, closing.
    pub act: String,
    /// When, as stored.
    pub made_at: String,
    /// Who.
    pub name: String,
    /// For which organ.
    pub organ: String,
    /// What was said.
    pub words: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    number: String,
    base: String,
    kind: String,
    subject: String,
    stars: Option<i64>,
    page: String,
    organ: String,
    received_on: String,
    due_on: Option<String>,
    extended: i64,
    state: String,
    answer: String,
    ended_on: Option<String>,
    demo: i64,
    sealed: String,
}

const SELECT: &str =
    "SELECT id, number, base, kind, subject, stars, page, organ, received_on, due_on,
                             extended, state, answer, ended_on, demo, sealed
                        FROM site_message";

/// Where words and contact are sealed.
fn place(id: &str) -> Place<'_> {
    Place::new("site_message", id, "sealed")
}

impl From<Row> for SiteMessage {
    fn from(row: Row) -> Self {
        let state = MessageState::WORDS.iter().find(|(_, word, _)| *word == row.state);
        Self {
            kind: MessageKind::parse(&row.kind).unwrap_or(MessageKind::Fault),
            subject: FaultSubject::parse(&row.subject),
            due_on: row.due_on.as_deref().and_then(|day| day.parse().ok()),
            state: state.map_or(MessageState::Closed, |(state, ..)| *state),
            extended: row.extended != 0,
            demo: row.demo != 0,
            id: row.id,
            number: row.number,
            base: row.base,
            stars: row.stars,
            page: row.page,
            organ: row.organ,
            received_on: row.received_on,
            answer: row.answer,
            ended_on: row.ended_on,
            sealed: row.sealed,
        }
    }
}

/// A message on its way into the table.
pub(crate) struct NewMessage<'a> {
    pub id: &'a str,
    pub number: &'a str,
    pub base: &'a str,
    pub kind: MessageKind,
    pub subject: &'a str,
    pub stars: Option<i64>,
    pub page: &'a str,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub organ: &'a str,
    pub on: Date,
    pub due: Option<Date>,
    pub state: MessageState,
    pub demo: bool,
}

impl NewMessage<'_> {
    pub(crate) async fn add(&self, change: &Transaction, sealed: String) -> Result<(), StoreError> {
        let ended = (self.state != MessageState::Open).then(|| self.on.to_string());
        let sql = "INSERT INTO site_message (id, number, base, kind, subject, stars, page, sealed,
                                             key_mark, code_mark, organ, received_on, due_on, extended,
                                             state, answer, ended_on, demo)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, '', $15, $16)";
        let values: Vec<Value> = vec![
            self.id.into(),
            self.number.into(),
            self.base.into(),
            self.kind.word().into(),
            self.subject.into(),
            self.stars.into(),
            self.page.into(),
            sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.organ.into(),
            self.on.to_string().into(),
            self.due.map(|due| due.to_string()).into(),
            self.state.word().into(),
            ended.into(),
            i64::from(self.demo).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    pub(crate) fn sealed(&self, sealer: &Sealer, written: &Written) -> Result<String, Refused> {
        sealer.seal_text(place(self.id), &serde_json::json!(written).to_string())
    }
}

impl SiteMessage {
    /// Whether the longer time may still be taken: once, and not after the last day has passed.
    pub fn may_be_extended(&self, today: Date) -> bool {
        !self.extended && self.due_on.is_some_and(|due| today <= due)
    }

    /// Whether what was written has been taken out (docs/readings/261).
    pub fn is_erased(&self) -> bool {
        self.sealed.is_empty()
    }

    /// Whether anything written is left of what ended before a day.
    pub(crate) async fn has_written_before(
        from: &impl Statements,
        day: Date,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM site_message
                    WHERE ended_on < $1 AND sealed <> '' LIMIT 1";
        Ok(from.number(sql, vec![day.to_string().into()]).await?.is_some())
    }

    /// Takes out what was written in what ended before a day; says in how many.
    pub(crate) async fn erase_before(change: &Transaction, day: Date) -> Result<u64, StoreError> {
        let sql = "UPDATE site_message SET sealed = '' WHERE ended_on < $1 AND sealed <> ''";
        change.run(sql, vec![day.to_string().into()]).await
    }

    /// What was written; nothing where it was taken out. The caller has asked the access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn open(&self, sealer: &Sealer) -> Result<Written, Refused> {
        if self.is_erased() {
            return Ok(Written::default());
        }
        let text = sealer.open_text(place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// One of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The one that came by a form.
    pub(crate) async fn with_key(
        from: &impl Statements,
        key_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE key_mark = $1"), vec![key_mark.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The one with a query code.
    pub(crate) async fn with_code(
        from: &impl Statements,
        code_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE code_mark = $1"), vec![code_mark.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// An organ's, those that wait first, by their last day; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1
              ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END,
                       CASE WHEN state = 'open' THEN due_on ELSE '' END, id DESC LIMIT $2"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of these sites that wait for an answer, oldest first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(
        from: &impl Statements,
        bases: &[String],
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE base IN ({}) AND state = 'open' AND due_on IS NOT NULL
              ORDER BY due_on, id LIMIT $1",
            super::marks(1, bases)
        );
        let rows: Vec<Row> = from.all(&sql, super::values([most.into()], bases)).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// How often each number of stars was given on these sites.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn stars(
        from: &impl Statements,
        bases: &[String],
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Stars {
            stars: i64,
            times: i64,
        }
        let sql = format!(
            "SELECT stars, count(*) AS times FROM site_message
              WHERE base IN ({}) AND kind = 'rating' AND stars IS NOT NULL
              GROUP BY stars ORDER BY stars DESC",
            super::marks(0, bases)
        );
        let rows: Vec<Stars> = from.all(&sql, super::values([], bases)).await?;
        Ok(rows.into_iter().map(|row| (row.stars, row.times)).collect())
    }

    /// What was done with it, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn steps(&self, from: &impl Statements) -> Result<Vec<MessageStep>, StoreError> {
        let sql = "SELECT act, made_at, name, organ, words FROM site_message_step
                    WHERE message = $1 ORDER BY ordinal";
        from.all(sql, vec![self.id.clone().into()]).await
    }

    /// Writes a change down; `false` where somebody was first.
    pub(crate) async fn change(
        &self,
        change: &Transaction,
        now: &Self,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE site_message SET organ = $1, due_on = $2, extended = $3, state = $4,
                          answer = $5, ended_on = $6
                    WHERE id = $7 AND organ = $8 AND state = 'open'";
        let values: Vec<Value> = vec![
            now.organ.clone().into(),
            now.due_on.map(|due| due.to_string()).into(),
            i64::from(now.extended).into(),
            now.state.word().into(),
            now.answer.clone().into(),
            now.ended_on.clone().into(),
            self.id.clone().into(),
            self.organ.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// Writes a step down.
pub(crate) async fn add_step(
    change: &Transaction,
    message: &str,
    (act, at): (&str, &str),
    (person, name, organ): (&str, &str, &str),
    words: &str,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO site_message_step (message, ordinal, act, made_at, person, name, organ, words)
               SELECT $1, COALESCE(MAX(ordinal), 0) + 1, $2, $3, $4, $5, $6, $7
                 FROM site_message_step WHERE message = $1";
    let values: Vec<Value> = vec![
        message.into(),
        act.into(),
        at.into(),
        person.into(),
        name.into(),
        organ.into(),
        words.into(),
    ];
    change.run(sql, values).await.map(|_| ())
}

/// The next number of a kind and a year; the row is held until the act is sealed.
pub(crate) async fn next_serial(
    change: &Transaction,
    kind: MessageKind,
    year: i16,
) -> Result<i64, StoreError> {
    let key: Vec<Value> = vec![kind.word().into(), i64::from(year).into()];
    let sql = "INSERT INTO site_message_serial (kind, year, last) VALUES ($1, $2, 1)
               ON CONFLICT (kind, year) DO UPDATE SET last = site_message_serial.last + 1";
    change.run(sql, key.clone()).await?;
    let sql = "SELECT last FROM site_message_serial WHERE kind = $1 AND year = $2";
    Ok(change.number(sql, key).await?.unwrap_or(1))
}
