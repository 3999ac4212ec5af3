//! A record of any room as a row of a list.

use web::components::{self, Tag};
use web::{Row, Site};

/// The row for a record: its 发布日期 on this platform at the right, and 原发布日期 among the
/// facts where a source gives one.
pub(crate) fn row(site: &Site, record: Row) -> components::Row {
    let mut row =
        components::Row::new(record.title, site.link(&record.path)).dated(record.published_on);
    if let Some(validity) = record.validity {
        row = row.tag(validity_tag(&validity));
    }
    if record.demo {
        row = row.tag(Tag::info("演示数据"));
    }
    let original = record.original_on.map(|day| format!("原发布日期 {day}（来源载明）"));
    row.fact(record.number.unwrap_or_default())
        .fact(record.organ)
        .fact(original.unwrap_or_default())
}

/// 有效性 as a mark.
pub(crate) fn validity_tag(word: &str) -> Tag {
    match word {
        "有效" | "现行有效" => Tag::in_force(),
        "失效" | "废止" => Tag::void(word),
        word if word.contains("部分") || word.contains("到期") => Tag::warn(word),
        word => Tag::info(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_longer_holds_is_struck_out() {
        let table = [
            ("失效", "void"),
            ("废止", "void"),
            ("部分失效", "warn"),
            ("2026-12-31 到期", "warn"),
            ("已修改", "info"),
            ("有效", "ok"),
        ];
        for (word, class) in table {
            assert!(validity_tag(word).to_string().contains(&format!("tag {class}")), "{word}");
        }
    }
}
