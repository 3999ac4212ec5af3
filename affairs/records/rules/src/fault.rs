//! What is wrong with a document's particulars, for the person who can mend it.

use std::fmt;

use serde::Serialize;

/// One thing that is wrong, what to do about it, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The particular it concerns.
    pub field: Field,
    /// The line of the file, from 1, where it was read from one.
    pub line: Option<usize>,
    /// Whether it stands in the way.
    pub weight: Weight,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub remedy: String,
}

/// Whether a fault stands in the way of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// To be looked at; it may be right.
    Doubt,
    /// To be mended first.
    Error,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $label:literal,)*) => {
        /// The particulars of a document, by the labels of the page and of the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// Every particular.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its label.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)*
                }
            }
        }
    };
}

fields! {
    /// 标题.
    Title = "标题",
    /// 文号.
    Number = "文号",
    /// 索引号.
    Index = "索引号",
    /// 发布机构.
    Publisher = "发布机构",
    /// 成文日期.
    MadeOn = "成文日期",
    /// 原发布日期.
    OriginalDay = "原发布日期",
    /// 原发布日期来源.
    OriginalSource = "原发布日期来源",
    /// 主题分类.
    Theme = "主题分类",
    /// 体裁.
    Genre = "体裁",
    /// 公开属性.
    Openness = "公开属性",
    /// 属性依据: why a document is 依申请公开.
    OpennessGround = "属性依据",
    /// 复核日期: when what is withheld is assessed again.
    ReviewOn = "复核日期",
    /// 公开范围.
    Reach = "公开范围",
    /// 公开理由.
    ReachReason = "公开理由",
    /// 原来的文本: whether a correction lets what was said before be shown still.
    Former = "原来的文本",
    /// 施行日期.
    InForceFrom = "施行日期",
    /// 规范性文件: 是 where it is one, which needs 合法性审核.
    Normative = "规范性文件",
    /// 有效期至.
    LastDay = "有效期至",
    /// 废止日期.
    RepealedFrom = "废止日期",
    /// 废止依据.
    RepealedBy = "废止依据",
    /// 修改日期.
    AmendedFrom = "修改日期",
    /// 修改依据.
    AmendedBy = "修改依据",
    /// 部分失效日期.
    PartlyVoidFrom = "部分失效日期",
    /// 公示截止日期: the last day on which a list of persons is shown.
    ShownUntil = "公示截止日期",
    /// 法定公开事项.
    Statutory = "法定公开事项",
    /// 目录事项.
    Item = "目录事项",
    /// 来源.
    Source = "来源",
    /// 产生方式.
    Provenance = "产生方式",
    /// 保管单位.
    Keeper = "保管单位",
    /// 保管期限.
    Retention = "保管期限",
    /// 演示数据.
    Demo = "演示数据",
    /// 正文.
    Body = "正文",
    /// The file as a whole.
    File = "文件",
}

impl Fault {
    /// A fault that stands in the way.
    pub fn error(field: Field, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        let (message, remedy) = (message.into(), remedy.into());
        Self { field, line: None, weight: Weight::Error, message, remedy }
    }

    /// Something to be looked at.
    pub fn doubt(field: Field, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { weight: Weight::Doubt, ..Self::error(field, message, remedy) }
    }

    /// The same, found on that line of a file.
    #[must_use]
    pub const fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, message, remedy, .. } = self;
        let word = match self.weight {
            Weight::Doubt => "请核对",
            Weight::Error => "错误",
        };
        match line {
            Some(line) => write!(out, "{word}: 第{line}行 {message}\n改法: {remedy}"),
            None => write!(out, "{word}: {message}\n改法: {remedy}"),
        }
    }
}
