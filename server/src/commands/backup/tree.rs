//! Folders of files: what lies in one, and copying it with its digests.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A folder being made, that only its owner reads; gone with this value unless it was put in its place.
#[derive(Debug)]
pub(super) struct Making {
    path: PathBuf,
    settled: bool,
}

impl Making {
    /// A new folder beside `place`, with a word that says what becomes of it. What a killed run of the same
    /// kind left there is removed.
    ///
    /// # Errors
    /// The folder around it is not there or cannot be written.
    pub(super) fn beside(place: &Path, word: &str) -> io::Result<Self> {
        let around = around(place);
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let start = format!(".{name}.{word}-");
        for left in fs::read_dir(around)?.flatten() {
            let own = left.file_name().to_string_lossy().into_owned();
            let number = own.strip_prefix(&start).and_then(|number| number.parse::<u32>().ok());
            let dead = number.is_some_and(|number| !Path::new(&format!("/proc/{number}")).exists());
            if dead {
                fs::remove_dir_all(left.path())?;
            }
        }
        let path = around.join(format!("{start}{}", std::process::id()));
        fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self { path, settled: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the folder in its place, in one step, for good.
    ///
    /// # Errors
    /// Something is there, or the file system refuses.
    pub(super) fn settle(mut self, place: &Path) -> io::Result<()> {
        sync_folders(&self.path)?;
        fs::rename(&self.path, place)?;
        self.settled = true;
        File::open(around(place))?.sync_all()
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        if !self.settled {
            fs::remove_dir_all(&self.path).ok();
        }
    }
}

/// The folder in which something lies.
pub(super) fn around(place: &Path) -> &Path {
    match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The files below a folder, with `/`, in order. What is neither file nor folder (a link that may lead
/// anywhere, a socket) is told apart.
///
/// # Errors
/// A folder cannot be read.
pub(super) fn files_below(root: &Path) -> io::Result<(Vec<String>, Vec<String>)> {
    let (mut files, mut odd, mut folders) = (vec![], vec![], vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name();
            let own = name.to_str().map(|name| match folder.as_str() {
                "" => name.to_owned(),
                _ => format!("{folder}/{name}"),
            });
            let Some(own) = own else {
                odd.push(name.to_string_lossy().into_owned());
                continue;
            };
            match entry.file_type()? {
                kind if kind.is_dir() => folders.push(own),
                kind if kind.is_file() => files.push(own),
                _ => odd.push(own),
            }
        }
    }
    files.sort();
    Ok((files, odd))
}

/// Copies a file, for its owner alone; answers its size and SHA-256. It is on the disk when this returns.
///
/// # Errors
/// It cannot be read or written.
pub(super) fn copied(from: &Path, to: &Path) -> io::Result<(u64, String)> {
    let mut source = File::open(from)?;
    if let Some(folder) = to.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let answer = each_part(&mut source, |part| target.write_all(part))?;
    target.sync_all()?;
    Ok(answer)
}

/// The size and SHA-256 of a file.
///
/// # Errors
/// It cannot be read.
pub(super) fn told(file: &Path) -> io::Result<(u64, String)> {
    each_part(&mut File::open(file)?, |_| Ok(()))
}

fn each_part(
    source: &mut File,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(u64, String)> {
    let (mut digest, mut size, mut part) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let many = match source.read(&mut part) {
            Ok(0) => break,
            Ok(many) => many,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let read = part.get(..many).unwrap_or_default();
        digest.update(read);
        take(read)?;
        size += many as u64;
    }
    Ok((size, ledger::hex(&digest.finalize())))
}

/// Writes a small file for its owner alone; it is on the disk when this returns.
///
/// # Errors
/// It is there already, or cannot be written.
pub(super) fn private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the names in a folder and below last.
fn sync_folders(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)?.flatten() {
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    File::open(root)?.sync_all()
}

/// The SHA-256 of some bytes.
pub(super) fn digest_of(bytes: &[u8]) -> String {
    ledger::hex(&Sha256::digest(bytes))
}
