//! A folder of one's own for a short while.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A folder in the system's place for temporary files, open to nobody else, whose name cannot be foreseen; gone
/// with this value, however its use ended.
#[derive(Debug)]
pub struct PassingFolder(PathBuf);

impl PassingFolder {
    /// Makes it; `purpose` begins its name.
    ///
    /// # Errors
    /// The system gives no random bytes, or the folder cannot be made.
    pub fn new(purpose: &str) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let random = u128::from_le_bytes(random);
        let folder = std::env::temp_dir().join(format!("{purpose}-{random:032x}"));
        // an existing one is an error, be it a folder or a link
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PassingFolder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
