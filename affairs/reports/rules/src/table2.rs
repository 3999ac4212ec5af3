//! 二、主动公开政府信息情况: table 2 of the report (国办公开办函〔2021〕30号).

use serde::Serialize;

use crate::cell::Cell;

/// Table 2: ten cells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table2 {
    /// 规章.
    #[serde(rename = "规章")]
    pub rules: Stock,
    /// 行政规范性文件.
    #[serde(rename = "行政规范性文件")]
    pub normative: Stock,
    /// 行政许可: 本年处理决定数量.
    #[serde(rename = "行政许可")]
    pub licences: Cell,
    /// 行政处罚.
    #[serde(rename = "行政处罚")]
    pub penalties: Cell,
    /// 行政强制.
    #[serde(rename = "行政强制")]
    pub coercion: Cell,
    /// 行政事业性收费: 本年收费金额（单位：万元）.
    #[serde(rename = "行政事业性收费万元")]
    pub fees: Cell,
}

/// What was made, ended and holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stock {
    /// 本年制发件数.
    pub issued: Cell,
    /// 本年废止件数.
    pub ended: Cell,
    /// 现行有效件数.
    pub in_force: Cell,
}

/// A row of table 2 as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table2Row {
    /// The heading of its block.
    pub block: &'static str,
    /// 信息内容.
    pub content: &'static str,
    /// The headings of its cells.
    pub columns: &'static [&'static str],
}

const STOCK: &[&str] = &["本年制发件数", "本年废止件数", "现行有效件数"];
const DECISIONS: &[&str] = &["本年处理决定数量"];

/// The rows in their order.
pub const TABLE2_ROWS: [Table2Row; 6] = [
    Table2Row { block: "第二十条第（一）项", content: "规章", columns: STOCK },
    Table2Row {
        block: "第二十条第（一）项", content: "行政规范性文件", columns: STOCK
    },
    Table2Row { block: "第二十条第（五）项", content: "行政许可", columns: DECISIONS },
    Table2Row { block: "第二十条第（六）项", content: "行政处罚", columns: DECISIONS },
    Table2Row { block: "第二十条第（六）项", content: "行政强制", columns: DECISIONS },
    Table2Row {
        block: "第二十条第（八）项",
        content: "行政事业性收费",
        columns: &["本年收费金额（单位：万元）"],
    },
];

impl Table2 {
    /// Every count, with the content of its row and its number in it from 1 (0 where it stands
    /// alone), in order; the amount of money is not among them.
    pub fn counts(&self) -> [(&'static str, u8, &Cell); 9] {
        [
            ("规章", 1, &self.rules.issued),
            ("规章", 2, &self.rules.ended),
            ("规章", 3, &self.rules.in_force),
            ("行政规范性文件", 1, &self.normative.issued),
            ("行政规范性文件", 2, &self.normative.ended),
            ("行政规范性文件", 3, &self.normative.in_force),
            ("行政许可", 0, &self.licences),
            ("行政处罚", 0, &self.penalties),
            ("行政强制", 0, &self.coercion),
        ]
    }
}

impl Serialize for Stock {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        [&self.issued, &self.ended, &self.in_force].serialize(out)
    }
}
