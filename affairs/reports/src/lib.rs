//! 年度报告 (政府信息公开工作年度报告): the room of the annual reports.
//!
//! [`reading`] takes a report as it is found published, a web page or a workbook of whatever layout, into
//! the tables of [`reports_rules`], so that years can be compared and carried-over numbers checked.

pub mod reading;
