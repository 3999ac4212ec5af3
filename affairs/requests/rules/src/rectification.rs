//! 更正: somebody shows that a record of himself held by an organ is wrong (条例第四十一条;
//! docs/readings/121).

use law::{CalendarGap, Counted, Date, Provision, WorkCalendar, article};
use serde::{Deserialize, Serialize};

use crate::letter::Letter;
use crate::period::{RECTIFICATION_PERIOD, REGULATION};

/// A demand to correct a record of oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RectificationDemand {
    /// The day it came.
    pub received: Date,
    /// The record is about the applicant himself.
    pub own_record: bool,
    /// Evidence that it is wrong is there.
    pub evidence: bool,
    /// The organ may correct it.
    pub competent: bool,
    /// It was examined and is indeed wrong.
    pub found_wrong: Option<bool>,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RectificationOutcome {
    /// It is not about the applicant: told so.
    NotOwn,
    /// Evidence is wanted.
    EvidenceWanted,
    /// 转送 to the organ that may correct it, told to the applicant; or he is told whom to ask.
    SentOn,
    /// To be examined.
    Examine,
    /// 更正, told.
    Corrected,
    /// The record is right: told, with reasons.
    Upheld,
}

impl RectificationDemand {
    /// What becomes of it, as far as is known.
    pub const fn outcome(&self) -> RectificationOutcome {
        match (self.own_record, self.evidence, self.competent, self.found_wrong) {
            (false, ..) => RectificationOutcome::NotOwn,
            (_, false, ..) => RectificationOutcome::EvidenceWanted,
            (_, _, false, _) => RectificationOutcome::SentOn,
            (.., None) => RectificationOutcome::Examine,
            (.., Some(true)) => RectificationOutcome::Corrected,
            (.., Some(false)) => RectificationOutcome::Upheld,
        }
    }

    /// By when; none before the rule was in force.
    ///
    /// # Errors
    /// The calendar does not reach it.
    pub fn due(&self, calendar: &WorkCalendar) -> Result<Option<Counted>, CalendarGap> {
        let period = RECTIFICATION_PERIOD.on(self.received).ok();
        let due = period.map(|one| calendar.nth_working_day_after(self.received, one.value));
        due.transpose()
    }
}

impl RectificationOutcome {
    /// The provision.
    pub const BASIS: Provision = article(REGULATION, 41);

    /// The letter that tells it; none while it is examined or evidence is awaited.
    pub const fn letter(self) -> Option<Letter> {
        match self {
            Self::NotOwn | Self::Corrected | Self::Upheld => Some(Letter::RectificationAnswer),
            Self::SentOn => Some(Letter::RectificationTransfer),
            Self::EvidenceWanted => Some(Letter::CorrectionNotice),
            Self::Examine => None,
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotOwn => "不是申请人自身的信息",
            Self::EvidenceWanted => "请补充证据",
            Self::SentOn => "转送有权更正的机关",
            Self::Examine => "审核中",
            Self::Corrected => "已更正",
            Self::Upheld => "记录无误",
        }
    }
}
