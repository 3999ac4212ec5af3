//! MP3 (ISO/IEC 11172-3) and AAC as it is sent (ADTS): frames one after another, tags before and behind them.

use interpretation_rules::MediumKind;

use super::source::Source;
use super::{BadMedium, Seen, seconds};

/// So far behind a tag the first frame begins.
const FAR: usize = 64 << 10;

/// So many frames are looked at to tell how long one is.
const LOOKED_AT: u64 = 200;

/// Of layer III, in thousands of bits a second: MPEG 1, and 2 with 2.5.
const RATES: [[u64; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// In samples a second: MPEG 1, 2 and 2.5.
const SAMPLES: [[u64; 3]; 3] =
    [[44_100, 48_000, 32_000], [22_050, 24_000, 16_000], [11_025, 12_000, 8_000]];

/// Of AAC.
const AAC_SAMPLES: [u64; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// One frame.
#[derive(Clone, Copy)]
struct Frame {
    kind: MediumKind,
    length: u64,
    /// Samples a second, and those of one frame.
    samples: (u64, u64),
    /// Bits a second; 0 where it is not told.
    rate: u64,
    /// Where a count of all frames may stand in it.
    count: u64,
}

/// The frame that begins with these bytes.
fn frame(head: &[u8]) -> Option<Frame> {
    let [0xff, b, c, d, e, f, ..] = *head else { return None };
    if b & 0xf6 == 0xf0 {
        let samples = *AAC_SAMPLES.get(usize::from((c >> 2) & 0xf))?;
        let length = (u64::from(d & 3) << 11) | (u64::from(e) << 3) | u64::from(f >> 5);
        let aac =
            Frame { kind: MediumKind::Aac, length, samples: (samples, 1024), rate: 0, count: 0 };
        return (length > 7).then_some(aac);
    }
    if b & 0xe6 != 0xe2 {
        return None;
    }
    let version = match (b >> 3) & 3 {
        3 => 0,
        2 => 1,
        0 => 2,
        _ => return None,
    };
    let first = version == 0;
    let rate = *RATES[usize::from(!first)].get(usize::from(c >> 4))? * 1000;
    let samples = *SAMPLES[version].get(usize::from((c >> 2) & 3))?;
    let (in_frame, by) = if first { (1152, 144) } else { (576, 72) };
    let length = by * rate / samples + u64::from((c >> 1) & 1);
    let count = match (first, d >> 6 == 3) {
        (true, false) => 36,
        (true, true) | (false, false) => 21,
        (false, true) => 13,
    };
    let kind = MediumKind::Mp3;
    (rate > 0).then_some(Frame { kind, length, samples: (samples, in_frame), rate, count })
}

/// The frame at a place.
fn at(source: &Source, place: u64) -> Result<Option<Frame>, BadMedium> {
    Ok(frame(&source.upto(place, 6)?))
}

pub(super) fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let from = blank_before(source)?;
    let start = first(source, from)?.ok_or(BadMedium::Unknown)?;
    let one = at(source, start)?.ok_or(BadMedium::Broken)?;
    let end = blank_behind(source)?;
    let seconds = match counted(source, start, one)? {
        Some(frames) => seconds(frames.saturating_mul(one.samples.1), one.samples.0),
        None if one.kind == MediumKind::Mp3 => {
            seconds(end.saturating_sub(start).saturating_mul(8), one.rate)
        }
        None => estimated(source, (start, end), one)?,
    };
    Ok(Seen { kind: one.kind, seconds })
}

/// Blanks the tag that stands before sound (ID3v2); says where it ends.
fn blank_before(source: &Source) -> Result<u64, BadMedium> {
    let head = source.upto(0, 10)?;
    let [b'I', b'D', b'3', version, _, flags, a, b, c, d] = *head.as_slice() else { return Ok(0) };
    if [a, b, c, d].iter().any(|one| *one > 0x7f) {
        return Err(BadMedium::Broken);
    }
    let length = [a, b, c, d].iter().fold(0_u64, |length, one| (length << 7) | u64::from(*one));
    let end = 10 + length;
    if end > source.size() {
        return Err(BadMedium::Broken);
    }
    source.write(5, &[flags & 0x10])?;
    source.blank(10, end)?;
    let footer = if version >= 4 && flags & 0x10 != 0 { 10 } else { 0 };
    Ok(end + footer)
}

/// Blanks what stands behind sound (ID3v1, APE); says where it begins.
fn blank_behind(source: &Source) -> Result<u64, BadMedium> {
    let mut end = source.size();
    if end >= 128 && source.exact(end - 128, 3)? == b"TAG" {
        source.blank(end - 125, end)?;
        end -= 128;
    }
    if end >= 32 && source.exact(end - 32, 8)? == b"APETAGEX" {
        let told = source.exact(end - 20, 4)?;
        let told = u64::from(u32::from_le_bytes([told[0], told[1], told[2], told[3]]));
        // Its head, where it has one, is of the same length as its end.
        let from = end.saturating_sub(told.saturating_add(32));
        source.blank(from, end)?;
        end = from;
    }
    Ok(end)
}

/// Where two frames follow one another first.
fn first(source: &Source, from: u64) -> Result<Option<u64>, BadMedium> {
    let window = source.upto(from, FAR)?;
    for (far, _) in window.iter().enumerate().filter(|(_, byte)| **byte == 0xff) {
        let Some(one) = window.get(far..).and_then(frame) else { continue };
        let place = from + far as u64;
        let next = at(source, place + one.length)?;
        if next.is_some_and(|next| next.kind == one.kind && next.samples == one.samples) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// How many frames there are, where the first one says it.
fn counted(source: &Source, start: u64, one: Frame) -> Result<Option<u64>, BadMedium> {
    if one.count == 0 {
        return Ok(None);
    }
    let told = source.upto(start + one.count, 12)?;
    let marked = told.starts_with(b"Xing") || told.starts_with(b"Info");
    let counts = told.get(7).is_some_and(|flags| flags & 1 == 1);
    let number = told.get(8..12).and_then(|number| number.try_into().ok());
    Ok(number.filter(|_| marked && counts).map(|number| u64::from(u32::from_be_bytes(number))))
}

/// How long it plays, by how long its first frames are.
fn estimated(
    source: &Source,
    (start, end): (u64, u64),
    one: Frame,
) -> Result<Option<u32>, BadMedium> {
    let (mut place, mut frames) = (start, 0_u64);
    while frames < LOOKED_AT {
        let Some(next) = at(source, place)? else { break };
        place += next.length;
        frames += 1;
    }
    let all = end.saturating_sub(start).saturating_mul(frames);
    let all = all.checked_div(place - start).unwrap_or_default();
    Ok(seconds(all.saturating_mul(one.samples.1), one.samples.0))
}
