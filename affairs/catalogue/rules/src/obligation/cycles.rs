//! 周期: what is owed in every year, quarter or month, and what kept it.

use law::{Counted, Date};

use super::bound::Amount;
use super::contract::{Contract, Duty, Term};
use super::state::Kept;
use super::{Disclosure, Key, Terms};
use crate::{Every, Period, PeriodEnd, TimeLimit};

/// No limit is shorter than a day, and no platform older than this many of them.
const MOST: usize = 40_000;

/// One period in which an item is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cycle {
    /// 2026, 2026-H2, 2026-Q3, 2026-09, or the first day of so many days.
    pub(super) name: String,
    /// Its first day.
    pub(super) first: Date,
    /// Its last day.
    pub(super) last: Date,
    /// The last day in time.
    pub(super) due: Option<Counted>,
    /// What is published within these days keeps it.
    window: (Date, Date),
}

/// The periods in which an organ owes an item: of each version those that fall due while it holds,
/// up to the first that is still to come (docs/readings/017).
pub(super) fn of(contract: &Contract, (item, organ): Key<'_>, terms: &Terms<'_>) -> Vec<Cycle> {
    let mut cycles = Vec::new();
    for term in contract.terms.iter().filter(|term| term.from <= terms.today) {
        let duty = term.duty(item).filter(|duty| duty.is_periodic());
        let owes = |duty: &&Duty| duty.answerable.iter().any(|one| one.organ == organ);
        let Some(limit) = duty.filter(owes).and_then(|duty| duty.limit.as_ref()) else { continue };
        let Some(period) = limit.period else { continue };
        cycles.extend(in_term(term, period, limit, contract.known_since, terms));
    }
    cycles
}

fn in_term(
    term: &Term,
    period: Period,
    limit: &TimeLimit,
    known_since: Date,
    terms: &Terms<'_>,
) -> Vec<Cycle> {
    let since = term.from.max(known_since);
    let from = if period.every == Every::Days { term.from } else { since };
    let mut cycles = Vec::new();
    let mut cycle = first(period, limit, from, terms);
    for _ in 0..MOST {
        let Some(this) = cycle else { break };
        let falls = this.due.map_or(this.last, |due| due.date);
        if term.through.is_some_and(|through| falls > through) {
            break;
        }
        cycle = this.next(period, limit, terms);
        let is_last = falls >= terms.today;
        if falls >= since {
            cycles.push(this);
        }
        if is_last {
            break;
        }
    }
    cycles
}

fn first(period: Period, limit: &TimeLimit, on: Date, terms: &Terms<'_>) -> Option<Cycle> {
    let first = match period.every {
        Every::Year => Date::new(on.year(), 1, 1).ok()?,
        Every::HalfYear => Date::new(on.year(), if on.month() > 6 { 7 } else { 1 }, 1).ok()?,
        Every::Quarter => Date::new(on.year(), (on.month() - 1) / 3 * 3 + 1, 1).ok()?,
        Every::Month => on.first_of_month(),
        Every::Days => on,
    };
    // What is due after the end of a period may still be owed for the one before.
    let before = match (period.by, period.every) {
        (PeriodEnd::AfterEnd, Every::Days) => None,
        (PeriodEnd::AfterEnd, _) => first.yesterday().ok().and_then(|last| {
            let earlier = Period { by: PeriodEnd::LastDay, ..period };
            Some(self::first(earlier, limit, last, terms)?.first)
        }),
        _ => None,
    };
    Cycle::starting(period, limit, before.unwrap_or(first), terms)
}

impl Cycle {
    fn starting(period: Period, limit: &TimeLimit, first: Date, terms: &Terms<'_>) -> Option<Self> {
        if period.every == Every::Days {
            return Self::of_days(limit, first, terms);
        }
        let (year, month) = (first.year(), first.month());
        let (name, months) = match period.every {
            Every::Year => (year.to_string(), 12),
            Every::HalfYear => (format!("{year}-H{}", (month - 1) / 6 + 1), 6),
            Every::Quarter => (format!("{year}-Q{}", (month - 1) / 3 + 1), 3),
            Every::Month | Every::Days => (format!("{year}-{month:02}"), 1),
        };
        let last = later(first, months)?.yesterday().ok()?;
        let settled = |date| Counted { date, provisional: false };
        let due = match period.by {
            PeriodEnd::LastDay => Some(settled(last)),
            PeriodEnd::Day { month: stated, day } => {
                let of_month = Date::new(year, stated.unwrap_or(month), 1).ok()?;
                let day = day.min(of_month.days_in_month());
                of_month.with().day(day).build().ok().map(settled)
            }
            PeriodEnd::AfterEnd => limit
                .amount
                .zip(limit.unit)
                .and_then(|(amount, unit)| Amount::of(amount, unit))
                .and_then(|amount| amount.after(last, terms.calendar)),
            PeriodEnd::Unsaid => None,
        };
        let window = match period.by {
            PeriodEnd::AfterEnd => {
                (last.tomorrow().ok()?, later(first, 2 * months)?.yesterday().ok()?)
            }
            _ => (first, last),
        };
        Some(Self { name, first, last, due, window })
    }

    /// 每N个工作日: from the last day of the one before to the N-th after it.
    fn of_days(limit: &TimeLimit, first: Date, terms: &Terms<'_>) -> Option<Self> {
        let amount = limit.amount.filter(|amount| *amount > 0).zip(limit.unit);
        let amount = amount.and_then(|(amount, unit)| Amount::of(amount, unit))?;
        let due = amount.after(first, terms.calendar)?;
        let window = (first.tomorrow().ok()?, due.date);
        Some(Self { name: first.to_string(), first, last: due.date, due: Some(due), window })
    }

    fn next(&self, period: Period, limit: &TimeLimit, terms: &Terms<'_>) -> Option<Self> {
        let first = match period.every {
            Every::Days => self.last,
            _ => self.last.tomorrow().ok()?,
        };
        Self::starting(period, limit, first, terms)
    }
}

/// The same day of a later month.
fn later(first: Date, months: i64) -> Option<Date> {
    first.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// What kept each of the periods: the first record published within it; one more record of a later
/// period keeps, late, the nearest that was left open (docs/readings/017).
pub(super) fn answered(cycles: &[Cycle], disclosures: &[&Disclosure]) -> Vec<Option<Kept>> {
    let mut kept: Vec<Option<Kept>> = vec![None; cycles.len()];
    let mut records: Vec<&&Disclosure> = disclosures.iter().collect();
    records.sort_by_key(|record| (record.day(), record.record.as_str()));
    for record in records {
        let day = record.day();
        let within = |cycle: &Cycle| cycle.window.0 <= day && day <= cycle.window.1;
        let Some(at) = cycles.iter().position(within) else { continue };
        let open = (0..=at).rev().find(|at| kept[*at].is_none());
        if let Some(open) = open {
            kept[open] = Some(Kept::by(record));
        }
    }
    kept
}
