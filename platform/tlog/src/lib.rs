//! The forms of a transparency log that strangers can check: RFC 6962 trees, and the C2SP texts around
//! them (tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature, tlog-witness, tlog-proof).
//!
//! Everything here is a pure function of what is handed in: no clock, no store, no network. Who keeps
//! the tree, signs and serves it is told in `ledger`.

mod checkpoint;
mod cosignature;
mod hexadecimal;
mod note;
mod proof;
mod tile;
mod tree;
mod witness;

pub use checkpoint::Checkpoint;
pub use cosignature::{Cosignature, Cosigner};
pub use hexadecimal::hex;
pub use note::{Kind, Note, NoteError, Signature, Signer, Verifier};
pub use proof::Proof;
pub use tile::{Tile, TileOf, bundle, entries_of};
pub use tree::{
    EMPTY, HASHES_PER_TILE, Hash, Node, Range, base64_of, consistency, fold, hash_from_base64,
    inclusion, leaf_hash, node_hash, proves_consistency, proves_inclusion, root_of, whole,
};
pub use witness::{AddCheckpoint, MOST_PROOF_LINES, Malformed, Refusal, Seen, judge};
