//! 找错、网站评价: what visitors report of a site, and by when they are answered (国办发〔2017〕47号: 一般
//! 7 个工作日, 情况复杂的 15 个工作日; docs/readings/233 of what is not to be answered).

use law::{CalendarGap, Date, Dated, NotInForce, WorkCalendar, WorkingDays, day, document};

/// 政府网站发展指引.
pub const SITE_GUIDELINE: &str = "国办发〔2017〕47号";

/// 一般留言.
const USUAL: Dated<WorkingDays> =
    Dated::since(&[(day(2017, 5, 15), WorkingDays(7), document(SITE_GUIDELINE))]);

/// 情况复杂的留言.
const COMPLEX: Dated<WorkingDays> =
    Dated::since(&[(day(2017, 5, 15), WorkingDays(15), document(SITE_GUIDELINE))]);

/// So many months after it ended, what was written in a message is taken out: our reading (docs/readings/261).
const KEPT_MONTHS: i32 = 12;

/// What ended before this day is kept no longer.
pub fn kept_since(today: Date) -> Date {
    today.saturating_sub(jiff::Span::new().months(KEPT_MONTHS))
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// 我为政府网站找错.
    Fault,
    /// 网站评价.
    Rating,
}

impl MessageKind {
    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Rating => "rating",
        }
    }

    /// As people read it, also in numbers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fault => "找错",
            Self::Rating => "评价",
        }
    }

    /// The kind a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Fault, Self::Rating].into_iter().find(|kind| kind.word() == word)
    }
}

/// What is wrong with a page, as the form asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultSubject {
    /// 打不开、链接失效.
    DeadLink,
    /// 错别字、表述不当.
    Wording,
    /// 内容过期、不准确.
    Outdated,
    /// 办事指南与实际不一致.
    Guide,
    /// 附件打不开、看不清.
    Attachment,
    /// 别的.
    Other,
}

impl FaultSubject {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::DeadLink, Self::Wording, Self::Outdated, Self::Guide, Self::Attachment, Self::Other];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DeadLink => "dead_link",
            Self::Wording => "wording",
            Self::Outdated => "outdated",
            Self::Guide => "guide",
            Self::Attachment => "attachment",
            Self::Other => "other",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DeadLink => "页面打不开、链接失效",
            Self::Wording => "错别字、表述不当",
            Self::Outdated => "内容过期、不准确",
            Self::Guide => "办事指南和实际不一致",
            Self::Attachment => "附件打不开、看不清",
            Self::Other => "其他",
        }
    }

    /// The subject a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.word() == word)
    }
}

/// Why there is no last day for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswerDay {
    /// The calendar does not reach it.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
    /// Nothing was in force yet.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
}

/// The last day for an answer to a message of a day; `complex` is the longer time.
///
/// # Errors
/// The calendar does not reach it, or nothing was in force on the day.
pub fn answer_due(
    received: Date,
    complex: bool,
    calendar: &WorkCalendar,
) -> Result<Date, NoAnswerDay> {
    let term = if complex { COMPLEX.on(received)? } else { USUAL.on(received)? };
    Ok(calendar.nth_working_day_after(received, term.value)?.date)
}

/// Whether anything is to be answered: a mark without a word is counted, not answered.
pub fn wants_answer(kind: MessageKind, words: &str) -> bool {
    kind == MessageKind::Fault || !words.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_counted_in_working_days_after_the_day_it_came() {
        let calendar = WorkCalendar::state_council();
        for (received, complex, due) in [
            (day(2025, 3, 3), false, day(2025, 3, 12)),
            (day(2025, 3, 3), true, day(2025, 3, 24)),
            // Over 国庆 and 中秋 of 2025, with the Saturday that is worked.
            (day(2025, 9, 26), false, day(2025, 10, 13)),
        ] {
            assert_eq!(answer_due(received, complex, calendar), Ok(due), "{received}");
        }
    }

    #[test]
    fn a_mark_without_a_word_waits_for_no_answer() {
        assert!(wants_answer(MessageKind::Fault, ""));
        assert!(wants_answer(MessageKind::Rating, "字太小"));
        assert!(!wants_answer(MessageKind::Rating, "  "));
    }
}
