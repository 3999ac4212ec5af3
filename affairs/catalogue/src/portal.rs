//! The catalogue's pages for everybody.

pub mod domain;
pub mod home;
pub mod item;
pub mod panels;
mod shelf;
pub mod sitemap;
mod table;
pub(crate) mod words;

pub use shelf::Shelf;
