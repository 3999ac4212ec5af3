//! Whatever is changed in the store is refused, found, and never signed over.

use store::{Engine, FromQueryResult, Statements, Value};

use super::house::{Sample, on_both};

#[tokio::test]
async fn no_statement_past_the_desk_changes_the_log() {
    on_both(async |sample| {
        let key = sample.key().await;
        sample.publish(0, 3).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        let leaf = |position: &str, version: &str| {
            format!(
                "INSERT INTO log_leaf SELECT {position}, event, subject, {version}, at, body
                   FROM log_leaf WHERE position = 0"
            )
        };
        let either = match sample.ledger.store().engine() {
            Engine::Sqlite => "INSERT OR REPLACE INTO log_node VALUES (0, 0, 'x')",
            Engine::Postgres => "INSERT INTO log_node VALUES (0, 0, 'x') ON CONFLICT (level, position) DO UPDATE SET hash = 'x'",
        };
        for sql in [
            "UPDATE log_leaf SET body = '{}' WHERE position = 1",
            "DELETE FROM log_leaf WHERE position = 2",
            "TRUNCATE log_leaf CASCADE",
            &leaf("5", "9"),
            &leaf("3", "1"),
            &leaf("1", "9"),
            "UPDATE log_node SET hash = 'x'",
            "DELETE FROM log_node",
            "TRUNCATE log_node",
            either,
            "UPDATE log_checkpoint SET root = 'x'",
            "DELETE FROM log_checkpoint",
            "INSERT INTO log_checkpoint VALUES (2, 'x', 'x', 'x')",
            "UPDATE log_opening SET content = 'x'",
            "TRUNCATE log_opening",
            "UPDATE log_identity SET origin = 'x'",
            "DELETE FROM log_identity",
            "INSERT INTO log_identity VALUES (1, 'x', 'x', 'x')",
        ] {
            assert!(sample.refused(sql).await, "{:?}: {sql}", sample.ledger.store().engine());
        }
        assert_eq!(sample.ledger.log().scrub().await.expect("counts").unsound, vec![]);
    })
    .await;
}

/// Takes away every guard, as somebody who owns the database can.
async fn break_open(sample: &Sample) {
    #[derive(FromQueryResult)]
    struct Name {
        name: String,
    }
    match sample.ledger.store().engine() {
        Engine::Sqlite => {
            let sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            let names: Vec<Name> = sample.ledger.store().all(sql, vec![]).await.expect("asks");
            for Name { name } in names {
                assert!(!sample.refused(&format!("DROP TRIGGER {name}")).await, "{name}");
            }
        }
        Engine::Postgres => {
            for table in ["leaf", "node", "checkpoint", "opening", "identity"] {
                let sql = format!("ALTER TABLE log_{table} DISABLE TRIGGER ALL");
                assert!(!sample.refused(&sql).await, "{table}");
            }
        }
    }
}

#[derive(FromQueryResult)]
struct Cell {
    place: i64,
    value: String,
}

/// One letter of a stored text made another, here and there, in every kind of row.
#[tokio::test]
async fn every_letter_changed_anywhere_is_found() {
    on_both(async |sample| {
        let key = sample.key().await;
        for (from, count) in [(0, 3), (3, 254), (257, 20)] {
            sample.publish(from, count).await;
            sample.ledger.log().grow(&key).await.expect("grows");
        }
        break_open(&sample).await;
        let mut tried = 0;
        for (table, column, place) in [
            ("log_leaf", "body", "position"),
            ("log_leaf", "subject", "position"),
            ("log_leaf", "event", "position"),
            ("log_leaf", "at", "position"),
            ("log_node", "hash", "position + 1000 * level"),
            ("log_checkpoint", "root", "size"),
            ("log_checkpoint", "note", "size"),
            ("log_opening", "salt", "position"),
            ("log_opening", "content", "position"),
        ] {
            let sql = format!("SELECT {place} AS place, {column} AS value FROM {table} ORDER BY 1");
            let cells: Vec<Cell> = sample.ledger.store().all(&sql, vec![]).await.expect("asks");
            let step = (cells.len() / 4).max(1);
            for (nth, cell) in cells.iter().enumerate().step_by(step) {
                let changed = with_a_letter_changed(&cell.value, 7 * nth + tried);
                write(&sample, table, column, place, cell.place, &changed).await;
                let found = sample.ledger.log().scrub().await.expect("counts").unsound;
                assert!(!found.is_empty(), "{table}.{column} {}: {changed}", cell.place);
                write(&sample, table, column, place, cell.place, &cell.value).await;
                tried += 1;
            }
        }
        assert!(tried >= 30, "{tried}");
        assert_eq!(sample.ledger.log().scrub().await.expect("counts").unsound, vec![]);
    })
    .await;
}

fn with_a_letter_changed(text: &str, at: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = at % letters.len();
    let other = |letter: char| if letter == 'A' { 'B' } else { 'A' };
    letters.iter().enumerate().map(|(n, c)| if n == at { other(*c) } else { *c }).collect()
}

async fn write(sample: &Sample, table: &str, column: &str, key: &str, place: i64, value: &str) {
    let change = sample.ledger.store().begin().await.expect("begins");
    let sql = format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2");
    let values: Vec<Value> = vec![value.into(), place.into()];
    assert_eq!(change.run(&sql, values).await.expect("runs"), 1, "{sql}");
    change.commit().await.expect("keeps");
}

/// What Yeti died of in 2021: one bit on the way that still counts, then a signature over it.
#[tokio::test]
async fn nothing_is_signed_over_a_hash_that_leads_elsewhere() {
    on_both(async |sample| {
        let key = sample.key().await;
        sample.publish(0, 300).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        break_open(&sample).await;
        for (level, position) in [(1, 0), (0, 256), (0, 299)] {
            let place = position + 1000 * level;
            let sql = format!("SELECT CAST({place} AS BIGINT) AS place, hash AS value FROM log_node WHERE level = {level} AND position = {position}");
            let cell: Cell = sample.ledger.store().one(&sql, vec![]).await.expect("asks").expect("is there");
            let other = tlog::base64_of(&tlog::leaf_hash(b"other"));
            write(&sample, "log_node", "hash", "position + 1000 * level", place, &other).await;
            assert!(!newest(&sample).await.is_empty(), "{level} {position}: seen at the start");
            sample.publish(1000 + place as u64, 1).await;
            let refused = sample.ledger.log().grow(&key).await.expect_err("refused");
            assert!(refused.to_string().contains("停止签署"), "{refused}");
            write(&sample, "log_node", "hash", "position + 1000 * level", place, &cell.value).await;
        }
        let grown = sample.ledger.log().grow(&key).await.expect("grows");
        assert_eq!(grown.map(|grown| grown.size), Some(303));
        assert_eq!(newest(&sample).await, vec![]);
    })
    .await;
}

/// What is found when a program starts, which reads the newest fifty leaves and no more.
async fn newest(sample: &Sample) -> Vec<ledger::log::Unsound> {
    sample.ledger.log().scrub_newest(50).await.expect("counts").unsound
}

#[tokio::test]
async fn a_start_sees_what_was_done_to_the_newest_leaves_and_to_the_head() {
    on_both(async |sample| {
        assert_eq!(newest(&sample).await, vec![], "nothing is signed yet");
        let key = sample.key().await;
        sample.publish(0, 300).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        break_open(&sample).await;
        for (table, column, place, at) in [
            ("log_leaf", "body", "position", 260),
            ("log_opening", "content", "position", 299),
            ("log_checkpoint", "root", "size", 300),
            ("log_checkpoint", "note", "size", 300),
        ] {
            let sql = format!(
                "SELECT {place} AS place, {column} AS value FROM {table} WHERE {place} = {at}"
            );
            let cell: Cell =
                sample.ledger.store().one(&sql, vec![]).await.expect("asks").expect("is there");
            write(&sample, table, column, place, at, &with_a_letter_changed(&cell.value, 40)).await;
            assert!(!newest(&sample).await.is_empty(), "{table}.{column}");
            write(&sample, table, column, place, at, &cell.value).await;
            assert_eq!(newest(&sample).await, vec![], "{table}.{column}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_cut_off_or_left_out_is_found() {
    on_both(async |sample| {
        let key = sample.key().await;
        sample.publish(0, 10).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        break_open(&sample).await;
        for sql in [
            "DELETE FROM log_opening WHERE position = 4",
            "DELETE FROM log_node WHERE position = 9",
            "DELETE FROM log_opening WHERE position = 9",
            "DELETE FROM log_leaf WHERE position = 9",
        ] {
            let before = sample.ledger.log().scrub().await.expect("counts").unsound;
            assert!(!sample.refused(sql).await, "{sql}");
            let after = sample.ledger.log().scrub().await.expect("counts").unsound;
            assert!(after != before && !after.is_empty(), "{sql}: {after:?}");
        }
    })
    .await;
}
