//! 角色: what a person may be at a post. Who may do what is written in `policy/`, role by role.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A role of the access policy, in the order of `policy/roles.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 公众（未登录）.
    Visitor,
    /// 依申请公开申请人.
    Applicant,
    /// 实名注册用户.
    Citizen,
    /// 第三方（权益相关人）.
    ThirdParty,
    /// 村（居）信息员.
    VillageClerk,
    /// 村务监督委员会成员.
    VillageSupervisor,
    /// 经办人.
    Drafter,
    /// 初审人（业务科室负责人）.
    Reviewer,
    /// 保密审查员.
    SecrecyReviewer,
    /// 签发人（负责人）.
    Approver,
    /// 发布员.
    Publisher,
    /// 依申请公开经办人.
    FoiOfficer,
    /// 公开工作机构负责人.
    FoiHead,
    /// 合法性审核人员.
    LegalReviewer,
    /// 目录编制员.
    CatalogueEditor,
    /// 领域主管部门联络员.
    DomainLead,
    /// 办事指南编辑.
    GuideEditor,
    /// 政务新媒体运维人员.
    ChannelOperator,
    /// 政务公开专区窗口人员.
    HallClerk,
    /// 公众参与组织人员.
    ParticipationOrganiser,
    /// 互动交流办理人员.
    SuggestionHandler,
    /// 第三方评估员.
    Evaluator,
    /// 政务公开办（主管部门）.
    SupervisionOffice,
    /// 系统管理员.
    SystemAdmin,
    /// 安全管理员.
    SecurityAdmin,
    /// 审计管理员.
    AuditAdmin,
    /// 审计员（只读）.
    Auditor,
    /// 接口读取方.
    ApiClient,
    /// 协作系统回调.
    PartnerWebhook,
}

/// Which side of the counter a role stands on; it decides in which ties the role can stand at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 公众.
    Public,
    /// 村（居）.
    Village,
    /// 行政机关工作人员.
    Staff,
    /// 第三方.
    Outside,
    /// 三员.
    Admin,
    /// 监督、审计.
    Oversight,
    /// 程序.
    Machine,
}

/// Each role with its word in the policy, what people call it, and its side.
const TABLE: [(Role, &str, &str, Side); 29] = [
    (Role::Visitor, "visitor", "公众（未登录）", Side::Public),
    (Role::Applicant, "applicant", "依申请公开申请人", Side::Public),
    (Role::Citizen, "citizen", "实名注册用户", Side::Public),
    (Role::ThirdParty, "third_party", "第三方（权益相关人）", Side::Public),
    (Role::VillageClerk, "village_clerk", "村（居）信息员", Side::Village),
    (Role::VillageSupervisor, "village_supervisor", "村务监督委员会成员", Side::Village),
    (Role::Drafter, "drafter", "经办人", Side::Staff),
    (Role::Reviewer, "reviewer", "初审人（业务科室负责人）", Side::Staff),
    (Role::SecrecyReviewer, "secrecy_reviewer", "保密审查员", Side::Staff),
    (Role::Approver, "approver", "签发人（负责人）", Side::Staff),
    (Role::Publisher, "publisher", "发布员", Side::Staff),
    (Role::FoiOfficer, "foi_officer", "依申请公开经办人", Side::Staff),
    (Role::FoiHead, "foi_head", "公开工作机构负责人", Side::Staff),
    (Role::LegalReviewer, "legal_reviewer", "合法性审核人员", Side::Staff),
    (Role::CatalogueEditor, "catalogue_editor", "目录编制员", Side::Staff),
    (Role::DomainLead, "domain_lead", "领域主管部门联络员", Side::Staff),
    (Role::GuideEditor, "guide_editor", "办事指南编辑", Side::Staff),
    (Role::ChannelOperator, "channel_operator", "政务新媒体运维人员", Side::Staff),
    (Role::HallClerk, "hall_clerk", "政务公开专区窗口人员", Side::Staff),
    (Role::ParticipationOrganiser, "participation_organiser", "公众参与组织人员", Side::Staff),
    (Role::SuggestionHandler, "suggestion_handler", "互动交流办理人员", Side::Staff),
    (Role::Evaluator, "evaluator", "第三方评估员", Side::Outside),
    (Role::SupervisionOffice, "supervision_office", "政务公开办（主管部门）", Side::Staff),
    (Role::SystemAdmin, "system_admin", "系统管理员", Side::Admin),
    (Role::SecurityAdmin, "security_admin", "安全管理员", Side::Admin),
    (Role::AuditAdmin, "audit_admin", "审计管理员", Side::Admin),
    (Role::Auditor, "auditor", "审计员（只读）", Side::Oversight),
    (Role::ApiClient, "api_client", "接口读取方", Side::Machine),
    (Role::PartnerWebhook, "partner_webhook", "协作系统回调", Side::Machine),
];

impl Role {
    /// All of them, in the order of the policy.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(role, ..)| *role)
    }

    /// The role by its word in the policy; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        TABLE.iter().find(|(_, own, ..)| *own == word).map(|(role, ..)| *role)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, Side) {
        // The table holds the variants in their order; a test says so.
        &TABLE[self as usize]
    }

    /// Its word in the policy and in our tables.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// Which side of the counter it stands on.
    pub fn side(self) -> Side {
        self.row().3
    }

    /// Whether a post can hold it: the public and programs have none.
    pub fn is_of_a_post(self) -> bool {
        !matches!(self.side(), Side::Public | Side::Machine)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_by_the_word_it_prints() {
        for (at, role) in Role::all().enumerate() {
            assert_eq!((role as usize, Role::parse(role.word())), (at, Some(role)));
        }
        assert_eq!(Role::all().count(), 29);
        assert_eq!(Role::parse("admin"), None);
    }
}
