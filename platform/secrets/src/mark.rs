//! Keyed hashes: what must be found or compared, and is not kept.

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;

use crate::Place;

/// A keyed hash (HMAC-SM3, GB/T 15852.2; RFC 2104) of a text at a place, hexadecimal. Without the key nobody can
/// try texts against it, short as they may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(pub(crate) String);

impl Mark {
    /// A mark as a column keeps it.
    pub fn kept(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As a column keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bytes of the key of marks, and of a mark.
pub(crate) const MARK_BYTES: usize = 32;

/// Makes marks with one key.
pub(crate) struct Marker(Hmac<Sm3>);

impl Marker {
    pub(crate) fn new(key: &[u8]) -> Option<Self> {
        (key.len() == MARK_BYTES).then(|| Hmac::new_from_slice(key).ok().map(Self)).flatten()
    }

    fn over(&self, place: Place<'_>, text: &str) -> Hmac<Sm3> {
        let mut mac = self.0.clone();
        mac.update(&place.bound(&["mark"]));
        mac.update(text.as_bytes());
        mac
    }

    pub(crate) fn mark(&self, place: Place<'_>, text: &str) -> Mark {
        Mark(ledger::hex(&self.over(place, text).finalize().into_bytes()))
    }

    /// Whether it is the mark of this text, in a time that does not tell how much of it agrees.
    pub(crate) fn fits(&self, place: Place<'_>, text: &str, mark: &Mark) -> bool {
        let bytes = unhex(&mark.0);
        self.over(place, text).verify_slice(&bytes).is_ok()
    }
}

/// The bytes of a mark; as many zeros where it is none, so that it takes as long to say no.
fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let bytes: Option<Vec<u8>> = pairs.collect();
    bytes.filter(|bytes| bytes.len() == MARK_BYTES).unwrap_or_else(|| vec![0; MARK_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_sm3_is_that_of_openssl() {
        // printf '%s' abc | openssl dgst -sm3 -mac HMAC -macopt hexkey:000102…1f (OpenSSL 3.0)
        let key: Vec<u8> = (0..32).collect();
        let mut mac = Marker::new(&key).expect("a key").0;
        mac.update(b"abc");
        assert_eq!(
            ledger::hex(&mac.finalize().into_bytes()),
            "a8f95cf26f204957e7ca73c9602a25dda35f168b28103b51dfc968c810416b63"
        );
    }
}
