//! Changing the index: a batch is open only while something is written, so that the writer's
//! memory does not stay.

use std::sync::{MutexGuard, PoisonError};

use tantivy::IndexWriter;
use tantivy::merge_policy::LogMergePolicy;

use crate::{Search, SearchDocument, SearchError};

/// Memory for collecting postings before they go to disk, in bytes: the least there can be.
pub(crate) const SMALL_HEAP: usize = 16 << 20;
/// The same while everything is built anew; more of it leaves fewer pieces to merge.
pub(crate) const LARGE_HEAP: usize = 64 << 20;

/// How much of a file may be removed documents before it is written anew.
const MOST_REMOVED: f32 = 0.3;

/// What an act changed of what can be found: first goes what is gone, then comes what is there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The ids of what is no longer found.
    pub gone: Vec<String>,
    /// What is found, each in place of the one with the same id.
    pub there: Vec<SearchDocument>,
}

/// An open change of the index. Dropped without `commit`, it changes nothing.
pub struct Batch<'a> {
    search: &'a Search,
    writer: IndexWriter,
    cleared: bool,
    /// Last, so that the writer is gone before another may begin.
    _writing: MutexGuard<'a, ()>,
}

impl<'a> Batch<'a> {
    pub(crate) fn begin(search: &'a Search, heap: usize) -> Result<Self, SearchError> {
        // Whoever panicked while writing left an uncommitted change, which is dropped with it.
        let writing = search.0.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let writer: IndexWriter = search.0.index.writer_with_num_threads(1, heap)?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(MOST_REMOVED);
        writer.set_merge_policy(Box::new(merging));
        Ok(Self { search, writer, cleared: false, _writing: writing })
    }

    /// Adds these documents, each in place of the one with the same id.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn replace(
        &mut self,
        documents: impl IntoIterator<Item = SearchDocument>,
    ) -> Result<(), SearchError> {
        for document in documents {
            self.writer.delete_term(self.search.0.fields.named(&document.id));
            self.writer.add_document(self.search.0.fields.document(&document)?)?;
        }
        Ok(())
    }

    /// Removes the documents with these ids; unknown ids are passed over.
    pub fn remove<T: AsRef<str>>(&mut self, ids: impl IntoIterator<Item = T>) {
        for id in ids {
            self.writer.delete_term(self.search.0.fields.named(id.as_ref()));
        }
    }

    /// Takes in what an act changed.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn take(&mut self, found: Found) -> Result<(), SearchError> {
        self.remove(&found.gone);
        self.replace(found.there)
    }

    /// Removes everything, including what this batch has added so far. Committing a cleared batch
    /// says that the index is complete.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.writer.delete_all_documents()?;
        self.cleared = true;
        Ok(())
    }

    /// Makes the change last and visible, all of it at once.
    ///
    /// # Errors
    /// When the disk cannot be written; then nothing has changed.
    pub fn commit(mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        self.search.0.show()?;
        if self.cleared {
            self.search.0.note_built()?;
        }
        self.writer.wait_merging_threads()?;
        self.search.0.show()?;
        Ok(())
    }
}
