//! `/shenqing/wancheng.ics`: the last day, for the applicant's calendar (RFC 5545). It names the number and
//! nothing else: calendars are shared.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use law::Date;
use web::{Fault, Visit};

use super::{TRACK, done, onward, unkept};

/// Gives the day out.
pub(super) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let ledger = visit.house.ledger();
    let day = done::day_of(&case, &ledger.calendar(), ledger.clock().today())?;
    let (day, words) = day.ok_or_else(|| {
        Fault::Refused("这份申请现在没有要等的日子，没有可以加到日历的。请看办理进度。".into())
    })?;
    let stamp = ledger.clock().now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let text = event(&case.filing.number, day, words, &stamp);
    let mut response = unkept(text);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    let saved = HeaderValue::from_static("attachment; filename=\"shenqing.ics\"");
    headers.insert(header::CONTENT_DISPOSITION, saved);
    Ok(response)
}

fn event(number: &str, day: Date, words: &str, stamp: &str) -> String {
    let after = day.tomorrow().unwrap_or(day);
    let plain = |day: Date| day.strftime("%Y%m%d").to_string();
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//shenqing//ZH",
        "BEGIN:VEVENT",
        &format!("UID:{number}@gongkai"),
        &format!("DTSTAMP:{stamp}"),
        &format!("DTSTART;VALUE=DATE:{}", plain(day)),
        &format!("DTEND;VALUE=DATE:{}", plain(after)),
        &format!("SUMMARY:{words}"),
        &format!("DESCRIPTION:登记编号 {number}"),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    .join("\r\n")
}

#[cfg(test)]
mod tests {
    use super::event;

    #[test]
    fn the_event_lasts_that_day() {
        let text =
            event("XM00001-2026-00001", law::day(2026, 12, 31), "最迟今天答复", "20261126T000000Z");
        assert!(
            text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"),
            "{text}"
        );
        assert!(text.lines().all(|line| line.len() <= 75), "no line needs folding");
    }
}
