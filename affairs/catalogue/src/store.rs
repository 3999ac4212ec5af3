//! The catalogue's tables: domains, catalogues, versions, items.

mod catalogues;
mod domains;
mod items;

pub use catalogues::{Catalogue, State, Version, VersionDraft};
pub use domains::{Domain, DomainLine};
pub use items::{KeyedItem, keyed};
