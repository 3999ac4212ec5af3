//! ZIP archives: entries with limits that hold before and while anything is unpacked, and whatever
//! else stands in the file: comments, extra fields, entries no list names.

use std::io::{Cursor, Read, Write};

use flate2::read::DeflateDecoder;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::collector::{MOST_ENTRIES, MOST_UNPACKED};
use crate::examining::Refusal;

/// Beyond [`RATIO_FLOOR`] an archive may not unpack to more than so many times its size.
const MOST_RATIO: u64 = 100;
const RATIO_FLOOR: u64 = 20 * 1024 * 1024;

/// An opened archive.
pub(super) struct Zip<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of the entries, in the order of the list.
    pub(super) names: Vec<String>,
    /// What stands in the file beside the entries: comments, extra fields, bytes that belong to nothing.
    pub(super) notes: Vec<Vec<u8>>,
    starts: Vec<u64>,
    left: u64,
}

impl<'a> Zip<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if declared_entries(bytes).is_some_and(|count| count > MOST_ENTRIES) {
            return Err(Refusal::Bomb { what: format!("含有的文件超过{MOST_ENTRIES}个") });
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Refusal::damaged("压缩包", error))?;
        let mut zip = Self {
            bytes,
            archive,
            names: Vec::new(),
            notes: Vec::new(),
            starts: Vec::new(),
            left: MOST_UNPACKED,
        };
        if zip.archive.len() > MOST_ENTRIES {
            return Err(Refusal::Bomb { what: format!("含有的文件超过{MOST_ENTRIES}个") });
        }
        let declared = zip.archive.decompressed_size().unwrap_or(0);
        check(bytes.len() as u64, u64::try_from(declared).unwrap_or(u64::MAX))?;
        if zip.archive.has_overlapping_files().unwrap_or(true) {
            return Err(Refusal::Bomb { what: "压缩包里的文件相互重叠".to_owned() });
        }
        zip.list()?;
        Ok(zip)
    }

    fn list(&mut self) -> Result<(), Refusal> {
        if !self.archive.comment().is_empty() {
            self.notes.push(self.archive.comment().to_vec());
        }
        let mut spans = Vec::new();
        for index in 0..self.archive.len() {
            let entry = self
                .archive
                .by_index_raw(index)
                .map_err(|error| Refusal::damaged("压缩包", error))?;
            if entry.encrypted() {
                return Err(Refusal::Encrypted);
            }
            let raw = entry.name_raw();
            let name = std::str::from_utf8(raw).map_or_else(
                |_| encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
                str::to_owned,
            );
            self.starts.push(entry.header_start());
            let note = entry.comment().as_bytes().to_vec();
            let extra = entry.extra_data().unwrap_or_default().to_vec();
            let own = local_header(self.bytes, entry.header_start() as usize);
            if let Some((local, local_extra, data)) = own {
                // a name or field that only the entry itself has
                let others = [(local, raw), (local_extra, extra.as_slice())];
                let differ = others.iter().filter(|(one, other)| one != other);
                self.notes
                    .extend(differ.map(|(one, _)| one.to_vec()).filter(|note| note.len() > 9));
                let end = data.saturating_add(entry.compressed_size() as usize);
                spans.push((entry.header_start() as usize, end));
            }
            spans.push(central_header(self.bytes, entry.central_header_start() as usize));
            self.names.push(name);
            self.notes.extend([note, extra].into_iter().filter(|note| note.len() > 9));
        }
        self.notes.extend(uncovered(self.bytes, spans));
        Ok(())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }

    /// Unpacks an entry, by its place in the list.
    pub(super) fn entry(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let name = self.names.get(index).cloned().unwrap_or_default();
        let entry = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
            error => Refusal::damaged(&name, error),
        })?;
        let size = entry.size();
        check(self.bytes.len() as u64, size)?;
        if size > self.left {
            return Err(Refusal::Bomb {
                what: format!("解压后超过{}MB", MOST_UNPACKED >> 20)
            });
        }
        self.left -= size;
        let mut bytes = Vec::new();
        // the size is only declared: one byte more than it says is one too many
        entry
            .take(size + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Refusal::damaged(&name, error))?;
        if bytes.len() as u64 > size {
            return Err(Refusal::Bomb { what: "解压后比声明的大".to_owned() });
        }
        Ok(bytes)
    }

    /// Unpacks an entry by name.
    pub(super) fn named(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.names.iter().position(|one| one == name) {
            Some(index) => self.entry(index).map(Some),
            None => Ok(None),
        }
    }

    /// What is packed in the file without being in its list: left behind when it was changed.
    pub(super) fn left_behind(&mut self) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = find(self.bytes, b"PK\x03\x04", at) {
            at = next + 4;
            if self.starts.contains(&(next as u64)) || found.len() >= 64 {
                continue;
            }
            let Some(header) = self.bytes.get(next..next + 30) else { break };
            let word = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
            let Some(data) = self.bytes.get(next + 30 + word(26) + word(28)..) else { continue };
            let mut bytes = Vec::new();
            let limit = self.left.min(RATIO_FLOOR);
            // what breaks off is still worth looking at
            let _ = match word(8) {
                8 => DeflateDecoder::new(data).take(limit).read_to_end(&mut bytes),
                _ => {
                    let size = u32::from_le_bytes([header[18], header[19], header[20], header[21]])
                        as usize;
                    bytes.extend_from_slice(&data[..size.min(data.len())]);
                    Ok(0)
                }
            };
            self.left = self.left.saturating_sub(bytes.len() as u64);
            if !bytes.is_empty() && !inside_an_entry(&self.starts, next as u64, self.bytes) {
                found.push(bytes);
            }
        }
        found
    }
}

/// The name and the extra field an entry has beside the list, and where its data begin.
fn local_header(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8], usize)> {
    let head = bytes.get(at..at.checked_add(30)?)?;
    let word = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let (name, extra) = (at + 30 + word(26), at + 30 + word(26) + word(28));
    Some((bytes.get(at + 30..name)?, bytes.get(name..extra)?, extra))
}

/// Where an entry of the list begins and ends.
fn central_header(bytes: &[u8], at: usize) -> (usize, usize) {
    let Some(head) = bytes.get(at..at.saturating_add(46)) else { return (at, at) };
    let word = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
    (at, at + 46 + word(28) + word(30) + word(32))
}

/// The stretches of an archive that neither an entry nor its list nor its last record covers.
fn uncovered(bytes: &[u8], mut spans: Vec<(usize, usize)>) -> Vec<Vec<u8>> {
    if let Some(at) = last_record(bytes) {
        let comment = bytes.get(at + 20..at + 22).unwrap_or(&[0, 0]);
        spans.push((at, at + 22 + usize::from(u16::from_le_bytes([comment[0], comment[1]]))));
    }
    spans.push((bytes.len(), bytes.len()));
    spans.sort_unstable();
    let (mut found, mut at) = (Vec::new(), 0);
    for (from, to) in spans {
        let between = bytes.get(at..from).unwrap_or_default();
        if between.len() > 9 {
            found.push(between.to_vec());
        }
        at = at.max(to);
    }
    found
}

/// A stored entry may itself be an archive: its headers are no left-overs of this one.
fn inside_an_entry(starts: &[u64], at: u64, bytes: &[u8]) -> bool {
    let Some(start) = starts.iter().filter(|start| **start < at).max() else { return false };
    let Some(header) = bytes.get(*start as usize..*start as usize + 30) else { return false };
    let word = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
    let size = u64::from(u32::from_le_bytes([header[18], header[19], header[20], header[21]]));
    at < start + 30 + word(26) + word(28) + size
}

/// Where `what` stands from `from` on.
pub(super) fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// How many entries the archive's last record declares: asked before the list itself is read.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let at = last_record(bytes)?;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// Where an archive's last record stands; something may be behind it.
fn last_record(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(65_557);
    bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06").map(|at| from + at)
}

pub(super) fn check(packed: u64, unpacked: u64) -> Result<(), Refusal> {
    if unpacked > MOST_UNPACKED {
        return Err(Refusal::Bomb { what: format!("解压后超过{}MB", MOST_UNPACKED >> 20) });
    }
    if unpacked > RATIO_FLOOR && unpacked / packed.max(1) > MOST_RATIO {
        return Err(Refusal::Bomb { what: format!("压缩比超过{MOST_RATIO}:1") });
    }
    Ok(())
}

/// Writes an archive: no comments, no extra fields, no times.
pub(super) struct Packer(ZipWriter<Cursor<Vec<u8>>>);

impl Packer {
    pub(super) fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8], is_packed: bool) -> Result<(), Refusal> {
        let method =
            if is_packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method);
        self.0.start_file(name, options).map_err(|error| Refusal::damaged(name, error))?;
        self.0.write_all(bytes).map_err(|error| Refusal::damaged(name, error))
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, Refusal> {
        self.0.finish().map(Cursor::into_inner).map_err(|error| Refusal::damaged("压缩包", error))
    }
}
