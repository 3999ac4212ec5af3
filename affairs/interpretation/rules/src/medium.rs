//! 音频、视频: a file that is heard or seen. All that is said in it stands beside it as text, and under a film as
//! captions (GB/T 37668; WCAG 2.2, 1.2.1 and 1.2.2). What a file is, is told by what is in it and never by its name.

use serde::{Deserialize, Serialize};

use crate::Form;

/// The largest file of sound, in bytes: ours (docs/readings/307).
pub const LARGEST_AUDIO: u64 = 100 << 20;

/// The largest film, in bytes: ours (docs/readings/307).
pub const LARGEST_VIDEO: u64 = 300 << 20;

/// What a file of sound or a film is: what browsers play without anything added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediumKind {
    /// MP3.
    Mp3,
    /// AAC as it is sent (ADTS).
    Aac,
    /// AAC in MP4.
    M4a,
    /// Opus or Vorbis in Ogg.
    Ogg,
    /// WAV.
    Wav,
    /// H.264 with AAC in MP4.
    Mp4,
    /// VP8, VP9 or AV1 with Opus or Vorbis in WebM.
    Webm,
}

impl MediumKind {
    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Mp3 => "mp3",
            Self::Aac => "aac",
            Self::M4a => "m4a",
            Self::Ogg => "ogg",
            Self::Wav => "wav",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mp3 => "MP3",
            Self::Aac => "AAC",
            Self::M4a => "M4A",
            Self::Ogg => "OGG",
            Self::Wav => "WAV",
            Self::Mp4 => "MP4",
            Self::Webm => "WebM",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Aac => "audio/aac",
            Self::M4a => "audio/mp4",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// Whether it is seen.
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }

    /// The most bytes it may have.
    pub const fn largest(self) -> u64 {
        if self.is_video() { LARGEST_VIDEO } else { LARGEST_AUDIO }
    }

    /// Whether it is what an interpretation of that form is made of.
    pub fn is_for(self, form: Form) -> bool {
        match form {
            Form::Audio => !self.is_video(),
            Form::Video => self.is_video(),
            _ => false,
        }
    }
}

/// The file of an interpretation that is heard or seen; which bytes they are is signed by their digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// What it is.
    pub kind: MediumKind,
    /// The name it came under.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// How long it plays, in seconds; `None` where the file does not say.
    pub seconds: Option<u32>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Medium {
    /// The name under which it is given out: `jiedu.mp4`.
    pub fn file(&self) -> String {
        format!("jiedu.{}", self.kind.ending())
    }

    /// What it is, how large and how long: `MP4，12.3 MB，3 分 20 秒`.
    pub fn told(&self) -> String {
        let mut told = format!("{}，{}", self.kind.name(), sized(self.size));
        if let Some(seconds) = self.seconds {
            told.push('，');
            told.push_str(&lasting(seconds));
        }
        told
    }

    /// The same with the digest that is signed.
    pub fn as_signed(&self) -> String {
        format!("{}\nSHA-256 {}", self.told(), self.sha256)
    }
}

/// A number of bytes as people read it.
fn sized(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{} KB", bytes.div_ceil(1 << 10)),
        _ => {
            let tenths = bytes.saturating_mul(10) >> 20;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// A number of seconds as people read it.
fn lasting(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}
