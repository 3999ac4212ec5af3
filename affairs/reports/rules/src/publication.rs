//! 报送和公布: by when a report must be out (条例第四十九条). Dates are not moved off a rest day
//! (docs/readings/003).

use law::{Date, Dated, article, day};
use serde::{Deserialize, Serialize};

use crate::register::ReportYear;

/// Whose report it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportLevel {
    /// A department of a county or higher: to the 主管部门, and published.
    Department,
    /// A county or higher: the 主管部门 publishes for the government.
    Government,
}

/// Month and day of the following year, for departments and for governments.
pub const REPORT_DUE: Dated<[(i8, i8); 2]> = Dated::since(&[
    (day(2008, 5, 1), [(3, 31), (3, 31)], article("政府信息公开条例（2007年）", 31)),
    (day(2019, 5, 15), [(1, 31), (3, 31)], article("政府信息公开条例", 49)),
]);

impl ReportLevel {
    /// The last day for the report of a year; none for years before there were reports.
    pub fn due(self, year: ReportYear) -> Option<Date> {
        let following = year.number().checked_add(1)?;
        let [department, government] = REPORT_DUE.on(Date::new(following, 1, 1).ok()?).ok()?.value;
        let (month, day) = match self {
            Self::Department => department,
            Self::Government => government,
        };
        Date::new(following, month, day).ok()
    }
}
