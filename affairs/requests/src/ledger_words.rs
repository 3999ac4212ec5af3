//! What people call what this room writes into the ledger.

pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("requests.intake", "登记政府信息公开申请"),
    ("requests.letter_text", "修订文书标准文本"),
    ("requests.letter_setting", "修改文书设置"),
    ("requests.several", "多人申请同一信息，提请主动公开"),
];
