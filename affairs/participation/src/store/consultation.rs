//! 征求意见.

use law::Date;
use participation_rules::{Clause, Notice, Period, Stage, Way};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::announced::{self, Announced, Piece, date, head, list_of};
use super::words_of;

/// What a notice says, as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// 标题.
    pub title: String,
    /// 起草说明.
    pub explanation: String,
    /// 草案.
    pub draft: String,
    /// How many days opinions are taken.
    pub days: u32,
    /// Why fewer than usual.
    pub short_reason: String,
    /// 听取意见的方式.
    pub ways: Vec<Way>,
    /// Where letters go.
    pub post: String,
    /// Whom one may ring.
    pub telephone: String,
    /// Where mail goes; may be empty.
    pub mail: String,
}

impl Said {
    /// The same as the rules look at it, on a day.
    pub fn notice(&self, today: Date) -> Notice<'_> {
        Notice {
            title: &self.title,
            explanation: &self.explanation,
            draft: &self.draft,
            ways: &self.ways,
            post: &self.post,
            telephone: &self.telephone,
            period: Period::of(self.days, today).ok(),
            short_reason: &self.short_reason,
        }
    }
}

/// One consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Its key.
    pub id: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's short name.
    pub organ_short: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that asks; empty where the organ has none.
    pub unit: String,
    /// What the notice says.
    pub said: Said,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review.
    pub returned: String,
    /// Who agreed to a short time, and in which words; empty where nobody did.
    pub shortened: (String, String, String),
    /// Grows with every change.
    pub version: i64,
    /// The day of the notice.
    pub opened_on: Option<Date>,
    /// Its moment, as stored.
    pub opened_at: Option<String>,
    /// The last day for opinions.
    pub ends_on: Option<Date>,
    /// The number of the newest opinion.
    pub opinions: i64,
    /// 总体情况.
    pub summary: String,
    /// The final text; may be empty.
    pub final_text: String,
    /// Where the decision is read; may be empty.
    pub final_path: String,
    /// The natural persons who wrote the answers.
    pub answer_authors: Vec<String>,
    /// The day the answers became public.
    pub answered_on: Option<Date>,
    /// Its moment, as stored.
    pub answered_at: Option<String>,
    /// The day it was withdrawn, and why, as everybody reads it.
    pub withdrawn: Option<(Date, String)>,
    /// The day answers of it were withdrawn last, and why; they are put right and published anew.
    pub answers_withdrawn: Option<(Date, String)>,
    /// Whether it is 演示数据.
    pub demo: bool,
    state: State,
}

/// As the column keeps it: what the last day makes of it is told by [`Consultation::stage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Draft,
    Review,
    Open,
    AnswersReview,
    Answered,
    Dropped,
}

impl State {
    const WORDS: [(Self, &'static str, Stage); 6] = [
        (Self::Draft, "draft", Stage::Draft),
        (Self::Review, "review", Stage::InReview),
        (Self::Open, "open", Stage::Open),
        (Self::AnswersReview, "answers_review", Stage::AnswersInReview),
        (Self::Answered, "answered", Stage::Answered),
        (Self::Dropped, "dropped", Stage::Dropped),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: String,
    organ: String,
    organ_name: String,
    organ_short: String,
    division: String,
    unit: String,
    state: String,
    title: String,
    explanation: String,
    draft: String,
    days: i64,
    short_reason: String,
    ways: String,
    post: String,
    telephone: String,
    mail: String,
    authors: String,
    returned: String,
    shortened_by: String,
    shortened_name: String,
    shortened_reason: String,
    version: i64,
    opened_on: Option<String>,
    opened_at: Option<String>,
    ends_on: Option<String>,
    opinions: i64,
    summary: String,
    final_text: String,
    final_path: String,
    answer_authors: String,
    answered_on: Option<String>,
    answered_at: Option<String>,
    withdrawn_on: Option<String>,
    withdrawn_reason: String,
    answers_withdrawn_on: Option<String>,
    answers_withdrawn_reason: String,
    demo: i64,
}

/// Consultations with the names of their organs, and these long texts of them.
macro_rules! select {
    ($texts:literal) => {
        concat!(
            "
SELECT c.id, c.organ, o.name AS organ_name, o.short_name AS organ_short, c.division, c.unit, c.state, c.title, ",
            $texts,
            ",
       c.days, c.short_reason, c.ways, c.post, c.telephone, c.mail, c.authors, c.returned, c.shortened_by,
       c.shortened_name, c.shortened_reason, c.version, c.opened_on, c.opened_at, c.ends_on, c.opinions,
       c.final_path, c.answer_authors, c.answered_on, c.answered_at, c.withdrawn_on, c.withdrawn_reason,
       c.answers_withdrawn_on, c.answers_withdrawn_reason, c.demo
  FROM consultation c
  JOIN organ o ON o.code = c.organ"
        )
    };
}

/// All of each.
pub(super) const SELECT: &str = select!("c.explanation, c.draft, c.summary, c.final_text");

/// What lists show of each: the long texts stay where they are.
pub(super) const BRIEF: &str =
    select!("'' AS explanation, '' AS draft, '' AS summary, '' AS final_text");

impl From<Row> for Consultation {
    fn from(row: Row) -> Self {
        let state = State::WORDS.iter().find(|(_, word, _)| *word == row.state);
        let ways = list_of(&row.ways);
        Self {
            said: Said {
                title: row.title,
                explanation: row.explanation,
                draft: row.draft,
                days: u32::try_from(row.days).unwrap_or_default(),
                short_reason: row.short_reason,
                ways: ways.iter().filter_map(|way| Way::parse(way)).collect(),
                post: row.post,
                telephone: row.telephone,
                mail: row.mail,
            },
            state: state.map_or(State::Dropped, |(state, ..)| *state),
            authors: list_of(&row.authors),
            answer_authors: list_of(&row.answer_authors),
            shortened: (row.shortened_by, row.shortened_name, row.shortened_reason),
            opened_on: date(row.opened_on),
            ends_on: date(row.ends_on),
            answered_on: date(row.answered_on),
            withdrawn: date(row.withdrawn_on).map(|day| (day, row.withdrawn_reason)),
            answers_withdrawn: date(row.answers_withdrawn_on)
                .map(|day| (day, row.answers_withdrawn_reason)),
            demo: row.demo != 0,
            id: row.id,
            organ: row.organ,
            organ_name: row.organ_name,
            organ_short: row.organ_short,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
            opened_at: row.opened_at,
            opinions: row.opinions,
            summary: row.summary,
            final_text: row.final_text,
            final_path: row.final_path,
            answered_at: row.answered_at,
        }
    }
}

impl Announced for Consultation {
    type Row = Row;
    type Said = Said;
    type State = State;

    const TABLE: &'static str = "consultation";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "c.id";
    const SAID: &'static [&'static str] = &[
        "title",
        "explanation",
        "draft",
        "days",
        "short_reason",
        "ways",
        "post",
        "telephone",
        "mail",
    ];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) = (
        &[
            "returned",
            "shortened_by",
            "shortened_name",
            "shortened_reason",
            "summary",
            "final_text",
            "final_path",
            "withdrawn_reason",
        ],
        &["opinions", "shortened_days"],
        &["answer_authors"],
    );
    // Who agreed to a short time agreed to what was said then.
    const TAKEN_BACK: &'static str =
        "shortened_by = '', shortened_name = '', shortened_reason = '', shortened_days = 0, ";
    const NOTICE: Piece<State> = Piece {
        written: State::Draft,
        reviewed: State::Review,
        public: State::Open,
        kept: ("publication", "opened_on", Some("opened_at")),
    };
    const DROPPED: State = State::Dropped;

    head!();

    fn word(state: State) -> &'static str {
        state.word()
    }

    fn said_values(said: &Said) -> Vec<Value> {
        let ways: Vec<String> = said.ways.iter().map(|way| way.word().to_owned()).collect();
        vec![
            said.title.clone().into(),
            said.explanation.clone().into(),
            said.draft.clone().into(),
            i64::from(said.days).into(),
            said.short_reason.clone().into(),
            words_of(&ways).into(),
            said.post.clone().into(),
            said.telephone.clone().into(),
            said.mail.clone().into(),
        ]
    }
}

impl Consultation {
    /// How far it has come on a day.
    pub fn stage(&self, today: Date) -> Stage {
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        let stored = State::WORDS.iter().find(|(own, ..)| *own == self.state);
        stored.map_or(Stage::Dropped, |(.., stage)| *stage).on(today, self.ends_on)
    }

    /// As it is kept, whatever the day.
    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/yijian/{}", self.id)
    }

    /// Where its answers are read, below a site.
    pub fn result_path(&self) -> String {
        format!("/yijian/{}/jieguo", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/zhengji/{}", self.id)
    }

    /// Whether somebody agreed to the short time.
    pub fn is_shortened(&self) -> bool {
        !self.shortened.0.is_empty()
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// The clauses of its draft as they were published.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn clauses(&self, from: &impl Statements) -> Result<Vec<Clause>, StoreError> {
        #[derive(FromQueryResult)]
        struct ClauseRow {
            number: i64,
            mark: String,
            heading: String,
            text: String,
        }
        let sql = "SELECT number, mark, heading, text FROM consultation_clause
                    WHERE consultation = $1 ORDER BY number";
        let rows: Vec<ClauseRow> = from.all(sql, vec![self.id.clone().into()]).await?;
        let clause = |row: ClauseRow| Clause {
            number: u32::try_from(row.number).unwrap_or_default(),
            mark: row.mark,
            heading: row.heading,
            text: row.text,
        };
        Ok(rows.into_iter().map(clause).collect())
    }

    /// Holds its row until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        announced::hold::<Self>(change, id).await
    }

    /// The answers, which are written while nobody reads them and made known together.
    pub(crate) const ANSWERS: Piece<State> = Piece {
        written: State::Open,
        reviewed: State::AnswersReview,
        public: State::Answered,
        kept: ("answers_publication", "answered_on", Some("answered_at")),
    };

    /// Somebody agrees to the short time.
    pub(crate) async fn shorten(
        change: &Transaction,
        id: &str,
        (person, name, reason): (&str, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation SET shortened_by = $1, shortened_name = $2, shortened_reason = $3,
                          shortened_days = days
                    WHERE id = $4 AND state = 'review' AND shortened_by = ''";
        let values = vec![person.into(), name.into(), reason.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps the clauses of its draft, as everybody will read them.
    pub(crate) async fn divide(
        &self,
        change: &Transaction,
        clauses: &[Clause],
    ) -> Result<(), StoreError> {
        let row = |clause: &Clause| -> Vec<Value> {
            vec![
                self.id.clone().into(),
                i64::from(clause.number).into(),
                clause.mark.clone().into(),
                clause.heading.clone().into(),
                clause.text.clone().into(),
            ]
        };
        let columns = ["consultation", "number", "mark", "heading", "text"];
        change.insert("consultation_clause", &columns, clauses.iter().map(row).collect()).await
    }

    /// The number of the next opinion; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "opinions", id).await
    }

    /// Keeps what is told beside the answers, and who wrote at them.
    pub(crate) async fn keep_result(
        &self,
        change: &Transaction,
        (summary, final_text, final_path): (&str, &str, &str),
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE consultation SET summary = $1, final_text = $2, final_path = $3, answer_authors = $4,
                          changed_at = $5, version = version + 1
                    WHERE id = $6 AND version = $7 AND state = 'open'";
        let values: Vec<Value> = vec![
            summary.into(),
            final_text.into(),
            final_path.into(),
            words_of(authors).into(),
            at.into(),
            self.id.clone().into(),
            self.version.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Notes who wrote at the answers.
    pub(crate) async fn keep_authors(
        &self,
        change: &Transaction,
        authors: &[String],
    ) -> Result<(), StoreError> {
        let sql = "UPDATE consultation SET answer_authors = $1 WHERE id = $2";
        change.run(sql, vec![words_of(authors).into(), self.id.clone().into()]).await.map(|_| ())
    }
}
