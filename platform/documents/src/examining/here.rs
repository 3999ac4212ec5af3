//! The examination itself, in this process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Examined, Findings, Masking, Preview, Refusal};
use crate::files::{self, Collector};
use crate::personal::Passage;

/// Looks through a file: findings and visible text.
///
/// # Errors
///
/// [`Refusal`] says what is wrong with the file.
pub fn scan(bytes: &[u8], name: &str) -> Result<(Findings, String), Refusal> {
    guarded(|| {
        let mut out = Collector::default();
        out.name(name);
        files::read(bytes, name, &mut out)?;
        let (mut findings, text) = out.finish();
        findings.misnamed = files::misnamed(bytes, name);
        Ok((findings, text))
    })
}

/// What of a file is shown before it is fetched, and the picture of its first page as PNG; empty for none.
///
/// # Errors
///
/// [`Refusal`] says what is wrong with the file.
pub fn preview(bytes: &[u8], name: &str) -> Result<(Preview, Vec<u8>), Refusal> {
    guarded(|| files::preview(bytes, name))
}

/// Writes a file clean, and looks through the copy: where a value of a masked kind is left, there
/// is no copy.
///
/// # Errors
///
/// [`Refusal`] says what is wrong with the file, or that its kind is not written anew.
pub fn clean(bytes: &[u8], name: &str, masking: &Masking) -> Result<Vec<u8>, Refusal> {
    let (_, text) = scan(bytes, name)?;
    clean_of(bytes, name, masking, &text)
}

/// As [`clean`], with the visible text of the original at hand.
pub(super) fn clean_of(
    bytes: &[u8],
    name: &str,
    masking: &Masking,
    text: &str,
) -> Result<Vec<u8>, Refusal> {
    guarded(|| {
        files::check_name(bytes, name)?;
        let cleaned = files::clean(bytes, name, masking)?;
        let mut out = Collector::seeking(masking);
        files::read(&cleaned, name, &mut out)?;
        if let Some(place) = out.met() {
            return Err(Refusal::NotClean { left: format!("要删去的字句（{place}）") });
        }
        let (left, shown) = out.finish();
        if let Some(finding) = left.list.iter().find(|finding| masking.masks(finding.kind)) {
            let left = format!("{}（{}，{}）", finding.kind.name(), finding.masked, finding.place);
            return Err(Refusal::NotClean { left });
        }
        // a copy that shows much less than the original is not a copy
        let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        if signs(&shown) * 10 < signs(text) * 6 {
            return Err(Refusal::not_cleanable(
                "这个文件",
                "清除以后正文不完整；请用办公软件打开后另存为新文件再上传",
            ));
        }
        Ok(cleaned)
    })
}

/// Everything that publication needs to know of an upload.
///
/// # Errors
///
/// [`Refusal`] to examine the file.
pub fn examine(bytes: &[u8], name: &str, masking: &Masking) -> Result<Examined, Refusal> {
    let (findings, text) = scan(bytes, name)?;
    Ok(Examined { findings, cleaned: clean_of(bytes, name, masking, &text), text })
}

/// Looks through a text of our own, as it stands in an editor. A passage's findings carry no place
/// but the words given.
pub fn scan_text(text: &str, place: &str) -> Findings {
    let mut out = Collector::default();
    out.own(&Passage::plain(text), place);
    out.finish().0
}

/// Looks through a page of our own, as an editor keeps it.
///
/// # Errors
///
/// [`Refusal::Bomb`] if it is no page that anybody has written.
pub fn scan_page(page: &str) -> Result<Findings, Refusal> {
    guarded(|| {
        let mut out = Collector::default();
        files::read_page(page, &mut out)?;
        Ok(out.finish().0)
    })
}

/// A page of our own with everything masked that stops a publication (一键隐去), and otherwise as it
/// was written.
///
/// # Errors
///
/// As [`scan_page`].
pub fn mask_page(page: &str, masking: &Masking) -> Result<String, Refusal> {
    guarded(|| files::masked_page(page, masking))
}

/// A text of our own with everything masked that stops a publication (一键隐去).
pub fn mask_text(text: &str, masking: &Masking) -> String {
    files::masked_text(text, masking)
}

/// A reader that stumbles is a file that is broken.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Refusal::damaged("文件", "解析中断")))
}
