//! 送交: a manuscript with what belongs to it, before it is published.

use catalogue_rules::Exposure;
use law::Date;
use records_rules::{Fault, Field, ItemLink, Manuscript};

use super::lines::Lines;
use crate::store::LinkedItem;

/// One manuscript, the catalogue items it names, and its attachments.
#[derive(Debug, Clone)]
pub struct Submission {
    pub(super) manuscript: Manuscript,
    pub(super) lines: Lines,
    /// One for each item the manuscript names; `None` where no catalogue has it.
    pub(super) items: Vec<Option<FoundItem>>,
    pub(super) attachments: Vec<File>,
}

/// An item a manuscript names, as the catalogue that holds for its publisher has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundItem {
    /// Its keys and names.
    pub link: LinkedItem,
    /// Whether what is published of it goes to the open web by itself.
    pub exposure: Exposure,
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
            manuscript,
            lines,
        };
        Ok(manuscripts.into_iter().zip(lines).map(of).collect())
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

    /// The same with these attachments, in order.
    #[must_use]
    pub fn with(mut self, attachments: Vec<File>) -> Self {
        self.attachments = attachments;
        self
    }
}
