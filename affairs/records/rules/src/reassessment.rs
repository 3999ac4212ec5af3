//! 定期评估 of what is withheld (条例第十八条): on its day it returns, and is kept back longer, made
//! public, or opened to requests. The last two start a clock.

use law::{CalendarGap, Counted, Date, Dated, Enacted, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

use crate::{DISCLOSURE_PERIOD, OnRequestGround};

/// What comes out of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 维持不予公开, to be assessed again on a day.
    Keep {
        /// The next 复核日期.
        review_on: Date,
    },
    /// 转为主动公开.
    ToProactive,
    /// 转为依申请公开.
    ToOnRequest(OnRequestGround),
}

/// Within what 政府信息公开目录 names a document that was opened to requests: 条例第十二条 says 及时
/// (docs/readings/072).
pub const LISTING_PERIOD: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 12))]);

impl Outcome {
    /// Its word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Keep { .. } => "维持不予公开",
            Self::ToProactive => "转为主动公开",
            Self::ToOnRequest(_) => "转为依申请公开",
        }
    }

    /// The period that begins with the decision; `None` where none does.
    pub fn period(&self, decided_on: Date) -> Option<Enacted<WorkingDays>> {
        match self {
            Self::Keep { .. } => None,
            // 条例第二十六条: from the day the information came to be 或者变更.
            Self::ToProactive => DISCLOSURE_PERIOD.on(decided_on).ok(),
            Self::ToOnRequest(_) => LISTING_PERIOD.on(decided_on).ok(),
        }
    }

    /// The last day of that period.
    ///
    /// # Errors
    /// The calendar does not reach it.
    pub fn due(
        &self,
        decided_on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Counted>, CalendarGap> {
        let period = self.period(decided_on);
        period.map(|period| calendar.nth_working_day_after(decided_on, period.value)).transpose()
    }
}
