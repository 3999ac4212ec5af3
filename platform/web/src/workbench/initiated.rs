//! 我发起的: what a clerk has set going, where each stands and with whom it lies.

use std::cmp::Reverse;
use std::collections::HashSet;

use askama::Template;
use axum::response::Html;
use identity::Role;
use jiff::SignedDuration;
use store::moment;

use super::Workbench;
use crate::components::{Empty, Tag, Tone};
use crate::layout::SiteFrame;
use crate::{Clerk, Fault, House, Later, Visit, icons};

/// Where all of it is listed.
pub(super) const PATH: &str = "/gongzuo/faqi";

/// The page's name, also in the menu and on the desk.
pub(super) const TITLE: &str = "我发起的";

/// For so many days what has ended is still told.
const TOLD_FOR: i64 = 30;

/// The moment, as it is stored, after which something must have ended to be told still: thirty days ago.
pub fn told_since(house: &House) -> String {
    let now = house.ledger().clock().now();
    let days = SignedDuration::from_hours(24 * TOLD_FOR);
    moment(now.checked_sub(days).unwrap_or(now))
}

/// The roles of which whoever acts next must have one, as people call them: 签发人或者发布人.
pub fn one_of(may: impl Fn(Role) -> bool) -> String {
    Role::all().filter(|role| may(*role)).map(Role::name).collect::<Vec<_>>().join("或者")
}

/// What of a room a clerk has set going.
#[derive(Clone, Copy)]
pub struct InitiatedSource {
    /// What waits, and what has ended since [`told_since`], in any order, of what the clerk set going in
    /// the organ of the post he acts in; one query.
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
    /// The one piece it is about, by its kind and its key, as the review knows it; `None` where it is about
    /// none, or about several.
    pub piece: Option<(String, String)>,
}

/// Everything the clerk has set going: what lies with others first, then with the clerk, then what has
/// ended; within each the newest first.
pub(super) async fn all(visit: &Visit, clerk: &Clerk) -> Result<Vec<Initiated>, Fault> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for room in visit.house.rooms() {
        let Some(source) = room.initiated else { continue };
        let publishes = |one: &Initiated| {
            let kind = one.piece.as_ref().map(|(kind, _)| kind.as_str());
            room.publishers.iter().any(|publisher| kind == Some(publisher.kind))
        };
        let all = (source.list)(&visit.house, clerk).await?;
        let (its, about_others) = all.into_iter().partition::<Vec<_>, _>(publishes);
        own.extend(its);
        others.extend(about_others);
    }
    let mut all = told_once(own, others);
    all.sort_by_key(|one| (one.lies, Reverse(one.since.clone())));
    Ok(all)
}

/// What came back to the clerk is told once: by the room whose piece it is, where that tells of it, and
/// not by the review as well.
fn told_once(own: Vec<Initiated>, mut others: Vec<Initiated>) -> Vec<Initiated> {
    let told: HashSet<_> = own.iter().filter_map(|one| one.piece.as_ref()).collect();
    let again = |one: &Initiated| one.piece.as_ref().is_some_and(|piece| told.contains(piece));
    others.retain(|one| one.lies != Lies::WithMe || !again(one));
    own.into_iter().chain(others).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn one(title: &str, lies: Lies, id: Option<&str>) -> Initiated {
        Initiated {
            kind: "文件",
            title: title.into(),
            stands: String::new(),
            with: String::new(),
            lies,
            since: String::new(),
            path: String::new(),
            piece: id.map(|id| ("record".into(), id.into())),
        }
    }

    #[test]
    fn what_came_back_is_told_by_the_room_whose_piece_it_is_and_not_once_more() {
        let own = vec![one("更正", Lies::WithMe, Some("1"))];
        let others = vec![
            one("退回的更正", Lies::WithMe, Some("1")),
            one("退回的另一件", Lies::WithMe, Some("2")),
            one("退回的几件", Lies::WithMe, None),
            one("以前发布的", Lies::WithNobody, Some("1")),
        ];
        let told: Vec<_> = told_once(own, others).into_iter().map(|one| one.title).collect();
        assert_eq!(told, ["更正", "退回的另一件", "退回的几件", "以前发布的"]);
    }
}
