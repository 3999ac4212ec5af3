//! Table 4 as published: reviews and suits, side by side, one under the other or in tables of their own
//! (docs/readings/136).

use std::collections::BTreeMap;

use reports_rules::{Cell, RemedyCell, RemedyGroup, Table4};

use super::content::Table;
use super::grid::Grid;
use super::notes::Notes;
use super::places::{ValuePlace, places};
use super::table3::keep;
use super::words;

/// A table with more values under the words of table 4 is not table 4.
const MOST_VALUES: usize = 400;
/// A header is no higher than this.
const HIGHEST_HEADER: usize = 12;

/// Table 4 in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    cells: BTreeMap<(RemedyGroup, RemedyCell), Cell>,
}

impl Gathered {
    /// Whether anything was found.
    pub(super) fn found(&self) -> bool {
        !self.cells.is_empty()
    }

    /// Takes what a table has of table 4; `captions` are the lines before it, the last one last. Says
    /// whether it has anything.
    pub(super) fn take(&mut self, table: &Table, captions: &[&str], notes: &mut Notes) -> bool {
        let grid = &table.grid;
        if !has_outcomes(grid) {
            return false;
        }
        let caption = captions.iter().rev().take(2).find_map(|line| words::remedy(line));
        let before = self.cells.len();
        let mut places = places(grid);
        places.retain(|place| outcome(grid, place).is_some());
        if places.len() > MOST_VALUES {
            notes.add(&table.place, "有表四的栏名而格子太多，没有读");
            return false;
        }
        let named = places.iter().any(|place| stated(grid, place).is_some());
        if !named && caption.is_none() {
            notes.add(&table.place, "没有写是复议还是诉讼，按格式规定的次序读");
        }
        let stated = in_runs(grid, &places);
        for (place, stated) in places.iter().zip(stated) {
            let group = stated
                .or(caption)
                .or_else(|| if named { None } else { in_order(grid, &places, place) });
            if let (Some(outcome), Some(group)) = (outcome(grid, place), group) {
                self.put((group, outcome), (grid, place), (table.place.as_str(), &mut *notes));
            }
        }
        self.cells.len() > before
    }

    fn put(
        &mut self,
        key: (RemedyGroup, RemedyCell),
        (grid, place): (&Grid, &ValuePlace),
        (table, notes): (&str, &mut Notes),
    ) {
        let at = || format!("{table}{}", grid.place(place.row, place.column));
        let Some(value) = &place.value else {
            return notes.add(at(), "这一格与旁边的格合并了，只读左上一格");
        };
        if let Some(note) = value.note {
            notes.add(at(), note);
        }
        if !keep(&mut self.cells, key, &value.cell) {
            notes.add(at(), "同一格前面已经有另一个数，采用前面的");
        }
    }

    /// The table, and what of the form was not found in it.
    pub(super) fn finish(self, notes: &mut Notes) -> Table4 {
        let mut table = Table4::default();
        for group in RemedyGroup::ALL {
            let has_group = self.cells.keys().any(|(one, _)| *one == group);
            if self.found() && !has_group {
                notes.add("表四", format!("没有“{}”", group.name()));
            }
            for place in RemedyCell::ALL {
                let found = self.cells.get(&(group, place)).cloned();
                if has_group && found.is_none() {
                    notes.add("表四", format!("“{}”没有“{}”", group.name(), place.name()));
                }
                table.set(group, place, found.unwrap_or(Cell::Absent));
            }
        }
        table
    }
}

fn labels<'grid>(grid: &'grid Grid, place: &ValuePlace) -> impl Iterator<Item = &'grid str> {
    let owners: Vec<usize> = place.above.iter().chain(&place.left).copied().collect();
    owners.into_iter().map(|owner| grid.cell(owner).plain.as_str())
}

fn outcome(grid: &Grid, place: &ValuePlace) -> Option<RemedyCell> {
    labels(grid, place).find_map(words::outcome)
}

/// The group that the table itself states.
fn stated(grid: &Grid, place: &ValuePlace) -> Option<RemedyGroup> {
    let group = group(grid, place).or_else(|| beside(grid, place));
    group.or_else(|| banner(grid, place.row))
}

/// The group of each place. Within a row the outcomes come again for each group; what most of one run stand under
/// counts for all of it, also where the header above was merged one place too far.
fn in_runs(grid: &Grid, places: &[ValuePlace]) -> Vec<Option<RemedyGroup>> {
    let mut groups: Vec<Option<RemedyGroup>> = Vec::with_capacity(places.len());
    let mut from = 0;
    while from < places.len() {
        let goes_on = |pair: &[ValuePlace]| {
            pair[0].row == pair[1].row && outcome(grid, &pair[0]) < outcome(grid, &pair[1])
        };
        let more = places[from..].windows(2).take_while(|pair| goes_on(pair)).count();
        let run = &places[from..=from + more];
        let own: Vec<Option<RemedyGroup>> = run.iter().map(|place| stated(grid, place)).collect();
        let count = |group: &RemedyGroup| own.iter().flatten().filter(|one| *one == group).count();
        let most = own.iter().flatten().copied().max_by_key(count);
        let is_whole = run.len() == RemedyCell::ALL.len();
        groups.extend(own.iter().map(|group| if is_whole { most } else { *group }));
        from += run.len();
    }
    groups
}

/// The group that the labels name, the narrower before the wider.
fn group(grid: &Grid, place: &ValuePlace) -> Option<RemedyGroup> {
    let mut found = labels(grid, place).filter_map(words::remedy);
    let first = found.next()?;
    let narrower = found.find(|group| *group != RemedyGroup::Review);
    if first == RemedyGroup::Review { narrower.or(Some(first)) } else { Some(first) }
}

/// The group that a header names further to the left, where its cells were not merged.
fn beside(grid: &Grid, place: &ValuePlace) -> Option<RemedyGroup> {
    let header = (place.row.saturating_sub(HIGHEST_HEADER)..place.row).rev();
    header.filter(|row| grid.said(*row).len() > 1).find_map(|row| {
        let mut left = (0..=place.column).rev();
        left.find_map(|column| words::remedy(&grid.cell(grid.owner(row, column)).plain))
    })
}

/// The group that the last row with nothing but its name gives.
fn banner(grid: &Grid, row: usize) -> Option<RemedyGroup> {
    (0..row).rev().find_map(|row| match grid.said(row).as_slice() {
        [only] => words::remedy(&only.plain),
        _ => None,
    })
}

/// The group by the order of the form: the outcomes come again for each.
fn in_order(grid: &Grid, places: &[ValuePlace], place: &ValuePlace) -> Option<RemedyGroup> {
    let own = outcome(grid, place)?;
    let same_row = |other: &&ValuePlace| other.row == place.row && other.column < place.column;
    let same_column = |other: &&ValuePlace| other.column == place.column && other.row < place.row;
    let earlier = |side: &dyn Fn(&&ValuePlace) -> bool| {
        let like = |other: &&ValuePlace| outcome(grid, other) == Some(own);
        places.iter().filter(|other| side(other)).filter(like).count()
    };
    let beside = earlier(&same_row);
    RemedyGroup::ALL.get(if beside > 0 { beside } else { earlier(&same_column) }).copied()
}

/// Whether a table has the outcomes that only table 4 has.
fn has_outcomes(grid: &Grid) -> bool {
    let mut found = Vec::new();
    for row in 0..grid.height() {
        for outcome in grid.said(row).into_iter().filter_map(|owner| words::outcome(&owner.plain)) {
            if !matches!(outcome, RemedyCell::Total) && !found.contains(&outcome) {
                found.push(outcome);
            }
        }
    }
    found.len() >= 3
}
