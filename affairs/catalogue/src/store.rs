//! The catalogue's tables: domains, catalogues, versions, items; and what of them a site shows.

mod adjustments;
mod authors;
mod catalogues;
mod coverage;
mod departures;
mod domains;
mod holdings;
mod impact;
mod in_force;
mod item_lines;
mod items;
mod layers;
mod obligations;
mod owed;
mod pages;
pub mod plans;
pub mod powers;
mod reminders;
mod shelves;
pub mod standards;
mod steps;
mod takeovers;
mod versions;
mod wishes;

pub use adjustments::{AdjustmentEntry, AdjustmentState, LayerDecision};
pub(crate) use authors::authors;
pub use catalogues::Catalogue;
pub(crate) use coverage::count_anew;
pub use coverage::{
    CountedCatalogue, CoverageAsk, CoverageBy, CoverageLine, owed_in, owing_organs,
};
pub use departures::{Departure, OpenAdjustment};
pub(crate) use domains::CALLED;
pub use domains::{Domain, DomainLine};
pub use holdings::Holding;
pub use impact::{Impact, TouchedLayer};
pub use item_lines::{ItemAsk, ItemLine};
pub use items::{KeyedItem, keyed};
pub(crate) use items::{bare_key, free_key};
pub(crate) use layers::{Layer, Shelved};
pub(crate) use obligations::{Bodies, known, lies_in};
pub use obligations::{
    EventLine, Inputs, Mark, Measure, NewEvent, Obligation, Renewed, Scope, Tally, Waiver, measures,
};
pub(crate) use obligations::{catch_up, keep as keep_obligations, take_in, take_in_anew, take_out};

pub use owed::{ItemOwed, Owing, OwingAsk, items_in_force};
pub(crate) use pages::is_there;
pub use reminders::{Answered, Reminder, ReminderAsk};
pub(crate) use shelves::{Held, Shelf};
pub use steps::Step;
pub use takeovers::TakenRow;
pub(crate) use versions::HOLDS;
pub use versions::{InForceBy, State, Version, VersionDraft};
pub use wishes::{Verdict, Wish, WishAsk, WishLine, WishMark};
