//! A report from which pages are made, and what must be read from them.

use reports::reading::ReadReport;
use reports_rules::{COLUMNS, Cell, RemedyCell, RemedyGroup, Row};

/// The figures of a report.
#[derive(Debug, Clone)]
pub struct Model {
    pub unit: &'static str,
    pub year: i64,
    /// 规章, 规范性文件: made, ended, in force.
    pub stock: [[u64; 3]; 2],
    /// 许可, 处罚, 强制.
    pub decisions: [u64; 3],
    /// In 万元.
    pub fees: &'static str,
    pub requests: [[u64; COLUMNS]; 25],
    pub remedies: [[u64; 5]; 3],
}

impl Model {
    /// Figures that keep every identity, another set for each seed.
    pub fn new(seed: u64) -> Self {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        let mut requests = [[0; COLUMNS]; 25];
        for column in 0..6 {
            for row in requests.iter_mut().take(23).skip(2) {
                row[column] =
                    if next(3) == 0 { 0 } else { next(if column == 0 { 1_500 } else { 20 }) };
            }
            let closed: u64 = requests[2..23].iter().map(|row| row[column]).sum();
            let (carried_in, carried_out) = (next(closed + 1), next(9));
            requests[23][column] = closed;
            requests[24][column] = carried_out;
            requests[1][column] = carried_in;
            requests[0][column] = closed + carried_out - carried_in;
        }
        for row in &mut requests {
            row[6] = row[..6].iter().sum();
        }
        let mut group = || {
            let four = [next(40), next(9), next(30), next(5)];
            [four[0], four[1], four[2], four[3], four.iter().sum()]
        };
        let remedies = [group(), group(), group()];
        Self {
            unit: "临湖市青荷区",
            year: 2022,
            stock: [[0, next(3), next(20)], [next(90), next(60), next(900)]],
            decisions: [next(20_000), next(5_000), next(300)],
            fees: "4166.241619",
            requests,
            remedies,
        }
    }

    /// Two cells are made wrong; the identities that break.
    pub fn broken(mut self) -> (Self, Vec<&'static str>) {
        self.requests[12][6] += 1;
        self.requests[12][1] += 3;
        self.remedies[1][4] += 2;
        (self, vec!["I2:c2", "I2:c7", "I3:r13", "I5:lit_direct"])
    }

    /// Everything of the form is as it was written.
    pub fn must_be(&self, read: &ReadReport, what: &str) {
        assert_eq!(read.unit.as_deref(), Some(self.unit), "{what}: unit");
        assert_eq!(read.year, Some(self.year), "{what}: year");
        for row in Row::all() {
            for column in 0..COLUMNS {
                let wanted = Cell::count(self.requests[usize::from(row.number()) - 1][column]);
                let found = read.table3.cell(row, column);
                let place = format!("{what}: {} c{}", row.name(), column + 1);
                assert_eq!(found.value(), wanted.value(), "{place}: {found:?}");
                assert_ne!(*found, Cell::Absent, "{place}");
            }
        }
        for (group, wanted) in RemedyGroup::ALL.into_iter().zip(&self.remedies) {
            for (place, wanted) in RemedyCell::ALL.into_iter().zip(wanted) {
                let found = read.table4.cell(group, place);
                assert_eq!(
                    found.value(),
                    Cell::count(*wanted).value(),
                    "{what}: {group:?} {place:?}"
                );
                assert_ne!(*found, Cell::Absent, "{what}: {group:?} {place:?}");
            }
        }
        let table = &read.table2;
        for (stock, wanted) in [&table.rules, &table.normative].into_iter().zip(&self.stock) {
            for (found, wanted) in
                [&stock.issued, &stock.ended, &stock.in_force].into_iter().zip(wanted)
            {
                assert_eq!(
                    found.value(),
                    Cell::count(*wanted).value(),
                    "{what}: table 2 {stock:?}"
                );
            }
        }
        let decisions = [&table.licences, &table.penalties, &table.coercion];
        for (found, wanted) in decisions.into_iter().zip(&self.decisions) {
            assert_eq!(found.value(), Cell::count(*wanted).value(), "{what}: table 2 decisions");
        }
        assert_eq!(table.fees.value(), Cell::read(self.fees).value(), "{what}: fees");
    }
}
