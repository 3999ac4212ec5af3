//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("participation.consultation", "公布征求意见公告"),
    ("participation.consultation_draft", "起草征求意见公告"),
    ("participation.consultation_text", "修改征求意见公告"),
    ("participation.consultation_drop", "放弃征求意见公告"),
    ("participation.consultation_submission", "征求意见公告送审"),
    ("participation.consultation_shortening", "批准少于三十日的期限"),
    ("participation.opinion", "收到意见"),
    ("participation.opinion_registration", "登记意见"),
    ("participation.opinion_retraction", "本人撤回意见"),
    ("participation.opinion_contact", "查看提出人联系方式"),
    ("participation.opinion_hiding_proposal", "提请屏蔽违法内容"),
    ("participation.opinion_hiding", "审定屏蔽违法内容"),
    ("participation.opinion_grouping", "归并意见"),
    ("participation.opinion_parting", "拆开归并的意见"),
    ("participation.opinion_answer", "研究意见采纳情况"),
    ("participation.opinion_erasure", "删除到期的提出人信息"),
    ("participation.answers_text", "填写采纳的总体情况和定稿"),
    ("participation.answers_submission", "意见采纳情况送审"),
    ("participation.answers", "公布意见采纳情况"),
    ("participation.answers_correction", "隐去已经公布的意见"),
    ("participation.withdrawal_proposal", "提出撤下征求意见"),
    ("participation.withdrawal", "撤下征求意见"),
    ("participation.withdrawal_refusal", "不撤下征求意见"),
];
