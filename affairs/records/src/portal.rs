//! The records' pages for everybody.

pub mod attachment;
pub(crate) mod document;
mod export;
pub mod list;
pub mod old;
pub mod panels;
pub(crate) mod parts;
pub(crate) mod place;
pub mod preview;
pub mod sitemap;
pub mod versions;
mod wish;
