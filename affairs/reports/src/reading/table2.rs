//! Table 2 as published: what was made public of one's own accord (docs/readings/136).

use std::collections::BTreeMap;

use reports_rules::{Cell, Stock, Table2};

use super::content::Table;
use super::grid::Grid;
use super::notes::Notes;
use super::places::{ValuePlace, places};
use super::table3::keep;
use super::value::Money;
use super::words::{self, Content, Measure};

/// Table 2 in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    cells: BTreeMap<(u8, u8), Cell>,
    is_2019: bool,
    /// The contents that have a row.
    rows: Vec<Content>,
}

impl Gathered {
    /// Whether anything was found.
    pub(super) fn found(&self) -> bool {
        !self.cells.is_empty()
    }

    /// Whether it is the form of 2019.
    pub(super) const fn is_2019(&self) -> bool {
        self.is_2019
    }

    /// Takes what a table has of table 2; says whether it has anything.
    pub(super) fn take(&mut self, table: &Table, notes: &mut Notes) -> bool {
        let grid = &table.grid;
        if !grid.any(&|label| words::content(label).is_some()) {
            return false;
        }
        self.is_2019 |= grid.any(&words::of_2019);
        let before = self.cells.len();
        for place in &places(grid) {
            self.one(grid, place, (table.place.as_str(), &mut *notes));
        }
        self.cells.len() > before
    }

    fn one(&mut self, grid: &Grid, place: &ValuePlace, (table, notes): (&str, &mut Notes)) {
        let label = |owner: &usize| grid.cell(*owner).plain.as_str();
        let labels = || place.left.iter().chain(&place.above).map(label);
        let Some(content) = labels().find_map(words::content) else { return };
        if !self.rows.contains(&content) {
            self.rows.push(content);
        }
        let measure = place.above.iter().chain(&place.left).map(label).find_map(words::measure);
        let Some(measure) = measure.or_else(|| self.only(grid, place, content)) else { return };
        let at = || format!("{table}{}", grid.place(place.row, place.column));
        let (Some(value), true) = (&place.value, fits(content, measure)) else { return };
        if let Some(note) = value.note {
            notes.add(at(), note);
        }
        let mut cell = value.cell.clone();
        if content == Content::Fees {
            let stated = labels().find_map(Money::of);
            let unit = value.unit.or(stated).unwrap_or(Money::TenThousand);
            cell = unit.in_ten_thousands(&cell);
            if unit != Money::TenThousand && cell != Cell::Blank {
                notes.add(at(), "收费金额的单位不是万元，换算成万元");
            }
        }
        if !keep(&mut self.cells, (content as u8, measure as u8), &cell) {
            notes.add(at(), "同一格前面已经有另一个数，采用前面的");
        }
    }

    /// What a value without a header is, where its row can have but one.
    fn only(&self, grid: &Grid, place: &ValuePlace, content: Content) -> Option<Measure> {
        let headers = || place.above.iter().map(|owner| grid.cell(*owner).plain.as_str());
        let is_other = headers().any(words::of_2019);
        let is_open = headers().all(|label| {
            ["数量", "件数", "金额", "本年", "数据", "情况"].iter().any(|word| label.contains(word))
        });
        let only = match content {
            Content::Licences | Content::Penalties | Content::Coercion => Measure::Decisions,
            Content::Fees => Measure::Amount,
            Content::Rules | Content::Normative => return None,
        };
        (!self.is_2019 && !is_other && is_open && !place.left.is_empty()).then_some(only)
    }

    /// The table, and what of the form was not found in it.
    pub(super) fn finish(self, notes: &mut Notes) -> Table2 {
        let cell = |content: Content, measure: Measure| {
            let of_2019 = matches!(measure, Measure::Issued | Measure::Decisions);
            let of_form = !self.is_2019 || of_2019;
            let missing = if of_form && self.found() && self.rows.contains(&content) {
                Cell::Blank
            } else {
                Cell::Absent
            };
            let found = self.cells.get(&(content as u8, measure as u8)).cloned();
            found.filter(|_| of_form).unwrap_or(missing)
        };
        let stock = |content| Stock {
            issued: cell(content, Measure::Issued),
            ended: cell(content, Measure::Ended),
            in_force: cell(content, Measure::InForce),
        };
        if self.found() {
            for (content, name) in NAMES {
                if !self.rows.contains(&content) {
                    notes.add("表二", format!("没有“{name}”一行"));
                }
            }
        }
        Table2 {
            rules: stock(Content::Rules),
            normative: stock(Content::Normative),
            licences: cell(Content::Licences, Measure::Decisions),
            penalties: cell(Content::Penalties, Measure::Decisions),
            coercion: cell(Content::Coercion, Measure::Decisions),
            fees: cell(Content::Fees, Measure::Amount),
        }
    }
}

/// The rows by their names.
const NAMES: [(Content, &str); 6] = [
    (Content::Rules, "规章"),
    (Content::Normative, "行政规范性文件"),
    (Content::Licences, "行政许可"),
    (Content::Penalties, "行政处罚"),
    (Content::Coercion, "行政强制"),
    (Content::Fees, "行政事业性收费"),
];

/// Whether the form has such a cell.
const fn fits(content: Content, measure: Measure) -> bool {
    match content {
        Content::Rules | Content::Normative => {
            matches!(measure, Measure::Issued | Measure::Ended | Measure::InForce)
        }
        Content::Licences | Content::Penalties | Content::Coercion => {
            matches!(measure, Measure::Decisions)
        }
        Content::Fees => matches!(measure, Measure::Amount),
    }
}
