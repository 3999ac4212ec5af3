//! 解读要素: what an interpretation speaks of (国办发〔2016〕80号; the nine of docs/readings/282).

use serde::{Deserialize, Serialize};

/// One thing an interpretation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentElement {
    /// 背景依据.
    Background,
    /// 目标任务.
    Aims,
    /// 主要内容.
    Substance,
    /// 适用范围.
    Scope,
    /// 执行标准.
    Standards,
    /// 注意事项.
    Cautions,
    /// 关键词诠释.
    Terms,
    /// 惠民利企举措.
    Benefits,
    /// 新旧政策差异.
    Differences,
}

impl ContentElement {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Background,
        Self::Aims,
        Self::Substance,
        Self::Scope,
        Self::Standards,
        Self::Cautions,
        Self::Terms,
        Self::Benefits,
        Self::Differences,
    ];

    /// As it is named.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Background => "背景依据",
            Self::Aims => "目标任务",
            Self::Substance => "主要内容",
            Self::Scope => "适用范围",
            Self::Standards => "执行标准",
            Self::Cautions => "注意事项",
            Self::Terms => "关键词诠释",
            Self::Benefits => "惠民利企举措",
            Self::Differences => "新旧政策差异",
        }
    }

    /// Words any one of which tells that a text speaks of it.
    const fn signs(self) -> &'static [&'static str] {
        match self {
            Self::Background => &["背景", "依据", "为什么", "出台的原因", "为何"],
            Self::Aims => &["目标", "任务", "目的", "要达到"],
            Self::Substance => &["主要内容", "主要举措", "重点内容", "规定了什么", "哪些内容"],
            Self::Scope => &["适用范围", "适用对象", "适用于", "哪些人", "谁可以", "对象"],
            Self::Standards => &["标准", "条件", "怎么算", "额度", "比例"],
            Self::Cautions => &["注意", "提醒", "期限", "截止", "不得"],
            Self::Terms => &["名词", "关键词", "是指", "是什么意思", "术语"],
            Self::Benefits => &["惠民", "利企", "便民", "补贴", "减免", "优惠", "好处"],
            Self::Differences => &["新旧", "与原", "原政策", "变化", "有什么不同", "修改了"],
        }
    }

    /// Whether every interpretation speaks of it; the rest where there is something to say. Where a document takes
    /// the place of another, what is new is said (docs/readings/282).
    pub const fn is_due(self, takes_a_place: bool) -> bool {
        match self {
            Self::Background | Self::Aims | Self::Substance => true,
            Self::Differences => takes_a_place,
            _ => false,
        }
    }

    /// Those that a text speaks of, in order.
    pub fn spoken_of(text: &str) -> Vec<Self> {
        let speaks = |one: &Self| one.signs().iter().any(|sign| text.contains(sign));
        Self::ALL.into_iter().filter(speaks).collect()
    }

    /// Those that are due and that none of these texts speaks of, in order.
    pub fn lacking(text: &str, takes_a_place: bool) -> Vec<Self> {
        let spoken = Self::spoken_of(text);
        let due = Self::ALL.into_iter().filter(|one| one.is_due(takes_a_place));
        due.filter(|one| !spoken.contains(one)).collect()
    }
}
