//! 采纳情况: what becomes of each opinion, and by when people are told (条例第十八、三十二条; 67号三（三）).

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};

/// So many working days after the last day the answers should be public: no national number; the longer of what
/// cities promise (docs/readings/289).
const ANSWERED_WITHIN: WorkingDays = WorkingDays(20);

/// So many months after the answers, who gave an opinion and how he is reached is taken out: our reading
/// (docs/readings/276).
const KEPT_MONTHS: i32 = 12;

/// What became of an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 采纳.
    Adopted,
    /// 部分采纳.
    Partly,
    /// 不采纳.
    Declined,
}

/// What an answer lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerLack {
    /// 采纳、部分采纳还是不采纳.
    #[error("选采纳、部分采纳或者不采纳")]
    Verdict,
    /// The reason; of what is taken, where it stands now.
    #[error("写明理由：采纳的写改在哪里，不采纳的写为什么")]
    Reason,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Adopted, Self::Partly, Self::Declined];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Partly => "partly",
            Self::Declined => "declined",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adopted => "采纳",
            Self::Partly => "部分采纳",
            Self::Declined => "不采纳",
        }
    }

    /// The verdict a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// A verdict with its reason.
    ///
    /// # Errors
    /// One of them is missing.
    pub fn given(word: &str, reason: &str) -> Result<(Self, String), AnswerLack> {
        let verdict = Self::parse(word).ok_or(AnswerLack::Verdict)?;
        match reason.trim() {
            "" => Err(AnswerLack::Reason),
            reason => Ok((verdict, reason.to_owned())),
        }
    }
}

/// The day by which the answers should be public.
///
/// # Errors
/// The calendar does not reach it.
pub fn answers_due(ends_on: Date, calendar: &WorkCalendar) -> Result<Date, CalendarGap> {
    Ok(calendar.nth_working_day_after(ends_on, ANSWERED_WITHIN)?.date)
}

/// Of what was answered before this day, who said it is kept no longer.
pub fn kept_since(today: Date) -> Date {
    today.saturating_sub(jiff::Span::new().months(KEPT_MONTHS))
}
