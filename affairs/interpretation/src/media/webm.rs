//! WebM (RFC 8794, RFC 9559): elements, each with a number and a length of as many bytes as they need.

use interpretation_rules::MediumKind;

use super::source::Source;
use super::{BadMedium, Seen};

/// More elements than this are in no film of ours.
const MOST: usize = 2_000_000;

const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1f43_b675;
const INFO: u32 = 0x1549_a966;
const TRACKS: u32 = 0x1654_ae6b;
const TAGS: u32 = 0x1254_c367;
const ATTACHMENTS: u32 = 0x1941_a469;
const TRACK: u32 = 0xae;
const CODEC: u32 = 0x86;
const SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;

/// An element that says nothing.
const VOID: u8 = 0xec;

/// One element; `end` is `None` where its length is not known.
struct Element {
    id: u32,
    start: u64,
    body: u64,
    end: Option<u64>,
}

/// The element at a place.
fn element(source: &Source, at: u64, to: u64) -> Result<Element, BadMedium> {
    let head = source.upto(at, 12)?;
    let first = *head.first().ok_or(BadMedium::Broken)?;
    let id_length = first.leading_zeros() as usize + 1;
    let id = head.get(..id_length).filter(|_| id_length <= 4).ok_or(BadMedium::Broken)?;
    let id = id.iter().fold(0_u32, |id, byte| (id << 8) | u32::from(*byte));
    let second = *head.get(id_length).ok_or(BadMedium::Broken)?;
    let length_length = second.leading_zeros() as usize + 1;
    let told = head.get(id_length..id_length + length_length).filter(|_| length_length <= 8);
    let told = told.ok_or(BadMedium::Broken)?;
    let whole = told.iter().fold(0_u64, |length, byte| (length << 8) | u64::from(*byte));
    let marked = 1_u64 << (7 * length_length);
    let length = whole & (marked - 1);
    let body = at + (id_length + length_length) as u64;
    let unknown = length == marked - 1;
    let end = body.checked_add(length).filter(|end| *end <= to);
    match (unknown, end) {
        (true, _) => Ok(Element { id, start: at, body, end: None }),
        (false, Some(end)) => Ok(Element { id, start: at, body, end: Some(end) }),
        (false, None) => Err(BadMedium::Broken),
    }
}

/// The elements from one place to another; those of unknown length are gone into.
fn elements(source: &Source, from: u64, to: u64) -> Result<Vec<Element>, BadMedium> {
    let (mut found, mut at, mut looked) = (Vec::new(), from, 0_usize);
    while at < to {
        let one = element(source, at, to)?;
        at = one.end.unwrap_or(one.body);
        looked += 1;
        if looked > MOST {
            return Err(BadMedium::Broken);
        }
        // What sounds and is seen stands in a cluster and is not looked at.
        if one.end.is_some() && !matches!(one.id, CLUSTER | 0xa0 | 0xa3 | 0xe7) {
            found.push(one);
        }
    }
    Ok(found)
}

fn named(elements: &[Element], id: u32) -> Option<(u64, u64)> {
    let found = elements.iter().find(|one| one.id == id)?;
    Some((found.body, found.end?))
}

/// The bytes of an element that is short.
fn bytes(source: &Source, (from, to): (u64, u64)) -> Result<Vec<u8>, BadMedium> {
    source.exact(from, usize::try_from(to - from).unwrap_or(usize::MAX))
}

pub(super) fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let size = source.size();
    let head = element(source, 0, size)?;
    let head_end = head.end.ok_or(BadMedium::Broken)?;
    let told = elements(source, head.body, head_end)?;
    let doc_type = named(&told, DOC_TYPE).ok_or(BadMedium::Broken)?;
    if bytes(source, doc_type)? != b"webm" {
        return Err(BadMedium::Codec("MKV".into(), " WebM，或者 H.264 的 MP4，"));
    }
    let segment = element(source, head_end, size)?;
    if segment.id != SEGMENT {
        return Err(BadMedium::Broken);
    }
    let all = elements(source, segment.body, segment.end.unwrap_or(size))?;
    let tracks = named(&all, TRACKS).ok_or(BadMedium::Broken)?;
    has_film(source, tracks)?;
    let seconds = match named(&all, INFO) {
        Some((from, to)) => length(source, &elements(source, from, to)?)?,
        None => None,
    };
    for one in all.iter().filter(|one| matches!(one.id, TAGS | ATTACHMENTS)) {
        blank(source, one)?;
    }
    Ok(Seen { kind: MediumKind::Webm, seconds })
}

/// Refuses what browsers do not play, and what is heard alone.
fn has_film(source: &Source, (from, to): (u64, u64)) -> Result<(), BadMedium> {
    let mut film = false;
    for track in elements(source, from, to)?.iter().filter(|one| one.id == TRACK) {
        let inner = elements(source, track.body, track.end.unwrap_or(to))?;
        let codec = named(&inner, CODEC).ok_or(BadMedium::Broken)?;
        let codec = String::from_utf8_lossy(&bytes(source, codec)?).into_owned();
        match codec.trim_end_matches('\0') {
            "V_VP8" | "V_VP9" | "V_AV1" => film = true,
            "A_OPUS" | "A_VORBIS" => {}
            other if other.starts_with("S_") || other.starts_with("D_") => {}
            other => {
                let name: String = other.chars().filter(char::is_ascii_graphic).take(20).collect();
                return Err(BadMedium::Codec(name, " VP9 的 WebM，或者 H.264 的 MP4，"));
            }
        }
    }
    if film {
        return Ok(());
    }
    Err(BadMedium::Codec("只有声音的 WebM".into(), " OGG（Opus）"))
}

/// How long it plays.
fn length(source: &Source, info: &[Element]) -> Result<Option<u32>, BadMedium> {
    let scale = match named(info, SCALE) {
        Some(place) => {
            let told = bytes(source, place)?;
            told.iter().take(8).fold(0_u64, |scale, byte| (scale << 8) | u64::from(*byte))
        }
        None => 1_000_000,
    };
    let Some(place) = named(info, DURATION) else { return Ok(None) };
    let told = bytes(source, place)?;
    let ticks = match told.as_slice() {
        [a, b, c, d] => f64::from(f32::from_be_bytes([*a, *b, *c, *d])),
        [a, b, c, d, e, f, g, h] => f64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
        _ => return Ok(None),
    };
    let seconds = (ticks * scale as f64 / 1e9).ceil();
    let sound = seconds.is_finite() && (1.0..=1e6).contains(&seconds);
    Ok(sound.then_some(seconds as u32))
}

/// Makes an element of it that says nothing, of the same length.
fn blank(source: &Source, one: &Element) -> Result<(), BadMedium> {
    let Some(end) = one.end else { return Err(BadMedium::Described) };
    // Its number, and a length of eight bytes: what makers wrote has more than that.
    let left = (end - one.start).checked_sub(9).ok_or(BadMedium::Described)?;
    let mut head = vec![VOID, 0x01];
    head.extend_from_slice(&left.to_be_bytes()[1..]);
    source.write(one.start, &head)?;
    source.blank(one.start + 9, end)
}
