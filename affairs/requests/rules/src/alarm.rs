//! 到期提醒: when the people on a file are told that its last day comes near, and that it is over
//! (docs/readings/118). An alarm of an overdue request stays until there is a reply.

use law::{CalendarGap, Counted, Date, WorkCalendar, WorkingDays};
use serde::{Deserialize, Serialize};

use crate::standing::Standing;

/// How near the last day is, by working days left; the later, the heavier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// Ten or fewer.
    Ten,
    /// Five or fewer.
    Five,
    /// Three or fewer.
    Three,
    /// One or none: tomorrow or today.
    One,
    /// 已逾期.
    Overdue,
}

impl Alarm {
    /// All, from the lightest.
    pub const ALL: [Self; 5] = [Self::Ten, Self::Five, Self::Three, Self::One, Self::Overdue];

    /// The alarm reached by a request; none while it is far off, stopped or closed.
    pub fn of(standing: &Standing) -> Option<Self> {
        match standing {
            Standing::Running { left, .. } => Self::before(*left),
            Standing::Overdue { .. } => Some(Self::Overdue),
            _ => None,
        }
    }

    /// The alarm with so many working days left.
    fn before(left: WorkingDays) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|alarm| alarm.left().is_some_and(|most| left <= most))
    }

    /// The working days left at which it is raised (docs/readings/118); none for [`Alarm::Overdue`].
    pub const fn left(self) -> Option<WorkingDays> {
        match self {
            Self::Ten => Some(WorkingDays(10)),
            Self::Five => Some(WorkingDays(5)),
            Self::Three => Some(WorkingDays(3)),
            Self::One => Some(WorkingDays(1)),
            Self::Overdue => None,
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ten => "还有十个工作日",
            Self::Five => "还有五个工作日",
            Self::Three => "还有三个工作日",
            Self::One => "明天或者今天到期",
            Self::Overdue => "已经逾期",
        }
    }

    /// The first day on which it is raised for a last day: the earliest day after which no more than
    /// so many working days are left.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn raised_on(self, due: Counted, calendar: &WorkCalendar) -> Result<Date, CalendarGap> {
        let after_last = CalendarGap::AfterLast { last_year: Date::MAX.year() };
        let Some(left) = self.left() else {
            return due.date.tomorrow().map_err(|_| after_last);
        };
        // working days from the day after `date` to the last, going back from the last
        let (mut date, mut found) = (due.date, WorkingDays::default());
        loop {
            found = found.plus(WorkingDays(u32::from(calendar.is_working_day(date)?.value)));
            if found > left {
                return Ok(date);
            }
            date = date.yesterday().map_err(|_| after_last)?;
        }
    }
}
