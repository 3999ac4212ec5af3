//! 征求意见.

use identity::Organ;
use law::Date;
use participation_rules::{Clause, Notice, Period, Stage, Way};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

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
pub(super) struct Row {
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

fn list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|day| day.parse().ok())
}

impl From<Row> for Consultation {
    fn from(row: Row) -> Self {
        let state = State::WORDS.iter().find(|(_, word, _)| *word == row.state);
        let ways = list(&row.ways);
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
            authors: list(&row.authors),
            answer_authors: list(&row.answer_authors),
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
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE c.id = $1"), vec![id.into()]).await?;
        Ok(row.map(Self::from))
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

    /// Takes a new draft in.
    pub(crate) async fn add(
        change: &Transaction,
        (id, organ, unit): (&str, &Organ, &str),
        said: &Said,
        (authors, at, demo): (&[String], &str, bool),
    ) -> Result<(), StoreError> {
        let empty = || Value::from("");
        let mut row: Vec<Value> = vec![
            id.into(),
            organ.code.clone().into(),
            organ.division.clone().into(),
            unit.into(),
            State::Draft.word().into(),
        ];
        row.extend(said_values(said));
        row.extend([words_of(authors).into(), at.into(), at.into(), i64::from(demo).into()]);
        row.extend([1_i64.into(), 0_i64.into(), 0_i64.into(), words_of(&[]).into()]);
        row.extend(std::iter::repeat_with(empty).take(NOT_YET.len()));
        let columns: Vec<&'static str> = ["id", "organ", "division", "unit", "state"]
            .into_iter()
            .chain(SAID)
            .chain(["authors", "created_at", "changed_at", "demo"])
            .chain(["version", "opinions", "shortened_days", "answer_authors"])
            .chain(NOT_YET)
            .collect();
        change.insert("consultation", &columns, vec![row]).await
    }

    /// Keeps what the draft says; `false` where somebody was first. Who agreed to a short time agreed to what was
    /// said then.
    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        said: &Said,
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE consultation SET title = $1, explanation = $2, draft = $3, days = $4, short_reason = $5,
                          ways = $6, post = $7, telephone = $8, mail = $9, authors = $10, changed_at = $11,
                          shortened_by = '', shortened_name = '', shortened_reason = '', shortened_days = 0,
                          version = version + 1
                    WHERE id = $12 AND version = $13 AND state = 'draft'";
        let mut values = said_values(said);
        values.extend([
            words_of(authors).into(),
            at.into(),
            self.id.clone().into(),
            self.version.into(),
        ]);
        Ok(change.run(sql, values).await? == 1)
    }

    /// Holds its row until the act is sealed, so that nobody moves it on meanwhile. Its state stays out of the
    /// statement: what is over would refuse even that.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE consultation SET version = version WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// From one state to the next; `false` where it is in another.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (State, State),
        (returned, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE consultation SET state = $1, returned = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = $5";
        let values =
            vec![to.word().into(), returned.into(), at.into(), id.into(), from.word().into()];
        Ok(change.run(sql, values).await? == 1)
    }

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

    /// It is public from now on, with the clauses of its draft.
    pub(crate) async fn open(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at, ends_on): (Date, &str, Date),
        clauses: &[Clause],
    ) -> Result<bool, StoreError> {
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
        change.insert("consultation_clause", &columns, clauses.iter().map(row).collect()).await?;
        let sql = "UPDATE consultation SET state = 'open', publication = $1, opened_on = $2, opened_at = $3,
                          ends_on = $4, changed_at = $3, version = version + 1
                    WHERE id = $5 AND state = 'review'";
        let values: Vec<Value> = vec![
            publication.into(),
            on.to_string().into(),
            at.into(),
            ends_on.to_string().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The number of the next opinion; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE consultation SET opinions = opinions + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT opinions FROM consultation WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
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

    /// It is public no more; `false` where it was withdrawn before.
    pub(crate) async fn withdraw(
        change: &Transaction,
        id: &str,
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation SET withdrawn_on = $1, withdrawn_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND withdrawn_on IS NULL";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The answers are public from now on.
    pub(crate) async fn answer(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE consultation SET state = 'answered', answers_publication = $1, answered_on = $2,
                          answered_at = $3, changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = 'answers_review'";
        let values: Vec<Value> =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// The columns of what a notice says.
const SAID: [&str; 9] =
    ["title", "explanation", "draft", "days", "short_reason", "ways", "post", "telephone", "mail"];

/// What a new draft does not say yet.
const NOT_YET: [&str; 8] = [
    "returned",
    "shortened_by",
    "shortened_name",
    "shortened_reason",
    "summary",
    "final_text",
    "final_path",
    "withdrawn_reason",
];

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
