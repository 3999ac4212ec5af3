//! Where media lie: each under the SHA-256 of its bytes, so that the same film is kept once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file of that digest, whether it is there or not.
pub(crate) fn path(folder: &Path, sha256: &str) -> PathBuf {
    let around = sha256.get(..2).unwrap_or("00");
    folder.join("media").join(around).join(sha256)
}

/// Moves a file that came to its place; it is there for good when this returns.
pub(crate) async fn place(folder: &Path, sha256: &str, from: &Path) -> io::Result<()> {
    let (to, from) = (path(folder, sha256), from.to_owned());
    let moved = tokio::task::spawn_blocking(move || {
        let around = to.parent().unwrap_or(Path::new("."));
        store::private::folder(around)?;
        fs::rename(&from, &to)?;
        File::open(around)?.sync_all()
    });
    moved.await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
}

/// Takes a file away; nothing where it is gone already.
pub(crate) async fn erase(folder: &Path, sha256: &str) -> io::Result<()> {
    match tokio::fs::remove_file(path(folder, sha256)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where what was painted of an interpretation lies.
pub(crate) fn pictures(folder: &Path, id: &str) -> PathBuf {
    folder.join("pictures").join(id)
}

/// Takes away what was painted of an interpretation; nothing where nothing was.
pub(crate) async fn erase_pictures(folder: &Path, id: &str) -> io::Result<()> {
    match tokio::fs::remove_dir_all(pictures(folder, id)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether the file of that digest is there, whole and unchanged. Reads all of it.
pub(crate) async fn is_sound(folder: &Path, sha256: &str) -> bool {
    let (path, wanted) = (path(folder, sha256), sha256.to_owned());
    let told = tokio::task::spawn_blocking(move || super::digest_of(&path).ok());
    told.await.ok().flatten().is_some_and(|found| found == wanted)
}
