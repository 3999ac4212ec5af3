//! 不予受理的一步: why something cannot happen to a request now, on which provision, and what to do.

use std::fmt;

use law::{CalendarGap, Date, Provision, WorkingDays};

/// A step that the law does not allow; nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// What was to happen.
    pub act: &'static str,
    /// Why it cannot.
    pub why: Why,
    /// The provision.
    pub basis: Provision,
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The rule was not yet in force on the day of receipt.
    NotInForce,
    /// After the last day for it.
    TooLate(Date),
    /// For the second time without the head's consent, or while the first still waits.
    Again,
    /// The file is closed.
    Closed,
    /// Nothing of the kind was asked for.
    NotAsked,
    /// After the last day, and without good reason.
    Lapsed(Date),
    /// The period of reply ran out on that day.
    PeriodOver(Date),
    /// Not agreed to by the head of the office.
    NotApproved,
    /// More than is left of what may be extended in all.
    OverLimit(WorkingDays),
    /// The day for a delayed reply has been set.
    DelaySet(Date),
    /// By no day at all, or to a day that is not later.
    NotLater,
    /// While a correction or a payment is awaited.
    ApplicantAwaited,
    /// The same opinion is already awaited.
    AlreadyAsked,
    /// A request is received once.
    AlreadyReceived,
    /// It happened before the request was received.
    BeforeReceipt(Date),
    /// It happened before something the file already knows.
    OutOfOrder(Date),
}

/// Why a step failed: the law refuses it, or the calendar does not reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The law refuses it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The calendar does not reach it.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
}

impl Why {
    /// Its word, as tables of cases have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotInForce => "not_in_force",
            Self::TooLate(_) => "too_late",
            Self::Again => "again",
            Self::Closed => "closed",
            Self::NotAsked => "not_asked",
            Self::Lapsed(_) => "lapsed",
            Self::PeriodOver(_) => "period_over",
            Self::NotApproved => "not_approved",
            Self::OverLimit(_) => "over_limit",
            Self::DelaySet(_) => "delay_set",
            Self::NotLater => "not_later",
            Self::ApplicantAwaited => "applicant_awaited",
            Self::AlreadyAsked => "already_asked",
            Self::AlreadyReceived => "already_received",
            Self::BeforeReceipt(_) => "before_receipt",
            Self::OutOfOrder(_) => "out_of_order",
        }
    }

    /// What to do instead.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::NotInForce => "按收到申请之日有效的规定办理",
            Self::TooLate(_) => "原期限继续计算，按现有内容审查答复",
            Self::Again => "请工作机构负责人同意后再发，或者等待已发的一次",
            Self::Closed => "申请人仍有需要的，请其另行提出申请",
            Self::NotAsked => "核对是否记在了别的申请上，或者先登记征求、告知",
            Self::Lapsed(_) => "有正当理由的，记明理由后再登记",
            Self::PeriodOver(_) => "立即答复；已经逾期的事实不因后来的步骤消失",
            Self::NotApproved => "先经政府信息公开工作机构负责人同意，并告知申请人",
            Self::OverLimit(_) => "在剩余的天数以内延长",
            Self::DelaySet(_) => "在已经告知申请人的日子以前答复",
            Self::NotLater => "写一个更晚的日子",
            Self::ApplicantAwaited => "等申请人补正、缴费或者逾期以后再办",
            Self::AlreadyAsked => "等待意见，或者催办",
            Self::AlreadyReceived => "另一份申请请另行登记",
            Self::BeforeReceipt(_) => "核对日期，或者更正收到之日",
            Self::OutOfOrder(_) => "按发生的先后补记",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInForce => out.write_str("收到申请之日尚无此项规定"),
            Self::TooLate(last) => write!(out, "最迟应当在 {last} 告知，已经过了"),
            Self::Again => out.write_str("已经告知过一次"),
            Self::Closed => out.write_str("这份申请已经办结"),
            Self::NotAsked => out.write_str("没有等待中的告知或征求与之对应"),
            Self::Lapsed(last) => write!(out, "期限 {last} 已满，申请视为放弃"),
            Self::PeriodOver(due) => write!(out, "答复期限 {due} 已满"),
            Self::NotApproved => out.write_str("没有经政府信息公开工作机构负责人同意"),
            Self::OverLimit(left) => write!(out, "延长合计超过上限，只剩 {left}"),
            Self::DelaySet(until) => write!(out, "已经告知申请人延迟到 {until} 答复"),
            Self::NotLater => out.write_str("期限没有因此变晚"),
            Self::ApplicantAwaited => out.write_str("正在等待申请人补正或者缴费"),
            Self::AlreadyAsked => out.write_str("已经在征求同一方的意见"),
            Self::AlreadyReceived => out.write_str("收到之日已经登记"),
            Self::BeforeReceipt(received) => write!(out, "早于收到之日 {received}"),
            Self::OutOfOrder(latest) => write!(out, "早于已经登记的 {latest}"),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "不能{}: {}（{}）", self.act, self.why, self.basis)
    }
}

impl std::error::Error for Refused {}
