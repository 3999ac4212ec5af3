//! 事项类型 of powers, and the stage of 五公开 to which a power or an item most likely belongs
//! (docs/readings/027). A stage is a suggestion for grouping and never decides anything.

use crate::reading::text::bare;
use crate::{Item, Stage};

/// The kinds in the order in which lists have them, each with other names and its usual stage.
const KINDS: [(&str, &[&str], Stage); 14] = [
    ("行政许可", &["许可", "行政审批"], Stage::Management),
    ("行政处罚", &["处罚"], Stage::Management),
    ("行政强制", &["强制"], Stage::Management),
    ("行政征收", &["征收"], Stage::Execution),
    ("行政给付", &["给付"], Stage::Service),
    ("行政检查", &["行政监督检查", "监督检查", "检查", "行政监督"], Stage::Management),
    ("行政确认", &["确认"], Stage::Management),
    ("行政奖励", &["奖励"], Stage::Result),
    ("行政裁决", &["裁决"], Stage::Result),
    ("行政征用", &["征用"], Stage::Execution),
    ("行政规划", &["规划", "行政决策"], Stage::Decision),
    ("公共服务", &["行政服务", "便民服务", "服务事项", "公共服务事项"], Stage::Service),
    (
        "其他行政权力",
        &["其他权力", "其他职权", "其他行政职权", "其他行政权利", "其他"],
        Stage::Management,
    ),
    ("审核转报", &["行政审核", "转报"], Stage::Management),
];

/// The kind that a cell or a heading names; numbers and counts around it do not matter.
pub fn kind_written(text: &str) -> Option<&'static str> {
    let plain = bare(text);
    let exact =
        KINDS.iter().find(|(name, others, _)| *name == plain || others.contains(&plain.as_str()));
    let within = || KINDS.iter().find(|(name, _, _)| plain.contains(name));
    exact.or_else(within).map(|(name, _, _)| *name)
}

/// The stage to which powers of a kind usually belong.
pub fn stage_of_kind(kind: &str) -> Stage {
    let found = KINDS.iter().find(|(name, _, _)| *name == kind);
    found.map_or(Stage::Management, |(_, _, stage)| *stage)
}

/// Words in an item's names by which its stage is told, the first that fits.
const TELLING: [(&[&str], Stage); 5] = [
    (
        &["指南", "办事", "服务", "申请", "办理", "申报", "救助", "补贴", "补助", "查询", "咨询"],
        Stage::Service,
    ),
    (&["结果", "名单", "公示", "决算", "评价", "考核", "年报", "总结"], Stage::Result),
    (&["决策", "规划", "方案", "意见征集", "征求意见", "听证", "预案", "计划"], Stage::Decision),
    (&["许可", "处罚", "强制", "检查", "监管", "监督", "执法", "抽检"], Stage::Management),
    (&["实施", "执行", "项目", "征收", "资金", "分配", "采购"], Stage::Execution),
];

/// The stage of an item: as the catalogue states it, else by the words of its names.
pub fn stage_of_item(item: &Item) -> Stage {
    if let Some(stage) = item.stage {
        return stage;
    }
    let names = [&item.level3, &item.level2, &item.level1];
    let told = names.into_iter().flatten().find_map(|name| {
        let fits = |words: &[&str]| words.iter().any(|word| name.contains(word));
        TELLING.iter().find(|(words, _)| fits(words)).map(|(_, stage)| *stage)
    });
    told.unwrap_or(Stage::Management)
}
