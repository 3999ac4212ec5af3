//! 待办: what waits for an organ, grouped by how much time is left in working days.

use law::{Date, WorkCalendar};

use crate::components::{Tag, Tone};
use crate::icons;
use crate::{Clerk, House, Later};

/// What of a room waits for a clerk's organ.
#[derive(Clone, Copy)]
pub struct TodoSource {
    /// Everything that waits now, in any order.
    pub list: for<'a> fn(&'a House, &'a Clerk) -> Later<'a, Vec<Todo>>,
}

/// Whether time passes, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It has to be done by this day.
    Due(Date),
    /// No day is set.
    Open,
    /// Time stands still while something else is waited for.
    Stopped,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The key of the menu entry it is counted at.
    pub entry: &'static str,
    /// What kind of thing it is: 上级调整, 公开义务.
    pub kind: &'static str,
    /// What is to be done.
    pub title: String,
    /// What little helps to recognise it.
    pub detail: String,
    /// Its clock.
    pub clock: Clock,
    /// Where it is done, below the site.
    pub path: String,
    /// The verb: 去处理.
    pub act: &'static str,
}

/// How urgent a to-do is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// Its day is past.
    Overdue,
    /// At most three working days are left.
    Soon,
    /// There is time.
    Later,
    /// Time stands still.
    Stopped,
}

impl Urgency {
    pub(super) const ALL: [Self; 4] = [Self::Overdue, Self::Soon, Self::Later, Self::Stopped];

    /// The heading of its group.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Overdue => "已逾期",
            Self::Soon => "三个工作日内到期",
            Self::Later => "其他",
            Self::Stopped => "计时已停",
        }
    }

    /// How its number is meant.
    pub(super) fn tone(self) -> Tone {
        match self {
            Self::Overdue => Tone::Over,
            Self::Soon => Tone::Warn,
            Self::Later | Self::Stopped => Tone::Plain,
        }
    }
}

/// How many working days before its day a to-do turns amber.
const SOON: u32 = 3;

impl Todo {
    /// How urgent it is on a day, and the mark that says so. Where the calendar does not reach, days
    /// of the week count.
    pub(super) fn urgency(&self, today: Date, calendar: &WorkCalendar) -> (Urgency, Option<Tag>) {
        let between = |from: Date, to: Date| match calendar.working_days_between(from, to) {
            Ok(days) => (days.value.0, "个工作日"),
            Err(_) => (u32::try_from((to - from).get_days()).unwrap_or_default(), "天"),
        };
        let (urgency, tag) = match self.clock {
            // Where no rule sets a day there is nothing to say of one.
            Clock::Open => return (Urgency::Later, None),
            Clock::Stopped => {
                (Urgency::Stopped, Tag::marked(Tone::Plain, icons::PAUSE, "计时已停"))
            }
            Clock::Due(day) if day < today => {
                let (late, _) = between(day, today);
                let words =
                    if late == 0 { "已逾期".into() } else { format!("逾期 {late} 天") };
                (Urgency::Overdue, Tag::over(words))
            }
            Clock::Due(day) => match between(today, day) {
                (0, _) => (Urgency::Soon, Tag::warn("今天到期")),
                (left @ 1..=SOON, unit) => (Urgency::Soon, Tag::warn(format!("剩 {left} {unit}"))),
                (left, unit) => {
                    let words = format!("剩 {left} {unit}");
                    (Urgency::Later, Tag::marked(Tone::Good, icons::CLOCK, words))
                }
            },
        };
        (urgency, Some(tag))
    }
}

#[cfg(test)]
mod tests {
    use law::{WorkCalendar, day};

    use super::*;

    #[test]
    fn a_to_do_turns_amber_three_working_days_before_its_day_and_red_after_it() {
        let calendar = WorkCalendar::state_council();
        let friday = day(2026, 9, 18);
        for (clock, urgency, words) in [
            (Clock::Due(day(2026, 9, 15)), Urgency::Overdue, "逾期 3 天"),
            (Clock::Due(day(2026, 9, 17)), Urgency::Overdue, "逾期 1 天"),
            (Clock::Due(friday), Urgency::Soon, "今天到期"),
            // A weekend day counts for nothing, but it is not yet past.
            (Clock::Due(day(2026, 9, 19)), Urgency::Soon, ""),
            // Sunday the 20th is worked, for the National Day.
            (Clock::Due(day(2026, 9, 22)), Urgency::Soon, "剩 3 个工作日"),
            (Clock::Due(day(2026, 9, 28)), Urgency::Later, "个工作日"),
            (Clock::Open, Urgency::Later, ""),
            (Clock::Stopped, Urgency::Stopped, "计时已停"),
        ] {
            let todo = Todo {
                entry: "",
                kind: "",
                title: String::new(),
                detail: String::new(),
                clock,
                path: String::new(),
                act: "",
            };
            let (found, tag) = todo.urgency(friday, calendar);
            assert_eq!(found, urgency, "{clock:?}");
            assert_eq!(tag.is_none(), clock == Clock::Open, "{clock:?}");
            let said = tag.map(|tag| tag.to_string()).unwrap_or_default();
            assert!(said.contains(words), "{clock:?}: {said}");
        }
    }
}
