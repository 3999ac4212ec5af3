//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("assessment.correction", "更正公开质量数字"),
    ("assessment.counting", "公开质量计数"),
    ("assessment.settlement", "公开质量数字定稿"),
];
