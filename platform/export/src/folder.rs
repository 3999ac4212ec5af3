//! The folder of a copy: one process writes there, each file appears whole, and what the copy keeps for
//! itself lies in a folder that no web server gives out.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::ExportFault;

/// What the copy keeps for itself, below its folder.
const OWN: &str = ".gongkai";

/// A disk on which so many bytes cannot be written is full.
const ROOM: usize = 256 << 10;

/// The folder, held until it is dropped.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    _held: File,
}

impl Folder {
    /// Takes a folder that is empty, absent, or a copy already.
    pub(crate) fn take(root: &Path) -> Result<Self, ExportFault> {
        let own = root.join(OWN);
        let unwritten = ExportFault::unwritten(root);
        if !own.is_dir() && !is_empty(root).map_err(unwritten)? {
            return Err(ExportFault::NotOurs(root.to_owned()));
        }
        fs::create_dir_all(root).map_err(ExportFault::unwritten(root))?;
        store::private::folder(&own).map_err(ExportFault::unwritten(&own))?;
        let lock = own.join("lock");
        let held = File::create(&lock).map_err(ExportFault::unwritten(&lock))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ExportFault::Taken(root.to_owned())),
            Err(TryLockError::Error(error)) => return Err(ExportFault::Unwritten(lock, error)),
        }
        let folder = Self { root: root.to_owned(), _held: held };
        folder.clear().map_err(ExportFault::unwritten(&folder.begun()))?;
        Ok(folder)
    }

    /// Where the list of the copy lies.
    pub(crate) fn list(&self) -> PathBuf {
        self.root.join(OWN).join("list.db")
    }

    fn begun(&self) -> PathBuf {
        self.root.join(OWN).join("begun")
    }

    /// Takes away what a process that was killed had begun to write.
    fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.begun()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::create_dir_all(self.begun())
    }

    /// Where something may be written beside the copy, under a name of its own.
    pub(crate) fn aside(&self, name: &str) -> PathBuf {
        self.begun().join(name)
    }

    /// Takes away what was written beside the copy and is not needed.
    pub(crate) fn forget(&self, path: &Path) -> Result<(), ExportFault> {
        fs::remove_file(path).map_err(ExportFault::unwritten(path))
    }

    /// Writes a file beside the copy, under a name of its own; answers where.
    pub(crate) fn begin(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, ExportFault> {
        let begun = self.begun().join(name);
        match fs::write(&begun, bytes) {
            Ok(()) => Ok(begun),
            Err(error) => {
                fs::remove_file(&begun).ok();
                Err(ExportFault::Unwritten(begun, error))
            }
        }
    }

    /// Puts a file that was begun in its place, instead of what is there.
    pub(crate) fn put(&self, begun: &Path, file: &str) -> Result<(), ExportFault> {
        let place = self.root.join(file);
        let put = || match fs::rename(begun, &place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(place.parent().unwrap_or(&self.root))?;
                fs::rename(begun, &place)
            }
            other => other,
        };
        put().map_err(ExportFault::unwritten(&place))
    }

    /// Whatever was put is on the disk before the list says so: after a power failure no file is believed that was
    /// not written.
    pub(crate) fn settle(&self) -> Result<(), ExportFault> {
        let settled = File::open(&self.root).and_then(|root| Ok(rustix::fs::syncfs(root)?));
        settled.map_err(ExportFault::unwritten(&self.root))
    }

    /// Takes a file away, and the folders that are empty without it.
    pub(crate) fn remove(&self, file: &str) -> Result<(), ExportFault> {
        if file.is_empty() {
            return Ok(());
        }
        let place = self.root.join(file);
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(ExportFault::Unwritten(place, error));
            }
            _ => {}
        }
        let above = place.ancestors().skip(1).take_while(|above| *above != self.root);
        for above in above {
            if fs::remove_dir(above).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// What stopped a copy, said more plainly where the disk is full: a base on a full disk may say whatever it
    /// likes, so it is tried whether anything can still be written.
    pub(crate) fn explained(&self, fault: ExportFault) -> ExportFault {
        if !matches!(fault, ExportFault::List(_)) {
            return fault;
        }
        let tried = self.begin("room", &[0; ROOM]);
        match tried.and_then(|path| self.forget(&path)) {
            Err(full) if full.is_full() => full,
            _ => fault,
        }
    }

    /// What is in a file of the copy; `None` where it is not there.
    pub(crate) fn read(&self, file: &str) -> Option<Vec<u8>> {
        fs::read(self.root.join(file)).ok()
    }
}

fn is_empty(root: &Path) -> io::Result<bool> {
    match fs::read_dir(root) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
