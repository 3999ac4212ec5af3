//! What visitors see of a site itself: its home page, the five parts of 政府信息公开, organs,
//! villages, search, and the pages every government site must have.

pub mod application;
pub mod column;
pub mod entries;
pub mod feed;
pub mod guide;
pub mod home;
pub mod machines;
pub mod organs;
pub mod regimes;
pub mod report;
mod rows;
pub mod search;
pub mod sitemap;
pub mod statements;
mod tree;
pub mod villages;

use identity::Level;
use sites_rules::Tier;
use web::layout::ColumnTags;

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

/// A value for a query, percent-encoded.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one =
        |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// The path with the given parameters, leaving out empty ones.
pub(crate) fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> =
        given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn an_address_carries_only_what_was_asked() {
        let table = [
            (vec![("q", ""), ("year", "")], "/sousuo"),
            (vec![("q", "低保"), ("year", "2026")], "/sousuo?q=%E4%BD%8E%E4%BF%9D&year=2026"),
            (vec![("q", "a&b=c")], "/sousuo?q=a%26b%3Dc"),
        ];
        for (parameters, address) in table {
            assert_eq!(with_query("/sousuo", &parameters), address);
        }
    }
}
