//! Why an act on persons, posts and accounts was not carried out.

use ledger::DeskError;
use store::StoreError;

use crate::secret::SecretError;

/// A refusal; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The sentence says what is wrong and what to do.
    #[error("{0}")]
    Said(String),
    /// A secret could not be made or tried.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A refusal in words.
pub(crate) fn refused<T>(words: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Said(words.into()))
}
