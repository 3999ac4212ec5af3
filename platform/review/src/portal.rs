//! 应急发布情况: every publication whose 初审 followed, for everybody to see.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::Html;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::layout::{Frame, Link};
use web::{Fault, Route, Sample, Visit};

use crate::store::{Hastened, Urgent};

/// Where it stands, below a site.
const PATH: &str = "/tongji/yingji";

/// An address of each type of page.
pub(crate) const SAMPLES: &[Sample] =
    &[Sample { name: "urgent publications", path: |_| Box::pin(async { Ok(Some(PATH.into())) }) }];

/// The page for everybody, beside those of the workbench.
pub(crate) fn beside(mut routes: Vec<Route>) -> Vec<Route> {
    routes.push(Route::public(PATH, show));
    routes
}

#[derive(Template)]
#[template(path = "portal/urgent.html")]
struct UrgentPage {
    frame: Frame,
    place: String,
    strip: Strip,
    rows: Vec<Line>,
}

struct Line {
    title: String,
    href: Option<String>,
    organ: String,
    at: String,
    reason: String,
    tag: Tag,
    due: String,
    provisional: bool,
}

/// Shows them.
async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let found = Urgent::of_range(visit.house.store(), &visit.site.range).await?;
    let today = visit.house.ledger().clock().today().to_string();
    let open = open_pages(&visit, &found).await?;
    let rows: Vec<Line> = found.iter().map(|one| Line::of(one, &open, &visit, &today)).collect();
    let count = |state: State| found.iter().filter(|one| State::of(one, &today) == state).count();
    let figure = |state: State, words: &str, tone: Tone| {
        let count = count(state);
        let figure = Figure::new(count, words);
        if count == 0 { figure } else { figure.meant(tone) }
    };
    let strip = Strip(vec![
        Figure::new(found.len(), "应急发布"),
        figure(State::Passed, "初审已补", Tone::Good),
        figure(State::Owed, "等待补初审", Tone::Warn),
        figure(State::Overdue, "逾期没有补", Tone::Over),
        figure(State::Objected, "补审有异议", Tone::Over),
    ]);
    let frame = visit.frame().titled("应急发布情况");
    let place = visit.site.place.clone();
    web::page::answer(&UrgentPage { frame, place, strip, rows })
}

/// What of them everybody may still see, by subject, under the name it has now; each is asked for once.
async fn open_pages(visit: &Visit, found: &[Hastened]) -> Result<BTreeMap<String, Link>, Fault> {
    let subjects: BTreeSet<&String> = found.iter().filter_map(|one| one.subject.as_ref()).collect();
    let mut open = BTreeMap::new();
    for subject in subjects {
        let Some(source) = visit.house.inscribed(subject) else { continue };
        if let Some(page) = (source.page)(visit.house.store(), subject).await? {
            open.insert(subject.clone(), page);
        }
    }
    Ok(open)
}

/// How the 初审 of an urgent publication stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Passed,
    Objected,
    Owed,
    Overdue,
}

impl State {
    fn of(one: &Hastened, today: &str) -> Self {
        match one.verdict.as_deref() {
            Some("pass") => Self::Passed,
            Some(_) => Self::Objected,
            None if one.late_due.as_deref().is_some_and(|due| due < today) => Self::Overdue,
            None => Self::Owed,
        }
    }

    fn tag(self) -> Tag {
        match self {
            Self::Passed => Tag::good("初审已补"),
            Self::Objected => Tag::over("补审有异议"),
            Self::Owed => Tag::warn("等待补初审"),
            Self::Overdue => Tag::over("逾期没有补"),
        }
    }
}

impl Line {
    /// What was withdrawn, has expired or was destroyed is counted, and named no more.
    fn of(one: &Hastened, open: &BTreeMap<String, Link>, visit: &Visit, today: &str) -> Self {
        let page = one.subject.as_ref().and_then(|subject| open.get(subject));
        let site = visit.house.directory().serving(&one.division);
        let href = page.map(|page| match &site {
            Some(site) => site.link(&page.href),
            None => visit.site.link(&page.href),
        });
        let title = match (page, &one.subject) {
            (Some(page), _) => page.words.clone(),
            (None, Some(_)) => "一件已经撤下的信息".to_owned(),
            (None, None) => "面向特定群体公开的信息".to_owned(),
        };
        Self {
            title,
            href,
            organ: one.organ.clone(),
            at: crate::workbench::minute(&one.published_at),
            reason: one.reason.clone(),
            tag: State::of(one, today).tag(),
            due: one.late_due.clone().unwrap_or_default(),
            provisional: one.late_provisional == 1 && one.verdict.is_none(),
        }
    }
}

impl UrgentPage {
    fn empty(&self) -> Empty {
        Empty::new("没有应急发布")
            .because("信息公开前都经过初审、保密审查和签发。只有突发事件、预警等不能等的，初审可以在发布以后一个工作日内补，并列在这里。")
            .way("看最新公开的信息", self.frame.href("/wenjian"))
    }
}
