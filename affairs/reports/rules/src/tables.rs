//! 三张表: tables 2, 3 and 4 of one report together.

use crate::cell::{Cell, Figure};
use crate::identity::{Breach, breaches, table2_breaches};
use crate::place::{CellPlace, Table2Cell};
use crate::table2::Table2;
use crate::table3::Table3;
use crate::table4::Table4;

/// The tables of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// Table 2.
    pub table2: Table2,
    /// Table 3.
    pub table3: Table3,
    /// Table 4.
    pub table4: Table4,
}

impl Tables {
    /// What stands in a cell.
    pub fn cell(&self, place: CellPlace) -> &Cell {
        match place {
            CellPlace::Table2(cell) => {
                let table = &self.table2;
                match cell {
                    Table2Cell::RulesIssued => &table.rules.issued,
                    Table2Cell::RulesEnded => &table.rules.ended,
                    Table2Cell::RulesInForce => &table.rules.in_force,
                    Table2Cell::NormativeIssued => &table.normative.issued,
                    Table2Cell::NormativeEnded => &table.normative.ended,
                    Table2Cell::NormativeInForce => &table.normative.in_force,
                    Table2Cell::Licences => &table.licences,
                    Table2Cell::Penalties => &table.penalties,
                    Table2Cell::Coercion => &table.coercion,
                    Table2Cell::Fees => &table.fees,
                }
            }
            CellPlace::Table3(row, column) => self.table3.cell(row, column),
            CellPlace::Table4(group, cell) => self.table4.cell(group, cell),
        }
    }

    /// Sets a cell.
    pub fn set(&mut self, place: CellPlace, value: Cell) {
        match place {
            CellPlace::Table2(cell) => {
                let table = &mut self.table2;
                *match cell {
                    Table2Cell::RulesIssued => &mut table.rules.issued,
                    Table2Cell::RulesEnded => &mut table.rules.ended,
                    Table2Cell::RulesInForce => &mut table.rules.in_force,
                    Table2Cell::NormativeIssued => &mut table.normative.issued,
                    Table2Cell::NormativeEnded => &mut table.normative.ended,
                    Table2Cell::NormativeInForce => &mut table.normative.in_force,
                    Table2Cell::Licences => &mut table.licences,
                    Table2Cell::Penalties => &mut table.penalties,
                    Table2Cell::Coercion => &mut table.coercion,
                    Table2Cell::Fees => &mut table.fees,
                } = value;
            }
            CellPlace::Table3(row, column) => self.table3.set(row, column, value),
            CellPlace::Table4(group, cell) => self.table4.set(group, cell, value),
        }
    }

    /// Puts the sums where the form has them, and 0 into blanks of tables 3 and 4.
    pub fn total_up(&mut self) {
        self.table3.total_up();
        self.table4.total_up();
    }

    /// Cell by cell the sum of several organs' tables; cells that the form of a year has not count as 0
    /// (docs/readings/133).
    pub fn sum(parts: &[&Self]) -> Self {
        let mut whole = Self::default();
        for place in CellPlace::all() {
            let sum: Figure = parts.iter().map(|part| part.cell(place).value()).sum();
            whole.set(place, Cell::Number(sum));
        }
        whole
    }

    /// The identities I1, I2, I3, I5 and I6 that they break.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut found = breaches(&self.table3, &self.table4);
        found.extend(table2_breaches(&self.table2));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_at_a_place_stands_there_and_nowhere_else() {
        for place in CellPlace::all() {
            let mut tables = Tables::default();
            tables.set(place, Cell::count(7));
            let filled: Vec<_> =
                CellPlace::all().filter(|one| *tables.cell(*one) != Cell::Blank).collect();
            assert_eq!(filled, [place]);
        }
    }

    #[test]
    fn the_whole_is_the_sum_of_its_parts_in_every_cell() {
        let mut one = Tables::default();
        for (at, place) in CellPlace::all().enumerate() {
            one.set(place, Cell::count(at as u64));
        }
        let whole = Tables::sum(&[&one, &one, &Tables::default()]);
        for (at, place) in CellPlace::all().enumerate() {
            assert_eq!(*whole.cell(place), Cell::count(2 * at as u64), "{place}");
        }
    }
}
