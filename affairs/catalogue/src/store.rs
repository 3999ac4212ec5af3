//! The catalogue's tables: domains, catalogues, versions, items; and what of them a site shows.

mod catalogues;
mod domains;
mod items;
mod shelves;
mod versions;

pub use catalogues::Catalogue;
pub(crate) use domains::CALLED;
pub use domains::{Domain, DomainLine};
pub use items::{KeyedItem, keyed};
pub(crate) use shelves::{Held, Shelf};
pub(crate) use versions::HOLDS;
pub use versions::{State, Version, VersionDraft};
