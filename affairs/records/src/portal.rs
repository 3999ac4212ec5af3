//! The records' pages for everybody.

pub mod attachment;
pub(crate) mod document;
mod export;
pub mod list;
pub mod old;
pub mod panels;
pub(crate) mod parts;
pub(crate) mod place;
pub mod sitemap;
mod wish;
