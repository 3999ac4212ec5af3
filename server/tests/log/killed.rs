//! Killed at random while it publishes and signs: every publication has exactly one leaf, under one
//! history.

use std::process::Stdio;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use super::house::{Folder, Server, manuscripts, program};

/// How many publications there are in the end. The release gate goes on where this one stops.
const PUBLICATIONS: i64 = 500;

/// How many of them in one act.
const TOGETHER: usize = 50;

async fn number(base: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(base.get_database_backend(), sql);
    let row = base.query_one_raw(statement).await.expect("asks").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

async fn open(folder: &Folder) -> DatabaseConnection {
    let url = format!("sqlite://{}", folder.data().join("gongkai.db").display());
    Database::connect(url).await.expect("opens")
}

#[tokio::test]
async fn each_publication_has_exactly_one_leaf_however_often_it_is_killed() {
    let folder = Folder::new("log-killed").furnished();
    folder.does(&["log", "found", "--origin", "www.x.gov.cn"]);
    let (mut chance, mut lasts, mut kills) = (7_u64, Duration::from_millis(900), 0);
    let mut below = |most: u64| {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % most.max(1)
    };
    let (mut published, mut round) = (0, 0);
    while published < PUBLICATIONS {
        round += 1;
        assert!(round < 200, "it gets on: {published} after {kills} kills");
        let file = folder.file("round.md", &manuscripts(&format!("第{round}轮"), TOGETHER));
        let mut signing = Server::start(&folder, "signing", &["serve", "--listen", "127.0.0.1:0"]);
        signing.address();
        let began = Instant::now();
        let mut publishing = program(&["record", "publish", &file], &folder.data());
        let mut publishing = publishing.stdout(Stdio::null()).spawn().expect("runs");
        let strike =
            Duration::from_millis(below(u64::try_from(lasts.as_millis()).unwrap_or(0) * 2));
        while began.elapsed() < strike && publishing.try_wait().expect("asks").is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        match publishing.try_wait().expect("asks") {
            Some(_) => {
                lasts = began.elapsed();
                // Somewhere in the second in which its leaves are signed.
                std::thread::sleep(Duration::from_millis(below(600)));
            }
            None => {
                kills += 1;
                publishing.kill().ok();
                publishing.wait().ok();
            }
        }
        signing.kill();
        let base = open(&folder).await;
        published = number(&base, "SELECT count(*) FROM record").await;
        base.close().await.expect("closes");
    }
    let mut server = Server::start(&folder, "last", &["serve", "--listen", "127.0.0.1:0"]);
    server.address();
    let base = open(&folder).await;
    let leaves = "SELECT count(*) FROM log_leaf WHERE subject LIKE 'record:%'";
    let alone = "SELECT count(*) FROM record r WHERE (SELECT count(*) FROM log_leaf l
                  WHERE l.subject = 'record:' || r.id AND l.version = 1) = 1";
    let acts = "SELECT count(*) FROM ledger_event WHERE room = 'records' AND act = 'publication'";
    let counts =
        (number(&base, leaves).await, number(&base, alone).await, number(&base, acts).await);
    assert_eq!(counts, (published, published, published), "after {kills} kills");
    let behind = "SELECT (SELECT count(*) FROM log_leaf) - (SELECT max(size) FROM log_checkpoint)";
    for _ in 0..100 {
        if number(&base, behind).await == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(number(&base, behind).await, 0, "all of it is signed");
    base.close().await.expect("closes");
    assert!(kills > 0, "nothing was killed in the middle");
    let verified = folder.does(&["log", "verify"]);
    assert!(verified.contains("全部相符"), "{verified}");
}
