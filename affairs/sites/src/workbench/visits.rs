//! `/gongzuo/fangwen`: how often which kind of page was asked for, as a picture, a table and a file.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Span;
use law::Date;
use web::workbench::Workbench;
use web::{Clerk, Fault, Site, Visit, VisitCount};

use super::site_of;
use crate::inspecting::whole_of;
use crate::store;

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/fangwen";
/// The same as a table for programs.
pub(super) const FILE: &str = "/gongzuo/fangwen.csv";

/// Days that are shown.
const DAYS: i64 = 30;

/// How high the picture is.
const HEIGHT: i64 = 120;

#[derive(Template)]
#[template(path = "workbench/visits.html")]
struct VisitsPage {
    desk: Workbench,
    place: String,
    total: i64,
    bars: Vec<Bar>,
    kinds: Vec<(String, i64)>,
    csv: String,
    said: String,
}

struct Bar {
    x: i64,
    y: i64,
    height: i64,
    day: String,
    times: i64,
    failed: i64,
}

/// What was written down and what is still in memory.
async fn counts(visit: &Visit, site: &Site) -> Result<(Date, Vec<VisitCount>), Fault> {
    let today = visit.house.ledger().clock().today();
    let since = today.saturating_sub(Span::new().days(DAYS - 1));
    let bases = whole_of(&visit.house.directory(), site);
    let mut counts = store::visits::since(visit.house.store(), (&bases, since)).await?;
    let own = |one: &VisitCount| bases.contains(&one.site);
    counts
        .extend(visit.house.visits().now().into_iter().filter(|one| own(one) && one.day >= since));
    let mut sums: BTreeMap<(Date, String), (i64, i64)> = BTreeMap::new();
    for one in counts {
        let sum = sums.entry((one.day, one.kind)).or_default();
        *sum = (sum.0 + one.times, sum.1 + one.failed);
    }
    let one = |((day, kind), (times, failed))| VisitCount {
        day,
        site: site.base().to_owned(),
        kind,
        times,
        failed,
    };
    Ok((since, sums.into_iter().map(one).collect()))
}

/// Shows it.
pub(super) async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let (since, counts) = counts(&visit, &site).await?;
    let mut kinds: BTreeMap<&str, i64> = BTreeMap::new();
    for one in &counts {
        *kinds.entry(&one.kind).or_default() += one.times;
    }
    let named = |kind: &str| {
        let nav = site.frame.nav.iter().find(|item| item.path == kind);
        nav.map_or_else(|| kind.to_owned(), |item| format!("{}（{kind}）", item.words))
    };
    let mut kinds: Vec<(String, i64)> =
        kinds.into_iter().map(|(kind, times)| (named(kind), times)).collect();
    kinds.sort_by_key(|(kind, times)| (std::cmp::Reverse(*times), kind.clone()));
    let total = counts.iter().map(|one| one.times).sum();
    let bars = bars(since, &counts);
    let desk = Workbench::of(&visit, clerk, "fangwen", "访问量").await?;
    web::page::answer(&VisitsPage {
        place: site.frame.name.clone(),
        total,
        said: format!("最近 {DAYS} 天每天打开的页面数，共 {total} 次"),
        bars,
        kinds,
        csv: visit.site.link(FILE),
        desk,
    })
}

fn bars(since: Date, counts: &[VisitCount]) -> Vec<Bar> {
    let of = |day: Date| {
        let own = counts.iter().filter(|one| one.day == day);
        own.fold((0, 0), |sum, one| (sum.0 + one.times, sum.1 + one.failed))
    };
    let days: Vec<(Date, (i64, i64))> = (0..DAYS)
        .map(|at| since.saturating_add(Span::new().days(at)))
        .map(|day| (day, of(day)))
        .collect();
    let most = days.iter().map(|(_, (times, _))| *times).max().unwrap_or_default().max(1);
    let bar = |(at, (day, (times, failed))): (usize, (Date, (i64, i64)))| {
        let height = times * HEIGHT / most;
        let x = i64::try_from(at).unwrap_or_default() * 18 + 2;
        Bar { x, y: HEIGHT - height, height, day: day.to_string(), times, failed }
    };
    days.into_iter().enumerate().map(bar).collect()
}

/// Gives it as a table.
pub(super) async fn file(visit: Visit, clerk: Clerk) -> Result<Response, Fault> {
    let site = site_of(&visit, &clerk);
    let (_, counts) = counts(&visit, &site).await?;
    let mut table = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    let written = table.write_record(["日期", "站点", "页面类型", "打开次数", "没有打开次数"]);
    written.map_err(Fault::inside)?;
    for one in counts {
        let row = [
            one.day.to_string(),
            site.place.clone(),
            one.kind,
            one.times.to_string(),
            one.failed.to_string(),
        ];
        table.write_record(row).map_err(Fault::inside)?;
    }
    let bytes = table.into_inner().map_err(|error| Fault::inside(error.to_string()))?;
    let saved = HeaderValue::from_static("attachment; filename=\"fangwen.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, saved)], bytes)
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_day_fills_the_picture_and_a_day_without_visits_is_there_too() {
        let since = law::day(2026, 11, 1);
        let one = |day, times| VisitCount {
            day,
            site: String::new(),
            kind: "/".into(),
            times,
            failed: 0,
        };
        let counts = [one(law::day(2026, 11, 3), 50), one(law::day(2026, 11, 4), 25)];
        let bars = bars(since, &counts);
        assert_eq!(bars.len(), 30);
        assert_eq!((bars[2].height, bars[3].height, bars[4].height), (HEIGHT, HEIGHT / 2, 0));
    }
}
