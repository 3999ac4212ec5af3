//! 主题分类: twenty-two themes with their second level, as government portals use them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One first-level theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeRow {
    /// Its name.
    pub name: &'static str,
    /// The names of its second level, in order; none for 其他.
    pub seconds: &'static [&'static str],
}

const fn row(name: &'static str, seconds: &'static [&'static str]) -> ThemeRow {
    ThemeRow { name, seconds }
}

/// The twenty-two themes in order.
pub const THEMES: [ThemeRow; 22] = [
    row(
        "国务院组织机构",
        &[
            "国务院",
            "国务院办公厅",
            "组成部门",
            "直属特设机构",
            "直属机构",
            "办事机构",
            "直属事业单位",
            "部委管理的国家局",
            "议事协调机构",
            "其他",
        ],
    ),
    row(
        "综合政务",
        &[
            "政务公开",
            "政务督查",
            "应急管理",
            "电子政务",
            "文秘工作",
            "保密工作",
            "信访",
            "参事、文史",
            "其他",
        ],
    ),
    row(
        "国民经济管理、国有资产监管",
        &["宏观经济", "经济体制改革", "统计", "物价", "国有资产监管", "重大建设项目", "其他"],
    ),
    row(
        "财政、金融、审计",
        &[
            "财政",
            "税务",
            "银行",
            "货币（含外汇）",
            "证券",
            "保险",
            "社会信用体系建设",
            "审计",
            "其他",
        ],
    ),
    row(
        "国土资源、能源",
        &["土地", "矿产", "水资源", "海洋", "煤炭", "石油与天然气", "电力", "其他"],
    ),
    row("农业、林业、水利", &["农业、畜牧业、渔业", "林业", "水利", "其他"]),
    row(
        "工业、交通",
        &[
            "机械制造与重工业",
            "轻工纺织",
            "化工",
            "国防工业",
            "航天、航空",
            "信息产业（含电信）",
            "公路",
            "水运",
            "铁路",
            "民航",
            "邮政",
            "其他",
        ],
    ),
    row(
        "商贸、海关、旅游",
        &["对外经贸合作", "国内贸易（含供销）", "海关", "检验、检疫", "旅游", "其他"],
    ),
    row(
        "市场监管、安全生产监管",
        &["工商", "质量监督", "标准", "食品药品监管", "安全生产监管", "其他"],
    ),
    row(
        "城乡建设、环境保护",
        &[
            "城市规划",
            "城乡建设（含住房）",
            "环境监测、保护与治理",
            "节能与资源综合利用",
            "气象、水文、测绘、地震",
            "其他",
        ],
    ),
    row("科技、教育", &["科技", "教育", "知识产权", "其他"]),
    row("文化、广电、新闻出版", &["文化", "文物", "新闻出版", "广播、电影、电视", "其他"]),
    row("卫生、体育", &["卫生", "医药管理", "体育", "其他"]),
    row("人口与计划生育、妇女儿童工作", &["人口与计划生育", "妇女儿童", "其他"]),
    row(
        "劳动、人事、监察",
        &["劳动就业", "社会保障", "人事工作", "军转安置", "监察", "纠正行业不正之风", "其他"],
    ),
    row("公安、安全、司法", &["公安", "国家安全", "司法", "其他"]),
    row(
        "民政、扶贫、救灾",
        &["减灾救灾", "优抚安置", "社会福利", "行政区划与地名", "社团管理", "扶贫", "其他"],
    ),
    row("民族、宗教", &["民族事务", "宗教事务"]),
    row("对外事务", &["外交、外事", "国际条约、国际组织", "其他"]),
    row("港澳台侨工作", &["港澳工作", "对台工作", "侨务工作"]),
    row("国防", &["国防建设", "国防动员"]),
    row("其他", &[]),
];

/// A theme, and its second level where one is given: 综合政务/政务公开.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Theme {
    first: u8,
    second: Option<u8>,
}

/// A theme that is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownTheme {
    /// No such first level.
    #[error("主题分类没有“{0}”这一类")]
    First(String),
    /// No such second level under that first.
    #[error("主题分类“{first}”之下没有“{second}”")]
    Second {
        /// The first level.
        first: &'static str,
        /// What was given as its second.
        second: String,
    },
}

impl UnknownTheme {
    /// What to do about it: the names that are accepted in that place.
    pub fn remedy(&self) -> String {
        let names: Vec<_> = match self {
            Self::First(_) => THEMES.iter().map(|row| row.name).collect(),
            Self::Second { first, .. } => THEMES
                .iter()
                .find(|row| row.name == *first)
                .map(|row| row.seconds.to_vec())
                .unwrap_or_default(),
        };
        format!("写成“一级/二级”，从下列各项中选: {}", names.join("；"))
    }
}

impl Theme {
    /// The first level's name.
    pub fn first(self) -> &'static str {
        THEMES[usize::from(self.first)].name
    }

    /// The second level's name.
    pub fn second(self) -> Option<&'static str> {
        let seconds = THEMES[usize::from(self.first)].seconds;
        self.second.map(|second| seconds[usize::from(second)])
    }

    /// The places in the table, from 1; 0 where there is no second level. Four digits of them, 0201,
    /// stand for 信息类别 in an index number where an organ has no list of categories of its own
    /// (docs/readings/007).
    pub const fn category(self) -> u16 {
        let second = match self.second {
            Some(second) => second as u16 + 1,
            None => 0,
        };
        (self.first as u16 + 1) * 100 + second
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.first())?;
        self.second().map_or(Ok(()), |second| write!(out, "/{second}"))
    }
}

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let even = text.replace(['／', '>', '＞', '\\'], "/");
        let (first, second) = match even.split_once('/') {
            Some((first, second)) => (first.trim(), Some(second.trim())),
            None => (even.trim(), None),
        };
        let place = THEMES
            .iter()
            .position(|row| row.name == first)
            .ok_or_else(|| UnknownTheme::First(first.to_owned()))?;
        let row = &THEMES[place];
        let second = second.filter(|second| !second.is_empty()).map(|second| {
            row.seconds
                .iter()
                .position(|name| *name == second)
                .ok_or_else(|| UnknownTheme::Second { first: row.name, second: second.to_owned() })
        });
        let narrow = |place| u8::try_from(place).expect("the table has fewer than 256 rows");
        Ok(Self { first: narrow(place), second: second.transpose()?.map(narrow) })
    }
}

impl TryFrom<String> for Theme {
    type Error = UnknownTheme;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Theme> for String {
    fn from(theme: Theme) -> Self {
        theme.to_string()
    }
}
