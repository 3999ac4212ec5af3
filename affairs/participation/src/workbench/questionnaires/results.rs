//! `/gongzuo/wenjuan/{id}/jieguo`: what was counted, a word on the whole, and all of it handed in.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{Question, QuestionTally, QuestionnaireStage};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{ANSWER, Done, by, desk_of, seen, sent_to};
use super::{LIST, of_organ, page_of, readable, tie};
use crate::acts::ActError;
use crate::acts::questionnaire::results;
use crate::portal::day_words;
use crate::store::{PublishedText, Questionnaire};

#[derive(Template)]
#[template(path = "workbench/questionnaires/results.html")]
struct ResultsPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Questionnaire,
    here: String,
    /// Why nothing can be done yet or any more.
    closed: Option<String>,
    questions: Vec<Counted>,
    /// How many texts were chosen, and where they are chosen.
    chosen: usize,
    texts: String,
    summary: String,
}

/// A question and what everybody will read of its answers.
struct Counted {
    number: u32,
    text: String,
    lines: Vec<String>,
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    // While it is still answered the page says so; nothing can be done on it.
    let found = readable(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, found, (None, vec![])).await?;
    let desk = page.desk.saying(&done.done, &[("baocun", "已保存。")]);
    web::page::answer(&ResultsPage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Questionnaire, QuestionnaireStage),
    (typed, errors): (Option<String>, Vec<FieldError>),
) -> Result<ResultsPage, Fault> {
    let store = visit.house.store();
    let last = of.ends_on.map(day_words).unwrap_or_default();
    let closed = match stage {
        QuestionnaireStage::Closed => None,
        QuestionnaireStage::Open => Some(format!(
            "{last}截止，截止以后汇总。截止以前谁也看不到各项人数，免得影响后面填的人。"
        )),
        other => Some(format!("现在是“{}”，结果不能改动。", other.name())),
    };
    let tally = match stage {
        QuestionnaireStage::Closed => Some(results::counted(store, &of).await?),
        _ => of.tally.clone(),
    };
    let questions = of.questions();
    let one = |(number, question, counted): (u32, &Question, &QuestionTally)| Counted {
        number,
        text: question.text.clone(),
        lines: results::lines(question, counted),
    };
    let counted = tally.iter().flat_map(|tally| results::each(&questions, tally)).map(one);
    let counted: Vec<Counted> = counted.collect();
    let chosen = PublishedText::of(store, &of.id).await?.len();
    let desk = Workbench::of(visit, clerk, "wenjuan", "问卷结果").await?;
    let desk = desk.under("问卷", LIST).under(of.said.title.clone(), &of.desk_path());
    Ok(ResultsPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&page_of(&of, "/jieguo")),
        closed,
        questions: counted,
        chosen,
        texts: visit.site.link(&page_of(&of, "/wenzi")),
        summary: typed.unwrap_or_else(|| of.summary.clone()),
        of,
    })
}

/// Keeps it, and hands all in.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(ANSWER, &tie(&of, stage))?;
    let (organ, who) = (of.organ.clone(), by(&clerk));
    let (summary, version) = (form.get("zongti"), form.get(SHOWN).parse().unwrap_or_default());
    let desk = desk_of(&visit, &clerk).await?;
    let mut done = results::keep(desk, &who, (&organ, &id, version), summary).await;
    let hands_in = form.get("zuo") == "songshen";
    if done.is_ok() && hands_in {
        let publishers = visit.house.publishers();
        let desk = desk_of(&visit, &clerk).await?;
        done = results::submit(desk, &publishers, &who, (&organ, &id)).await.map(drop);
    }
    match done {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            // What was kept before it was refused has a version of its own.
            let of = Questionnaire::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
            let brought = (Some(summary.to_owned()), errors);
            let page = page(&visit, clerk, (of, stage), brought).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            let to = if hands_in { "?done=jieguo" } else { "/jieguo?done=baocun" };
            Ok(sent_to(&visit, &page_of(&of, to)))
        }
    }
}

impl ResultsPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}
