//! 文字检查: wrong and sensitive words, days that cannot be, links that lead nowhere.
//!
//! A bulletin counts wrong words against a site; whoever drafts sees them with a suggestion before
//! anybody reviews. The list is a file that an office edits: [`List::built_in`] is where it starts.
//! Nothing here stops anybody: every remark may be passed over.

mod days;
mod links;
mod list;
mod numbers;

pub use days::check_days;
pub use links::check_links;
pub use list::{Class, Entry, List, WrongList};

/// Something in a text to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What sort of remark it is.
    pub class: Class,
    /// Its first byte in the text.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
    /// The line it stands in, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What should stand there, if that is known.
    pub suggestion: Option<String>,
    /// Why, in Chinese; may be empty.
    pub reason: String,
}

impl Remark {
    fn new(
        class: Class,
        text: &str,
        (from, to): (usize, usize),
        suggestion: Option<String>,
        reason: &str,
    ) -> Self {
        let line = text[..from].matches('\n').count() + 1;
        Self {
            class,
            from,
            to,
            line,
            found: text[from..to].to_owned(),
            suggestion,
            reason: reason.to_owned(),
        }
    }
}

/// The remarks on a text, in its order: words of the list, and how document numbers are written.
pub fn check(text: &str, list: &List) -> Vec<Remark> {
    let mut remarks = list.remarks(text);
    numbers::check(text, &mut remarks);
    remarks.sort_by_key(|remark| (remark.from, std::cmp::Reverse(remark.to)));
    remarks.dedup_by(|next, before| next.from < before.to);
    remarks
}
