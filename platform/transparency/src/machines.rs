//! The addresses of C2SP tlog-tiles, in exactly its form.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tlog::Tile;
use web::{Fault, House};

/// What is true for ever may be kept for ever.
const FOR_EVER: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "application/octet-stream"),
    (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
];

/// The next moment there may be another.
const A_MOMENT: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
    (header::CACHE_CONTROL, "public, max-age=1"),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
];

/// `/checkpoint`: how large the log is and what it hashes to, signed.
pub async fn checkpoint(State(house): State<Arc<House>>) -> Result<Response, Fault> {
    let text = house.ledger().log().checkpoint_text().await?.ok_or(Fault::NotFound)?;
    Ok((A_MOMENT, text).into_response())
}

/// `/tile/…`: hashes of the tree, or the leaves themselves. What is not there is said in a word: nobody
/// but a program asks.
pub async fn tile(
    State(house): State<Arc<House>>,
    Path(rest): Path<String>,
) -> Result<Response, Fault> {
    let tile = Tile::parse(&format!("tile/{rest}"));
    let bytes = match tile {
        Some(tile) => house.ledger().log().tile(tile).await?,
        None => None,
    };
    Ok(match bytes {
        Some(bytes) => (FOR_EVER, bytes).into_response(),
        None => (StatusCode::NOT_FOUND, "no such tile\n").into_response(),
    })
}
