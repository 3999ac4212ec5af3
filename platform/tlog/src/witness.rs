//! What a witness is asked, and what it answers (C2SP tlog-witness).

use crate::{
    Checkpoint, EMPTY, Hash, Note, Verifier, base64_of, hash_from_base64, proves_consistency,
};

/// A request may bring so many lines of proof.
pub const MOST_PROOF_LINES: usize = 63;

/// The request does not have the form; answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// A request to cosign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size the log believes the witness saw last.
    pub old: u64,
    /// From that size to the new one.
    pub proof: Vec<Hash>,
    /// The new checkpoint.
    pub checkpoint: Note,
}

/// The largest checkpoint of a log that a witness has cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its size.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Default for Seen {
    fn default() -> Self {
        Self { size: 0, root: EMPTY }
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// 400: not the form, or the old size is above the new one.
    Malformed,
    /// 404: a log it does not know.
    UnknownLog,
    /// 403: none of the signatures is by the log's key.
    Unsigned,
    /// 409: the log is mistaken about what the witness saw last; it is told the size.
    Conflict(u64),
    /// 422: the new tree does not begin with the old one.
    Inconsistent,
}

impl Refusal {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::UnknownLog => 404,
            Self::Unsigned => 403,
            Self::Conflict(_) => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl AddCheckpoint {
    /// The body of the request.
    pub fn to_text(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| base64_of(hash) + "\n").collect();
        format!("old {}\n{proof}\n{}", self.old, self.checkpoint.to_text())
    }

    /// Reads the body of a request.
    ///
    /// # Errors
    /// It does not have the form.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (first, mut rest) = text.split_once('\n').ok_or(Malformed)?;
        let size = first.strip_prefix("old ").ok_or(Malformed)?;
        let old: u64 = size.parse().map_err(|_| Malformed)?;
        let mut proof = Vec::new();
        loop {
            let (line, after) = rest.split_once('\n').ok_or(Malformed)?;
            rest = after;
            if line.is_empty() {
                break;
            }
            proof.push(hash_from_base64(line).ok_or(Malformed)?);
        }
        let checkpoint = Note::parse(rest).map_err(|_| Malformed)?;
        let sound = old.to_string() == size && proof.len() <= MOST_PROOF_LINES;
        if sound { Ok(Self { old, proof, checkpoint }) } else { Err(Malformed) }
    }
}

/// Decides on a request by a log whose key the witness trusts and of which it saw `seen` last. What is
/// answered must be kept, in the same transaction in which `seen` was read, before it is sent.
///
/// # Errors
/// The witness must not cosign.
pub fn judge(asked: &AddCheckpoint, key: &Verifier, seen: Seen) -> Result<Checkpoint, Refusal> {
    key.open(&asked.checkpoint).map_err(|_| Refusal::Unsigned)?;
    let new = Checkpoint::parse(&asked.checkpoint.text).ok_or(Refusal::Malformed)?;
    if new.origin != key.name() {
        return Err(Refusal::UnknownLog);
    }
    if asked.old > new.size {
        return Err(Refusal::Malformed);
    }
    if asked.old != seen.size {
        return Err(Refusal::Conflict(seen.size));
    }
    if asked.old == new.size && new.root != seen.root {
        return Err(Refusal::Conflict(seen.size));
    }
    let consistent = proves_consistency(seen.size, &seen.root, new.size, &new.root, &asked.proof);
    if consistent { Ok(new) } else { Err(Refusal::Inconsistent) }
}
