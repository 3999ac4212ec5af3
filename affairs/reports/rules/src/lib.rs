//! What the law says of the annual report (政府信息公开工作年度报告): 条例第四十九条、第五十条 and
//! 国办公开办函〔2021〕30号.
//!
//! - [`Table2`], [`Table3`] and [`Table4`] hold what stands in the report's tables, [`Cell`] by cell.
//! - [`breaches`] names each [`Breach`] of the identities I1 to I6 with its place;
//!   [`carried_in_breaches`] compares with the year before.
//! - [`Doubt`]s I7 to I9 are looked at and explained; [`ReportStage`] leads from draft to publication,
//!   [`Section`] names the six parts, [`report_due`] the last days.
//! - [`derive`] counts tables 3 and 4 from the register, [`behind`] opens a number down to its rows,
//!   [`register_figures`] gives all numbers with their rows at once; a [`CellPlace`] names each cell.
//!
//! Nothing here does input or output or asks what day it is.

mod cell;
mod doubt;
mod identity;
mod place;
mod prose;
mod publication;
mod register;
mod scope;
mod section;
mod stage;
mod table2;
mod table3;
mod table4;
mod tables;

pub use cell::{Cell, Figure};
pub use doubt::{Doubt, ProseNumber, prose_doubts, stock_doubts, together, whole_doubts};
pub use identity::{Breach, breaches, carried_in_breaches, register_breaches, table2_breaches};
pub use place::{CellPlace, FEES_COLLECTED, Table2Cell};
pub use prose::{fee_said, prose_numbers};
pub use publication::{Reporter, next_report, report_due, report_opens};
pub use register::{
    Derived, RegisterEntry, RegisterFigures, RemedyEntry, RemedyOutcome, ReportYear, behind,
    derive, register_figures,
};
pub use scope::Member;
pub use section::{Section, Topic};
pub use stage::{Checked, ReportCorrection, ReportRefused, ReportStage, year_is_over};
pub use table2::{Stock, TABLE2_ROWS, Table2, Table2Row};
pub use table3::{COLUMN_NAMES, COLUMNS, Row, TOTAL, Table3};
pub use table4::{RemedyCell, RemedyGroup, Table4};
pub use tables::Tables;
