//! 答复期限: by when a letter is answered (国办发〔2014〕57号: 情况简单的 5 个工作日; 国办发〔2017〕47号: 一般
//! 7 个工作日, 情况复杂的 15 个工作日). The day it came is not counted (docs/readings/001); handing it to another
//! organ begins nothing anew (docs/readings/264).

use jiff::Span;
use law::{
    CalendarGap, Counted, Date, Dated, NotInForce, WorkCalendar, WorkingDays, day, document,
};

/// 情况简单的.
const SIMPLE: Dated<WorkingDays> =
    Dated::since(&[(day(2014, 11, 17), WorkingDays(5), document("国办发〔2014〕57号"))]);

/// 一般留言.
const USUAL: Dated<WorkingDays> =
    Dated::since(&[(day(2017, 5, 15), WorkingDays(7), document("国办发〔2017〕47号"))]);

/// 情况复杂的.
const COMPLEX: Dated<WorkingDays> =
    Dated::since(&[(day(2017, 5, 15), WorkingDays(15), document("国办发〔2017〕47号"))]);

/// 互动回应差: so many months without an answer fail the whole site.
const VETO_MONTHS: Dated<i32> =
    Dated::since(&[(day(2019, 4, 1), 3, document("国办秘函〔2019〕19号"))]);

/// So many months after it ended, what was written is taken out: our reading (docs/readings/269).
const KEPT_MONTHS: i32 = 12;

/// How hard a letter is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Difficulty {
    /// 情况简单.
    Simple,
    /// 一般.
    Usual,
    /// 情况复杂; only by an extension that another person has approved.
    Complex,
}

impl Difficulty {
    /// All of them, the shortest term first.
    pub const ALL: [Self; 3] = [Self::Simple, Self::Usual, Self::Complex];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Usual => "usual",
            Self::Complex => "complex",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simple => "情况简单",
            Self::Usual => "一般",
            Self::Complex => "情况复杂",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// So many working days, of what comes in on a day.
    ///
    /// # Errors
    /// Nothing was in force on the day.
    pub fn term(self, received: Date) -> Result<WorkingDays, NotInForce> {
        let term = match self {
            Self::Simple => SIMPLE.on(received)?,
            Self::Usual => USUAL.on(received)?,
            Self::Complex => COMPLEX.on(received)?,
        };
        Ok(term.value)
    }
}

/// Why there is no last day for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLastDay {
    /// The calendar does not reach it.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
    /// Nothing was in force yet.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
}

/// The last day for an answer to what came on a day.
///
/// # Errors
/// The calendar does not reach it, or nothing was in force on the day.
pub fn answer_due(
    received: Date,
    difficulty: Difficulty,
    calendar: &WorkCalendar,
) -> Result<Counted, NoLastDay> {
    Ok(calendar.nth_working_day_after(received, difficulty.term(received)?)?)
}

/// The day after which an inspection fails the whole site for a letter of this day without an answer.
///
/// # Errors
/// Nothing was in force on the day.
pub fn unanswered_after(received: Date) -> Result<Date, NotInForce> {
    Ok(received.saturating_add(Span::new().months(VETO_MONTHS.on(received)?.value)))
}

/// What ended before this day is kept no longer.
pub fn kept_since(today: Date) -> Date {
    today.saturating_sub(Span::new().months(KEPT_MONTHS))
}
