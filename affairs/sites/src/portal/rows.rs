//! A record of any room as a row of a list.

use web::components::{self, Tag};
use web::{Row, Site};

/// The row for a record, with the date that matters to a reader: 原发布日期 where the source gives
/// one, and otherwise the platform's own.
pub(crate) fn row(site: &Site, record: Row) -> components::Row {
    let date = record.original_on.as_ref().unwrap_or(&record.published_on).clone();
    let mut row = components::Row::new(record.title, site.link(&record.path)).dated(date);
    if let Some(validity) = record.validity {
        row = row.tag(validity_tag(&validity));
    }
    if record.demo {
        row = row.tag(Tag::plain("演示数据"));
    }
    row = row.fact(record.number.unwrap_or_default()).fact(record.organ);
    if record.original_on.is_some() {
        row = row.fact("发布日期为来源载明");
    }
    row
}

/// 有效性 as a mark.
pub(crate) fn validity_tag(word: &str) -> Tag {
    match word {
        "现行有效" | "有效" => Tag::in_force(),
        word if word.contains("到期") || word.contains("即将") || word.contains("修改") => {
            Tag::warn(word)
        }
        word => Tag::void(word),
    }
}
