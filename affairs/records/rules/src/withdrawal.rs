//! 撤下: three ways in which what was published stops standing as it stood, each of which answers at
//! the old address. Two persons decide; one alone may only stop a leak, and another confirms or
//! restores within a working day.

use law::{CalendarGap, Counted, Date, Dated, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

/// Why and how a record is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawal {
    /// 误发: it should not have been published; its address says that, why and when.
    Mistaken,
    /// 并入或者移走: its address says where it is now, an address below a site.
    Moved {
        /// Where.
        to: String,
    },
    /// 不再有效: it stays readable, under a banner, from a day on.
    NoLongerInForce {
        /// 废止日期: the first day it no longer holds.
        from: Date,
        /// 废止依据, as cited.
        by: Option<String>,
    },
    /// 公示期满: a list of persons whose last day is past; the clock alone withdraws it
    /// (个人信息保护法第四十七条).
    Ended {
        /// The last day on which it was shown.
        last: Date,
    },
}

/// Within what a published decision of punishment that was changed or annulled is withdrawn and the
/// reason said. 三日 of this law are working days (行政处罚法第八十五条).
pub const PUNISHMENT_WITHDRAWAL: Dated<WorkingDays> =
    Dated::since(&[(day(2021, 7, 15), WorkingDays(3), article("行政处罚法", 48).paragraph(2))]);

/// Within what a withdrawal by one person alone is confirmed or undone by another
/// (docs/readings/073).
pub const EMERGENCY_CONFIRMATION: Dated<WorkingDays> = Dated::since(&[(
    day(2019, 5, 15),
    WorkingDays(1),
    article("政府信息公开条例", 6).paragraph(2),
)]);

impl Withdrawal {
    /// Its word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Mistaken => "误发撤下",
            Self::Moved { .. } => "并入或移走",
            Self::NoLongerInForce { .. } => "不再有效",
            Self::Ended { .. } => "公示期满",
        }
    }

    /// The word by which it is stored.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Mistaken => "mistaken",
            Self::Moved { .. } => "moved",
            Self::NoLongerInForce { .. } => "no_longer_in_force",
            Self::Ended { .. } => "ended",
        }
    }

    /// Whether the document itself can no longer be read at its address.
    pub const fn hides(&self) -> bool {
        !matches!(self, Self::NoLongerInForce { .. })
    }
}

/// By when a decision of punishment changed or annulled on a day must be withdrawn; `None` before the
/// law was in force.
///
/// # Errors
/// The calendar does not reach that day.
pub fn punishment_due(
    changed_on: Date,
    calendar: &WorkCalendar,
) -> Result<Option<Counted>, CalendarGap> {
    let period = PUNISHMENT_WITHDRAWAL.on(changed_on).ok();
    period.map(|period| calendar.nth_working_day_after(changed_on, period.value)).transpose()
}

/// By when a withdrawal by one person alone on a day must be confirmed.
///
/// # Errors
/// The calendar does not reach that day.
pub fn confirmation_due(
    withdrawn_on: Date,
    calendar: &WorkCalendar,
) -> Result<Option<Counted>, CalendarGap> {
    let period = EMERGENCY_CONFIRMATION.on(withdrawn_on).ok();
    period.map(|period| calendar.nth_working_day_after(withdrawn_on, period.value)).transpose()
}
