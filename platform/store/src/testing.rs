//! What tests of every crate need to run on both engines.

use sea_orm::{ConnectionTrait, Database};

use crate::Place;

/// A fresh PostgreSQL schema, when the gate has started a server (`GONGKAI_TEST_POSTGRES`).
pub async fn postgres(name: &str) -> Option<Place> {
    let address = std::env::var("GONGKAI_TEST_POSTGRES").ok()?;
    let schema = format!("{name}_{}", uuid::Uuid::now_v7().simple());
    let base = Database::connect(&address).await.expect("the test server answers");
    base.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("a fresh schema");
    let joint = if address.contains('?') { '&' } else { '?' };
    Some(Place::Postgres(format!(
        "{address}{joint}options=-c%20search_path%3D{schema}&application_name=gongkai-throwaway"
    )))
}

/// Runs a check on a fresh SQLite file and, where a server is provided, on a fresh PostgreSQL
/// schema.
///
/// # Panics
/// In CI without a server: there the second engine must not be left out.
pub async fn on_both(name: &str, check: impl AsyncFn(Place)) {
    let folder = std::env::temp_dir().join(format!("{name}-{}", uuid::Uuid::now_v7()));
    check(Place::File(folder.join("a.db"))).await;
    std::fs::remove_dir_all(folder).ok();
    match postgres(name).await {
        Some(place) => check(place).await,
        None => skipped("PostgreSQL 未提供，只验证了 SQLite"),
    }
}

/// Says aloud that a test was left out, and counts it for the gate (`GONGKAI_SKIP_LOG`).
///
/// # Panics
/// In CI, where nothing may be left out.
pub fn skipped(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "CI leaves nothing out: {why}");
    eprintln!("skipped: {why}");
    if let Ok(log) = std::env::var("GONGKAI_SKIP_LOG") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().create(true).append(true).open(log);
        if let Ok(mut file) = file {
            writeln!(file, "{why}").ok();
        }
    }
}
