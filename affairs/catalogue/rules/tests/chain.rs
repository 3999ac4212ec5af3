//! What holds of any two versions, and of any catalogue that takes up any other.

use std::collections::BTreeMap;

use catalogue_rules::{
    Change, Column, Decision, Item, Keyed, RowChange, Takeover, ThreeSides, Treatment, apply,
    compare,
};
use proptest::prelude::*;

type Rows = Vec<(String, Item)>;

/// A row whose name is its key, with a few cells of few different words, so that they often agree.
fn row(key: u8, cells: (u8, u8, u8, bool)) -> (String, Item) {
    let (limit, body, basis, noted) = cells;
    let item = Item {
        level1: Some("服务".into()),
        level2: Some(format!("事项{key}")),
        time_limit_raw: format!("{limit}日"),
        subjects: vec![format!("第{body}局")],
        basis: vec![format!("依据{basis}")],
        extra: noted.then(|| ("备注".to_owned(), basis.to_string())).into_iter().collect(),
        ..Item::default()
    };
    (format!("{key:02}"), item)
}

fn cells() -> impl Strategy<Value = (u8, u8, u8, bool)> {
    (0_u8..3, 0_u8..2, 0_u8..3, any::<bool>())
}

/// Rows in any order, none twice.
fn rows() -> impl Strategy<Value = Rows> {
    prop::collection::btree_map(0_u8..12, cells(), 0..12)
        .prop_map(|rows| rows.into_iter().map(|(key, cells)| row(key, cells)).collect::<Rows>())
        .prop_shuffle()
}

fn keyed(rows: &Rows) -> Vec<Keyed<'_>> {
    rows.iter().map(|(key, item)| Keyed { key, item }).collect()
}

/// The changes as a set: what stands where is left out.
fn as_set(changes: Vec<RowChange>) -> Vec<String> {
    let word = |row: RowChange| match row.change {
        Change::Added { item, .. } => Some(format!("{} + {item:?}", row.key)),
        Change::Moved { .. } => None,
        change => Some(format!("{} {change:?}", row.key)),
    };
    let mut words: Vec<String> = changes.into_iter().filter_map(word).collect();
    words.sort_unstable();
    words
}

/// A lower catalogue as it stands, and what it decided against which row above.
#[derive(Debug, Clone)]
struct Lower {
    ours: BTreeMap<String, Item>,
    decided: BTreeMap<String, Treatment>,
    base: BTreeMap<String, Item>,
}

/// What a lower catalogue does with a row when it takes up a catalogue.
fn local(act: u8, item: &Item) -> (Option<Item>, Option<Treatment>) {
    let mut mine = item.clone();
    match act {
        0 => (Some(mine), None),
        1 => {
            mine.time_limit_raw = "本区当日".into();
            (Some(mine), None)
        }
        2 => {
            mine.subjects = vec!["本区的局".into()];
            mine.basis.push("本区办法".into());
            (Some(mine), None)
        }
        _ => (None, Some(Treatment::NotApplicable { reason: "本区没有".into() })),
    }
}

fn take_up(above: &Rows, acts: &[u8], own: &Rows) -> Lower {
    let mut ours: Rows = Vec::new();
    let mut earlier = BTreeMap::new();
    for ((key, item), act) in above.iter().zip(acts.iter().cycle()) {
        let (mine, said) = local(*act, item);
        ours.extend(mine.map(|mine| (key.clone(), mine)));
        earlier.extend(said.map(|said| (key.clone(), said)));
    }
    ours.extend(
        own.iter().filter(|(key, _)| above.iter().all(|(theirs, _)| theirs != key)).cloned(),
    );
    let takeover = Takeover::of(&keyed(above), &keyed(&ours), &earlier);
    assert_eq!(takeover.undecided, Vec::<String>::new());
    Lower {
        ours: ours.into_iter().collect(),
        decided: takeover.decided.into_iter().collect(),
        base: above.iter().cloned().collect(),
    }
}

impl Lower {
    fn sides<'a>(&'a self, above: &'a BTreeMap<String, Item>, key: &str) -> ThreeSides<'a> {
        ThreeSides {
            base: self.base.get(key),
            above: above.get(key),
            ours: self.ours.get(key),
            treatment: self.decided.get(key),
        }
    }

    /// Takes a new version of the catalogue above, deciding row by row; what cannot stand is refused.
    fn merge(&mut self, above: &Rows, choices: &[bool]) {
        let above: BTreeMap<String, Item> = above.iter().cloned().collect();
        let keys: Vec<String> = self.base.keys().chain(above.keys()).cloned().collect();
        for (key, accept) in keys.into_iter().zip(choices.iter().cycle()) {
            let sides = self.sides(&above, &key);
            if sides.adjustment().is_none() {
                continue;
            }
            let accept_it = Decision::Accept { giving_up: vec![] };
            let refuse = Decision::Refuse { reason: "本区另有安排".into() };
            let maintain = Decision::Maintain { reason: None };
            // What does not apply here can neither be taken over nor refused.
            let outright = [&accept_it, &refuse].map(|decision| sides.settle(decision));
            let settled = match (sides.is_not_applicable(), accept) {
                (true, _) => {
                    assert!(outright.iter().all(Result::is_err), "{outright:?}");
                    sides.settle(&maintain)
                }
                (false, true) => sides.settle(&accept_it).or_else(|_| sides.settle(&refuse)),
                (false, false) => sides.settle(&refuse),
            };
            let settled = settled.expect("a refusal with a reason always stands");
            self.ours.remove(&key);
            self.decided.remove(&key);
            self.base.remove(&key);
            self.ours.extend(settled.item.map(|item| (key.clone(), item)));
            self.decided.extend(settled.treatment.map(|made| (key.clone(), made)));
            self.base.extend(above.get(&key).map(|item| (key.clone(), item.clone())));
        }
    }

    /// What was decided here: words of our own, rows of our own, rows that do not apply.
    fn decisions(&self) -> Vec<(String, Option<Column>, String)> {
        let mut all = Vec::new();
        for (key, treatment) in &self.decided {
            match (treatment, self.ours.get(key)) {
                (Treatment::NotApplicable { reason }, None) => {
                    all.push((key.clone(), None, reason.clone()));
                }
                (Treatment::Refined { changed, .. }, Some(item)) => {
                    let word =
                        |column: &Column| (key.clone(), Some(column.clone()), column.words(item));
                    all.extend(changed.iter().map(word));
                }
                (Treatment::Added { .. }, Some(item)) => {
                    let word =
                        |column: Column| (key.clone(), Some(column.clone()), column.words(item));
                    all.extend(Column::differing(&Item::default(), item).into_iter().map(word));
                }
                _ => {}
            }
        }
        all
    }

    fn still_says(&self, key: &str, column: Option<&Column>, words: &str) -> bool {
        match (column, self.ours.get(key), self.decided.get(key)) {
            (Some(column), Some(item), _) => column.words(item) == words,
            (None, None, Some(Treatment::NotApplicable { reason })) => reason == words,
            _ => false,
        }
    }
}

proptest! {
    #[test]
    fn taking_over_again_and_again_never_loses_a_local_decision(
        first in rows(), acts in prop::collection::vec(0_u8..4, 12), own in rows(),
        later in prop::collection::vec((rows(), prop::collection::vec(any::<bool>(), 24)), 1..4),
    ) {
        let mut lower = take_up(&first, &acts, &own);
        for (above, choices) in later {
            let before = lower.decisions();
            lower.merge(&above, &choices);
            for (key, column, words) in before {
                prop_assert!(
                    lower.still_says(&key, column.as_ref(), &words),
                    "{key} {column:?} {words}: {:?} {:?}", lower.ours.get(&key), lower.decided.get(&key)
                );
            }
        }
    }

    #[test]
    fn what_was_told_apart_makes_the_other_side(before in rows(), after in rows()) {
        let (before, after) = (keyed(&before), keyed(&after));
        let made = apply(&before, &compare(&before, &after));
        let wanted: Rows =
            after.iter().map(|row| (row.key.to_owned(), row.item.clone())).collect();
        prop_assert_eq!(made, wanted);
        prop_assert_eq!(compare(&before, &before), vec![]);
    }

    #[test]
    fn the_order_of_the_rows_changes_nothing_but_where_they_stand(
        (before, mixed) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        (after, stirred) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let straight = compare(&keyed(&before), &keyed(&after));
        let crossed = compare(&keyed(&mixed), &keyed(&stirred));
        prop_assert_eq!(as_set(straight), as_set(crossed));
    }

    #[test]
    fn changes_made_to_rows_they_were_not_told_of_never_panic(
        before in rows(), after in rows(), other in rows(),
    ) {
        let changes = compare(&keyed(&before), &keyed(&after));
        let _ = apply(&keyed(&other), &changes);
    }
}
