//! 覆盖和更新: of the rows of the catalogue of which something had to be there, how many have something, and
//! how many have what was due last (docs/readings/238).

use law::Date;
use serde::{Deserialize, Serialize};

use crate::Rate;

/// 目录的一行 of one organ, as it stood on the day of counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// The organ that answers for it.
    pub organ: String,
    /// That organ's division, 12 digits.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The first day by which something had to be published; none where none has come.
    pub due_since: Option<Date>,
    /// The first day on which something was.
    pub published_since: Option<Date>,
    /// Whether what was due last is there.
    pub is_current: bool,
}

/// 应公开覆盖率和更新率.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelves {
    /// Rows with something published, of those of which something had to be or is.
    pub covered: Rate,
    /// Rows of which what was due last is there, of those of which something was due.
    pub current: Rate,
}

impl Shelves {
    /// Counts one more row.
    pub fn count(&mut self, shelf: &Shelf) {
        let (due, there) = (shelf.due_since.is_some(), shelf.published_since.is_some());
        if due || there {
            self.covered.count(there);
        }
        if due {
            self.current.count(shelf.is_current);
        }
    }
}
