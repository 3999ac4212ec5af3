//! `/sousuo/tishi`: titles to choose from while the question is being typed. The box works without.

use std::sync::Arc;

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use web::{Fault, Visit};

/// The most titles offered.
const MOST: usize = 8;
/// How long a browser may keep an answer, so that going back a letter asks nothing.
const KEPT: &str = "private, max-age=60";

/// What was typed so far.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// The titles of the site that what was typed may mean, as a JSON list of words; empty where there is nothing
/// to offer.
pub async fn suggest(visit: Visit, Query(typed): Query<Typed>) -> Result<Response, Fault> {
    let house = Arc::clone(&visit.house);
    let division = visit.site.division.clone();
    let found = tokio::task::spawn_blocking(move || {
        house.search().suggest(&typed.q, Some(division.as_str()), MOST)
    });
    let found = found.await.map_err(Fault::inside)??;
    let titles: Vec<String> = found.into_iter().map(|one| one.title).collect();
    let said = serde_json::to_vec(&titles).map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, KEPT)], said)
        .into_response())
}
