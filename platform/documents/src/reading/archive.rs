//! ZIP archives of office files, with limits that hold before and while anything is unpacked.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::reading::Unreadable;

/// The most entries an office file may have.
const MOST_ENTRIES: usize = 2_000;
/// The most bytes it may unpack to.
const MOST_UNPACKED: u64 = 200 * 1024 * 1024;
/// Beyond [`RATIO_FLOOR`] it may not unpack to more than so many times its size.
const MOST_RATIO: u64 = 100;
/// Sheets of a million empty cells pack well; below this the ratio does not matter.
const RATIO_FLOOR: u64 = 20 * 1024 * 1024;

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    packed: u64,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive and checks what it declares.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if let Some(entries) = declared_entries(bytes).filter(|entries| *entries > MOST_ENTRIES) {
            return Err(bomb(format!("含{entries}个文件，超过{MOST_ENTRIES}个")));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Unreadable::damaged("压缩包", error))?;
        let packed = bytes.len() as u64;
        if zip.len() > MOST_ENTRIES {
            return Err(bomb(format!("含{}个文件，超过{MOST_ENTRIES}个", zip.len())));
        }
        let declared = zip.decompressed_size().unwrap_or(0);
        check(packed, u64::try_from(declared).unwrap_or(u64::MAX))?;
        Ok(Self { zip, packed, left: MOST_UNPACKED })
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// Opens a part to be read once, as far as the limits allow.
    pub(super) fn part(&mut self, name: &str) -> Result<BufReader<impl Read>, Unreadable> {
        let (packed, left) = (self.packed, self.left);
        let part = self.zip.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
            ZipError::FileNotFound => Unreadable::damaged(name, "缺少这一部分"),
            error => Unreadable::damaged(name, error),
        })?;
        let size = part.size();
        check(packed, size)?;
        if size > left {
            return Err(bomb(format!("解压后超过{}MB", MOST_UNPACKED >> 20)));
        }
        // the size is only declared: never hand out more than it says
        self.left -= size;
        Ok(BufReader::new(part.take(size)))
    }

    /// What to say of an archive that is neither a workbook nor a document.
    pub(super) fn unknown(&self) -> Unreadable {
        let (found, remedy) = if self.has("ppt/presentation.xml") {
            ("演示文稿", "请把目录表格另存为Excel或者Word文件后再导入")
        } else if self.has("content.xml") {
            ("OpenDocument文件", "请另存为xlsx或者docx后再导入")
        } else if self.has("xl/workbook.bin") {
            ("xlsb工作簿", "请用Excel另存为xlsx后再导入")
        } else {
            ("ZIP压缩包", "请解压后导入里面的目录文件")
        };
        Unreadable::Unsupported { found, remedy }
    }
}

/// How many entries the archive's last record declares: asked before the list itself is read.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(65_557)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn check(packed: u64, unpacked: u64) -> Result<(), Unreadable> {
    if unpacked > MOST_UNPACKED {
        return Err(bomb(format!("解压后超过{}MB", MOST_UNPACKED >> 20)));
    }
    if unpacked > RATIO_FLOOR && unpacked / packed.max(1) > MOST_RATIO {
        return Err(bomb(format!("压缩比超过{MOST_RATIO}:1")));
    }
    Ok(())
}

fn bomb(what: String) -> Unreadable {
    Unreadable::Bomb { what }
}
