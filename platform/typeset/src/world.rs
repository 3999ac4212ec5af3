//! The small world typst works in: our templates, one data file, our faces. No network, no other
//! file, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::faces::Faces;
use crate::{Template, TypesetError};

/// The path under which a template reads its data.
const DATA: &str = "/data.json";
/// The path under which a template reads the families to use for each part.
const FACES: &str = "/faces.json";

/// One document's world.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    faces: Faces,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    /// Lays out `template` with `data`, which must be JSON.
    pub(crate) fn new(
        template: Template,
        data: String,
        faces: Faces,
    ) -> Result<Self, TypesetError> {
        let mut sources = HashMap::new();
        for (path, text) in Template::FILES {
            let id = file_id(path)?;
            sources.insert(id, Source::new(id, text.to_owned()));
        }
        let parts = serde_json::json!({ "parts": faces.parts(), "own": faces.own() });
        let files = HashMap::from([
            (file_id(DATA)?, Bytes::from_string(data)),
            (file_id(FACES)?, Bytes::from_string(parts.to_string())),
        ]);
        let library = LazyHash::new(Library::default());
        Ok(Self { library, faces, main: file_id(template.entry())?, sources, files })
    }

    /// The template's file and line at a byte position, for messages to the operator.
    pub(crate) fn place(&self, id: FileId, byte: usize) -> String {
        let line = self.sources.get(&id).and_then(|source| source.lines().byte_to_line(byte));
        let file = id.get().vpath().get_without_slash();
        line.map_or_else(|| file.to_owned(), |line| format!("{file}:{}", line + 1))
    }
}

fn file_id(path: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(path)
        .map_err(|error| TypesetError::Data { detail: format!("{path}: {error:?}") })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.faces.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.font(index)
    }

    /// No clock: a date that is printed comes with the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
