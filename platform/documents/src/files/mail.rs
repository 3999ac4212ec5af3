//! Mails and web archives: headers and parts, with whatever is attached.

use super::Collector;
use super::blocks::Place;
use crate::examining::Refusal;
use crate::personal::Passage;

/// The deepest nesting of parts.
const DEEPEST: usize = 8;
/// The most parts of a mail.
const MOST_PARTS: usize = 500;

/// Whether a text begins with the headers of a mail.
pub(super) fn is_mail(text: &str) -> bool {
    let head: Vec<String> = text
        .lines()
        .take_while(|line| !line.is_empty())
        .take(60)
        .map(str::to_ascii_lowercase)
        .collect();
    let has = |name: &str| head.iter().any(|line| line.starts_with(name));
    (has("from:") && (has("to:") || has("subject:") || has("date:")))
        && (has("mime-version:") || has("received:") || has("message-id:") || has("content-type:"))
        || has("mime-version:") && has("content-type:")
}

/// Looks through a mail.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let mut waiting = vec![(bytes.to_vec(), 0)];
    let mut count = 0;
    while let Some((bytes, depth)) = waiting.pop() {
        count += 1;
        if depth > DEEPEST || count > MOST_PARTS {
            return Err(Refusal::Bomb { what: "邮件套叠过多".to_owned() });
        }
        out.unpack(bytes.len() as u64)?;
        part(&bytes, depth, &mut waiting, out)?;
    }
    Ok(())
}

fn part(
    bytes: &[u8],
    depth: usize,
    waiting: &mut Vec<(Vec<u8>, usize)>,
    out: &mut Collector,
) -> Result<(), Refusal> {
    let (head, body) = split(bytes);
    let headers = unfolded(&String::from_utf8_lossy(head));
    let place = Place::new("eml.header", "邮件头", false);
    for (_, value) in &headers {
        out.passage(&Passage::plain(words(value)), &place);
        if value.contains('*') || value.contains('%') {
            let whole = super::walk::loosened(&joined(value)).into_owned();
            out.passage(&Passage::plain(whole), &place);
        }
    }
    let header = |name: &str| {
        headers.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.as_str())
    };
    let kind = header("content-type");
    if kind.to_ascii_lowercase().starts_with("multipart/") {
        match parameter(kind, "boundary") {
            Some(boundary) => {
                let (parts, around) = parts(body, &boundary);
                waiting.extend(parts.into_iter().map(|part| (part, depth + 1)));
                // readers of mail do not show what stands before the first part and behind the last
                let place = Place::new("eml.around", "邮件各部分以外的文字", false);
                around.iter().for_each(|text| super::strings::read(text, &place, out));
            }
            None => super::strings::read(body, &place, out),
        }
        return Ok(());
    }
    let decoded = match header("content-transfer-encoding").trim().to_ascii_lowercase().as_str() {
        "base64" => super::base64(body),
        "quoted-printable" => quoted(body),
        _ => body.to_vec(),
    };
    if kind.to_ascii_lowercase().starts_with("message/") {
        waiting.push((decoded, depth + 1));
        return Ok(());
    }
    let name =
        parameter(kind, "name").or_else(|| parameter(header("content-disposition"), "filename"));
    let name = words(&name.unwrap_or_default());
    let label = if name.is_empty() { "正文".to_owned() } else { format!("附件{name}") };
    out.nested(&decoded, &name, "eml.", &format!("邮件{label} › "), false)
}

/// Head and body.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let long = super::zip::find(bytes, b"\r\n\r\n", 0).map(|at| (at, 4));
    let short = super::zip::find(bytes, b"\n\n", 0).map(|at| (at, 2));
    match [long, short].into_iter().flatten().min() {
        Some((at, length)) => (&bytes[..at], &bytes[at + length..]),
        None => (bytes, &[]),
    }
}

/// Headers with their folded lines put together, names in lower case.
fn unfolded(head: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let at = value.to_ascii_lowercase().find(&format!("{name}="))?;
    let rest = &value[at + name.len() + 1..];
    let found = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ' ']).next(),
    };
    found.map(str::to_owned).filter(|found| !found.is_empty())
}

/// A value cut into several parameters, put together: filename*0="a"; filename*1="b".
fn joined(value: &str) -> String {
    let mut pieces = value.split(';');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('=') {
            Some((name, text)) if name.contains('*') => {
                let number = name.trim().trim_end_matches('*').rsplit('*').next();
                if number.and_then(|number| number.parse().ok()).unwrap_or(0_u32) == 0 {
                    out.push(' ');
                }
                out.push_str(text.trim().trim_matches('"').trim_start_matches("UTF-8''"));
            }
            _ => {
                out.push(';');
                out.push_str(piece);
            }
        }
    }
    out
}

/// The parts between the boundaries, the last also where no boundary ends it, and what stands around them.
fn parts(body: &[u8], boundary: &str) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let mark = format!("--{boundary}");
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(found) = super::zip::find(body, mark.as_bytes(), at) {
        starts.push(found);
        at = found + mark.len();
        if starts.len() > MOST_PARTS {
            break;
        }
    }
    let (mut parts, mut around) = (Vec::new(), Vec::new());
    around.push(body[..starts.first().copied().unwrap_or(body.len())].to_vec());
    for (at, start) in starts.iter().enumerate() {
        let from = start + mark.len();
        let to = starts.get(at + 1).copied().unwrap_or(body.len());
        match body[from..to].strip_prefix(b"--") {
            Some(behind) => around.push(behind.to_vec()),
            None => parts.push(body[from..to].trim_ascii_start().to_vec()),
        }
    }
    (parts, around)
}

fn quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'=' {
            out.push(body[at]);
            at += 1;
            continue;
        }
        let hex = body.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                at = body[at..]
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .map_or(body.len(), |len| at + len + 1)
            }
        }
    }
    out
}

/// Words of a header that are written in ASCII: =?gb2312?B?…?=.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        out.push_str(&rest[..at]);
        let mut pieces = rest[at + 2..].splitn(4, '?');
        let (Some(charset), Some(way), Some(text), Some(tail)) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            break;
        };
        let bytes = if way.eq_ignore_ascii_case("b") {
            super::base64(text.as_bytes())
        } else {
            quoted(text.replace('_', " ").as_bytes())
        };
        let encoding =
            encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::GB18030);
        out.push_str(&encoding.decode_without_bom_handling(&bytes).0);
        rest = tail.strip_prefix('=').unwrap_or(tail);
    }
    out.push_str(rest);
    out
}
