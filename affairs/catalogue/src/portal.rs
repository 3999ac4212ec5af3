//! The catalogue's pages for everybody.

pub mod domain;
mod found;
pub mod full;
mod held;
pub mod home;
pub mod item;
mod owing;
pub mod panels;
pub mod plan;
pub mod reminder;
pub mod sitemap;
mod standing;
mod table;
