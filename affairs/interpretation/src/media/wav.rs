//! WAV: chunks, each with four letters and its length.

use interpretation_rules::MediumKind;

use super::source::Source;
use super::{BadMedium, Seen, seconds};

/// More chunks than this are in no sound of ours.
const MOST: usize = 1_000;

pub(super) fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let (mut at, size, mut chunks) = (12_u64, source.size(), 0_usize);
    let (mut rate, mut sound) = (None, None);
    while at + 8 <= size {
        let head = source.exact(at, 8)?;
        let told = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        // What was recorded without knowing its end goes on to the end of the file.
        let end = (at + 8).saturating_add(told).min(size);
        match &head[..4] {
            b"fmt " => rate = Some(format(source, at + 8)?),
            b"data" => sound = Some(end - at - 8),
            b"fact" => {}
            _ => {
                source.write(at, b"JUNK")?;
                source.blank(at + 8, end)?;
            }
        }
        chunks += 1;
        if chunks > MOST {
            return Err(BadMedium::Broken);
        }
        at = end + told % 2;
    }
    let (rate, sound) = rate.zip(sound).ok_or(BadMedium::Broken)?;
    Ok(Seen { kind: MediumKind::Wav, seconds: seconds(sound, rate) })
}

/// How many bytes a second takes.
fn format(source: &Source, at: u64) -> Result<u64, BadMedium> {
    let told = source.exact(at, 16)?;
    match u16::from_le_bytes([told[0], told[1]]) {
        // PCM, in whole numbers or not.
        1 | 3 | 0xfffe => {}
        other => return Err(BadMedium::Codec(format!("WAV {other}"), " MP3")),
    }
    let rate = u32::from_le_bytes([told[8], told[9], told[10], told[11]]);
    if rate == 0 { Err(BadMedium::Broken) } else { Ok(u64::from(rate)) }
}
