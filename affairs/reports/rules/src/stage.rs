//! 报告的阶段: draft, under review, frozen, published, corrected; each stage carries its facts
//! (docs/readings/134, 187).

use law::Date;
use serde::{Deserialize, Serialize};

use crate::doubt::Doubt;
use crate::identity::Breach;
use crate::publication::report_opens;

/// Where a report stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum ReportStage {
    /// 起草: numbers follow the register.
    Draft,
    /// 送审: what is reviewed is bound; nobody writes it.
    UnderReview,
    /// 定稿, once the draft has passed its review: exactly what was reviewed is signed and published.
    Frozen {
        /// The day.
        on: Date,
    },
    /// 已公布.
    Published {
        /// The day.
        on: Date,
        /// 更正说明, in order.
        corrections: Vec<ReportCorrection>,
    },
}

/// 更正说明: what was changed in a published report, and why; the report as it was stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCorrection {
    /// The day.
    pub on: Date,
    /// What was wrong and what is right.
    pub explanation: String,
}

/// Why a report cannot take a step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefused {
    /// Identities are broken.
    #[error("表格有 {0} 处不符合勾稽关系，不能送审。改法: 逐处改正，或者对可以说明的写明原因")]
    Broken(usize),
    /// Something is to be looked at and has not been explained.
    #[error("有 {0} 处存疑没有说明。改法: 逐处改正或者写明原因")]
    Unexplained(usize),
    /// An original that breaks identities is handed in without words about it.
    #[error(
        "原件有 {0} 处不合勾稽关系或者存疑，还没有数据说明。改法: 数字不改，逐处写数据说明；原件就是这样的，写明原件如此"
    )]
    Undescribed(usize),
    /// To be frozen before its review.
    #[error("草稿还没有审查完，不能定稿。改法: 等初审和保密审查办完")]
    Unreviewed,
    /// To be handed in, frozen or published while its year runs.
    #[error(
        "{year}年度还没有过完，数字要到12月31日为止。改法: {from} 起再送审、定稿、公布；现在可以继续起草"
    )]
    YearRuns {
        /// The year reported.
        year: i16,
        /// The first day on which it is possible.
        from: Date,
    },
    /// Not at the stage for it.
    #[error("报告{0}，不能办这一步")]
    Stage(&'static str),
    /// 更正说明 without words.
    #[error("没有写更正说明。改法: 写明原来错在哪里、改成什么、为什么")]
    NoExplanation,
    /// Before the day it was frozen or published.
    #[error("日期早于 {0}。改法: 核对日期")]
    Before(Date),
}

/// What was found in a draft, and what of it has been explained, by name.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'report> {
    /// Identities broken.
    pub breaches: &'report [Breach],
    /// Things to be looked at.
    pub doubts: &'report [Doubt],
    /// Names explained in the report: `I4:c1`, `I8:规章`.
    pub explained: &'report [String],
}

/// Refuses what is done with a report before its year is over (docs/readings/223).
///
/// # Errors
/// The year still runs.
pub fn year_is_over(year: i16, today: Date) -> Result<(), ReportRefused> {
    let from = report_opens(year);
    if today < from { Err(ReportRefused::YearRuns { year, from }) } else { Ok(()) }
}

impl ReportStage {
    /// 送审.
    ///
    /// # Errors
    /// Something is broken or unexplained, or the report is past it.
    pub fn submit(&self, checked: &Checked<'_>) -> Result<Self, ReportRefused> {
        if !matches!(self, Self::Draft) {
            return Err(ReportRefused::Stage(self.name()));
        }
        let explained = |name: String| checked.explained.contains(&name);
        let broken = checked
            .breaches
            .iter()
            .filter(|breach| !(breach.may_be_explained() && explained(breach.to_string())));
        match broken.count() {
            0 => {}
            broken => return Err(ReportRefused::Broken(broken)),
        }
        let open = checked.doubts.iter().filter(|doubt| !explained(doubt.to_string())).count();
        if open > 0 { Err(ReportRefused::Unexplained(open)) } else { Ok(Self::UnderReview) }
    }

    /// 送审 of what was published before: its faults stay and stop nothing, but each is described
    /// (docs/readings/176, 226).
    ///
    /// # Errors
    /// Something is not described, or the report is past it.
    pub fn submit_original(&self, checked: &Checked<'_>) -> Result<Self, ReportRefused> {
        if !matches!(self, Self::Draft) {
            return Err(ReportRefused::Stage(self.name()));
        }
        let breaches = checked.breaches.iter().map(ToString::to_string);
        let names = breaches.chain(checked.doubts.iter().map(ToString::to_string));
        match names.filter(|name| !checked.explained.contains(name)).count() {
            0 => Ok(Self::UnderReview),
            open => Err(ReportRefused::Undescribed(open)),
        }
    }

    /// 定稿, where everything before 签发 was passed.
    ///
    /// # Errors
    /// It is not under review, or its review has not come so far.
    pub fn freeze(&self, on: Date, reviewed: bool) -> Result<Self, ReportRefused> {
        match self {
            Self::UnderReview if reviewed => Ok(Self::Frozen { on }),
            Self::UnderReview => Err(ReportRefused::Unreviewed),
            _ => Err(ReportRefused::Stage(self.name())),
        }
    }

    /// 公布.
    ///
    /// # Errors
    /// The report is not frozen, or the day is earlier.
    pub fn publish(&self, on: Date) -> Result<Self, ReportRefused> {
        match self {
            Self::Frozen { on: frozen } if on < *frozen => Err(ReportRefused::Before(*frozen)),
            Self::Frozen { .. } => Ok(Self::Published { on, corrections: Vec::new() }),
            _ => Err(ReportRefused::Stage(self.name())),
        }
    }

    /// 退回起草, before publication.
    ///
    /// # Errors
    /// It is neither under review nor frozen.
    pub fn reopen(&self) -> Result<Self, ReportRefused> {
        match self {
            Self::UnderReview | Self::Frozen { .. } => Ok(Self::Draft),
            _ => Err(ReportRefused::Stage(self.name())),
        }
    }

    /// 更正 of a published report.
    ///
    /// # Errors
    /// It is not published, the day is earlier, or nothing is explained.
    pub fn correct(&self, correction: ReportCorrection) -> Result<Self, ReportRefused> {
        let Self::Published { on, corrections } = self else {
            return Err(ReportRefused::Stage(self.name()));
        };
        let latest = corrections.last().map_or(*on, |last| last.on);
        if correction.on < latest {
            return Err(ReportRefused::Before(latest));
        }
        if correction.explanation.trim().is_empty() {
            return Err(ReportRefused::NoExplanation);
        }
        let mut corrections = corrections.clone();
        corrections.push(correction);
        Ok(Self::Published { on: *on, corrections })
    }

    /// What people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Draft => "正在起草",
            Self::UnderReview => "正在审查",
            Self::Frozen { .. } => "已经定稿",
            Self::Published { .. } => "已经公布",
        }
    }
}
