//! `/gongzuo`: the to-dos of every room, the most urgent first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::Date;
use serde::Deserialize;

use super::initiated::{self, Lies, Line};
use super::todo::Urgency;
use super::{Todo, Workbench};
use crate::address::with_query;
use crate::components::{Empty, Figure, InPlace, Strip, Tag, refreshed_in_place, renewed_in_place};
use crate::layout::{Link, SiteFrame};
use crate::moments::minute_of;
use crate::{Clerk, Fault, Visit};

/// The page's name, also in the menu.
pub(super) const TITLE: &str = "待办";

/// The part of the page that is shown anew.
const PART: &str = "daiban";

/// So many of what the clerk has set going stand on the desk; the rest a page further.
const FEW: usize = 6;

#[derive(Template)]
#[template(path = "workbench/home.html")]
struct HomePage {
    desk: Workbench,
    day: String,
    due_today: usize,
    strip: Strip,
    /// What the clerk may begin.
    begins: Vec<Link>,
    groups: Vec<Group>,
    /// What the clerk has set going and has not ended, the newest first.
    initiated: Vec<Line>,
    all_initiated: String,
    /// This page, and the time of day of what it says.
    here: String,
    time: String,
    /// Whether it asks by itself what is new.
    by_itself: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    gengxin: String,
}

struct Group {
    urgency: Urgency,
    rows: Vec<Row>,
}

struct Row {
    tag: Option<Tag>,
    due: Option<Date>,
    kind: &'static str,
    title: String,
    detail: String,
    href: String,
    act: &'static str,
}

/// Shows what waits for the clerk's organ.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let begun = initiated::all(&visit, &clerk).await?;
    let mut desk = Workbench::of(&visit, clerk, "", TITLE).await?;
    let (today, calendar) = (visit.house.ledger().clock().today(), visit.house.ledger().calendar());
    let todos = std::mem::take(&mut desk.todos);
    let due_today = todos.iter().filter(|todo| todo.clock == super::Clock::Due(today)).count();
    let mut rows: Vec<(Urgency, Row)> = todos
        .into_iter()
        .map(|todo| {
            let (urgency, tag) = todo.urgency(today, &calendar);
            (urgency, row(&visit.site.frame, todo, tag))
        })
        .collect();
    rows.sort_by_key(|(urgency, row)| (*urgency, row.due.is_none(), row.due));
    let mut groups: Vec<Group> = Vec::new();
    for (urgency, row) in rows {
        match groups.last_mut().filter(|group| group.urgency == urgency) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { urgency, rows: vec![row] }),
        }
    }
    let waiting = begun.iter().filter(|one| one.lies == Lies::WithOthers).count();
    let strip = strip(&groups, waiting);
    let open = begun.into_iter().filter(|one| one.lies != Lies::WithNobody).take(FEW);
    let now = minute_of(visit.house.ledger().clock().now());
    let page = HomePage {
        day: in_words(today),
        due_today,
        strip,
        begins: begins(&visit, &desk.clerk),
        groups,
        initiated: open.map(|one| Line::of(&visit, &desk.clerk, one)).collect(),
        all_initiated: desk.href(initiated::PATH),
        here: desk.href(super::HOME),
        time: now.split_once(' ').map(|(_, time)| time.to_owned()).unwrap_or_default(),
        by_itself: wish.gengxin != "ting",
        desk,
    };
    crate::page::answer(&page)
}

/// What the rooms let a clerk in this role begin.
fn begins(visit: &Visit, clerk: &Clerk) -> Vec<Link> {
    let all = visit.house.rooms().iter().flat_map(|room| room.initiations);
    let may = all.filter(|one| clerk.has_power(one.act));
    may.map(|one| Link::new(one.words, visit.site.link(one.path))).collect()
}

fn row(site: &SiteFrame, todo: Todo, tag: Option<Tag>) -> Row {
    let due = match todo.clock {
        super::Clock::Due(day) => Some(day),
        super::Clock::Open | super::Clock::Stopped => None,
    };
    Row {
        tag,
        due,
        kind: todo.kind,
        title: todo.title,
        detail: todo.detail,
        href: site.href(&todo.path),
        act: todo.act,
    }
}

impl Group {
    fn anchor(&self) -> &'static str {
        anchor(self.urgency)
    }
}

/// How many there are of each urgency, and of what lies with others; each number leads to its rows.
fn strip(groups: &[Group], waiting: usize) -> Strip {
    let figure = |urgency: Urgency| {
        let group = groups.iter().find(|group| group.urgency == urgency);
        let count = group.map_or(0, |group| group.rows.len());
        let figure = Figure::new(count, urgency.heading());
        match count {
            0 => figure,
            _ => figure.meant(urgency.tone()).leading_to(format!("#{}", anchor(urgency))),
        }
    };
    let others = Figure::new(waiting, "我发起，等别人").leading_to("#faqi");
    Strip(Urgency::ALL.into_iter().map(figure).chain([others]).collect())
}

fn anchor(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "yuqi",
        Urgency::Soon => "jinqi",
        Urgency::Later => "qita",
        Urgency::Stopped => "tingji",
    }
}

fn in_words(day: Date) -> String {
    const WEEK: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let name = WEEK.get(at).copied().unwrap_or_default();
    format!("{} 年 {} 月 {} 日，星期{name}", day.year(), day.month(), day.day())
}

impl HomePage {
    fn count(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }

    /// What the page asks by itself.
    fn renewal(&self) -> InPlace {
        renewed_in_place(&self.here, PART).and(self.desk.numbers())
    }

    /// What whoever asks for it is shown.
    fn refreshing(&self) -> InPlace {
        let stopped = with_query(&self.here, &[("gengxin", "ting")]);
        let here = if self.by_itself { &self.here } else { &stopped };
        refreshed_in_place(here, PART).and(self.desk.numbers())
    }

    fn empty(&self) -> Empty {
        Empty::new("没有要办的事")
            .because("轮到您办的事、临近的期限，会自动出现在这里。")
            .way("看日历", self.desk.href(super::calendar::PATH))
    }
}
