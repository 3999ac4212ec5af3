//! 格位: every cell of tables 2, 3 and 4 by a name, so that a number can say where it stands.

use std::fmt;

use crate::section::Section;
use crate::table3::{COLUMN_NAMES, COLUMNS, Row, TOTAL};
use crate::table4::{RemedyCell, RemedyGroup};

/// A cell of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table2Cell {
    /// 规章: 本年制发件数.
    RulesIssued,
    /// 规章: 本年废止件数.
    RulesEnded,
    /// 规章: 现行有效件数.
    RulesInForce,
    /// 行政规范性文件: 本年制发件数.
    NormativeIssued,
    /// 行政规范性文件: 本年废止件数.
    NormativeEnded,
    /// 行政规范性文件: 现行有效件数.
    NormativeInForce,
    /// 行政许可: 本年处理决定数量.
    Licences,
    /// 行政处罚: 本年处理决定数量.
    Penalties,
    /// 行政强制: 本年处理决定数量.
    Coercion,
    /// 行政事业性收费: 本年收费金额（单位：万元）.
    Fees,
}

/// A cell of a report's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellPlace {
    /// In table 2.
    Table2(Table2Cell),
    /// In table 3: its row, and its column from 0.
    Table3(Row, usize),
    /// In table 4.
    Table4(RemedyGroup, RemedyCell),
}

/// Where a register tells what it collected as 信息处理费, in 元: of no table, but of the sixth section.
pub const FEES_COLLECTED: &str = "s6.processing_fee";

impl Table2Cell {
    /// All, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::RulesIssued,
        Self::RulesEnded,
        Self::RulesInForce,
        Self::NormativeIssued,
        Self::NormativeEnded,
        Self::NormativeInForce,
        Self::Licences,
        Self::Penalties,
        Self::Coercion,
        Self::Fees,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RulesIssued => "rules_issued",
            Self::RulesEnded => "rules_ended",
            Self::RulesInForce => "rules_in_force",
            Self::NormativeIssued => "normative_issued",
            Self::NormativeEnded => "normative_ended",
            Self::NormativeInForce => "normative_in_force",
            Self::Licences => "licences",
            Self::Penalties => "penalties",
            Self::Coercion => "coercion",
            Self::Fees => "fees",
        }
    }

    /// 信息内容 and the heading of its column.
    pub const fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::RulesIssued => ("规章", "本年制发件数"),
            Self::RulesEnded => ("规章", "本年废止件数"),
            Self::RulesInForce => ("规章", "现行有效件数"),
            Self::NormativeIssued => ("行政规范性文件", "本年制发件数"),
            Self::NormativeEnded => ("行政规范性文件", "本年废止件数"),
            Self::NormativeInForce => ("行政规范性文件", "现行有效件数"),
            Self::Licences => ("行政许可", "本年处理决定数量"),
            Self::Penalties => ("行政处罚", "本年处理决定数量"),
            Self::Coercion => ("行政强制", "本年处理决定数量"),
            Self::Fees => ("行政事业性收费", "本年收费金额（单位：万元）"),
        }
    }
}

impl CellPlace {
    /// All two hundred, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        let table2 = Table2Cell::ALL.into_iter().map(Self::Table2);
        let columns = |row| (0..COLUMNS).map(move |column| Self::Table3(row, column));
        let cells = |group| RemedyCell::ALL.into_iter().map(move |cell| Self::Table4(group, cell));
        table2
            .chain(Row::all().flat_map(columns))
            .chain(RemedyGroup::ALL.into_iter().flat_map(cells))
    }

    /// Those of a section, in order; none for one in prose.
    pub fn of(section: Section) -> impl Iterator<Item = Self> {
        Self::all().filter(move |place| place.section() == section)
    }

    /// Whether it is the sum of other cells.
    pub const fn is_total(self) -> bool {
        match self {
            Self::Table2(_) => false,
            Self::Table3(row, column) => column == TOTAL || row.number() == Row::CLOSED.number(),
            Self::Table4(_, cell) => matches!(cell, RemedyCell::Total),
        }
    }

    /// The cells it is the sum of; itself where it is no sum.
    pub fn leaves(self) -> Vec<Self> {
        match self {
            Self::Table3(row, column) => {
                let rows: Vec<Row> =
                    if row == Row::CLOSED { Row::results().collect() } else { vec![row] };
                let columns = if column == TOTAL { 0..TOTAL } else { column..column + 1 };
                let places = |row| columns.clone().map(move |column| Self::Table3(row, column));
                rows.into_iter().flat_map(places).collect()
            }
            Self::Table4(group, RemedyCell::Total) => {
                let cells = RemedyCell::ALL.into_iter().filter(|cell| *cell != RemedyCell::Total);
                cells.map(|cell| Self::Table4(group, cell)).collect()
            }
            place => vec![place],
        }
    }

    /// The section whose table it stands in.
    pub const fn section(self) -> Section {
        match self {
            Self::Table2(_) => Section::Proactive,
            Self::Table3(..) => Section::Requests,
            Self::Table4(..) => Section::Remedies,
        }
    }

    /// The place of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (table, rest) = name.split_once('.')?;
        match (table, rest.split_once('.')) {
            ("t2", None) => {
                Table2Cell::ALL.into_iter().find(|cell| cell.word() == rest).map(Self::Table2)
            }
            ("t3", Some((row, column))) => {
                let column: usize = column.strip_prefix('c')?.parse().ok()?;
                let place = Self::Table3(Row::named(row)?, column.checked_sub(1)?);
                (column <= COLUMNS && place.to_string() == name).then_some(place)
            }
            ("t4", Some((group, cell))) => {
                let group = RemedyGroup::ALL.into_iter().find(|own| own.word() == group)?;
                let cell = RemedyCell::ALL.into_iter().find(|own| own.word() == cell)?;
                Some(Self::Table4(group, cell))
            }
            _ => None,
        }
    }

    /// What people call it.
    pub fn words(self) -> String {
        match self {
            Self::Table2(cell) => {
                let (content, column) = cell.labels();
                format!("{content}：{column}")
            }
            Self::Table3(row, column) => {
                let column = COLUMN_NAMES.get(column).copied().unwrap_or_default();
                format!("{}：{column}", row.label())
            }
            Self::Table4(group, cell) => format!("{}：{}", group.name(), cell.name()),
        }
    }
}

/// `t2.rules_issued`, `t3.r01.c1`, `t4.review.upheld`.
impl fmt::Display for CellPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table2(cell) => write!(out, "t2.{}", cell.word()),
            Self::Table3(row, column) => write!(out, "t3.{}.c{}", row.name(), column + 1),
            Self::Table4(group, cell) => write!(out, "t4.{}.{}", group.word(), cell.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_two_hundred_cells_is_found_by_its_name_and_no_other_name_is_one() {
        let all: Vec<CellPlace> = CellPlace::all().collect();
        assert_eq!(all.len(), 200);
        for place in all {
            assert_eq!(CellPlace::named(&place.to_string()), Some(place));
        }
        for name in
            ["", "t3", "t3.r01", "t3.r26.c1", "t3.r01.c0", "t3.r01.c8", "t3.r01.c01", "t4.x.y"]
        {
            assert_eq!(CellPlace::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_total_is_the_sum_of_its_leaves() {
        let leaves = |name: &str| CellPlace::named(name).expect("a place").leaves().len();
        for (name, count) in [
            ("t3.r01.c7", 6),
            ("t3.r24.c1", 21),
            ("t3.r24.c7", 126),
            ("t4.review.total", 4),
            ("t2.fees", 1),
        ] {
            assert_eq!(leaves(name), count, "{name}");
        }
    }
}
