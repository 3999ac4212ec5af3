//! 清单: what a backup holds, file by file, and what the database said when it was made.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::tree::{digest_of, private};
use crate::failure::{Exit, Failure};

/// The form of the manifest, told in itself.
pub(super) const FORM: &str = "gongkai-backup/1";

/// The manifest's name in a backup.
pub(super) const NAME: &str = "manifest.json";

/// The largest manifest that is read, in bytes: a decision of ours, enough for a million files.
const LARGEST: u64 = 256 << 20;

/// A backup's manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub form: String,
    /// The moment at which the backup was begun.
    pub made_at: String,
    /// The program that made it.
    pub program: String,
    /// The number of the newest schema change in the database.
    pub schema: i64,
    pub counts: Counts,
    pub audit: Audit,
    /// The public log; `None` where none was founded.
    pub log: Option<Log>,
    /// Whether the log's private key is in it.
    pub holds_log_key: bool,
    pub files: Vec<Held>,
}

/// How much there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub records: i64,
    pub drafts: i64,
    pub leaves: i64,
}

/// Where the chain of the audit ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Audit {
    pub entries: i64,
    pub last: String,
}

/// Which log it is, and the newest checkpoint as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Log {
    pub origin: String,
    pub vkey: String,
    pub checkpoint: Option<String>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// Below the backup, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

impl Held {
    /// Where it lies below a folder; `None` where the path would lead out of it.
    pub(super) fn below(&self, folder: &Path) -> Option<PathBuf> {
        let path = Path::new(&self.path);
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        let odd = self.path.contains(['\\', '\0']) || self.path.ends_with('/');
        let sound = !self.path.is_empty() && !odd && path.components().all(plain);
        sound.then(|| folder.join(path))
    }
}

impl Manifest {
    /// Reads the manifest of a backup, with the SHA-256 of its text.
    ///
    /// # Errors
    /// There is none, it is of another form, or it names places outside of the backup.
    pub(super) fn read(backup: &Path) -> Result<(Self, String), Failure> {
        let path = backup.join(NAME);
        let missing = |error: std::io::Error| {
            let message = format!("{} 不是备份: 读不出清单 {NAME}", backup.display());
            Failure::new(Exit::NotFound, message, "请指明 gongkai backup create 写出的文件夹")
                .because(error)
        };
        let file = fs::File::open(&path).map_err(missing)?;
        let mut text = String::new();
        file.take(LARGEST).read_to_string(&mut text).map_err(missing)?;
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|error| damaged(format!("清单 {NAME} 读不懂")).because(error))?;
        if manifest.form != FORM {
            return Err(damaged(format!("清单的格式是“{}”，不是 {FORM}", manifest.form)));
        }
        if let Some(held) = manifest.files.iter().find(|held| held.below(backup).is_none()) {
            return Err(damaged(format!("清单里的“{}”指到备份外面去了", held.path)));
        }
        Ok((manifest, digest_of(text.as_bytes())))
    }

    /// When it was begun, as the clock on the wall in China had it.
    pub(super) fn made_in_china(&self) -> String {
        in_china(&self.made_at)
    }

    /// Writes it into a backup; answers the SHA-256 of its text.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn write(&self, backup: &Path) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        let path = backup.join(NAME);
        private(&path, text.as_bytes()).map_err(|error| super::stuck(&path, "写不进", error))?;
        Ok(digest_of(text.as_bytes()))
    }

    /// The file of that path.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.iter().any(|held| held.path == path)
    }
}

/// A backup that is not what was backed up.
pub(super) fn damaged(message: impl Into<String>) -> Failure {
    let remedy = "这份备份不能用; 请换一份备份, 并查清备份所在的磁盘和传输";
    Failure::invalid(message, remedy)
}

fn in_china(stored: &str) -> String {
    match web::moments::minute(stored) {
        minute if minute.is_empty() => stored.to_owned(),
        minute => minute,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_out_of_the_backup_is_none() {
        for (path, sound) in [
            ("gongkai.db", true),
            ("files/ab/abcd", true),
            ("演示数据.txt", true),
            ("", false),
            ("/etc/passwd", false),
            ("../data/gongkai.db", false),
            ("files/../../x", false),
            ("files\\..\\x", false),
            ("./x", false),
            ("files/", false),
            ("a\0b", false),
        ] {
            let held = Held { path: path.into(), size: 0, sha256: String::new() };
            assert_eq!(held.below(Path::new("/b")).is_some(), sound, "{path:?}");
        }
    }

    #[test]
    fn the_moment_of_a_backup_is_told_in_the_time_of_china() {
        assert_eq!(in_china("2026-11-25T16:30:00.000Z"), "2026-11-26 00:30");
        assert_eq!(in_china("昨天"), "昨天");
    }
}
