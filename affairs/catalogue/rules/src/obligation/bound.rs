//! From the words of a limit to the last day in time.

use law::{CalendarDays, Counted, Date, Enacted, Provision, WorkCalendar, WorkingDays};
use records_rules::DISCLOSURE_PERIOD;

use super::Terms;
use super::anchor::Anchor;
use super::contract::{Duty, LimitOf};
use super::measures::Measures;
use super::trigger::Trigger;
use crate::lint::BUDGET;
use crate::{DayUnit, NoticePeriod, TimeLimit, TimeLimitKind};

/// 财政预决算, whose limits count from an approval.
const BUDGETS: &str = "caizhengyujuesuan";

/// What set an obligation off, as far as it decides which limit holds.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// The domain's slug.
    pub domain: &'a str,
    /// A record, an event or a period.
    pub trigger: &'a Trigger,
    /// What happened, or the title of what was published; they may name a special limit's scope.
    pub words: &'a str,
    /// The day the limit is counted from, or towards.
    pub start: Date,
}

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
    /// What was registered for 实时 or 及时.
    Measure,
    /// The statute, because the catalogue allows more: `stated` are the catalogue's days.
    Shortened { stated: Amount, basis: Provision },
    /// The statute, because nobody can count what the catalogue says.
    Unread(Provision),
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
    /// The bound for something that happened. A record that is its own event cannot be measured by a
    /// limit that counts towards one.
    pub(super) fn of(duty: &Duty, cause: Cause<'_>, terms: &Terms<'_>) -> Self {
        Self::of_limit(duty.limit_for(cause.words), cause, terms)
    }

    pub(super) fn of_limit(of: LimitOf<'_>, cause: Cause<'_>, terms: &Terms<'_>) -> Self {
        let Some(limit) = of.limit else { return Self::general(cause.start) };
        Self::stated(limit, cause, terms).no_longer_than_statute(limit, cause, terms.calendar)
    }

    fn stated(limit: &TimeLimit, cause: Cause<'_>, terms: &Terms<'_>) -> Self {
        let is_event = matches!(cause.trigger, Trigger::Event(_));
        let stated = || Amount::of(limit.amount?, limit.unit?);
        let (start, measures) = (cause.start, terms.measures);
        match limit.kind {
            TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays => {
                stated().map_or(Self::NoDay, |amount| Self::After(amount, Source::Catalogue))
            }
            TimeLimitKind::BeforeEvent if is_event => stated().map_or(Self::NoDay, Self::Before),
            TimeLimitKind::Realtime => Self::measured(limit, measures.realtime, start),
            TimeLimitKind::Timely => Self::measured(limit, measures.timely, start),
            // It says for how long, not by when.
            TimeLimitKind::LongTerm => Self::general(start),
            // Information that is there was owed by the statute, whatever the catalogue means.
            TimeLimitKind::Other if !is_event => match Self::general(start) {
                Self::After(amount, Source::Statute(basis)) => {
                    Self::After(amount, Source::Unread(basis))
                }
                other => other,
            },
            TimeLimitKind::BeforeEvent | TimeLimitKind::Periodic | TimeLimitKind::Other => {
                Self::NoDay
            }
        }
    }

    fn general(start: Date) -> Self {
        match DISCLOSURE_PERIOD.on(start) {
            Ok(Enacted { value, basis }) => {
                Self::After(Amount::Working(value), Source::Statute(basis))
            }
            Err(_) => Self::NoDay,
        }
    }

    /// 实时 or 及时: a number of days that stands beside the word, else the measure registered, which
    /// is never longer than the statute's bound, else that bound (docs/readings/015).
    fn measured(limit: &TimeLimit, measure: Option<WorkingDays>, start: Date) -> Self {
        let beside = limit.also.iter().filter(|also| also.scope.is_empty());
        let beside = beside.map(|also| &also.limit).find_map(|also| {
            let counts =
                matches!(also.kind, TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays);
            counts.then(|| Amount::of(also.amount?, also.unit?)).flatten()
        });
        let allowed = |days: &WorkingDays| Measures::allow(*days, start).is_ok();
        match (beside, measure.filter(allowed)) {
            (Some(amount), _) => Self::After(amount, Source::Catalogue),
            (None, Some(days)) => Self::After(Amount::Working(days), Source::Measure),
            (None, None) => Self::general(start),
        }
    }

    /// A catalogue may be stricter than the statute and not more lenient: the earlier of both days
    /// holds (docs/readings/016).
    fn no_longer_than_statute(
        self,
        limit: &TimeLimit,
        cause: Cause<'_>,
        calendar: &WorkCalendar,
    ) -> Self {
        let Self::After(stated, Source::Catalogue) = self else { return self };
        let Some((most, basis)) = most(limit, cause) else { return self };
        let day = |amount: Amount| amount.after(cause.start, calendar).map(|due| due.date);
        match (day(stated), day(most)) {
            (Some(ours), Some(last)) if last < ours => {
                Self::After(most, Source::Shortened { stated, basis })
            }
            _ => self,
        }
    }

    /// What its days are counted in; `None` where there are none.
    pub(super) const fn unit(self) -> Option<DayUnit> {
        match self {
            Self::After(Amount::Working(_), _) | Self::Before(Amount::Working(_)) => {
                Some(DayUnit::WorkingDays)
            }
            Self::After(Amount::Calendar(_), _) | Self::Before(Amount::Calendar(_)) => {
                Some(DayUnit::CalendarDays)
            }
            Self::NoDay => None,
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

/// The most that statutes allow a limit counted from this: 条例第二十六条 from the information's own
/// coming to be, 预算法第十四条 from the approval of a budget or of final accounts.
fn most(limit: &TimeLimit, cause: Cause<'_>) -> Option<(Amount, Provision)> {
    match Anchor::of(Some(limit)) {
        Anchor::Itself => {
            let Enacted { value, basis } = DISCLOSURE_PERIOD.on(cause.start).ok()?;
            Some((Amount::Working(value), basis))
        }
        Anchor::Event if cause.domain == BUDGETS && Anchor::is_approval(limit) => {
            let Enacted { value, basis } = BUDGET.on(cause.start).ok()?;
            Some((Amount::Calendar(value), basis))
        }
        Anchor::Event | Anchor::Ahead => None,
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
