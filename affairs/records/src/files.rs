//! Attachments on disk: each file lies under the SHA-256 of what is in it, so the same file is kept
//! once and a damaged one is noticed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};
use store::Transaction;

use crate::acts::ActError;
use crate::store::FileTurn;

/// The largest attachment, in bytes: a decision of ours, so that one download fits in memory.
pub(crate) const LARGEST: usize = 50 << 20;

/// How many attachments a record may have: a decision of ours.
pub(crate) const MOST_FILES: usize = 50;

/// Where files lie in a data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// What is published, or will be: the copies that were written anew.
    Copies,
    /// 上传原件, for custody: apart from what is published, sometimes under the same digest.
    Originals,
}

impl Shelf {
    /// Its place in a data folder.
    pub(crate) fn below(self, folder: &Path) -> PathBuf {
        match self {
            Self::Copies => folder.to_owned(),
            Self::Originals => folder.join("originals"),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Copies => "copies",
            Self::Originals => "originals",
        }
    }

    /// Holds a file until the act is sealed: whoever keeps it and whoever erases it wait for one another.
    /// Says whether it was erased.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn held(
        self,
        change: &Transaction,
        sha256: &str,
    ) -> Result<bool, store::StoreError> {
        FileTurn { shelf: self.word(), sha256 }.take(change).await
    }
}

/// Holds the files which an act is about to keep, before it keeps the first: acts that keep several take
/// their turns in the same order, so that no two of them wait for one another.
///
/// # Errors
/// The database refuses.
pub(crate) async fn hold_all(
    change: &Transaction,
    shelf: Shelf,
    files: impl Iterator<Item = &[u8]>,
) -> Result<(), store::StoreError> {
    let digests: BTreeSet<String> = files.map(digest).collect();
    for sha256 in &digests {
        shelf.held(change, sha256).await?;
    }
    Ok(())
}

/// Keeps a file and says under which SHA-256, hexadecimal. It is there for good before this
/// returns: the act that names it is sealed afterwards. An erasure that has begun is over by then, and one
/// that begins hears of the act first.
pub(crate) async fn keep(
    change: &Transaction,
    folder: &Path,
    shelf: Shelf,
    bytes: Vec<u8>,
) -> Result<String, ActError> {
    let told = tokio::task::spawn_blocking(move || (digest(&bytes), bytes));
    let (sha256, bytes) = told.await.map_err(lost)?;
    let turn = FileTurn { shelf: shelf.word(), sha256: &sha256 };
    if turn.take(change).await? {
        turn.note(change, false).await?;
    }
    let path = path(&shelf.below(folder), &sha256);
    let kept = tokio::task::spawn_blocking(move || {
        write(&path, &bytes).map_err(|cause| ActError::File { path, cause })
    });
    kept.await.map_err(lost)??;
    Ok(sha256)
}

/// Says of a copy whose turn this act holds ([`Shelf::held`]) that it goes, before it does: whatever becomes
/// of the act that takes it away, no draft takes it from now on.
///
/// # Errors
/// The database refuses.
pub(crate) async fn condemn(change: &Transaction, sha256: &str) -> Result<(), store::StoreError> {
    FileTurn { shelf: Shelf::Copies.word(), sha256 }.note(change, true).await
}

/// Takes a file away whose turn this act holds ([`Shelf::held`]); nothing where it is gone already. Where the
/// act is dropped afterwards, the file is gone all the same: a copy was condemned before ([`condemn`]).
pub(crate) async fn erase(
    change: &Transaction,
    folder: &Path,
    shelf: Shelf,
    sha256: &str,
) -> Result<(), ActError> {
    let path = path(&shelf.below(folder), sha256);
    match tokio::fs::remove_file(&path).await {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            return Err(ActError::File { path, cause });
        }
        _ => {}
    }
    if shelf == Shelf::Copies {
        // One that stays is shown by nobody: what leads to it is gone.
        let _ = tokio::fs::remove_file(picture_path(folder, sha256)).await;
    }
    Ok(FileTurn { shelf: shelf.word(), sha256 }.note(change, true).await?)
}

fn lost(error: tokio::task::JoinError) -> ActError {
    ActError::File { path: PathBuf::new(), cause: io::Error::other(error) }
}

/// What is in a kept file.
///
/// # Errors
/// It is not there, cannot be read, or is no longer what was kept.
pub(crate) async fn read(folder: &Path, sha256: &str) -> io::Result<Vec<u8>> {
    let (path, wanted) = (path(folder, sha256), sha256.to_owned());
    let found = tokio::task::spawn_blocking(move || {
        let bytes = fs::read(&path)?;
        if digest(&bytes) == wanted {
            return Ok(bytes);
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, format!("{} is damaged", path.display())))
    });
    found.await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
}

/// Where the picture of the first page of a file with that content lies.
fn picture_path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join("previews").join(crate::store::place(sha256)).with_extension("png")
}

/// Keeps the picture of a file's first page.
///
/// # Errors
/// The folder cannot be written.
pub(crate) async fn keep_picture(
    folder: &Path,
    sha256: &str,
    picture: Vec<u8>,
) -> Result<(), ActError> {
    let path = picture_path(folder, sha256);
    let kept = tokio::task::spawn_blocking(move || {
        write(&path, &picture).map_err(|cause| ActError::File { path, cause })
    });
    kept.await.map_err(lost)?
}

/// The picture of a file's first page; `None` where there is none.
pub(crate) async fn picture(folder: &Path, sha256: &str) -> Option<Vec<u8>> {
    tokio::fs::read(picture_path(folder, sha256)).await.ok()
}

/// Whether there is a picture of a file's first page.
pub(crate) async fn has_picture(folder: &Path, sha256: &str) -> bool {
    tokio::fs::try_exists(picture_path(folder, sha256)).await.unwrap_or_default()
}

/// Where a file with that content lies.
pub(crate) fn path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(crate::store::place(sha256))
}

fn digest(bytes: &[u8]) -> String {
    ledger::hex(&Sha256::digest(bytes))
}

/// Writes beside the place and moves there, so that no reader ever sees half a file.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    store::private::folder(folder)?;
    let beside = path.with_extension(format!("new-{}", uuid::Uuid::now_v7().simple()));
    let mut file = store::private::file(&beside)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    fs::File::open(folder)?.sync_all()
}

/// The media type a name's ending stands for.
pub(crate) fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "zip" => "application/zip",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
