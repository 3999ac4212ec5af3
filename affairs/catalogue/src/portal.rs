//! The catalogue's pages for everybody.

pub mod coverage;
pub mod difference;
pub mod domain;
mod found;
pub mod full;
mod held;
pub mod history;
pub mod home;
pub mod item;
mod owing;
pub mod panels;
pub mod plan;
pub mod powers;
pub mod reminder;
pub mod row_on;
pub mod services;
pub mod sitemap;
pub mod standards;
mod standing;
mod table;
pub mod version;
mod versions;
pub mod wish;
