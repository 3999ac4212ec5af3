//! Who and where: administrative divisions, the organs in them, persons and the posts they hold.
//!
//! Every row of every room carries an organ's key from the start, so that one organ's drafts
//! never reach another's people.

mod account;
mod acting;
mod audit_export;
mod change;
mod division;
pub mod factor;
mod fitness;
mod grant;
mod import;
mod organ;
mod person;
mod post;
pub mod powers;
mod profile;
mod provider;
mod refusal;
mod reset;
mod role;
pub mod secret;
mod session;
mod setting;
pub mod sign_in;
mod stand_in;
mod standing;
mod table;
mod unit;

pub use account::Account;
pub use acting::any_is;
pub use audit_export::AuditExport;
pub use change::{PASSWORD_PROFILE, SettingChange};
pub use division::{Division, Level};
pub use grant::{Grant, Proposal};
pub use import::{ImportError, Imported, Table, Tables};
pub use organ::{Organ, PUBLIC_SERVICE};
pub use person::{Invented, Person, Registered, Registration, holder_of};
pub use post::Post;
pub use profile::{Profile, Rules};
pub use provider::{Departure, Provider, ProviderError, ProviderSettings, Subject};
pub use refusal::Refusal;
pub(crate) use refusal::refused;
pub use role::{Role, Side};
pub use session::{FRESH, IDLE, LONGEST, Origin, Session, Step};
pub use setting::operator;
pub use stand_in::{Stage, StandIn};
pub use standing::Standing;
pub use table::{import_divisions, import_organs};
pub use unit::Unit;

use store::Migration;

/// The tables of divisions, organs, persons and posts.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261125002,
        name: "divisions and organs",
        sql: include_str!("../migrations/20261125002_identity.sql"),
    },
    Migration {
        number: 20261126100,
        name: "persons, accounts, posts and sessions",
        sql: include_str!("../migrations/20261126100_persons.sql"),
    },
    Migration {
        number: 20261126101,
        name: "wrong tries, units to be confirmed, exports of the audit",
        sql: include_str!("../migrations/20261126101_entering.sql"),
    },
    Migration {
        number: 20261126712,
        name: "whoever proposes for another counts as both",
        sql: include_str!("../migrations/20261126712_acting_for.sql"),
    },
];
