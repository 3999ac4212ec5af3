//! 实时 and 及时 have no number in any law; a body may set itself one. Where it has not, the bound of
//! the statute holds and nothing stricter (docs/readings/015).

use law::{Date, Enacted, WorkCalendar, WorkingDays};
use records_rules::DISCLOSURE_PERIOD;

/// How much time words without a number give, and when a due day counts as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// 实时; `None` where nobody set a measure.
    pub realtime: Option<WorkingDays>,
    /// 及时; `None` where nobody set a measure.
    pub timely: Option<WorkingDays>,
    /// 即将到期: so many working days before the due day, which is counted. No law knows this
    /// number; it is ours (docs/readings/015).
    pub soon: WorkingDays,
}

/// How many working days are near: ours (docs/readings/015).
const SOON: WorkingDays = WorkingDays(5);

/// Nothing stricter than the law.
impl Default for Measures {
    fn default() -> Self {
        Self { realtime: None, timely: None, soon: SOON }
    }
}

/// A measure that is longer than the statute allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("标准定为{0}，长于{basis}的{most}；“实时”“及时”不能比它更宽", basis = .1.basis, most = .1.value)]
pub struct TooLong(pub WorkingDays, pub Enacted<WorkingDays>);

impl Measures {
    /// Whether a measure may be set or applied on `day`: what is to be published 及时 may not take
    /// longer than anything else (docs/readings/015).
    ///
    /// # Errors
    /// It is longer than 条例第二十六条 allows.
    pub fn allow(days: WorkingDays, day: Date) -> Result<(), TooLong> {
        match DISCLOSURE_PERIOD.on(day) {
            Ok(most) if days.0 > most.value.0 => Err(TooLong(days, most)),
            _ => Ok(()),
        }
    }

    /// The last day that, seen from `today`, is near.
    pub(super) fn soon_until(&self, today: Date, calendar: &WorkCalendar) -> Date {
        calendar.nth_working_day_after(today, self.soon).map_or(today, |counted| counted.date)
    }
}
