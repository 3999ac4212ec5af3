//! 由登记簿产生: tables 3 and 4 of a year, counted from the register, every number with its rows
//! (docs/readings/131).

use std::collections::BTreeMap;

use law::Date;
use requests_rules::{ApplicantClass, answer_type};
use serde::{Deserialize, Serialize};

use crate::identity::Breach;
use crate::place::CellPlace;
use crate::table3::{Row, TOTAL, Table3};
use crate::table4::{RemedyCell, RemedyGroup, Table4};

/// A request as the report counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Its number.
    pub no: String,
    /// 收到之日.
    pub received: Date,
    /// The applicant's class.
    pub class: ApplicantClass,
    /// The code of its answer.
    pub result: Option<String>,
    /// The day it was closed.
    pub closed: Option<Date>,
    /// 复议 and suits against its answer.
    #[serde(default)]
    pub remedies: Vec<RemedyEntry>,
}

/// 行政复议 or a suit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemedyEntry {
    /// Which.
    pub kind: RemedyGroup,
    /// The day it was brought.
    pub filed: Date,
    /// The day it was concluded.
    pub concluded: Option<Date>,
    /// With what result.
    pub result: Option<RemedyOutcome>,
}

/// 结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyOutcome {
    /// 维持.
    Upheld,
    /// 纠正.
    Corrected,
    /// 其他.
    Other,
}

/// The tables of a year, and what in the register cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Table 3.
    pub table3: Table3,
    /// Table 4.
    pub table4: Table4,
    /// I10.
    pub unplaced: Vec<Breach>,
}

/// 统计期间: from the first to the last day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReportYear(i16);

impl ReportYear {
    /// A year.
    pub const fn new(year: i16) -> Self {
        Self(year)
    }

    /// Its number.
    pub const fn number(self) -> i16 {
        self.0
    }

    /// Its first and its last day.
    pub fn ends(self) -> (Date, Date) {
        let day = |month, day| Date::new(self.0, month, day).unwrap_or(Date::MAX);
        (day(1, 1), day(12, 31))
    }

    /// Whether a day lies in it; the last day belongs to it.
    pub fn holds(self, day: Date) -> bool {
        day.year() == self.0
    }
}

impl RegisterEntry {
    /// The rows in which the report of that year counts it: 新收 or 结转 in, a result or 结转 out.
    /// None for what was closed before or received after.
    pub fn rows(&self, year: ReportYear) -> Vec<Row> {
        let mut rows = Vec::new();
        let before = |day: Date| day.year() < year.0;
        if self.received.year() > year.0 || self.closed.is_some_and(before) {
            return rows;
        }
        let new = year.holds(self.received);
        rows.push(if new { Row::RECEIVED } else { Row::CARRIED_IN });
        match self.closed {
            Some(closed) if year.holds(closed) => rows.extend(self.result_row(closed)),
            _ => rows.push(Row::CARRIED_OUT),
        }
        rows
    }

    /// The row of its answer, if that is one the report knows.
    fn result_row(&self, closed: Date) -> Option<Row> {
        let kind = answer_type(self.result.as_deref()?, closed.max(FIRST_FORM))?;
        Row::new(kind.report_row)
    }

    fn is_unplaced(&self, year: ReportYear) -> bool {
        let closed = self.closed.filter(|closed| year.holds(*closed));
        closed.is_some_and(|closed| self.result_row(closed).is_none())
    }
}

/// The first day of the kinds of answer; older answers are counted by them too.
const FIRST_FORM: Date = law::day(2019, 5, 15);

impl RemedyEntry {
    /// The cell in which the report of that year counts it: its result if it was concluded in the
    /// year, 尚未审结 if it was pending at its end; none if it was over before or brought after.
    pub fn cell(&self, year: ReportYear) -> Option<RemedyCell> {
        if self.filed.year() > year.0 {
            return None;
        }
        match self.concluded {
            Some(concluded) if concluded.year() < year.0 => None,
            Some(concluded) if year.holds(concluded) => Some(match self.result {
                Some(RemedyOutcome::Upheld) => RemedyCell::Upheld,
                Some(RemedyOutcome::Corrected) => RemedyCell::Corrected,
                Some(RemedyOutcome::Other) | None => RemedyCell::Other,
            }),
            _ => Some(RemedyCell::Pending),
        }
    }
}

/// Counts the tables of a year.
pub fn derive(register: &[RegisterEntry], year: ReportYear) -> Derived {
    let (mut table3, mut table4) = (Table3::default(), Table4::default());
    let mut unplaced = Vec::new();
    for entry in register {
        for row in entry.rows(year) {
            table3.count_one(row, entry.class.column());
        }
        for remedy in &entry.remedies {
            if let Some(cell) = remedy.cell(year) {
                table4.count_one(remedy.kind, cell);
            }
        }
        if entry.is_unplaced(year) {
            unplaced.push(Breach::Unplaced(entry.no.clone()));
        }
    }
    table3.total_up();
    table4.total_up();
    Derived { table3, table4, unplaced }
}

/// The numbers of the requests behind a cell of table 3; the column from 0, 总计 the last.
pub fn behind(
    register: &[RegisterEntry],
    year: ReportYear,
    (row, column): (Row, usize),
) -> Vec<&str> {
    let of_column =
        |entry: &&RegisterEntry| column == crate::table3::TOTAL || entry.class.column() == column;
    let of_row = |entry: &&RegisterEntry| {
        let rows = entry.rows(year);
        match row {
            Row::CLOSED => rows.iter().any(|row| Row::results().any(|result| result == *row)),
            row => rows.contains(&row),
        }
    };
    let behind = register.iter().filter(of_column).filter(of_row);
    behind.map(|entry| entry.no.as_str()).collect()
}

/// Every number of tables 3 and 4 that is no sum, with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterFigures {
    /// The entries behind each cell, by their places in the register; a request with two suits that end
    /// alike stands twice.
    pub places: BTreeMap<CellPlace, Vec<usize>>,
    /// The entries that are closed without exactly one known answer (I10).
    pub unplaced: Vec<usize>,
}

/// Counts a year in one pass over the register, each number with its rows.
pub fn register_figures(register: &[RegisterEntry], year: ReportYear) -> RegisterFigures {
    let own = |place: &CellPlace| !place.is_total() && !matches!(place, CellPlace::Table2(_));
    let mut places: BTreeMap<CellPlace, Vec<usize>> =
        CellPlace::all().filter(own).map(|place| (place, Vec::new())).collect();
    let mut unplaced = Vec::new();
    for (at, entry) in register.iter().enumerate() {
        let column = entry.class.column().min(TOTAL - 1);
        for row in entry.rows(year) {
            places.entry(CellPlace::Table3(row, column)).or_default().push(at);
        }
        for remedy in &entry.remedies {
            if let Some(cell) = remedy.cell(year) {
                places.entry(CellPlace::Table4(remedy.kind, cell)).or_default().push(at);
            }
        }
        if entry.is_unplaced(year) {
            unplaced.push(at);
        }
    }
    RegisterFigures { places, unplaced }
}
