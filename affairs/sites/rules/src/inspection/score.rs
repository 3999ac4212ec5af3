//! 扣分指标: what is taken off a hundred points. Three of the figures are published, the others are our reading
//! (docs/readings/232); no item loses more than it has.

use law::{Dated, day, document};

use super::rule::INDICATORS;

/// The four groups of the indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreGroup {
    /// 发布解读.
    Publishing,
    /// 办事服务.
    Services,
    /// 互动交流.
    Interaction,
    /// 功能设计.
    Functions,
}

impl ScoreGroup {
    /// In the words of the indicators.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publishing => "发布解读",
            Self::Services => "办事服务",
            Self::Interaction => "互动交流",
            Self::Functions => "功能设计",
        }
    }
}

/// An item from which points are taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreItem {
    /// 动态要闻.
    News,
    /// 政策文件.
    Policies,
    /// 其他栏目.
    OtherColumns,
    /// 办事指南.
    Guides,
    /// 办理答复.
    Answers,
    /// 网站标识.
    Identity,
    /// 可用性.
    Availability,
    /// “找错”.
    ErrorReports,
    /// 网页标签.
    Tags,
}

/// Tenths of a point: all an item has, and what one spot costs.
#[derive(Clone, Copy)]
struct Points {
    all: u16,
    each: u16,
}

const fn points(all: u16, each: u16) -> Points {
    Points { all, each }
}

macro_rules! dated {
    ($all:expr, $each:expr) => {{
        const POINTS: Dated<Points> =
            Dated::since(&[(day(2019, 4, 1), points($all, $each), document(INDICATORS))]);
        &POINTS
    }};
}

impl ScoreItem {
    /// All of them, in the order of the indicators.
    pub const ALL: [Self; 9] = [
        Self::News,
        Self::Policies,
        Self::OtherColumns,
        Self::Guides,
        Self::Answers,
        Self::Identity,
        Self::Availability,
        Self::ErrorReports,
        Self::Tags,
    ];

    /// In the words of the indicators.
    pub const fn name(self) -> &'static str {
        match self {
            Self::News => "动态要闻",
            Self::Policies => "政策文件",
            Self::OtherColumns => "其他栏目",
            Self::Guides => "办事指南",
            Self::Answers => "办理答复",
            Self::Identity => "网站标识",
            Self::Availability => "可用性",
            Self::ErrorReports => "“找错”",
            Self::Tags => "网页标签",
        }
    }

    /// Its group.
    pub const fn group(self) -> ScoreGroup {
        match self {
            Self::News | Self::Policies | Self::OtherColumns => ScoreGroup::Publishing,
            Self::Guides => ScoreGroup::Services,
            Self::Answers => ScoreGroup::Interaction,
            Self::Identity | Self::Availability | Self::ErrorReports | Self::Tags => {
                ScoreGroup::Functions
            }
        }
    }

    fn points(self) -> &'static Dated<Points> {
        match self {
            Self::News => dated!(50, 50),
            Self::Policies => dated!(50, 50),
            Self::OtherColumns => dated!(80, 20),
            Self::Guides => dated!(100, 10),
            Self::Answers => dated!(50, 10),
            Self::Identity => dated!(40, 10),
            Self::Availability => dated!(50, 1),
            Self::ErrorReports => dated!(20, 20),
            Self::Tags => dated!(40, 2),
        }
    }

    /// What so many spots cost on a day, in tenths of a point; never more than the item has. Before the
    /// indicators took effect nothing.
    pub fn cost(self, spots: usize, today: law::Date) -> u16 {
        let Ok(enacted) = self.points().on(today) else { return 0 };
        let spots = u16::try_from(spots).unwrap_or(u16::MAX);
        spots.saturating_mul(enacted.value.each).min(enacted.value.all)
    }
}

/// What an item lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deduction {
    /// The item.
    pub item: ScoreItem,
    /// For so many spots.
    pub spots: usize,
    /// In tenths of a point.
    pub tenths: u16,
}
