//! Files by their formats: every place in them that holds text, and how they are written clean.
//!
//! A file is told by its content. Each format is read by its structure: whatever part, property or
//! attribute holds text is looked at, whether or not anybody has thought of hiding something there;
//! and a clean copy holds the parts that are known to be needed and none that is merely there.

mod archive;
mod blocks;
mod collector;
mod html;
mod image;
mod legacy;
mod mail;
mod markup;
mod odf;
mod ofd;
mod office;
mod packed;
mod pdf;
mod plain;
mod rtf;
mod sevenz;
mod strings;
mod walk;
mod zip;

use crate::examining::{Masking, Preview, PreviewTable, Refusal};
use crate::personal::{self, Passage};
use crate::reading::MOST_BYTES;

pub(crate) use collector::Collector;

use collector::{DEEPEST_ARCHIVE, MOST_ENTRIES, MOST_UNPACKED};
use zip::Zip;

/// What of a file is shown before it is fetched: the first page of a PDF as a picture, the tables of an
/// office file; nothing for other kinds.
pub(crate) fn preview(bytes: &[u8], name: &str) -> Result<(Preview, Vec<u8>), Refusal> {
    Ok(match Kind::of(bytes, name)? {
        Kind::Pdf => {
            let (pages, picture) = pdf::first_page(bytes)?;
            let picture = picture.unwrap_or_default();
            (Preview { pages, ..Preview::default() }, picture)
        }
        Kind::Office(..) | Kind::Compound | Kind::Text(..) | Kind::Page(_) => {
            let read = crate::reading::read(bytes, name);
            let tables = read.map(|file| PreviewTable::some_of(&file.sheets)).unwrap_or_default();
            (Preview { pages: 0, tables }, Vec::new())
        }
        _ => (Preview::default(), Vec::new()),
    })
}

/// What a file turned out to be.
enum Kind<'a> {
    Pdf,
    Image,
    Office(Box<Zip<'a>>, office::Suite),
    Odf(Box<Zip<'a>>),
    Ofd(Box<Zip<'a>>),
    Archive(Box<Zip<'a>>),
    SevenZ,
    Gzip,
    Tar,
    Compound,
    Rtf,
    Page(String),
    Markup(String),
    Mail,
    Text(String, bool),
}

/// What to do with an archive of a kind that is not looked into. RAR is one of these: its packing is not
/// published, and no reader of it may be passed on freely.
const REPACK: &str = "请解压后用ZIP格式重新打包再上传，或者逐个上传里面的文件";
const CONVERT: &str = "请解压或者转换成文档后再上传";

/// Kinds that are not looked into: how they begin, what they are, what to do.
const OTHERS: [(&[u8], &str, &str); 8] = [
    (b"Rar!", "RAR压缩包", REPACK),
    (b"BZh", "bzip2压缩包", REPACK),
    (b"\xfd7zXZ", "xz压缩包", REPACK),
    (b"\x28\xb5\x2f\xfd", "zstd压缩包", REPACK),
    (b"MZ", "程序", CONVERT),
    (b"\x7fELF", "程序", CONVERT),
    (b"ID3", "音频", CONVERT),
    (b"\x1aE\xdf\xa3", "视频", CONVERT),
];

/// The sign by which virus scanners are tried.
const TRIAL: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR";

impl<'a> Kind<'a> {
    fn of(bytes: &'a [u8], name: &str) -> Result<Self, Refusal> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Refusal::TooLarge { bytes: bytes.len() as u64 });
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Refusal::Empty);
        }
        if zip::find(&bytes[..bytes.len().min(4_096)], TRIAL, 0).is_some() {
            return Err(Refusal::Bomb { what: "带有病毒测试特征".to_owned() });
        }
        for (head, found, remedy) in OTHERS {
            if bytes.starts_with(head) {
                return Err(Refusal::unsupported(found, remedy));
            }
        }
        if bytes.get(4..8) == Some(b"ftyp") {
            return Err(Refusal::unsupported("音频或者视频", "请通过音视频栏目发布"));
        }
        let head = &bytes[..bytes.len().min(1_024)];
        match () {
            () if zip::find(head, b"%PDF-", 0).is_some() => Ok(Self::Pdf),
            () if image::Format::of(bytes).is_some() => Ok(Self::Image),
            () if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") => {
                Self::packed(bytes)
            }
            () if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => Ok(Self::Compound),
            () if bytes.starts_with(b"7z\xbc\xaf\x27\x1c") => Ok(Self::SevenZ),
            () if bytes.starts_with(&[0x1f, 0x8b]) => Ok(Self::Gzip),
            () if archive::is_tar(bytes) => Ok(Self::Tar),
            () if bytes.starts_with(b"{\\rtf") => Ok(Self::Rtf),
            () => Self::written(bytes, name),
        }
    }

    fn packed(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let zip = Box::new(Zip::open(bytes)?);
        Ok(match office::Suite::of(&zip) {
            Some(suite) => Self::Office(zip, suite),
            None if zip.has("xl/workbook.bin") => {
                return Err(Refusal::unsupported("xlsb工作簿", "请另存为xlsx后再上传"));
            }
            None if ofd::is_ofd(&zip) => Self::Ofd(zip),
            None if odf::is_odf(&zip) => Self::Odf(zip),
            None => Self::Archive(zip),
        })
    }

    fn written(bytes: &[u8], name: &str) -> Result<Self, Refusal> {
        let text = text_of(bytes).map_err(|_| Refusal::unknown_kind())?;
        let head: String =
            text.trim_start_matches('\u{feff}').trim_start().chars().take(2_000).collect();
        let head = head.to_ascii_lowercase();
        let has = |tag: &str| head.contains(tag);
        let is_csv = name.to_ascii_lowercase().ends_with(".csv")
            || name.to_ascii_lowercase().ends_with(".tsv");
        Ok(match () {
            () if mail::is_mail(&text) => Self::Mail,
            () if head.starts_with("<!doctype html")
                || has("<html")
                || has("<body")
                || has("<table") && head.starts_with('<') =>
            {
                Self::Page(text)
            }
            () if head.starts_with("<?xml") || head.starts_with("<svg") => Self::Markup(text),
            () if head.starts_with('<')
                && (has("<p") || has("<div") || has("<h1") || has("<ul")) =>
            {
                Self::Page(text)
            }
            () => Self::Text(text, is_csv),
        })
    }
}

/// The text of a file. One in UTF-8 stays as it is; a table in another encoding gets the mark by
/// which spreadsheets know UTF-8.
fn text_of(bytes: &[u8]) -> Result<String, crate::reading::Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
        _ => Ok(format!("\u{feff}{}", crate::reading::decoded(bytes)?)),
    }
}

/// Whether bytes are of a kind that is read by its structure and is no text.
fn is_known_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"%PDF-")
        || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
        || bytes.starts_with(b"7z\xbc\xaf\x27\x1c")
        || bytes.starts_with(b"{\\rtf")
        || image::Format::of(bytes).is_some_and(|format| format != image::Format::Bmp)
}

/// The name of a part of a packed document: nobody sees it, and it may say anything.
fn part_name(name: &str, code: &str, out: &mut Collector) {
    if walk::may_matter(name) {
        let place = blocks::Place::new(format!("{code}.part_name"), "文件内部的名称", false);
        out.passage(&Passage::plain(name), &place);
    }
}

/// Reads a file into the collector.
pub(crate) fn read(bytes: &[u8], name: &str, out: &mut Collector) -> Result<(), Refusal> {
    match Kind::of(bytes, name)? {
        Kind::Pdf => pdf::read(bytes, out),
        Kind::Image => image::read(bytes, out),
        Kind::Office(mut zip, suite) => office::read(&mut zip, suite, out),
        Kind::Odf(mut zip) => odf::read(&mut zip, out),
        Kind::Ofd(mut zip) => ofd::read(&mut zip, out),
        Kind::Archive(mut zip) => archive::read(&mut zip, out),
        Kind::SevenZ => sevenz::read(bytes, out),
        Kind::Gzip => archive::read_gzip(bytes, name, out),
        Kind::Tar => archive::read_tar(bytes, out),
        Kind::Compound => legacy::read(bytes, out),
        Kind::Rtf => rtf::read(bytes, out),
        Kind::Page(text) => html::read(text, out),
        Kind::Markup(text) => {
            let place = blocks::Place::new("xml.text", "正文", true);
            let markup = markup::Markup::xml(text)?;
            office::plain(&markup, &place, out);
            for token in &markup.tokens {
                packed::in_attributes(&markup, token, "xml.", out)?;
            }
            packed::in_text(&markup, "xml.", out)
        }
        Kind::Mail => mail::read(bytes, out),
        Kind::Text(text, is_csv) => {
            plain::read(&text, is_csv, out);
            Ok(())
        }
    }
}

/// What cleaning needs and watches.
pub(crate) struct Cleaner<'a> {
    masking: &'a Masking,
    unpacked: u64,
    entries: usize,
    archives: usize,
}

impl<'a> Cleaner<'a> {
    pub(crate) const fn new(masking: &'a Masking) -> Self {
        Self { masking, unpacked: 0, entries: 0, archives: 0 }
    }

    fn unpack(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        self.entries += 1;
        if self.unpacked > MOST_UNPACKED || self.entries > MOST_ENTRIES {
            return Err(Refusal::Bomb {
                what: format!("解压后超过{}MB", MOST_UNPACKED >> 20)
            });
        }
        Ok(())
    }

    fn enter_archive(&mut self) -> Result<(), Refusal> {
        self.archives += 1;
        if self.archives > DEEPEST_ARCHIVE {
            Err(Refusal::TooDeep { levels: DEEPEST_ARCHIVE })
        } else {
            Ok(())
        }
    }

    fn leave_archive(&mut self) {
        self.archives -= 1;
    }
}

/// Writes a file clean.
pub(crate) fn clean(bytes: &[u8], name: &str, masking: &Masking) -> Result<Vec<u8>, Refusal> {
    clean_in(bytes, name, &mut Cleaner::new(masking))
}

fn clean_in(bytes: &[u8], name: &str, cleaner: &mut Cleaner<'_>) -> Result<Vec<u8>, Refusal> {
    match Kind::of(bytes, name)? {
        Kind::Pdf => pdf::clean(bytes, cleaner.masking),
        Kind::Image => image::clean(bytes),
        Kind::Office(mut zip, suite) => office::clean(&mut zip, suite, cleaner),
        Kind::Odf(mut zip) => odf::clean(&mut zip, cleaner),
        Kind::Ofd(mut zip) => ofd::clean(&mut zip, cleaner),
        Kind::Archive(mut zip) => archive::clean(&mut zip, cleaner),
        Kind::SevenZ | Kind::Gzip | Kind::Tar => {
            Err(Refusal::not_cleanable("7z、gzip或者tar压缩包", "请改用ZIP格式重新打包后再上传"))
        }
        Kind::Compound => Err(Refusal::not_cleanable(
            "旧版办公文件（doc、xls、ppt、wps）",
            "请另存为docx、xlsx、pptx或者PDF后再上传",
        )),
        Kind::Rtf => Err(Refusal::not_cleanable("RTF文档", "请另存为docx或者PDF后再上传")),
        Kind::Mail => Err(Refusal::not_cleanable("邮件", "请只上传要公布的正文或者附件")),
        Kind::Page(text) => Ok(html::clean(text, cleaner.masking)?.into_bytes()),
        Kind::Markup(_) => {
            Err(Refusal::not_cleanable("XML文件", "请转换成PDF、DOCX或者XLSX后再上传"))
        }
        Kind::Text(text, is_csv) => Ok(plain::clean(&text, is_csv, cleaner.masking).into_bytes()),
    }
}

/// A page of our own with everything masked that has to be.
pub(crate) fn masked_page(page: &str, masking: &Masking) -> Result<String, Refusal> {
    html::masked(page.to_owned(), masking)
}

/// A page of our own into the collector.
pub(crate) fn read_page(page: &str, out: &mut Collector) -> Result<(), Refusal> {
    html::read(page.to_owned(), out)
}

/// A text with everything masked that has to be.
pub(crate) fn masked_text(text: &str, masking: &Masking) -> String {
    let mut found = personal::find(&Passage::plain(text));
    found.retain(|found| masking.masks(found.kind));
    let within = masking.within(text);
    if within.is_empty() {
        return personal::masked(text, &found);
    }
    let starred = |(at, letter): (usize, char)| match within.binary_search(&at) {
        Ok(_) => "*".repeat(letter.len_utf8()),
        Err(_) => letter.to_string(),
    };
    // as many bytes as before, so that what else is found still stands where it stood
    let starred: String = text.char_indices().map(starred).collect();
    personal::masked(&starred, &found)
}

/// Bytes from base64; what is no sign of it is passed over.
fn base64(text: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for value in text.iter().filter_map(|byte| value(*byte)) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// Bytes in base64.
fn in_base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let all = chunk.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS[(all >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

/// Endings that say what a file is; of others nothing is claimed.
const CLAIMS: [&str; 39] = [
    "pdf", "jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "docx", "xlsx", "pptx",
    "docm", "xlsm", "pptm", "et", "odt", "ods", "odp", "ofd", "zip", "7z", "gz", "tgz", "tar",
    "doc", "xls", "ppt", "wps", "dps", "rtf", "html", "htm", "xhtml", "xml", "svg", "eml", "mht",
    "csv",
];

/// That the name says another kind than the content is; `None` where it says none, or the right one.
pub(crate) fn misnamed(bytes: &[u8], name: &str) -> Option<Refusal> {
    match check_name(bytes, name) {
        Err(Refusal::WrongName { named, found }) if CLAIMS.contains(&named.as_str()) => {
            Some(Refusal::WrongName { named, found })
        }
        _ => None,
    }
}

/// Whether the name says what the content is.
pub(crate) fn check_name(bytes: &[u8], name: &str) -> Result<(), Refusal> {
    let Some((_, ending)) = name.rsplit_once('.') else { return Ok(()) };
    let ending = ending.to_ascii_lowercase();
    let kind = Kind::of(bytes, name)?;
    let (found, endings): (&str, &[&str]) = match &kind {
        Kind::Pdf => ("PDF", &["pdf"]),
        Kind::Image => image::endings(bytes),
        Kind::Office(zip, suite)
            if zip.has("word/vbaProject.bin")
                || zip.has("xl/vbaProject.bin")
                || zip.has("ppt/vbaProject.bin") =>
        {
            let _ = suite;
            ("带宏的办公文件", &["docm", "xlsm", "pptm"])
        }
        Kind::Office(_, office::Suite::Word) => ("Word文档", &["docx"]),
        Kind::Office(_, office::Suite::Sheets) => ("Excel工作簿", &["xlsx", "et"]),
        Kind::Office(_, office::Suite::Slides) => ("演示文稿", &["pptx"]),
        Kind::Odf(_) => ("OpenDocument文件", &["odt", "ods", "odp"]),
        Kind::Ofd(_) => ("OFD", &["ofd"]),
        Kind::Archive(_) => ("ZIP压缩包", &["zip"]),
        Kind::SevenZ => ("7z压缩包", &["7z"]),
        Kind::Gzip => ("gzip压缩包", &["gz", "tgz"]),
        Kind::Tar => ("tar压缩包", &["tar"]),
        Kind::Compound => ("旧版办公文件", &["doc", "xls", "ppt", "wps", "et", "dps"]),
        Kind::Rtf => ("RTF文档", &["rtf", "doc"]),
        Kind::Page(_) => ("网页", &["html", "htm", "xhtml"]),
        Kind::Markup(_) => ("XML文件", &["xml", "svg"]),
        Kind::Mail => ("邮件", &["eml", "mht"]),
        Kind::Text(..) => ("文本", &["txt", "csv", "tsv", "md", "json"]),
    };
    if endings.contains(&ending.as_str()) {
        Ok(())
    } else {
        Err(Refusal::WrongName { named: ending, found: found.to_owned() })
    }
}
