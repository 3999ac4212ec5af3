//! 全文检索: embedded Chinese full-text search over everything a site has published.
//!
//! The index is a copy: it can be thrown away and built again from the database at any time, and
//! `Search::open` does throw it away when its form has changed or its files are damaged. Text is
//! cut into overlapping pairs of characters, so that any four characters copied from a notice find
//! it; a search goes down a ladder from all words to most of them, and says when it went down.
//!
//! Everything here blocks; async callers wrap calls in `spawn_blocking`.

mod answer;
mod batch;
mod columns;
mod document;
mod error;
mod fields;
mod folding;
mod grams;
mod index;
mod ladder;
mod missing;
mod nearest;
mod neighbours;
mod number;
mod passage;
mod query;
mod rank;
mod sound;
mod spelling;
mod suggest;
mod synonyms;
mod tally;
mod typing;
mod words;

pub use batch::{Batch, Found};
pub use document::{Attached, SearchDocument};
pub use error::{LONGEST_QUERY, QueryRefused, SearchError};
pub use index::Search;
pub use passage::Segments;
pub use query::{Attachment, FacetCount, Facets, Hit, Hits, Query};
pub use suggest::Suggestion;
pub use typing::{Candidate, Keyboard};
