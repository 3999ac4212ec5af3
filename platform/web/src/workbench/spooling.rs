//! Forms with large files: what is in a file is written to a folder as it comes, so that a film of an hour takes no
//! more memory than a photograph. Only routes that say so take them ([`crate::Route::taking_files`]).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::Submitted;
use super::submitted::{MOST_PARTS, MOST_TEXT, boundary_in, position, quoted};
use crate::Fault;
use crate::visitor::MOST_LET_GO;

/// The longest head of a part, in bytes; browsers write a few hundred.
const LONGEST_HEAD: usize = 16 << 10;

/// More files than this come with no form of ours.
const MOST_FILES: usize = 16;

/// A file that came with a form and lies in a folder until the form is let go of.
#[derive(Debug, PartialEq, Eq)]
pub struct Spooled {
    name: String,
    path: PathBuf,
    size: u64,
}

impl Spooled {
    /// The name it had on the clerk's machine, without folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies. Whoever keeps it moves it away.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // Where it was kept it is gone from here; what cannot be removed is swept away by whoever keeps the folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Where files of a form are written, and how much the form may have in all, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Spool {
    pub folder: PathBuf,
    pub most: u64,
}

/// What the present part is written to.
enum Sink {
    None,
    Field(String, Vec<u8>),
    File { field: String, spooled: Spooled, file: File },
}

/// Where in the form the reader stands.
enum Place {
    /// After what separates two parts.
    After,
    /// In the head of a part.
    Head,
    /// In what a part says.
    Inside,
    /// After the last part.
    End,
}

/// A form as it comes.
struct Reader<'a> {
    spool: &'a Spool,
    between: Vec<u8>,
    /// What came and was not looked at yet.
    waiting: Vec<u8>,
    place: Place,
    sink: Sink,
    text: usize,
    parts: usize,
    files: usize,
    read: Submitted,
}

/// The form did not come whole, or is none.
fn broken() -> Fault {
    Fault::BadInput("表单没有完整送达。请回到原页面，刷新后再提交一次。".into())
}

/// The form is larger than is taken.
fn too_large(most: u64) -> Fault {
    let most = most >> 20;
    Fault::TooLarge(format!(
        "提交的文件超过 {most} MB，没有收下，已经保存的内容没有变。请压缩，或者剪成几段，再上传。"
    ))
}

/// The words of the form, without its files, are more than is taken.
fn too_long() -> Fault {
    let most = MOST_TEXT >> 20;
    Fault::TooLarge(format!("写的字超过 {most} MB，没有收下，已经保存的内容没有变。请分几次提交。"))
}

impl Submitted {
    /// Reads the body of a request whose files are written to a folder.
    ///
    /// # Errors
    /// It is larger than allowed or no form, or the folder cannot be written.
    pub(crate) async fn spooled_from(
        headers: &HeaderMap,
        mut body: Body,
        spool: &Spool,
    ) -> Result<Self, Fault> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let Some(boundary) = boundary_in(kind.unwrap_or_default()) else {
            return Self::read(headers, body).await;
        };
        let most = spool.most.saturating_add(MOST_TEXT as u64);
        let end = most.saturating_add(MOST_LET_GO as u64);
        if body.size_hint().lower() > end {
            return Err(too_large(spool.most));
        }
        let (mut reader, mut fault) = (Some(Reader::of(spool, boundary)), None);
        let mut sum = 0_u64;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| broken())?.into_data() else { continue };
            sum = sum.saturating_add(data.len() as u64);
            if sum > end {
                break;
            }
            // Once it is refused, the rest is taken in and let go, so that the browser shows the answer.
            if sum > most {
                reader = None;
            } else if let Some(own) = &mut reader {
                let taken = own.take(&data).await;
                if let Err(error) = taken {
                    (reader, fault) = (None, Some(error));
                }
            }
        }
        match (reader, fault) {
            (_, Some(fault)) => Err(fault),
            (Some(reader), None) if sum <= most => reader.whole(),
            _ => Err(too_large(spool.most)),
        }
    }
}

impl<'a> Reader<'a> {
    fn of(spool: &'a Spool, boundary: &str) -> Self {
        Self {
            spool,
            between: format!("\r\n--{boundary}").into_bytes(),
            // The first part has no line end before it.
            waiting: b"\r\n".to_vec(),
            place: Place::Inside,
            sink: Sink::None,
            text: 0,
            parts: 0,
            files: 0,
            read: Submitted::default(),
        }
    }

    /// Takes what came.
    async fn take(&mut self, data: &[u8]) -> Result<(), Fault> {
        self.waiting.extend_from_slice(data);
        while self.step().await? {}
        Ok(())
    }

    /// One step forward; says whether another may follow.
    async fn step(&mut self) -> Result<bool, Fault> {
        match self.place {
            Place::End => {
                self.waiting.clear();
                Ok(false)
            }
            Place::After => {
                let Some(next) = self.waiting.get(..2) else { return Ok(false) };
                self.place = match next {
                    b"--" => Place::End,
                    b"\r\n" => Place::Head,
                    _ => return Err(broken()),
                };
                self.waiting.drain(..2);
                Ok(true)
            }
            Place::Head => {
                let Some(end) = position(&self.waiting, b"\r\n\r\n") else {
                    return if self.waiting.len() > LONGEST_HEAD {
                        Err(broken())
                    } else {
                        Ok(false)
                    };
                };
                let head: Vec<u8> = self.waiting.drain(..end + 4).collect();
                self.begin(&String::from_utf8_lossy(&head)).await?;
                self.place = Place::Inside;
                Ok(true)
            }
            Place::Inside => self.inside().await,
        }
    }

    /// Writes what a part says, as far as it is certain that its end has not come.
    async fn inside(&mut self) -> Result<bool, Fault> {
        let end = position(&self.waiting, &self.between);
        let sure = end.unwrap_or_else(|| self.waiting.len().saturating_sub(self.between.len()));
        let said: Vec<u8> = self.waiting.drain(..sure).collect();
        self.say(&said).await?;
        if end.is_none() {
            return Ok(false);
        }
        self.waiting.drain(..self.between.len());
        self.finish().await?;
        self.place = Place::After;
        Ok(true)
    }

    /// Begins a part by its head.
    async fn begin(&mut self, head: &str) -> Result<(), Fault> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(broken());
        }
        self.count(head.len())?;
        let told = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-disposition").then_some(value)
        });
        let told = told.ok_or_else(broken)?;
        let field = quoted(told, "name").ok_or_else(broken)?;
        let Some(name) = quoted(told, "filename") else {
            self.sink = Sink::Field(field, Vec::new());
            return Ok(());
        };
        self.files += 1;
        if self.files > MOST_FILES {
            return Err(broken());
        }
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        store::private::folder(&self.spool.folder).map_err(Fault::inside)?;
        let own = format!("form.new-{}", uuid::Uuid::now_v7().simple());
        let path = self.spool.folder.join(own);
        let file = store::private::file(&path).map_err(Fault::inside)?;
        let spooled = Spooled { name, path, size: 0 };
        self.sink = Sink::File { field, spooled, file: File::from_std(file) };
        Ok(())
    }

    /// So many more bytes lie in memory.
    fn count(&mut self, more: usize) -> Result<(), Fault> {
        self.text = self.text.saturating_add(more);
        if self.text > MOST_TEXT { Err(too_long()) } else { Ok(()) }
    }

    /// The present part says more.
    async fn say(&mut self, said: &[u8]) -> Result<(), Fault> {
        if matches!(self.sink, Sink::Field(..)) {
            self.count(said.len())?;
        }
        match &mut self.sink {
            Sink::None => {}
            Sink::Field(_, value) => value.extend_from_slice(said),
            Sink::File { spooled, file, .. } => {
                file.write_all(said).await.map_err(Fault::inside)?;
                spooled.size += said.len() as u64;
            }
        }
        Ok(())
    }

    /// The present part has ended.
    async fn finish(&mut self) -> Result<(), Fault> {
        match std::mem::replace(&mut self.sink, Sink::None) {
            Sink::None => {}
            Sink::Field(name, value) => {
                self.read.note(name, String::from_utf8_lossy(&value).into_owned());
            }
            Sink::File { field, spooled, mut file } => {
                file.flush().await.map_err(Fault::inside)?;
                self.read.note_spooled(field, Arc::new(spooled));
            }
        }
        Ok(())
    }

    fn whole(self) -> Result<Submitted, Fault> {
        if matches!(self.place, Place::End) { Ok(self.read) } else { Err(broken()) }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const KIND: &str = "multipart/form-data; boundary=----b1";

    fn form(film: &[u8]) -> Vec<u8> {
        let head = "------b1\r\nContent-Disposition: form-data; name=\"_mark\"\r\n\r\nabc\r\n\
            ------b1\r\nContent-Disposition: form-data; name=\"wenjian\"; filename=\"C:\\x\\解读.mp4\"\r\n\
            Content-Type: video/mp4\r\n\r\n";
        [head.as_bytes(), film, b"\r\n------b1--\r\n"].concat()
    }

    /// Reads a form that comes in pieces of so many bytes.
    async fn read(form: &[u8], piece: usize, spool: &Spool) -> Result<Submitted, Fault> {
        let mut reader = Reader::of(spool, "----b1");
        for piece in form.chunks(piece) {
            reader.take(piece).await?;
        }
        reader.whole()
    }

    /// How many files lie in a folder.
    fn lying(folder: &Path) -> usize {
        std::fs::read_dir(folder).map(Iterator::count).unwrap_or_default()
    }

    #[tokio::test]
    async fn a_file_lies_as_it_came_however_the_form_is_cut_and_goes_with_it() {
        let around = store::testing::Folder::new("spooling");
        let spool = Spool { folder: around.path().join("incoming"), most: 1 << 20 };
        let film = b"\r\n------b\r\n--\xff\x00\r\n\r\n------b2";
        for piece in [1, 2, 7, 64, 4096] {
            let read = read(&form(film), piece, &spool).await.expect("a form");
            assert_eq!(read.get("_mark"), "abc");
            let file = read.spooled("wenjian").expect("the file");
            assert_eq!((file.name(), file.size()), ("解读.mp4", film.len() as u64));
            assert_eq!(std::fs::read(file.path()).expect("lies there"), film, "{piece}");
            drop((read, file));
            assert_eq!(lying(&spool.folder), 0, "nothing is left");
        }
    }

    #[tokio::test]
    async fn what_breaks_off_is_no_form_and_leaves_nothing_behind() {
        let around = store::testing::Folder::new("spooling-broken");
        let spool = Spool { folder: around.path().join("incoming"), most: 1 << 20 };
        let whole = form(b"film");
        for end in 0..whole.len() - 4 {
            let cut = read(&whole[..end], 5, &spool).await;
            assert!(matches!(cut, Err(Fault::BadInput(_))), "{end}: {cut:?}");
        }
        assert_eq!(lying(&spool.folder), 0);
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused_in_words_and_leaves_nothing_behind() {
        let around = store::testing::Folder::new("spooling-large");
        let spool = Spool { folder: around.path().join("incoming"), most: 1 << 20 };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(KIND));
        let large = form(&vec![7; (1 << 20) + MOST_TEXT + 1]);
        let refused = Submitted::spooled_from(&headers, Body::from(large), &spool).await;
        let refused = refused.expect_err("it is too large").to_string();
        assert!(refused.contains("超过 1 MB"), "{refused}");
        assert_eq!(lying(&spool.folder), 0);
        let fits = form(&vec![7; 1 << 20]);
        let read = Submitted::spooled_from(&headers, Body::from(fits), &spool).await;
        assert!(read.expect("a form").spooled("wenjian").is_some());
    }

    #[tokio::test]
    async fn too_many_words_or_files_are_refused_and_the_rest_is_let_in() {
        let around = store::testing::Folder::new("spooling-many");
        let spool = Spool { folder: around.path().join("incoming"), most: 1 << 20 };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(KIND));
        let part = |told: &str, said: &[u8]| {
            let head = format!("------b1\r\nContent-Disposition: form-data; {told}\r\n\r\n");
            [head.as_bytes(), said, b"\r\n"].concat()
        };
        let end = b"------b1--\r\n";
        let words = part("name=\"zi\"", &vec![b'a'; MOST_TEXT + 1]);
        let heads = part(&format!("name=\"{}\"", "b".repeat(1 << 20)), b"").repeat(12);
        let files = |many: usize| -> Vec<u8> {
            let file = |at: usize| part(&format!("name=\"w{at}\"; filename=\"{at}.vtt\""), b"1");
            (0..many).flat_map(file).collect()
        };
        let sent = async |form: Vec<u8>| {
            let form = Body::from([form.as_slice(), end.as_slice()].concat());
            Submitted::spooled_from(&headers, form, &spool).await
        };
        for long in [words, heads] {
            let refused = sent(long).await.expect_err("it is too long").to_string();
            assert!(refused.contains("写的字超过 12 MB"), "{refused}");
        }
        let fits = sent(files(MOST_FILES)).await.expect("a form");
        assert_eq!(lying(&spool.folder), MOST_FILES);
        drop(fits);
        let many = sent(files(MOST_FILES + 1)).await;
        assert!(matches!(many, Err(Fault::BadInput(_))), "{many:?}");
        assert_eq!(lying(&spool.folder), 0);
    }
}
