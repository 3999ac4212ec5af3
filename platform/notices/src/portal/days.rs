//! `/dingyue/*.ics`: days for readers' calendars (RFC 5545). A calendar that is followed looks again by itself.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use law::{Date, DayKind};
use web::ics::{Calendar, Entry, written};
use web::{Fault, Visit};

/// So many days ahead the hours of the office are told.
const AHEAD: i64 = 60;

/// Days of which rooms know: until when the public is asked, by when reports come.
pub(super) async fn dates(visit: Visit) -> Result<Response, Fault> {
    let days = visit.house.public_days(&visit.site).await?;
    let entry = |day: web::PublicDay| Entry {
        day: day.day,
        key: format!("{} {}", visit.site.division, day.key),
        title: day.title,
        detail: day.detail,
        address: Some(visit.site.frame.address(&day.path)),
    };
    let entries: Vec<Entry> = days.into_iter().map(entry).collect();
    Ok(given(&visit, ("days", "公开日历", "riqi"), &entries))
}

/// The days on which the office is open, by the State Council's arrangement, with its hours.
pub(super) async fn hours(visit: Visit) -> Result<Response, Fault> {
    let contact = &visit.site.frame.contact;
    let hours = contact.hours.as_deref().ok_or_else(|| {
        Fault::Refused(
            "本站没有登记对外办公时间，没有可以加到日历的。请打电话问政务公开办。".into(),
        )
    })?;
    let (today, calendar) = (visit.house.ledger().clock().today(), visit.house.ledger().calendar());
    let works = |day: &Date| calendar.day(*day).is_ok_and(DayKind::is_working);
    let detail: Vec<&str> =
        [contact.address.as_deref(), contact.phone.as_deref()].into_iter().flatten().collect();
    let days = (0..AHEAD).filter_map(|ahead| today.checked_add(ahead.days()).ok()).filter(works);
    let entry = |day: Date| Entry {
        day,
        key: format!("{} hours {day}", visit.site.division),
        title: format!("{}对外办公 {hours}", contact.office),
        detail: detail.join("，"),
        address: Some(visit.site.frame.address("/gongkai/zhinan")),
    };
    let entries: Vec<Entry> = days.map(entry).collect();
    Ok(given(&visit, ("hours", "对外办公", "bangong"), &entries))
}

fn given(visit: &Visit, (product, name, file): (&str, &str, &str), entries: &[Entry]) -> Response {
    let name = format!("{}{name}", visit.site.place);
    let calendar = Calendar { product, name: &name };
    let text = written(calendar, entries, visit.house.ledger().clock().now());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned());
    let saved = format!("attachment; filename=\"{file}.ics\"");
    ([kind, (header::CONTENT_DISPOSITION, saved)], text).into_response()
}
