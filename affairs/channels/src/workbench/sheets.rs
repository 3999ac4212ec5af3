//! `/gongzuo/zhuanqu/{id}/fuwu.csv`: a year's visits.

use std::fmt::Write;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use web::{Clerk, Fault, Visit};

use super::{RECORD, own};
use crate::store::VisitLine;

/// Gives them: one line for each day, purpose and way of counting. The mark at the head is for spreadsheets.
pub async fn visits(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    own(&visit, &clerk, RECORD, &id).await?;
    let today = visit.house.ledger().clock().today();
    let since = today.checked_sub(1.year()).unwrap_or(today);
    let lines = VisitLine::of(visit.house.store(), &id, (since, today)).await?;
    let mut text = String::from("\u{feff}日期,事由,计数,人次\r\n");
    for line in lines {
        let how = if line.by_machine { "自助机" } else { "人工" };
        let (day, purpose) = (line.day, line.purpose.name());
        write!(text, "{day},{purpose},{how},{}\r\n", line.number).map_err(Fault::inside)?;
    }
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    let saved = format!("attachment; filename=\"{id}-fuwu.csv\"");
    Ok(([kind, (header::CONTENT_DISPOSITION, saved)], text).into_response())
}
