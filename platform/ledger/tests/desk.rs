//! An act, its entry and the words to its listeners are kept together or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ledger::{Actor, Clock, DeskError, Entry, Ledger, Subscription, Unheard};
use store::{Migrations, Statements, Store};

async fn on_both(check: impl AsyncFn(Ledger)) {
    let migrations = Migrations::of(jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).copied());
    store::testing::on_both("ledger", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let listening = vec![
            Subscription { listener: "a.search", acts: &["records.publication"] },
            Subscription { listener: "b.all", acts: &["*"] },
        ];
        let clock = Clock::Fixed("2026-11-25T16:30:00Z".parse().expect("a moment"));
        check(Ledger::open(store, clock, listening).await.expect("opens")).await;
    })
    .await;
}

fn entry(act: &'static str) -> Entry {
    Entry {
        room: "records",
        act,
        subject: "record:1".into(),
        organ: "XM00001".into(),
        basis: "《政府信息公开条例》第二十六条".into(),
        facts: serde_json::json!({ "title": "通知" }),
    }
}

fn clerk() -> Actor {
    Actor::Operator("clerk".into())
}

#[tokio::test]
async fn an_act_that_records_nothing_is_not_kept() {
    on_both(async |ledger| {
        let desk = ledger.desk(clerk()).await.expect("opens");
        desk.change().run("DELETE FROM ledger_event", vec![]).await.expect("runs");
        assert!(matches!(desk.seal().await, Err(DeskError::NothingRecorded)));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_names_no_basis_is_not_recorded() {
    on_both(async |ledger| {
        let mut desk = ledger.desk(clerk()).await.expect("opens");
        let groundless = Entry { basis: " ".into(), ..entry("publication") };
        assert!(matches!(desk.record(groundless).await, Err(DeskError::NoBasis)));
        assert!(matches!(desk.seal().await, Err(DeskError::NothingRecorded)));
    })
    .await;
}

#[tokio::test]
async fn a_sealed_act_tells_exactly_those_who_listen() {
    on_both(async |ledger| {
        let mut desk = ledger.desk(clerk()).await.expect("opens");
        assert_eq!(desk.today(), law::day(2026, 11, 26), "it is past midnight in China");
        let id = desk.record(entry("publication")).await.expect("records");
        desk.record(entry("draft")).await.expect("records");
        desk.seal().await.expect("seals");
        let event = ledger.event(&id).await.expect("asks").expect("is there");
        assert_eq!((event.actor.as_str(), event.act.as_str()), ("operator:clerk", "publication"));
        assert_eq!(ledger.events_on("record:1").await.expect("asks").len(), 2);
        for (listener, told) in [("a.search", 1), ("b.all", 2)] {
            let sql = "SELECT count(*) FROM job WHERE kind = $1";
            let found = ledger.store().number(sql, vec![listener.into()]).await.expect("counts");
            assert_eq!(found, Some(told), "{listener}");
        }
    })
    .await;
}

#[tokio::test]
async fn whom_an_act_is_spared_is_not_told_and_nobody_is_woken_for_nothing() {
    on_both(async |ledger| {
        let rung = Arc::new(AtomicUsize::new(0));
        let bell = Arc::clone(&rung);
        let spared = Unheard { listener: "b.all", room: "records", subjects: &["draft:"] };
        let ledger = ledger.sparing(vec![spared]).waking(Arc::new(move || {
            bell.fetch_add(1, Ordering::Relaxed);
        }));
        let draft = Entry { subject: "draft:1".into(), ..entry("draft") };
        let others = Entry { room: "requests", ..draft.clone() };
        let published = Entry { act: "publication", ..draft.clone() };
        let cases = [(draft, 0, 0), (others, 1, 1), (published, 1, 2), (entry("draft"), 1, 3)];
        for (entry, told, rings) in cases {
            let jobs = "SELECT count(*) FROM job";
            let before = ledger.store().number(jobs, vec![]).await.expect("counts");
            let mut desk = ledger.desk(clerk()).await.expect("opens");
            let (room, subject) = (entry.room, entry.subject.clone());
            desk.record(entry).await.expect("records");
            desk.seal().await.expect("seals");
            let after = ledger.store().number(jobs, vec![]).await.expect("counts");
            let more = after.unwrap_or_default() - before.unwrap_or_default();
            assert_eq!(more, told, "{room} {subject}");
            assert_eq!(rung.load(Ordering::Relaxed), rings, "{room} {subject}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_act_dropped_half_way_leaves_neither_entry_nor_word_to_anyone() {
    on_both(async |ledger| {
        let mut desk = ledger.desk(clerk()).await.expect("opens");
        desk.record(entry("publication")).await.expect("records");
        drop(desk);
        for table in ["ledger_event", "job"] {
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(ledger.store().number(&sql, vec![]).await.expect("counts"), Some(0));
        }
    })
    .await;
}
