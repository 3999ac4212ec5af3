//! What tests of every crate need to run on both engines.

use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, Database};

use crate::{FromQueryResult, Place, Statements, Store, Value};

/// A folder's path of its own, used by no test before and by no other now, and gone with this value. A name
/// made of the process alone would come again once process numbers do, with what a killed test left.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A path in the temporary folder; nothing is there yet.
    pub fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("gongkai-{name}-{}", uuid::Uuid::now_v7())))
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

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
    let folder = Folder::new(name);
    check(Place::File(folder.path().join("a.db"))).await;
    drop(folder);
    match postgres(name).await {
        Some(place) => check(place).await,
        None => skipped("PostgreSQL 未提供，只验证了 SQLite"),
    }
}

/// How SQLite would answer a statement: the steps of its plan, in its words.
///
/// # Panics
/// The statement is none that this database knows.
pub async fn plan(store: &Store, sql: &str, values: Vec<Value>) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Step {
        detail: String,
    }
    let steps: Vec<Step> =
        store.all(&format!("EXPLAIN QUERY PLAN {sql}"), values).await.expect("explains");
    steps.into_iter().map(|step| step.detail).collect()
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
