//! Compound files: the container of office files of 97 to 2003.

use crate::reading::Unreadable;
use crate::reading::xls::{u16_at, u32_at};

/// Sector numbers from here on mean something else than a sector.
const LAST_SECTOR: u32 = 0xffff_fffa;

/// The bytes of the workbook stream.
pub(super) fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let file =
        Compound::open(bytes).ok_or_else(|| Unreadable::damaged("复合文档", "文件头不完整"))?;
    let entries = file.entries();
    let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if let Some(entry) = named("Workbook").or_else(|| named("Book")) {
        let root = entries.first().map_or(LAST_SECTOR, |root| root.start);
        return Ok(file.stream(entry, root));
    }
    Err(if named("EncryptedPackage").is_some() {
        Unreadable::Encrypted
    } else if named("WordDocument").is_some() {
        Unreadable::Unsupported {
            found: "旧版Word文档（doc）",
            remedy: "请用Word或者WPS打开，另存为docx后再导入",
        }
    } else {
        Unreadable::Unsupported {
            found: "旧版办公文件",
            remedy: "请用办公软件打开，另存为xlsx或者docx后再导入",
        }
    })
}

/// The names and bytes of every stream of a compound file, in the directory's order, and the names
/// alone of those that run in a circle.
pub(crate) type Streams = Vec<(String, Option<Vec<u8>>)>;

/// Every stream of a compound file, whatever program it belongs to. `None` if the bytes are none.
pub(crate) fn streams(bytes: &[u8]) -> Option<Streams> {
    let file = Compound::open(bytes)?;
    let entries = file.entries();
    let root = entries.first().map_or(LAST_SECTOR, |root| root.start);
    let read = |entry: &Entry| {
        let next = if entry.size < file.cutoff as usize { &file.mini_next } else { &file.next };
        let is_circle = entry.size > 0 && file.chain(entry.start, next).len() > next.len();
        (entry.name.clone(), (!is_circle).then(|| file.stream(entry, root)))
    };
    Some(entries.iter().skip(1).filter(|entry| !entry.name.is_empty()).map(read).collect())
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    mini_sector: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    mini_next: Vec<u32>,
    first_directory: u32,
    cutoff: u32,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let mini_shift = u16_at(bytes, 32)?;
        if !(7..=16).contains(&shift) || !(4..=12).contains(&mini_shift) {
            return None;
        }
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            mini_sector: 1 << mini_shift,
            next: Vec::new(),
            mini_next: Vec::new(),
            first_directory: u32_at(bytes, 48)?,
            cutoff: u32_at(bytes, 56)?,
        };
        file.next = file.table(&file.table_sectors()?);
        let mini = file.chain(u32_at(bytes, 60)?, &file.next);
        file.mini_next = file.table(&mini);
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        // the last sector of a file may be cut short
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The sectors that hold the table of sectors.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = (0..109)
            .filter_map(|at| u32_at(self.bytes, 76 + at * 4))
            .filter(|s| *s < LAST_SECTOR)
            .collect();
        let mut more = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector + 1;
        for _ in 0..most {
            let Some(list) = Some(more).filter(|s| *s < LAST_SECTOR).and_then(|s| self.sector(s))
            else {
                break;
            };
            let count = self.sector / 4 - 1;
            sectors.extend(
                (0..count).filter_map(|at| u32_at(list, at * 4)).filter(|s| *s < LAST_SECTOR),
            );
            more = u32_at(list, count * 4).unwrap_or(LAST_SECTOR);
            if sectors.len() > most {
                break;
            }
        }
        sectors.truncate(most);
        Some(sectors)
    }

    fn table(&self, sectors: &[u32]) -> Vec<u32> {
        sectors
            .iter()
            .filter_map(|sector| self.sector(*sector))
            .flat_map(|sector| sector.chunks_exact(4))
            .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect()
    }

    /// The sectors of a chain; one that runs in a circle ends after as many as there are.
    fn chain(&self, start: u32, next: &[u32]) -> Vec<u32> {
        let mut chain = Vec::new();
        let mut at = start;
        while at < LAST_SECTOR && chain.len() <= next.len() {
            chain.push(at);
            at = next.get(at as usize).copied().unwrap_or(LAST_SECTOR);
        }
        chain
    }

    fn bytes_of(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        for sector in self.chain(start, &self.next) {
            bytes.extend_from_slice(self.sector(sector).unwrap_or_default());
            if bytes.len() > self.bytes.len() {
                break;
            }
        }
        bytes
    }

    fn entries(&self) -> Vec<Entry> {
        let directory = self.bytes_of(self.first_directory);
        directory.chunks_exact(128).take(10_000).filter_map(Entry::read).collect()
    }

    /// A stream; small ones lie in the root's stream in small sectors.
    fn stream(&self, entry: &Entry, root: u32) -> Vec<u8> {
        let mut bytes = if entry.size < self.cutoff as usize {
            let small = self.bytes_of(root);
            let mut bytes = Vec::new();
            for sector in self.chain(entry.start, &self.mini_next) {
                let start = (sector as usize).saturating_mul(self.mini_sector);
                let end = start.saturating_add(self.mini_sector).min(small.len());
                bytes.extend_from_slice(small.get(start..end).unwrap_or_default());
                if bytes.len() > self.bytes.len() {
                    break;
                }
            }
            bytes
        } else {
            self.bytes_of(entry.start)
        };
        bytes.truncate(entry.size);
        bytes
    }
}

impl Entry {
    fn read(raw: &[u8]) -> Option<Self> {
        let len = usize::from(u16_at(raw, 64)?).min(64);
        let units: Vec<u16> =
            raw[..len].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
        let entry = Self { name, start: u32_at(raw, 116)?, size: u32_at(raw, 120)? as usize };
        Some(entry)
    }
}
