//! 送交: a manuscript with what belongs to it, before it is published.

use law::Date;
use records_rules::{Fault, Field, ItemLink, Manuscript, Origin};

use super::lines::Lines;
use crate::store::{Attachment, FoundItem};

/// One manuscript, the catalogue items it names, and its attachments.
#[derive(Debug, Clone)]
pub struct Submission {
    pub(super) manuscript: Manuscript,
    pub(super) lines: Lines,
    /// One for each item the manuscript names; `None` where no catalogue has it.
    pub(super) items: Vec<Option<FoundItem>>,
    pub(super) attachments: Vec<File>,
    /// Attachments that are kept already, before those handed in.
    pub(super) kept: Vec<Attachment>,
}

/// A file handed in with a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name with its ending, as readers will see it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Submission {
    /// Reads every manuscript of a file as it stands on `today`; all or none.
    ///
    /// # Errors
    /// Every fault that stands in the way, with the lines of the file.
    pub fn read_all(text: &str, today: Date) -> Result<Vec<Self>, Vec<Fault>> {
        let manuscripts = Manuscript::read_all(text, today)?;
        if manuscripts.is_empty() {
            let remedy = "写一份稿件：第一行 ---，各项“名称：值”，再一行 ---，然后是正文";
            return Err(vec![Fault::error(Field::File, "文件里没有稿件", remedy)]);
        }
        let lines = Lines::of(text).into_iter().chain(std::iter::repeat_with(Lines::default));
        let of = |(manuscript, lines): (Manuscript, Lines)| Self {
            items: manuscript.items.iter().map(|_| None).collect(),
            attachments: Vec::new(),
            kept: Vec::new(),
            manuscript,
            lines,
        };
        Ok(manuscripts.into_iter().zip(lines).map(of).collect())
    }

    /// A draft as a manuscript, with what was found for the items it names and its attachments.
    pub(crate) fn drafted(
        manuscript: Manuscript,
        items: Vec<Option<FoundItem>>,
        kept: Vec<Attachment>,
    ) -> Self {
        let lines = Lines::default();
        Self { manuscript, lines, items: vec![], attachments: vec![], kept }.linked(items)
    }

    /// Whether it was published nowhere before.
    pub fn is_new(&self) -> bool {
        self.manuscript.metadata.origin == Origin::Here
    }

    /// The manuscript.
    pub fn manuscript(&self) -> &Manuscript {
        &self.manuscript
    }

    /// The catalogue items it names, to be found by whoever knows the catalogues.
    pub fn named_items(&self) -> &[ItemLink] {
        &self.manuscript.items
    }

    /// The same with the items found: one for each of [`Submission::named_items`], in order, `None`
    /// where no catalogue has it.
    #[must_use]
    pub fn linked(mut self, found: Vec<Option<FoundItem>>) -> Self {
        self.items = found;
        self.items.resize(self.manuscript.items.len(), None);
        self
    }

    /// The files handed in with it, and the same without them: whoever takes them in keeps each as it came
    /// and gives back its clean copy ([`Submission::keeping`]).
    #[must_use]
    pub fn without_files(mut self) -> (Self, Vec<File>) {
        let files = std::mem::take(&mut self.attachments);
        (self, files)
    }

    /// The same with these attachments, which are kept already.
    #[must_use]
    pub fn keeping(mut self, kept: Vec<Attachment>) -> Self {
        self.kept = kept;
        self
    }

    /// The same with these attachments, in order.
    #[must_use]
    pub fn with(mut self, attachments: Vec<File>) -> Self {
        self.attachments = attachments;
        self
    }
}
