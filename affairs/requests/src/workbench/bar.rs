//! 时钟条: how a request's time has passed, with the stretches in which it stood still, and why its last day
//! is that day.

use askama::Template;
use askama::filters::HtmlSafe;
use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use requests_rules::{Standing, TrackKind, TrackStretch};

use crate::store::{Case, FilingState};

/// How wide the bar is drawn, in units of its own.
const WIDTH: i64 = 1000;

/// The bar of a file.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "workbench/bar.html")]
pub(crate) struct Bar {
    headline: String,
    sums: String,
    pieces: Vec<Piece>,
    why: Vec<String>,
    documents: Vec<String>,
}

impl HtmlSafe for Bar {}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    class: &'static str,
    x: i64,
    width: i64,
    words: String,
}

impl Bar {
    /// The bar as it stands at the end of a day; none before the request counts as received.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub(crate) fn of(
        case: &Case,
        today: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Self>, CalendarGap> {
        let Some(standing) = case.standing(today, calendar)? else { return Ok(None) };
        let track = case.track(today, calendar)?;
        let explanation = case.explanation(today, calendar)?;
        let (why, documents) = explanation.map_or_else(Default::default, |said| {
            (said.for_officer().map(str::to_owned).collect(), said.documents.clone())
        });
        let clock = case.clock(calendar)?;
        let used = clock.map(|clock| clock.used(today, calendar)).transpose()?;
        let joined = case.filing.state == FilingState::Joined;
        let joined = case.filing.closed_on.filter(|_| joined);
        Ok(Some(Self {
            headline: match joined {
                Some(on) => format!("{on} 并入前一份申请一起办理"),
                None => headline(&standing),
            },
            sums: sums(&standing, used, &track, calendar)?,
            pieces: pieces(&track),
            why,
            documents,
        }))
    }

    fn spoken(&self) -> String {
        let parts: Vec<&str> = self.pieces.iter().map(|piece| piece.words.as_str()).collect();
        format!("{}；{}", self.sums, parts.join("；"))
    }
}

fn headline(standing: &Standing) -> String {
    let day = |due: law::Counted| {
        let mark = if due.provisional { "（暂定）" } else { "" };
        format!("{}{mark}", due.date)
    };
    match standing {
        Standing::Running { due, .. } => format!("法定答复期限 {}", day(*due)),
        Standing::Overdue { due, .. } => format!("已经逾期，最后一日是 {}", day(*due)),
        Standing::Stopped { waiting, .. } => {
            let told = |one: &requests_rules::Waiting| match one.until {
                Some(day) => format!("{}（最迟 {day}）", one.what.name()),
                None => one.what.name(),
            };
            let waits: Vec<String> = waiting.iter().map(told).collect();
            format!("计时已停，等待{}", waits.join("、"))
        }
        Standing::Replied { on, in_time: true, .. } => format!("{on} 已经答复，未逾期"),
        Standing::Replied { on, .. } => format!("{on} 已经答复，逾期"),
        Standing::Abandoned { on, awaited } => {
            format!("{on} {}期限届满，申请视为放弃", awaited.name())
        }
        Standing::Withdrawn { on } => format!("{on} 申请人撤回"),
    }
}

fn sums(
    standing: &Standing,
    used: Option<WorkingDays>,
    track: &[TrackStretch],
    calendar: &WorkCalendar,
) -> Result<String, CalendarGap> {
    let mut stopped = WorkingDays::default();
    for one in track.iter().filter(|one| matches!(one.kind, TrackKind::Stopped { .. })) {
        stopped = stopped.plus(calendar.working_days_between(one.after, one.through)?.value);
    }
    let mut parts = vec![format!("已用 {}", used.unwrap_or_default().0)];
    if stopped != WorkingDays::default() {
        parts.push(format!("中止 {}（不计）", stopped.0));
    }
    match standing {
        Standing::Running { left, .. } => parts.push(format!("剩 {}", left.0)),
        Standing::Overdue { over, .. } => parts.push(format!("超过 {}", over.0)),
        _ => {}
    }
    Ok(parts.join(" · ") + " 个工作日")
}

/// The stretches as parts of the bar's width, by calendar days; each is at least wide enough to be seen.
fn pieces(track: &[TrackStretch]) -> Vec<Piece> {
    let days = |one: &TrackStretch| i64::from((one.through - one.after).get_days());
    let total: i64 = track.iter().map(days).sum::<i64>().max(1);
    let mut passed = 0;
    let piece = |one: &TrackStretch| {
        let (x, width) = (passed * WIDTH / total, days(one) * WIDTH / total);
        passed += days(one);
        Piece { class: class(&one.kind), x, width: width.max(2), words: words(one) }
    };
    track.iter().map(piece).collect()
}

fn class(kind: &TrackKind) -> &'static str {
    match kind {
        TrackKind::Running => "used",
        TrackKind::Stopped { .. } => "hold",
        TrackKind::Left => "left",
        TrackKind::Overdue => "late",
    }
}

fn words(one: &TrackStretch) -> String {
    let (from, through) = (one.after, one.through);
    match &one.kind {
        TrackKind::Running => format!("{from} 之后到 {through} 计时"),
        TrackKind::Stopped { waiting } => {
            let waits: Vec<String> = waiting.iter().map(requests_rules::Awaited::name).collect();
            format!("{from} 之后到 {through} 中止：{}", waits.join("、"))
        }
        TrackKind::Left => format!("到 {through} 为止还可以办理"),
        TrackKind::Overdue => format!("{from} 之后逾期"),
    }
}
