//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("interpretation.beginning", "新写解读材料"),
    ("interpretation.checking", "核对更正以后的解读"),
    ("interpretation.decision", "认定不解读或者随后解读"),
    ("interpretation.deletion", "删去解读材料"),
    ("interpretation.judgement", "认定是否解读"),
    ("interpretation.overdue", "解读逾期"),
    ("interpretation.plan", "编制解读方案"),
    ("interpretation.publication", "发布解读"),
    ("interpretation.pull_proposal", "提出撤下解读"),
    ("interpretation.pull_refusal", "不同意撤下解读"),
    ("interpretation.renewal", "重算解读最迟的日子"),
    ("interpretation.replacement", "解读由新的代替"),
    ("interpretation.restoration", "恢复解读"),
    ("interpretation.settlement", "解读方案随文件发布"),
    ("interpretation.submission", "解读送审"),
    ("interpretation.withdrawal", "下线解读"),
    ("interpretation.writing", "编写解读材料"),
];
