//! What people call what this room writes into the ledger.

pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("requests.intake", "登记政府信息公开申请"),
    ("requests.letter_text", "修订文书标准文本"),
    ("requests.letter_setting", "修改文书设置"),
    ("requests.several", "多人申请同一信息，提请主动公开"),
    ("requests.draft", "保存填写中的申请"),
    ("requests.draft_handed_in", "提交填写好的申请"),
    ("requests.draft_clearing", "清除过期的填写内容"),
    ("requests.tracking", "申请人查询进度"),
    ("requests.tracking_refusal", "查询码或尾号不对，没有显示"),
    ("requests.suggestion", "建议主动公开"),
    ("requests.suggestion_decision", "处理主动公开的建议"),
];
