//! 解读的期限: 发布与解读同步. What is published without the interpretation it needs is alarming at once and red
//! after three working days, which is the latest that cities allow (docs/readings/281).

use law::{CalendarGap, Counted, Date, WorkCalendar, WorkingDays};

/// The last day for an interpretation that follows its document, counted from the day of publication: ours, by the
/// practice of cities (docs/readings/281).
pub const LATEST: WorkingDays = WorkingDays(3);

/// How a published policy stands that is to be interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterpretationAlarm {
    /// It has been interpreted, or need not be.
    None,
    /// 提醒: it has not, from the day of its publication on.
    Amber,
    /// 逾期: the last day has passed.
    Red,
}

impl InterpretationAlarm {
    /// How a policy stands on a day whose interpretation is due on `due`; `None` where it owes none.
    pub fn on(today: Date, due: Option<Date>) -> Self {
        match due {
            None => Self::None,
            Some(due) if today > due => Self::Red,
            Some(_) => Self::Amber,
        }
    }
}

/// The last day for the interpretation of what was published on a day.
///
/// # Errors
/// The calendar does not reach it.
pub fn last_day(published: Date, calendar: &WorkCalendar) -> Result<Counted, CalendarGap> {
    calendar.nth_working_day_after(published, LATEST)
}
