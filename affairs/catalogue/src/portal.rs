//! The catalogue's pages for everybody.

pub mod domain;
pub mod full;
mod held;
pub mod home;
pub mod item;
pub mod panels;
pub mod plan;
pub mod sitemap;
mod table;
