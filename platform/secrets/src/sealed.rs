//! A ciphertext, as a row or a file keeps it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use crate::{Algorithm, NONCE};

/// What stands before the bytes of a sealed file, with the number of this form.
const MAGIC: &[u8; 4] = b"GKS1";

/// A ciphertext with all that is needed to open it but the key and the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: String,
    pub(crate) nonce: [u8; NONCE],
    pub(crate) bytes: Vec<u8>,
}

impl Sealed {
    /// What it was made with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The id of its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How every text sealed with one key begins; by it, rows of other keys are found in SQL.
    pub fn beginning(algorithm: Algorithm, key: &str) -> String {
        format!("{}.{key}.", algorithm.name())
    }

    /// As text for a column: `sm4-gcm.1a2b3c4d.…`.
    pub fn to_text(&self) -> String {
        let bytes = [self.nonce.as_slice(), &self.bytes].concat();
        format!("{}{}", Self::beginning(self.algorithm, &self.key), BASE64.encode(bytes))
    }

    /// What stands in a column; `None` where it is no ciphertext.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (algorithm, key, bytes) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || key.is_empty() {
            return None;
        }
        let bytes = BASE64.decode(bytes).ok()?;
        Self::of(Algorithm::named(algorithm)?, key, &bytes)
    }

    /// As bytes for a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let name = Self::beginning(self.algorithm, &self.key);
        let length = u8::try_from(name.len()).unwrap_or(u8::MAX);
        [MAGIC, [length].as_slice(), name.as_bytes(), &self.nonce, &self.bytes].concat()
    }

    /// What lies in a file; `None` where it is no ciphertext.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (length, rest) = rest.split_first()?;
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        let name = std::str::from_utf8(name).ok()?.strip_suffix('.')?;
        let (algorithm, key) = name.split_once('.')?;
        Self::of(Algorithm::named(algorithm)?, key, rest)
    }

    fn of(algorithm: Algorithm, key: &str, bytes: &[u8]) -> Option<Self> {
        let (nonce, bytes) = bytes.split_first_chunk::<NONCE>()?;
        Some(Self { algorithm, key: key.to_owned(), nonce: *nonce, bytes: bytes.to_vec() })
    }
}
