//! 预警、黄牌、红牌: how near the last day is, in working days (docs/readings/264).

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};

/// At most so many working days are left: 预警 (docs/readings/264).
const WARNING_LEFT: WorkingDays = WorkingDays(3);

/// At most so many working days are left: 黄牌 (docs/readings/264).
const YELLOW_LEFT: WorkingDays = WorkingDays(1);

/// The card that a letter bears while it waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Card {
    /// 预警.
    Warning,
    /// 黄牌.
    Yellow,
    /// 红牌: the last day is over.
    Red,
}

impl Card {
    /// All of them, the mildest first.
    pub const ALL: [Self; 3] = [Self::Warning, Self::Yellow, Self::Red];

    /// As an address has it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warning => "yujing",
            Self::Yellow => "huangpai",
            Self::Red => "hongpai",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "预警",
            Self::Yellow => "黄牌",
            Self::Red => "红牌",
        }
    }

    /// The card of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|card| card.word() == word)
    }

    /// The card on a day of what is to be answered by a last day; none while there is time.
    ///
    /// # Errors
    /// The calendar does not reach the days between.
    pub fn on(
        today: Date,
        due: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Self>, CalendarGap> {
        if today > due {
            return Ok(Some(Self::Red));
        }
        let left = calendar.working_days_between(today, due)?.value;
        Ok(match left {
            left if left <= YELLOW_LEFT => Some(Self::Yellow),
            left if left <= WARNING_LEFT => Some(Self::Warning),
            _ => None,
        })
    }

    /// The last days for an answer of what bears this card on a day (docs/readings/264): from the first to the
    /// last; none at an end that is open.
    ///
    /// # Errors
    /// The calendar does not reach them.
    pub fn span(
        self,
        today: Date,
        calendar: &WorkCalendar,
    ) -> Result<(Option<Date>, Option<Date>), CalendarGap> {
        let reach = |left: WorkingDays| -> Result<Date, CalendarGap> {
            // Whatever is due before one more working day begins has at most so many left.
            let beyond = calendar.nth_working_day_after(today, left.plus(WorkingDays(1)))?.date;
            Ok(beyond.yesterday().unwrap_or(beyond))
        };
        Ok(match self {
            Self::Red => (None, today.yesterday().ok()),
            Self::Yellow => (Some(today), Some(reach(YELLOW_LEFT)?)),
            Self::Warning => {
                let after = reach(YELLOW_LEFT)?;
                (after.tomorrow().ok(), Some(reach(WARNING_LEFT)?))
            }
        })
    }
}
