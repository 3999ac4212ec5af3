//! Checkpoints: how large a log is and what it hashes to, at one moment (C2SP tlog-checkpoint).

use crate::{Hash, Note, NoteError, Signer, Verifier, base64_of, hash_from_base64};

/// What a checkpoint says. Ours have no further lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64_of(&self.root))
    }

    /// Reads the text of a checkpoint. Lines beyond the third, which other logs may have, are allowed;
    /// [`Checkpoint::text`] tells whether there were any.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let canonical = size.parse::<u64>().ok().filter(|number| number.to_string() == size)?;
        let sound = !origin.is_empty() && lines.all(|line| !line.is_empty());
        let root = hash_from_base64(root)?;
        sound.then(|| Self { origin: origin.to_owned(), size: canonical, root })
    }

    /// The checkpoint, signed by the log's key.
    pub fn sign(&self, key: &Signer) -> Note {
        key.sign(&self.text())
    }

    /// Reads a note that the log's key has signed, of a log that bears the key's name.
    ///
    /// # Errors
    /// It is no such note.
    pub fn open(note: &Note, key: &Verifier) -> Result<Self, NoteError> {
        key.open(note)?;
        let read = Self::parse(&note.text).ok_or(NoteError::Form)?;
        let ours = read.origin == key.name() && read.text() == note.text;
        if ours { Ok(read) } else { Err(NoteError::Form) }
    }
}
