//! The keys, each in a file that only its owner reads.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::mark::{MARK_BYTES, Marker};
use crate::{Algorithm, Provider};

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// Others than its owner may read it.
    #[error("密钥 {0} 别人也能读，不能使用；改法：chmod 600 该文件，并查清是谁放宽了权限")]
    Open(PathBuf),
    /// It cannot be read or written.
    #[error("密钥 {0} 读写不了；改法：检查权限和磁盘")]
    File(PathBuf, #[source] io::Error),
    /// What is in it is no key.
    #[error("密钥 {0} 的内容不是密钥；改法：从密钥的备份恢复")]
    Content(PathBuf),
    /// The system gives no random bytes.
    #[error("系统没有给出随机数，不能生成密钥；改法：检查操作系统的随机数设备")]
    Random,
}

/// The first line of a key file.
const HEAD: &str = "gongkai-secret-1";

/// How the files of keys end; anything else in the folder is none.
const ENDING: &str = "key";

/// The keys of a folder.
pub(crate) struct Ring {
    /// For sealing: number, id, key.
    pub(crate) sealing: Vec<(u32, String, Box<dyn Provider>)>,
    /// For marks, the newest first.
    pub(crate) marking: Vec<Marker>,
    /// When the folder was changed last, as it was read.
    pub(crate) changed: Option<SystemTime>,
}

enum Kind {
    Sealing(Algorithm),
    Marking,
}

impl Kind {
    const MARKING: &str = "hmac-sm3";

    fn name(&self) -> &'static str {
        match self {
            Self::Sealing(algorithm) => algorithm.name(),
            Self::Marking => Self::MARKING,
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            Self::MARKING => Some(Self::Marking),
            _ => Algorithm::named(name).map(Self::Sealing),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Sealing(algorithm) => algorithm.key_bytes(),
            Self::Marking => MARK_BYTES,
        }
    }
}

impl Ring {
    /// Reads the keys of a folder; none where there is no folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, KeyFault> {
        let mut ring = Self { sealing: vec![], marking: vec![], changed: changed(folder) };
        let mut marking = vec![];
        for path in files(folder)? {
            let (kind, number, id, key) = read_key(&path)?;
            let fault = || KeyFault::Content(path.clone());
            match kind {
                Kind::Sealing(algorithm) => {
                    let provider = algorithm.with_key(&key).ok_or_else(fault)?;
                    ring.sealing.push((number, id, provider));
                }
                Kind::Marking => {
                    marking.push((number, id, Marker::new(&key).ok_or_else(fault)?));
                }
            }
        }
        ring.sealing.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        marking.sort_by(|one, other| (other.0, &other.1).cmp(&(one.0, &one.1)));
        ring.marking = marking.into_iter().map(|(_, _, marker)| marker).collect();
        Ok(ring)
    }

    /// The newest key of an algorithm: what is new is sealed with it.
    pub(crate) fn newest(&self, algorithm: Algorithm) -> Option<(&str, &dyn Provider)> {
        let mut keys = self.sealing.iter().rev();
        let newest = keys.find(|(_, _, provider)| provider.algorithm() == algorithm);
        newest.map(|(_, id, provider)| (id.as_str(), provider.as_ref()))
    }

    /// The key of an id.
    pub(crate) fn of_id(&self, id: &str) -> Option<&dyn Provider> {
        let found = self.sealing.iter().find(|(_, own, _)| own == id);
        found.map(|(_, _, provider)| provider.as_ref())
    }
}

/// When the folder was changed last: a key was added or taken away.
pub(crate) fn changed(folder: &Path) -> Option<SystemTime> {
    fs::metadata(folder).and_then(|there| there.modified()).ok()
}

/// Makes a key for sealing and writes it down.
pub(crate) fn make_sealing(folder: &Path, algorithm: Algorithm) -> Result<String, KeyFault> {
    make(folder, &Kind::Sealing(algorithm))
}

/// Makes a key for marks and writes it down.
pub(crate) fn make_marking(folder: &Path) -> Result<String, KeyFault> {
    make(folder, &Kind::Marking)
}

fn make(folder: &Path, kind: &Kind) -> Result<String, KeyFault> {
    let file = |error| KeyFault::File(folder.to_owned(), error);
    store::private::folder(folder).map_err(file)?;
    let mut number = 1;
    for path in files(folder)? {
        number = number.max(read_key(&path)?.1.saturating_add(1));
    }
    let (id, key) = (ledger::hex(&random(4)?), random(kind.bytes())?);
    let text =
        format!("{HEAD}\n{}\n{number}\n{id}\n{}", kind.name(), BASE64.encode(key.as_slice()));
    ledger::log::keep_private(folder, &format!("{number:04}-{id}.{ENDING}"), &text)
        .map_err(file)?;
    Ok(id)
}

fn random(bytes: usize) -> Result<Vec<u8>, KeyFault> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|_| KeyFault::Random)?;
    Ok(random)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, KeyFault> {
    let wrong = |error| KeyFault::File(folder.to_owned(), error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(wrong(error)),
    };
    let mut files = vec![];
    for entry in entries {
        let path = entry.map_err(wrong)?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|ending| ending == ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_key(path: &Path) -> Result<(Kind, u32, String, Vec<u8>), KeyFault> {
    let wrong = |error| KeyFault::File(path.to_owned(), error);
    if fs::metadata(path).map_err(wrong)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyFault::Open(path.to_owned()));
    }
    let text = fs::read_to_string(path).map_err(wrong)?;
    parse(&text).ok_or_else(|| KeyFault::Content(path.to_owned()))
}

fn parse(text: &str) -> Option<(Kind, u32, String, Vec<u8>)> {
    let mut lines = text.lines();
    let _head = lines.next().filter(|head| *head == HEAD)?;
    let kind = Kind::named(lines.next()?)?;
    let number = lines.next()?.parse().ok()?;
    let id = lines.next().filter(|id| !id.is_empty() && !id.contains('.'))?.to_owned();
    let key = BASE64.decode(lines.next()?).ok()?;
    (lines.next().is_none() && key.len() == kind.bytes()).then_some((kind, number, id, key))
}
