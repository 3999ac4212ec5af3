//! Entries stand in a chain that the database lets nobody alter, whoever writes at the same time.

use ledger::{Actor, Change, Clock, Entry, Ledger};
use store::{Engine, Migration, Migrations, Place, Store};

fn migrations() -> Migrations {
    Migrations::of(jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).copied())
}

async fn open(place: &Place) -> Ledger {
    let store = Store::open(place, &migrations()).await.expect("opens");
    Ledger::open(store, Clock::Wall, vec![]).await.expect("opens")
}

async fn on_both(check: impl AsyncFn(Ledger)) {
    store::testing::on_both("chain", async |place| check(open(&place).await).await).await;
}

fn entry(subject: &str) -> Entry {
    Entry {
        room: "records",
        act: "publication",
        subject: subject.into(),
        organ: "XM00001".into(),
        basis: "《政府信息公开条例》第二十六条".into(),
        facts: serde_json::json!({ "title": "通知\"甲\"\u{1}" }),
    }
}

fn officer() -> Actor {
    Actor::Officer { person: "p1".into(), post: "post7".into() }
}

async fn act(ledger: &Ledger, entries: &[&str]) {
    let mut desk = ledger.desk(officer()).await.expect("a desk");
    for subject in entries {
        desk.record(entry(subject)).await.expect("records");
    }
    desk.seal().await.expect("seals");
}

/// Puts a statement to the database past the desk; whether it was refused.
async fn refused(ledger: &Ledger, sql: &str) -> bool {
    let change = ledger.store().begin().await.expect("begins");
    let run = change.run(sql, vec![]).await;
    match run {
        Ok(_) => change.commit().await.is_err(),
        Err(_) => true,
    }
}

#[tokio::test]
async fn an_entry_names_person_post_basis_and_what_was_altered() {
    on_both(async |ledger| {
        let mut desk = ledger.desk(officer()).await.expect("a desk");
        let change = Change { before: serde_json::json!("甲"), after: serde_json::json!("乙") };
        let id = desk.record_change(entry("record:1"), change.clone()).await.expect("records");
        desk.seal().await.expect("seals");
        let event = ledger.event(&id).await.expect("asks").expect("is there");
        assert_eq!(
            (event.seq, event.actor.as_str(), event.post.as_str()),
            (1, "person:p1", "post7")
        );
        assert_eq!(event.change, Some(change));
        assert_eq!(ledger.audit().await.expect("counts").breaks, vec![]);
    })
    .await;
}

#[tokio::test]
async fn no_statement_past_the_desk_alters_the_chain() {
    on_both(async |ledger| {
        act(&ledger, &["record:1", "record:2"]).await;
        let before = ledger.audit().await.expect("counts");
        let row = |seq: &str, prev: &str, id: &str| {
            format!(
                "INSERT INTO ledger_event SELECT {seq}, {id}, happened_at, room, act, subject,
                        organ, 'person:x', post, basis, facts, alteration, {prev}, hash
                   FROM ledger_event WHERE seq = 2"
            )
        };
        let replace = row("3", "hash", "id").replacen("INSERT", "INSERT OR REPLACE", 1);
        for sql in [
            "UPDATE ledger_event SET actor = 'person:x' WHERE seq = 1".to_owned(),
            "UPDATE ledger_event SET hash = 'x'".into(),
            "DELETE FROM ledger_event WHERE seq = 2".into(),
            "DELETE FROM ledger_event".into(),
            "TRUNCATE ledger_event".into(),
            row("4", "hash", "'a gap'"),
            row("2", "prev", "'the same place'"),
            row("3", "'not the hash before'", "'out of chain'"),
            row("0", "prev", "'before the first'"),
            replace,
            "UPDATE ledger_head SET seq = 1".into(),
            "UPDATE ledger_head SET begun = 0".into(),
            "DELETE FROM ledger_head".into(),
            "TRUNCATE ledger_head".into(),
        ] {
            assert!(refused(&ledger, &sql).await, "{:?}: {sql}", ledger.store().engine());
        }
        assert_eq!(ledger.audit().await.expect("counts"), before);
        assert_eq!((before.entries, before.breaks), (2, vec![]));
    })
    .await;
}

#[tokio::test]
async fn whoever_breaks_the_database_open_is_found_out() {
    on_both(async |ledger| {
        act(&ledger, &["record:1", "record:2", "record:3", "record:4"]).await;
        let open_up: &[&str] = match ledger.store().engine() {
            Engine::Sqlite => &[
                "DROP TRIGGER ledger_event_stays",
                "DROP TRIGGER ledger_event_remains",
                "DROP TRIGGER ledger_head_advances",
            ],
            Engine::Postgres => &[
                "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
                "ALTER TABLE ledger_head DISABLE TRIGGER ALL",
            ],
        };
        for sql in open_up {
            assert!(!refused(&ledger, sql).await, "{sql}");
        }
        for (sql, back, place) in [
            (
                "UPDATE ledger_event SET basis = '无' WHERE seq = 2",
                "UPDATE ledger_event SET basis = '《政府信息公开条例》第二十六条' WHERE seq = 2",
                2,
            ),
            (
                "UPDATE ledger_event SET post = '' WHERE seq = 3",
                "UPDATE ledger_event SET post = 'post7' WHERE seq = 3",
                3,
            ),
            ("UPDATE ledger_head SET seq = 5", "UPDATE ledger_head SET seq = 4", 5),
            ("DELETE FROM ledger_event WHERE seq = 4", "", 4),
        ] {
            assert!(!refused(&ledger, sql).await, "{sql}");
            let found = ledger.audit().await.expect("counts").breaks;
            assert_eq!(found.first().map(|found| found.seq), Some(place), "{sql}: {found:?}");
            // What is looked at when a program starts: the last two entries and the end.
            let near = ledger.audit_last(2).await.expect("counts");
            assert_eq!(near.breaks.is_empty(), place == 2, "{sql}: {near:?}");
            assert!(near.entries <= 2, "{sql}: {near:?}");
            if !back.is_empty() {
                assert!(!refused(&ledger, back).await, "{back}");
                assert_eq!(ledger.audit().await.expect("counts").breaks, vec![], "{back}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_make_one_chain_without_gaps() {
    on_both(async |ledger| {
        let writers = (0..16).map(|writer| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                for round in 0..10 {
                    let subject = format!("record:{writer}.{round}");
                    act(&ledger, &[&subject, &subject]).await;
                    // An act that is given up leaves no gap.
                    let mut desk = ledger.desk(officer()).await.expect("a desk");
                    desk.record(entry("dropped")).await.expect("records");
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("writes");
        }
        let found = ledger.audit().await.expect("counts");
        assert_eq!((found.entries, found.breaks), (320, vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_an_earlier_version_recorded_is_taken_into_the_chain_once() {
    store::testing::on_both("chain_earlier", async |place| {
        let before = |change: &&Migration| change.number < 20_261_126_200;
        let earlier = jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).filter(before).copied();
        let store = Store::open(&place, &Migrations::of(earlier)).await.expect("opens");
        let change = store.begin().await.expect("begins");
        for number in 0..7 {
            let sql = format!(
                "INSERT INTO ledger_event VALUES ('id{number}', '2026-11-20T00:00:0{number}.000Z',
                        'records', 'publication', 'record:{number}', 'XM00001', 'operator:a',
                        '依据', '{{}}')"
            );
            change.run(&sql, vec![]).await.expect("inserts");
        }
        change.commit().await.expect("keeps");
        drop(store);
        for _ in 0..2 {
            let ledger = open(&place).await;
            let found = ledger.audit().await.expect("counts");
            assert_eq!((found.entries, found.breaks), (7, vec![]));
            assert_eq!(ledger.event("id3").await.expect("asks").map(|event| event.seq), Some(4));
        }
        let ledger = open(&place).await;
        act(&ledger, &["record:new"]).await;
        assert_eq!(ledger.audit().await.expect("counts").entries, 8);
    })
    .await;
}

/// The owner of the tables is no more able to alter the audit than anybody else: where the program
/// signs in as a role that is no superuser, permission itself is missing.
#[tokio::test]
async fn on_postgresql_permission_itself_is_missing() {
    let Some(Place::Postgres(address)) = store::testing::postgres("chain_role").await else {
        store::testing::skipped("PostgreSQL 未提供，没有验证权限");
        return;
    };
    let schema = address.split("search_path%3D").nth(1).and_then(|rest| rest.split('&').next());
    let schema = schema.expect("a schema of its own").to_owned();
    let store = Store::open(&Place::Postgres(address.clone()), &Migrations::default()).await;
    let change = store.expect("opens").begin().await.expect("begins");
    for sql in [
        format!("CREATE ROLE {schema} LOGIN"),
        format!("ALTER SCHEMA {schema} OWNER TO {schema}"),
        "DROP TABLE _sqlx_migrations".to_owned(),
    ] {
        change.run(&sql, vec![]).await.expect("a role of its own");
    }
    change.commit().await.expect("keeps");
    let own = address.replacen("//gongkai@", &format!("//{schema}@"), 1);
    let ledger = open(&Place::Postgres(own)).await;
    act(&ledger, &["record:1"]).await;
    for sql in [
        "UPDATE ledger_event SET actor = 'person:x'",
        "DELETE FROM ledger_event",
        "TRUNCATE ledger_event",
    ] {
        let change = ledger.store().begin().await.expect("begins");
        let error = change.run(sql, vec![]).await.expect_err("refused");
        let cause = std::error::Error::source(&error).expect("a cause").to_string();
        assert!(cause.contains("permission denied"), "{sql}: {cause}");
    }
    assert_eq!(ledger.audit().await.expect("counts").breaks, vec![]);
}
