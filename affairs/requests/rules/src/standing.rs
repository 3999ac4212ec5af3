//! 到某一天为止办到哪里: how a request stands at the end of a day.

use law::{CalendarGap, Counted, Date, WorkCalendar, WorkingDays};
use serde::Serialize;

use crate::clock::{Clock, Stage};
use crate::event::Awaited;
use crate::period::OTHER_ORGAN_ALARM;

/// With so many working days left or fewer a reply is due soon (docs/readings/118).
pub const DUE_SOON: WorkingDays = WorkingDays(3);

/// How a request stands at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Standing {
    /// 办理中.
    Running {
        /// The last day for a reply.
        due: Counted,
        /// Working days after the day up to and including the last.
        left: WorkingDays,
    },
    /// 逾期: stays so until there is a reply, and then is kept as a late one.
    Overdue {
        /// The day that was the last.
        due: Counted,
        /// Working days after it up to and including the day; none on the rest days right after it.
        over: WorkingDays,
    },
    /// 中止: time does not pass.
    Stopped {
        /// Working days of the period used before.
        used: WorkingDays,
        /// What for.
        waiting: Vec<Waiting>,
    },
    /// 已答复.
    Replied {
        /// The day.
        on: Date,
        /// The last day as it stood then; none if the clock was stopped.
        due: Option<Counted>,
        /// Whether it was in time.
        in_time: bool,
    },
    /// 视为放弃, dated the last day of the period that ran out.
    Abandoned {
        /// That day.
        on: Date,
        /// What was awaited in vain: 补正 or 缴费.
        awaited: Awaited,
    },
    /// 已撤回.
    Withdrawn {
        /// The day.
        on: Date,
    },
}

/// Something awaited, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// What.
    #[serde(flatten)]
    pub what: Awaited,
    /// Since the end of which day.
    pub since: Date,
    /// The last day for it, where the law sets one and the letter's receipt is shown.
    pub until: Option<Date>,
}

impl Clock {
    /// How the request stands at the end of `on`; a day before the latest event is taken as that
    /// event's.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn standing(&self, on: Date, calendar: &WorkCalendar) -> Result<Standing, CalendarGap> {
        let on = on.max(self.latest);
        match self.stage {
            Stage::InHand => self.in_hand(on, calendar),
            Stage::AwaitingCorrection(wait) => Ok(wait.standing(on, Awaited::Correction)),
            Stage::AwaitingPayment(wait) => Ok(wait.standing(on, Awaited::Payment)),
            Stage::Replied { on, due } => {
                let in_time = due.is_none_or(|due| on <= due.date);
                Ok(Standing::Replied { on, due, in_time })
            }
            Stage::Withdrawn { on } => Ok(Standing::Withdrawn { on }),
        }
    }

    fn in_hand(&self, on: Date, calendar: &WorkCalendar) -> Result<Standing, CalendarGap> {
        let Some(due) = self.due(on, calendar)? else {
            let used = self.used(on, calendar)?;
            return Ok(Standing::Stopped { used, waiting: self.opinions_awaited(on) });
        };
        if on > due.date {
            let over = calendar.working_days_between(due.date, on)?.value;
            return Ok(Standing::Overdue { due, over });
        }
        let left = calendar.working_days_between(on, due.date)?.value;
        Ok(Standing::Running { due, left })
    }

    /// The opinions that stop the clock at the end of `on`, in the order of asking.
    fn opinions_awaited(&self, on: Date) -> Vec<Waiting> {
        let pending = self.askings.iter().filter(|one| one.stops && one.is_pending(on));
        let waiting = |one: &crate::asking::Asking| Waiting {
            what: one.awaited(),
            since: one.asked,
            until: one.lapse,
        };
        pending.map(waiting).collect()
    }

    /// The opinions without a limit in law that have been awaited so long that somebody should ask
    /// after them (docs/readings/114).
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn to_be_urged(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Vec<Waiting>, CalendarGap> {
        let Ok(alarm) = OTHER_ORGAN_ALARM.on(self.received) else { return Ok(Vec::new()) };
        let mut long = Vec::new();
        for waiting in self.opinions_awaited(on).into_iter().filter(|one| one.until.is_none()) {
            if on > calendar.nth_working_day_after(waiting.since, alarm.value)?.date {
                long.push(waiting);
            }
        }
        Ok(long)
    }

    /// Working days of the running period that have passed outside every pause by the end of `on`.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn used(&self, on: Date, calendar: &WorkCalendar) -> Result<WorkingDays, CalendarGap> {
        let (mut from, mut used) = (self.period.from, WorkingDays::default());
        for pause in self.pauses(on) {
            used = used.plus(calendar.working_days_between(from, pause.after)?.value);
            match pause.through {
                Some(through) => from = through,
                None => return Ok(used),
            }
        }
        Ok(used.plus(calendar.working_days_between(from, on)?.value))
    }
}

impl crate::wait::Wait {
    fn standing(self, on: Date, awaited: Awaited) -> Standing {
        match self.lapsed(on) {
            Some(last) => Standing::Abandoned { on: last, awaited },
            None => {
                let waiting = Waiting { what: awaited, since: self.since, until: self.until };
                // What was used is of no more interest: a new period begins with the correction or
                // the payment.
                Standing::Stopped { used: WorkingDays::default(), waiting: vec![waiting] }
            }
        }
    }
}

impl Standing {
    /// Its word, as tables of cases have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Running { left, .. } if *left <= DUE_SOON => "due_soon",
            Self::Running { .. } => "running",
            Self::Overdue { .. } => "overdue",
            Self::Stopped { .. } => "stopped",
            Self::Replied { in_time: true, .. } => "replied_in_time",
            Self::Replied { .. } => "replied_late",
            Self::Abandoned { .. } => "abandoned",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Running { left, .. } if *left <= DUE_SOON => "即将到期",
            Self::Running { .. } => "办理中",
            Self::Overdue { .. } => "已逾期",
            Self::Stopped { .. } => "暂停计时",
            Self::Replied { in_time: true, .. } => "按时答复",
            Self::Replied { .. } => "逾期答复",
            Self::Abandoned { .. } => "视为放弃",
            Self::Withdrawn { .. } => "已撤回",
        }
    }

    /// The last day for a reply, where there is one.
    pub const fn due(&self) -> Option<Counted> {
        match self {
            Self::Running { due, .. } | Self::Overdue { due, .. } => Some(*due),
            Self::Replied { due, .. } => *due,
            Self::Stopped { .. } | Self::Abandoned { .. } | Self::Withdrawn { .. } => None,
        }
    }

    /// The day the request was closed.
    pub const fn closed_on(&self) -> Option<Date> {
        match self {
            Self::Replied { on, .. } | Self::Abandoned { on, .. } | Self::Withdrawn { on } => {
                Some(*on)
            }
            Self::Running { .. } | Self::Overdue { .. } | Self::Stopped { .. } => None,
        }
    }

    /// The code of the answer that closing in this way amounts to; none for a reply, which has its
    /// own, and while open.
    pub const fn closing_code(&self) -> Option<&'static str> {
        match self {
            Self::Abandoned { awaited: Awaited::Payment, .. } => Some("O2"),
            Self::Abandoned { .. } => Some("O1"),
            Self::Withdrawn { .. } => Some("O3"),
            _ => None,
        }
    }
}
