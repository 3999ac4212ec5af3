//! 投诉举报: complaints about an organ that does not publish or does not answer (条例第四十七条第二款、
//! 第五十一条), and 申诉 about a 公共企事业单位 (第五十五条), with a clock of their own
//! (docs/readings/127).

use law::{CalendarGap, Counted, Date, Dated, Provision, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

use crate::letter::Letter;
use crate::period::REGULATION;

/// The law says 及时: taken up within so many days of receipt (docs/readings/127).
pub const COMPLAINT_TAKEN_UP: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(5), article(REGULATION, 51))]);

/// Verified and told within so many days of receipt (docs/readings/127).
pub const COMPLAINT_DECIDED: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(20), article(REGULATION, 47).paragraph(2))]);

/// What is complained of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintGround {
    /// 未按照要求主动公开.
    NotPublished,
    /// 未依法答复申请.
    NotAnswered,
    /// An act of disclosure harmed lawful rights (第五十一条).
    RightsHarmed,
    /// 公共企事业单位 (第五十五条第二款): 申诉.
    PublicEnterprise,
}

/// What a complaint comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintOutcome {
    /// 督促整改.
    ToRectify,
    /// 通报批评.
    Criticised,
    /// 不成立.
    Unfounded,
    /// Belongs to 行政复议, a suit or another department, and was told so.
    Redirected,
}

/// The days of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// What of.
    pub ground: ComplaintGround,
    /// The day it came.
    pub received: Date,
    /// The day it was taken up.
    pub taken_up: Option<Date>,
    /// The day the result was told.
    pub told: Option<Date>,
}

/// How a complaint stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ComplaintStanding {
    /// To be taken up.
    Fresh {
        /// By when.
        due: Counted,
        /// Whether that is over.
        overdue: bool,
    },
    /// Being verified.
    Verifying {
        /// By when the result is to be told.
        due: Counted,
        /// Whether that is over.
        overdue: bool,
    },
    /// Told.
    Told {
        /// The day.
        on: Date,
        /// Whether in time.
        in_time: bool,
    },
}

impl ComplaintGround {
    /// All, in the order of a form.
    pub const ALL: [Self; 4] =
        [Self::NotPublished, Self::NotAnswered, Self::RightsHarmed, Self::PublicEnterprise];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotPublished => "未按照要求主动公开政府信息",
            Self::NotAnswered => "未依法答复政府信息公开申请",
            Self::RightsHarmed => "政府信息公开工作中侵犯合法权益",
            Self::PublicEnterprise => "公共企事业单位未依法公开（申诉）",
        }
    }

    /// The provision.
    pub const fn basis(self) -> Provision {
        match self {
            Self::NotPublished | Self::NotAnswered => article(REGULATION, 47).paragraph(2),
            Self::RightsHarmed => article(REGULATION, 51),
            Self::PublicEnterprise => article(REGULATION, 55).paragraph(2),
        }
    }
}

impl ComplaintGround {
    /// The letter that tells what came of it.
    pub const fn letter(self) -> Letter {
        match self {
            Self::PublicEnterprise => Letter::AppealResult,
            _ => Letter::ComplaintResult,
        }
    }
}

impl ComplaintOutcome {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ToRectify => "督促整改",
            Self::Criticised => "通报批评",
            Self::Unfounded => "不成立",
            Self::Redirected => "告知其他途径",
        }
    }
}

impl Complaint {
    /// How it stands at the end of a day; both periods run from receipt, so taking it up late does
    /// not put off the result.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn standing(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<ComplaintStanding, CalendarGap> {
        let within = |period: &Dated<WorkingDays>| {
            let days = period.on(self.received).map(|period| period.value).unwrap_or_default();
            calendar.nth_working_day_after(self.received, days)
        };
        let due = within(&COMPLAINT_DECIDED)?;
        if let Some(told) = self.told.filter(|told| *told <= on) {
            return Ok(ComplaintStanding::Told { on: told, in_time: told <= due.date });
        }
        if self.taken_up.is_some_and(|taken_up| taken_up <= on) {
            return Ok(ComplaintStanding::Verifying { due, overdue: on > due.date });
        }
        let due = within(&COMPLAINT_TAKEN_UP)?;
        Ok(ComplaintStanding::Fresh { due, overdue: on > due.date })
    }
}
