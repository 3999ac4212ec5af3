//! 四、政府信息公开行政复议、行政诉讼情况: table 4, three groups of five (国办公开办函〔2021〕30号).

use serde::{Deserialize, Serialize};

use crate::cell::{Cell, Figure};

/// The groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyGroup {
    /// 行政复议.
    Review,
    /// 行政诉讼, 未经复议直接起诉.
    SuitDirect,
    /// 行政诉讼, 复议后起诉.
    SuitAfterReview,
}

/// The cells of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyCell {
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Corrected,
    /// 其他结果.
    Other,
    /// 尚未审结.
    Pending,
    /// 总计.
    Total,
}

/// Table 4.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table4 {
    groups: [[Cell; 5]; 3],
}

impl RemedyGroup {
    /// All, from the left.
    pub const ALL: [Self; 3] = [Self::Review, Self::SuitDirect, Self::SuitAfterReview];

    /// Its word, as tables of cases have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::SuitDirect => "suit_direct",
            Self::SuitAfterReview => "suit_after_review",
        }
    }

    /// Its word in reports read from pages.
    pub const fn page_word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::SuitDirect => "lit_direct",
            Self::SuitAfterReview => "lit_after",
        }
    }

    /// What the form calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "行政复议",
            Self::SuitDirect => "行政诉讼（未经复议直接起诉）",
            Self::SuitAfterReview => "行政诉讼（复议后起诉）",
        }
    }
}

impl RemedyCell {
    /// All, from the left.
    pub const ALL: [Self; 5] =
        [Self::Upheld, Self::Corrected, Self::Other, Self::Pending, Self::Total];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Corrected => "corrected",
            Self::Other => "other",
            Self::Pending => "pending",
            Self::Total => "total",
        }
    }

    /// What the form calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upheld => "结果维持",
            Self::Corrected => "结果纠正",
            Self::Other => "其他结果",
            Self::Pending => "尚未审结",
            Self::Total => "总计",
        }
    }
}

impl Table4 {
    /// A cell.
    pub const fn cell(&self, group: RemedyGroup, cell: RemedyCell) -> &Cell {
        &self.groups[group as usize][cell as usize]
    }

    /// Sets a cell.
    pub fn set(&mut self, group: RemedyGroup, place: RemedyCell, cell: Cell) {
        self.groups[group as usize][place as usize] = cell;
    }

    /// The cells of a group.
    pub const fn group(&self, group: RemedyGroup) -> &[Cell; 5] {
        &self.groups[group as usize]
    }

    /// The four results of a group together.
    pub(crate) fn across(&self, group: RemedyGroup) -> Figure {
        let results = RemedyCell::ALL.iter().filter(|cell| **cell != RemedyCell::Total);
        results.map(|cell| self.cell(group, *cell).value()).sum()
    }

    pub(crate) fn count_one(&mut self, group: RemedyGroup, place: RemedyCell) {
        let sum = self.cell(group, place).value() + Figure::count(1);
        self.set(group, place, Cell::Number(sum));
    }

    /// Fills blanks with 0 and 总计 with the sum of its group.
    pub(crate) fn total_up(&mut self) {
        for group in RemedyGroup::ALL {
            let sum = self.across(group);
            for place in RemedyCell::ALL {
                let value = self.cell(group, place).value();
                self.set(group, place, Cell::Number(value));
            }
            self.set(group, RemedyCell::Total, Cell::Number(sum));
        }
    }
}

impl Serialize for Table4 {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(RemedyGroup::ALL.map(|group| (group.word(), self.group(group))))
    }
}
