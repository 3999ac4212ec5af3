//! 公文版式文件: PDF and DOCX of a record, made once for what it says and kept under the hash of that.
//!
//! A file lies in a folder of the record, so it goes with the record, and what was made of an earlier text
//! goes when the next is made. PDF is set by another process; whoever asks while that takes long is told to
//! come back, and finds it made. A note beside the place says that somebody is at it, whichever process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ledger::hex;
use sha2::{Digest, Sha256};
use store::private;
use web::{Fault, House, PrintFault, Printer};

use crate::store::{Former, Record};
use crate::writing::{Form, Laid, WritingError};

/// Changed whenever the layout changes, so that everything is made anew.
const LAYOUT: &str = "gongkai layout 1";

/// So long a reader waits for the press.
const PATIENCE: Duration = Duration::from_secs(8);

/// How often one looks whether another has made it.
const LOOK: Duration = Duration::from_millis(100);

/// A note older than this was left by somebody who never came back.
const FORSAKEN: Duration = Duration::from_secs(180);

/// What a reader is told while it is being made.
const BEING_MADE: &str =
    "PDF 正在生成，通常不到一分钟。请过一会儿刷新本页；急用的可以先下载 DOCX，内容相同。";

/// The file of a record in a form that is laid out. Whether it holds today is part of what it says, so what
/// was kept before a repeal is not given out after it.
///
/// # Errors
/// It is still being made (409), or cannot be made.
pub(crate) async fn give(house: &House, record: &Record, form: Form) -> Result<Vec<u8>, Fault> {
    let former = Former::all(house.store(), &record.id).await?;
    let laid = Laid::of(record, &former, house.ledger().clock().today());
    let data = laid.to_press().map_err(Fault::inside)?;
    let place = Place::of(house.folder(), &record.id, form, &data.to_string());
    if let Some(bytes) = place.read().await {
        return Ok(bytes);
    }
    if form == Form::Docx {
        let written = tokio::task::spawn_blocking(move || laid.to_docx()).await;
        let bytes = written.map_err(Fault::inside)?.map_err(Fault::inside)?;
        return place.keep(bytes).await.map_err(Fault::inside);
    }
    let printer = house.printer().cloned();
    let printer = printer.ok_or_else(|| Fault::inside(PrintFault::Absent))?;
    match place.take_up().await.map_err(Fault::inside)? {
        true => {
            // Goes on when the reader has left, so that the next finds it made.
            let work = tokio::spawn(set(place, printer, data));
            match tokio::time::timeout(PATIENCE, work).await {
                Ok(made) => made.map_err(Fault::inside)?.map_err(Fault::inside),
                Err(_) => Err(Fault::Refused(BEING_MADE.into())),
            }
        }
        false => place.awaited().await,
    }
}

/// Takes away what was made of a record.
pub(crate) async fn forget(folder: &Path, record: &str) -> io::Result<()> {
    match tokio::fs::remove_dir_all(folder_of(folder, record)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

async fn set(
    place: Place,
    printer: Printer,
    data: serde_json::Value,
) -> Result<Vec<u8>, WritingError> {
    let printed = printer.print("document", data).await;
    let kept = match printed {
        Ok(bytes) => place.keep(bytes).await.map_err(WritingError::Kept),
        Err(fault) => Err(fault.into()),
    };
    place.end().await;
    kept
}

fn folder_of(folder: &Path, record: &str) -> PathBuf {
    // Keys begin with their time; their ends are spread evenly.
    let end = record.get(record.len().saturating_sub(2)..).unwrap_or("00");
    folder.join("renditions").join(end).join(record)
}

/// Where one file lies.
#[derive(Debug, Clone)]
struct Place {
    folder: PathBuf,
    name: String,
    ending: &'static str,
}

impl Place {
    fn of(folder: &Path, record: &str, form: Form, data: &str) -> Self {
        let mut digest = Sha256::new();
        for part in [LAYOUT, form.ending(), data] {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        let hash = hex(&digest.finalize()[..16]);
        let name = format!("{hash}.{}", form.ending());
        Self { folder: folder_of(folder, record), name, ending: form.ending() }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    fn note(&self) -> PathBuf {
        self.folder.join(format!("{}.making", self.name))
    }

    async fn read(&self) -> Option<Vec<u8>> {
        tokio::fs::read(self.path()).await.ok()
    }

    /// Notes that it is being made; says whether nobody was at it already.
    async fn take_up(&self) -> io::Result<bool> {
        let (folder, note) = (self.folder.clone(), self.note());
        let begun = tokio::task::spawn_blocking(move || {
            private::folder(&folder)?;
            let age = fs::metadata(&note).and_then(|note| note.modified()).ok();
            let old = age.and_then(|since| since.elapsed().ok());
            if old.is_some_and(|old| old > FORSAKEN) {
                // Two may find it forsaken; only one of them makes the next.
                let _ = fs::remove_file(&note);
            }
            match private::file(&note) {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(error) => Err(error),
            }
        });
        begun.await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
    }

    async fn end(&self) {
        // One that stays is forsaken after a while.
        let _ = tokio::fs::remove_file(self.note()).await;
    }

    /// What somebody else is making.
    async fn awaited(&self) -> Result<Vec<u8>, Fault> {
        let look = async {
            loop {
                if let Some(bytes) = self.read().await {
                    return bytes;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, look).await;
        waited.map_err(|_| Fault::Refused(BEING_MADE.into()))
    }

    /// Keeps it, in the place of what was made of an earlier text.
    async fn keep(&self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let place = self.clone();
        let kept = tokio::task::spawn_blocking(move || {
            private::folder(&place.folder)?;
            let beside = place.folder.join(format!("new-{}", uuid::Uuid::now_v7().simple()));
            io::Write::write_all(&mut private::file(&beside)?, &bytes)?;
            fs::rename(&beside, place.path())?;
            for other in fs::read_dir(&place.folder)?.flatten() {
                let name = other.file_name().to_string_lossy().into_owned();
                if name != place.name && name.ends_with(&format!(".{}", place.ending)) {
                    // What is gone already is no fault.
                    let _ = fs::remove_file(other.path());
                }
            }
            Ok(bytes)
        });
        kept.await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_makes_it_and_another_text_takes_its_place() {
        const RECORD: &str = "019ab2c4-0000-7000-8000-00000000000a";
        let folder = std::env::temp_dir().join(uuid::Uuid::now_v7().to_string());
        let place = |form, data| Place::of(&folder, RECORD, form, data);
        let (one, other) = (place(Form::Pdf, "甲"), place(Form::Pdf, "乙"));
        let docx = place(Form::Docx, "甲");
        assert!(
            one.take_up().await.expect("notes") && !one.take_up().await.expect("sees the note")
        );
        one.end().await;
        assert!(one.take_up().await.expect("notes again"));
        for (at, bytes) in [(&one, "1"), (&docx, "2"), (&other, "3")] {
            at.keep(bytes.into()).await.expect("keeps");
        }
        let read = async |place: &Place| place.read().await.map(String::from_utf8);
        assert_eq!(read(&one).await, None, "the earlier text's is gone");
        assert_eq!(read(&other).await, Some(Ok("3".into())));
        assert_eq!(read(&docx).await, Some(Ok("2".into())), "the other form stays");
        forget(&folder, RECORD).await.expect("forgets");
        assert_eq!(read(&docx).await, None);
        std::fs::remove_dir_all(&folder).expect("a folder of ours");
    }
}
