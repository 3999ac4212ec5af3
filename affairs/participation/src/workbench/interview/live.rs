//! `/gongzuo/fangtan/{id}/xianchang`: where what is said is entered on the day, and mistakes are put right.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{InterviewStage, InterviewStep, LiveChange, LiveEntry, Voice};
use web::components::{ErrorSummary, FieldError, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{ENTER, below, desk_for, of_organ, tag, tie};
use crate::acts::ActError;
use crate::acts::live::{self, Amending, Entering};
use crate::portal::handing_in::new_key;
use crate::store::{Change, Entered, Interview};
use crate::workbench::{Done, by, desk_of, seen, sent_to};

const SAID: &[(&str, &str)] = &[
    ("kaishi", "访谈开始了。门户上的页面已经打开实时文字。"),
    ("luru", "已录入，等放行。"),
    ("gengzheng", "已提出更正，等放行。"),
    ("shanqu", "已提出删去，等放行。"),
    ("jieshu", "访谈结束了。整理实录，送审以后公布。"),
];

#[derive(Template)]
#[template(path = "workbench/interview/live.html")]
struct LivePage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    tag: Tag,
    here: String,
    public: String,
    questions: String,
    key: String,
    starts: bool,
    enters: bool,
    ends: bool,
    amends: bool,
    voices: [Voice; 3],
    typed: Typed,
    waiting: Vec<(String, String)>,
    /// What everybody reads, the newest first.
    said: Vec<LiveEntry>,
}

/// What was typed into the form of a new utterance.
#[derive(Default)]
struct Typed {
    voice: String,
    speaker: String,
    question: String,
    words: String,
}

impl Typed {
    fn of(form: &Submitted) -> Self {
        let text = |name: &str| form.get(name).to_owned();
        Self {
            voice: text("shui"),
            speaker: text("mingzi"),
            question: text("tihao"),
            words: text("hua"),
        }
    }
}

/// What waits, in a few words: what it is, and what it says.
pub(super) fn told(change: &Change) -> (String, String) {
    match &change.what {
        Entered::Text(LiveChange::Spoken { voice, speaker, words }) => {
            (format!("第 {} 条，{}，{speaker}", change.number, voice.name()), words.clone())
        }
        Entered::Text(LiveChange::Corrected { words, reason }) => {
            (format!("更正第 {} 条（{reason}）", change.number), words.clone())
        }
        Entered::Text(LiveChange::Struck { reason }) => {
            (format!("删去第 {} 条（{reason}）", change.number), String::new())
        }
        Entered::Withdrawal { reason } => ("撤下".to_owned(), reason.clone()),
    }
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Interview, InterviewStage),
    (typed, errors): (Typed, Vec<FieldError>),
) -> Result<LivePage, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let follows = |step: InterviewStep| stage.after(step).is_ok();
    let mut said = Change::text(store, &of.id).await?;
    said.reverse();
    let desk = desk_for(visit, clerk, "访谈现场").await?;
    let desk = desk.under(of.said.title.clone(), &of.desk_path());
    Ok(LivePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        tag: tag(stage),
        here: visit.site.link(&below(&of, "/xianchang")),
        public: visit.site.link(&of.path()),
        questions: visit.site.link(&below(&of, "/tiwen")),
        key: new_key()?,
        starts: follows(InterviewStep::Start) && of.said.held_on == Some(today),
        enters: follows(InterviewStep::Enter),
        ends: follows(InterviewStep::End),
        amends: follows(InterviewStep::Amend),
        voices: Voice::ALL,
        typed,
        waiting: Change::waiting(store, &of.id).await?.iter().map(told).collect(),
        said,
        title: of.said.title,
    })
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(ENTER, &tie(&of, stage))?;
    let page = page(&visit, clerk, (of, stage), (Typed::default(), vec![])).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&LivePage { desk, ..page })
}

/// Begins, enters, amends or ends.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(ENTER, &tie(&of, stage))?;
    let (who, organ) = (by(&clerk), of.organ.clone());
    let which = (organ.as_str(), id.as_str());
    let desk = desk_of(&visit, &clerk).await?;
    let (done, word) = match form.get("zuo") {
        "kaishi" => (live::start(desk, &who, which).await, "kaishi"),
        "jieshu" => (live::end(desk, &who, which).await, "jieshu"),
        word @ ("gengzheng" | "shanqu") => {
            let given = Amending {
                number: form.get("tiao").parse().unwrap_or_default(),
                words: (word == "gengzheng").then(|| form.get("hua")),
                reason: form.get(REASON),
                form: form.get("key"),
            };
            seen(live::amend(desk, &who, which, &given).await)?;
            (Ok(()), if word == "shanqu" { "shanqu" } else { "gengzheng" })
        }
        _ => {
            let given = Entering {
                voice: Voice::parse(form.get("shui")),
                speaker: form.get("mingzi"),
                words: form.get("hua"),
                question: form.get("tihao").trim().parse().unwrap_or_default(),
                form: form.get("key"),
            };
            (live::enter(desk, &who, which, &given).await, "luru")
        }
    };
    match done {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let page = page(&visit, clerk, (of, stage), (Typed::of(&form), errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &below(&of, &format!("/xianchang?done={word}"))))
        }
    }
}

impl LivePage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}
