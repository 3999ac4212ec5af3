//! 页数 for the archive list: a letter is set and counted, a PDF counted by its own objects, a picture is one page;
//! of anything else it is not told.

use requests_rules::Letter as Kind;
use web::{Clerk, Fault, Visit};

use super::file::File;
use super::letter::letter_of;
use crate::acts::archiving::Pages;
use crate::files;
use crate::store::CaseFile;

/// The pages of a file's letters and papers, by key, as far as they can be told.
///
/// # Errors
/// The database or the keys refuse.
pub(super) async fn count(visit: &Visit, clerk: &Clerk, file: &File) -> Result<Pages, Fault> {
    let mut pages = Pages::new();
    for letter in file.letters.iter().filter(|letter| letter.kind != Kind::ArchiveList) {
        let Ok(written) = letter_of(visit, clerk, &file.case, letter).await else { continue };
        let (Some(printer), Ok(data)) = (visit.house.printer(), written.to_press()) else {
            continue;
        };
        let set = printer.print("document", data).await.ok();
        pages.extend(set.and_then(|bytes| in_pdf(&bytes)).map(|count| (letter.id.clone(), count)));
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    for paper in CaseFile::of(visit.house.store(), &file.case.filing.id).await? {
        let count = match paper.media_type.as_str() {
            "image/jpeg" | "image/png" => Some(1),
            "application/pdf" => {
                let bytes = files::read(visit.house.folder(), sealer, &paper).await;
                bytes.ok().and_then(|bytes| in_pdf(&bytes))
            }
            _ => None,
        };
        pages.extend(count.map(|count| (paper.id.clone(), count)));
    }
    Ok(pages)
}

/// The pages of a PDF, where its page objects stand in the open; none where they are packed away. Nothing of
/// the file is parsed.
fn in_pdf(bytes: &[u8]) -> Option<u32> {
    let mut count = 0;
    for at in 0..bytes.len() {
        let Some(rest) = bytes[at..].strip_prefix(b"/Type") else { continue };
        let rest = rest.trim_ascii_start();
        let page = rest.strip_prefix(b"/Page");
        let ends = |next: Option<&u8>| next.is_none_or(|next| !next.is_ascii_alphanumeric());
        count += u32::from(page.is_some_and(|after| ends(after.first())));
    }
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::in_pdf;

    #[test]
    fn pages_are_counted_where_they_stand_in_the_open() {
        for (text, pages) in [
            ("%PDF-1.7 <</Type/Pages/Count 2>> <</Type/Page/Parent 1>> <</Type /Page>>", Some(2)),
            ("%PDF-1.7 <</Type/ObjStm>>", None),
            ("", None),
            ("/Type", None),
        ] {
            assert_eq!(in_pdf(text.as_bytes()), pages, "{text}");
        }
    }
}
