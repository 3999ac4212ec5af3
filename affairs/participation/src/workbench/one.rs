//! `/gongzuo/zhengji/{id}`: a notice: drafted, handed in, and what waits of it now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{Lack, Stage, answers_due};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::fields::{Fields, read, time_words};
use super::{
    AGREE, ANSWER, DRAFT, Done, LIST, NEW, OPEN, PUBLISH, READ, READ_OPINIONS, REGISTERING,
    TAKE_DOWN, by, desk_of, drafts, list, of_organ, own, page_of, review_of, sent_to, tie,
    withdrawal,
};
use crate::acts::{ActError, answering, drafting};
use crate::portal::day_words;
use crate::store::{Consultation, Said, Withdrawable};

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。改好后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布，期限从公布的次日起算。"),
    ("pizhun", "已批准少于三十日的期限。"),
    ("gongbu", "已公布。"),
    ("jieguo", "采纳情况已送审。"),
];

#[derive(Template)]
#[template(path = "workbench/new.html")]
struct NewPage {
    desk: Workbench,
    errors: ErrorSummary,
    fields: Fields,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/one.html")]
struct OnePage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Consultation,
    tag: Tag,
    here: String,
    /// The form, while it is a draft and the clerk may change it.
    fields: Option<Fields>,
    lacks: Vec<Lack>,
    time: String,
    days: Vec<(&'static str, String)>,
    ways: Vec<Link>,
    short_waits: bool,
}

/// The form for a new notice.
pub(super) async fn begin(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let said = drafting::usual(&clerk.organ, today);
    let here = visit.site.link(NEW);
    let desk = Workbench::of(&visit, clerk, "zhengji", "起草公告").await?;
    let page = NewPage {
        desk: desk.under("征求意见", LIST),
        errors: ErrorSummary::default(),
        fields: Fields::of(&said),
        here,
    };
    web::page::answer(&page)
}

/// Begins one.
pub(super) async fn create(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    use identity::powers::{Condition, Tie};
    let tie = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(DRAFT, &tie.holding([Condition::DraftState]))?;
    let said = read(&form);
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    match drafting::begin(desk, &by(&clerk), of, &said).await {
        Ok(id) => Ok(sent_to(&visit, &format!("{LIST}/{id}?done=qicao"))),
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let here = visit.site.link(NEW);
            let desk = Workbench::of(&visit, clerk, "zhengji", "起草公告").await?;
            let page = NewPage {
                desk: desk.under("征求意见", LIST).with_errors(),
                fields: Fields::of(&said).typed(&form).with(errors.clone()),
                errors: ErrorSummary(errors),
                here,
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        Err(other) => Err(other.into_fault()),
    }
}

/// Shows one.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = own(&visit, &clerk, READ, &id).await?;
    let page = page(&visit, clerk, (of, stage), None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&OnePage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Consultation, Stage),
    refused: Option<(Said, &Submitted, Vec<FieldError>)>,
) -> Result<OnePage, Fault> {
    let today = visit.house.ledger().clock().today();
    let drafts = stage == Stage::Draft && clerk.may(DRAFT, &tie(&of, stage)).is_ok();
    let ways = ways(visit, &clerk, &of, stage).await?;
    let (fields, errors) = match refused {
        Some((said, form, errors)) => (Fields::of(&said).typed(form), errors),
        None => (Fields::of(&of.said), vec![]),
    };
    let desk = Workbench::of(visit, clerk, "zhengji", of.said.title.clone()).await?;
    let desk = desk.under("征求意见", LIST);
    Ok(OnePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        tag: list::tag(stage),
        here: visit.site.link(&of.desk_path()),
        fields: drafts.then(|| fields.with(errors.clone())),
        errors: ErrorSummary(errors),
        lacks: if drafts { of.said.notice(today).lacks() } else { vec![] },
        time: time_words(&of.said, today),
        days: days(visit, &of),
        ways,
        short_waits: stage == Stage::InReview
            && !of.said.short_reason.is_empty()
            && !of.is_shortened(),
        of,
    })
}

/// The days of a public one.
fn days(visit: &Visit, of: &Consultation) -> Vec<(&'static str, String)> {
    let calendar = visit.house.ledger().calendar();
    let due = of.ends_on.and_then(|last| answers_due(last, &calendar).ok());
    let due = due.filter(|_| of.answered_on.is_none());
    let days = [
        ("公布", of.opened_on),
        ("截止", of.ends_on),
        ("计划公布采纳情况", due),
        ("公布采纳情况", of.answered_on),
        ("撤下采纳情况", of.answers_withdrawn.as_ref().map(|(day, _)| *day)),
        ("撤下", of.withdrawn.as_ref().map(|(day, _)| *day)),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day_words(day)))).collect()
}

/// Where one goes on from here, as far as the clerk may.
async fn ways(
    visit: &Visit,
    clerk: &Clerk,
    of: &Consultation,
    stage: Stage,
) -> Result<Vec<Link>, Fault> {
    let mut ways = Vec::new();
    let mut way = |words: &str, path: String| ways.push(Link::new(words, visit.site.link(&path)));
    let kind = match stage {
        Stage::InReview => Some((drafting::KIND, OPEN, "/gongbu", "去公布公告")),
        Stage::AnswersInReview => {
            Some((answering::KIND, PUBLISH, "/jieguo/gongbu", "去公布采纳情况"))
        }
        _ => None,
    };
    if let Some((kind, act, rest, words)) = kind
        && let Some((unit, signed)) = review_of(visit, kind, &of.id).await?
    {
        if clerk.is_among(unit.authors.iter().map(String::as_str))
            || clerk.has_power("record.read_draft")
        {
            way("看审查", unit_path(&unit.id));
        }
        if signed && clerk.has_power(act) {
            way(words, page_of(of, rest));
        }
    }
    let may = |act: &str| clerk.may(act, &tie(of, stage)).is_ok();
    if stage == Stage::InReview && !of.said.short_reason.is_empty() && clerk.has_power(AGREE) {
        way("批准缩短期限", page_of(of, "/suoduan"));
    }
    if stage.is_public() {
        way("门户上的样子", of.path());
        if may(READ_OPINIONS) {
            way("收到的意见", page_of(of, "/yijian"));
        }
        if matches!(stage, Stage::Open | Stage::Closed) && may(REGISTERING) {
            way("登记来信、窗口、会上的意见", page_of(of, "/dengji"));
        }
        way("听证会", page_of(of, "/tingzheng"));
        let reasoned = tie(of, stage).because("看");
        if clerk.may(TAKE_DOWN.0, &reasoned).is_ok() {
            way("公布错了，撤下", page_of(of, "/chexia"));
            if stage == Stage::Answered {
                let path = withdrawal::path(Withdrawable::Answers, &of.id);
                way("只撤下采纳情况，改正以后重新公布", path);
            }
        }
        if stage == Stage::Closed && may(ANSWER) {
            way("采纳情况", page_of(of, "/jieguo"));
        }
    }
    Ok(ways)
}

/// Keeps, hands in or gives up a draft.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(DRAFT, &tie(&of, stage))?;
    let (who, here) = (by(&clerk), of.desk_path());
    let organ = of.organ.clone();
    if form.get("zuo") == "fangqi" {
        return drafts::given_up::<Consultation>(
            &visit,
            &clerk,
            &id,
            &format!("{LIST}?done=fangqi"),
        )
        .await;
    }
    let said = read(&form);
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = drafting::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        let page = page(&visit, clerk, (of, stage), Some((said, &form, errors))).await?;
        return drafts::refused(&page);
    }
    drafts::on::<Consultation>(&visit, &clerk, &form, (&id, &here, "")).await
}

impl OnePage {
    fn shown(&self) -> &'static str {
        SHOWN
    }
}
