//! From bytes to text: byte order marks, UTF-8, UTF-16 and the Chinese encodings, told by what
//! decodes cleanly and only then by what the page declares.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::reading::Unreadable;

/// A file may have one unreadable character in so many before it counts as unreadable.
const ONE_BAD_IN: usize = 50;

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(&encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    if let Some(encoding) = wide(bytes) {
        return checked(&encoding.decode_without_bom_handling(bytes).0);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(&unmangled(text).unwrap_or_else(|| text.to_owned()));
    }
    let declared = declared(bytes).filter(|encoding| *encoding == BIG5);
    let candidates = [declared.unwrap_or(GB18030), UTF_8, GB18030, BIG5];
    let best = candidates
        .iter()
        .map(|encoding| encoding.decode_without_bom_handling(bytes).0)
        .min_by_key(|text| strangeness(text));
    checked(best.as_deref().unwrap_or_default())
}

/// UTF-16 without a mark: only there do zero bytes occur. The order that gives common characters
/// is the right one.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8_192) & !1];
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    if zeros * 100 < head.len() {
        return None;
    }
    let sense = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(head).0;
        text.chars().filter(|c| common(*c)).count()
    };
    let (little, big) = (sense(UTF_16LE), sense(UTF_16BE));
    // markup without any common character still has its zeros on one side
    let odd = head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    match little.max(big) {
        0 if zeros * 5 < head.len() => None,
        0 if odd * 2 >= zeros => Some(UTF_16LE),
        0 => Some(UTF_16BE),
        _ if little >= big => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

/// The encoding a page or an XML file declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or(head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// How little a text looks like Chinese: replaced characters weigh most, then characters that stand
/// in no Chinese table, as appear when one encoding is read as another.
fn strangeness(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{fffd}' => 20,
            '\u{e000}'..='\u{f8ff}' => 3,
            '\u{80}'..='\u{9f}' | '\u{ac00}'..='\u{d7a3}' | '\u{3100}'..='\u{312f}' => 5,
            '\u{ff61}'..='\u{ff9f}' | '\u{400}'..='\u{4ff}' => 3,
            c if common(c) => 0,
            '\u{4e00}'..='\u{9fff}' => 1,
            _ => 0,
        })
        .sum()
}

/// Characters that occur in every catalogue.
fn common(c: char) -> bool {
    "公开事项目录序号内容要素依据时限主体渠道和载体对象方式层级一二级政府信息网站的人民中华共国日起工作个年月部门".contains(c)
}

/// UTF-8 that was read as Latin-1 and written as UTF-8 once more: å…¬å¼€ for 公开.
fn unmangled(text: &str) -> Option<String> {
    let mut han = 0_usize;
    let mut latin = 0_usize;
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}' => han += 1,
            '\u{a0}'..='\u{ff}'
            | 'Œ'
            | 'œ'
            | 'Š'
            | 'š'
            | 'Ž'
            | 'ž'
            | 'Ÿ'
            | 'ƒ'
            | 'ˆ'
            | '˜'
            | '€'
            | '™' => latin += 1,
            _ => {}
        }
    }
    if han > 0 || latin < 40 {
        return None;
    }
    let (bytes, _, bad) = encoding_rs::WINDOWS_1252.encode(text);
    if bad {
        return None;
    }
    let again = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes)?;
    again.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).then(|| again.into_owned())
}

/// Refuses a text that is mostly noise, and takes stray control characters out.
fn checked(text: &str) -> Result<String, Unreadable> {
    let (mut all, mut bad) = (0_usize, 0_usize);
    let mut first_bad = None;
    for (at, c) in text.char_indices() {
        all += 1;
        if c == '\u{fffd}'
            || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}'))
        {
            bad += 1;
            first_bad.get_or_insert(at);
        }
    }
    match first_bad {
        Some(at) if bad * ONE_BAD_IN > all => {
            let line = text[..at].lines().count().max(1);
            Err(Unreadable::Encoding { line })
        }
        _ => Ok(text.replace("\r\n", "\n").replace(['\r', '\u{b}'], "\n").replace('\0', "")),
    }
}

/// The page inside an MHTML file: the first part that is HTML.
pub(super) fn mail_page(mail: &str) -> Result<String, Unreadable> {
    let broken = || Unreadable::damaged("MHTML", "没有网页部分");
    let lower = mail.to_ascii_lowercase();
    let start = lower.find("content-type: text/html").ok_or_else(broken)?;
    let head_start = lower[..start].rfind("\n--").unwrap_or(0);
    let head_end = lower[start..].find("\n\n").map(|at| at + start).ok_or_else(broken)?;
    let head = &lower[head_start..head_end];
    let rest = &mail[head_end + 2..];
    let body = rest.find("\n--").map_or(rest, |end| &rest[..end]);
    let bytes = if head.contains("quoted-printable") {
        quoted_printable(body)
    } else if head.contains("base64") {
        base64(body)
    } else {
        body.as_bytes().to_vec()
    };
    decode(&bytes)
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let bytes = body.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            // a soft line end
            (b'=', ..) if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn base64(body: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in body.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 0xff).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::{decode, mail_page};
    use crate::reading::Unreadable;

    const PAGE: &str =
        "<meta charset=gb2312>公开事项，政府信息公开条例，公开渠道和载体：政府网站、公开查阅点";

    #[test]
    fn every_encoding_in_use_gives_the_same_text() {
        let utf16: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let big5 =
            BIG5.encode("<meta charset=big5>公開事項，政府資訊公開條例，主體").0.into_owned();
        for (what, bytes) in [
            ("UTF-8 that declares GB2312", PAGE.as_bytes().to_vec()),
            ("UTF-8 with a mark", marked(b"\xef\xbb\xbf", PAGE.as_bytes())),
            ("UTF-16 with a mark", marked(b"\xff\xfe", &utf16)),
            ("UTF-16 without one", utf16),
            ("UTF-16 big endian", marked(b"\xfe\xff", &utf16_be)),
            ("GB18030", GB18030.encode(PAGE).0.into_owned()),
            (
                "GB18030 that declares UTF-8",
                GB18030.encode(&PAGE.replace("gb2312", "utf-8")).0.into_owned(),
            ),
        ] {
            let text = decode(&bytes).expect(what);
            assert_eq!(text.replace("utf-8", "gb2312"), PAGE, "{what}");
        }
        assert!(decode(&big5).expect("Big5").contains("政府資訊公開條例"));
    }

    #[test]
    fn noise_is_refused_with_the_line_it_starts_in() {
        let mut bytes = "公开事项\n公开内容\n".as_bytes().to_vec();
        bytes.extend((0..2_000_u32).map(|n| (n * 7919 % 251) as u8));
        assert!(matches!(decode(&bytes), Err(Unreadable::Encoding { .. })));
    }

    #[test]
    fn text_read_as_latin_once_too_often_is_turned_back() {
        let mangled: String = PAGE
            .bytes()
            .map(|byte| {
                let (text, _) = encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(std::slice::from_ref(&byte));
                text.into_owned()
            })
            .collect();
        assert_eq!(decode(mangled.as_bytes()).expect("turned back"), PAGE);
    }

    #[test]
    fn the_page_of_a_mail_is_found() {
        let mail = "MIME-Version: 1.0\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E5=85=AC=\n=E5=BC=80</p>\n--b--";
        assert_eq!(mail_page(mail).expect("a page"), "<p>公开</p>");
        assert!(mail_page("MIME-Version: 1.0").is_err());
    }
}
