//! 登记: a row of the register.

use law::{Counted, Date};
use requests_rules::{ApplicantClass, Arrival, Channel, DeliveryWay, ProvidedForm, Wanted};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::case::Projection;
use super::writing::{self, Columns, day, known_day, read, stored, word};

/// A request as the register has it: nothing in it says who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Its key.
    pub id: String,
    /// The organ asked, by code.
    pub organ: String,
    /// Its number.
    pub number: String,
    /// When it came into the register, as stored.
    pub entered_at: String,
    /// How and when it came; `confirmed` is kept apart from `submitted`.
    pub arrival: Arrival,
    /// 收到之日, once there is one.
    pub received_on: Option<Date>,
    /// The last day before the alarm, while it waits to be confirmed.
    pub confirm_by: Option<Date>,
    /// The applicant's class.
    pub class: ApplicantClass,
    /// Somebody asks for another.
    pub has_agent: bool,
    /// 无障碍协助 is asked for.
    pub asks_help: bool,
    /// What is wanted, with the applicant's own particulars masked.
    pub wanted: Wanted,
    /// How many matters it asks for.
    pub items: u64,
    /// 获取方式.
    pub form: Option<ProvidedForm>,
    /// 获取途径.
    pub by: Option<DeliveryWay>,
    /// 承办单位; empty for none.
    pub unit: String,
    /// 经办人, by key; empty while nobody is assigned.
    pub officer: String,
    /// What he is called.
    pub officer_name: String,
    /// The number of its last event: whoever writes says which they saw.
    pub revision: i64,
    /// How it stood when that was told last.
    pub state: FilingState,
    /// The last day for the reply; none while the clock stands still.
    pub due: Option<Counted>,
    /// The last day as it was when it was answered.
    pub reached_on: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// The code of its answer.
    pub result: Option<String>,
    /// The earlier request it was joined to.
    pub joined_to: Option<String>,
    /// 依法保全.
    pub held: bool,
    /// 归档.
    pub archived_on: Option<Date>,
    /// 去标识.
    pub nameless_on: Option<Date>,
    /// The mark of what is wanted; empty where nothing is.
    pub(crate) wish_mark: String,
}

/// How a request stands, as a list tells it; whether a running one is overdue, its last day says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilingState {
    /// 待确认.
    Unconfirmed,
    /// 办理中.
    Running,
    /// 征求意见，暂停计时.
    Opinion,
    /// 等待补正.
    Correction,
    /// 等待缴费.
    Payment,
    /// 补正、缴费期满，待决定不再处理.
    Lapsed,
    /// 已答复.
    Answered,
    /// 不再处理.
    Abandoned,
    /// 已撤回.
    Withdrawn,
    /// 已合并.
    Joined,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    organ: String,
    number: String,
    channel: String,
    entered_at: String,
    submitted_on: String,
    misdirected: i64,
    at_office_on: Option<String>,
    confirmed_on: Option<String>,
    by_submission: i64,
    received_on: Option<String>,
    confirm_by: Option<String>,
    class: String,
    has_agent: i64,
    asks_help: i64,
    title: String,
    doc_number: String,
    description: String,
    items: i64,
    provided_form: String,
    delivery_way: String,
    wish_mark: String,
    unit: String,
    officer: String,
    officer_name: String,
    revision: i64,
    state: String,
    due_on: Option<String>,
    provisional: i64,
    reached_on: Option<String>,
    closed_on: Option<String>,
    result: Option<String>,
    joined_to: Option<String>,
    held: i64,
    archived_on: Option<String>,
    nameless_on: Option<String>,
}

/// The columns of a filing of request `r`.
pub(crate) const COLUMNS: &str = "r.id, r.organ, r.number, r.channel, r.entered_at, r.submitted_on, \
    r.misdirected, r.at_office_on, r.confirmed_on, r.by_submission, r.received_on, r.confirm_by, r.class, \
    r.has_agent, r.asks_help, r.title, r.doc_number, r.description, r.items, r.provided_form, \
    r.delivery_way, r.wish_mark, r.unit, r.officer, r.officer_name, r.revision, r.state, r.due_on, \
    r.provisional, r.reached_on, r.closed_on, r.result, r.joined_to, r.held, r.archived_on, r.nameless_on";

impl Row {
    pub(crate) fn filing(self) -> Result<Filing, CaseError> {
        let unreadable = |field, text: &str| CaseError::Unreadable {
            request: self.id.clone(),
            field,
            text: text.to_owned(),
        };
        let channel: Channel =
            read(&self.channel).ok_or_else(|| unreadable("channel", &self.channel))?;
        let class: ApplicantClass =
            read(&self.class).ok_or_else(|| unreadable("class", &self.class))?;
        let state = FilingState::of(&self.state).ok_or_else(|| unreadable("state", &self.state))?;
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Ok(Filing {
            arrival: Arrival {
                channel,
                submitted: known_day(&self.submitted_on),
                misdirected: self.misdirected != 0,
                at_office: day(&self.at_office_on),
                confirmed: day(&self.confirmed_on),
                by_submission: self.by_submission != 0,
            },
            received_on: day(&self.received_on),
            confirm_by: day(&self.confirm_by),
            class,
            has_agent: self.has_agent != 0,
            asks_help: self.asks_help != 0,
            wanted: Wanted {
                title: said(self.title),
                number: said(self.doc_number),
                description: said(self.description),
            },
            items: u64::try_from(self.items).unwrap_or(1),
            form: read(&self.provided_form),
            by: read(&self.delivery_way),
            state,
            due: day(&self.due_on).map(|date| Counted { date, provisional: self.provisional != 0 }),
            reached_on: day(&self.reached_on),
            closed_on: day(&self.closed_on),
            archived_on: day(&self.archived_on),
            nameless_on: day(&self.nameless_on),
            held: self.held != 0,
            id: self.id,
            organ: self.organ,
            number: self.number,
            entered_at: self.entered_at,
            unit: self.unit,
            officer: self.officer,
            officer_name: self.officer_name,
            revision: self.revision,
            result: self.result,
            joined_to: self.joined_to,
            wish_mark: self.wish_mark,
        })
    }
}

impl Filing {
    /// The request of an organ with that key.
    ///
    /// # Errors
    /// The database refuses, or the row cannot be read.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, CaseError> {
        let sql = format!("SELECT {COLUMNS} FROM request r WHERE r.id = $1 AND r.organ = $2");
        let row: Option<Row> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        row.map(Row::filing).transpose()
    }

    /// The request with that number.
    ///
    /// # Errors
    /// The database refuses, or the row cannot be read.
    pub async fn numbered(from: &impl Statements, number: &str) -> Result<Option<Self>, CaseError> {
        let sql = format!("SELECT {COLUMNS} FROM request r WHERE r.number = $1");
        let row: Option<Row> = from.one(&sql, vec![number.into()]).await?;
        row.map(Row::filing).transpose()
    }

    /// Whether it is closed.
    pub const fn is_closed(&self) -> bool {
        self.closed_on.is_some()
    }

    /// Whether its last day is past and it is not closed.
    pub fn is_overdue(&self, today: Date) -> bool {
        let past = self.due.is_some_and(|due| due.date < today);
        past && self.state == FilingState::Running
    }

    /// Whether it was answered after its last day.
    pub fn was_late(&self) -> bool {
        matches!((self.closed_on, self.reached_on), (Some(closed), Some(due)) if closed > due)
    }

    /// Holds the row until the act is sealed or dropped; `false` where the organ has no such request.
    pub(crate) async fn hold(
        change: &Transaction,
        organ: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request SET revision = revision WHERE id = $1 AND organ = $2";
        Ok(change.run(sql, vec![id.into(), organ.into()]).await? == 1)
    }

    /// Writes how it stands: what its events make of it.
    pub(crate) async fn project(
        &self,
        change: &Transaction,
        told: &Projection,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request SET revision = $1, state = $2, due_on = $3, provisional = $4,
                          reached_on = $5, next_on = $6, received_on = $7, confirm_by = $8,
                          closed_on = $9, result = $10, confirmed_on = $11, at_office_on = $12,
                          open = $13, sort_on = $14
                    WHERE id = $15";
        let values = vec![
            self.revision.into(),
            told.state.word().into(),
            stored(told.due.map(|due| due.date)),
            i64::from(told.due.is_some_and(|due| due.provisional)).into(),
            stored(told.reached_on),
            stored(told.next_on),
            stored(self.received_on),
            stored(told.confirm_by),
            stored(self.closed_on),
            self.result.clone().into(),
            stored(self.arrival.confirmed),
            stored(self.arrival.at_office),
            i64::from(!told.state.is_closed()).into(),
            told.sort_on(self.closed_on).to_string().into(),
            self.id.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Writes the moment at which its confirmation was written down.
    pub(crate) async fn confirmed_at(
        &self,
        change: &Transaction,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request SET confirmed_at = $1 WHERE id = $2";
        change.run(sql, vec![at.into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// Writes who works on it.
    pub(crate) async fn assign(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "UPDATE request SET unit = $1, officer = $2, officer_name = $3 WHERE id = $4";
        let values = vec![
            self.unit.clone().into(),
            self.officer.clone().into(),
            self.officer_name.clone().into(),
            self.id.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Writes what is wanted, as a correction has it.
    pub(crate) async fn reword(
        &self,
        change: &Transaction,
        has_agent: bool,
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE request SET title = $1, doc_number = $2, description = $3, wish_mark = $4,
                          provided_form = $5, delivery_way = $6, has_agent = $7, items = $8
                    WHERE id = $9";
        let said = |text: &Option<String>| text.clone().unwrap_or_default().into();
        let values = vec![
            said(&self.wanted.title),
            said(&self.wanted.number),
            said(&self.wanted.description),
            self.wish_mark.clone().into(),
            self.form.map(word).unwrap_or_default().into(),
            self.by.map(word).unwrap_or_default().into(),
            i64::from(has_agent).into(),
            i64::try_from(self.items).unwrap_or(1).into(),
            self.id.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Writes one of the days and marks that stand beside the clock.
    pub(crate) async fn mark(
        change: &Transaction,
        id: &str,
        mark: Marked<'_>,
    ) -> Result<(), StoreError> {
        let (column, value) = match mark {
            Marked::Held(held) => ("held", i64::from(held).into()),
            Marked::Archived(on) => ("archived_on", stored(Some(on))),
            Marked::Nameless(on) => ("nameless_on", stored(Some(on))),
            Marked::Joined(to) => ("joined_to", to.into()),
        };
        // with the names goes what a telephone could be tried against
        let also = if column == "nameless_on" { ", tail_mark = NULL" } else { "" };
        let sql = format!("UPDATE request SET {column} = $1{also} WHERE id = $2");
        change.run(&sql, vec![value, id.into()]).await.map(|_| ())
    }
}

/// What stands beside the clock.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Marked<'a> {
    Held(bool),
    Archived(Date),
    Nameless(Date),
    Joined(&'a str),
}

/// Who took a request in, by key; empty where the applicant handed it in himself.
pub(crate) async fn taken_by(from: &impl Statements, request: &str) -> Result<String, StoreError> {
    #[derive(FromQueryResult)]
    struct Taken {
        taken_by: String,
    }
    let sql = "SELECT taken_by FROM request WHERE id = $1";
    let row: Option<Taken> = from.one(sql, vec![request.into()]).await?;
    Ok(row.map(|row| row.taken_by).unwrap_or_default())
}

/// A request on its way into the register.
pub(crate) struct NewFiling<'a> {
    pub filing: &'a Filing,
    pub year: i16,
    pub serial: i64,
    pub code_mark: &'a str,
    pub tail_mark: Option<&'a str>,
    pub taken_by: &'a str,
}

impl NewFiling<'_> {
    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let filing = self.filing;
        let arrival = &filing.arrival;
        let said = |text: &Option<String>| text.clone().unwrap_or_default().into();
        let flag = |flag: bool| i64::from(flag).into();
        let columns: Columns = vec![
            ("id", filing.id.clone().into()),
            ("organ", filing.organ.clone().into()),
            ("year", i64::from(self.year).into()),
            ("serial", self.serial.into()),
            ("number", filing.number.clone().into()),
            ("channel", word(arrival.channel).into()),
            ("entered_at", filing.entered_at.clone().into()),
            ("submitted_on", arrival.submitted.to_string().into()),
            ("misdirected", flag(arrival.misdirected)),
            ("at_office_on", stored(arrival.at_office)),
            ("confirmed_on", stored(arrival.confirmed)),
            ("by_submission", flag(arrival.by_submission)),
            ("received_on", stored(filing.received_on)),
            ("confirm_by", stored(filing.confirm_by)),
            ("class", word(filing.class).into()),
            ("has_agent", flag(filing.has_agent)),
            ("asks_help", flag(filing.asks_help)),
            ("title", said(&filing.wanted.title)),
            ("doc_number", said(&filing.wanted.number)),
            ("description", said(&filing.wanted.description)),
            ("items", i64::try_from(filing.items).unwrap_or(1).into()),
            ("provided_form", filing.form.map(word).unwrap_or_default().into()),
            ("delivery_way", filing.by.map(word).unwrap_or_default().into()),
            ("wish_mark", filing.wish_mark.clone().into()),
            ("code_mark", self.code_mark.into()),
            ("tail_mark", self.tail_mark.map(str::to_owned).into()),
            ("taken_by", self.taken_by.into()),
            ("unit", filing.unit.clone().into()),
            ("officer", filing.officer.clone().into()),
            ("officer_name", filing.officer_name.clone().into()),
            ("revision", filing.revision.into()),
            ("state", filing.state.word().into()),
            ("provisional", 0i64.into()),
            ("open", 1i64.into()),
            ("sort_on", arrival.submitted.to_string().into()),
            ("held", 0i64.into()),
        ];
        writing::add(change, "request", columns).await
    }
}

impl FilingState {
    const WORDS: [(Self, &'static str, &'static str); 10] = [
        (Self::Unconfirmed, "unconfirmed", "待确认"),
        (Self::Running, "running", "办理中"),
        (Self::Opinion, "opinion", "征求意见中，暂停计时"),
        (Self::Correction, "correction", "等待补正"),
        (Self::Payment, "payment", "等待缴费"),
        (Self::Lapsed, "lapsed", "申请人逾期，待决定"),
        (Self::Answered, "answered", "已答复"),
        (Self::Abandoned, "abandoned", "不再处理"),
        (Self::Withdrawn, "withdrawn", "已撤回"),
        (Self::Joined, "joined", "已合并办理"),
    ];

    /// All, in the order in which a request comes to them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|(state, ..)| *state)
    }

    /// Its word, in the table and in addresses.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, one, _)| *one == word).map(|(state, ..)| *state)
    }

    /// The word people read.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(.., name)| name)
    }

    /// Whether nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Answered | Self::Abandoned | Self::Withdrawn | Self::Joined)
    }
}
