//! `/kanban/dinggao.atom`: the quarters and years whose numbers are fixed, and their corrections.

use axum::response::Response;
use web::page::{Feed, FeedEntry};
use web::{Fault, Visit};

use crate::store::Count;

/// So many entries.
const MOST: usize = 20;

/// Gives the feed.
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    let all = Count::all(visit.house.store()).await?;
    let mut fixed: Vec<&Count> = all.iter().filter(|one| one.is_fixed).collect();
    fixed.sort_by(|one, other| other.counted_at.cmp(&one.counted_at));
    let entry = |one: &&Count| {
        let (period, version) = (one.period.key(), one.version);
        let what = if version > 1 { "更正" } else { "定稿" };
        FeedEntry {
            title: format!("{}{}公开质量数字{what}", visit.site.place, one.period.name()),
            path: format!("/kanban?jidu={period}&banben={version}"),
            updated: one.counted_at.clone(),
            organ: visit.site.frame.host_unit.clone(),
            summary: match one.note.as_str() {
                "" => format!("数据截至 {}", one.known_on),
                note => note.to_owned(),
            },
        }
    };
    let feed = Feed {
        site: &visit.site.frame,
        title: "公开质量数字定稿".into(),
        path: "/kanban".into(),
        own_path: "/kanban/dinggao.atom".into(),
        entries: fixed.iter().take(MOST).map(entry).collect(),
        gone: Vec::new(),
    };
    feed.answer()
}
