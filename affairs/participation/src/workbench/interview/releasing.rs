//! `/gongzuo/fangtan/{id}/fangxing`: what was entered is looked at by another and let through with one click.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use participation_rules::InterviewStep;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::live::told;
use super::{RELEASE, below, desk_for, of_organ, tie};
use crate::acts::live;
use crate::store::Change;
use crate::workbench::{Done, by, desk_of, seen, sent_to};

const SAID: &[(&str, &str)] = &[("fangxing", "已放行。"), ("bufang", "没有放行。")];

#[derive(Template)]
#[template(path = "workbench/interview/releasing.html")]
struct ReleasingPage {
    desk: Workbench,
    title: String,
    here: String,
    public: String,
    /// Whether anything can be let through.
    releases: bool,
    waiting: Vec<Waiting>,
}

struct Waiting {
    id: String,
    what: String,
    words: String,
    entered: String,
}

/// Shows what waits.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(RELEASE, &tie(&of, stage))?;
    let waiting = Change::waiting(visit.house.store(), &id).await?;
    let row = |change: Change| {
        let (what, words) = told(&change);
        Waiting { what, words, entered: change.entered_name, id: change.id }
    };
    let page = ReleasingPage {
        desk: desk_for(&visit, clerk, "放行").await?.saying(&done.done, SAID),
        here: visit.site.link(&below(&of, "/fangxing")),
        public: visit.site.link(&of.path()),
        releases: stage.after(InterviewStep::Release).is_ok(),
        waiting: waiting.into_iter().map(row).collect(),
        title: of.said.title,
    };
    web::page::answer(&page)
}

/// Lets one through, or does not.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let change = form.get("bian");
    let found = Change::find(visit.house.store(), change).await?;
    let mut tie = tie(&of, stage);
    for person in found.iter().flat_map(|change| &change.enterers) {
        tie = tie.by(person.clone());
    }
    clerk.may(RELEASE, &tie)?;
    let desk = desk_of(&visit, &clerk).await?;
    let (who, which) = (by(&clerk), (of.organ.as_str(), id.as_str(), change));
    match form.get("zuo") {
        "bufang" => {
            seen(live::refuse(desk, &who, which, form.get(REASON)).await)?;
            Ok(sent_to(&visit, &below(&of, "/fangxing?done=bufang")))
        }
        _ => {
            seen(live::release(desk, &who, which).await)?;
            Ok(sent_to(&visit, &below(&of, "/fangxing?done=fangxing")))
        }
    }
}
