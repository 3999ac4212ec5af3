//! How often which kind of page is asked for, counted by the server itself: a day, a site, a kind of page and a
//! number. No cookie, no address, no browser, nothing of whoever asks is kept (docs/readings/233).
//!
//! The counts are in memory, a bounded number of them, until a room writes them down.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, Method, StatusCode, header};
use law::Date;

/// Different counts at a time: days × sites × kinds of pages; what comes beyond is not counted.
const MOST: usize = 20_000;

/// A page that takes longer counts as not opened (国办秘函〔2019〕19号, 站点无法访问).
const TOO_LONG: Duration = Duration::from_secs(15);

/// What programs that collect pages call themselves.
const PROGRAMS: [&str; 6] = ["bot", "spider", "crawl", "curl/", "wget/", "python"];

/// How often one kind of page of one site was asked for on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitCount {
    /// The day in China.
    pub day: Date,
    /// The address prefix of the site.
    pub site: String,
    /// The kind of page: its address without what is different from page to page, `/wenjian`.
    pub kind: String,
    /// How often it was given out.
    pub times: i64,
    /// How often it could not be, or took too long.
    pub failed: i64,
}

type Key = (Date, String, &'static str);

/// What was counted since it was written down last.
#[derive(Debug, Default)]
pub struct Visits(Mutex<HashMap<Key, (i64, i64)>>);

impl Visits {
    /// Counts a page that was asked for.
    pub(crate) fn note(&self, key: (Date, &str, &'static str), failed: bool) {
        let (day, site, kind) = key;
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (day, site.to_owned(), kind);
        if counts.len() >= MOST && !counts.contains_key(&key) {
            return;
        }
        let count = counts.entry(key).or_default();
        if failed { count.1 += 1 } else { count.0 += 1 }
    }

    /// The counts as they are, in order.
    pub fn now(&self) -> Vec<VisitCount> {
        listed(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes all counts out, in order.
    pub fn take(&self) -> Vec<VisitCount> {
        listed(&std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Puts back what could not be written down; what is no kind of page any more is dropped.
    pub fn put_back(&self, kinds: &[&'static str], taken: Vec<VisitCount>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for one in taken {
            let Some(kind) = kinds.iter().find(|kind| **kind == one.kind) else { continue };
            let count = counts.entry((one.day, one.site, kind)).or_default();
            *count = (count.0 + one.times, count.1 + one.failed);
        }
    }
}

fn listed(counts: &HashMap<Key, (i64, i64)>) -> Vec<VisitCount> {
    let one = |((day, site, kind), (times, failed)): (&Key, &(i64, i64))| VisitCount {
        day: *day,
        site: site.clone(),
        kind: (*kind).to_owned(),
        times: *times,
        failed: *failed,
    };
    let mut all: Vec<VisitCount> = counts.iter().map(one).collect();
    all.sort_by(|a, b| (a.day, &a.site, &a.kind).cmp(&(b.day, &b.site, &b.kind)));
    all
}

/// Whether somebody reads: a browser that asks for a page, and no program that says it is one.
pub(crate) fn is_reader(method: &Method, headers: &HeaderMap) -> bool {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default().to_ascii_lowercase();
    let told = !PROGRAMS.iter().any(|program| agent.contains(program));
    *method == Method::GET && told
}

/// Whether an answer is counted, and whether it counts as failed.
pub(crate) fn outcome(status: StatusCode, headers: &HeaderMap, took: Duration) -> Option<bool> {
    if status.is_server_error() || took > TOO_LONG {
        return Some(true);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let given = status == StatusCode::OK || status == StatusCode::NOT_MODIFIED;
    (given && (page || status == StatusCode::NOT_MODIFIED)).then_some(false)
}

/// The kinds of pages among the addresses of the house, the longest first.
pub(crate) fn kinds(paths: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let fixed = |path: &'static str| match path.split_once("/{") {
        Some(("", _)) | None => path,
        Some((fixed, _)) => fixed,
    };
    let mut kinds: Vec<&'static str> =
        paths.map(fixed).filter(|kind| !kind.contains('{')).collect();
    kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.len()), *kind));
    kinds.dedup();
    kinds
}

/// The kind of an address below a site.
pub(crate) fn kind_of(kinds: &[&'static str], path: &str) -> Option<&'static str> {
    let below = |kind: &str| {
        path.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    kinds.iter().copied().find(|kind| if *kind == "/" { path == "/" } else { below(kind) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const DAY: Date = law::day(2026, 11, 25);

    #[test]
    fn a_page_is_counted_by_its_kind_and_never_by_what_was_looked_for() {
        let paths = [
            "/",
            "/wenjian",
            "/wenjian/{id}",
            "/gongkai/fading/{lanmu}",
            "/{any}",
            "/mulu/{a}/{b}",
        ];
        let kinds = kinds(paths.into_iter());
        for (path, kind) in [
            ("/", Some("/")),
            ("/wenjian", Some("/wenjian")),
            ("/wenjian/0193-abc", Some("/wenjian")),
            ("/wenjianx", None),
            ("/gongkai/fading/caizheng", Some("/gongkai/fading")),
            ("/mulu/jiuye/00000001", Some("/mulu")),
            ("/meiyou", None),
        ] {
            assert_eq!(kind_of(&kinds, path), kind, "{path}");
        }
    }

    #[test]
    fn counts_are_taken_once_and_what_was_not_written_comes_back() {
        let visits = Visits::default();
        visits.note((DAY, "/siming", "/wenjian"), false);
        visits.note((DAY, "/siming", "/wenjian"), false);
        visits.note((DAY, "/siming", "/wenjian"), true);
        let taken = visits.take();
        assert_eq!(taken.len(), 1);
        assert_eq!((taken[0].times, taken[0].failed), (2, 1));
        assert_eq!(visits.take(), []);
        visits.put_back(&["/wenjian"], taken.clone());
        assert_eq!(visits.now(), taken);
    }

    #[test]
    fn a_storm_of_different_sites_takes_no_more_room() {
        let visits = Visits::default();
        for one in 0..MOST + 50 {
            visits.note((DAY, &format!("/{one}"), "/"), false);
        }
        visits.note((DAY, "/7", "/"), false);
        let all = visits.take();
        assert_eq!(all.len(), MOST);
        assert_eq!(all.iter().find(|one| one.site == "/7").map(|one| one.times), Some(2));
    }

    #[test]
    fn files_refusals_and_programs_are_not_counted_and_what_is_slow_failed() {
        let html = HeaderMap::from_iter([(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        )]);
        let quick = Duration::from_millis(3);
        for (status, headers, took, counted) in [
            (StatusCode::OK, &html, quick, Some(false)),
            (StatusCode::OK, &HeaderMap::new(), quick, None),
            (StatusCode::NOT_FOUND, &html, quick, None),
            (StatusCode::SEE_OTHER, &html, quick, None),
            (StatusCode::INTERNAL_SERVER_ERROR, &html, quick, Some(true)),
            (StatusCode::OK, &html, Duration::from_secs(16), Some(true)),
        ] {
            assert_eq!(outcome(status, headers, took), counted, "{status} {took:?}");
        }
        let program = HeaderMap::from_iter([(
            header::USER_AGENT,
            HeaderValue::from_static("Mozilla/5.0 (compatible; Somebot/2.1)"),
        )]);
        assert!(is_reader(&Method::GET, &HeaderMap::new()) && !is_reader(&Method::GET, &program));
        assert!(!is_reader(&Method::POST, &HeaderMap::new()));
    }
}
