//! Files written into text: in base64, in hexadecimal signs, in data: addresses. Office files, mails, RTF and
//! web pages all carry files this way.

use super::Collector;
use super::blocks::Place;
use super::markup::{Kind, Markup, Token};
use super::strings;
use crate::examining::Refusal;

/// Shorter runs hold no file.
const SHORTEST: usize = 160;
/// The most runs that are looked at in one text.
const MOST: usize = 64;
/// So far behind the beginning of what is unpacked a file may begin: it has a wrapping of its own.
const HEAD: usize = 4_096;

/// The bytes of a data: address.
pub(super) fn inlined(value: &str) -> Option<Vec<u8>> {
    let (head, body) = value.trim().strip_prefix("data:")?.split_once(',')?;
    head.ends_with(";base64").then(|| super::base64(body.as_bytes()))
}

/// Looks through the files written into the tags of a page or part.
pub(super) fn in_attributes(
    markup: &Markup,
    token: &Token,
    code: &str,
    out: &mut Collector,
) -> Result<(), Refusal> {
    if !matches!(token.kind, Kind::Open | Kind::Empty) || token.to - token.from < 40 {
        return Ok(());
    }
    for attribute in markup.attributes(token) {
        let value = &markup.source[attribute.from..attribute.to];
        if let Some(bytes) = inlined(value) {
            out.unpack(bytes.len() as u64)?;
            let number = out.inline();
            match read_if_whole(&bytes, code, out) {
                Err(refusal) if refusal.is_of_an_unknown_kind() => {
                    let place = Place::new(format!("{code}data"), "内嵌的数据", false);
                    strings::read(&bytes, &place, out);
                    out.not_understood(&unknown(number, value, bytes.len()));
                }
                other => other?,
            }
        }
    }
    Ok(())
}

/// What is said of a file in a data: address of which nothing is known: its readable text was looked through
/// as it stands, and a clean copy does not have it.
fn unknown(number: usize, value: &str, bytes: usize) -> String {
    let said = value.trim_start().strip_prefix("data:").unwrap_or_default();
    let said = said.split([';', ',']).next().unwrap_or_default();
    let is_sign = |byte: u8| byte.is_ascii_alphabetic() || b"/.+-".contains(&byte);
    let is_type = said.contains('/') && said.len() <= 60 && said.bytes().all(is_sign);
    let kind = if is_type { said } else { "没有写明类型" };
    format!(
        "看不懂的内嵌文件：第{number}个（{kind}，{bytes}字节），只检查了其中能读出的文字，干净副本里没有它"
    )
}

/// Looks through the files written in base64 between the tags of a part.
pub(super) fn in_text(markup: &Markup, code: &str, out: &mut Collector) -> Result<(), Refusal> {
    let texts = markup.tokens.iter().filter(|token| matches!(token.kind, Kind::Text | Kind::Raw));
    let long = texts.filter(|token| (token.to - token.from) as usize >= SHORTEST);
    for token in long.take(MOST) {
        let written = markup.written(token).trim();
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_\r\n \t".contains(&byte);
        if written.bytes().all(is_sign) {
            unwrapped(&super::base64(written.as_bytes()), code, out)?;
        }
    }
    Ok(())
}

/// Looks through the files written in hexadecimal signs, as RTF holds them.
pub(super) fn in_hexadecimal(bytes: &[u8], code: &str, out: &mut Collector) -> Result<(), Refusal> {
    let is_sign = |byte: &u8| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace();
    let runs = bytes.split(|byte| !is_sign(byte)).filter(|run| run.len() >= SHORTEST);
    for run in runs.take(MOST) {
        // the end of a command's name may look like digits
        let name = run.iter().position(u8::is_ascii_whitespace).filter(|at| *at < 32).unwrap_or(0);
        let digits = run[name..].iter().filter_map(|byte| char::from(*byte).to_digit(16));
        let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
        let unpacked: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        unwrapped(&unpacked, code, out)?;
    }
    Ok(())
}

/// What was written in signs: text, and a file that begins in it.
fn unwrapped(bytes: &[u8], code: &str, out: &mut Collector) -> Result<(), Refusal> {
    out.unpack(bytes.len() as u64)?;
    strings::read(bytes, &Place::new(format!("{code}data"), "内嵌的数据", false), out);
    let begins = |at: &usize| super::is_known_binary(&bytes[*at..]);
    if let Some(at) = (0..bytes.len().min(HEAD)).find(begins) {
        read_if_whole(&bytes[at..], code, out)?;
    }
    Ok(())
}

/// What is broken no reader can open either, and its text has been looked at as it stands; every other refusal
/// is one of the whole file.
fn read_if_whole(bytes: &[u8], code: &str, out: &mut Collector) -> Result<(), Refusal> {
    match out.nested(bytes, "", code, "内嵌的文件 › ", true) {
        Err(Refusal::Damaged { .. }) => Ok(()),
        other => other,
    }
}
