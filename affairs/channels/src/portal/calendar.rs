//! `/zhuanqu/{id}/kaifang.ics`: the days on which a zone is open, for a calendar of one's own (RFC 5545).

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use web::ics::{Calendar, Entry, written};
use web::{Fault, Visit};

use super::one::{days, zone_at};

/// So many days ahead.
const AHEAD: i64 = 60;

/// Gives it.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let zone = zone_at(&visit, &id).await?;
    let today = visit.house.ledger().clock().today();
    let closures = zone.closures(visit.house.store(), today).await?;
    let open = days(&visit, &zone, (&closures, AHEAD)).into_iter();
    let entry = |day: super::one::Day| Entry {
        day: day.day,
        key: format!("zone {} {}", zone.id, day.day),
        title: format!("{} {}", zone.told.name, day.hours),
        detail: format!("{}，电话 {}", zone.told.address, zone.told.phone),
        address: Some(visit.site.frame.address(&zone.path())),
    };
    let entries: Vec<Entry> = open.filter(|day| day.hours != "不开放").map(entry).collect();
    let calendar = Calendar { product: "zone", name: &zone.told.name };
    let text = written(calendar, &entries, visit.house.ledger().clock().now());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned());
    let saved = "attachment; filename=\"kaifang.ics\"".to_owned();
    Ok(([kind, (header::CONTENT_DISPOSITION, saved)], text).into_response())
}
