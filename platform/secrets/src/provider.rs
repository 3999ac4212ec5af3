//! Who encrypts: two providers of authenticated encryption behind one interface. A device or a certified
//! library is a third one.

use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use sm4::Sm4;

/// Bytes of a nonce: 96 bits, drawn at random for every ciphertext (NIST SP 800-38D, 8.2.2). One key must not
/// seal more than 2^32 times (8.3); a new key a year keeps far below.
pub const NONCE: usize = 12;

/// What ciphertexts are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// AES-256 in Galois/Counter Mode (NIST SP 800-38D).
    Aes256Gcm,
    /// SM4 in the same mode (GB/T 32907-2016; RFC 8998).
    Sm4Gcm,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Aes256Gcm, Self::Sm4Gcm];

    /// Its name, in ciphertexts, key files and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "aes-256-gcm",
            Self::Sm4Gcm => "sm4-gcm",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Bytes of its keys.
    pub fn key_bytes(self) -> usize {
        match self {
            Self::Aes256Gcm => 32,
            Self::Sm4Gcm => 16,
        }
    }

    /// A provider with this key; `None` if the key has another length.
    pub fn with_key(self, key: &[u8]) -> Option<Box<dyn Provider>> {
        Some(match self {
            Self::Aes256Gcm => Box::new(Aes256Gcm::new(key)?),
            Self::Sm4Gcm => Box::new(Sm4Gcm::new(key)?),
        })
    }
}

/// Encrypts and decrypts with one key that it holds.
pub trait Provider: Send + Sync {
    /// What it works with.
    fn algorithm(&self) -> Algorithm;

    /// The ciphertext with its tag of 128 bits at the end; `None` where the provider does not answer or the
    /// text is longer than the mode allows.
    fn encrypt(&self, nonce: &[u8; NONCE], bound: &[u8], plain: &[u8]) -> Option<Vec<u8>>;

    /// The text; `None` where key, nonce, what is bound to it or a single bit is another.
    fn decrypt(&self, nonce: &[u8; NONCE], bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>>;
}

/// AES-256-GCM.
pub struct Aes256Gcm(aes_gcm::Aes256Gcm);

impl Aes256Gcm {
    /// With a key of 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        aes_gcm::Aes256Gcm::new_from_slice(key).ok().map(Self)
    }
}

impl Provider for Aes256Gcm {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Aes256Gcm
    }

    fn encrypt(&self, nonce: &[u8; NONCE], bound: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        self.0.encrypt(&(*nonce).into(), Payload { msg: plain, aad: bound }).ok()
    }

    fn decrypt(&self, nonce: &[u8; NONCE], bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: bound }).ok()
    }
}

/// SM4-GCM.
pub struct Sm4Gcm(AesGcm<Sm4, U12>);

impl Sm4Gcm {
    /// With a key of 16 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        AesGcm::new_from_slice(key).ok().map(Self)
    }
}

impl Provider for Sm4Gcm {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Sm4Gcm
    }

    fn encrypt(&self, nonce: &[u8; NONCE], bound: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        self.0.encrypt(&(*nonce).into(), Payload { msg: plain, aad: bound }).ok()
    }

    fn decrypt(&self, nonce: &[u8; NONCE], bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: bound }).ok()
    }
}
