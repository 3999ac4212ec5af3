//! Cosignatures of witnesses, version 1 (C2SP tlog-cosignature).

use crate::{Kind, Note, NoteError, Signature, Signer, Verifier};

/// A witness's key.
#[derive(Debug)]
pub struct Cosigner(Signer);

/// What a witness said of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// When, in seconds since 1970.
    pub at: u64,
    /// The line as it stands below the checkpoint.
    pub line: Signature,
}

fn message(at: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

impl Cosigner {
    /// The key made from 32 secret bytes.
    ///
    /// # Errors
    /// The name cannot be that of a key.
    pub fn of(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        Ok(Self(Signer::of(name, Kind::Cosignature, seed)?))
    }

    /// Reads a key from its file.
    ///
    /// # Errors
    /// It is no such key.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        Ok(Self(Signer::parse(text, Kind::Cosignature)?))
    }

    /// The key as it is kept in its file.
    pub fn secret(&self) -> String {
        self.0.secret()
    }

    /// Its public half.
    pub fn public(&self) -> &Verifier {
        self.0.public()
    }

    /// Signs the text of a checkpoint at a moment, in seconds since 1970.
    pub fn sign(&self, text: &str, at: u64) -> Signature {
        let mut bytes = at.to_be_bytes().to_vec();
        bytes.extend(self.0.sign_bytes(message(at, text).as_bytes()));
        let public = self.0.public();
        Signature { name: public.name().to_owned(), id: public.id(), bytes }
    }
}

impl Cosignature {
    /// What the witness with this key said of the note.
    ///
    /// # Errors
    /// It said nothing, or a line that names it is wrong.
    pub fn open(note: &Note, key: &Verifier) -> Result<Self, NoteError> {
        let mut said = Err(NoteError::Unsigned);
        for line in key.own(note) {
            let (at, signature) = line.bytes.split_first_chunk::<8>().ok_or(NoteError::Wrong)?;
            let at = u64::from_be_bytes(*at);
            let sound = i64::try_from(at).is_ok()
                && key.verifies(message(at, &note.text).as_bytes(), signature);
            if !sound {
                return Err(NoteError::Wrong);
            }
            said = Ok(Self { at, line: line.clone() });
        }
        said
    }
}
