//! 收到之日: the day on which a request counts as received, by the way it came (条例第三十一条).
//!
//! The day of submission and the day both sides confirm are kept apart. The Regulation sets no limit
//! for confirming what comes over the internet or by fax, so an alarm is raised after a working day,
//! and an organ may bind itself to the day of submission (docs/readings/111).

use law::{CalendarGap, Counted, Date, Provision, WorkCalendar, article};
use serde::{Deserialize, Serialize};

use crate::period::{CONFIRMATION_ALARM, REGULATION};

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 当面提交.
    Counter,
    /// 口头提出, written down by the office and read back (第二十九条第二款).
    Oral,
    /// 邮寄, signed for by the organ.
    SignedPost,
    /// 平常信函, which nobody signs for.
    PlainLetter,
    /// 互联网渠道.
    Online,
    /// 工作机构的传真.
    Fax,
    /// 电子邮件: 互联网渠道 too (docs/readings/111).
    Email,
}

/// What is known of the arrival of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// How it came.
    pub channel: Channel,
    /// The day the applicant handed it in, or the organ signed for it or found it in its post.
    pub submitted: Date,
    /// It went to another unit or person of the organ.
    pub misdirected: bool,
    /// The day the 工作机构 itself had it, where it was misdirected.
    pub at_office: Option<Date>,
    /// The day both sides confirmed it.
    pub confirmed: Option<Date>,
    /// The organ binds itself to the day of submission where the law waits for a confirmation.
    pub by_submission: bool,
}

/// Whether and when a request counts as received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Receipt {
    /// 收到之日.
    Received {
        /// The day.
        on: Date,
        /// The provision.
        basis: Provision,
    },
    /// It has yet to reach the 工作机构 or to be confirmed.
    Unconfirmed {
        /// Since when it waits.
        since: Date,
        /// The last day before the alarm.
        confirm_by: Counted,
        /// The provision.
        basis: Provision,
    },
}

/// Why an arrival cannot be as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadArrival {
    /// Confirmed before it was there.
    #[error("确认的日子 {confirmed} 早于送到工作机构的日子 {arrived}。改法: 核对两个日期")]
    ConfirmedBefore {
        /// The day of confirmation.
        confirmed: Date,
        /// The day it was there.
        arrived: Date,
    },
    /// At the office before it was handed in.
    #[error("转到工作机构的日子 {at_office} 早于提交的日子 {submitted}。改法: 核对两个日期")]
    ArrivedBefore {
        /// The day it was at the office.
        at_office: Date,
        /// The day it was handed in.
        submitted: Date,
    },
    /// The calendar does not reach it.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
}

impl Channel {
    /// All, in the order of a form.
    pub const ALL: [Self; 7] = [
        Self::Counter,
        Self::Oral,
        Self::SignedPost,
        Self::PlainLetter,
        Self::Online,
        Self::Fax,
        Self::Email,
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "当面提交",
            Self::Oral => "口头申请（代填）",
            Self::SignedPost => "邮寄（签收）",
            Self::PlainLetter => "平常信函",
            Self::Online => "互联网渠道",
            Self::Fax => "传真",
            Self::Email => "电子邮件",
        }
    }

    /// Whether the day of receipt is the day both sides confirm.
    pub const fn needs_confirmation(self) -> bool {
        matches!(self, Self::PlainLetter | Self::Online | Self::Fax | Self::Email)
    }

    /// Where the Regulation sets its day of receipt.
    pub const fn basis(self) -> Provision {
        let article = article(REGULATION, 31);
        match self {
            Self::Counter | Self::Oral => article.item(1),
            Self::SignedPost | Self::PlainLetter => article.item(2),
            Self::Online | Self::Fax | Self::Email => article.item(3),
        }
    }
}

impl Arrival {
    /// The day of receipt, or until when it ought to be confirmed. A rest day counts like any other.
    ///
    /// # Errors
    /// The days contradict each other, or the calendar does not reach them.
    pub fn receipt(&self, calendar: &WorkCalendar) -> Result<Receipt, BadArrival> {
        let basis = self.channel.basis();
        let there = match (self.misdirected, self.at_office) {
            (false, _) => self.submitted,
            (true, Some(at_office)) if at_office < self.submitted => {
                let submitted = self.submitted;
                return Err(BadArrival::ArrivedBefore { at_office, submitted });
            }
            (true, Some(at_office)) => at_office,
            (true, None) => return self.unconfirmed(self.submitted, calendar),
        };
        if let Some(confirmed) = self.confirmed.filter(|confirmed| *confirmed < there) {
            return Err(BadArrival::ConfirmedBefore { confirmed, arrived: there });
        }
        let waits = self.misdirected || self.channel.needs_confirmation();
        match self.confirmed {
            _ if !waits || self.by_submission => Ok(Receipt::Received { on: there, basis }),
            Some(confirmed) => Ok(Receipt::Received { on: confirmed, basis }),
            None => self.unconfirmed(there, calendar),
        }
    }

    /// 平常信函 is to be confirmed on the very day; the rest within a working day.
    fn unconfirmed(&self, since: Date, calendar: &WorkCalendar) -> Result<Receipt, BadArrival> {
        let basis = self.channel.basis();
        let period = CONFIRMATION_ALARM.on(since).map(|period| period.value).unwrap_or_default();
        let confirm_by = if self.channel == Channel::PlainLetter {
            let known = calendar.is_working_day(since)?;
            Counted { date: since, provisional: known.provisional }
        } else {
            calendar.nth_working_day_after(since, period)?
        };
        Ok(Receipt::Unconfirmed { since, confirm_by, basis })
    }
}

impl Receipt {
    /// The day of receipt, once there is one.
    pub const fn on(&self) -> Option<Date> {
        match self {
            Self::Received { on, .. } => Some(*on),
            Self::Unconfirmed { .. } => None,
        }
    }

    /// Whether it has waited too long for its confirmation.
    pub fn is_alarming(&self, today: Date) -> bool {
        matches!(self, Self::Unconfirmed { confirm_by, .. } if today > confirm_by.date)
    }
}
