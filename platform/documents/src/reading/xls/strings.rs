//! Strings of workbooks of 97 to 2003, which may be broken over several records.

use encoding_rs::Encoding;

/// How strings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 97 and later: Unicode.
    Biff8,
    /// Before 97: bytes in a code page.
    Biff5 { codepage: u16 },
}

impl Version {
    /// Notes the code page, which only older workbooks use.
    pub(super) fn set_codepage(&mut self, page: u16) {
        if let Self::Biff5 { codepage } = self {
            *codepage = page;
        }
    }
}

/// The strings that cells share, from a record and those that continue it.
pub(super) fn shared(parts: &[&[u8]]) -> Vec<String> {
    let mut reader = Reader::new(parts);
    let Some(count) = reader.skip(4).and_then(|()| reader.u32()) else {
        return Vec::new();
    };
    let mut strings = Vec::new();
    for _ in 0..count {
        match reader.shared_string() {
            Some(text) => strings.push(text),
            None => break,
        }
    }
    strings
}

/// Reads on through several records.
pub(super) struct Reader<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(parts: &'a [&'a [u8]]) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    /// How much is left of the record; moves on to the next one at its end.
    fn left(&mut self) -> usize {
        while let Some(part) = self.parts.get(self.part) {
            if self.at < part.len() {
                return part.len() - self.at;
            }
            self.part += 1;
            self.at = 0;
        }
        0
    }

    fn byte(&mut self) -> Option<u8> {
        if self.left() == 0 {
            return None;
        }
        let byte = self.parts[self.part][self.at];
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let step = self.left().min(bytes);
            if step == 0 {
                return None;
            }
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    /// A string of the shared table, with its formatting runs and readings skipped.
    fn shared_string(&mut self) -> Option<String> {
        let len = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let extra = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let text = self.characters(len, flags & 1 != 0)?;
        // what follows may be cut short in the last string without harm to its text
        let _ = self.skip(runs * 4).and_then(|()| self.skip(extra));
        Some(text)
    }

    /// Characters; where a record ends between them, the next begins with flags of its own.
    fn characters(&mut self, len: usize, mut is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(len.min(4_096));
        let mut part = {
            self.left();
            self.part
        };
        while units.len() < len {
            if self.left() == 0 {
                return None;
            }
            if self.part != part {
                part = self.part;
                is_wide = self.byte()? & 1 != 0;
                continue;
            }
            units.push(if is_wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        Some(String::from_utf16_lossy(&units).replace("\r\n", "\n").replace('\r', "\n"))
    }

    /// A string with its length in one byte: the name of a sheet.
    pub(super) fn short_string(&mut self, version: Version) -> Option<String> {
        let len = usize::from(self.byte()?);
        self.string(len, version)
    }

    /// A string with its length in two bytes: the text of a cell.
    pub(super) fn long_string(&mut self, version: Version) -> Option<String> {
        let len = usize::from(self.u16()?);
        self.string(len, version)
    }

    fn string(&mut self, len: usize, version: Version) -> Option<String> {
        match version {
            Version::Biff8 => {
                let flags = self.byte()?;
                self.characters(len, flags & 1 != 0)
            }
            Version::Biff5 { codepage } => {
                let bytes: Vec<u8> = (0..len).map_while(|_| self.byte()).collect();
                Some(encoding(codepage).decode_without_bom_handling(&bytes).0.into_owned())
            }
        }
    }
}

fn encoding(codepage: u16) -> &'static Encoding {
    match codepage {
        950 => encoding_rs::BIG5,
        1_252 => encoding_rs::WINDOWS_1252,
        65_001 => encoding_rs::UTF_8,
        _ => encoding_rs::GB18030,
    }
}
