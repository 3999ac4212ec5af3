//! Where a page of a list begins: at a record, not at a number, so that a list that grows while
//! someone reads neither repeats nor skips a row.

use std::fmt;
use std::str::FromStr;

use law::Date;
use store::parse_moment;

use super::Listed;

/// The place of a record in the order of the day on which it first was public anywhere, and among those of
/// one day in the order of publication here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(super) day: String,
    pub(super) published_at: String,
    pub(super) id: String,
}

/// Which page of a list is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Turn {
    /// The newest.
    #[default]
    Start,
    /// What is older than the mark.
    After(Mark),
    /// What is newer than the mark, as far as it reaches back to it.
    Before(Mark),
}

/// A text that is no mark of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("翻页的网址不完整，请回到列表第一页")]
pub(crate) struct BadMark;

impl Mark {
    pub(super) fn of(row: &Listed) -> Self {
        let row = &row.row;
        Self {
            day: row.original_on.as_ref().unwrap_or(&row.published_on).clone(),
            published_at: row.published_at.clone(),
            id: row.id.clone(),
        }
    }
}

impl Turn {
    /// The oldest: everything is newer than this mark.
    pub(crate) fn oldest() -> Self {
        let [day, published_at, id] = [String::new(), String::new(), String::new()];
        Self::Before(Mark { day, published_at, id })
    }

    /// What is older than a mark read from an address.
    pub(crate) fn after(mark: &str) -> Result<Self, BadMark> {
        mark.parse().map(Self::After)
    }

    /// What is newer than a mark read from an address.
    pub(crate) fn before(mark: &str) -> Result<Self, BadMark> {
        mark.parse().map(Self::Before)
    }
}

impl From<BadMark> for web::Fault {
    fn from(bad: BadMark) -> Self {
        Self::BadInput(bad.to_string())
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_{}_{}", self.day, self.published_at, self.id)
    }
}

impl FromStr for Mark {
    type Err = BadMark;

    fn from_str(text: &str) -> Result<Self, BadMark> {
        let parts: Vec<&str> = text.split('_').collect();
        let [day, published_at, id] = parts[..] else { return Err(BadMark) };
        let whole = day.parse::<Date>().is_ok_and(|read| read.to_string() == day)
            && parse_moment(published_at).is_some()
            && uuid::Uuid::parse_str(id).is_ok();
        if !whole {
            return Err(BadMark);
        }
        let [day, published_at, id] = [day, published_at, id].map(str::to_owned);
        Ok(Self { day, published_at, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back_and_anything_else_is_refused() {
        let text = "2024-03-01_2026-11-25T05:30:00.120Z_019ab2c4-0000-7000-8000-000000000000";
        assert_eq!(text.parse::<Mark>().map(|mark| mark.to_string()).as_deref(), Ok(text));
        for other in [
            "",
            "_",
            "2",
            "2026-11-25T05:30:00.120Z_019ab2c4-0000-7000-8000-000000000000",
            "2024-03-01_2026-11-25T05:30:00.120Z_x",
            "2024-03-01_gestern_019ab2c4-0000-7000-8000-000000000000",
            "x_2026-11-25T05:30:00.120Z_019ab2c4-0000-7000-8000-000000000000",
        ] {
            assert_eq!(other.parse::<Mark>(), Err(BadMark), "{other}");
        }
    }
}
