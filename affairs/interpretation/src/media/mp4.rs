//! MP4 (ISO/IEC 14496-12): boxes within boxes, each with its length and four letters.

use interpretation_rules::MediumKind;

use super::source::Source;
use super::{BadMedium, Seen, seconds};

/// More boxes side by side than this are in no film of ours: a film in fragments has two for each of them.
const MOST: usize = 200_000;

/// What makers wrote beside sound and picture.
const ASIDE: [&[u8; 4]; 3] = [b"udta", b"meta", b"uuid"];

/// One box.
struct Part {
    kind: [u8; 4],
    start: u64,
    body: u64,
    end: u64,
}

/// The boxes from one place to another.
fn parts(source: &Source, from: u64, to: u64) -> Result<Vec<Part>, BadMedium> {
    let (mut found, mut at) = (Vec::new(), from);
    while at + 8 <= to {
        let head = source.exact(at, 8)?;
        let kind = [head[4], head[5], head[6], head[7]];
        let (length, body) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => (to - at, at + 8),
            1 => (source.long(at + 8)?, at + 16),
            length => (u64::from(length), at + 8),
        };
        let end = at.checked_add(length).filter(|end| *end <= to && *end >= body);
        let end = end.ok_or(BadMedium::Broken)?;
        found.push(Part { kind, start: at, body, end });
        if found.len() > MOST {
            return Err(BadMedium::Broken);
        }
        at = end;
    }
    Ok(found)
}

fn named<'a>(parts: &'a [Part], kind: &[u8; 4]) -> Option<&'a Part> {
    parts.iter().find(|part| part.kind == *kind)
}

/// The box at the end of a path.
fn within(source: &Source, part: &Part, path: &[&[u8; 4]]) -> Result<Option<Part>, BadMedium> {
    let Some((first, rest)) = path.split_first() else { return Ok(None) };
    let inner = parts(source, part.body, part.end)?;
    let Some(found) = inner.into_iter().find(|one| one.kind == **first) else { return Ok(None) };
    if rest.is_empty() { Ok(Some(found)) } else { within(source, &found, rest) }
}

pub(super) fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let all = parts(source, 0, source.size())?;
    if source.exact(8, 4)? == b"qt  " {
        return Err(BadMedium::Codec("QuickTime（MOV）".into(), " MP4"));
    }
    let movie = named(&all, b"moov").ok_or(BadMedium::Broken)?;
    named(&all, b"mdat").ok_or(BadMedium::Broken)?;
    let inner = parts(source, movie.body, movie.end)?;
    let mut kind: Option<MediumKind> = None;
    for track in inner.iter().filter(|part| part.kind == *b"trak") {
        kind = kind.max(of_track(source, track)?);
    }
    let kind = kind.ok_or(BadMedium::Unknown)?;
    let length = match named(&inner, b"mvhd") {
        Some(head) => length(source, head)?,
        None => None,
    };
    blank(source, &all)?;
    blank(source, &inner)?;
    for track in inner.iter().filter(|part| part.kind == *b"trak") {
        blank(source, &parts(source, track.body, track.end)?)?;
    }
    Ok(Seen { kind, seconds: length })
}

/// What a track makes of its file; nothing where it is neither heard nor seen.
fn of_track(source: &Source, track: &Part) -> Result<Option<MediumKind>, BadMedium> {
    let Some(head) = within(source, track, &[b"mdia", b"hdlr"])? else { return Ok(None) };
    let kind = match source.exact(head.body + 8, 4)?.as_slice() {
        b"vide" => MediumKind::Mp4,
        b"soun" => MediumKind::M4a,
        _ => return Ok(None),
    };
    let path: [&[u8; 4]; 4] = [b"mdia", b"minf", b"stbl", b"stsd"];
    let told = within(source, track, &path)?.ok_or(BadMedium::Broken)?;
    // Version and flags, the number of entries, the length of the first, its letters.
    let codec = source.exact(told.body + 12, 4)?;
    match (kind, codec.as_slice()) {
        (MediumKind::Mp4, b"avc1" | b"avc3") | (MediumKind::M4a, b"mp4a") => Ok(Some(kind)),
        (MediumKind::Mp4, b"hvc1" | b"hev1") => {
            Err(BadMedium::Codec("H.265".into(), " H.264 的 MP4"))
        }
        (_, other) => {
            let letters = other.iter().map(|one| char::from(*one));
            let name: String = letters.filter(char::is_ascii_alphanumeric).collect();
            Err(BadMedium::Codec(name, " H.264 的 MP4，声音用 AAC，"))
        }
    }
}

/// How long it plays.
fn length(source: &Source, head: &Part) -> Result<Option<u32>, BadMedium> {
    let version = source.exact(head.body, 1)?;
    let (scale, ticks) = match version.first() {
        Some(1) => (source.big(head.body + 20)?, source.long(head.body + 24)?),
        _ => (source.big(head.body + 12)?, u64::from(source.big(head.body + 16)?)),
    };
    Ok(seconds(ticks, u64::from(scale)))
}

/// Makes free space of what makers wrote.
fn blank(source: &Source, parts: &[Part]) -> Result<(), BadMedium> {
    for part in parts.iter().filter(|part| ASIDE.contains(&&part.kind)) {
        source.write(part.start + 4, b"free")?;
        source.blank(part.body, part.end)?;
    }
    Ok(())
}
