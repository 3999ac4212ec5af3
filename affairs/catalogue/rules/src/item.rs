//! One row of a 标准目录 as data, and a catalogue as it was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Channel, Issue, TimeLimit};

/// 公开对象: whom the information is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// 全社会: anyone.
    #[serde(rename = "全社会")]
    WholeSociety,
    /// 特定群体 (特定群众): a named group; such items are not put on the open web.
    #[serde(rename = "特定群体")]
    CertainGroup,
}

/// 公开方式 (条例第十三条第二款).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// 主动公开.
    #[serde(rename = "主动")]
    Proactive,
    /// 依申请公开.
    #[serde(rename = "依申请")]
    OnRequest,
}

/// 公开层级: the label of a level column as the catalogue prints it, such as 县级 or 乡、村级.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub String);

/// 五公开: the stage of administration an item belongs to, in the usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// 决策公开.
    #[serde(rename = "决策")]
    Decision,
    /// 执行公开.
    #[serde(rename = "执行")]
    Execution,
    /// 管理公开.
    #[serde(rename = "管理")]
    Management,
    /// 服务公开.
    #[serde(rename = "服务")]
    Service,
    /// 结果公开.
    #[serde(rename = "结果")]
    Result,
}

impl Stage {
    /// The stages in their usual order.
    pub const ALL: [Self; 5] =
        [Self::Decision, Self::Execution, Self::Management, Self::Service, Self::Result];

    /// The stage in Chinese, without 公开.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decision => "决策",
            Self::Execution => "执行",
            Self::Management => "管理",
            Self::Service => "服务",
            Self::Result => "结果",
        }
    }
}

/// 公开事项: one item of a 标准目录.
///
/// The JSON form is the form in which items are exchanged and stored; it comes back byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// 序号 as printed; one number may serve several items. `None` where there is no such column.
    pub seq: Option<String>,
    /// 一级事项, without a number in front.
    pub level1: Option<String>,
    /// 二级事项; `None` where only a dash stands.
    pub level2: Option<String>,
    /// 三级事项, in the few catalogues that have it.
    pub level3: Option<String>,
    /// 公开内容（要素）, one entry for each part.
    pub elements: Vec<String>,
    /// 公开依据: title in 《》 with the document number in （） where given.
    pub basis: Vec<String>,
    /// 公开时限 as printed; empty where nothing stands.
    pub time_limit_raw: String,
    /// 公开时限 as data; `None` where nothing stands.
    pub time_limit: Option<TimeLimit>,
    /// 公开主体.
    pub subjects: Vec<String>,
    /// 公开渠道和载体: only those checked, by their standard names.
    pub channels: Vec<Channel>,
    /// The named platforms behind 其他, separated by 、.
    pub channels_other: Option<String>,
    /// 公开对象.
    pub audience: Vec<Audience>,
    /// The words beside or instead of the tick, such as 利害关系人.
    pub audience_note: Option<String>,
    /// 公开方式.
    pub methods: Vec<Method>,
    /// 公开层级; `None` where the catalogue has no such columns.
    pub levels: Option<Vec<Level>>,
    /// 领域.
    #[serde(default)]
    pub domain: Option<String>,
    /// 五公开, where the catalogue states it.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The columns that the standard does not know (来源地区, 来源网址, 备注 …), by their headings.
    /// The reader puts every such column here, so that nothing of a row is lost.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A catalogue as read out of one published file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCatalogue {
    /// The title, without a number in front.
    pub title: Option<String>,
    /// The domain, if the whole file belongs to one.
    pub domain: Option<String>,
    /// The place the title names.
    pub region_hint: Option<String>,
    /// The labels of the 公开层级 columns, in order.
    pub level_columns: Vec<String>,
    /// The items in the order of the file.
    pub items: Vec<Item>,
    /// What a person should look at, in the order of the file.
    pub issues: Vec<Issue>,
}
