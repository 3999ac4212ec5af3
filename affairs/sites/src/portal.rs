//! What visitors see of a site itself: its home page, the five parts of 政府信息公开, organs,
//! villages, search, and the pages every government site must have.

pub mod application;
pub mod column;
pub mod entries;
pub mod feed;
pub mod guide;
pub mod home;
pub mod machines;
pub mod message;
pub mod organs;
pub mod paper;
pub mod regimes;
mod register;
pub mod report;
pub mod scoped;
pub mod search;
pub mod short;
pub mod sitemap;
pub mod statements;
mod tree;
pub mod villages;

use identity::Level;
use sites_rules::Tier;
use web::layout::ColumnTags;

pub(crate) use tree::column_path;

/// The five parts of 政府信息公开 in the order of 国办公开办函〔2019〕61号, each with its address below
/// a site.
pub(crate) const FIVE_PARTS: [(&str, &str); 5] = [
    ("政府信息公开指南", "/gongkai/zhinan"),
    ("政府信息公开制度", "/gongkai/zhidu"),
    ("法定主动公开内容", "/gongkai/fading"),
    ("政府信息公开年报", "/gongkai/nianbao"),
    ("依申请公开", "/shenqing"),
];

/// The duties of a level.
pub(crate) fn tier(level: Level) -> Tier {
    match level {
        Level::City | Level::District => Tier::CityOrCounty,
        Level::Township | Level::Village => Tier::Town,
    }
}

/// Tags of a column page.
pub(crate) fn tags(name: &str, description: &str, keywords: &str, kind: &str) -> ColumnTags {
    ColumnTags {
        name: name.into(),
        description: description.into(),
        keywords: keywords.into(),
        kind: kind.into(),
    }
}
