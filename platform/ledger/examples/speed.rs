//! What chaining and a leaf add to an act, on each engine:
//!
//! `scripts/with-postgres cargo run --release -p ledger --example speed`

use std::time::Instant;

use ledger::{Actor, Clock, Entry, Leaf, Ledger, LogKey};
use store::{Migrations, Store};

/// Acts in one measurement.
const ACTS: usize = 1_600;

async fn act(ledger: &Ledger, subject: String, leaf: bool) {
    let mut desk = ledger.desk(Actor::Operator("measure".into())).await.expect("a desk");
    desk.record(Entry {
        room: "records",
        act: "publication",
        subject: subject.clone(),
        organ: "XM00001".into(),
        basis: "《政府信息公开条例》第二十六条".into(),
        facts: serde_json::json!({ "title": "关于修缮道路的通知" }),
    })
    .await
    .expect("records");
    if leaf {
        let content = "正文".repeat(500);
        desk.publish_leaf(Leaf::publication(subject, "XM00001", "XM-1", content))
            .expect("takes it");
    }
    desk.seal().await.expect("seals");
}

/// What a transaction costs that does nothing but keep one row.
async fn bare(ledger: &Ledger) {
    let change = ledger.store().begin().await.expect("begins");
    let job = jobs::Job::now("nobody", "", ledger.clock().now());
    jobs::enqueue(&change, vec![job]).await.expect("enqueues");
    change.commit().await.expect("keeps");
}

async fn bare_rate(ledger: &Ledger, writers: usize) -> f64 {
    let began = Instant::now();
    let tasks = (0..writers).map(|_| {
        let ledger = ledger.clone();
        tokio::spawn(async move {
            for _ in 0..ACTS / writers {
                bare(&ledger).await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("ends");
    }
    ACTS as f64 / began.elapsed().as_secs_f64()
}

async fn rate(ledger: &Ledger, writers: usize, leaf: bool) -> f64 {
    let began = Instant::now();
    let tasks = (0..writers).map(|writer| {
        let ledger = ledger.clone();
        tokio::spawn(async move {
            for at in 0..ACTS / writers {
                act(&ledger, format!("record:{leaf}.{writers}.{writer}.{at}"), leaf).await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("ends");
    }
    ACTS as f64 / began.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() {
    let migrations = Migrations::of(jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).copied());
    store::testing::on_both("speed", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let engine = store.engine();
        let ledger = Ledger::open(store, Clock::Wall, vec![]).await.expect("opens");
        let folder = std::env::temp_dir().join(format!("speed-{}", uuid::Uuid::now_v7()));
        let key = LogKey::open_or_make(&folder, Some("speed.example")).expect("a key");
        ledger.found_log(Actor::Timer, &key).await.expect("founded");
        for writers in [1, 8] {
            let rate = bare_rate(&ledger, writers).await;
            println!("{engine:?}: {writers} writers, bare transactions: {rate:.0} a second");
        }
        for (writers, leaf) in [(1, false), (1, true), (8, false), (8, true)] {
            let rate = rate(&ledger, writers, leaf).await;
            println!("{engine:?}: {writers} writers, leaf {leaf}: {rate:.0} acts/s");
        }
        let began = Instant::now();
        let grown = ledger.log().grow(&key).await.expect("grows").expect("anew");
        let took = began.elapsed();
        println!("{engine:?}: {} leaves signed in {took:?}", grown.size);
        let began = Instant::now();
        let found = ledger.log().scrub().await.expect("counts");
        println!("{engine:?}: {} leaves counted again in {:?}", found.leaves, began.elapsed());
        assert_eq!(found.unsound, vec![]);
        std::fs::remove_dir_all(folder).ok();
    })
    .await;
}
