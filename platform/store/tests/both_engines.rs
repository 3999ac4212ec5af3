//! The store keeps its promises on SQLite and on PostgreSQL alike.

use store::testing::on_both;
use store::{FromQueryResult, Migration, Migrations, Statements, Store, StoreError};

const NOTE: Migration = Migration {
    number: 20261125001,
    name: "a table for the test",
    sql: "CREATE TABLE note (id TEXT PRIMARY KEY, body TEXT NOT NULL, size BIGINT NOT NULL);
          CREATE INDEX note_size ON note (size);",
};

#[derive(FromQueryResult, Debug, PartialEq)]
struct Note {
    id: String,
    body: String,
    size: i64,
}

#[tokio::test]
async fn what_was_committed_is_read_back_and_what_was_dropped_is_not() {
    on_both("store", async |place| {
        let store = Store::open(&place, &Migrations::of([NOTE])).await.expect("it opens");
        let change = store.begin().await.expect("begins");
        let rows = (0..5000i64)
            .map(|n| vec![format!("n{n:05}").into(), "正文".into(), n.into()])
            .collect();
        change.insert("note", &["id", "body", "size"], rows).await.expect("inserts");
        change.commit().await.expect("commits");
        let dropped = store.begin().await.expect("begins");
        dropped.run("DELETE FROM note", vec![]).await.expect("deletes");
        drop(dropped);
        let found = store.number("SELECT count(*) FROM note WHERE size < $1", vec![10i64.into()]);
        assert_eq!(found.await.expect("counts"), Some(10));
        let note: Option<Note> = store
            .one("SELECT id, body, size FROM note WHERE id = $1", vec!["n00003".into()])
            .await
            .expect("reads");
        assert_eq!(note, Some(Note { id: "n00003".into(), body: "正文".into(), size: 3 }));
    })
    .await;
}

#[tokio::test]
async fn a_repeated_key_is_called_a_duplicate() {
    on_both("store", async |place| {
        let store = Store::open(&place, &Migrations::of([NOTE])).await.expect("it opens");
        let change = store.begin().await.expect("begins");
        let row = || vec![vec!["a".into(), "b".into(), 1i64.into()]];
        change.insert("note", &["id", "body", "size"], row()).await.expect("inserts");
        let again = change.insert("note", &["id", "body", "size"], row()).await;
        assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_schema_newer_than_the_program_is_refused_and_left_alone() {
    on_both("store", async |place| {
        let newer =
            Migration { number: 20991231001, name: "later", sql: "CREATE TABLE later (id TEXT)" };
        Store::open(&place, &Migrations::of([NOTE, newer])).await.expect("the newer program opens");
        let older = Store::open(&place, &Migrations::of([NOTE])).await;
        assert!(matches!(older, Err(StoreError::Newer(20991231001))), "{older:?}");
    })
    .await;
}
