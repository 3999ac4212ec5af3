//! Sealing and opening.

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use crate::keys::{self, KeyFault, Ring};
use crate::{Algorithm, Mark, NONCE, Place, Sealed};

/// Why something is not sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The keys cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// Its key is not here.
    #[error("密文用的密钥 {0} 不在数据目录的 secrets 里；改法：从密钥的备份放回该文件")]
    KeyGone(String),
    /// It is another text than was sealed, or lies elsewhere than where it was sealed for.
    #[error("密文打不开：内容被改动过，或者不是原来那一行那一栏的；改法：从备份恢复该行并查审计")]
    Broken,
    /// It is no ciphertext at all.
    #[error("应当是密文的地方不是密文；改法：从备份恢复该行并查审计")]
    NotSealed,
    /// The provider does not answer.
    #[error("加密设备没有答复，内容没有保存；改法：稍后再试，仍不行请查加密设备")]
    Provider,
}

/// Seals and opens with the keys of a folder.
pub struct Sealer {
    folder: PathBuf,
    algorithm: Algorithm,
    ring: RwLock<Ring>,
    founded: bool,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealer").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Sealer {
    /// The folder of the keys in a data folder.
    pub fn folder(data: &Path) -> PathBuf {
        data.join("secrets")
    }

    /// Reads the keys of a folder; where there is none for this algorithm, or none for marks, it is made.
    ///
    /// # Errors
    /// A key is there and cannot be used, or none can be written.
    pub fn open_or_make(folder: &Path, algorithm: Algorithm) -> Result<Self, KeyFault> {
        let mut ring = Ring::read(folder)?;
        let founded = ring.sealing.is_empty();
        if ring.newest(algorithm).is_none() {
            keys::make_sealing(folder, algorithm)?;
        }
        if ring.marking.is_empty() {
            keys::make_marking(folder)?;
        }
        ring = Ring::read(folder)?;
        Ok(Self { folder: folder.to_owned(), algorithm, ring: RwLock::new(ring), founded })
    }

    /// Whether there was no key to open anything with before this sealer was made: right for new data, and
    /// a loss where anything was sealed before.
    pub fn is_founded_now(&self) -> bool {
        self.founded
    }

    /// What new texts are sealed with: algorithm and key.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn current(&self) -> Result<(Algorithm, String), Refused> {
        let ring = self.fresh()?;
        let (id, _) = ring.newest(self.algorithm).ok_or_else(|| self.gone())?;
        Ok((self.algorithm, id.to_owned()))
    }

    /// The ids of all keys that open, the oldest first.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn keys(&self) -> Result<Vec<(Algorithm, String)>, Refused> {
        let ring = self.fresh()?;
        let keys = ring.sealing.iter();
        Ok(keys.map(|(_, id, provider)| (provider.algorithm(), id.clone())).collect())
    }

    /// Makes a new key: from now on it seals, and the old ones open. Answers its id. A program that runs
    /// beside this one takes it up by itself.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn rotate(&self) -> Result<String, Refused> {
        let id = keys::make_sealing(&self.folder, self.algorithm)?;
        self.read_anew()?;
        Ok(id)
    }

    /// Seals bytes for a place.
    ///
    /// # Errors
    /// The keys cannot be used, or there are no random bytes.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Sealed, Refused> {
        let ring = self.fresh()?;
        let (id, provider) = ring.newest(self.algorithm).ok_or_else(|| self.gone())?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| KeyFault::Random)?;
        let bound = place.bound(&[self.algorithm.name(), id]);
        let bytes = provider.encrypt(&nonce, &bound, plain).ok_or(Refused::Provider)?;
        Ok(Sealed { algorithm: self.algorithm, key: id.to_owned(), nonce, bytes })
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// Its key is not here; it was changed, or belongs elsewhere.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<Vec<u8>, Refused> {
        let ring = self.fresh()?;
        let provider = ring.of_id(&sealed.key).ok_or(Refused::KeyGone(sealed.key.clone()))?;
        if provider.algorithm() != sealed.algorithm {
            return Err(Refused::Broken);
        }
        let bound = place.bound(&[sealed.algorithm.name(), &sealed.key]);
        provider.decrypt(&sealed.nonce, &bound, &sealed.bytes).ok_or(Refused::Broken)
    }

    /// Seals a text for a column. An empty text stays empty: that nothing was said is no secret.
    ///
    /// # Errors
    /// As [`Sealer::seal`].
    pub fn seal_text(&self, place: Place<'_>, plain: &str) -> Result<String, Refused> {
        match plain {
            "" => Ok(String::new()),
            _ => Ok(self.seal(place, plain.as_bytes())?.to_text()),
        }
    }

    /// Opens what [`Sealer::seal_text`] made.
    ///
    /// # Errors
    /// As [`Sealer::open`]; what stands there is no ciphertext.
    pub fn open_text(&self, place: Place<'_>, kept: &str) -> Result<String, Refused> {
        if kept.is_empty() {
            return Ok(String::new());
        }
        let sealed = Sealed::parse(kept).ok_or(Refused::NotSealed)?;
        String::from_utf8(self.open(place, &sealed)?).map_err(|_| Refused::Broken)
    }

    /// The mark of a text at a place, to keep or to look for.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn mark(&self, place: Place<'_>, text: &str) -> Result<Mark, Refused> {
        let ring = self.fresh()?;
        Ok(ring.marking.first().ok_or_else(|| self.gone())?.mark(place, text))
    }

    /// The marks a text may have been kept under: one, or more where a lost key of marks had to be replaced
    /// and was found again.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn marks(&self, place: Place<'_>, text: &str) -> Result<Vec<Mark>, Refused> {
        Ok(self.fresh()?.marking.iter().map(|marker| marker.mark(place, text)).collect())
    }

    /// Whether a text has this mark. It takes as long whatever the answer, also where the mark is none.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn fits(&self, place: Place<'_>, text: &str, mark: &Mark) -> Result<bool, Refused> {
        let ring = self.fresh()?;
        Ok(ring.marking.iter().fold(false, |fits, marker| fits | marker.fits(place, text, mark)))
    }

    fn gone(&self) -> Refused {
        Refused::KeyGone(self.algorithm.name().to_owned())
    }

    /// The keys, read anew where the folder has changed: another process made one, or one was put back.
    fn fresh(&self) -> Result<RwLockReadGuard<'_, Ring>, Refused> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        if keys::changed(&self.folder) == ring.changed {
            return Ok(ring);
        }
        drop(ring);
        self.read_anew()?;
        Ok(self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn read_anew(&self) -> Result<(), Refused> {
        let read = Ring::read(&self.folder)?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }
}
