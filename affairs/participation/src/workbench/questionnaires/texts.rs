//! `/gongzuo/wenjuan/{id}/wenzi`: what people wrote in their own words, long numbers and addresses of mail hidden; an
//! officer chooses what is published and in which words.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{QuestionnaireStage, Questions, masked_words};
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{ANSWER, by, desk_of, seen, sent_to};
use super::{LIST, of_organ, page_of, readable, tie};
use crate::acts::ActError;
use crate::acts::questionnaire::results::{self, Chosen};
use crate::store::{Answered, PublishedText, Questionnaire};

/// Answers at once.
const AT_ONCE: i64 = 20;

#[derive(Template)]
#[template(path = "workbench/questionnaires/texts.html")]
struct TextsPage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    rows: Vec<Row>,
    here: String,
    /// It is still answered.
    open: bool,
    /// It may still be chosen.
    chooses: bool,
    from: i64,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    /// Answer and question: `12-3`.
    key: String,
    answer: i64,
    question: String,
    /// As it came, with long numbers and addresses of mail hidden.
    came: String,
    shown: bool,
    words: String,
}

/// Where it goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
    done: String,
}

fn key_of(answer: i64, question: u32) -> String {
    format!("{answer}-{question}")
}

fn parted(key: &str) -> Option<(i64, u32)> {
    let (answer, question) = key.split_once('-')?;
    Some((answer.parse().ok()?, question.parse().ok()?))
}

/// Shows a page of them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    // While it is still answered the page says so and shows nothing.
    let (of, stage) = readable(&visit, &clerk, &id).await?;
    if stage != QuestionnaireStage::Open {
        clerk.may(ANSWER, &tie(&of, stage))?;
    }
    let after = asked.hou.parse().unwrap_or_default();
    let page = page(&visit, clerk, (of, stage), (after, None)).await?;
    let desk = page.desk.saying(&asked.done, &[("baocun", "已保存。")]);
    web::page::answer(&TextsPage { desk, ..page })
}

/// What was refused: the form as it was sent, and what is wrong.
type Brought<'a> = Option<(&'a Submitted, Vec<FieldError>)>;

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Questionnaire, QuestionnaireStage),
    (after, brought): (i64, Brought<'_>),
) -> Result<TextsPage, Fault> {
    let store = visit.house.store();
    let mut found = match stage {
        QuestionnaireStage::Open => vec![],
        _ => Answered::with_words(store, &of.id, (after, AT_ONCE + 1)).await?,
    };
    let most = usize::try_from(AT_ONCE).unwrap_or_default();
    let more = found.len() > most;
    found.truncate(most);
    let published = PublishedText::of(store, &of.id).await?.into_iter();
    let published: HashMap<(i64, u32), String> =
        published.map(|one| ((one.answer, one.question), one.words)).collect();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let questions = of.questions();
    let mut rows = Vec::new();
    for one in &found {
        for (question, words) in one.words(sealer).map_err(Fault::inside)? {
            let kept = published.get(&(one.number, question)).cloned();
            let form = brought.as_ref().map(|(form, _)| *form);
            rows.push(row((&questions, one.number, question), (&words, kept), form));
        }
    }
    let here = visit.site.link(&page_of(&of, "/wenzi"));
    let next = found.last().filter(|_| more).map(|last| format!("{here}?hou={}", last.number));
    let errors = brought.map(|(_, errors)| errors).unwrap_or_default();
    let desk = Workbench::of(visit, clerk, "wenjuan", "写的话").await?;
    let desk = desk
        .under("问卷", LIST)
        .under(of.said.title.clone(), &of.desk_path())
        .under("结果", &page_of(&of, "/jieguo"));
    Ok(TextsPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        title: of.said.title,
        rows,
        first: (after > 0).then(|| here.clone()),
        here,
        open: stage == QuestionnaireStage::Open,
        chooses: stage == QuestionnaireStage::Closed,
        from: after,
        next,
    })
}

fn row(
    (questions, answer, number): (&Questions, i64, u32),
    (words, kept): (&str, Option<String>),
    form: Option<&Submitted>,
) -> Row {
    let (key, came) = (key_of(answer, number), masked_words(words));
    let text = questions.get(number).map(|one| one.text.clone()).unwrap_or_default();
    let (shown, words) = match form {
        Some(form) => {
            let shown = form.all("gong").any(|one| one == key);
            (shown, form.get(&format!("x{key}")).to_owned())
        }
        None => (kept.is_some(), kept.unwrap_or_else(|| came.clone())),
    };
    Row { question: format!("{number}. {text}"), key, answer, came, shown, words }
}

/// Keeps what was chosen on a page.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(ANSWER, &tie(&of, stage))?;
    let chosen = form.all("hang").filter_map(|key| {
        let (answer, question) = parted(key)?;
        let shown = form.all("gong").any(|one| one == key);
        let words = shown.then(|| form.get(&format!("x{key}")).to_owned());
        Some(Chosen { answer, question, words })
    });
    let chosen: Vec<Chosen> = chosen.collect();
    let after = form.get("hou").parse().unwrap_or_default();
    let (who, organ) = (by(&clerk), of.organ.clone());
    let desk = desk_of(&visit, &clerk).await?;
    match results::choose(desk, &who, (&organ, &id), &chosen).await {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let page = page(&visit, clerk, (of, stage), (after, Some((&form, errors)))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &page_of(&of, &format!("/wenzi?hou={after}&done=baocun"))))
        }
    }
}
