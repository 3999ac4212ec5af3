//! A table as it is to be printed or saved, whatever it is about.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{WriteError, csv, docx, html, width, xlsx};

/// Several sheets in one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// The sheets in order.
    pub sheets: Vec<Sheet>,
}

/// A table with its title, headings in one or two rows, and notes below.
///
/// Rows repeat what a merged cell says in every row it stands for, so that a row is complete by
/// itself; only printing draws the merged cell once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The tab's name; shortened and cleaned for XLSX.
    pub name: String,
    /// The title above the table.
    pub title: String,
    /// Lines between title and table: the first stands left, the last right, one alone in the middle.
    #[serde(default)]
    pub subtitle: Vec<String>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Each row has one text for each column; line breaks are kept.
    pub rows: Vec<Vec<String>>,
    /// Cells that stand for several rows.
    #[serde(default)]
    pub merges: Vec<Merge>,
    /// Notes below the table.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Whether it is printed across the page.
    #[serde(default)]
    pub landscape: bool,
    /// The date the file says it was made on; none leaves a fixed one.
    #[serde(default)]
    pub made: Option<Date>,
    /// The organ the file says it comes from.
    #[serde(default)]
    pub author: String,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The heading above this one; neighbours with the same group share it.
    #[serde(default)]
    pub group: Option<String>,
    /// The heading.
    pub name: String,
    /// Its share of the width against the others' shares; none measures the content.
    #[serde(default)]
    pub width: Option<f64>,
    /// How its texts stand.
    #[serde(default)]
    pub align: Align,
}

/// How a text stands in its cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left, for sentences.
    #[default]
    Start,
    /// In the middle, for numbers, ticks and short words.
    Center,
}

/// A run of rows over which one cell of a column stands. Rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The column.
    pub column: usize,
    /// The first row of the run.
    pub first: usize,
    /// The last row of the run, included; beyond `first`.
    pub last: usize,
}

impl Column {
    /// A column under no group, its width measured, its texts at the left.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Puts the column under a group heading.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Gives the column a share of the width.
    #[must_use]
    pub fn wide(mut self, share: f64) -> Self {
        self.width = Some(share);
        self
    }

    /// Puts the column's texts in the middle.
    #[must_use]
    pub fn centered(mut self) -> Self {
        self.align = Align::Center;
        self
    }
}

impl Sheet {
    /// Merges the equal neighbours of `column` within the runs of the columns before it that are
    /// merged already, so that a 二级事项 never reaches across two 一级事项. Empty cells are not
    /// merged. Call it from left to right.
    pub fn merge_equal(&mut self, column: usize) {
        let mut first = 0;
        for row in 1..=self.rows.len() {
            if row < self.rows.len() && self.continues(column, row) {
                continue;
            }
            let empty = self.rows.get(first).and_then(|row| row.get(column));
            if row - first > 1 && empty.is_some_and(|text| !text.is_empty()) {
                self.merges.push(Merge { column, first, last: row - 1 });
            }
            first = row;
        }
    }

    /// Whether the cell says the same as the one above it, and no run to its left ends between.
    fn continues(&self, column: usize, row: usize) -> bool {
        let same = self.rows[row].get(column) == self.rows[row - 1].get(column);
        let merged = self.merges.iter().map(|merge| merge.column).filter(|left| *left < column);
        same && merged.collect::<HashSet<_>>().into_iter().all(|left| self.inside(left, row))
    }

    fn inside(&self, column: usize, row: usize) -> bool {
        let holds =
            |merge: &&Merge| merge.column == column && merge.first < row && row <= merge.last;
        self.merges.iter().any(|merge| holds(&merge))
    }

    /// The merge in which each merged cell takes part, by column and row.
    pub(super) fn runs(&self) -> HashMap<(usize, usize), Merge> {
        let cells = |merge: &Merge| {
            let merge = *merge;
            (merge.first..=merge.last).map(move |row| ((merge.column, row), merge))
        };
        self.merges.iter().flat_map(cells).collect()
    }

    /// Whether any column stands under a group, so that the headings take two rows.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// The groups as `(first column, last column, heading)`; columns under none are left out.
    pub(super) fn groups(&self) -> Vec<(usize, usize, &str)> {
        let mut groups: Vec<(usize, usize, &str)> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Some(group) = column.group.as_deref() else { continue };
            match groups.last_mut() {
                Some((_, last, name)) if *last + 1 == at && *name == group => *last = at,
                _ => groups.push((at, at, group)),
            }
        }
        groups
    }

    /// Checks that rows are as long as the columns and merges lie within the rows, apart from each
    /// other: whoever builds a sheet promises that, and writers count on it.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`] with the first place that is wrong.
    pub fn check(&self) -> Result<(), WriteError> {
        let shape = |detail: String| Err(WriteError::Shape { detail });
        if self.columns.is_empty() {
            return shape("没有列".to_owned());
        }
        let short = self.rows.iter().position(|row| row.len() != self.columns.len());
        if let Some(at) = short {
            return shape(format!("第 {} 行的列数与表头不同", at + 1));
        }
        let mut merges = self.merges.clone();
        merges.sort_by_key(|merge| (merge.column, merge.first));
        for merge in &merges {
            let within = merge.column < self.columns.len() && merge.last < self.rows.len();
            if !within || merge.first >= merge.last {
                return shape(format!("第 {} 列的合并超出表格", merge.column + 1));
            }
        }
        let apart =
            |pair: &[Merge]| pair[0].column != pair[1].column || pair[0].last < pair[1].first;
        match merges.windows(2).find(|pair| !apart(pair)) {
            Some(pair) => shape(format!("第 {} 列的合并互相重叠", pair[0].column + 1)),
            None => Ok(()),
        }
    }

    /// The data of the press's 标准目录 template: this sheet with every width measured.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`].
    pub fn to_press(&self) -> Result<Value, WriteError> {
        self.check()?;
        let mut sheet = self.clone();
        let shares = width::shares(self);
        for (column, share) in sheet.columns.iter_mut().zip(shares) {
            column.width = Some(share);
        }
        serde_json::to_value(&sheet)
            .map_err(|error| WriteError::Format { format: "PDF", detail: error.to_string() })
    }

    /// The table as a page of HTML.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`] if rows and columns do not fit.
    pub fn to_html(&self) -> Result<Vec<u8>, WriteError> {
        self.check()?;
        Ok(html::page(self).into_bytes())
    }

    /// The table alone as HTML, escaped, to stand in a page.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`] if rows and columns do not fit.
    pub fn to_html_table(&self) -> Result<String, WriteError> {
        self.check()?;
        Ok(html::table(self))
    }

    /// The table as CSV: UTF-8 with a byte order mark and CRLF, so that Excel and WPS open it
    /// rightly; one heading row, and no cell that a spreadsheet would take for a formula.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`].
    pub fn to_csv(&self) -> Result<Vec<u8>, WriteError> {
        self.check()?;
        csv::write(self)
    }

    /// The sheet as a DOCX with one table.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`] and [`WriteError::Format`].
    pub fn to_docx(&self) -> Result<Vec<u8>, WriteError> {
        self.check()?;
        docx::sheet(self)
    }

    /// The sheet as an XLSX by itself.
    ///
    /// # Errors
    ///
    /// As [`Book::to_xlsx`].
    pub fn to_xlsx(&self) -> Result<Vec<u8>, WriteError> {
        xlsx::write(std::slice::from_ref(self))
    }
}

impl Book {
    /// The sheets as one XLSX.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`], [`WriteError::TooLarge`] and [`WriteError::Format`].
    pub fn to_xlsx(&self) -> Result<Vec<u8>, WriteError> {
        xlsx::write(&self.sheets)
    }
}
