//! The log's private key, in a file that only its owner reads.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tlog::{Kind, NoteError, Signer};

/// Why the key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others than its owner may read it.
    #[error("日志密钥 {0} 别人也能读，不能使用；改法：chmod 600 该文件，并查清是谁放宽了权限")]
    Open(PathBuf),
    /// It cannot be read or written.
    #[error("日志密钥 {0} 读写不了，请检查权限和磁盘")]
    File(PathBuf, #[source] io::Error),
    /// What is in it is no key.
    #[error("日志密钥 {0} 的内容不是密钥，请从备份恢复")]
    Content(PathBuf, #[source] NoteError),
    /// The name cannot be that of a log.
    #[error("日志名称“{0}”不能用：不能为空，不能有空格和加号")]
    Name(String),
}

/// The log's private key.
#[derive(Debug)]
pub struct LogKey {
    pub(super) signer: Signer,
    pub(super) folder: PathBuf,
}

const FILE: &str = "key";

impl LogKey {
    /// Reads the key that lies in a folder; `None` where there is none.
    ///
    /// # Errors
    /// It is there and cannot be used.
    pub fn open(folder: &Path) -> Result<Option<Self>, KeyError> {
        let path = folder.join(FILE);
        let wrong = |error| KeyError::File(path.clone(), error);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(wrong(error)),
        };
        let mode = fs::metadata(&path).map_err(wrong)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyError::Open(path));
        }
        let signer = Signer::parse(&text, Kind::Note)
            .map_err(|error| KeyError::Content(path.clone(), error))?;
        Ok(Some(Self { signer, folder: folder.to_owned() }))
    }

    /// Makes a key for a log of this name and writes it down, unless there is one already. Where no name
    /// is given, one that nobody else has is made from the key.
    ///
    /// # Errors
    /// The file cannot be written, or the name cannot be that of a log.
    pub fn open_or_make(folder: &Path, origin: Option<&str>) -> Result<Self, KeyError> {
        if let Some(key) = Self::open(folder)? {
            return Ok(key);
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("the system gives random bytes");
        let unnamed = || {
            let key = Signer::of("unnamed", Kind::Note, &seed).map(|key| key.public().id());
            let id = tlog::hex(&key.unwrap_or_default());
            format!("gongkai.invalid/{id}")
        };
        let origin = origin.map_or_else(unnamed, str::to_owned);
        let signer =
            Signer::of(&origin, Kind::Note, &seed).map_err(|_| KeyError::Name(origin.clone()))?;
        let key = Self { signer, folder: folder.to_owned() };
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| KeyError::File(folder.to_owned(), error))?;
        keep_private(folder, FILE, &key.signer.secret())
            .map_err(|error| KeyError::File(folder.join(FILE), error))?;
        Ok(key)
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        self.signer.public().name()
    }

    /// The public key, as it is handed to others.
    pub fn vkey(&self) -> String {
        self.signer.public().vkey()
    }
}

/// Writes a small file so that it is there whole or not at all, also after a power cut, and for its
/// owner alone.
///
/// # Errors
/// The folder is not there, or cannot be written.
pub fn keep_private(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let beside = folder.join(format!(".{name}.new"));
    fs::remove_file(&beside).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(name))?;
    fs::File::open(folder)?.sync_all()
}
