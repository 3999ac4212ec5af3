//! OGG (RFC 3533) with Opus (RFC 7845) or Vorbis: pages, each with its sum. The second packet tells who made it.

use interpretation_rules::MediumKind;

use super::source::Source;
use super::{BadMedium, Seen, seconds};

/// The end of a file in which its last page begins: a page has less than this.
const LAST: usize = 70_000;

/// One page.
struct Page {
    at: u64,
    /// How many bytes its head has.
    head: usize,
    whole: Vec<u8>,
}

fn page(source: &Source, at: u64) -> Result<Page, BadMedium> {
    let start = source.exact(at, 27)?;
    if &start[..4] != b"OggS" {
        return Err(BadMedium::Broken);
    }
    let head = 27 + usize::from(start[26]);
    let table = source.exact(at + 27, head - 27)?;
    let said: usize = table.iter().map(|one| usize::from(*one)).sum();
    Ok(Page { at, head, whole: source.exact(at, head + said)? })
}

impl Page {
    fn said(&self) -> &[u8] {
        &self.whole[self.head..]
    }

    /// How long its first packet is; `None` where it goes on in the next page.
    fn first(&self) -> Option<usize> {
        let table = &self.whole[27..self.head];
        let last = table.iter().position(|one| *one < 255)?;
        Some(table[..=last].iter().map(|one| usize::from(*one)).sum())
    }
}

pub(super) fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let first = page(source, 0)?;
    let (mark, before, rate) = match first.said() {
        [b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', _, _, a, b, ..] => {
            (&b"OpusTags"[..], u64::from(u16::from_le_bytes([*a, *b])), 48_000)
        }
        [1, b'v', b'o', b'r', b'b', b'i', b's', _, _, _, _, _, a, b, c, d, ..] => {
            (&b"\x03vorbis"[..], 0, u64::from(u32::from_le_bytes([*a, *b, *c, *d])))
        }
        _ => {
            let name = "OGG 里的其他编码".to_owned();
            return Err(BadMedium::Codec(name, " Opus 的 OGG，或者 MP3，"));
        }
    };
    let second = page(source, first.whole.len() as u64)?;
    blank(source, second, mark)?;
    let last = last_moment(source)?;
    let seconds = last.and_then(|last| seconds(last.saturating_sub(before), rate));
    Ok(Seen { kind: MediumKind::Ogg, seconds })
}

/// A number of four bytes, the lowest first.
fn little(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

/// Blanks what stands behind the name of each comment, and counts the sum of the page anew.
fn blank(source: &Source, mut page: Page, mark: &[u8]) -> Result<(), BadMedium> {
    let length = page.first().ok_or(BadMedium::Described)?;
    let start = page.head;
    let packet = page.whole.get_mut(start..start + length).ok_or(BadMedium::Broken)?;
    if !packet.starts_with(mark) {
        return Err(BadMedium::Broken);
    }
    comments(packet, mark.len()).ok_or(BadMedium::Broken)?;
    page.whole[22..26].fill(0);
    let sum = sum(&page.whole);
    page.whole[22..26].copy_from_slice(&sum.to_le_bytes());
    source.write(page.at, &page.whole)
}

/// Blanks the comments of a packet; `None` where it does not hold what it says.
fn comments(packet: &mut [u8], from: usize) -> Option<()> {
    let vendor = little(packet, from)?;
    let mut at = from.checked_add(4)?.checked_add(vendor)?;
    let number = little(packet, at)?;
    at += 4;
    for _ in 0..number {
        let length = little(packet, at)?;
        at = at.checked_add(4)?;
        let comment = packet.get_mut(at..at.checked_add(length)?)?;
        let value = comment.iter().position(|one| *one == b'=').map_or(0, |sign| sign + 1);
        comment[value..].fill(b' ');
        at += length;
    }
    Some(())
}

/// The sum of a page (RFC 3533, section 6): by 0x04c11db7, nothing turned round.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0_u32, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            let shifted = sum << 1;
            if sum & 0x8000_0000 == 0 { shifted } else { shifted ^ 0x04c1_1db7 }
        })
    })
}

/// How far the last page goes, in ticks.
fn last_moment(source: &Source) -> Result<Option<u64>, BadMedium> {
    let end = source.upto(source.size().saturating_sub(LAST as u64), LAST)?;
    let last = end.windows(4).rposition(|four| four == b"OggS");
    let ticks = last.and_then(|at| end.get(at + 6..at + 14)).and_then(|told| told.try_into().ok());
    Ok(ticks.map(u64::from_le_bytes).filter(|ticks| *ticks != u64::MAX))
}
