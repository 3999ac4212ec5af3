//! What can be done with subscriptions, pushes and deliveries. Each act is a noun with a file of its own. No
//! entry of the ledger names an address, and none says who follows what.

pub mod announcement;
pub mod change;
pub mod clearing;
pub mod confirmation;
pub mod departure;
pub mod dispatch;
mod host;
pub mod push;
pub mod retry;
pub mod subscription;

use law::article;
use ledger::{DeskError, Entry};
use store::StoreError;
use web::Fault;

/// Why an act was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand; the sentence says why and what to do.
    #[error("{0}")]
    Refused(&'static str),
    /// A field is not as it must be: its name, and what to do.
    #[error("{1}")]
    Field(&'static str, String),
    /// The keys cannot be used.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    pub(crate) const GONE: Self = Self::Refused(
        "这个订阅已经没有了：可能已经退订、删除，或者 7 日内没有确认。要接收的，请重新订阅。",
    );

    pub(crate) const NO_RANDOM: Self =
        Self::Refused("系统没有给出随机数，现在不能办理。请稍后再试。");

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Refused(words) => Fault::Refused(words.to_owned()),
            Self::Field(field, words) => Fault::field(field, words),
            Self::Sealing(_) | Self::Desk(_) | Self::Store(_) => Fault::inside(self),
        }
    }
}

/// What the ledger is told of an act on a subscriber: its key, which is nobody's name.
fn entry(act: &'static str, subscriber: &str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "notices",
        act,
        subject: format!("notice_subscriber:{subscriber}"),
        organ: String::new(),
        basis: article("个人信息保护法", 13).paragraph(1).to_string(),
        facts,
    }
}
