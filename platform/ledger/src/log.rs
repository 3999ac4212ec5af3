//! 公开日志: publications, corrections, withdrawals and releases in an append-only log that strangers can
//! check with tools that are not ours (C2SP tlog-tiles, tlog-checkpoint, signed-note).
//!
//! An act hands its leaf to the desk ([`crate::Desk::publish_leaf`]); it gets its place in the very
//! transaction of the act, behind the chain's head, so places have no gaps and each publication has
//! exactly one leaf. The worker lets the tree grow over the leaves ([`PublicLog::grow`]): hashes and the
//! signed checkpoint are one transaction, and a second worker, or one that was killed, finds the rows
//! there or not there.
//!
//! A leaf says what was done, by which organ, under which number and when, and SHA-256 and SM3 of salt
//! and content. Content never stands in it (docs/readings/050).

mod anchor;
mod appending;
mod growth;
mod guard;
mod head;
mod key;
mod leaf;
mod nodes;
mod openings;
mod scrub;
mod witnesses;

use store::{FromQueryResult, Statements, Store, StoreError};
use tlog::{HASHES_PER_TILE, Proof, Tile, TileOf};

use crate::Ledger;

pub(crate) use appending::{PendingLeaf, append};
pub use growth::GrowthError;
pub use key::{KeyError, LogKey, keep_private};
pub use leaf::{Leaf, LeafBody, LeafEvent, Withdrawal};
pub use openings::{Inscribed, Opening};
pub use scrub::{Scrubbed, Unsound};
pub use witnesses::{Submission, Witness, WitnessError};

/// The log over a ledger's store.
#[derive(Debug, Clone)]
pub struct PublicLog {
    store: Store,
    clock: crate::Clock,
}

/// Which log this is.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Identity {
    /// Its name, for ever.
    pub origin: String,
    /// Its public key, as it is handed to others.
    pub vkey: String,
    /// When it was founded.
    pub founded_at: String,
}

/// A checkpoint as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Signed {
    /// How many leaves it covers.
    pub size: i64,
    /// The root in base64.
    pub root: String,
    /// When it was signed.
    pub signed_at: String,
    /// The note, without cosignatures.
    pub note: String,
}

const IDENTITY: &str = "SELECT origin, vkey, founded_at FROM log_identity";

const CHECKPOINT: &str = "SELECT size, root, signed_at, note FROM log_checkpoint";

impl Ledger {
    /// The public log.
    pub fn log(&self) -> PublicLog {
        PublicLog { store: self.store().clone(), clock: self.clock() }
    }
}

impl PublicLog {
    /// Which log this is; `None` before it was founded.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.store.one(IDENTITY, vec![]).await
    }

    /// The newest checkpoint; `None` before the first was signed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn checkpoint(&self) -> Result<Option<Signed>, StoreError> {
        newest(&self.store).await
    }

    /// How many leaves there are, signed for or not.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn leaves(&self) -> Result<i64, StoreError> {
        Ok(self.store.number("SELECT count(*) FROM log_leaf", vec![]).await?.unwrap_or_default())
    }

    /// The newest checkpoint as it is served, with what witnesses said of it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn checkpoint_text(&self) -> Result<Option<String>, StoreError> {
        match self.checkpoint().await? {
            Some(signed) => Ok(Some(self.cosigned(&signed).await?)),
            None => Ok(None),
        }
    }

    /// A tile or a bundle, as it is served; `None` where no signed checkpoint covers it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, StoreError> {
        let size = self.checkpoint().await?.map_or(0, |signed| signed.size);
        if !tile.exists_at(u64::try_from(size).unwrap_or(0)) {
            return Ok(None);
        }
        let first = i64::try_from(tile.first()).unwrap_or(i64::MAX);
        let end = first.saturating_add(i64::try_from(tile.width).unwrap_or(0));
        match tile.of {
            TileOf::Hashes(level) => {
                let hashes = nodes::row(&self.store, level, first, end).await?;
                Ok(Some(hashes.concat()))
            }
            TileOf::Entries => {
                let bodies = openings::bodies(&self.store, first, end).await?;
                Ok(tlog::bundle(bodies.iter().map(String::as_bytes)))
            }
        }
    }

    /// That a leaf stands in the log, proved against the newest checkpoint; `None` while no checkpoint
    /// covers it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn proof(&self, position: i64) -> Result<Option<Proof>, StoreError> {
        match self.checkpoint().await? {
            Some(signed) => {
                let text = self.cosigned(&signed).await?;
                self.proof_against(position, signed.size, &text).await
            }
            None => Ok(None),
        }
    }

    /// The same against the first checkpoint that covers the leaf, as the log alone signed it: it stays as it
    /// is however long the log grows and whoever signs later, so it can be kept in a file.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn first_proof(&self, position: i64) -> Result<Option<Proof>, StoreError> {
        let sql = format!("{CHECKPOINT} WHERE size > $1 ORDER BY size LIMIT 1");
        let signed: Option<Signed> = self.store.one(&sql, vec![position.into()]).await?;
        match signed {
            Some(signed) => self.proof_against(position, signed.size, &signed.note).await,
            None => Ok(None),
        }
    }

    async fn proof_against(
        &self,
        position: i64,
        size: i64,
        text: &str,
    ) -> Result<Option<Proof>, StoreError> {
        let (Ok(index), Ok(size)) = (u64::try_from(position), u64::try_from(size)) else {
            return Ok(None);
        };
        let Some(ranges) = tlog::inclusion(index, size) else { return Ok(None) };
        let hashes = nodes::Tree::of(&self.store).hashes(&ranges).await?;
        Ok(tlog::Note::parse(text).ok().map(|checkpoint| Proof { index, hashes, checkpoint }))
    }
}

async fn newest(from: &impl Statements) -> Result<Option<Signed>, StoreError> {
    let sql = format!("{CHECKPOINT} ORDER BY size DESC LIMIT 1");
    from.one(&sql, vec![]).await
}

/// The tile that holds a hash, and its place there.
fn in_tile(position: i64) -> (i64, i64) {
    let width = HASHES_PER_TILE as i64;
    (position / width, position % width)
}
