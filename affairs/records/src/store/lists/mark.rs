//! Where a page of a list begins: at a record, not at a number, so that a list that grows while
//! someone reads neither repeats nor skips a row.

use std::fmt;
use std::str::FromStr;

use store::parse_moment;

use super::Listed;

/// The place of a record in the order of publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
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
        Self { published_at: row.row.published_at.clone(), id: row.row.id.clone() }
    }
}

impl Turn {
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
        write!(out, "{}_{}", self.published_at, self.id)
    }
}

impl FromStr for Mark {
    type Err = BadMark;

    fn from_str(text: &str) -> Result<Self, BadMark> {
        let (published_at, id) = text.split_once('_').ok_or(BadMark)?;
        let whole = parse_moment(published_at).is_some() && uuid::Uuid::parse_str(id).is_ok();
        if !whole {
            return Err(BadMark);
        }
        Ok(Self { published_at: published_at.to_owned(), id: id.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back_and_anything_else_is_refused() {
        let text = "2026-11-25T05:30:00.120Z_019ab2c4-0000-7000-8000-000000000000";
        assert_eq!(text.parse::<Mark>().map(|mark| mark.to_string()).as_deref(), Ok(text));
        for other in [
            "",
            "_",
            "2",
            "2026-11-25T05:30:00.120Z_x",
            "gestern_019ab2c4-0000-7000-8000-000000000000",
        ] {
            assert_eq!(other.parse::<Mark>(), Err(BadMark), "{other}");
        }
    }
}
