//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("review.submission", "送审"),
    ("review.step", "审查的一步"),
    ("review.publication", "审查完毕并发布"),
    ("review.withdrawal", "撤回送审"),
    ("review.lapse", "审查失效"),
    ("review.scheduling", "定时发布或取消定时"),
    ("review.urgency", "决定应急发布"),
    ("review.alarm", "没有按期补初审"),
    ("review.addition", "加审环节"),
    ("review.pace", "定办理时限"),
    ("review.late_day", "重算补初审期限"),
];
