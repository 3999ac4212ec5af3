//! Opening the index, and throwing it away when it cannot be trusted.

use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::{fs, io};

use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

use crate::columns::ColumnStore;
use crate::fields::{FORM, Fields};
use crate::synonyms::Synonyms;
use crate::{Batch, SearchError};

/// The index of one installation. Clones share it; every method may be called from any thread.
#[derive(Clone)]
pub struct Search(pub(crate) Arc<Opened>);

pub(crate) struct Opened {
    pub index: Index,
    pub reader: IndexReader,
    pub fields: Fields,
    pub columns: ColumnStore,
    /// What stands for what.
    pub synonyms: RwLock<Arc<Synonyms>>,
    /// Held while writing: the index has one writer at a time.
    pub writing: Mutex<()>,
    /// The file that names the form of a completely built index; none in memory.
    form_file: Option<PathBuf>,
    needs_rebuild: AtomicBool,
}

impl Search {
    /// Opens the index in this folder or creates it. An index of another form, and one whose
    /// files are damaged, is removed and created empty: `needs_rebuild` then says so.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open(dir: &Path) -> Result<Self, SearchError> {
        let (files, form_file) = (dir.join("index"), dir.join("form"));
        let built = fs::read_to_string(&form_file).is_ok_and(|form| form == FORM);
        if built && let Ok(opened) = open_existing(&files) {
            return Self::over(opened, Some(form_file), false);
        }
        let index = create_anew(&files, &form_file)?;
        Self::over(index, Some(form_file), true)
    }

    /// An index that lives only as long as it is held, for tests.
    ///
    /// # Errors
    /// Never in practice: memory alone is needed.
    pub fn in_memory() -> Result<Self, SearchError> {
        Self::over(Index::create_in_ram(Fields::define().0), None, true)
    }

    fn over(index: Index, form_file: Option<PathBuf>, fresh: bool) -> Result<Self, SearchError> {
        Fields::register(&index);
        // Other processes' commits are noticed within a second, our own at once.
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::OnCommitWithDelay).try_into()?;
        Ok(Self(Arc::new(Opened {
            fields: Fields::define().1,
            columns: ColumnStore::default(),
            synonyms: RwLock::new(Synonyms::built_in()),
            writing: Mutex::new(()),
            needs_rebuild: AtomicBool::new(fresh),
            index,
            reader,
            form_file,
        })))
    }

    /// Whether the index has never been filled completely since it was created: then call
    /// `rebuild` and give it every document.
    #[must_use]
    pub fn needs_rebuild(&self) -> bool {
        self.0.needs_rebuild.load(Ordering::Acquire)
    }

    /// How many documents can be found.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Whether nothing can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Begins a change of some documents. Nothing is visible before `Batch::commit`.
    ///
    /// # Errors
    /// `Busy` when another process is writing.
    pub fn batch(&self) -> Result<Batch<'_>, SearchError> {
        Batch::begin(self, crate::batch::SMALL_HEAP)
    }

    /// Begins filling the index anew: what is in it now stays visible until `Batch::commit`
    /// replaces it with the documents given since.
    ///
    /// # Errors
    /// `Busy` when another process is writing.
    pub fn rebuild(&self) -> Result<Batch<'_>, SearchError> {
        let mut batch = Batch::begin(self, crate::batch::LARGE_HEAP)?;
        batch.clear()?;
        Ok(batch)
    }

    /// Adds synonyms of the operator's own to those the program comes with: rows as in `synonyms.csv`.
    pub fn add_synonyms(&self, rows: &str) {
        let more = Arc::new(Synonyms::with(rows));
        *self.0.synonyms.write().unwrap_or_else(PoisonError::into_inner) = more;
    }

    pub(crate) fn synonyms(&self) -> Arc<Synonyms> {
        Arc::clone(&self.0.synonyms.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.0.reader.searcher()
    }
}

impl Opened {
    /// Shows readers what was committed, ready to be counted.
    pub fn show(&self) -> Result<(), SearchError> {
        self.reader.reload()?;
        self.columns.of(&self.reader.searcher())?;
        Ok(())
    }

    /// Notes that the index now holds everything it was meant to.
    pub fn note_built(&self) -> Result<(), SearchError> {
        if let Some(path) = &self.form_file {
            fs::write(path, FORM).map_err(at(path))?;
        }
        self.needs_rebuild.store(false, Ordering::Release);
        Ok(())
    }
}

/// The index in these files, if every part of it can be opened and has today's fields.
fn open_existing(files: &Path) -> Result<Index, SearchError> {
    let index = Index::open_in_dir(files)?;
    Fields::register(&index);
    if index.schema() != Fields::define().0 {
        return Err(tantivy::TantivyError::SchemaError("another form".to_owned()).into());
    }
    // Segments are opened here, so that a file cut short or missing is found now, not by a reader.
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(index)
}

fn create_anew(files: &Path, form_file: &Path) -> Result<Index, SearchError> {
    remove(fs::remove_file(form_file), form_file)?;
    remove(fs::remove_dir_all(files), files)?;
    // What is searched is not all public: the folder is for its owner alone.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(files).map_err(at(files))?;
    let directory = MmapDirectory::open(files).map_err(tantivy::TantivyError::from)?;
    Ok(Index::create(directory, Fields::define().0, tantivy::IndexSettings::default())?)
}

fn remove(outcome: io::Result<()>, path: &Path) -> Result<(), SearchError> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(at(path)),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SearchError {
    let path = path.to_owned();
    move |source| SearchError::File { path, source }
}
