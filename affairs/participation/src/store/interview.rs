//! 在线访谈.

mod list;
mod turning;

use law::Date;
use participation_rules::{InterviewDays, InterviewStage, names_in};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::announced::{self, Announced, Piece, date, day, head, list_of};

/// What a notice of an interview says, as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InterviewSaid {
    /// 名称.
    pub title: String,
    /// What is talked about.
    pub topic: String,
    /// 嘉宾, one on a line.
    pub guests: String,
    /// The day; none while the draft leaves it open.
    pub held_on: Option<Date>,
    /// The time of the day, as people read it.
    pub held_at: String,
    /// The last day for questions.
    pub ask_until: Option<Date>,
    /// Who enters the live text, by name.
    pub enterers: String,
    /// Who releases it, by name.
    pub releasers: String,
    /// Whom one may ring.
    pub telephone: String,
}

impl InterviewSaid {
    /// Its days; none while one of them is open.
    pub fn days(&self) -> Option<InterviewDays> {
        Some(InterviewDays { ask_until: self.ask_until?, held_on: self.held_on? })
    }

    /// The names of who enters.
    pub fn enterers(&self) -> Vec<String> {
        names_in(&self.enterers)
    }

    /// The names of who releases.
    pub fn releasers(&self) -> Vec<String> {
        names_in(&self.releasers)
    }
}

/// One interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// Its key.
    pub id: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that holds it; empty where the organ has none.
    pub unit: String,
    /// What the notice says.
    pub said: InterviewSaid,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it, or its transcript, came back from review.
    pub returned: String,
    /// Grows with every change.
    pub version: i64,
    /// The day of the notice.
    pub opened_on: Option<Date>,
    /// The number of the newest question.
    pub questions: i64,
    /// The number of the newest change of the live text that everybody saw.
    pub places: i64,
    /// When it began, as stored.
    pub started_at: Option<String>,
    /// When it ended, as stored.
    pub ended_at: Option<String>,
    /// 访谈实录.
    pub transcript: String,
    /// The natural persons who wrote it.
    pub transcript_authors: Vec<String>,
    /// The day it became public.
    pub published_on: Option<Date>,
    /// The day it was cancelled, and why, as everybody reads it.
    pub cancelled: Option<(Date, String)>,
    /// The day it was withdrawn, and why, as everybody reads it.
    pub withdrawn: Option<(Date, String)>,
    /// Whether it is 演示数据.
    pub demo: bool,
    state: InterviewStage,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    organ: String,
    organ_name: String,
    division: String,
    unit: String,
    state: String,
    title: String,
    topic: String,
    guests: String,
    held_on: String,
    held_at: String,
    ask_until: String,
    enterers: String,
    releasers: String,
    telephone: String,
    authors: String,
    returned: String,
    version: i64,
    opened_on: Option<String>,
    questions: i64,
    places: i64,
    started_at: Option<String>,
    ended_at: Option<String>,
    transcript: String,
    transcript_authors: String,
    published_on: Option<String>,
    cancelled_on: Option<String>,
    cancelled_reason: String,
    withdrawn_on: Option<String>,
    withdrawn_reason: String,
    demo: i64,
}

/// Interviews with the names of their organs, and this text as the transcript.
macro_rules! select {
    ($transcript:literal) => {
        concat!(
            "
SELECT i.id, i.organ, o.name AS organ_name, i.division, i.unit, i.state, i.title, i.topic, i.guests, i.held_on,
       i.held_at, i.ask_until, i.enterers, i.releasers, i.telephone, i.authors, i.returned, i.version, i.opened_on,
       i.questions, i.places, i.started_at, i.ended_at, ",
            $transcript,
            " AS transcript, i.transcript_authors, i.published_on, i.cancelled_on, i.cancelled_reason, i.withdrawn_on,
       i.withdrawn_reason, i.demo
  FROM interview i
  JOIN organ o ON o.code = i.organ"
        )
    };
}

/// All of each.
const SELECT: &str = select!("i.transcript");

/// What lists show of each.
const BRIEF: &str = select!("''");

impl From<Row> for Interview {
    fn from(row: Row) -> Self {
        Self {
            state: InterviewStage::parse(&row.state).unwrap_or(InterviewStage::Dropped),
            said: InterviewSaid {
                title: row.title,
                topic: row.topic,
                guests: row.guests,
                held_on: row.held_on.parse().ok(),
                held_at: row.held_at,
                ask_until: row.ask_until.parse().ok(),
                enterers: row.enterers,
                releasers: row.releasers,
                telephone: row.telephone,
            },
            authors: list_of(&row.authors),
            transcript_authors: list_of(&row.transcript_authors),
            opened_on: date(row.opened_on),
            published_on: date(row.published_on),
            cancelled: date(row.cancelled_on).map(|day| (day, row.cancelled_reason)),
            withdrawn: date(row.withdrawn_on).map(|day| (day, row.withdrawn_reason)),
            demo: row.demo != 0,
            id: row.id,
            organ: row.organ,
            organ_name: row.organ_name,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
            questions: row.questions,
            places: row.places,
            started_at: row.started_at,
            ended_at: row.ended_at,
            transcript: row.transcript,
        }
    }
}

impl Announced for Interview {
    type Row = Row;
    type Said = InterviewSaid;
    type State = InterviewStage;

    const TABLE: &'static str = "interview";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "i.id";
    const SAID: &'static [&'static str] = &[
        "title",
        "topic",
        "guests",
        "held_on",
        "held_at",
        "ask_until",
        "enterers",
        "releasers",
        "telephone",
    ];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) = (
        &["returned", "transcript", "cancelled_reason", "withdrawn_reason"],
        &["questions", "entries", "places"],
        &["transcript_authors"],
    );
    const NOTICE: Piece<InterviewStage> = Piece {
        written: InterviewStage::Draft,
        reviewed: InterviewStage::InReview,
        public: InterviewStage::Announced,
        kept: ("publication", "opened_on", None),
    };
    const DROPPED: InterviewStage = InterviewStage::Dropped;

    head!();

    fn word(state: InterviewStage) -> &'static str {
        state.word()
    }

    fn said_values(said: &InterviewSaid) -> Vec<Value> {
        vec![
            said.title.clone().into(),
            said.topic.clone().into(),
            said.guests.clone().into(),
            day(said.held_on),
            said.held_at.clone().into(),
            day(said.ask_until),
            said.enterers.clone().into(),
            said.releasers.clone().into(),
            said.telephone.clone().into(),
        ]
    }
}

impl Interview {
    /// How far it has come on a day.
    pub fn stage(&self, today: Date) -> InterviewStage {
        match self.withdrawn {
            Some(_) => InterviewStage::Withdrawn,
            None => self.state.on(today, self.said.ask_until),
        }
    }

    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/fangtan/{}", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/fangtan/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// Holds its row until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        announced::hold::<Self>(change, id).await
    }
}
