//! 问卷.

mod answer;
mod list;
mod text;

use law::Date;
use participation_rules::{QuestionnaireStage, Questions, Tally};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::announced::{self, Announced, Piece, date, head, list_of};
use super::words_of;

pub use answer::Answered;
pub use text::PublishedText;

pub(crate) use answer::{NewAnswer, words_place};

/// What a questionnaire says, as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionnaireSaid {
    /// 标题.
    pub title: String,
    /// Who asks, what for, what becomes of the answers.
    pub introduction: String,
    /// The questions, in their notation.
    pub questions: String,
    /// For how many days it is answered.
    pub days: u32,
    /// Whom one may ring.
    pub telephone: String,
    /// The key of the consultation it belongs to; empty: none.
    pub consultation: String,
}

/// One questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
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
    /// What it says.
    pub said: QuestionnaireSaid,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review.
    pub returned: String,
    /// Grows with every change.
    pub version: i64,
    /// The day it became public.
    pub opened_on: Option<Date>,
    /// Its moment, as stored.
    pub opened_at: Option<String>,
    /// The last day on which it is answered.
    pub ends_on: Option<Date>,
    /// The number of the newest answer.
    pub answers: i64,
    /// 总体情况 of the results.
    pub summary: String,
    /// What was counted when the results were handed in; none before.
    pub tally: Option<Tally>,
    /// The natural persons who wrote the results.
    pub result_authors: Vec<String>,
    /// The day the results became public.
    pub results_on: Option<Date>,
    /// The moment, as stored.
    pub results_at: Option<String>,
    /// The day it was withdrawn, and why, as everybody reads it.
    pub withdrawn: Option<(Date, String)>,
    /// Whether it is 演示数据.
    pub demo: bool,
    state: QuestionnaireState,
}

/// As the column keeps it: what the last day makes of it is told by [`Questionnaire::stage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuestionnaireState {
    Draft,
    Review,
    Open,
    ResultsReview,
    Told,
    Dropped,
}

impl QuestionnaireState {
    const WORDS: [(Self, &'static str, QuestionnaireStage); 6] = [
        (Self::Draft, "draft", QuestionnaireStage::Draft),
        (Self::Review, "review", QuestionnaireStage::InReview),
        (Self::Open, "open", QuestionnaireStage::Open),
        (Self::ResultsReview, "results_review", QuestionnaireStage::ResultsInReview),
        (Self::Told, "told", QuestionnaireStage::Told),
        (Self::Dropped, "dropped", QuestionnaireStage::Dropped),
    ];

    fn word(self) -> &'static str {
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
    introduction: String,
    questions: String,
    days: i64,
    telephone: String,
    consultation: String,
    authors: String,
    returned: String,
    version: i64,
    opened_on: Option<String>,
    opened_at: Option<String>,
    ends_on: Option<String>,
    answers: i64,
    summary: String,
    tally: String,
    result_authors: String,
    results_on: Option<String>,
    results_at: Option<String>,
    withdrawn_on: Option<String>,
    withdrawn_reason: String,
    demo: i64,
}

/// Questionnaires with the names of their organs, and these long texts of them.
macro_rules! select {
    ($texts:literal) => {
        concat!(
            "SELECT q.id, q.organ, o.name AS organ_name, o.short_name AS organ_short, q.division, q.unit, q.state,
                    q.title, ",
            $texts,
            ", q.days, q.telephone, q.consultation, q.authors, q.returned, q.version, q.opened_on, q.opened_at,
                    q.ends_on, q.answers, q.result_authors, q.results_on, q.results_at, q.withdrawn_on,
                    q.withdrawn_reason, q.demo
               FROM questionnaire q
               JOIN organ o ON o.code = q.organ"
        )
    };
}

/// All of each.
const SELECT: &str = select!("q.introduction, q.questions, q.summary, q.tally");

/// What lists show of each: the long texts stay where they are.
const BRIEF: &str = select!("'' AS introduction, '' AS questions, '' AS summary, '' AS tally");

impl From<Row> for Questionnaire {
    fn from(row: Row) -> Self {
        let state = QuestionnaireState::WORDS.iter().find(|(_, word, _)| *word == row.state);
        Self {
            state: state.map_or(QuestionnaireState::Dropped, |(state, ..)| *state),
            said: QuestionnaireSaid {
                title: row.title,
                introduction: row.introduction,
                questions: row.questions,
                days: u32::try_from(row.days).unwrap_or_default(),
                telephone: row.telephone,
                consultation: row.consultation,
            },
            authors: list_of(&row.authors),
            result_authors: list_of(&row.result_authors),
            tally: serde_json::from_str(&row.tally).ok(),
            opened_on: date(row.opened_on),
            ends_on: date(row.ends_on),
            results_on: date(row.results_on),
            withdrawn: date(row.withdrawn_on).map(|day| (day, row.withdrawn_reason)),
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
            answers: row.answers,
            summary: row.summary,
            results_at: row.results_at,
        }
    }
}

impl Announced for Questionnaire {
    type Row = Row;
    type Said = QuestionnaireSaid;
    type State = QuestionnaireState;

    const TABLE: &'static str = "questionnaire";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "q.id";
    const SAID: &'static [&'static str] =
        &["title", "introduction", "questions", "days", "telephone", "consultation"];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) =
        (&["returned", "summary", "tally", "withdrawn_reason"], &["answers"], &["result_authors"]);
    const NOTICE: Piece<QuestionnaireState> = Piece {
        written: QuestionnaireState::Draft,
        reviewed: QuestionnaireState::Review,
        public: QuestionnaireState::Open,
        kept: ("publication", "opened_on", Some("opened_at")),
    };
    const DROPPED: QuestionnaireState = QuestionnaireState::Dropped;

    head!();

    fn word(state: QuestionnaireState) -> &'static str {
        state.word()
    }

    fn said_values(said: &QuestionnaireSaid) -> Vec<Value> {
        vec![
            said.title.clone().into(),
            said.introduction.clone().into(),
            said.questions.clone().into(),
            i64::from(said.days).into(),
            said.telephone.clone().into(),
            said.consultation.clone().into(),
        ]
    }
}

impl Questionnaire {
    /// How far it has come on a day.
    pub fn stage(&self, today: Date) -> QuestionnaireStage {
        if self.withdrawn.is_some() {
            return QuestionnaireStage::Withdrawn;
        }
        let stored = QuestionnaireState::WORDS.iter().find(|(own, ..)| *own == self.state);
        let stored = stored.map_or(QuestionnaireStage::Dropped, |(.., stage)| *stage);
        stored.on(today, self.ends_on)
    }

    /// Whether its results are under review or public.
    pub(crate) fn has_results(&self) -> bool {
        matches!(self.state, QuestionnaireState::ResultsReview | QuestionnaireState::Told)
    }

    /// Its questions; none where they cannot be read, which nothing public has.
    pub fn questions(&self) -> Questions {
        Questions::read(&self.said.questions).unwrap_or_default()
    }

    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/wenjuan/{}", self.id)
    }

    /// Where its results are read, below a site.
    pub fn result_path(&self) -> String {
        format!("/wenjuan/{}/jieguo", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/wenjuan/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        announced::found(from, id).await
    }

    /// The results.
    pub(crate) const RESULTS: Piece<QuestionnaireState> = Piece {
        written: QuestionnaireState::Open,
        reviewed: QuestionnaireState::ResultsReview,
        public: QuestionnaireState::Told,
        kept: ("results_publication", "results_on", Some("results_at")),
    };

    /// Holds its row until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        announced::hold::<Self>(change, id).await
    }

    /// The number of the next answer; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "answers", id).await
    }

    /// Keeps 总体情况, and who wrote at the results.
    pub(crate) async fn keep_summary(
        &self,
        change: &Transaction,
        summary: &str,
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE questionnaire SET summary = $1, result_authors = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND version = $5 AND state = 'open'";
        let values: Vec<Value> = vec![
            summary.into(),
            words_of(authors).into(),
            at.into(),
            self.id.clone().into(),
            self.version.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Notes who wrote at the results.
    pub(crate) async fn keep_result_authors(
        &self,
        change: &Transaction,
        authors: &[String],
    ) -> Result<(), StoreError> {
        let sql = "UPDATE questionnaire SET result_authors = $1 WHERE id = $2";
        change.run(sql, vec![words_of(authors).into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// What was counted, on its way into review; `false` where it is in another state.
    pub(crate) async fn hand_in_results(
        &self,
        change: &Transaction,
        tally: &Tally,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE questionnaire SET state = 'results_review', tally = $1, returned = '', changed_at = $2,
                          version = version + 1
                    WHERE id = $3 AND state = 'open'";
        let tally = serde_json::json!(tally).to_string();
        let values = vec![tally.into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
