//! What a form of the workbench says: fields, and files beside them.
//!
//! A form without files comes as `application/x-www-form-urlencoded`, one with files as
//! `multipart/form-data` (RFC 7578). Both are read whole, within limits, before anything is done.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::Spooled;
use crate::address::decoded;
use crate::visitor::within;
use crate::{Fault, House};

/// A form without files: a thousand pasted rows take less than a third of it.
pub(super) const MOST_TEXT: usize = 12 * 1024 * 1024;

/// A form with a file; larger tables are refused by their reader anyway.
const MOST_WITH_FILES: usize = 24 * 1024 * 1024;

/// More parts than this come from no form of ours.
pub(super) const MOST_PARTS: usize = 20_000;

/// A file sent with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The name it had on the clerk's machine, without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a form says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submitted {
    fields: Vec<(String, String)>,
    files: Vec<(String, Upload)>,
    /// Large files, where the route takes them.
    spooled: Vec<(String, Arc<Spooled>)>,
}

impl Submitted {
    /// A form with these fields, for samples and tests.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let field = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { fields: pairs.iter().map(field).collect(), ..Self::default() }
    }

    /// The value of a field; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The value of a field without blanks around it; `None` if nothing is left.
    pub fn words(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|words| !words.is_empty())
    }

    /// All values of a field, as check boxes of one name send them.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is checked or a button of this name was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(own, _)| own == name)
    }

    /// The file sent in a field; `None` if nobody chose one.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        let found = self.files.iter().find(|(own, _)| own == name).map(|(_, file)| file);
        found.filter(|file| !file.name.is_empty() || !file.bytes.is_empty())
    }

    /// The large file sent in a field of a route that takes them; `None` if nobody chose one.
    pub fn spooled(&self, name: &str) -> Option<Arc<Spooled>> {
        let found = self.spooled.iter().find(|(own, _)| own == name).map(|(_, file)| file);
        found.filter(|file| !file.name().is_empty() || file.size() > 0).cloned()
    }

    /// One more field.
    pub(super) fn note(&mut self, name: String, value: String) {
        self.fields.push((name, value));
    }

    /// One more large file.
    pub(super) fn note_spooled(&mut self, name: String, file: Arc<Spooled>) {
        self.spooled.push((name, file));
    }

    /// The names of all fields, as often as they were sent.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// Whether a file was chosen.
    pub(crate) fn has_files(&self) -> bool {
        self.files.iter().any(|(_, file)| !file.name.is_empty())
    }

    /// How much the fields say, bytes.
    pub(crate) fn weight(&self) -> usize {
        self.fields.iter().map(|(name, value)| name.len() + value.len()).sum()
    }

    /// The same without what is in the files.
    pub(crate) fn without_files(&self) -> Self {
        let bare = |(field, file): &(String, Upload)| {
            (field.clone(), Upload { name: file.name.clone(), bytes: vec![] })
        };
        let large = |(field, file): &(String, Arc<Spooled>)| {
            (field.clone(), Upload { name: file.name().to_owned(), bytes: vec![] })
        };
        let files = self.files.iter().map(bare).chain(self.spooled.iter().map(large));
        Self { fields: self.fields.clone(), files: files.collect(), spooled: vec![] }
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// It is larger than allowed, or no form.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, Fault> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default();
        let boundary = boundary_in(kind);
        let most = if boundary.is_some() { MOST_WITH_FILES } else { MOST_TEXT };
        let bytes = within(body, most).await?.ok_or_else(|| {
            let most = most >> 20;
            Fault::TooLarge(format!(
                "提交的内容超过 {most} MB，没有收下，已经保存的内容没有变。退回上一页，写的字还在那里；请压缩文件，或者分成几个文件、拆成几份表格，分次提交。"
            ))
        })?;
        let read = match boundary {
            Some(boundary) => parts_of(&bytes, boundary),
            None => Some(Self { fields: pairs_of(&bytes), ..Self::default() }),
        };
        read.ok_or_else(|| {
            Fault::BadInput("表单没有完整送达。请回到原页面，刷新后再提交一次。".into())
        })
    }
}

impl FromRequestParts<Arc<House>> for Submitted {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<House>,
    ) -> Result<Self, Self::Rejection> {
        let found = parts.extensions.remove::<Arc<Self>>().ok_or(Fault::WrongMethod)?;
        Ok(Arc::unwrap_or_clone(found))
    }
}

/// The pairs of a form without files. A pair that is not UTF-8 loses its value, nothing else.
fn pairs_of(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let plain = |part: &str| decoded(&part.replace('+', " "));
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).take(MOST_PARTS);
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), plain(value))
        })
        .collect()
}

/// What separates the parts, where the media type is one of parts.
pub(super) fn boundary_in(kind: &str) -> Option<&str> {
    let (media, parameters) = kind.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parameters.split(';').find_map(|one| {
        let (name, value) = one.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then_some(value.trim_matches('"'))
    })?;
    (1..=70).contains(&value.len()).then_some(value)
}

/// The parts of a form with files; `None` where it breaks off or is no such form.
fn parts_of(bytes: &[u8], boundary: &str) -> Option<Submitted> {
    let line = format!("--{boundary}");
    let between = format!("\r\n{line}");
    let mut rest = bytes.strip_prefix(line.as_bytes())?;
    let mut read = Submitted::default();
    for _ in 0..MOST_PARTS {
        if rest.starts_with(b"--") {
            return Some(read);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end = position(rest, between.as_bytes())?;
        let (part, after) = rest.split_at(end);
        read.take(part)?;
        rest = after.get(between.len()..)?;
    }
    None
}

impl Submitted {
    fn take(&mut self, part: &[u8]) -> Option<()> {
        let end = position(part, b"\r\n\r\n")?;
        let (head, body) = (part.get(..end)?, part.get(end + 4..)?);
        let head = String::from_utf8_lossy(head);
        let told = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-disposition").then_some(value)
        })?;
        let name = quoted(told, "name")?;
        match quoted(told, "filename") {
            Some(file) => {
                let file = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                self.files.push((name, Upload { name: file, bytes: body.to_vec() }));
            }
            None => self.fields.push((name, String::from_utf8_lossy(body).into_owned())),
        }
        Some(())
    }
}

/// The value of a parameter; browsers write a quotation mark or a line end in it as `%22`, `%0D`,
/// `%0A` and leave all else.
pub(super) fn quoted(told: &str, name: &str) -> Option<String> {
    let mark = format!("; {name}=\"");
    let (_, rest) = told.split_once(&mark)?;
    let value = rest.split('"').next()?;
    Some(value.replace("%22", "\"").replace("%0D", "").replace("%0A", ""))
}

pub(super) fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &str = "multipart/form-data; boundary=----b1";

    async fn read(kind: &'static str, body: &[u8]) -> Result<Submitted, Fault> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
        Submitted::read(&headers, Body::from(body.to_vec())).await
    }

    #[tokio::test]
    async fn a_form_without_files_is_read_field_by_field() {
        let kind = "application/x-www-form-urlencoded";
        let form = b"a=1+2&qudao=%E7%BD%91%E7%AB%99&qudao=x%3Dy&empty=&lonely";
        let read = read(kind, form).await.expect("a form");
        assert_eq!(read.get("a"), "1 2");
        assert_eq!(read.all("qudao").collect::<Vec<_>>(), ["网站", "x=y"]);
        assert!(read.has("lonely") && read.has("empty") && !read.has("absent"));
        assert_eq!(read.words("empty"), None);
    }

    #[tokio::test]
    async fn a_form_with_a_file_keeps_its_bytes_as_they_were() {
        let body = b"------b1\r\nContent-Disposition: form-data; name=\"_mark\"\r\n\r\nabc\r\n\
            ------b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\x\\\xe7\x9b\xae%22.csv\"\r\n\
            Content-Type: text/csv\r\n\r\n1,2\r\n\r\n--not--\r\n\xff\x00\r\n------b1--\r\n";
        let read = read(PARTS, body).await.expect("a form");
        assert_eq!(read.get("_mark"), "abc");
        let file = read.file("file").expect("the file");
        assert_eq!(file.name, "目\".csv");
        assert_eq!(file.bytes, b"1,2\r\n\r\n--not--\r\n\xff\x00");
    }

    #[tokio::test]
    async fn a_field_where_no_file_was_chosen_holds_none() {
        let body = b"------b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n------b1--\r\n";
        assert_eq!(read(PARTS, body).await.expect("a form").file("file"), None);
    }

    #[tokio::test]
    async fn what_breaks_off_is_no_form_and_nothing_of_it_is_taken() {
        let whole =
            b"------b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------b1--";
        assert!(read(PARTS, whole).await.is_ok());
        for end in 0..whole.len() {
            let cut = read(PARTS, &whole[..end]).await;
            assert!(matches!(cut, Err(Fault::BadInput(_))), "{end}: {cut:?}");
        }
    }
}
