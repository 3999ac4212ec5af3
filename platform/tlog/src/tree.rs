//! Merkle trees after RFC 6962, section 2.1.
//!
//! Proofs are told in two steps, because the hashes lie in a database: first which parts of the tree
//! they are made of ([`inclusion`], [`consistency`], [`whole`]), then what each part hashes to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// How many hashes a full tile is wide (C2SP tlog-tiles).
pub const HASHES_PER_TILE: u64 = 256;

/// The root of the tree without leaves: the hash of nothing.
pub const EMPTY: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// A hash in base64, as all C2SP texts write it.
pub fn base64_of(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// A hash read from base64; `None` unless it is exactly one hash in exactly one spelling.
pub fn hash_from_base64(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The hash of a leaf.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(entry);
    hasher.finalize().into()
}

/// The hash over two parts of a tree.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// A whole part of a tree: `2^height` leaves, the `index`-th of its size from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// How many levels above the leaves.
    pub height: u32,
    /// Which one from the left, from 0.
    pub index: u64,
}

impl Node {
    /// The hashes of a tile it is made of: the tile's level, the first of them and how many.
    pub fn in_tiles(self) -> (u32, u64, u64) {
        let above = self.height % 8;
        (self.height / 8, self.index << above, 1 << above)
    }
}

/// Leaves `from..to` of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first leaf.
    pub from: u64,
    /// The leaf after the last.
    pub to: u64,
}

impl Range {
    /// The whole parts that make it up, from left to right, the larger ones first. It must begin where
    /// a part of its own size may begin, which holds for all ranges of a proof.
    pub fn nodes(self) -> Vec<Node> {
        let (mut nodes, mut at) = (Vec::new(), self.from);
        while at < self.to {
            let fits = (self.to - at).ilog2();
            let height = if at == 0 { fits } else { fits.min(at.trailing_zeros()) };
            nodes.push(Node { height, index: at >> height });
            at += 1 << height;
        }
        nodes
    }
}

/// The hash over parts that lie side by side, as [`Range::nodes`] names them.
pub fn fold(parts: &[Hash]) -> Hash {
    let Some((last, rest)) = parts.split_last() else { return EMPTY };
    rest.iter().rev().fold(*last, |right, left| node_hash(left, &right))
}

/// The root over leaf hashes (or over the hashes of one tile).
pub fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY,
        [one] => *one,
        several => {
            let (left, right) = several.split_at(split(several.len() as u64) as usize);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The parts whose hash is the root of a tree of `size` leaves.
pub fn whole(size: u64) -> Range {
    Range { from: 0, to: size }
}

/// The parts of an inclusion proof (section 2.1.1), from the leaf's neighbour to the root's child;
/// `None` when there is no such leaf.
pub fn inclusion(index: u64, size: u64) -> Option<Vec<Range>> {
    if index >= size {
        return None;
    }
    let (mut path, mut from, mut to) = (Vec::new(), 0, size);
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(Range { from: middle, to });
            to = middle;
        } else {
            path.push(Range { from, to: middle });
            from = middle;
        }
    }
    path.reverse();
    Some(path)
}

/// The parts of a consistency proof (section 2.1.2) from `old` to `size` leaves; empty where there is
/// nothing to prove, `None` when the old tree is the larger.
pub fn consistency(old: u64, size: u64) -> Option<Vec<Range>> {
    if old > size {
        return None;
    }
    if old == 0 || old == size {
        return Some(Vec::new());
    }
    let (mut path, mut from, mut to, mut known) = (Vec::new(), 0, size, true);
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(Range { from: middle, to });
            to = middle;
        } else {
            path.push(Range { from, to: middle });
            from = middle;
            known = false;
        }
    }
    if !known {
        path.push(Range { from, to });
    }
    path.reverse();
    Some(path)
}

/// Whether `proof` shows that a leaf with this hash stands at `index` in the tree of `size` leaves
/// whose root is `root`.
pub fn proves_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for neighbour in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(neighbour, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, neighbour);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `old` leaves with root `before` is the beginning of the tree
/// of `size` leaves with root `after`.
pub fn proves_consistency(
    old: u64,
    before: &Hash,
    size: u64,
    after: &Hash,
    proof: &[Hash],
) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return proof.is_empty() && before == after;
    }
    if old == 0 {
        return proof.is_empty() && *before == EMPTY;
    }
    let (mut at, mut last) = (old - 1, size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let mut rest = proof.iter();
    let first = if at == 0 { Some(before) } else { rest.next() };
    let Some(first) = first else { return false };
    let (mut older, mut newer) = (*first, *first);
    for part in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            older = node_hash(part, &older);
            newer = node_hash(part, &newer);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            newer = node_hash(&newer, part);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && older == *before && newer == *after
}
