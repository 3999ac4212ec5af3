//! The examination itself, in this process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Examined, Findings, Masking, Refusal};
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
        Ok(out.finish())
    })
}

/// Writes a file clean, and looks through the copy: where a value of a masked kind is left, there
/// is no copy.
///
/// # Errors
///
/// [`Refusal`] says what is wrong with the file, or that its kind is not written anew.
pub fn clean(bytes: &[u8], name: &str, masking: &Masking) -> Result<Vec<u8>, Refusal> {
    guarded(|| {
        files::check_name(bytes, name)?;
        let cleaned = files::clean(bytes, name, masking)?;
        let mut out = Collector::default();
        files::read(&cleaned, name, &mut out)?;
        let (left, _) = out.finish();
        match left.list.iter().find(|finding| masking.masks(finding.kind)) {
            Some(finding) => {
                let left =
                    format!("{}（{}，{}）", finding.kind.name(), finding.masked, finding.place);
                Err(Refusal::NotClean { left })
            }
            None => Ok(cleaned),
        }
    })
}

/// Everything that publication needs to know of an upload.
///
/// # Errors
///
/// [`Refusal`] to examine the file.
pub fn examine(bytes: &[u8], name: &str, masking: &Masking) -> Result<Examined, Refusal> {
    let (findings, text) = scan(bytes, name)?;
    Ok(Examined { findings, cleaned: clean(bytes, name, masking), text })
}

/// Looks through a text of our own, as it stands in an editor. A passage's findings carry no place
/// but the words given.
pub fn scan_text(text: &str, place: &str) -> Findings {
    let mut out = Collector::default();
    out.own(&Passage::plain(text), place);
    out.finish().0
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
