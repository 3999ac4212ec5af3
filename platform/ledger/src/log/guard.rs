//! What was signed last, kept beside the key: a database that was put back to an older day must not
//! make a second history.

use std::path::PathBuf;
use std::{fs, io};

use super::key::{LogKey, keep_private};

/// The size and root of the largest checkpoint that was signed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastSigned {
    pub size: i64,
    pub root: String,
}

const FILE: &str = "signed";

impl LogKey {
    fn guard(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// What was signed last; `None` where nothing was.
    pub(super) fn last_signed(&self) -> io::Result<Option<LastSigned>> {
        let text = match fs::read_to_string(self.guard()) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let read = text.trim().split_once(' ').and_then(|(size, root)| {
            Some(LastSigned { size: size.parse().ok()?, root: root.to_owned() })
        });
        read.map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Writes down what is about to be shown to the world.
    pub(super) fn note_signed(&self, last: &LastSigned) -> io::Result<()> {
        keep_private(&self.folder, FILE, &format!("{} {}", last.size, last.root))
    }
}
