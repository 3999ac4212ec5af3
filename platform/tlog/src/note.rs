//! Signed notes and the spelling of their keys (C2SP signed-note).

use crate::hexadecimal::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// Why a note or a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not written as a signed note is.
    #[error("不是签名文本的格式")]
    Form,
    /// A key is not written as keys are.
    #[error("密钥写法不对")]
    Key,
    /// A name is empty or has a space or a plus sign.
    #[error("名称为空，或者含空格、加号")]
    Name,
    /// No signature by the key is there.
    #[error("没有这把密钥的签名")]
    Unsigned,
    /// The signature by the key is wrong.
    #[error("签名不对")]
    Wrong,
}

/// What a key signs, and the byte that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 0x01: the text of a note.
    Note,
    /// 0x04: a checkpoint, with the moment.
    Cosignature,
}

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Note => 1,
            Self::Cosignature => 4,
        }
    }
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    key: VerifyingKey,
}

/// A private key with its name. It is never printed.
pub struct Signer {
    pub(crate) public: Verifier,
    key: SigningKey,
}

/// One signature line, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name of the key.
    pub name: String,
    /// The first four bytes of the key's hash.
    pub id: [u8; 4],
    /// What follows them.
    pub bytes: Vec<u8>,
}

/// A note taken apart; nothing is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed, with its last line feed.
    pub text: String,
    /// The signatures, in order.
    pub signatures: Vec<Signature>,
}

const DASH: &str = "\u{2014} ";

/// More signatures than this nobody needs, and a verifier must take sixteen.
const MOST_SIGNATURES: usize = 64;

fn sound_name(name: &str) -> bool {
    let fit = |letter: char| !letter.is_whitespace() && !letter.is_control() && letter != '+';
    !name.is_empty() && name.chars().all(fit)
}

impl Verifier {
    fn of(name: &str, kind: Kind, key: VerifyingKey) -> Result<Self, NoteError> {
        let name = if sound_name(name) { name.to_owned() } else { return Err(NoteError::Name) };
        Ok(Self { name, kind, key })
    }

    /// Reads `name+hash+base64(type || key)`.
    ///
    /// # Errors
    /// It is no such key, or not of the kind asked for.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::Key)?;
        let (byte, key) = bytes.split_first().ok_or(NoteError::Key)?;
        let key: &[u8; 32] = key.try_into().map_err(|_| NoteError::Key)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| NoteError::Key)?;
        let verifier = Self::of(name, kind, key)?;
        let same = *byte == kind.byte() && id == hex(&verifier.id());
        if same { Ok(verifier) } else { Err(NoteError::Key) }
    }

    /// The key as it is handed to others.
    pub fn vkey(&self) -> String {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend(self.key.as_bytes());
        format!("{}+{}+{}", self.name, hex(&self.id()), STANDARD.encode(bytes))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of its hash.
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(&self.name);
        hasher.update([b'\n', self.kind.byte()]);
        hasher.update(self.key.as_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        self.key.verify_strict(message, &signature).is_ok()
    }

    /// The signatures of a note that name this key.
    pub(crate) fn own<'a>(&self, note: &'a Note) -> impl Iterator<Item = &'a Signature> {
        let (name, id) = (self.name.clone(), self.id());
        note.signatures.iter().filter(move |line| line.name == name && line.id == id)
    }

    /// Whether the key signed the text of the note.
    ///
    /// # Errors
    /// It did not, or a signature that names it is wrong.
    pub fn open(&self, note: &Note) -> Result<(), NoteError> {
        let mut signed = false;
        for line in self.own(note) {
            if !self.verifies(note.text.as_bytes(), &line.bytes) {
                return Err(NoteError::Wrong);
            }
            signed = true;
        }
        if signed { Ok(()) } else { Err(NoteError::Unsigned) }
    }
}

impl Signer {
    /// The key made from 32 secret bytes.
    ///
    /// # Errors
    /// The name cannot be that of a key.
    pub fn of(name: &str, kind: Kind, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        Ok(Self { public: Verifier::of(name, kind, key.verifying_key())?, key })
    }

    /// Reads `PRIVATE+KEY+name+hash+base64(type || seed)`.
    ///
    /// # Errors
    /// It is no such key, or not of the kind asked for.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, NoteError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(NoteError::Key)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(seed)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        let bytes = STANDARD.decode(seed).map_err(|_| NoteError::Key)?;
        let (byte, seed) = bytes.split_first().ok_or(NoteError::Key)?;
        let seed: &[u8; 32] = seed.try_into().map_err(|_| NoteError::Key)?;
        let signer = Self::of(name, kind, seed)?;
        let same = *byte == kind.byte() && id == hex(&signer.public.id());
        if same { Ok(signer) } else { Err(NoteError::Key) }
    }

    /// The key as it is kept in its file. Whoever has this text signs in its name.
    pub fn secret(&self) -> String {
        let mut bytes = vec![self.public.kind.byte()];
        bytes.extend(self.key.to_bytes());
        let (name, id) = (&self.public.name, hex(&self.public.id()));
        format!("PRIVATE+KEY+{name}+{id}+{}", STANDARD.encode(bytes))
    }

    /// Its public half.
    pub fn public(&self) -> &Verifier {
        &self.public
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The note with this text, signed.
    pub fn sign(&self, text: &str) -> Note {
        let bytes = self.sign_bytes(text.as_bytes()).to_vec();
        let signature = Signature { name: self.public.name.clone(), id: self.public.id(), bytes };
        Note { text: text.to_owned(), signatures: vec![signature] }
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Signer").field("public", &self.public).finish_non_exhaustive()
    }
}

impl Signature {
    /// Reads one line, without its line feed.
    pub fn parse(line: &str) -> Option<Self> {
        let (name, text) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = STANDARD.decode(text).ok()?;
        let (id, rest) = bytes.split_first_chunk::<4>()?;
        let sound = sound_name(name) && !rest.is_empty();
        sound.then(|| Self { name: name.to_owned(), id: *id, bytes: rest.to_vec() })
    }

    /// The line, with its line feed.
    pub fn line(&self) -> String {
        let mut bytes = self.id.to_vec();
        bytes.extend(&self.bytes);
        format!("{DASH}{} {}\n", self.name, STANDARD.encode(bytes))
    }
}

impl Note {
    /// Takes a note apart. Only the one spelling that the form allows is read.
    ///
    /// # Errors
    /// It is no signed note.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let wrong = |letter: char| letter < ' ' && letter != '\n';
        let at = text.rfind("\n\n").ok_or(NoteError::Form)?;
        let (body, lines) = (&text[..=at], &text[at + 2..]);
        if text.contains(wrong) || !lines.ends_with('\n') {
            return Err(NoteError::Form);
        }
        let signatures: Option<Vec<_>> = lines.lines().map(Signature::parse).collect();
        let signatures = signatures.ok_or(NoteError::Form)?;
        if signatures.is_empty() || signatures.len() > MOST_SIGNATURES {
            return Err(NoteError::Form);
        }
        let note = Self { text: body.to_owned(), signatures };
        if note.to_text() == text { Ok(note) } else { Err(NoteError::Form) }
    }

    /// The note as it is served.
    pub fn to_text(&self) -> String {
        let lines: String = self.signatures.iter().map(Signature::line).collect();
        format!("{}\n{lines}", self.text)
    }
}
