//! `/gongzuo/zhengji/{id}/jieguo`: what is told beside the answers, and all of it handed in together.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::Stage;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{ANSWER, Done, LIST, READ, by, desk_of, own, page_of, seen, sent_to};
use crate::acts::ActError;
use crate::acts::answering::{self, Outcome};
use crate::portal::day_words;
use crate::store::{Consultation, Opinion};

#[derive(Template)]
#[template(path = "workbench/result.html")]
struct ResultPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Consultation,
    here: String,
    /// Why nothing can be answered yet or any more.
    closed: Option<String>,
    /// The first opinion without an answer: its number and where it is answered.
    open: Option<(i64, String)>,
    told: (String, String, String),
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    // While opinions are still taken the page says so; nothing can be done on it.
    let found = own(&visit, &clerk, READ, &id).await?;
    let page = page(&visit, clerk, found, (None, vec![])).await?;
    let desk = page.desk.saying(&done.done, &[("baocun", "已保存。")]);
    web::page::answer(&ResultPage { desk, ..page })
}

type Brought = (Option<(String, String, String)>, Vec<FieldError>);

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Consultation, Stage),
    (told, errors): Brought,
) -> Result<ResultPage, Fault> {
    let open = match stage {
        Stage::Closed => Opinion::unanswered(visit.house.store(), &of.id).await?,
        _ => None,
    };
    let at = |number: i64| visit.site.link(&page_of(&of, &format!("/yijian/{number}")));
    let last = of.ends_on.map(day_words).unwrap_or_default();
    let closed = match stage {
        Stage::Closed => None,
        Stage::Open => Some(format!("{last}截止，截止以后一起研究、一起答复。")),
        other => Some(format!("现在是“{}”，采纳情况不能改动。", other.name())),
    };
    let desk = Workbench::of(visit, clerk, "zhengji", "采纳情况").await?;
    let desk = desk.under("征求意见", LIST).under(of.said.title.clone(), &of.desk_path());
    Ok(ResultPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&page_of(&of, "/jieguo")),
        closed,
        open: open.map(|one| (one.number, at(one.number))),
        told: told
            .unwrap_or_else(|| (of.summary.clone(), of.final_text.clone(), of.final_path.clone())),
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
    let (of, stage) = own(&visit, &clerk, ANSWER, &id).await?;
    let told = Outcome {
        summary: form.get("zongti"),
        final_text: form.get("dinggao"),
        final_path: form.get("wangzhi"),
    };
    let version = form.get(SHOWN).parse().unwrap_or_default();
    let (organ, who) = (of.organ.clone(), by(&clerk));
    let desk = desk_of(&visit, &clerk).await?;
    let mut done = answering::keep(desk, &who, (&organ, &id, version), told).await;
    let hands_in = form.get("zuo") == "songshen";
    if done.is_ok() && hands_in {
        let publishers = visit.house.publishers();
        let desk = desk_of(&visit, &clerk).await?;
        done = answering::submit(desk, &publishers, &who, (&organ, &id)).await.map(drop);
    }
    match done {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let told = [told.summary, told.final_text, told.final_path].map(str::to_owned);
            let [summary, text, path] = told;
            let of = Consultation::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
            let brought = (Some((summary, text, path)), errors);
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

impl ResultPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }
}
