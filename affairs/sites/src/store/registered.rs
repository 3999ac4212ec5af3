//! 登记: what a site offers on other platforms.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is registered of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisteredKind {
    /// 咨询渠道: where one asks online.
    Channel,
    /// 咨询: something that was asked there.
    Question,
    /// 办事指南.
    Guide,
    /// 政务新媒体账号.
    Account,
}

impl RegisteredKind {
    const WORDS: [(Self, &'static str, &'static str); 4] = [
        (Self::Channel, "channel", "咨询渠道"),
        (Self::Question, "question", "咨询"),
        (Self::Guide, "guide", "办事指南"),
        (Self::Account, "account", "新媒体"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As tables call it.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The kind that tables call so.
    pub fn called(name: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(.., own)| *own == name).map(|(kind, ..)| *kind)
    }

    fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, own, _)| *own == word).map(|(kind, ..)| *kind)
    }
}

/// One entry of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// What it is.
    pub kind: RegisteredKind,
    /// Its number on its own platform.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is found.
    pub address: String,
    /// Of a guide: the keys of the elements it has.
    pub says: Vec<String>,
    /// Of a question: the day it came.
    pub received_on: Option<law::Date>,
    /// Of a question: the day it was answered.
    pub answered_on: Option<law::Date>,
    /// Of an account: the day on which something appeared last.
    pub newest_on: Option<law::Date>,
    /// Of an account: whether one can write to it.
    pub answers: bool,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    id: String,
    name: String,
    address: String,
    says: String,
    received_on: Option<String>,
    answered_on: Option<String>,
    newest_on: Option<String>,
    answers: i64,
}

/// What a site's register is kept with.
const COLUMNS: [&str; 10] = [
    "base",
    "kind",
    "id",
    "name",
    "address",
    "says",
    "received_on",
    "answered_on",
    "newest_on",
    "answers",
];

fn entry(row: Row) -> Option<Registered> {
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Some(Registered {
        kind: RegisteredKind::parse(&row.kind)?,
        id: row.id,
        name: row.name,
        address: row.address,
        says: row.says.split_whitespace().map(str::to_owned).collect(),
        received_on: day(row.received_on),
        answered_on: day(row.answered_on),
        newest_on: day(row.newest_on),
        answers: row.answers != 0,
    })
}

impl Registered {
    /// What is registered of a site; `None` where it has handed in no register.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, base: &str) -> Result<Option<Vec<Self>>, StoreError> {
        let sql = "SELECT COUNT(*) FROM site_register WHERE base = $1";
        if from.number(sql, vec![base.into()]).await?.unwrap_or_default() == 0 {
            return Ok(None);
        }
        let sql =
            "SELECT kind, id, name, address, says, received_on, answered_on, newest_on, answers
                     FROM site_registered WHERE base = $1 ORDER BY kind, id";
        let rows: Vec<Row> = from.all(sql, vec![base.into()]).await?;
        Ok(Some(rows.into_iter().filter_map(entry).collect()))
    }

    /// Puts a new register in the place of a site's last one.
    pub(crate) async fn hand_in(
        change: &Transaction,
        base: &str,
        entries: &[Self],
        (at, source): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM site_registered WHERE base = $1";
        change.run(sql, vec![base.into()]).await?;
        let sql = "INSERT INTO site_register (base, handed_in, source) VALUES ($1, $2, $3)
                   ON CONFLICT (base) DO UPDATE SET handed_in = $2, source = $3";
        change.run(sql, vec![base.into(), at.into(), source.into()]).await?;
        let day = |day: Option<law::Date>| Value::from(day.map(|day| day.to_string()));
        let row = |one: &Self| {
            vec![
                base.into(),
                one.kind.word().into(),
                one.id.clone().into(),
                one.name.clone().into(),
                one.address.clone().into(),
                one.says.join(" ").into(),
                day(one.received_on),
                day(one.answered_on),
                day(one.newest_on),
                i64::from(one.answers).into(),
            ]
        };
        change.insert("site_registered", &COLUMNS, entries.iter().map(row).collect()).await
    }
}
