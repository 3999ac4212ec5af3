//! What happened, who did it, on what basis: the desk at which acts are carried out.
//!
//! An act opens a [`Desk`], changes rows through it, records what it did and seals. Change, entry
//! and the rows that tell listeners (the outbox) stand in one transaction, so either all of it is
//! there or none; a desk with nothing recorded cannot be sealed. Entries are numbered without gaps and
//! chained by their hashes; the database refuses whatever would change one ([`Ledger::audit`] counts
//! the chain again).

mod chain;
mod clock;
mod desk;
mod event;
mod ledger;
pub mod log;
pub mod parcel;
mod search;

use store::Migration;

pub use chain::{Audited, Break};
pub use clock::{Clock, day_in_china, start_of_day};
pub use desk::{Desk, DeskError};
pub use event::{Actor, Change, Entry, Event};
pub use ledger::{ImportError, Ledger, Subscription, Unheard, Wake};
pub use log::{Leaf, LeafEvent, LogKey, PublicLog, Withdrawal};
pub use search::Search;
pub use tlog::hex;

/// The table of events and of imported holiday arrangements.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261125003,
        name: "ledger",
        sql: include_str!("../migrations/20261125003_ledger.sql"),
    },
    Migration {
        number: 20261125105,
        name: "events by act",
        sql: include_str!("../migrations/20261125105_event_by_act.sql"),
    },
    Migration {
        number: 20261126200,
        name: "the audit as a chain",
        sql: include_str!("../migrations/20261126200_audit_chain.sql"),
    },
    Migration {
        number: 20261126201,
        name: "the public log",
        sql: include_str!("../migrations/20261126201_public_log.sql"),
    },
    Migration {
        number: 20261126876,
        name: "what an entry hands over and the chain does not keep",
        sql: include_str!("../migrations/20261126876_parcels.sql"),
    },
];
