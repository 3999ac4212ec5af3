//! 撤销上一步: what a draft has to remember of one change to be what it was before (docs/readings/033).
//!
//! A step keeps no copy of the draft, only what the change took away: rows as they were, decisions as they
//! were, and the order of the rows where it was another.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Column, Issue, Item, Keyed, Treatment};

/// What was decided on a row of the catalogue above, and against which of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedRow {
    /// The decision.
    pub treatment: Treatment,
    /// The version above; `None` for a row that is not there.
    pub above: Option<String>,
}

/// All that a change to a draft may change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftState {
    /// The rows with their keys, in order; no key twice.
    pub rows: Vec<(String, Item)>,
    /// What was decided, by key.
    pub decided: BTreeMap<String, DecidedRow>,
    /// What in it needs a person's eye.
    pub issues: Vec<Issue>,
    /// The labels of the 公开层级 columns.
    pub level_columns: Vec<String>,
    /// The version of the catalogue above that it is made against.
    pub above: Option<String>,
}

/// One change to a draft, as what it takes to go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftStep {
    /// The keys in their order before, where it was another.
    order: Option<Vec<String>>,
    /// Rows that say something else now or are gone, as they were.
    rows: BTreeMap<String, Item>,
    /// Decisions as they were; `None` where there was none.
    decided: BTreeMap<String, Option<DecidedRow>>,
    /// The list for a person's eye, where it was another.
    issues: Option<Vec<Issue>>,
    level_columns: Vec<String>,
    above: Option<String>,
}

impl DraftStep {
    /// What it takes to go back from `after` to `before`; `None` where nothing changed.
    pub fn between(before: &DraftState, after: &DraftState) -> Option<Self> {
        if before == after {
            return None;
        }
        let now: BTreeMap<&str, &Item> = by_key(&after.rows);
        let order = |state: &DraftState| -> Vec<String> {
            state.rows.iter().map(|(key, _)| key.clone()).collect()
        };
        let is_other = |(key, item): &&(String, Item)| now.get(key.as_str()) != Some(&item);
        let keys: BTreeSet<&String> = before.decided.keys().chain(after.decided.keys()).collect();
        let decided = keys.into_iter().filter_map(|key| {
            let was = before.decided.get(key);
            (was != after.decided.get(key)).then(|| (key.clone(), was.cloned()))
        });
        let was = order(before);
        Some(Self {
            order: (was != order(after)).then_some(was),
            rows: before.rows.iter().filter(is_other).cloned().collect(),
            decided: decided.collect(),
            issues: (before.issues != after.issues).then(|| before.issues.clone()),
            level_columns: before.level_columns.clone(),
            above: before.above.clone(),
        })
    }

    /// The draft as it was before the change, told from the draft as the change left it.
    pub fn undone(&self, after: DraftState) -> DraftState {
        let order: Vec<String> = match &self.order {
            Some(order) => order.clone(),
            None => after.rows.iter().map(|(key, _)| key.clone()).collect(),
        };
        let mut known: BTreeMap<String, Item> = after.rows.into_iter().collect();
        known.extend(self.rows.clone());
        let row = |key: String| known.remove(&key).map(|item| (key, item));
        let mut decided = after.decided;
        for (key, was) in &self.decided {
            match was {
                Some(was) => drop(decided.insert(key.clone(), was.clone())),
                None => drop(decided.remove(key)),
            }
        }
        DraftState {
            rows: order.into_iter().filter_map(row).collect(),
            decided,
            issues: self.issues.clone().unwrap_or(after.issues),
            level_columns: self.level_columns.clone(),
            above: self.above.clone(),
        }
    }

    /// What going back does, in words: `now` are the rows as the change left them.
    pub fn in_words(&self, now: &[Keyed<'_>]) -> String {
        let touched = self.touched(now);
        let [key] = touched.as_slice() else { return self.of_many(&touched, now) };
        let place = now.iter().position(|row| row.key == *key);
        let was = self.rows.get(*key);
        match (place.and_then(|at| now.get(at).map(|row| (at + 1, row.item))), was) {
            (Some((number, item)), Some(was)) => of_cells(number, was, item),
            (Some((number, item)), None) if self.order.is_some() => {
                format!("拿掉新增的第 {number} 行{}", called(item))
            }
            (Some((number, item)), None) => {
                format!("把第 {number} 行{}的处理{}", called(item), self.treated(key))
            }
            (None, Some(was)) => format!("把{}放回草稿", called(was)),
            (None, None) => format!("把这一项的处理{}", self.treated(key)),
        }
    }

    /// The keys of the rows it concerns, those the change left first in their order.
    pub fn touched<'a>(&'a self, now: &'a [Keyed<'_>]) -> Vec<&'a str> {
        let earlier: Option<BTreeSet<&str>> =
            self.order.as_ref().map(|order| order.iter().map(String::as_str).collect());
        let is_new = |key: &str| earlier.as_ref().is_some_and(|earlier| !earlier.contains(key));
        let concerns = |key: &str| {
            self.rows.contains_key(key) || self.decided.contains_key(key) || is_new(key)
        };
        let here = now.iter().map(|row| row.key).filter(|key| concerns(key));
        let mut touched: Vec<&str> = here.collect();
        let mut seen: BTreeSet<&str> = touched.iter().copied().collect();
        let gone = self.rows.keys().chain(self.decided.keys()).map(String::as_str);
        touched.extend(gone.filter(|key| seen.insert(key)));
        touched
    }

    fn of_many(&self, touched: &[&str], now: &[Keyed<'_>]) -> String {
        if let ([new, old], Some(was)) = (touched, self.rows.values().next())
            && let Some(at) = now.iter().position(|row| row.key == *new)
            && self.rows.len() == 1
            && self.rows.contains_key(*old)
            && let Some(row) = now.get(at)
        {
            return format!("把第 {} 行的名称{}改回{}", at + 1, called(row.item), called(was));
        }
        match touched.len() {
            0 => "改回这一步以前的样子".into(),
            count => format!("把这一步改过的 {count} 行全部改回原样"),
        }
    }

    fn treated(&self, key: &str) -> String {
        match self.decided.get(key) {
            Some(Some(was)) => format!("改回{}", was.treatment.name()),
            _ => "改回原样".into(),
        }
    }
}

fn by_key(rows: &[(String, Item)]) -> BTreeMap<&str, &Item> {
    rows.iter().map(|(key, item)| (key.as_str(), item)).collect()
}

/// The most of a cell that is told in full, in characters.
const SHORT: usize = 40;

fn of_cells(number: usize, was: &Item, now: &Item) -> String {
    let columns = Column::differing(was, now);
    let row = format!("第 {number} 行{}", called(now));
    let [column] = columns.as_slice() else {
        let names: Vec<&str> = columns.iter().map(Column::name).collect();
        return format!("把{row}的{}改回原样", names.join("、"));
    };
    let words = column.words(was);
    match words.chars().count() {
        0 => format!("把{row}的{}改回空白", column.name()),
        1..=SHORT => format!("把{row}的{}改回“{words}”", column.name()),
        _ => {
            let head: String = words.chars().take(SHORT).collect();
            format!("把{row}的{}改回“{head}……”", column.name())
        }
    }
}

fn called(item: &Item) -> String {
    let names = [&item.level3, &item.level2, &item.level1];
    let name = names.into_iter().flatten().next();
    name.map(|name| format!("“{name}”")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
