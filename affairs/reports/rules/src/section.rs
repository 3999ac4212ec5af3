//! 年度报告的六个部分: fixed titles in a fixed order (国办公开办函〔2021〕30号).

use serde::{Deserialize, Serialize};

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 一、总体情况.
    Overview,
    /// 二、主动公开政府信息情况: table 2.
    Proactive,
    /// 三、收到和处理政府信息公开申请情况: table 3.
    Requests,
    /// 四、政府信息公开行政复议、行政诉讼情况: table 4.
    Remedies,
    /// 五、存在的主要问题及改进情况.
    Problems,
    /// 六、其他需要报告的事项.
    Other,
}

/// What a section in prose must speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 主动公开.
    ProactiveWork,
    /// 依申请公开.
    RequestWork,
    /// 政府信息管理.
    Management,
    /// 政府信息公开平台建设.
    Platform,
    /// 监督保障.
    Supervision,
    /// 工作考核、社会评议、责任追究结果, for governments (条例第五十条).
    Assessment,
    /// 主要问题.
    Problem,
    /// 改进情况.
    Improvement,
    /// 收取信息处理费情况, also where there was none.
    ProcessingFee,
}

impl Section {
    /// All, in their order.
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::Proactive,
        Self::Requests,
        Self::Remedies,
        Self::Problems,
        Self::Other,
    ];

    /// Its word, by which its prose is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Proactive => "proactive",
            Self::Requests => "requests",
            Self::Remedies => "remedies",
            Self::Problems => "problems",
            Self::Other => "other",
        }
    }

    /// Its title, with its numeral.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overview => "一、总体情况",
            Self::Proactive => "二、主动公开政府信息情况",
            Self::Requests => "三、收到和处理政府信息公开申请情况",
            Self::Remedies => "四、政府信息公开行政复议、行政诉讼情况",
            Self::Problems => "五、存在的主要问题及改进情况",
            Self::Other => "六、其他需要报告的事项",
        }
    }

    /// What it must speak of; a government's report also of 考核、评议、追责. Sections of tables have
    /// no topics.
    pub const fn topics(self, of_government: bool) -> &'static [Topic] {
        match (self, of_government) {
            (Self::Overview, false) => &[
                Topic::ProactiveWork,
                Topic::RequestWork,
                Topic::Management,
                Topic::Platform,
                Topic::Supervision,
            ],
            (Self::Overview, true) => &[
                Topic::ProactiveWork,
                Topic::RequestWork,
                Topic::Management,
                Topic::Platform,
                Topic::Supervision,
                Topic::Assessment,
            ],
            (Self::Problems, _) => &[Topic::Problem, Topic::Improvement],
            (Self::Other, _) => &[Topic::ProcessingFee],
            (Self::Proactive | Self::Requests | Self::Remedies, _) => &[],
        }
    }

    /// Whether it is a table.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Proactive | Self::Requests | Self::Remedies)
    }
}

impl Topic {
    /// All, in the order of the report.
    pub const ALL: [Self; 9] = [
        Self::ProactiveWork,
        Self::RequestWork,
        Self::Management,
        Self::Platform,
        Self::Supervision,
        Self::Assessment,
        Self::Problem,
        Self::Improvement,
        Self::ProcessingFee,
    ];

    /// Its word, by which its prose is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ProactiveWork => "proactive_work",
            Self::RequestWork => "request_work",
            Self::Management => "management",
            Self::Platform => "platform",
            Self::Supervision => "supervision",
            Self::Assessment => "assessment",
            Self::Problem => "problem",
            Self::Improvement => "improvement",
            Self::ProcessingFee => "processing_fee",
        }
    }

    /// What the report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProactiveWork => "主动公开",
            Self::RequestWork => "依申请公开",
            Self::Management => "政府信息管理",
            Self::Platform => "政府信息公开平台建设",
            Self::Supervision => "监督保障",
            Self::Assessment => "工作考核、社会评议、责任追究结果",
            Self::Problem => "存在的主要问题",
            Self::Improvement => "改进情况",
            Self::ProcessingFee => "收取信息处理费情况",
        }
    }
}
