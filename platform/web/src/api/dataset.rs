//! Sets of data that are given out whole, as a room offers them.

use serde_json::Value;

use super::shape::Resource;
use crate::{House, Later, Site};

/// Rows, and the mark after which the next go on.
pub type DatasetBatch = (Vec<Value>, Option<String>);

/// One set of data.
#[derive(Debug, Clone, Copy)]
pub struct Dataset {
    /// Its part of an address, full pinyin: `wenjian`.
    pub slug: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What is in it.
    pub about: &'static str,
    /// Words by which it is found.
    pub keywords: &'static [&'static str],
    /// Its columns.
    pub columns: fn() -> Resource,
    /// The list of the interface that gives the same row by row.
    pub list: &'static str,
    /// The page for people that shows the same, below a site.
    pub page: &'static str,
    /// The rows after a mark, some hundreds at a time.
    pub batch: for<'a> fn(&'a House, &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch>,
}
