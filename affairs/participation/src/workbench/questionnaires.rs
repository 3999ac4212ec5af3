//! `/gongzuo/wenjuan`: an organ's questionnaires: drafted, reviewed, published, summed up.

mod one;
mod results;
mod texts;
pub(super) mod todos;

use askama::Template;
use axum::extract::Query;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use identity::powers::{Condition, Tie};
use law::Date;
use participation_rules::{QuestionnaireStage, Stage};
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Tag};
use web::workbench::{DeskEntry, DeskSample, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, House, Later, Route, Visit};

use super::{ANSWER, DRAFT, READ, by, desk_of, tie_in, withdrawal};
use crate::acts::{ActError, questionnaire};
use crate::portal;
use crate::store::{Questionnaire, Withdrawable};

pub(crate) const LIST: &str = "/gongzuo/wenjuan";
const ONE: &str = "/gongzuo/wenjuan/{id}";
const RESULTS: &str = "/gongzuo/wenjuan/{id}/jieguo";
const TEXTS: &str = "/gongzuo/wenjuan/{id}/wenzi";
const WITHDRAW: &str = "/gongzuo/wenjuan/{id}/chexia";
const WITHDRAWAL: &str = "/gongzuo/wenjuan/{id}/chexia/shending";

/// The entry in the menu.
pub(crate) const NAV: &[DeskEntry] =
    &[DeskEntry { heading: "公开", rank: 28, key: "wenjuan", words: "问卷", path: LIST }];

fn example<'a>(house: &'a House, organ: &'a str, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let found = Questionnaire::example(house.store(), organ, false).await?;
        Ok(found.map(|id| format!("{LIST}/{id}{rest}")))
    })
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "questionnaires desk",
        path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }),
    },
    DeskSample { name: "questionnaire desk", path: |house, organ| example(house, &organ.code, "") },
    DeskSample {
        name: "questionnaire results desk",
        path: |house, organ| example(house, &organ.code, "/jieguo"),
    },
    DeskSample {
        name: "questionnaire texts desk",
        path: |house, organ| example(house, &organ.code, "/wenzi"),
    },
    DeskSample {
        name: "questionnaire withdrawal",
        path: |house, organ| example(house, &organ.code, "/chexia"),
    },
];

/// These pages, those of questionnaires for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut all: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    all.extend(portal::questionnaires::routes());
    all.extend([
        Route::power(READ, get(), LIST, show),
        Route::power(DRAFT, post(), LIST, begin),
        Route::power(READ, get(), ONE, one::show),
        Route::power(DRAFT, post(), ONE, one::act),
        Route::power(READ, get(), RESULTS, results::show),
        Route::power(ANSWER, post(), RESULTS, results::act),
        Route::power(READ, get(), TEXTS, texts::show),
        Route::power(ANSWER, post(), TEXTS, texts::act),
    ]);
    all.extend(withdrawal::routes(Some(Withdrawable::Questionnaire), (WITHDRAW, WITHDRAWAL)));
    all
}

/// Rows at once.
const AT_ONCE: i64 = 50;

#[derive(Template)]
#[template(path = "workbench/questionnaires/list.html")]
struct ListPage {
    desk: Workbench,
    errors: ErrorSummary,
    rows: Vec<Row>,
    begins: bool,
    title: String,
    here: String,
    more: Option<String>,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    opened: String,
    ends: String,
    answers: i64,
    demo: bool,
}

/// Where it goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
    done: String,
}

/// What holds of a questionnaire at its stage, as the access policy asks: the same as of a consultation.
pub(super) fn tie(of: &Questionnaire, stage: QuestionnaireStage) -> Tie {
    let like = match stage {
        QuestionnaireStage::Draft => Stage::Draft,
        QuestionnaireStage::InReview => Stage::InReview,
        QuestionnaireStage::Open => Stage::Open,
        QuestionnaireStage::Closed => Stage::Closed,
        QuestionnaireStage::ResultsInReview => Stage::AnswersInReview,
        QuestionnaireStage::Told => Stage::Answered,
        QuestionnaireStage::Dropped => Stage::Dropped,
        QuestionnaireStage::Withdrawn => Stage::Withdrawn,
    };
    tie_in((&of.organ, &of.unit), like)
}

/// How far one has come, as a mark.
fn tag(stage: QuestionnaireStage) -> Tag {
    match stage {
        QuestionnaireStage::Open => Tag::info(stage.name()),
        QuestionnaireStage::Told => Tag::good(stage.name()),
        QuestionnaireStage::Closed => Tag::warn(stage.name()),
        other => Tag::plain(other.name()),
    }
}

/// The organ's questionnaire at an address; the caller asks the policy.
pub(super) async fn of_organ(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Questionnaire, QuestionnaireStage), Fault> {
    let found = Questionnaire::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    Ok((found, stage))
}

/// The same, for a clerk who may read it.
async fn readable(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Questionnaire, QuestionnaireStage), Fault> {
    let (found, stage) = of_organ(visit, clerk, id).await?;
    clerk.may_see(READ, &tie(&found, stage))?;
    Ok((found, stage))
}

/// A page of one questionnaire, below it.
fn page_of(of: &Questionnaire, rest: &str) -> String {
    format!("{}{rest}", of.desk_path())
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Shows them.
async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let page = page(&visit, clerk, &asked.hou, (String::new(), vec![])).await?;
    let desk = page.desk.saying(&asked.done, &[("fangqi", "已放弃这份草稿。")]);
    web::page::answer(&ListPage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    after: &str,
    (title, errors): (String, Vec<FieldError>),
) -> Result<ListPage, Fault> {
    let today = visit.house.ledger().clock().today();
    let before = Some(after).filter(|mark| !mark.is_empty());
    let of = clerk.organ.code.as_str();
    let (found, more) = Questionnaire::of_organ(visit.house.store(), of, (before, AT_ONCE)).await?;
    let more = found.last().filter(|_| more).map(|last| format!("{LIST}?hou={}", last.id));
    let may = |of: &&Questionnaire| clerk.may(READ, &tie(of, of.stage(today))).is_ok();
    let row = |of: &Questionnaire| Row {
        title: of.said.title.clone(),
        href: visit.site.link(&of.desk_path()),
        tag: tag(of.stage(today)),
        opened: day(of.opened_on),
        ends: day(of.ends_on),
        answers: of.answers,
        demo: of.demo,
    };
    let rows = found.iter().filter(may).map(row).collect();
    let begins = clerk.has_power(DRAFT);
    let desk = Workbench::of(visit, clerk, "wenjuan", "问卷").await?;
    Ok(ListPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        rows,
        begins,
        title,
        here: visit.site.link(LIST),
        more: more.map(|path| visit.site.link(&path)),
    })
}

/// Begins one.
async fn begin(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let own = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(DRAFT, &own.holding([Condition::DraftState]))?;
    let today = visit.house.ledger().clock().today();
    let said = questionnaire::usual(form.get("biaoti"), &clerk.organ, today);
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    match questionnaire::begin(desk, &by(&clerk), of, &said).await {
        Ok(id) => Ok(sent_to(&visit, &format!("{LIST}/{id}?done=qicao"))),
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let page = page(&visit, clerk, "", (said.title, errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        Err(other) => Err(other.into_fault()),
    }
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn empty(&self) -> Empty {
        Empty::new("本机关还没有问卷").because(
            "决策以前可以用问卷听大家的看法（重大行政决策程序暂行条例第十四条）：单独发，或者随一次征求意见一起发。",
        )
    }
}
