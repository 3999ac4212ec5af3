//! 程序接口: what programs may ask of the house at `/api/v1`.
//!
//! An [`Operation`] is declared once, by the room whose affair it is; of that one declaration the route, the
//! check of what is sent, the description for programs (OpenAPI 3.1) and the page `/api` are made, so none of
//! them can say something else. A refusal is a problem document (RFC 9457), a list goes on by a cursor and a
//! `Link` (RFC 8288), what is asked for twice under one key is done once, and everybody may read without a key, but
//! for what is handed over between organs alone ([`Operation::known_by`]).

mod body;
mod call;
mod courtesy;
mod cursor;
mod dataset;
mod once;
mod openapi;
mod operation;
mod problem;
mod serving;
mod shape;

pub use call::Call;
pub use dataset::{Dataset, DatasetBatch};
pub use once::{MIGRATIONS, Once, SEALED};
pub use openapi::{description, schema_of};
pub use operation::{Answered, Known, Operation, Parameter, Place, Reply};
pub use problem::{CODES, Code};
pub use shape::{Field, Resource, Shape};

pub(crate) use courtesy::courtesy;
pub(crate) use problem::problem;

/// Below this every address is one for programs.
pub(crate) const ROOT: &str = "/api/";

/// Changes when fields change their meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Rows of a page where the asker does not say how many.
pub const USUAL: usize = 20;

/// Rows of a page at most.
pub const MOST: usize = 100;
