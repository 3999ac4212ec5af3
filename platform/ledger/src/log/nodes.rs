//! Hashes of the tree, read by tiles.

use std::collections::HashMap;

use store::{FromQueryResult, Statements, StoreError};
use tlog::{HASHES_PER_TILE, Hash, Node, Range, fold, hash_from_base64, root_of};

use super::in_tile;

#[derive(FromQueryResult)]
struct Row {
    hash: String,
}

/// The hashes `first..end` of one level, in order; fewer where there are not so many.
pub(super) async fn row(
    from: &impl Statements,
    level: u32,
    first: i64,
    end: i64,
) -> Result<Vec<Hash>, StoreError> {
    let sql = "SELECT hash FROM log_node WHERE level = $1 AND position >= $2 AND position < $3
                ORDER BY position";
    let values = vec![i64::from(level).into(), first.into(), end.into()];
    let rows: Vec<Row> = from.all(sql, values).await?;
    // A hash that cannot be read is one that leads to no root.
    Ok(rows.iter().map(|row| hash_from_base64(&row.hash).unwrap_or_default()).collect())
}

/// A tree whose tiles are read once each.
pub(super) struct Tree<'a, S> {
    from: &'a S,
    tiles: HashMap<(u32, i64), Vec<Hash>>,
}

impl<'a, S: Statements> Tree<'a, S> {
    pub(super) fn of(from: &'a S) -> Self {
        Self { from, tiles: HashMap::new() }
    }

    /// The hash over each of the ranges. A part that is missing counts as nothing, which leads to
    /// another root than the right one.
    pub(super) async fn hashes(mut self, ranges: &[Range]) -> Result<Vec<Hash>, StoreError> {
        let mut hashes = Vec::with_capacity(ranges.len());
        for range in ranges {
            let mut parts = Vec::new();
            for node in range.nodes() {
                parts.push(self.node(node).await?);
            }
            hashes.push(fold(&parts));
        }
        Ok(hashes)
    }

    async fn node(&mut self, node: Node) -> Result<Hash, StoreError> {
        let (level, first, count) = node.in_tiles();
        let (index, at) = in_tile(i64::try_from(first).unwrap_or(i64::MAX));
        if !self.tiles.contains_key(&(level, index)) {
            let start = index.saturating_mul(HASHES_PER_TILE as i64);
            let hashes = row(self.from, level, start, start + HASHES_PER_TILE as i64).await?;
            self.tiles.insert((level, index), hashes);
        }
        let tile = self.tiles.get(&(level, index)).map_or(&[][..], Vec::as_slice);
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
        Ok(root_of(tile.get(start..end).unwrap_or(&[])))
    }
}
