//! A ledger with a log, and acts that leave leaves.

use std::path::PathBuf;

use ledger::{Actor, Clock, Entry, Leaf, Ledger, LogKey};
use store::{Migrations, Place, Store};

/// A store with its log's folder beside it.
pub struct Sample {
    pub ledger: Ledger,
    pub folder: PathBuf,
}

impl Drop for Sample {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

pub async fn open(place: &Place, clock: Clock) -> Ledger {
    let migrations = Migrations::of(jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).copied());
    let store = Store::open(place, &migrations).await.expect("opens");
    Ledger::open(store, clock, vec![]).await.expect("opens")
}

pub async fn on_both(check: impl AsyncFn(Sample)) {
    store::testing::on_both("log", async |place| {
        let folder = std::env::temp_dir().join(format!("log-key-{}", uuid::Uuid::now_v7()));
        let ledger = open(&place, Clock::Wall).await;
        check(Sample { ledger, folder }).await;
    })
    .await;
}

pub fn operator() -> Actor {
    Actor::Operator("clerk".into())
}

pub fn entry(subject: &str) -> Entry {
    Entry {
        room: "records",
        act: "publication",
        subject: subject.into(),
        organ: "XM00001".into(),
        basis: "《政府信息公开条例》第二十六条".into(),
        facts: serde_json::Value::Null,
    }
}

impl Sample {
    /// The key, and the log founded with it.
    pub async fn key(&self) -> LogKey {
        let key = LogKey::open_or_make(&self.folder, Some("gongkai.example/log")).expect("a key");
        self.ledger.found_log(operator(), &key).await.expect("founded");
        key
    }

    pub async fn act(&self, leaves: Vec<Leaf>) {
        let mut desk = self.ledger.desk(operator()).await.expect("a desk");
        for leaf in leaves {
            desk.record(entry("record")).await.expect("records");
            desk.publish_leaf(leaf).expect("takes it");
        }
        desk.seal().await.expect("seals");
    }

    /// Publishes `count` things of their own in one act.
    pub async fn publish(&self, from: u64, count: u64) {
        if count == 0 {
            return;
        }
        self.act(
            (from..from + count).map(|at| publication(&format!("record:{at}"), "正文")).collect(),
        )
        .await;
    }

    /// A statement past the desk; whether it was refused.
    pub async fn refused(&self, sql: &str) -> bool {
        let change = self.ledger.store().begin().await.expect("begins");
        match change.run(sql, vec![]).await {
            Ok(_) => change.commit().await.is_err(),
            Err(_) => true,
        }
    }
}

pub fn publication(subject: &str, content: &str) -> Leaf {
    Leaf::publication(subject, "XM00001", "FJ00116-01-01-2026-001", content.to_owned())
}
