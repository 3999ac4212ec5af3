//! `/gongzuo`: the to-dos of every room, the most urgent first.

use askama::Template;
use axum::response::Html;
use law::Date;

use super::todo::Urgency;
use super::{Todo, Workbench};
use crate::components::{Empty, Figure, Strip, Tag};
use crate::layout::SiteFrame;
use crate::{Clerk, Fault, Visit};

/// The page's name, also in the menu.
pub(super) const TITLE: &str = "待办";

#[derive(Template)]
#[template(path = "workbench/home.html")]
struct HomePage {
    desk: Workbench,
    day: String,
    due_today: usize,
    strip: Strip,
    groups: Vec<Group>,
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
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
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
    let strip = strip(&groups);
    crate::page::answer(&HomePage { desk, day: in_words(today), due_today, strip, groups })
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

/// How many there are of each urgency; each number leads to its rows.
fn strip(groups: &[Group]) -> Strip {
    let figure = |urgency: Urgency| {
        let group = groups.iter().find(|group| group.urgency == urgency);
        let count = group.map_or(0, |group| group.rows.len());
        let figure = Figure::new(count, urgency.heading());
        match count {
            0 => figure,
            _ => figure.meant(urgency.tone()).leading_to(format!("#{}", anchor(urgency))),
        }
    };
    Strip(Urgency::ALL.into_iter().map(figure).collect())
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

    fn empty(&self) -> Empty {
        Empty::new("没有要办的事")
            .because("轮到您办的事、临近的期限，会自动出现在这里。")
            .way("看日历", self.desk.href(super::calendar::PATH))
    }
}
