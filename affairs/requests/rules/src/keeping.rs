//! 归档与去标识: what a closed file must hold, by when it is archived, how long it is kept, and when the
//! applicant is taken out of it (条例第四十五条; 个人信息保护法第四十七条; docs/readings/128).

use law::{Date, Dated, day, document};
use records_rules::Retention;
use serde::{Deserialize, Serialize};

/// 归档: by the end of this month of the following year.
pub const ARCHIVED_BY_MONTH: Dated<i8> =
    Dated::since(&[(day(2006, 12, 18), 6, document("国家档案局令第8号"))]);

/// 保管期限 of what stands beside requests (docs/readings/205).
pub const MATTER_RETENTION: Retention = Retention::Ten;

/// A piece of a file, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePiece {
    /// 申请表及身份证明.
    Application,
    /// 登记回执.
    Receipt,
    /// 补正告知 and what came of it.
    Corrections,
    /// 征求意见 and the answers.
    Opinions,
    /// 延期、延迟、收费 with their approvals.
    Notices,
    /// 检索记录.
    SearchRecord,
    /// 审核、签发.
    Approval,
    /// 答复书 and what was provided.
    Answer,
    /// 送达证明.
    ServiceProof,
    /// 复议、诉讼.
    Remedies,
}

/// What bears on whether an applicant may be taken out of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// The day the file was closed.
    pub closed: Date,
    /// How long it is kept.
    pub retention: Retention,
    /// 复议 or a suit is pending, or may still be brought until that day.
    pub remedies_until: Option<Date>,
    /// 依法保全: nothing may be changed.
    pub legal_hold: bool,
}

/// Why an applicant must stay in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MustKeep {
    /// 依法保全.
    #[error("正在依法保全，不能去标识。改法: 解除保全以后再办")]
    LegalHold,
    /// A remedy is pending or still open.
    #[error("复议、诉讼期限到 {0} 才满，不能去标识")]
    Remedies(Date),
    /// The period is not over.
    #[error("保管期限到 {0} 才满，不能去标识")]
    Until(Date),
    /// 永久.
    #[error("保管期限是永久，不能去标识。改法: 先鉴定变更保管期限")]
    Permanent,
    /// Not two persons.
    #[error("去标识要由两个不同的人办理和复核。改法: 请另一人复核")]
    OnePerson,
}

impl FilePiece {
    /// All, in the order of the list.
    pub const ALL: [Self; 10] = [
        Self::Application,
        Self::Receipt,
        Self::Corrections,
        Self::Opinions,
        Self::Notices,
        Self::SearchRecord,
        Self::Approval,
        Self::Answer,
        Self::ServiceProof,
        Self::Remedies,
    ];

    /// What the list calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "申请表及身份证明",
            Self::Receipt => "登记回执",
            Self::Corrections => "补正告知及补正材料",
            Self::Opinions => "征求意见及反馈",
            Self::Notices => "延期、延迟、收费告知及审批",
            Self::SearchRecord => "检索记录",
            Self::Approval => "审核、签发记录",
            Self::Answer => "答复书及提供的信息",
            Self::ServiceProof => "送达证明",
            Self::Remedies => "复议、诉讼材料",
        }
    }
}

/// By when a file closed on a day is archived: the middle of the next year.
pub fn archived_by(closed: Date) -> Option<Date> {
    let month = ARCHIVED_BY_MONTH.on(closed).ok()?.value;
    let first = Date::new(closed.year().checked_add(1)?, month, 1).ok()?;
    Some(first.last_of_month())
}

impl Closing {
    /// What stands beside requests (更正申请, 投诉, 申诉, 建议), told on a day: it has no archive list, is kept
    /// for [`MATTER_RETENTION`], and remedies against it are over long before (docs/readings/205).
    pub const fn of_matter(told: Date, legal_hold: bool) -> Self {
        Self { closed: told, retention: MATTER_RETENTION, remedies_until: None, legal_hold }
    }

    /// Whether the applicant may be taken out of the file today by these two.
    ///
    /// # Errors
    /// He must stay, and why.
    pub fn may_remove_identity(
        &self,
        today: Date,
        (by, checked_by): (&str, &str),
    ) -> Result<(), MustKeep> {
        if self.legal_hold {
            return Err(MustKeep::LegalHold);
        }
        if let Some(until) = self.remedies_until.filter(|until| today <= *until) {
            return Err(MustKeep::Remedies(until));
        }
        let last = self.retention.ends(self.closed, today).ok_or(MustKeep::Permanent)?;
        if today <= last {
            return Err(MustKeep::Until(last));
        }
        if by == checked_by { Err(MustKeep::OnePerson) } else { Ok(()) }
    }
}
