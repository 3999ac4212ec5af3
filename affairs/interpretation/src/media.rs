//! 音频、视频 as files: what came is looked into here before it is kept. What it is, is told by what is in it; what its
//! makers wrote into it beside sound and picture (who recorded it, where, on what) is blanked in place, so that the
//! file plays as it did and nothing is published that nobody has looked at (个人信息保护法第六条).
//!
//! Nothing is decoded: the program follows the boxes of the container and reads headers alone.

mod mp4;
mod mpeg;
mod ogg;
pub(crate) mod shelf;
mod source;
mod wav;
mod webm;

use std::io;
use std::path::Path;

use interpretation_rules::{Form, Medium, MediumKind};

use source::Source;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadMedium {
    /// It is nothing that browsers play.
    #[error(
        "看不出这是什么音频、视频。音频用 MP3、M4A、AAC、OGG（Opus）或 WAV，视频用 MP4（H.264）或 WebM"
    )]
    Unknown,
    /// It is of another form than the interpretation.
    #[error("这是 {0}，不是{1}文件。请换一个文件，或者另写一份别的形式的解读")]
    Other(&'static str, &'static str),
    /// It has more bytes than it may.
    #[error("文件有 {0} MB，{1}最多 {2} MB。请压缩，或者剪成几段")]
    TooLarge(u64, &'static str, u64),
    /// Not every browser plays what is in it.
    #[error("里面的编码是 {0}，有的浏览器放不了。请另存为{1}再上传")]
    Codec(String, &'static str),
    /// What makers wrote into it cannot be blanked.
    #[error("文件里带着封面等说明信息，清不干净。请用不带封面的方式重新导出")]
    Described,
    /// It breaks off, or does not hold what its own head says.
    #[error("文件不完整，或者损坏了。请重新导出再上传")]
    Broken,
    /// It cannot be read or written.
    #[error("文件没有读出来")]
    Io(#[from] io::Error),
}

/// What was seen in a file.
pub(crate) struct Seen {
    pub kind: MediumKind,
    pub seconds: Option<u32>,
}

/// Looks into a file that came for an interpretation of a form under a name, and blanks what its makers wrote into it.
/// Blocks.
///
/// # Errors
/// It is none of its form, too large, not played by every browser, or broken.
pub fn examine(path: &Path, form: Form, name: &str) -> Result<Medium, BadMedium> {
    let source = Source::open(path)?;
    let seen = seen(&source)?;
    if !seen.kind.is_for(form) {
        return Err(BadMedium::Other(seen.kind.name(), form.name()));
    }
    let most = seen.kind.largest();
    if source.size() > most {
        let found = source.size().div_ceil(1 << 20);
        return Err(BadMedium::TooLarge(found, form.name(), most >> 20));
    }
    let sha256 = source.digest()?;
    source.sync()?;
    let name: String = name.chars().filter(|one| !one.is_control()).take(120).collect();
    Ok(Medium { kind: seen.kind, name, size: source.size(), seconds: seen.seconds, sha256 })
}

/// SHA-256 of a file. Blocks.
fn digest_of(path: &Path) -> Result<String, BadMedium> {
    Source::open(path)?.digest()
}

/// What is in a file, by its first bytes.
fn seen(source: &Source) -> Result<Seen, BadMedium> {
    let head = source.upto(0, 16)?;
    match head.as_slice() {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => mp4::seen(source),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => webm::seen(source),
        [b'O', b'g', b'g', b'S', ..] => ogg::seen(source),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => wav::seen(source),
        [b'I', b'D', b'3', ..] | [0xff, 0xe0..=0xff, ..] => mpeg::seen(source),
        _ => Err(BadMedium::Unknown),
    }
}

/// Whole seconds of a number of ticks.
fn seconds(ticks: u64, a_second: u64) -> Option<u32> {
    let seconds = ticks.checked_add(a_second.checked_sub(1)?)?.checked_div(a_second)?;
    u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests;
