//! 勾稽关系: the identities I1 to I6 that the tables of one report must keep (国办公开办函〔2021〕30号),
//! and each breach of them with its place (docs/readings/130).

use std::fmt;

use serde::{Serialize, Serializer};

use crate::cell::{Cell, Figure};
use crate::place::CellPlace;
use crate::section::Section;
use crate::table2::Table2;
use crate::table3::{COLUMN_NAMES, COLUMNS, Row, TOTAL, Table3};
use crate::table4::{RemedyCell, RemedyGroup, Table4};

/// An identity broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breach {
    /// I1: 新收加结转等于办结加结转下年, in this column (from 0).
    Balance(usize),
    /// I2: 总计 is the sum of the results, in this column.
    Results(usize),
    /// I3: 总计 is the sum of the row.
    Across(Row),
    /// I4: 上年结转 is what the last report carried over, in this column.
    CarriedIn(usize),
    /// I5: 总计 is the sum of the group.
    Remedies(RemedyGroup),
    /// I6: a cell of table 2 that can be no count or amount: its row, its number in it from 1.
    Table2Cell(&'static str, u8),
    /// I6: a cell of table 3.
    Table3Cell(Row, usize),
    /// I6: a cell of table 4.
    Table4Cell(RemedyGroup, RemedyCell),
    /// I10: a cell that is not what the register comes to.
    Register(Row, usize),
    /// I10: a closed request, by its number, that has not exactly one known answer.
    Unplaced(String),
    /// A cell of table 2 in which nobody wrote anything, and 0 is something (docs/readings/224).
    Unfilled(CellPlace),
    /// A table of which nothing is counted or typed.
    UnfilledTable(Section),
    /// 第六部分 tells another 信息处理费 than the register, in 元 (docs/readings/225).
    Fee {
        /// What the prose says; `None` where it says no sum.
        said: Option<Figure>,
        /// What was collected.
        collected: Figure,
    },
}

/// What tables 3 and 4 break by themselves: I1, I2, I3, I5, I6.
pub fn breaches(table3: &Table3, table4: &Table4) -> Vec<Breach> {
    let mut found = Vec::new();
    let sum = |column, one, other| table3.value(one, column) + table3.value(other, column);
    for column in 0..COLUMNS {
        let received = sum(column, Row::RECEIVED, Row::CARRIED_IN);
        if received != sum(column, Row::CLOSED, Row::CARRIED_OUT) {
            found.push(Breach::Balance(column));
        }
        let results: Figure = Row::results().map(|row| table3.value(row, column)).sum();
        if results != table3.value(Row::CLOSED, column) {
            found.push(Breach::Results(column));
        }
    }
    for row in Row::all() {
        let total = table3.cell(row, TOTAL);
        if *total != Cell::Absent && total.value() != table3.across(row) {
            found.push(Breach::Across(row));
        }
        let wrong = (0..COLUMNS).filter(|column| !table3.cell(row, *column).is_count());
        found.extend(wrong.map(|column| Breach::Table3Cell(row, column)));
    }
    for group in RemedyGroup::ALL {
        if table4.cell(group, RemedyCell::Total).value() != table4.across(group) {
            found.push(Breach::Remedies(group));
        }
        let wrong =
            RemedyCell::ALL.into_iter().filter(|cell| !table4.cell(group, *cell).is_count());
        found.extend(wrong.map(|cell| Breach::Table4Cell(group, cell)));
    }
    found.sort();
    found
}

/// What table 2 breaks: I6, for which 收费金额 may be a decimal.
pub fn table2_breaches(table: &Table2) -> Vec<Breach> {
    let counts = table.counts();
    let wrong = counts.iter().filter(|(.., cell)| !cell.is_count());
    let mut found: Vec<Breach> =
        wrong.map(|(content, number, _)| Breach::Table2Cell(content, *number)).collect();
    if !table.fees.is_amount() {
        found.push(Breach::Table2Cell("行政事业性收费万元", 0));
    }
    found
}

/// I4: what the columns carried in differs from what the last report carried out.
pub fn carried_in_breaches(table3: &Table3, previous_carried_out: &[Cell; COLUMNS]) -> Vec<Breach> {
    let columns = (0..COLUMNS).zip(previous_carried_out);
    let differs = |(column, before): &(usize, &Cell)| {
        table3.value(Row::CARRIED_IN, *column) != before.value()
    };
    columns.filter(differs).map(|(column, _)| Breach::CarriedIn(column)).collect()
}

/// I10: the cells of a report that are not what its register comes to.
pub fn register_breaches(table3: &Table3, derived: &Table3) -> Vec<Breach> {
    let places = Row::all().flat_map(|row| (0..COLUMNS).map(move |column| (row, column)));
    let differ =
        places.filter(|(row, column)| table3.value(*row, *column) != derived.value(*row, *column));
    differ.map(|(row, column)| Breach::Register(row, column)).collect()
}

impl Breach {
    /// Whether an explanation published with the report lifts it: what an earlier report or the register
    /// says otherwise may have its reason outside of both (docs/readings/188); sums may not, nor that
    /// nothing was collected where something was.
    pub fn may_be_explained(&self) -> bool {
        match self {
            Self::CarriedIn(_) | Self::Register(..) => true,
            Self::Fee { said, .. } => said.is_some_and(|said| said != Figure::ZERO),
            _ => false,
        }
    }

    /// Its name in reports read from pages: `I6:t3:r17:c2`, `I5:lit_direct`.
    pub fn page_name(&self) -> String {
        match self {
            Self::Remedies(group) => format!("I5:{}", group.page_word()),
            Self::Table3Cell(row, column) => format!("I6:t3:{}:c{}", row.name(), column + 1),
            Self::Table4Cell(group, cell) => {
                format!("I6:t4:{}:{}", group.page_word(), *cell as usize + 1)
            }
            other => other.to_string(),
        }
    }

    /// What is wrong, in words.
    pub fn words(&self) -> String {
        let column = |column: &usize| COLUMN_NAMES.get(*column).copied().unwrap_or_default();
        match self {
            Self::Balance(place) => {
                format!("“{}”一列：本年新收加上年结转不等于办理结果总计加结转下年", column(place))
            }
            Self::Results(place) => {
                format!("“{}”一列：办理结果各行之和不等于总计", column(place))
            }
            Self::Across(row) => format!("“{}”一行：六列之和不等于总计", row.label()),
            Self::CarriedIn(place) => {
                format!("“{}”一列：上年结转与上一年度报告的结转下年不一致", column(place))
            }
            Self::Remedies(group) => format!("“{}”：四项之和不等于总计", group.name()),
            Self::Table2Cell(content, _) => format!("“{content}”：不是应有的数"),
            Self::Table3Cell(row, place) => {
                format!("“{}”一行“{}”：不是非负整数", row.label(), column(place))
            }
            Self::Table4Cell(group, cell) => {
                format!("“{}”“{}”：不是非负整数", group.name(), cell.name())
            }
            Self::Register(row, place) => {
                format!("“{}”一行“{}”：与登记簿不一致", row.label(), column(place))
            }
            Self::Unplaced(number) => {
                format!("申请 {number} 已经办结，却没有且仅有一个办理结果")
            }
            Self::Unfilled(place) => format!("“{}”没有填；没有发生的填 0", place.words()),
            Self::UnfilledTable(section) => {
                format!("“{}”一个数都没有填；没有发生的填 0", section.title())
            }
            Self::Fee { said: None, collected } => {
                format!("登记簿里本年度收取信息处理费 {collected} 元，第六部分没有写出金额")
            }
            Self::Fee { said: Some(Figure::ZERO), collected } => {
                format!("第六部分写没有收取信息处理费，登记簿里收取了 {collected} 元")
            }
            Self::Fee { said: Some(said), collected } => {
                format!("第六部分写收取信息处理费 {said} 元，登记簿里是 {collected} 元")
            }
        }
    }
}

/// As tables of cases name it: `I1:c3`, `I3:r05`, `I6:r08.c2`, `I6:suit_direct.pending`.
impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Balance(column) => write!(out, "I1:c{}", column + 1),
            Self::Results(column) => write!(out, "I2:c{}", column + 1),
            Self::Across(row) => write!(out, "I3:{}", row.name()),
            Self::CarriedIn(column) => write!(out, "I4:c{}", column + 1),
            Self::Remedies(group) => write!(out, "I5:{}", group.word()),
            Self::Table2Cell(content, 0) => write!(out, "I6:t2:{content}"),
            Self::Table2Cell(content, number) => write!(out, "I6:t2:{content}:{number}"),
            Self::Table3Cell(row, column) => write!(out, "I6:{}.c{}", row.name(), column + 1),
            Self::Table4Cell(group, cell) => write!(out, "I6:{}.{}", group.word(), cell.word()),
            Self::Register(row, column) => write!(out, "I10:{}.c{}", row.name(), column + 1),
            Self::Unplaced(number) => write!(out, "I10:{number}"),
            Self::Unfilled(place) => write!(out, "I6:{place}"),
            Self::UnfilledTable(section) => write!(out, "I6:{}", section.word()),
            Self::Fee { .. } => write!(out, "S6:processing_fee"),
        }
    }
}

impl Serialize for Breach {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}
