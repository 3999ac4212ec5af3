//! A file that is looked into piece by piece, and in which bytes are blanked.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::BadMedium;

/// So much is read or blanked at a time.
const PIECE: usize = 256 << 10;

/// The most that is read of one head.
const MOST: usize = 1 << 20;

/// An open file.
pub(super) struct Source {
    file: File,
    size: u64,
}

impl Source {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let size = file.metadata()?.len();
        Ok(Self { file, size })
    }

    /// Bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Exactly so many bytes.
    pub(super) fn exact(&self, at: u64, length: usize) -> Result<Vec<u8>, BadMedium> {
        let end = at.checked_add(length as u64).filter(|end| *end <= self.size);
        if end.is_none() || length > MOST {
            return Err(BadMedium::Broken);
        }
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    }

    /// At most so many bytes, fewer where the file ends.
    pub(super) fn upto(&self, at: u64, length: usize) -> Result<Vec<u8>, BadMedium> {
        let left = usize::try_from(self.size.saturating_sub(at)).unwrap_or(usize::MAX);
        self.exact(at.min(self.size), length.min(left))
    }

    /// A number of four bytes, the highest first.
    pub(super) fn big(&self, at: u64) -> Result<u32, BadMedium> {
        let bytes: [u8; 4] = self.exact(at, 4)?.try_into().map_err(|_| BadMedium::Broken)?;
        Ok(u32::from_be_bytes(bytes))
    }

    /// A number of eight bytes, the highest first.
    pub(super) fn long(&self, at: u64) -> Result<u64, BadMedium> {
        let bytes: [u8; 8] = self.exact(at, 8)?.try_into().map_err(|_| BadMedium::Broken)?;
        Ok(u64::from_be_bytes(bytes))
    }

    /// Writes over what is there.
    pub(super) fn write(&self, at: u64, bytes: &[u8]) -> Result<(), BadMedium> {
        let end = at.checked_add(bytes.len() as u64).filter(|end| *end <= self.size);
        end.ok_or(BadMedium::Broken)?;
        Ok(self.file.write_all_at(bytes, at)?)
    }

    /// Writes nothing but zeros from one place to another.
    pub(super) fn blank(&self, from: u64, to: u64) -> Result<(), BadMedium> {
        let (zeros, mut at) = (vec![0_u8; PIECE], from);
        while at < to {
            let piece = usize::try_from(to - at).unwrap_or(PIECE).min(PIECE);
            self.write(at, &zeros[..piece])?;
            at += piece as u64;
        }
        Ok(())
    }

    /// SHA-256 of all of it.
    pub(super) fn digest(&self) -> Result<String, BadMedium> {
        let (mut digest, mut at) = (Sha256::new(), 0_u64);
        while at < self.size {
            let piece = self.upto(at, PIECE)?;
            digest.update(&piece);
            at += piece.len() as u64;
        }
        Ok(ledger::hex(&digest.finalize()))
    }

    /// It is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}
