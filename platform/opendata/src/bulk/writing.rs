//! Writing a set row by row, and going on where it was left.

use std::fs::{File as Plain, OpenOptions};
use std::io::{Read, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::{self, AsyncSeekExt, AsyncWriteExt};
use web::api::{Dataset, DatasetBatch};
use web::{Fault, House, Site};

use super::{Edition, Form, Written, folder};

/// So much of a file is read at a time.
const PIECE: usize = 64 << 10;

/// So many letters of its digest stand in the name of a file.
pub(super) const NAMED_BY: usize = 16;

/// How far a set has been written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    at: String,
    day: String,
    /// How much of what was corrected or taken down had been noted when it was begun, in bytes.
    seen: u64,
    after: Option<String>,
    rows: u64,
    /// The lengths of the files up to here.
    bytes: [u64; 2],
}

impl Begun {
    pub(super) fn new(at: String, day: String, seen: u64) -> Self {
        Self { at, day, seen, after: None, rows: 0, bytes: [0; 2] }
    }

    /// What was begun, where all of it that was noted is there.
    pub(super) async fn kept(folder: &Path, slug: &str) -> Option<Self> {
        let text = fs::read_to_string(notes(folder, slug)).await.ok()?;
        let begun: Self = serde_json::from_str(&text).ok()?;
        for (form, length) in Form::ALL.into_iter().zip(begun.bytes) {
            let there = fs::metadata(part(folder, slug, form, "part")).await.ok()?;
            if there.len() < length {
                return None;
            }
        }
        Some(begun)
    }

    /// Whether what was begun is still worth going on with: what was corrected or taken down meanwhile is left
    /// out of it afterwards.
    pub(super) fn is_like(&self, fresh: &Self) -> bool {
        self.day == fresh.day && self.seen <= fresh.seen
    }
}

fn notes(folder: &Path, slug: &str) -> PathBuf {
    folder.join(format!("{slug}.begun"))
}

pub(super) fn part(folder: &Path, slug: &str, form: Form, kind: &str) -> PathBuf {
    folder.join(format!("{slug}.{}.{kind}", form.ending()))
}

/// Writes some batches; the edition when that was all.
pub(super) async fn advance(
    house: &House,
    site: &Site,
    set: &Dataset,
    mut begun: Begun,
    batches: usize,
) -> Result<Option<Edition>, Fault> {
    let (folder, columns) = (folder(house), (set.columns)().names());
    let mut files = Vec::with_capacity(2);
    for (form, length) in Form::ALL.into_iter().zip(begun.bytes) {
        let file = opened(&part(&folder, set.slug, form, "part"), length).await;
        files.push((form, file.map_err(Fault::inside)?));
    }
    if begun.rows == 0 && begun.bytes == [0; 2] {
        add(&mut files, &mut begun, &[Vec::new(), heading(&columns)?]).await?;
    }
    for _ in 0..batches {
        let (rows, next): DatasetBatch = (set.batch)(house, site, begun.after.as_deref()).await?;
        let texts = [lines(&rows), table(&rows, &columns)?];
        add(&mut files, &mut begun, &texts).await?;
        begun.rows += rows.len() as u64;
        begun.after = next;
        if begun.after.is_none() {
            drop(files);
            return finished(&folder, set.slug, begun).await.map(Some).map_err(Fault::inside);
        }
    }
    // What is noted must be there, also after the power went.
    for (_, file) in &files {
        file.sync_data().await.map_err(Fault::inside)?;
    }
    let text = serde_json::to_string(&begun).map_err(Fault::inside)?;
    put(&notes(&folder, set.slug), text.as_bytes()).await.map_err(Fault::inside)?;
    Ok(None)
}

/// Opens files for their owner alone, as all of the data folder is; whoever asks for the set gets it from us.
pub(super) fn own() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).write(true).mode(0o600);
    options
}

/// A file as long as it was when its length was noted.
async fn opened(path: &Path, length: u64) -> io::Result<File> {
    let mut file = fs::OpenOptions::from(own()).truncate(false).open(path).await?;
    file.set_len(length).await?;
    file.seek(SeekFrom::End(0)).await?;
    Ok(file)
}

async fn add(
    files: &mut [(Form, File)],
    begun: &mut Begun,
    texts: &[Vec<u8>; 2],
) -> Result<(), Fault> {
    for (((_, file), text), length) in files.iter_mut().zip(texts).zip(&mut begun.bytes) {
        file.write_all(text).await.map_err(Fault::inside)?;
        file.flush().await.map_err(Fault::inside)?;
        *length += text.len() as u64;
    }
    Ok(())
}

pub(super) fn lines(rows: &[Value]) -> Vec<u8> {
    rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()
}

pub(super) fn heading(columns: &[&str]) -> Result<Vec<u8>, Fault> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes
        .extend(written(std::iter::once(columns.iter().map(|name| (*name).to_owned()).collect()))?);
    Ok(bytes)
}

pub(super) fn table(rows: &[Value], columns: &[&str]) -> Result<Vec<u8>, Fault> {
    written(rows.iter().map(|row| columns.iter().map(|name| cell(&row[*name])).collect()))
}

fn written(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Fault> {
    let ending = csv::Terminator::CRLF;
    let mut writer = csv::WriterBuilder::new().terminator(ending).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(Fault::inside)?;
    }
    writer.into_inner().map_err(|error| Fault::inside(error.into_error()))
}

/// A value in a table. What a spreadsheet would take for a formula is written as words.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("；"),
        other => return other.to_string(),
    };
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// Puts the files in their places.
async fn finished(folder: &Path, slug: &str, begun: Begun) -> io::Result<Edition> {
    // From here on what was begun is not gone on with: its files get other names.
    fs::remove_file(notes(folder, slug)).await.or_else(absent)?;
    let parts = Form::ALL.map(|form| part(folder, slug, form, "part"));
    let (there, slug) = (folder.to_owned(), slug.to_owned());
    let placed = tokio::task::spawn_blocking(move || place(&there, &slug, &parts));
    let files = placed.await.map_err(io::Error::other)??;
    let Begun { at, day, seen, rows, .. } = begun;
    Ok(Edition { at, day, rows, seen, files })
}

/// Gives finished files the names that their digests make; nobody is led to them before the edition says so.
pub(super) fn place(folder: &Path, slug: &str, parts: &[PathBuf; 2]) -> io::Result<Vec<Written>> {
    let mut files = Vec::with_capacity(2);
    for (form, part) in Form::ALL.into_iter().zip(parts) {
        let (bytes, sha256) = digest(part)?;
        let written = Written { ending: form.ending().into(), bytes, sha256 };
        std::fs::rename(part, folder.join(written.name(slug)))?;
        files.push(written);
    }
    Plain::open(folder)?.sync_all()?;
    Ok(files)
}

/// Length and digest of a file that is safely on the disk.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut digest, mut length) = (Plain::open(path)?, Sha256::new(), 0);
    file.sync_all()?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((length, ledger::hex(&digest.finalize())));
        }
        digest.update(piece.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

/// Takes away the files of a set that are not of this edition. Who is reading one reads it to its end.
pub(super) async fn sweep(folder: &Path, slug: &str, edition: &Edition) -> io::Result<()> {
    let current: Vec<String> = edition.files.iter().map(|file| file.name(slug)).collect();
    let mut there = fs::read_dir(folder).await?;
    while let Some(entry) = there.next_entry().await? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_of(slug, &name) && !current.contains(&name) {
            fs::remove_file(entry.path()).await.or_else(absent)?;
        }
    }
    Ok(())
}

/// Whether this is the name of an edition's file of the set, or of one as an earlier version called it.
fn is_of(slug: &str, name: &str) -> bool {
    let rest = Form::ALL.iter().find_map(|form| name.strip_suffix(&format!(".{}", form.ending())));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(slug)) else { return false };
    let named = |digest: &str| {
        digest.len() == NAMED_BY && digest.bytes().all(|letter| letter.is_ascii_hexdigit())
    };
    rest.is_empty() || rest.strip_prefix('-').is_some_and(named)
}

fn absent(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Writes a file whole or not at all.
pub(super) async fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("neu");
    let mut file = fs::OpenOptions::from(own()).truncate(true).open(&part).await?;
    file.write_all(bytes).await?;
    file.flush().await?;
    file.sync_all().await?;
    fs::rename(part, path).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_is_a_line_and_what_looks_like_a_formula_is_words() {
        let rows =
            [json!({ "id": "1", "title": "=1+1", "domains": ["a", "b"], "year": null, "n": -3 })];
        assert_eq!(String::from_utf8(lines(&rows)).expect("text").lines().count(), 1);
        let text = table(&rows, &["id", "title", "domains", "year", "n"]).expect("plain values");
        assert_eq!(String::from_utf8(text).expect("text"), "1,'=1+1,a；b,,-3\r\n");
    }

    #[test]
    fn only_files_of_the_same_set_are_swept_away() {
        for (name, own) in [
            ("mulu-0123456789abcdef.csv", true),
            ("mulu.jsonl", true),
            ("mulu-quanze-0123456789abcdef.csv", false),
            ("mulu.json", false),
            ("mulu.csv.part", false),
            ("changes", false),
        ] {
            assert_eq!(is_of("mulu", name), own, "{name}");
        }
    }
}
