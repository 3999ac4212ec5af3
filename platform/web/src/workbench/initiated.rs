//! 我发起的: what a clerk has set going, where each stands and with whom it lies.

use std::cmp::Reverse;

use askama::Template;
use axum::response::Html;

use super::Workbench;
use crate::components::{Empty, Tag, Tone};
use crate::layout::SiteFrame;
use crate::{Clerk, Fault, House, Later, Visit, icons};

/// Where all of it is listed.
pub(super) const PATH: &str = "/gongzuo/faqi";

/// The page's name, also in the menu and on the desk.
pub(super) const TITLE: &str = "我发起的";

/// For so many days what has ended is still told.
pub const TOLD_FOR: i64 = 30;

/// What of a room a clerk has set going.
#[derive(Clone, Copy)]
pub struct InitiatedSource {
    /// What waits, and what has ended in the last [`TOLD_FOR`] days, in any order; one query.
    pub list: for<'a> fn(&'a House, &'a Clerk) -> Later<'a, Vec<Initiated>>,
}

/// With whom something lies that a clerk has set going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lies {
    /// With others.
    WithOthers,
    /// With whoever set it going: it came back, or was never handed in.
    WithMe,
    /// With nobody: it has ended.
    WithNobody,
}

/// One thing that a clerk has set going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiated {
    /// What kind of thing it is: 送审, 更正, 撤下.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// Where it stands: 等待保密审查, 已发布.
    pub stands: String,
    /// Who acts next, or who decided: 保密审查员; empty where nobody need be named.
    pub with: String,
    /// With whom it lies.
    pub lies: Lies,
    /// The moment since which it stands so, as it is stored.
    pub since: String,
    /// Its page, below the site.
    pub path: String,
}

/// Everything the clerk has set going: what lies with others first, then with the clerk, then what has
/// ended; within each the newest first.
pub(super) async fn all(visit: &Visit, clerk: &Clerk) -> Result<Vec<Initiated>, Fault> {
    let mut all = Vec::new();
    for source in visit.house.rooms().iter().filter_map(|room| room.initiated) {
        all.extend((source.list)(&visit.house, clerk).await?);
    }
    all.sort_by_key(|one| (one.lies, Reverse(one.since.clone())));
    Ok(all)
}

/// One line of a list.
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) tag: Tag,
    pub(super) with: String,
    pub(super) since: String,
    /// Its page, where the clerk may open it.
    pub(super) href: Option<String>,
}

impl Line {
    pub(super) fn of(visit: &Visit, clerk: &Clerk, one: Initiated) -> Self {
        let tag = match one.lies {
            Lies::WithOthers => Tag::marked(Tone::Info, icons::CLOCK, one.stands),
            Lies::WithMe => Tag::warn(one.stands),
            Lies::WithNobody => Tag::plain(one.stands),
        };
        let site: &SiteFrame = &visit.site.frame;
        Self {
            kind: one.kind,
            title: one.title,
            tag,
            with: one.with,
            since: crate::moments::minute(&one.since),
            href: visit.house.may_open(clerk, &one.path).then(|| site.href(&one.path)),
        }
    }
}

#[derive(Template)]
#[template(path = "workbench/initiated.html")]
struct InitiatedPage {
    desk: Workbench,
    groups: Vec<(&'static str, Vec<Line>)>,
}

/// Shows all of it.
pub(super) async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let heading = |lies: Lies| match lies {
        Lies::WithOthers => "等别人办",
        Lies::WithMe => "等我办",
        Lies::WithNobody => "三十天内办结的",
    };
    let mut groups: Vec<(&'static str, Vec<Line>)> = Vec::new();
    for one in all(&visit, &clerk).await? {
        let words = heading(one.lies);
        let line = Line::of(&visit, &clerk, one);
        match groups.last_mut().filter(|(own, _)| *own == words) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((words, vec![line])),
        }
    }
    let desk = Workbench::of(&visit, clerk, "faqi", TITLE).await?;
    crate::page::answer(&InitiatedPage { desk, groups })
}

impl InitiatedPage {
    fn empty(&self) -> Empty {
        Empty::new("没有发起的事")
            .because(
                "您送审的稿件、提出的更正、撤下和其他意见，会列在这里，写明到哪一步、在谁那里。",
            )
            .way("回待办", self.desk.href(super::HOME))
    }
}
