//! 差异: what one catalogue has that another has not, row by row and cell by cell.
//!
//! Rows are the same if they have the same key (docs/readings/008), wherever they stand. What is
//! added, ended or changed does not depend on the order of the rows; that a row moved is said apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Column, Item};

/// A row with the key under which it is known through all versions and layers.
#[derive(Debug, Clone, Copy)]
pub struct Keyed<'a> {
    /// The key.
    pub key: &'a str,
    /// The row.
    pub item: &'a Item,
}

/// A cell that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// Which column.
    pub column: Column,
    /// What it said, in words.
    pub before: String,
    /// What it says, in words.
    pub after: String,
}

impl CellChange {
    /// The cells in which a row differs from what it was; one that says nothing before and after is
    /// none, however it was read.
    pub fn between(before: &Item, after: &Item) -> Vec<Self> {
        let cell = |column: Column| {
            let (was, mut is) = (column.words(before), column.words(after));
            // The same words were read better.
            if was == is {
                is.push_str("（读法已更正）");
            }
            Self { before: was, after: is, column }
        };
        let cells = Column::differing(before, after).into_iter();
        cells.filter(|column| column.says_anything(before, after)).map(cell).collect()
    }
}

/// What happened to a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Added {
        /// Its place among the rows, from 0.
        at: usize,
        /// The row.
        item: Box<Item>,
    },
    /// It is no longer there.
    Ended {
        /// The row as it last stood.
        item: Box<Item>,
    },
    /// Some of its cells say something else.
    Changed {
        /// Which, and what.
        cells: Vec<CellChange>,
        /// The row as it now is.
        item: Box<Item>,
    },
    /// It stands elsewhere among the rows that were there before.
    Moved {
        /// Its place now, from 0.
        at: usize,
        /// The row as it now is.
        item: Box<Item>,
    },
}

/// A row that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowChange {
    /// The row's key.
    pub key: String,
    /// What happened to it.
    #[serde(flatten)]
    pub change: Change,
}

impl RowChange {
    /// The row: as it now is, or as it last stood.
    pub fn item(&self) -> &Item {
        match &self.change {
            Change::Added { item, .. }
            | Change::Ended { item }
            | Change::Changed { item, .. }
            | Change::Moved { item, .. } => item,
        }
    }

    /// Whether it concerns the matter, and not only where a row stands and which number it bears.
    pub fn is_substance(&self) -> bool {
        match &self.change {
            Change::Added { .. } | Change::Ended { .. } => true,
            Change::Changed { cells, .. } => cells.iter().any(|cell| cell.column.is_substance()),
            Change::Moved { .. } => false,
        }
    }
}

/// All that makes `after` of `before`: first what is added, changed and moved in the order of `after`,
/// then what is ended in the order of `before`. Within each, keys do not repeat.
pub fn compare(before: &[Keyed<'_>], after: &[Keyed<'_>]) -> Vec<RowChange> {
    let was: BTreeMap<&str, (usize, &Item)> =
        before.iter().enumerate().map(|(at, row)| (row.key, (at, row.item))).collect();
    let staying: Vec<usize> =
        after.iter().filter_map(|row| was.get(row.key)).map(|(at, _)| *at).collect();
    let resting = longest_rising(&staying);
    let mut changes = Vec::new();
    for (at, row) in after.iter().enumerate() {
        let is = |change| RowChange { key: row.key.to_owned(), change };
        let item = || Box::new(row.item.clone());
        let Some((place, old)) = was.get(row.key) else {
            changes.push(is(Change::Added { at, item: item() }));
            continue;
        };
        let cells = CellChange::between(old, row.item);
        if !cells.is_empty() {
            changes.push(is(Change::Changed { cells, item: item() }));
        }
        if resting.binary_search(place).is_err() {
            changes.push(is(Change::Moved { at, item: item() }));
        }
    }
    let there: BTreeSet<&str> = after.iter().map(|row| row.key).collect();
    let ended = before.iter().filter(|row| !there.contains(row.key));
    changes.extend(ended.map(|row| RowChange {
        key: row.key.to_owned(),
        change: Change::Ended { item: Box::new(row.item.clone()) },
    }));
    changes
}

/// The other side: `before` with all changes made. A change to a row that is not there is left out.
pub fn apply(before: &[Keyed<'_>], changes: &[RowChange]) -> Vec<(String, Item)> {
    let mut rows: BTreeMap<&str, Item> =
        before.iter().map(|row| (row.key, row.item.clone())).collect();
    let mut placed: BTreeMap<usize, &str> = BTreeMap::new();
    for RowChange { key, change } in changes {
        match change {
            Change::Added { at, item } => {
                rows.insert(key, item.as_ref().clone());
                placed.insert(*at, key);
            }
            Change::Ended { .. } => {
                rows.remove(key.as_str());
            }
            Change::Changed { cells, item } => {
                if let Some(row) = rows.get_mut(key.as_str()) {
                    cells.iter().for_each(|cell| cell.column.carry(item, row));
                }
            }
            Change::Moved { at, .. } => {
                placed.insert(*at, key);
            }
        }
    }
    let set: BTreeSet<&str> = placed.values().copied().collect();
    let mut resting = before.iter().map(|row| row.key).filter(|key| !set.contains(key));
    let mut after = Vec::with_capacity(rows.len());
    loop {
        let next = placed.remove(&after.len()).or_else(|| resting.next());
        let Some(key) = next.or_else(|| placed.pop_first().map(|(_, key)| key)) else { break };
        if let Some(item) = rows.remove(key) {
            after.push((key.to_owned(), item));
        }
    }
    after
}

/// The most of these places that already stand in rising order, themselves in rising order.
fn longest_rising(places: &[usize]) -> Vec<usize> {
    // For each length the index of the smallest end of such a chain, and for each index the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut earlier: Vec<Option<usize>> = vec![None; places.len()];
    for (index, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] < *place);
        earlier[index] = length.checked_sub(1).map(|before| ends[before]);
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        chain.push(places[index]);
        at = earlier[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Item {
        Item { level2: Some(name.into()), ..Item::default() }
    }

    fn told(before: &[(&str, Item)], after: &[(&str, Item)]) -> Vec<String> {
        let side = |rows: &[(&str, Item)]| -> Vec<(String, Item)> {
            rows.iter().map(|(key, item)| ((*key).to_owned(), item.clone())).collect()
        };
        let (before, after) = (side(before), side(after));
        let one: Vec<_> = before.iter().map(|(key, item)| Keyed { key, item }).collect();
        let two: Vec<_> = after.iter().map(|(key, item)| Keyed { key, item }).collect();
        compare(&one, &two).iter().map(in_words).collect()
    }

    fn in_words(row: &RowChange) -> String {
        match &row.change {
            Change::Added { at, .. } => format!("+{}@{at}", row.key),
            Change::Ended { .. } => format!("-{}", row.key),
            Change::Moved { at, .. } => format!("{}@{at}", row.key),
            Change::Changed { cells, .. } => {
                let cell = |cell: &CellChange| {
                    format!("{}：{}→{}", cell.column.name(), cell.before, cell.after)
                };
                format!("{} {}", row.key, cells.iter().map(cell).collect::<Vec<_>>().join("；"))
            }
        }
    }

    #[test]
    fn each_change_is_told_at_its_row_and_cell() {
        let (a, b, c) = (named("a"), named("b"), named("c"));
        let late = Item { time_limit_raw: "实时".into(), ..named("b") };
        let before = [("a", a.clone()), ("b", b.clone()), ("c", c.clone())];
        for (after, words) in [
            (vec![("a", a.clone()), ("b", b.clone()), ("c", c.clone())], vec![]),
            (vec![("a", a.clone()), ("b", late), ("c", c.clone())], vec!["b 公开时限：→实时"]),
            (vec![("a", a.clone()), ("c", c.clone())], vec!["-b"]),
            (vec![("d", named("d")), ("a", a.clone())], vec!["+d@0", "-b", "-c"]),
            (vec![("c", c.clone()), ("a", a.clone()), ("b", b.clone())], vec!["c@0"]),
        ] {
            assert_eq!(told(&before, &after), words);
        }
    }
}
