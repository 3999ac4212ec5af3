//! 存疑: the identities I7, I8 and I9, which may be broken for good reasons and are then explained
//! (docs/readings/132): prose against tables, what holds against last year's, the whole against its
//! parts.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::cell::{Cell, Figure};
use crate::table2::{Stock, Table2};
use crate::table3::{COLUMNS, Row, TOTAL, Table3};
use crate::table4::{RemedyCell, RemedyGroup, Table4};

/// A number that the sections in prose state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProseNumber {
    /// 本年新收.
    New,
    /// 上年结转.
    CarryIn,
    /// 办结.
    Done,
    /// 结转下年度.
    CarryOut,
    /// 行政复议.
    Review,
    /// 行政诉讼, both kinds together.
    Litigation,
}

/// Something to be looked at before publication.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// I7: the prose says another number than the table.
    Prose {
        /// Which.
        number: ProseNumber,
        /// What the prose says.
        said: Figure,
        /// What the table says.
        table: Figure,
    },
    /// I8: what holds is not what held, plus what was made, less what ended.
    Stock {
        /// 规章 or 行政规范性文件.
        content: &'static str,
        /// What it should come to.
        expected: Figure,
        /// What the table says.
        found: Figure,
    },
    /// I9: the government's table is not the sum of its organs' tables.
    Whole {
        /// The row.
        row: Row,
        /// The column, from 0.
        column: usize,
        /// The sum of the parts.
        sum: Figure,
        /// What the table says.
        found: Figure,
    },
}

impl ProseNumber {
    /// All, in the order of the tables.
    pub const ALL: [Self; 6] =
        [Self::New, Self::CarryIn, Self::Done, Self::CarryOut, Self::Review, Self::Litigation];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::CarryIn => "carry_in",
            Self::Done => "done",
            Self::CarryOut => "carry_out",
            Self::Review => "review",
            Self::Litigation => "litigation",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "本年新收",
            Self::CarryIn => "上年结转",
            Self::Done => "办结",
            Self::CarryOut => "结转下年度",
            Self::Review => "行政复议",
            Self::Litigation => "行政诉讼",
        }
    }

    /// The cell or cells of the tables that state it.
    fn of(self, table3: &Table3, table4: &Table4) -> Figure {
        let total = |group| table4.cell(group, RemedyCell::Total).value();
        match self {
            Self::New => table3.value(Row::RECEIVED, TOTAL),
            Self::CarryIn => table3.value(Row::CARRIED_IN, TOTAL),
            Self::Done => table3.value(Row::CLOSED, TOTAL),
            Self::CarryOut => table3.value(Row::CARRIED_OUT, TOTAL),
            Self::Review => total(RemedyGroup::Review),
            Self::Litigation => {
                total(RemedyGroup::SuitDirect) + total(RemedyGroup::SuitAfterReview)
            }
        }
    }
}

/// I7: the numbers of the prose that differ from the tables.
pub fn prose_doubts(
    said: &[(ProseNumber, Figure)],
    table3: &Table3,
    table4: &Table4,
) -> Vec<Doubt> {
    let doubts = said.iter().filter_map(|(number, said)| {
        let table = number.of(table3, table4);
        (*said != table).then_some(Doubt::Prose { number: *number, said: *said, table })
    });
    doubts.collect()
}

/// I8: 现行有效 against the year before.
pub fn stock_doubts(before: &Table2, now: &Table2) -> Vec<Doubt> {
    let doubt = |content, before: &Stock, now: &Stock| {
        let expected = before.in_force.value() + now.issued.value() - now.ended.value();
        let found = now.in_force.value();
        (found != expected).then_some(Doubt::Stock { content, expected, found })
    };
    let rules = doubt("规章", &before.rules, &now.rules);
    let normative = doubt("行政规范性文件", &before.normative, &now.normative);
    rules.into_iter().chain(normative).collect()
}

/// I9: a government's table 3 against those of its own organ, its departments and whoever else is in
/// scope (docs/readings/133).
pub fn whole_doubts(whole: &Table3, parts: &[&Table3]) -> Vec<Doubt> {
    let together = together(parts);
    let places = Row::all().flat_map(|row| (0..COLUMNS).map(move |column| (row, column)));
    let doubts = places.filter_map(|(row, column)| {
        let (sum, found) = (together.value(row, column), whole.value(row, column));
        (sum != found).then_some(Doubt::Whole { row, column, sum, found })
    });
    doubts.collect()
}

/// The tables of several organs added up cell by cell.
pub fn together(parts: &[&Table3]) -> Table3 {
    let mut whole = Table3::default();
    for row in Row::all() {
        for column in 0..COLUMNS {
            let sum = parts.iter().map(|part| part.value(row, column)).sum();
            whole.set(row, column, Cell::Number(sum));
        }
    }
    whole
}

impl Doubt {
    /// What is to be looked at, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Prose { number, said, table } => {
                format!("文字写{}{said}件，表格是{table}件", number.name())
            }
            Self::Stock { content, expected, found } => format!(
                "{content}现行有效{found}件，按上年有效加制发减废止应为{expected}件；\
                 因修订、清理或者机构改革的，请说明"
            ),
            Self::Whole { row, sum, found, .. } => {
                format!("“{}”汇总{found}件，各机关合计{sum}件", row.label())
            }
        }
    }
}

/// `I7:new`, `I8:规章`, `I9:r03.c7`.
impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prose { number, .. } => write!(out, "I7:{}", number.word()),
            Self::Stock { content, .. } => write!(out, "I8:{content}"),
            Self::Whole { row, column, .. } => write!(out, "I9:{}.c{}", row.name(), column + 1),
        }
    }
}

impl Serialize for Doubt {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}
