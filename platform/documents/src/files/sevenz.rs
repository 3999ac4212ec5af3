//! 7z archives: read by their list, every file in them looked through like one sent by itself. They are not
//! written anew: a clean copy is a ZIP.

use std::io::{Cursor, Read};

use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};

use super::archive::file;
use super::blocks::Place;
use super::collector::{MOST_ENTRIES, MOST_UNPACKED};
use super::zip::check;
use super::{Collector, strings};
use crate::examining::Refusal;
use crate::personal::Passage;

/// How much the list of an archive, and each of its decoders, may take, in KiB: dictionaries of 64 MiB, the
/// largest that 7-Zip offers by default, fit twice.
const MOST_MEMORY: usize = 160 * 1024;

/// The bytes before the packed data: signature, version, and where the list stands.
const HEAD: usize = 32;

/// Looks through an archive: names, files, and what belongs to none.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    out.enter_archive()?;
    let password = Password::empty();
    let mut source = Cursor::new(bytes);
    let archive =
        Archive::read_with_memory_limit(&mut source, &password, MOST_MEMORY).map_err(refused)?;
    if archive.files.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb { what: format!("含有的文件超过{MOST_ENTRIES}个") });
    }
    // a sum that lies is found out when a file turns out longer than it says
    let size = archive.files.iter().fold(0_u64, |sum, one| sum.saturating_add(one.size));
    check(bytes.len() as u64, size)?;
    let names = Place::new("7z.name", "压缩包里的文件名", true);
    for (index, entry) in archive.files.iter().enumerate() {
        if archive.is_file_encrypted(index) {
            return Err(Refusal::Encrypted);
        }
        out.passage(&Passage::plain(entry.name.as_str()), &names);
    }
    let mut stopped = None;
    for block in 0..archive.blocks.len() {
        // one thread: the process that reads may start no other
        let decoder = BlockDecoder::new_with_memory_limit(
            1,
            MOST_MEMORY,
            block,
            &archive,
            &password,
            &mut source,
        );
        let read = decoder.for_each_entries(&mut |entry, reader| match unpacked(entry, reader)
            .and_then(|bytes| taken(&bytes, entry, out))
        {
            Ok(()) => Ok(true),
            Err(refusal) => {
                stopped = Some(refusal);
                Ok(false)
            }
        });
        if let Some(refusal) = stopped {
            return Err(refusal);
        }
        read.map_err(refused)?;
    }
    let place = Place::new("7z.note", "压缩包的夹缝和末尾", false);
    for note in uncovered(bytes, &archive) {
        strings::read(note, &place, out);
    }
    out.leave_archive();
    Ok(())
}

fn unpacked(entry: &ArchiveEntry, reader: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let most = entry.size.min(MOST_UNPACKED);
    // the size is only declared: one byte more than it says is one too many
    reader
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::damaged(&entry.name, error))?;
    match bytes.len() as u64 > most {
        true => Err(Refusal::Bomb { what: "解压后比声明的大".to_owned() }),
        false => Ok(bytes),
    }
}

fn taken(bytes: &[u8], entry: &ArchiveEntry, out: &mut Collector) -> Result<(), Refusal> {
    out.unpack(bytes.len() as u64)?;
    if entry.is_directory || bytes.is_empty() {
        return Ok(());
    }
    file(bytes, &entry.name, "7z", out)
}

/// The stretches that are neither the head, nor packed data, nor the list.
fn uncovered<'a>(bytes: &'a [u8], archive: &Archive) -> Vec<&'a [u8]> {
    let number = |at: usize| {
        let eight = bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok());
        eight.map_or(0, |eight| usize::try_from(u64::from_le_bytes(eight)).unwrap_or(usize::MAX))
    };
    let list = HEAD.saturating_add(number(12));
    let end = list.saturating_add(number(20));
    let packed = HEAD.saturating_add(usize::try_from(archive.pack_pos()).unwrap_or(usize::MAX));
    let size = archive.pack_sizes().iter().fold(0_u64, |sum, one| sum.saturating_add(*one));
    let behind = packed.saturating_add(usize::try_from(size).unwrap_or(usize::MAX));
    let spans = [(HEAD, packed), (behind, list), (end, bytes.len())];
    spans
        .into_iter()
        .filter_map(|(from, to)| bytes.get(from..to))
        .filter(|gap| gap.len() > 9)
        .collect()
}

fn refused(error: Error) -> Refusal {
    const REPACK: &str = "请用ZIP格式重新打包后再上传";
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Refusal::Encrypted,
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => Refusal::Encrypted,
        Error::UnsupportedCompressionMethod(_)
        | Error::ExternalUnsupported
        | Error::Unsupported(_) => Refusal::unsupported("用少见的方法压缩的7z压缩包", REPACK),
        Error::MaxMemLimited { .. } => {
            Refusal::Bomb { what: format!("解压需要的内存超过{}MB", MOST_MEMORY / 1024) }
        }
        error => Refusal::damaged("7z压缩包", error),
    }
}
