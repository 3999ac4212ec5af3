//! Writing a set row by row, and going on where it was left.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{self, AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use web::api::{Dataset, DatasetBatch};
use web::{Fault, House, Site};

use super::{Edition, Form, Written, folder};

/// So much of a file is read at a time.
const PIECE: usize = 64 << 10;

/// How far a set has been written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    at: String,
    day: String,
    changed: String,
    after: Option<String>,
    rows: u64,
    /// The lengths of the files up to here.
    bytes: [u64; 2],
}

impl Begun {
    pub(super) fn new(at: String, day: String, changed: String) -> Self {
        Self { at, day, changed, after: None, rows: 0, bytes: [0; 2] }
    }

    pub(super) async fn kept(folder: &Path, slug: &str) -> Option<Self> {
        let text = fs::read_to_string(notes(folder, slug)).await.ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Whether what was begun is still worth going on with.
    pub(super) fn is_like(&self, fresh: &Self) -> bool {
        self.changed == fresh.changed && self.day == fresh.day
    }
}

fn notes(folder: &Path, slug: &str) -> PathBuf {
    folder.join(format!("{slug}.begun"))
}

fn part(folder: &Path, slug: &str, form: Form) -> PathBuf {
    folder.join(format!("{slug}.{}.part", form.ending()))
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
        let file = opened(&part(&folder, set.slug, form), length).await;
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
    let text = serde_json::to_string(&begun).map_err(Fault::inside)?;
    put(&notes(&folder, set.slug), text.as_bytes()).await.map_err(Fault::inside)?;
    Ok(None)
}

/// Opens files for their owner alone, as all of the data folder is; whoever asks for the set gets it from us.
fn own() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).write(true).mode(0o600);
    options
}

/// A file as long as it was when its length was noted.
async fn opened(path: &Path, length: u64) -> io::Result<File> {
    let mut file = own().truncate(false).open(path).await?;
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

fn lines(rows: &[Value]) -> Vec<u8> {
    rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()
}

fn heading(columns: &[&str]) -> Result<Vec<u8>, Fault> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes
        .extend(written(std::iter::once(columns.iter().map(|name| (*name).to_owned()).collect()))?);
    Ok(bytes)
}

fn table(rows: &[Value], columns: &[&str]) -> Result<Vec<u8>, Fault> {
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
    let mut files = Vec::with_capacity(2);
    for form in Form::ALL {
        let part = part(folder, slug, form);
        let (bytes, sha256) = digest(&part).await?;
        fs::rename(&part, folder.join(format!("{slug}.{}", form.ending()))).await?;
        files.push(Written { ending: form.ending().into(), bytes, sha256 });
    }
    fs::remove_file(notes(folder, slug)).await.ok();
    let Begun { at, day, changed, rows, .. } = begun;
    Ok(Edition { at, day, rows, changed, files })
}

async fn digest(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut digest, mut length) = (File::open(path).await?, Sha256::new(), 0);
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            return Ok((length, ledger::hex(&digest.finalize())));
        }
        digest.update(piece.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

/// Writes a file whole or not at all.
pub(super) async fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("neu");
    let mut file = own().truncate(true).open(&part).await?;
    file.write_all(bytes).await?;
    file.flush().await?;
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
}
