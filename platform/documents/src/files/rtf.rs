//! RTF: text with commands, in any code page, with hidden text, deleted text and properties.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

use super::Collector;
use super::blocks::{Builder, Form, Joint, Place};
use crate::examining::Refusal;

/// The deepest nesting of groups.
const DEEPEST: usize = 500;

/// Groups that hold no text: pictures and tables of faces and colours.
const BINARY: [&str; 6] =
    ["pict", "fonttbl", "colortbl", "themedata", "colorschememapping", "objdata"];

/// Groups whose text does not run on from the text around them.
const APART: [&str; 22] = [
    "info",
    "author",
    "operator",
    "title",
    "subject",
    "manager",
    "company",
    "category",
    "keywords",
    "doccomm",
    "hlinkbase",
    "comment",
    "annotation",
    "atnauthor",
    "atnid",
    "header",
    "footer",
    "footnote",
    "fldinst",
    "fldrslt",
    "docvar",
    "userprops",
];

/// Looks through a file. What is hidden, deleted or a property is read like what is shown.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let shown = Place::new("rtf.body", "正文", true);
    let mut text = Text {
        out: Builder::new(shown),
        bytes: Vec::new(),
        encoding: GB18030,
        skip: vec![(false, 1)],
        apart: vec![false],
        pending: 0,
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => text.open()?,
            b'}' => text.close(),
            b'\\' => at = text.command(bytes, at),
            b'\r' | b'\n' => {}
            byte => text.byte(*byte),
        }
    }
    text.flush();
    out.blocks(&text.out.finish());
    super::packed::in_hexadecimal(bytes, "rtf.embedded.", out)
}

struct Text {
    out: Builder,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    /// For each group: whether it holds no text, and how many characters stand for a \u.
    skip: Vec<(bool, usize)>,
    /// For each group whether it stands apart.
    apart: Vec<bool>,
    /// Characters still to be passed over after a \u.
    pending: usize,
}

impl Text {
    fn open(&mut self) -> Result<(), Refusal> {
        self.flush();
        let inherited = self.skip.last().copied().unwrap_or((false, 1));
        self.skip.push(inherited);
        self.apart.push(false);
        if self.skip.len() > DEEPEST {
            return Err(Refusal::Bomb { what: format!("RTF嵌套超过{DEEPEST}层") });
        }
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        if self.skip.len() > 1 {
            self.skip.pop();
            if self.apart.pop() == Some(true) {
                self.out.joint(Joint::Line);
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.pending > 0 {
            self.pending -= 1;
        } else if self.skip.last().is_none_or(|(skips, _)| !skips) {
            self.bytes.push(byte);
        }
    }

    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.encoding.decode_without_bom_handling(&bytes).0;
        self.out.text(&text, (0, 0), Form::Raw);
    }

    /// A command from behind its backslash on; where the text goes on.
    fn command(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            return self.sign(bytes, at, *first);
        }
        let word_end = bytes[at..]
            .iter()
            .position(|byte| !byte.is_ascii_alphabetic())
            .map_or(bytes.len(), |len| at + len);
        let word = std::str::from_utf8(&bytes[at..word_end]).unwrap_or_default();
        let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
        let number_end = bytes[word_end..]
            .iter()
            .take(11)
            .position(|byte| !is_number(byte))
            .map_or(bytes.len().min(word_end + 11), |len| word_end + len);
        let number: Option<i64> = std::str::from_utf8(&bytes[word_end..number_end])
            .ok()
            .and_then(|number| number.parse().ok());
        let end = number_end + usize::from(bytes.get(number_end) == Some(&b' '));
        if word == "bin" {
            return end
                + usize::try_from(number.unwrap_or(0))
                    .unwrap_or(0)
                    .min(bytes.len() - end.min(bytes.len()));
        }
        self.word(word, number);
        end
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "line" | "sect" | "page" | "row" | "pard" => {
                self.flush();
                self.out.joint(if word == "line" {
                    Joint::Break
                } else if word == "pard" {
                    Joint::None
                } else {
                    Joint::Line
                });
            }
            "cell" | "tab" | "nestcell" => {
                self.flush();
                self.out.joint(Joint::Cell);
            }
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => {
                if let Some(group) = self.skip.last_mut() {
                    group.1 = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16);
                }
            }
            "ansicpg" => {
                self.flush();
                self.encoding = match number {
                    Some(1252) => WINDOWS_1252,
                    Some(950) => encoding_rs::BIG5,
                    Some(65001) => encoding_rs::UTF_8,
                    _ => GB18030,
                };
            }
            "emdash" | "endash" => self.byte(b'-'),
            word if APART.contains(&word) => {
                self.flush();
                self.out.joint(Joint::Line);
                if let Some(apart) = self.apart.last_mut() {
                    *apart = true;
                }
            }
            word if BINARY.contains(&word) => {
                if let Some(group) = self.skip.last_mut() {
                    group.0 = true;
                }
            }
            _ => {}
        }
    }

    fn unicode(&mut self, code: i64) {
        self.flush();
        let code = u32::try_from(code.rem_euclid(65_536)).unwrap_or(0);
        if let Some(c) = char::from_u32(code)
            && self.skip.last().is_none_or(|(skips, _)| !skips)
        {
            self.out.text(c.encode_utf8(&mut [0; 4]), (0, 0), Form::Raw);
        }
        self.pending = self.skip.last().map_or(1, |(_, count)| *count);
    }

    fn sign(&mut self, bytes: &[u8], at: usize, sign: u8) -> usize {
        match sign {
            b'\'' => {
                let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                }
                return (at + 3).min(bytes.len());
            }
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\r' | b'\n' => {
                self.flush();
                self.out.joint(Joint::Line);
            }
            _ => {}
        }
        at + 1
    }
}
