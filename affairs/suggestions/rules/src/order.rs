//! 12345 工单: what of an order of the hotline is read how (国办发〔2020〕53号; docs/readings/275). Nothing of the
//! hotline's own terms moves ours: an order counts from the day on which the hotline gave it out, where it says so, and
//! otherwise from the day it is taken in here, as every letter does (docs/readings/310).

use jiff::Span;
use jiff::civil::{DateTime, Time};
use law::{CalendarGap, Date, WorkCalendar, WorkingDays};

use crate::SuggestionKind;

/// The longest number of an order, in letters: a decision of ours.
pub const LONGEST_ORDER_NUMBER: usize = 60;

/// What hotlines call what people want, and what it is here.
const KINDS: [(&str, SuggestionKind); 10] = [
    ("咨询", SuggestionKind::Inquiry),
    ("求助", SuggestionKind::Inquiry),
    ("投诉", SuggestionKind::Complaint),
    ("投诉举报", SuggestionKind::Complaint),
    ("建议", SuggestionKind::Proposal),
    ("意见", SuggestionKind::Proposal),
    ("意见建议", SuggestionKind::Proposal),
    ("表扬", SuggestionKind::Proposal),
    ("感谢", SuggestionKind::Proposal),
    ("举报", SuggestionKind::Report),
];

/// The kind of letter an order is, by the word its platform has for it.
pub fn kind_of_order(word: &str) -> Option<SuggestionKind> {
    let word = word.trim();
    KINDS.into_iter().find(|(own, _)| *own == word).map(|(_, kind)| kind)
}

/// The words there are for it, in the order in which they are told.
pub fn order_kinds() -> impl Iterator<Item = &'static str> {
    KINDS.into_iter().map(|(word, _)| word)
}

/// Whether a number can be one of an order: letters, figures and the marks that stand between them.
pub fn is_order_number(text: &str) -> bool {
    let mark = |letter: char| "-_/.#〔〕[]()（）【】".contains(letter);
    let sound = |letter: char| letter.is_alphanumeric() || mark(letter);
    (1..=LONGEST_ORDER_NUMBER).contains(&text.chars().count())
        && text.chars().all(sound)
        && text.chars().any(char::is_alphanumeric)
}

/// The first year of a call: a year of two figures is none, and no hotline kept orders before.
const FIRST_YEAR: i16 = 2000;

/// 来电时间, however it is written: `2026-11-02 09:30`, `2026/11/2 9:30:05`, `2026年11月2日9时30分`; a day alone is
/// its beginning.
pub fn called_at(text: &str) -> Option<DateTime> {
    let between = |letter: char| " -/.:T年月日时分秒".contains(letter);
    let text = text.trim();
    if !text.chars().all(|letter| letter.is_ascii_digit() || between(letter)) {
        return None;
    }
    let figures = text.split(between).filter(|part| !part.is_empty());
    let numbers: Vec<i16> = figures.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let at = |place: usize| i8::try_from(numbers.get(place).copied().unwrap_or_default()).ok();
    if !matches!(numbers.len(), 3 | 5 | 6) {
        return None;
    }
    let year = numbers.first().copied().filter(|year| *year >= FIRST_YEAR)?;
    let day = Date::new(year, at(1)?, at(2)?).ok()?;
    let time = Time::new(at(3)?, at(4)?, at(5)?, 0).ok()?;
    Some(day.to_datetime(time))
}

/// An order that was given out so many months ago was nobody's: our reading (docs/readings/310).
const OLDEST_DISPATCH: i32 = 12;

/// Whoever takes an order in more than so many working days after it was given out is told: our reading
/// (docs/readings/310).
const SLOW_INTAKE: u32 = 3;

/// A credential of a platform holds so many months where nobody says otherwise: our reading (docs/readings/310).
const CREDENTIAL: i32 = 12;

/// And no longer than so many months: our reading (docs/readings/310).
const LONGEST_CREDENTIAL: i32 = 24;

/// Why a 派单时间 cannot be right, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDispatch {
    /// It is still to come.
    #[error("在今天以后，核对一下年月日")]
    Future,
    /// The hotline gives nothing out before somebody called.
    #[error("早于来电时间，核对这两格")]
    BeforeCall,
    /// It is too long ago.
    #[error("在一年以前，核对一下年份；确实是那时派的，请 12345 平台重新派单")]
    LongAgo,
}

/// The day on which an order was given out, as a table or a program tells it on a day.
///
/// # Errors
/// It is later than that day, earlier than the call, or too long ago.
pub fn dispatched_on(at: DateTime, called: DateTime, today: Date) -> Result<Date, BadDispatch> {
    let day = at.date();
    match () {
        () if day > today => Err(BadDispatch::Future),
        () if day < called.date() => Err(BadDispatch::BeforeCall),
        () if day < today.saturating_sub(Span::new().months(OLDEST_DISPATCH)) => {
            Err(BadDispatch::LongAgo)
        }
        () => Ok(day),
    }
}

/// The day from which the term of an order counts: it was given out, where that is known, otherwise it was taken in.
pub fn order_counts_from(dispatched: Option<Date>, received: Date) -> Date {
    dispatched.map_or(received, |day| day.min(received))
}

/// How many working days an order lay before it was taken in; none where that is soon enough.
///
/// # Errors
/// The calendar does not reach these days.
pub fn taken_in_late(
    counted_from: Date,
    received: Date,
    calendar: &WorkCalendar,
) -> Result<Option<WorkingDays>, CalendarGap> {
    let days = calendar.working_days_between(counted_from, received)?.value;
    Ok((days.0 > SLOW_INTAKE).then_some(days))
}

/// The last day on which a credential holds that is given or renewed on a day, as it is wanted or as is usual; none
/// where what is wanted is over already or later than [`latest_credential_end`].
pub fn credential_end(from: Date, wanted: Option<Date>) -> Option<Date> {
    let usual = from.saturating_add(Span::new().months(CREDENTIAL));
    let end = wanted.unwrap_or(usual);
    (from <= end && end <= latest_credential_end(from)).then_some(end)
}

/// The latest day until which a credential may hold that is given or renewed on a day.
pub fn latest_credential_end(from: Date) -> Date {
    from.saturating_add(Span::new().months(LONGEST_CREDENTIAL))
}

/// By when an answer was owed, and the day on which it was there or the letter ended otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderTerm {
    /// The last day.
    pub due: Date,
    /// The day it was done; none while it waits.
    pub done: Option<Date>,
}

impl OrderTerm {
    /// 是否超期: done after the last day, or waiting still when it is over.
    pub fn is_overdue(self, today: Date) -> bool {
        self.done.unwrap_or(today) > self.due
    }
}
