//! Files of applications that are being filled in: sealed like those of a file, but for a place of their own.

use std::path::{Path, PathBuf};
use std::{fs, io};

use secrets::{Place, Sealed, Sealer};

use super::{LARGEST, lost, write};
use crate::acts::ActError;

fn place(id: &str) -> Place<'_> {
    Place::new("request_draft_file", id, "bytes")
}

fn path(folder: &Path, id: &str) -> PathBuf {
    folder.join("requests").join("aside").join(id)
}

/// Seals a file and lays it down under a key.
pub(crate) async fn lay_aside(
    folder: &Path,
    sealer: &Sealer,
    id: &str,
    bytes: Vec<u8>,
) -> Result<(), ActError> {
    if bytes.len() > LARGEST {
        return Err(ActError::Refused("附件太大", "压缩或者分成几个文件再上传"));
    }
    let (path, bytes) = (path(folder, id), sealer.seal(place(id), &bytes)?.to_bytes());
    let kept = tokio::task::spawn_blocking(move || {
        write(&path, &bytes).map_err(|cause| ActError::File { path, cause })
    });
    kept.await.map_err(lost)?
}

/// What is in it.
pub(crate) async fn read_aside(
    folder: &Path,
    sealer: &Sealer,
    id: &str,
) -> Result<Vec<u8>, ActError> {
    let path = path(folder, id);
    let read = tokio::task::spawn_blocking(move || {
        fs::read(&path).map_err(|cause| ActError::File { path, cause })
    });
    let bytes = read.await.map_err(lost)??;
    let sealed = Sealed::from_bytes(&bytes).ok_or(secrets::Refused::NotSealed)?;
    Ok(sealer.open(place(id), &sealed)?)
}

/// Takes it away.
pub(crate) async fn erase_aside(folder: &Path, id: &str) -> Result<(), ActError> {
    let path = path(folder, id);
    match tokio::fs::remove_file(&path).await {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            Err(ActError::File { path, cause })
        }
        _ => Ok(()),
    }
}
