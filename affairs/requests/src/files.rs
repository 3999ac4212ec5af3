//! 附件 on disk: every file lies sealed under its own key, below `requests` of a folder, so that a stolen disk
//! shows nothing and one that was changed is noticed.

mod aside;

use std::path::{Path, PathBuf};
use std::{fs, io};

use secrets::{Place, Sealed, Sealer};
use sha2::{Digest, Sha256};

use crate::acts::ActError;
use crate::store::{CaseFile, Purpose};

pub(crate) use aside::{erase_aside, lay_aside, read_aside};

/// The largest file, in bytes: a decision of ours, so that one fits in memory while it is sealed.
pub const LARGEST: usize = 50 << 20;

/// How many files may come with one application: a decision of ours.
pub const MOST_FILES: usize = 20;

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// What for.
    pub purpose: Purpose,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A file that lies sealed in the folder and is named by no row yet: dropped before an act has taken it,
/// it is removed again.
#[derive(Debug)]
pub struct StagedFile {
    file: CaseFile,
    path: PathBuf,
    taken: bool,
}

impl StagedFile {
    /// Seals a file and lays it down; it is there for good before this returns.
    ///
    /// # Errors
    /// It is too large, cannot be sealed, or the disk refuses.
    pub async fn lay(folder: &Path, sealer: &Sealer, new: NewFile) -> Result<Self, ActError> {
        if new.bytes.len() > LARGEST {
            return Err(ActError::Refused(
                "附件超过 50 MB",
                "分成几个文件，或者把扫描件压缩以后再上传；已经填的内容还在",
            ));
        }
        let id = uuid::Uuid::now_v7().to_string();
        let name = sealer.seal_text(crate::store::name_place(&id), &new.name)?;
        let bytes = sealer.seal(place(&id), &new.bytes)?.to_bytes();
        let path = path(folder, &id);
        let file = CaseFile {
            id,
            purpose: new.purpose,
            media_type: media_type(&new.name).to_owned(),
            size: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
            sha256: ledger::hex(&Sha256::digest(&bytes)),
            about: String::new(),
            added_at: String::new(),
            sealed: name,
        };
        let at = path.clone();
        let kept = tokio::task::spawn_blocking(move || {
            write(&at, &bytes).map_err(|cause| ActError::File { path: at, cause })
        });
        kept.await.map_err(lost)??;
        Ok(Self { file, path, taken: false })
    }

    /// Seals and lays down several.
    ///
    /// # Errors
    /// As for one, or there are too many; none stays then.
    pub async fn lay_all(
        folder: &Path,
        sealer: &Sealer,
        new: Vec<NewFile>,
    ) -> Result<Vec<Self>, ActError> {
        if new.len() > MOST_FILES {
            return Err(ActError::Refused(
                "附件超过 20 个",
                "把同一份材料的扫描件合成一个文件再上传；已经填的内容还在",
            ));
        }
        let mut staged = Vec::with_capacity(new.len());
        for file in new {
            staged.push(Self::lay(folder, sealer, file).await?);
        }
        Ok(staged)
    }

    /// The key under which an act will name it.
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// The row of it.
    pub(crate) fn row(&self, about: &str, at: &str) -> CaseFile {
        CaseFile { about: about.to_owned(), added_at: at.to_owned(), ..self.file.clone() }
    }

    /// The act that names it is sealed: it stays.
    pub(crate) fn taken(mut self) {
        self.taken = true;
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        if !self.taken {
            fs::remove_file(&self.path).ok();
        }
    }
}

/// What is in a file. The caller has asked the access policy.
///
/// # Errors
/// It is not there, is damaged, or cannot be opened.
pub async fn read(folder: &Path, sealer: &Sealer, file: &CaseFile) -> Result<Vec<u8>, ActError> {
    let (path, wanted) = (path(folder, &file.id), file.sha256.clone());
    let at = path.clone();
    let found = tokio::task::spawn_blocking(move || {
        let bytes = fs::read(&at)?;
        if ledger::hex(&Sha256::digest(&bytes)) == wanted {
            return Ok(bytes);
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "damaged"))
    });
    let bytes = found.await.map_err(lost)?.map_err(|cause| ActError::File { path, cause })?;
    let sealed = Sealed::from_bytes(&bytes).ok_or(secrets::Refused::NotSealed)?;
    Ok(sealer.open(place(&file.id), &sealed)?)
}

/// Takes a file away for good.
///
/// # Errors
/// The disk refuses.
pub(crate) async fn erase(folder: &Path, id: &str) -> Result<(), ActError> {
    let path = path(folder, id);
    match tokio::fs::remove_file(&path).await {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            Err(ActError::File { path, cause })
        }
        _ => Ok(()),
    }
}

fn place(id: &str) -> Place<'_> {
    Place::new("request_file", id, "bytes")
}

fn path(folder: &Path, id: &str) -> PathBuf {
    let tail = id.get(id.len().saturating_sub(2)..).unwrap_or("00");
    folder.join("requests").join(tail).join(id)
}

fn lost(error: tokio::task::JoinError) -> ActError {
    ActError::File { path: PathBuf::new(), cause: io::Error::other(error) }
}

/// Writes beside the place and moves there, so that no reader ever sees half a file.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    ::store::private::folder(folder)?;
    let beside = path.with_extension("new");
    let mut file = ::store::private::file(&beside)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    fs::File::open(folder)?.sync_all()
}

/// The media type a name's ending stands for.
fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "txt" => "text/plain",
        "zip" => "application/zip",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
