//! `/gongzuo/rili`: the days of a month by the State Council's arrangement, and what is due on each.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use jiff::ToSpan;
use law::{Date, DayKind, WorkCalendar};
use serde::Deserialize;
use std::sync::Arc;

use super::todo::Urgency;
use super::{Clock, Todo, Workbench};
use crate::address::with_query;
use crate::components::Tag;
use crate::ics;
use crate::{Clerk, Fault, House, Visit};

/// Where the calendar is.
pub(super) const PATH: &str = "/gongzuo/rili";

/// Where it is taken along.
pub(super) const FILE: &str = "/gongzuo/rili.ics";

/// The page's name, also in the menu.
pub(super) const TITLE: &str = "日历";

/// So many to-dos are named in the square of a day.
const IN_SQUARE: usize = 3;

/// The names of the days of the week, from Monday on.
pub(super) const WEEK: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

#[derive(Template)]
#[template(path = "workbench/calendar.html")]
struct CalendarPage {
    desk: Workbench,
    month: String,
    before: Option<String>,
    after: Option<String>,
    now: Option<String>,
    weeks: Vec<Vec<Option<Square>>>,
    working_days: usize,
    due: usize,
    overdue: usize,
    /// Nothing was arranged yet for this year, so days off are estimated.
    estimated: Option<i16>,
    chosen: Option<Chosen>,
    file: String,
    home: String,
}

/// One day of the month.
struct Square {
    date: Date,
    weekday: &'static str,
    today: bool,
    /// Nobody works.
    off: bool,
    /// Why a day of the week is off, or a weekend day is worked.
    mark: Option<String>,
    todos: Vec<Row>,
    /// How many more there are, and where.
    more: Option<(usize, String)>,
}

struct Row {
    tag: Tag,
    kind: &'static str,
    title: String,
    href: String,
}

/// Everything that is due on one day.
struct Chosen {
    date: Date,
    weekday: &'static str,
    rows: Vec<Row>,
}

/// Which month and which day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    yue: String,
    ri: String,
}

/// The first day of the month asked for; of this month where none or none that the calendar knows is.
fn first_of(wish: &str, today: Date, calendar: &WorkCalendar) -> Date {
    let asked = format!("{}-01", wish.trim()).parse::<Date>().ok();
    let known = asked.filter(|day| calendar.day(*day).is_ok());
    known.unwrap_or(today.first_of_month())
}

/// Shows a month.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let (today, calendar) = (visit.house.ledger().clock().today(), visit.house.ledger().calendar());
    let first = first_of(&wish.yue, today, &calendar);
    let mut desk = Workbench::of(&visit, clerk, "rili", TITLE).await?;
    let todos = std::mem::take(&mut desk.todos);
    let path = visit.site.link(PATH);
    let month_at = |day: Date| with_query(&path, &[("yue", &month_of(day))]);
    let sheet = Sheet { visit: &visit, today, calendar: &calendar, todos: &todos, path: &path };
    let near = |months: i64| {
        let day = first.checked_add(months.months()).ok()?;
        calendar.day(day).is_ok().then(|| month_at(day))
    };
    let (weeks, working_days) = sheet.weeks(first);
    let within = |day: &Date| month_of(*day) == month_of(first);
    let dues = || todos.iter().filter_map(due);
    let chosen = wish.ri.trim().parse::<Date>().ok().filter(|day| calendar.day(*day).is_ok());
    crate::page::answer(&CalendarPage {
        month: format!("{} 年 {} 月", first.year(), first.month()),
        before: near(-1),
        after: near(1),
        now: (month_of(first) != month_of(today)).then(|| path.clone()),
        weeks,
        working_days,
        due: dues().filter(within).count(),
        overdue: dues().filter(|day| *day < today).count(),
        estimated: estimated(&calendar, first),
        chosen: chosen.map(|date| Chosen {
            weekday: weekday(date),
            rows: sheet.rows(date).collect(),
            date,
        }),
        file: visit.site.link(FILE),
        home: visit.site.link(super::HOME),
        desk,
    })
}

/// The clerk's own to-dos that have a day, for a calendar on a telephone or at the desk.
pub(super) async fn file(
    State(house): State<Arc<House>>,
    visit: Visit,
    clerk: Clerk,
) -> Result<Response, Fault> {
    let desk = Workbench::of(&visit, clerk, "rili", TITLE).await?;
    let origin = visit.site.frame.origin.clone().unwrap_or_default();
    let entries: Vec<ics::Entry> = desk
        .todos
        .iter()
        .filter_map(|todo| {
            let address = (!origin.is_empty()).then(|| visit.site.link(&todo.path));
            Some(ics::Entry {
                day: due(todo)?,
                key: format!("{} {} {}", todo.path, todo.kind, todo.title),
                title: format!("{}：{}", todo.act, todo.title),
                detail: [todo.kind, &todo.detail].join(" ").trim().to_owned(),
                address: address.map(|path| format!("{origin}{path}")),
            })
        })
        .collect();
    let calendar = ics::Calendar { product: "todos", name: "政务公开待办" };
    let text = ics::written(calendar, &entries, house.ledger().clock().now());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"daiban.ics\"");
    Ok(([kind, name], text).into_response())
}

fn due(todo: &Todo) -> Option<Date> {
    match todo.clock {
        Clock::Due(day) => Some(day),
        Clock::Open | Clock::Stopped => None,
    }
}

fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn weekday(day: Date) -> &'static str {
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    WEEK.get(at).copied().unwrap_or_default()
}

/// The year, where the days off of this month are estimated.
fn estimated(calendar: &WorkCalendar, first: Date) -> Option<i16> {
    let known = calendar.is_working_day(first).ok()?;
    known.provisional.then_some(first.year())
}

/// What a month is drawn from.
struct Sheet<'a> {
    visit: &'a Visit,
    today: Date,
    calendar: &'a WorkCalendar,
    todos: &'a [Todo],
    path: &'a str,
}

impl Sheet<'_> {
    /// The weeks of a month from Monday on, and how many of its days are worked.
    fn weeks(&self, first: Date) -> (Vec<Vec<Option<Square>>>, usize) {
        let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
        let mut squares: Vec<Option<Square>> = (0..blank).map(|_| None).collect();
        let days = (0..first.days_in_month())
            .filter_map(|at| first.checked_add(i64::from(at).days()).ok());
        squares.extend(days.map(|day| Some(self.square(day))));
        while !squares.len().is_multiple_of(WEEK.len()) {
            squares.push(None);
        }
        let worked = squares.iter().flatten().filter(|square| !square.off).count();
        let mut weeks: Vec<Vec<Option<Square>>> = Vec::new();
        for square in squares {
            match weeks.last_mut().filter(|week| week.len() < WEEK.len()) {
                Some(week) => week.push(square),
                None => weeks.push(vec![square]),
            }
        }
        (weeks, worked)
    }

    fn square(&self, date: Date) -> Square {
        let kind = self.calendar.day(date);
        let mark = match kind {
            Ok(DayKind::Holiday(name)) => Some(format!("休 {name}").trim_end().to_owned()),
            Ok(DayKind::MakeUp(_)) => Some("班 调休".to_owned()),
            Ok(DayKind::Working | DayKind::Weekend) | Err(_) => None,
        };
        let mut todos: Vec<Row> = self.rows(date).collect();
        let more = todos.len().saturating_sub(IN_SQUARE);
        let href = || {
            let (month, day) = (month_of(date), date.to_string());
            format!("{}#ri", with_query(self.path, &[("yue", &month), ("ri", &day)]))
        };
        todos.truncate(IN_SQUARE);
        Square {
            weekday: weekday(date),
            today: date == self.today,
            off: !kind.is_ok_and(|kind| kind.is_working()),
            mark,
            todos,
            more: (more > 0).then(|| (more, href())),
            date,
        }
    }

    /// What is due on a day.
    fn rows(&self, date: Date) -> impl Iterator<Item = Row> {
        let of_day = self.todos.iter().filter(move |todo| due(todo) == Some(date));
        of_day.map(|todo| {
            let (urgency, tag) = todo.urgency(self.today, self.calendar);
            Row {
                tag: tag
                    .filter(|_| urgency != Urgency::Later)
                    .unwrap_or_else(|| Tag::plain(todo.kind)),
                kind: todo.kind,
                title: todo.title.clone(),
                href: self.visit.site.link(&todo.path),
            }
        })
    }
}

impl Square {
    /// On a narrow screen only days on which something is are listed.
    fn is_bare(&self) -> bool {
        self.todos.is_empty() && self.mark.is_none() && !self.today
    }
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::*;

    #[test]
    fn a_month_is_read_and_whatever_is_none_is_this_month() {
        let calendar = WorkCalendar::state_council();
        let today = day(2026, 11, 25);
        for (asked, first) in [
            ("2026-12", day(2026, 12, 1)),
            (" 2027-02 ", day(2027, 2, 1)),
            ("", day(2026, 11, 1)),
            ("2026-13", day(2026, 11, 1)),
            ("十二月", day(2026, 11, 1)),
            ("1999-01", day(2026, 11, 1)),
            ("9999-99", day(2026, 11, 1)),
        ] {
            assert_eq!(first_of(asked, today, calendar), first, "{asked}");
        }
    }

    #[test]
    fn the_week_begins_on_monday() {
        for (day, name) in [(day(2026, 11, 23), "一"), (day(2026, 11, 29), "日")] {
            assert_eq!(weekday(day), name);
        }
    }
}
