//! 征求意见的期限 (条例第十五条): generally no fewer than thirty days; fewer only where the reason is told with the
//! notice. Days of the calendar; the day of the notice is not counted (docs/readings/272).

use jiff::ToSpan;
use law::{CalendarDays, Date, Dated, Enacted, NotInForce, article, day};

use crate::DECISIONS;

/// CONSULT.MIN: what is usual at least.
const USUAL: Dated<CalendarDays> =
    Dated::since(&[(day(2019, 9, 1), CalendarDays(30), article(DECISIONS, 15))]);

/// So long nobody asks: what stands open for a year and more is no longer a question. A limit of ours against
/// slips of the pen (docs/readings/272).
const LONGEST: u32 = 365;

/// For how long opinions are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    days: CalendarDays,
    usual: Enacted<CalendarDays>,
}

/// Why a number of days is no time for opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPeriod {
    /// None, or more than a year.
    #[error("期限写 1 到 {LONGEST} 天")]
    Days,
    /// Before the regulation was in force.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
}

impl Period {
    /// So many days, for a notice of this day.
    ///
    /// # Errors
    /// It is no number of days one can ask for, or the regulation is not in force on the day.
    pub fn of(days: u32, on: Date) -> Result<Self, NoPeriod> {
        if !(1..=LONGEST).contains(&days) {
            return Err(NoPeriod::Days);
        }
        Ok(Self { days: CalendarDays(days), usual: USUAL.on(on)? })
    }

    /// The usual period on a day, which a new draft begins with.
    ///
    /// # Errors
    /// The regulation is not in force on the day.
    pub fn usual(on: Date) -> Result<Self, NoPeriod> {
        let usual = USUAL.on(on)?;
        Ok(Self { days: usual.value, usual })
    }

    /// How many days.
    pub fn days(self) -> u32 {
        self.days.0
    }

    /// The fewest that are usual, with the provision.
    pub fn least(self) -> Enacted<CalendarDays> {
        self.usual
    }

    /// Whether it is shorter than usual, so that the reason is told and somebody else agrees.
    pub fn is_short(self) -> bool {
        self.days.0 < self.usual.value.0
    }

    /// The last day on which an opinion is in time, for a notice of this day.
    pub fn ends_on(self, opened: Date) -> Date {
        opened.saturating_add(i64::from(self.days.0).days())
    }
}
