//! 送达: how a letter reaches its addressee, on which day it has, and what proves it
//! (条例第四十五条; 民事诉讼法; docs/readings/126).

use law::{CalendarDays, CalendarGap, Date, Dated, Provision, article, day};
use serde::{Deserialize, Serialize};

/// 公告送达: after so many days from the notice.
pub const PUBLIC_NOTICE: Dated<CalendarDays> = Dated::since(&[
    (day(1991, 4, 9), CalendarDays(60), article("民事诉讼法（1991年）", 84)),
    (day(2022, 1, 1), CalendarDays(30), article("民事诉讼法", 95)),
]);

/// A way of serving a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServingMethod {
    /// 直接送达: handed over and signed for.
    InPerson,
    /// 邮寄送达.
    Post,
    /// 电子送达, which the applicant agreed to.
    Electronic,
    /// 传真.
    Fax,
    /// 留置送达: left with a record.
    LeftBehind,
    /// 委托送达 by another organ.
    Entrusted,
    /// 公告送达, where nothing else is possible.
    PublicNotice,
}

/// What proves that a letter was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServingProof {
    /// 送达回证 with signature and date.
    SignedSlip,
    /// 邮件回执 or the postal record.
    PostalReceipt,
    /// The record of the system it reached.
    SystemRecord,
    /// The fax report.
    FaxReport,
    /// The record of leaving it, with a witness or a film.
    RecordOfLeaving,
    /// The notice as it was posted.
    PostedNotice,
}

/// What is known of a letter on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How.
    pub method: ServingMethod,
    /// The day it left the organ: handed to the post, sent by the system. This day stops the clock.
    pub sent: Date,
    /// The day it arrived, as proved.
    pub arrived: Option<Date>,
    /// What proves it.
    pub proof: Option<ServingProof>,
}

/// Why a delivery is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDelivery {
    /// It arrived before it was sent.
    #[error("送达日期 {arrived} 早于发出日期 {sent}。改法: 核对两个日期")]
    BeforeSent {
        /// The day of arrival.
        arrived: Date,
        /// The day of sending.
        sent: Date,
    },
    /// Without proof, or with one of another kind.
    #[error("没有与送达方式相符的证明。改法: 上传{0}")]
    Unproved(&'static str),
    /// The calendar does not reach it.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
}

impl ServingMethod {
    /// All, in the order of preference.
    pub const ALL: [Self; 7] = [
        Self::InPerson,
        Self::Post,
        Self::Electronic,
        Self::Fax,
        Self::LeftBehind,
        Self::Entrusted,
        Self::PublicNotice,
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "直接送达",
            Self::Post => "邮寄送达",
            Self::Electronic => "电子送达",
            Self::Fax => "传真送达",
            Self::LeftBehind => "留置送达",
            Self::Entrusted => "委托送达",
            Self::PublicNotice => "公告送达",
        }
    }

    /// What proves it.
    pub const fn proof(self) -> ServingProof {
        match self {
            Self::InPerson | Self::Entrusted => ServingProof::SignedSlip,
            Self::Post => ServingProof::PostalReceipt,
            Self::Electronic => ServingProof::SystemRecord,
            Self::Fax => ServingProof::FaxReport,
            Self::LeftBehind => ServingProof::RecordOfLeaving,
            Self::PublicNotice => ServingProof::PostedNotice,
        }
    }

    /// Whether it leaves with a number by which it is traced: without it nobody can show that it arrived.
    pub const fn is_traced(self) -> bool {
        matches!(self, Self::Post)
    }

    /// Where it is provided for; the Regulation names no way of serving, so the rules of procedure
    /// are followed (docs/readings/126).
    pub const fn basis(self) -> Provision {
        match self {
            Self::InPerson => article("民事诉讼法", 88),
            Self::LeftBehind => article("民事诉讼法", 89),
            Self::Electronic | Self::Fax => article("民事诉讼法", 90),
            Self::Post | Self::Entrusted => article("民事诉讼法", 91),
            Self::PublicNotice => article("民事诉讼法", 95),
        }
    }
}

impl ServingProof {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedSlip => "签名并注明日期的送达回证",
            Self::PostalReceipt => "邮件回执或者邮政签收记录",
            Self::SystemRecord => "系统到达记录",
            Self::FaxReport => "传真发送报告",
            Self::RecordOfLeaving => "留置经过的记录（见证人或者影像）",
            Self::PostedNotice => "公告的原文和张贴、登载记录",
        }
    }
}

impl Delivery {
    /// 送达之日; none while it is on its way.
    ///
    /// # Errors
    /// The days contradict each other, the proof is missing, or the calendar does not reach them.
    pub fn served_on(&self) -> Result<Option<Date>, BadDelivery> {
        if self.method == ServingMethod::PublicNotice {
            self.proved()?;
            let period = PUBLIC_NOTICE.on(self.sent).map(|period| period.value);
            return Ok(Some(period.unwrap_or_default().after(self.sent)?));
        }
        let Some(arrived) = self.arrived else { return Ok(None) };
        if arrived < self.sent {
            return Err(BadDelivery::BeforeSent { arrived, sent: self.sent });
        }
        self.proved()?;
        Ok(Some(arrived))
    }

    fn proved(&self) -> Result<(), BadDelivery> {
        let proof = self.method.proof();
        if self.proof == Some(proof) { Ok(()) } else { Err(BadDelivery::Unproved(proof.name())) }
    }
}
