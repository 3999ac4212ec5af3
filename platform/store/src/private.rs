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

/// Takes a file from everybody but its owner, if everybody may read it. A group alone is a decision of the
/// operator and stays; a file of somebody else cannot be changed and is left to the engine.
fn close(path: &Path) {
    let Ok(there) = fs::metadata(path) else { return };
    if there.is_file() && there.permissions().mode() & 0o007 != 0 {
        fs::set_permissions(path, Permissions::from_mode(0o600)).ok();
    }
}
