//! Files and folders for their owner alone, whatever the umask: a data folder holds what is not public
//! yet (GB/T 22239-2019 访问控制).

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Makes a folder and those around it that are not there, each for its owner alone. One that is there stays
/// as it is: whoever made it decided who may look into it.
///
/// # Errors
/// It cannot be made, or something else is there.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// A new file for its owner alone, open for writing.
///
/// # Errors
/// It is there already, or cannot be made.
pub fn file(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// What SQLite puts beside a database; it gives them the mode of the database itself.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Makes the folder of a database and, for its owner alone, the file: the engine would make it readable for
/// everybody. One that is there and that everybody may read, left by an earlier version, is closed to others.
pub(crate) fn prepare(database: &Path) -> Result<(), (PathBuf, io::Error)> {
    if let Some(around) = database.parent() {
        folder(around).map_err(|error| (around.to_owned(), error))?;
    }
    match file(database) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            close(database);
            for ending in BESIDE {
                let mut name = database.as_os_str().to_owned();
                name.push(ending);
                close(Path::new(&name));
            }
            Ok(())
        }
        Err(error) => Err((database.to_owned(), error)),
    }
}

/// Closes a folder that an earlier version left open to others, with everything in it: the folder itself
/// last, so that whoever was interrupted begins anew, and nothing is walked where it is closed. What cannot be
/// changed, a file of somebody else, is left as it is; links are not followed.
pub fn close_all(folder: &Path) {
    let Ok(there) = fs::symlink_metadata(folder) else { return };
    if !there.is_dir() || !is_open(&there) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => close_all(&path),
            Ok(kind) if kind.is_file() => close(&path),
            _ => {}
        }
    }
    shut(folder, &there);
}

/// Takes a file from those who are neither its owner nor of its group, if they may read it. What the group may
/// is a decision of the operator and stays; a file of somebody else cannot be changed and is left as it is.
fn close(path: &Path) {
    let Ok(there) = fs::metadata(path) else { return };
    if there.is_file() && is_open(&there) {
        shut(path, &there);
    }
}

fn is_open(there: &fs::Metadata) -> bool {
    there.permissions().mode() & 0o007 != 0
}

fn shut(path: &Path, there: &fs::Metadata) {
    let mode = there.permissions().mode() & 0o777 & !0o007;
    fs::set_permissions(path, Permissions::from_mode(mode)).ok();
}
