//! Archives: ZIP, gzip, tar. Every file in them is read and written clean like one sent by itself.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::blocks::Place;
use super::collector::MOST_UNPACKED;
use super::zip::{Packer, Zip};
use super::{Cleaner, Collector, strings};
use crate::examining::Refusal;
use crate::personal::Passage;

/// Looks through a ZIP archive: names, notes, files, and what was left behind.
pub(super) fn read(zip: &mut Zip<'_>, out: &mut Collector) -> Result<(), Refusal> {
    out.enter_archive()?;
    let names = Place::new("zip.name", "压缩包里的文件名", true);
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        out.passage(&Passage::plain(name.as_str()), &names);
        if name.ends_with('/') {
            continue;
        }
        let bytes = zip.entry(index)?;
        out.unpack(bytes.len() as u64)?;
        file(&bytes, &name, "zip", out)?;
    }
    let place = Place::new("zip.note", "压缩包的注释和夹缝", false);
    for note in std::mem::take(&mut zip.notes) {
        strings::read(&note, &place, out);
    }
    for bytes in zip.left_behind() {
        out.unpack(bytes.len() as u64)?;
        // what was left behind may be broken; its text counts all the same
        strings::read(&bytes, &Place::new("zip.left_behind", "压缩包里残留的内容", false), out);
        if super::is_known_binary(&bytes) {
            let _ = out.nested(&bytes, "", "zip.left_behind.", "压缩包里残留的文件 › ", true);
        }
    }
    out.leave_archive();
    Ok(())
}

/// A file in an archive. What systems leave behind there is no document: its text counts all the same.
pub(super) fn file(
    bytes: &[u8],
    name: &str,
    code: &str,
    out: &mut Collector,
) -> Result<(), Refusal> {
    let words = format!("压缩包里的{name}");
    if is_litter(name) {
        strings::read(bytes, &Place::new(format!("{code}.litter"), words, false), out);
        return Ok(());
    }
    out.nested(bytes, name, &format!("{code}."), &format!("{words} › "), false)
}

/// What systems leave in archives and nobody means to publish.
fn is_litter(name: &str) -> bool {
    let name = name.replace('\\', "/");
    let file = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("__MACOSX/")
        || name.contains("/__MACOSX/")
        || file.starts_with("._")
        || ["ds_store", "thumbs.db", "desktop.ini"]
            .contains(&file.trim_start_matches('.').to_ascii_lowercase().as_str())
}

/// The archive with every file in it clean.
pub(super) fn clean(zip: &mut Zip<'_>, cleaner: &mut Cleaner<'_>) -> Result<Vec<u8>, Refusal> {
    cleaner.enter_archive()?;
    let mut packer = Packer::new();
    let mut known = std::collections::BTreeSet::new();
    for index in 0..zip.names.len() {
        let name = zip.names[index].clone();
        if name.ends_with('/') || is_litter(&name) {
            continue;
        }
        let bytes = zip.entry(index)?;
        cleaner.unpack(bytes.len() as u64)?;
        let cleaned =
            if bytes.is_empty() { Vec::new() } else { super::clean_in(&bytes, &name, cleaner)? };
        let name = super::masked_text(&name.replace('\\', "/").replace("../", ""), cleaner.masking);
        if !known.insert(name.clone()) {
            return Err(Refusal::not_cleanable("有同名文件的压缩包", "请改名后重新打包再上传"));
        }
        packer.add(name.trim_start_matches('/'), &cleaned, true)?;
    }
    cleaner.leave_archive();
    packer.finish()
}

/// Looks through a gzip file: the file in it, and its name.
pub(super) fn read_gzip(bytes: &[u8], name: &str, out: &mut Collector) -> Result<(), Refusal> {
    out.enter_archive()?;
    let mut unpacked = Vec::new();
    let limit = MOST_UNPACKED.min(bytes.len() as u64 * 100 + 20 * 1024 * 1024);
    MultiGzDecoder::new(bytes)
        .take(limit + 1)
        .read_to_end(&mut unpacked)
        .map_err(|error| Refusal::damaged("gzip", error))?;
    if unpacked.len() as u64 > limit {
        return Err(Refusal::Bomb { what: "解压后过大".to_owned() });
    }
    out.unpack(unpacked.len() as u64)?;
    strings::read(
        &bytes[..bytes.len().min(512)],
        &Place::new("gz.name", "压缩包里的文件名", false),
        out,
    );
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    out.nested(&unpacked, inner, "gz.", "压缩包里的文件 › ", false)?;
    out.leave_archive();
    Ok(())
}

/// Whether bytes are a tar archive.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// Looks through a tar archive.
pub(super) fn read_tar(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    out.enter_archive()?;
    let mut at = 0;
    let note = Place::new("tar.note", "压缩包的附加信息", false);
    while let Some(head) = bytes.get(at..at + 512) {
        if head.iter().all(|byte| *byte == 0) {
            // behind the end
            strings::read(&bytes[at..], &note, out);
            break;
        }
        let field = |from: usize, to: usize| {
            String::from_utf8_lossy(&head[from..to]).trim_matches(['\0', ' ']).to_owned()
        };
        let size = usize::from_str_radix(&field(124, 136), 8)
            .map_err(|error| Refusal::damaged("tar", error))?;
        let Some(data) = bytes.get(at + 512..at.saturating_add(512).saturating_add(size)) else {
            return Err(Refusal::damaged("tar", "内容不完整"));
        };
        let name = field(0, 100);
        // one field runs into the next; what a link points to, and owner and group, are names as well
        let place = Place::new("tar.name", "压缩包里的文件名", true);
        for (from, to) in [(0, 100), (157, 257), (265, 297), (297, 329), (345, 500), (500, 512)] {
            strings::read(&head[from..to], &place, out);
        }
        out.unpack(size as u64)?;
        match head[156] {
            b'0' | 0 if !data.is_empty() => file(data, &name, "tar", out)?,
            _ => strings::read(data, &note, out),
        }
        let next = at + 512 + size.div_ceil(512) * 512;
        strings::read(bytes.get(at + 512 + size..next).unwrap_or_default(), &note, out);
        at = next;
    }
    out.leave_archive();
    Ok(())
}
