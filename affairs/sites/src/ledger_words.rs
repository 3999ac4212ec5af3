//! What people call what this room writes into the ledger, for whoever audits it.

/// `room.act`, and the words.
pub(crate) const ACT_NAMES: &[(&str, &str)] = &[
    ("sites.establishment", "开设站点"),
    ("sites.unmet", "记下没有找到的需要"),
    ("sites.particulars", "修改站点资料"),
    ("sites.column", "设置栏目"),
    ("sites.register", "登记其他平台上的咨询、办事指南和新媒体"),
    ("sites.short_link", "生成短链接"),
    ("sites.visits", "记下访问量"),
    ("sites.inspection", "日常检查"),
    ("sites.inspection_request", "要求现在检查"),
    ("sites.inspection_failure", "日常检查没有做完"),
    ("sites.message", "收到找错或评价"),
    ("sites.message_answer", "答复找错或评价"),
    ("sites.message_transfer", "转办找错或评价"),
    ("sites.message_extension", "延长答复找错或评价"),
    ("sites.message_closing", "办结找错或评价"),
    ("sites.message_erasure", "删除到期的找错或评价内容"),
    ("sites.paper_draft", "起草指南或者目录"),
    ("sites.paper_text", "修改指南或者目录"),
    ("sites.paper_submission", "指南或者目录送审"),
    ("sites.paper_drop", "放弃指南或者目录的草稿"),
    ("sites.paper", "公布指南或者目录"),
];
