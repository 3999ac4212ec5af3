//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("reports.adjustment", "填写、调整年报数字"),
    ("reports.correction", "更正年报"),
    ("reports.correction_draft", "起草年报更正"),
    ("reports.correction_dropped", "放弃年报更正"),
    ("reports.counting", "年报取数"),
    ("reports.drafting", "修改年报文字"),
    ("reports.explanation", "说明年报的疑点"),
    ("reports.freezing", "年报定稿"),
    ("reports.intake", "补录以前的年报"),
    ("reports.intake_withdrawal", "撤回补录的年报"),
    ("reports.opening", "编制年报"),
    ("reports.publication", "公布年报"),
    ("reports.reminder", "催报年报"),
    ("reports.reopening", "年报退回起草"),
    ("reports.scope", "年报汇总范围"),
    ("reports.submission", "年报送审"),
];
