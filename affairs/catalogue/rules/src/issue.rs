//! What in a read catalogue needs a person's eye, and where it stands.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kinds of fault a reader reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// 公开依据 is empty.
    MissingBasis,
    /// 公开时限 is empty.
    MissingTimeLimit,
    /// 二级事项 is a dash or empty.
    MissingLevel2,
    /// No channel is checked.
    NoChannelChecked,
    /// Both 主动 and 依申请 are ticked.
    BothMethodsTicked,
    /// A document number was damaged and has been repaired; the repair wants checking.
    BadDocumentNumber,
    /// The same item stands above.
    DuplicateItem,
    /// Numbers are left out before this item.
    SequenceGap,
    /// The numbers start again at this item.
    SequenceRestart,
    /// A row has a number and nothing else.
    EmptyRow,
}

impl IssueKind {
    /// What is wrong and what to do, in Chinese, for the clerk who checks the import.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::MissingBasis => "公开依据为空。改法：补充法律、法规、规章或者文件依据。",
            Self::MissingTimeLimit => "公开时限为空。改法：补充时限；没有特别规定的为20个工作日。",
            Self::MissingLevel2 => "二级事项为空。改法：补充名称，或者确认本事项只有一级。",
            Self::NoChannelChecked => "没有勾选任何公开渠道。改法：至少勾选一个渠道。",
            Self::BothMethodsTicked => {
                "同时勾选了主动公开和依申请公开。改法：只保留一种，或者拆成两项。"
            }
            Self::BadDocumentNumber => "文号有缺损，已按常规格式修补。改法：与原文件核对。",
            Self::DuplicateItem => "与上文某一事项重复。改法：核对后删去一行。",
            Self::SequenceGap => "序号不连续，前面可能缺行。改法：与原目录核对。",
            Self::SequenceRestart => "序号从这里重新开始。改法：确认是否另起一组。",
            Self::EmptyRow => "只有序号，没有内容。改法：补充内容或者删去本行。",
        }
    }
}

/// Where in the file something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name of the worksheet, where there is one.
    pub sheet: Option<String>,
    /// Which table or sheet of the file, from 1.
    pub table: usize,
    /// The row of the worksheet, the row of the table, or the line of the text, from 1.
    pub row: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(name) => write!(out, "工作表“{name}”第{}行", self.row),
            None => write!(out, "第{}个表第{}行", self.table, self.row),
        }
    }
}

/// One thing a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// 序号 of the item, as printed.
    pub seq: Option<String>,
    /// 一级事项 of the item.
    pub level1: Option<String>,
    /// 二级事项 of the item.
    pub level2: Option<String>,
    /// What is wrong.
    pub kind: IssueKind,
    /// 领域 of the item.
    #[serde(default)]
    pub domain: Option<String>,
    /// Where it stands in the file.
    #[serde(default)]
    pub place: Place,
}

impl fmt::Display for Issue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.level2.as_deref().or(self.level1.as_deref()).unwrap_or("");
        write!(out, "{}：{}{}", self.place, name, if name.is_empty() { "" } else { "：" })?;
        out.write_str(self.kind.advice())
    }
}
