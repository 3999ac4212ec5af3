//! Proofs that need no network (C2SP tlog-proof).

use crate::{
    Checkpoint, Hash, Note, NoteError, Verifier, base64_of, hash_from_base64, leaf_hash,
    proves_inclusion,
};

/// That an entry stands in a log, with the checkpoint it was proved against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The entry's place, from 0.
    pub index: u64,
    /// From the leaf's neighbour to the root's child.
    pub hashes: Vec<Hash>,
    /// The checkpoint as it was signed.
    pub checkpoint: Note,
}

const HEAD: &str = "c2sp.org/tlog-proof@v1\n";

/// A tree of 2^63 leaves is no higher than this.
const MOST_HASHES: usize = 63;

impl Proof {
    /// The text of a `.tlog-proof` file.
    pub fn to_text(&self) -> String {
        let hashes: String = self.hashes.iter().map(|hash| base64_of(hash) + "\n").collect();
        format!("{HEAD}index {}\n{hashes}\n{}", self.index, self.checkpoint.to_text())
    }

    /// Reads such a file. One with extra data, which ours have not, is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEAD)?.strip_prefix("index ")?;
        let (index, rest) = rest.split_once('\n')?;
        let index = index.parse::<u64>().ok().filter(|number| number.to_string() == index)?;
        let (mut hashes, mut rest) = (Vec::new(), rest);
        loop {
            let (line, after) = rest.split_once('\n')?;
            rest = after;
            if line.is_empty() {
                break;
            }
            hashes.push(hash_from_base64(line)?);
        }
        let checkpoint = Note::parse(rest).ok()?;
        (hashes.len() <= MOST_HASHES).then_some(Self { index, hashes, checkpoint })
    }

    /// Checks that `entry` stands in the log whose key this is.
    ///
    /// # Errors
    /// The checkpoint is not the log's, or the proof does not lead from the entry to its root.
    pub fn check(&self, entry: &[u8], key: &Verifier) -> Result<Checkpoint, NoteError> {
        let head = Checkpoint::open(&self.checkpoint, key)?;
        let leaf = leaf_hash(entry);
        let proved = proves_inclusion(&leaf, self.index, head.size, &self.hashes, &head.root);
        if proved { Ok(head) } else { Err(NoteError::Wrong) }
    }
}
