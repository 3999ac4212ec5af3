//! 年度报告 (政府信息公开工作年度报告): the room of the annual reports.
//!
//! A year's report is opened for an organ with numbers that other rooms count ([`web::FigureSource`]) or its
//! organs have published; it is checked, frozen, reviewed and published, and corrected by another version.
//! [`reading`] takes a report as it is found published, a web page or a workbook of whatever layout, into the
//! same tables, so that years can be compared and carried-over numbers checked; [`writing`] gives one out.

pub mod acts;
pub mod checking;
pub mod grid;
mod inscription;
mod ledger_words;
pub mod reading;
pub mod store;
pub mod writing;

use ::store::Migration;

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261126840,
    name: "annual reports",
    sql: include_str!("../migrations/20261126840_annual_reports.sql"),
}];

