//! 条件: what must hold for an allow besides role and tie, in the order of `policy/conditions.csv`.

/// A condition of the access policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// 非本人起草.
    NotAuthor,
    /// 未参与前序审查.
    NotPriorReviewer,
    /// 非当事人（回避）.
    NotApplicant,
    /// 非本人账号.
    NotSelf,
    /// 草稿或退回状态.
    DraftState,
    /// 处于本环节.
    InReview,
    /// 已初审.
    AfterReview,
    /// 已保密审查.
    AfterSecrecyReview,
    /// 已合法性审核.
    AfterLegalReview,
    /// 已签发.
    AfterApproval,
    /// 监督委员会已审核.
    AfterSignoff,
    /// 征求已结束.
    AfterConsult,
    /// 已截止.
    AfterClose,
    /// 开放期间.
    WhileOpen,
    /// 法定期限内.
    InTime,
    /// 仅已公开.
    OnlyPublished,
    /// 隐去个人信息.
    Masked,
    /// 仅状态与统计.
    NoContent,
    /// 不含个人信息.
    NoPdata,
    /// 已分办.
    Assigned,
    /// 已发函本机关.
    Addressed,
    /// 本领域.
    OwnDomain,
    /// 属特定群众.
    AudienceMember,
    /// 身份已核验.
    VerifiedIdentity,
    /// 持查询码.
    HolderOfCode,
    /// 须记理由.
    ReasonRecorded,
    /// 重新双因素认证.
    Reauth,
    /// 限频.
    RateLimited,
    /// 仅限被投诉或抽查件.
    OnComplaint,
    /// 仅限本轮抽样.
    SampleOnly,
    /// 未冻结.
    NotFrozen,
    /// 已冻结.
    Frozen,
    /// 令牌范围内.
    ScopedToken,
    /// 签名有效且未重放.
    SignedFresh,
    /// 只删不增.
    RemovalOnly,
    /// 应急情形.
    Emergency,
    /// 当次窗口办理.
    InDeskSession,
    /// 仅清洗副本.
    CleanCopy,
    /// 时间由系统给出.
    NoBackdate,
}

/// Each condition with its word in the policy and what people call it.
const TABLE: [(Condition, &str, &str); 39] = [
    (Condition::NotAuthor, "not_author", "非本人起草"),
    (Condition::NotPriorReviewer, "not_prior_reviewer", "未参与前序审查"),
    (Condition::NotApplicant, "not_applicant", "非当事人（回避）"),
    (Condition::NotSelf, "not_self", "非本人账号"),
    (Condition::DraftState, "draft_state", "草稿或退回状态"),
    (Condition::InReview, "in_review", "处于本环节"),
    (Condition::AfterReview, "after_review", "已初审"),
    (Condition::AfterSecrecyReview, "after_secrecy_review", "已保密审查"),
    (Condition::AfterLegalReview, "after_legal_review", "已合法性审核"),
    (Condition::AfterApproval, "after_approval", "已签发"),
    (Condition::AfterSignoff, "after_signoff", "监督委员会已审核"),
    (Condition::AfterConsult, "after_consult", "征求已结束"),
    (Condition::AfterClose, "after_close", "已截止"),
    (Condition::WhileOpen, "while_open", "开放期间"),
    (Condition::InTime, "in_time", "法定期限内"),
    (Condition::OnlyPublished, "only_published", "仅已公开"),
    (Condition::Masked, "masked", "隐去个人信息"),
    (Condition::NoContent, "no_content", "仅状态与统计"),
    (Condition::NoPdata, "no_pdata", "不含个人信息"),
    (Condition::Assigned, "assigned", "已分办"),
    (Condition::Addressed, "addressed", "已发函本机关"),
    (Condition::OwnDomain, "own_domain", "本领域"),
    (Condition::AudienceMember, "audience_member", "属特定群众"),
    (Condition::VerifiedIdentity, "verified_identity", "身份已核验"),
    (Condition::HolderOfCode, "holder_of_code", "持查询码"),
    (Condition::ReasonRecorded, "reason_recorded", "须记理由"),
    (Condition::Reauth, "reauth", "重新双因素认证"),
    (Condition::RateLimited, "rate_limited", "限频"),
    (Condition::OnComplaint, "on_complaint", "仅限被投诉或抽查件"),
    (Condition::SampleOnly, "sample_only", "仅限本轮抽样"),
    (Condition::NotFrozen, "not_frozen", "未冻结"),
    (Condition::Frozen, "frozen", "已冻结"),
    (Condition::ScopedToken, "scoped_token", "令牌范围内"),
    (Condition::SignedFresh, "signed_fresh", "签名有效且未重放"),
    (Condition::RemovalOnly, "removal_only", "只删不增"),
    (Condition::Emergency, "emergency", "应急情形"),
    (Condition::InDeskSession, "in_desk_session", "当次窗口办理"),
    (Condition::CleanCopy, "clean_copy", "仅清洗副本"),
    (Condition::NoBackdate, "no_backdate", "时间由系统给出"),
];

impl Condition {
    /// All of them, in the order of the policy.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(condition, ..)| *condition)
    }

    /// The condition by its word; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        TABLE.iter().find(|(_, own, _)| *own == word).map(|(condition, ..)| *condition)
    }

    /// Its word in the policy.
    pub fn word(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].2
    }
}
