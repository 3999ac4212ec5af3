//! Tiles and entry bundles, and their addresses (C2SP tlog-tiles).

use std::fmt;

use crate::HASHES_PER_TILE;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TileOf {
    /// Hashes, each over `256^level` leaves.
    Hashes(u32),
    /// The entries themselves.
    Entries,
}

/// Part of a log, as it is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// What it holds.
    pub of: TileOf,
    /// Which one from the left, from 0.
    pub index: u64,
    /// How many hashes or entries it holds, 1 to 256.
    pub width: u64,
}

/// No tile lies higher than this.
const HIGHEST: u32 = 63;

impl Tile {
    /// The tiles and bundles a log of `size` leaves must serve for the checkpoint of that size.
    pub fn all(size: u64) -> Vec<Self> {
        let mut tiles = Vec::new();
        let (mut level, mut hashes) = (0, size);
        while hashes > 0 {
            tiles.extend(row(TileOf::Hashes(level), hashes));
            hashes /= HASHES_PER_TILE;
            level += 1;
        }
        tiles.extend(row(TileOf::Entries, size));
        tiles
    }

    /// The first hash or entry it holds, counted over its whole level.
    pub fn first(self) -> u64 {
        self.index.saturating_mul(HASHES_PER_TILE)
    }

    /// Whether a log of `size` leaves has it.
    pub fn exists_at(self, size: u64) -> bool {
        let level = match self.of {
            TileOf::Hashes(level) => level,
            TileOf::Entries => 0,
        };
        let hashes = size.checked_shr(8 * level).unwrap_or(0);
        self.first().checked_add(self.width).is_some_and(|end| end <= hashes)
    }

    /// Reads an address without its leading slash: `tile/0/x001/067.p/12`. Only the one spelling that
    /// the form allows is read.
    pub fn parse(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("tile/")?;
        let (of, rest) = rest.split_once('/')?;
        let of = match of {
            "entries" => TileOf::Entries,
            level => TileOf::Hashes(number(level, 0, u64::from(HIGHEST))?.try_into().ok()?),
        };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, number(width, 1, HASHES_PER_TILE - 1)?),
            None => (rest, HASHES_PER_TILE),
        };
        let tile = Self { of, index: index_of(index)?, width };
        (tile.to_string() == path).then_some(tile)
    }
}

fn row(of: TileOf, hashes: u64) -> impl Iterator<Item = Tile> {
    let full = hashes / HASHES_PER_TILE;
    let part = hashes % HASHES_PER_TILE;
    let whole = (0..full).map(move |index| Tile { of, index, width: HASHES_PER_TILE });
    whole.chain((part > 0).then_some(Tile { of, index: full, width: part }))
}

fn number(text: &str, least: u64, most: u64) -> Option<u64> {
    let plain = text.bytes().all(|digit| digit.is_ascii_digit());
    let canonical = plain && !text.is_empty() && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|number| canonical && (least..=most).contains(number))
}

/// `x001/x234/067`; at most eighteen digits, far beyond any log.
fn index_of(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split('/').collect();
    let (last, before) = parts.split_last()?;
    let digits = before.iter().map(|part| part.strip_prefix('x')).chain([Some(*last)]);
    let mut index: u64 = 0;
    for part in digits {
        let part =
            part.filter(|part| part.len() == 3 && part.bytes().all(|d| d.is_ascii_digit()))?;
        index = index.checked_mul(1000)?.checked_add(part.parse().ok()?)?;
    }
    (parts.len() <= 6).then_some(index)
}

impl fmt::Display for Tile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            TileOf::Hashes(level) => write!(out, "tile/{level}/")?,
            TileOf::Entries => write!(out, "tile/entries/")?,
        }
        let (mut parts, mut rest) = (vec![format!("{:03}", self.index % 1000)], self.index / 1000);
        while rest > 0 {
            parts.push(format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        parts.reverse();
        write!(out, "{}", parts.join("/"))?;
        match self.width {
            HASHES_PER_TILE => Ok(()),
            width => write!(out, ".p/{width}"),
        }
    }
}

/// Entries as a bundle: each behind its length in two bytes, the higher first; `None` when one is
/// longer than 65,535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

/// The entries of a bundle; `None` when it does not end with an entry.
pub fn entries_of(mut bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bundle = rest;
    }
    Some(entries)
}
