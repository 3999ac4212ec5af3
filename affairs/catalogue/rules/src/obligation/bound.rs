//! From the words of a limit to the last day in time.

use law::{
    CalendarDays, Counted, Date, Dated, Enacted, Provision, WorkCalendar, WorkingDays, article, day,
};

use super::contract::Duty;
use super::measures::Measures;
use crate::{DayUnit, NoticePeriod, TimeLimit, TimeLimitKind};

/// 自政府信息形成或者变更之日起: what holds where a catalogue says nothing else.
const GENERAL: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(20), article("政府信息公开条例（2007年）", 18)),
    (day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 26)),
]);

/// A number of days in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Working(WorkingDays),
    Calendar(CalendarDays),
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The catalogue's own words.
    Catalogue,
    /// The statute, for want of other words.
    Statute(Provision),
    /// What the body set itself for 实时 or 及时.
    Measure,
}

/// How the last day is found from the day something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// So many days after it.
    After(Amount, Source),
    /// So many days before it (docs/readings/016).
    Before(Amount),
    /// The words set no day.
    NoDay,
}

impl Bound {
    /// The bound for something that happened on `start`. A record that is its own event cannot be
    /// measured by a limit that counts towards one.
    pub(super) fn of(
        duty: &Duty,
        words: &str,
        is_event: bool,
        start: Date,
        measures: Measures,
    ) -> Self {
        let Some(limit) = duty.limit_for(words).limit else { return Self::general(start) };
        let stated = || Amount::of(limit.amount?, limit.unit?);
        match limit.kind {
            TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays => {
                stated().map_or(Self::NoDay, |amount| Self::After(amount, Source::Catalogue))
            }
            TimeLimitKind::BeforeEvent if is_event => stated().map_or(Self::NoDay, Self::Before),
            TimeLimitKind::Realtime => Self::measured(limit, measures.realtime, start),
            TimeLimitKind::Timely => Self::measured(limit, measures.timely, start),
            // It says for how long, not by when.
            TimeLimitKind::LongTerm => Self::general(start),
            TimeLimitKind::BeforeEvent | TimeLimitKind::Periodic | TimeLimitKind::Other => {
                Self::NoDay
            }
        }
    }

    fn general(start: Date) -> Self {
        match GENERAL.on(start) {
            Ok(Enacted { value, basis }) => {
                Self::After(Amount::Working(value), Source::Statute(basis))
            }
            Err(_) => Self::NoDay,
        }
    }

    /// 实时 or 及时: a number of days that stands beside the word, else the measure the body set, else
    /// the statute's bound (docs/readings/015).
    fn measured(limit: &TimeLimit, measure: Option<WorkingDays>, start: Date) -> Self {
        let beside = limit.also.iter().filter(|also| also.scope.is_empty());
        let beside = beside.map(|also| &also.limit).find_map(|also| {
            let counts =
                matches!(also.kind, TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays);
            counts.then(|| Amount::of(also.amount?, also.unit?)).flatten()
        });
        match (beside, measure) {
            (Some(amount), _) => Self::After(amount, Source::Catalogue),
            (None, Some(days)) => Self::After(Amount::Working(days), Source::Measure),
            (None, None) => Self::general(start),
        }
    }

    pub(super) const fn is_before(self) -> bool {
        matches!(self, Self::Before(_))
    }

    /// The last day in time; `None` where there is none or the calendar does not reach it.
    pub(super) fn due(self, start: Date, calendar: &WorkCalendar) -> Option<Counted> {
        match self {
            Self::After(amount, _) => amount.after(start, calendar),
            Self::Before(amount) => amount.before(start, calendar),
            Self::NoDay => None,
        }
    }
}

impl Amount {
    pub(super) const fn of(amount: u32, unit: DayUnit) -> Option<Self> {
        Some(match unit {
            DayUnit::WorkingDays => Self::Working(WorkingDays(amount)),
            DayUnit::CalendarDays => Self::Calendar(CalendarDays(amount)),
        })
    }

    pub(super) const fn of_notice(notice: NoticePeriod) -> Option<Self> {
        Self::of(notice.amount, notice.unit)
    }

    /// The last of so many days after `start`, which is not counted.
    pub(super) fn after(self, start: Date, calendar: &WorkCalendar) -> Option<Counted> {
        match self {
            Self::Working(days) => calendar.nth_working_day_after(start, days).ok(),
            Self::Calendar(days) => {
                days.after(start).ok().map(|date| Counted { date, provisional: false })
            }
        }
    }

    /// The day from which so many days are left until the event, whose own day is not counted.
    pub(super) fn before(self, event: Date, calendar: &WorkCalendar) -> Option<Counted> {
        match self {
            Self::Calendar(days) => {
                let span = jiff::Span::new().try_days(days.0).ok()?;
                event.checked_sub(span).ok().map(|date| Counted { date, provisional: false })
            }
            Self::Working(days) => {
                let (mut date, mut left) = (event, days.0);
                let mut provisional = false;
                while left > 0 {
                    date = date.yesterday().ok()?;
                    let known = calendar.is_working_day(date).ok()?;
                    left -= u32::from(known.value);
                    provisional |= known.provisional;
                }
                Some(Counted { date, provisional })
            }
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Working(days) => days.fmt(out),
            Self::Calendar(days) => write!(out, "{days}（自然日）"),
        }
    }
}
