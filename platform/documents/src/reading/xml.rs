//! The XML of office files, as a stream. Entities of a file's own are never expanded.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::reading::Unreadable;

/// What a handler sees of the XML.
pub(super) enum Piece<'a> {
    /// A start tag, by its name without the prefix.
    Start(&'a str, &'a Attributes<'a>),
    /// An end tag, by its name without the prefix; also after a start tag that is empty.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// The attributes of a start tag.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without the prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .map(|attribute| unescaped(&attribute.value))
    }

    /// A whole number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// An on/off value: 1, true, on; also one given without a value by its mere presence.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| is_on(&value))
    }
}

/// Whether an on/off value says on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// Feeds every piece of a part to `take`.
pub(super) fn each(
    part: &str,
    input: impl BufRead,
    mut take: impl FnMut(Piece<'_>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = lenient(input);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| Unreadable::damaged(part, error))?;
        match event {
            Event::Start(tag) => {
                take(Piece::Start(tag.local_name().into_inner(), &Attributes(&tag)))?;
            }
            Event::Empty(tag) => {
                take(Piece::Start(tag.local_name().into_inner(), &Attributes(&tag)))?;
                take(Piece::End(tag.local_name().into_inner()))?;
            }
            Event::End(tag) => take(Piece::End(tag.local_name().into_inner()))?,
            Event::Text(text) => take(Piece::Text(&text))?,
            Event::CData(text) => take(Piece::Text(&text))?,
            Event::GeneralRef(reference) => {
                if let Some(c) = referred(&reference) {
                    take(Piece::Text(c.encode_utf8(&mut [0; 4])))?;
                }
            }
            Event::DocType(_) => {
                return Err(Unreadable::damaged(part, "办公文件里不应有DTD"));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Whether a text is XML to its end: every tag that begins ends, in order. References are not looked at.
pub(super) fn is_whole(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let (mut depth, mut begun) = (0_usize, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => (depth, begun) = (depth + 1, true),
            // An end without a beginning is an error of the reader.
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Empty(_)) => begun = true,
            Ok(Event::Eof) => return begun && depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// A reader that lets pass what other programs let pass.
fn lenient<R: BufRead>(input: R) -> Reader<R> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The character of a reference; entities a file defines itself stand for nothing.
fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let mut parts = value.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((referred(name)?, rest))) {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}
