//! 开放时间: on which days and at which hours a zone is open.
//!
//! Two lists of hours, for working days and for days of rest, on the calendar of the State Council's
//! arrangements: a Saturday that is worked has the hours of a working day. On the days of a holiday it is closed
//! (docs/readings/242), and on those days for which a closure is told.

use std::fmt;

use jiff::ToSpan;
use law::{CalendarGap, Date, DayKind, WorkCalendar};
use serde::{Deserialize, Serialize};

/// The most stretches of one day.
const MOST_SPANS: usize = 4;

/// How far ahead the next opening is looked for, in days.
const FAR: i32 = 60;

const MINUTES_OF_A_DAY: u16 = 24 * 60;

/// From a minute of the day up to another, which is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first minute, from midnight.
    pub from: u16,
    /// The minute at which it closes.
    pub to: u16,
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(out, "{}:{:02}—{}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

/// Why what was written are no hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    /// It is not written as hours are.
    #[error("“{0}”不是时间段。请写成 8:30-12:00，几段之间用空格或者逗号隔开")]
    Unreadable(String),
    /// It ends before it begins.
    #[error("“{0}”结束在开始以前。请核对")]
    Backwards(String),
    /// Two overlap.
    #[error("时间段有重叠。请核对")]
    Overlapping,
    /// Too many in one day.
    #[error("一天最多写 {MOST_SPANS} 段")]
    TooMany,
}

/// Days on which a zone is closed though it would be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why, in words for the public.
    pub why: String,
}

/// When a zone is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// On working days.
    pub working: Vec<Span>,
    /// On days of rest that are no holiday.
    pub rest: Vec<Span>,
}

/// How a zone stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Open, until this minute of the day.
    Until(u16),
    /// Closed, and open again on this day at this minute.
    From(Date, u16),
    /// Closed, and no opening is near.
    Closed,
}

impl Hours {
    /// Reads the two lists as people write them: `8:30-12:00 14:30-17:30`; empty where it is closed all day.
    ///
    /// # Errors
    /// Something in it is no stretch of hours.
    pub fn read(working: &str, rest: &str) -> Result<Self, HoursRefused> {
        Ok(Self { working: spans(working)?, rest: spans(rest)? })
    }

    /// Whether any hours are told.
    pub fn is_told(&self) -> bool {
        !self.working.is_empty() || !self.rest.is_empty()
    }

    /// The hours of a day; none where it is closed.
    ///
    /// # Errors
    /// The calendar does not reach the day.
    pub fn on(
        &self,
        day: Date,
        calendar: &WorkCalendar,
        closures: &[Closure],
    ) -> Result<&[Span], CalendarGap> {
        if closures.iter().any(|closure| (closure.from..=closure.to).contains(&day)) {
            return Ok(&[]);
        }
        Ok(match calendar.day(day)? {
            DayKind::Working | DayKind::MakeUp(_) => &self.working,
            DayKind::Weekend => &self.rest,
            DayKind::Holiday(_) => &[],
        })
    }

    /// How it stands on a day at a minute.
    ///
    /// # Errors
    /// The calendar does not reach the days that have to be looked at.
    pub fn at(
        &self,
        (day, minute): (Date, u16),
        calendar: &WorkCalendar,
        closures: &[Closure],
    ) -> Result<Opening, CalendarGap> {
        let today = self.on(day, calendar, closures)?;
        if let Some(open) = today.iter().find(|span| (span.from..span.to).contains(&minute)) {
            return Ok(Opening::Until(open.to));
        }
        if let Some(later) = today.iter().find(|span| span.from > minute) {
            return Ok(Opening::From(day, later.from));
        }
        if !self.is_told() {
            return Ok(Opening::Closed);
        }
        for ahead in 1..=FAR {
            let Ok(next) = day.checked_add(ahead.days()) else { break };
            if let Some(first) = self.on(next, calendar, closures)?.first() {
                return Ok(Opening::From(next, first.from));
            }
        }
        Ok(Opening::Closed)
    }

    /// As people read it.
    pub fn words(&self) -> String {
        let list =
            |spans: &[Span]| spans.iter().map(ToString::to_string).collect::<Vec<_>>().join("，");
        match (self.working.is_empty(), self.rest.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("工作日 {}", list(&self.working)),
            (true, false) => format!("休息日 {}", list(&self.rest)),
            (false, false) => {
                format!("工作日 {}；休息日 {}", list(&self.working), list(&self.rest))
            }
        }
    }

    /// As they are written again into the two fields.
    pub fn fields(&self) -> (String, String) {
        let list = |spans: &[Span]| {
            let one = |span: &Span| span.to_string().replace('—', "-");
            spans.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        (list(&self.working), list(&self.rest))
    }
}

fn spans(text: &str) -> Result<Vec<Span>, HoursRefused> {
    let even = text.replace(['，', '、', ',', ';', '；'], " ").replace('：', ":");
    let even = even.replace(['—', '–', '～', '~', '至'], "-").replace("--", "-");
    let mut found: Vec<Span> = even.split_whitespace().map(span).collect::<Result<_, _>>()?;
    found.sort();
    if found.len() > MOST_SPANS {
        return Err(HoursRefused::TooMany);
    }
    let overlap = found.windows(2).any(|two| two[0].to > two[1].from);
    if overlap { Err(HoursRefused::Overlapping) } else { Ok(found) }
}

fn span(text: &str) -> Result<Span, HoursRefused> {
    let unreadable = || HoursRefused::Unreadable(text.to_owned());
    let (from, to) = text.split_once('-').ok_or_else(unreadable)?;
    let (from, to) = (minute(from).ok_or_else(unreadable)?, minute(to).ok_or_else(unreadable)?);
    if from >= to {
        return Err(HoursRefused::Backwards(text.to_owned()));
    }
    Ok(Span { from, to })
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let whole = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && whole <= MINUTES_OF_A_DAY).then_some(whole)
}
