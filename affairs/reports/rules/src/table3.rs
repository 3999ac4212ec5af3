//! 三、收到和处理政府信息公开申请情况: table 3, twenty-five rows of seven (国办公开办函〔2021〕30号).

use serde::Serialize;

use crate::cell::{Cell, Figure};

/// Columns: 自然人, five kinds of 法人或其他组织, 总计.
pub const COLUMNS: usize = 7;
/// The column of 总计, from 0.
pub const TOTAL: usize = 6;

/// A row of table 3, from 1 as the form counts: r01 本年新收 to r25 结转下年度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u8);

/// Table 3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table3 {
    rows: [[Cell; COLUMNS]; 25],
}

/// The headings of the columns.
pub const COLUMN_NAMES: [&str; COLUMNS] =
    ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

/// The labels of the rows: the group, the subgroup, the row.
const LABELS: [(&str, &str, &str); 25] = [
    ("一、本年新收政府信息公开申请数量", "", ""),
    ("二、上年结转政府信息公开申请数量", "", ""),
    (RESULTS, "（一）予以公开", ""),
    (RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    (RESULTS, WITHHELD, "1.属于国家秘密"),
    (RESULTS, WITHHELD, "2.其他法律行政法规禁止公开"),
    (RESULTS, WITHHELD, "3.危及“三安全一稳定”"),
    (RESULTS, WITHHELD, "4.保护第三方合法权益"),
    (RESULTS, WITHHELD, "5.属于三类内部事务信息"),
    (RESULTS, WITHHELD, "6.属于四类过程性信息"),
    (RESULTS, WITHHELD, "7.属于行政执法案卷"),
    (RESULTS, WITHHELD, "8.属于行政查询事项"),
    (RESULTS, UNAVAILABLE, "1.本机关不掌握相关政府信息"),
    (RESULTS, UNAVAILABLE, "2.没有现成信息需要另行制作"),
    (RESULTS, UNAVAILABLE, "3.补正后申请内容仍不明确"),
    (RESULTS, NOT_TREATED, "1.信访举报投诉类申请"),
    (RESULTS, NOT_TREATED, "2.重复申请"),
    (RESULTS, NOT_TREATED, "3.要求提供公开出版物"),
    (RESULTS, NOT_TREATED, "4.无正当理由大量反复申请"),
    (RESULTS, NOT_TREATED, "5.要求行政机关确认或重新出具已获取信息"),
    (RESULTS, OTHERWISE, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (
        RESULTS,
        OTHERWISE,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    (RESULTS, OTHERWISE, "3.其他"),
    (RESULTS, "（七）总计", ""),
    ("四、结转下年度继续办理", "", ""),
];

const RESULTS: &str = "三、本年度办理结果";
const WITHHELD: &str = "（三）不予公开";
const UNAVAILABLE: &str = "（四）无法提供";
const NOT_TREATED: &str = "（五）不予处理";
const OTHERWISE: &str = "（六）其他处理";

impl Row {
    /// 一、本年新收.
    pub const RECEIVED: Self = Self(1);
    /// 二、上年结转.
    pub const CARRIED_IN: Self = Self(2);
    /// The first row of results.
    pub const FIRST_RESULT: Self = Self(3);
    /// The last row of results.
    pub const LAST_RESULT: Self = Self(23);
    /// 三（七）总计.
    pub const CLOSED: Self = Self(24);
    /// 四、结转下年度.
    pub const CARRIED_OUT: Self = Self(25);

    /// The row of that number, 1 to 25.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 25 { Some(Self(number)) } else { None }
    }

    /// The row of that name: r01 to r25.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|row| row.name() == name)
    }

    /// All, from the top.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=25).map(Self)
    }

    /// 三（一） to 三（六）: the rows of results.
    pub fn results() -> impl Iterator<Item = Self> {
        (Self::FIRST_RESULT.0..=Self::LAST_RESULT.0).map(Self)
    }

    /// r01 to r25.
    pub fn name(self) -> String {
        format!("r{:02}", self.0)
    }

    /// Its number, 1 to 25.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Group, subgroup and row as the form labels them; empty where there is none.
    pub const fn labels(self) -> (&'static str, &'static str, &'static str) {
        LABELS[self.place()]
    }

    /// The narrowest of its labels.
    pub fn label(self) -> &'static str {
        match self.labels() {
            (group, "", _) => group,
            (_, subgroup, "") => subgroup,
            (_, _, row) => row,
        }
    }

    const fn place(self) -> usize {
        self.0 as usize - 1
    }
}

impl Table3 {
    /// A cell; the column from 0. Beyond the table there is nothing.
    pub fn cell(&self, row: Row, column: usize) -> &Cell {
        const NOTHING: &Cell = &Cell::Absent;
        self.rows[row.place()].get(column).unwrap_or(NOTHING)
    }

    /// Sets a cell; beyond the table nothing happens.
    pub fn set(&mut self, row: Row, column: usize, cell: Cell) {
        if let Some(place) = self.rows[row.place()].get_mut(column) {
            *place = cell;
        }
    }

    /// The cells of a row.
    pub const fn row(&self, row: Row) -> &[Cell; COLUMNS] {
        &self.rows[row.place()]
    }

    /// One more in a column of a row.
    pub(crate) fn count_one(&mut self, row: Row, column: usize) {
        let sum = self.value(row, column) + Figure::count(1);
        self.set(row, column, Cell::Number(sum));
    }

    /// Fills blanks with 0, the totals of the columns into r24, and c7 with the sum of its row.
    pub(crate) fn total_up(&mut self) {
        for column in 0..TOTAL {
            let closed = Row::results().map(|row| self.value(row, column)).sum();
            self.set(Row::CLOSED, column, Cell::Number(closed));
        }
        for row in Row::all() {
            for column in 0..TOTAL {
                let value = self.value(row, column);
                self.set(row, column, Cell::Number(value));
            }
            let sum = self.across(row);
            self.set(row, TOTAL, Cell::Number(sum));
        }
    }

    pub(crate) fn value(&self, row: Row, column: usize) -> Figure {
        self.cell(row, column).value()
    }

    /// c1 to c6 of a row together.
    pub(crate) fn across(&self, row: Row) -> Figure {
        (0..TOTAL).map(|column| self.value(row, column)).sum()
    }
}

impl Serialize for Table3 {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(Row::all().map(|row| (row.name(), self.row(row))))
    }
}
