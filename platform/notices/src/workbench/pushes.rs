//! `/gongzuo/tuisong`: an organ's pushes.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;
use store::parse_moment;
use web::components::{Empty, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::{PROPOSE, push_form};
use crate::store::{Push, PushState};
use crate::topic::Topic;

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/tuisong";

/// Pushes that are shown.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "workbench/pushes.html")]
struct PushesPage {
    desk: Workbench,
    rows: Vec<Row>,
    begin: Option<String>,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    audience: String,
    by: String,
    day: String,
    recipients: Option<i64>,
    demo: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// What is said of what was done just now.
pub(super) const SAID: &[(&str, &str)] = &[
    ("tichu", "已提出，等负责人审批。"),
    ("pizhun", "已批准，正在发给选择接收的人。"),
    ("butongyi", "已记录不同意。"),
    ("chehui", "已撤回。"),
];

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let pushes = Push::of_organ(visit.house.store(), &clerk.organ.code, SHOWN).await?;
    let begin = clerk.has_power(PROPOSE).then(|| visit.site.link(push_form::PATH));
    let desk = Workbench::of(&visit, clerk, "tuisong", "信息推送").await?;
    web::page::answer(&PushesPage {
        desk: desk.saying(&done.done, SAID),
        rows: pushes.iter().map(|push| row(&visit, push)).collect(),
        begin,
    })
}

/// How far a push has come.
pub(super) fn tag(state: PushState) -> Tag {
    match state {
        PushState::Proposed => Tag::warn(state.name()),
        PushState::Approved => Tag::good(state.name()),
        PushState::Refused | PushState::Dropped => Tag::void(state.name()),
    }
}

/// The day in China of a stored moment.
pub(super) fn day_of(moment: &str) -> String {
    let day = parse_moment(moment).map(|at| ledger::day_in_china(at).to_string());
    day.unwrap_or_default()
}

fn row(visit: &Visit, push: &Push) -> Row {
    Row {
        title: push.title.clone(),
        href: visit.site.link(&format!("{PATH}/{}", push.id)),
        tag: tag(push.state),
        audience: push.audience.iter().map(Topic::named).collect::<Vec<_>>().join("、"),
        by: push.proposed_name.clone(),
        day: day_of(&push.proposed_at),
        recipients: (push.state == PushState::Approved).then_some(push.recipients),
        demo: push.demo,
    }
}

impl PushesPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有推送过")
            .because("把已经公开的信息推送给自己选了人群、领域或者村（居）的人。")
            .because("一个人提出，另一个人审批；接收的人随时可以退订。")
    }
}
