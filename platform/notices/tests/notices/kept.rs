//! Of an address nothing stands anywhere that can be read without the keys: no row, no entry of the ledger, no
//! byte of the database, no line of the log.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use store::{FromQueryResult, Statements};

use super::house::{Sample, on_both};
use super::mail::{asks, confirmed, settings};
use super::receivers::MailServer;

/// The log of the whole process, down to the last detail.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Addresses that stand nowhere else.
const CANARIES: [&str; 3] =
    ["jinsique0001@example.cn", "nobody-jinsique0002@example.cn", "jinsique0003@example.cn"];

#[tokio::test]
async fn an_address_stands_nowhere_where_it_can_be_read() {
    let Some(server) = MailServer::start(false) else { return };
    let lines = Lines::default();
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_writer(move || writer.clone());
    log.with_max_level(tracing::Level::TRACE).try_init().expect("nobody else keeps the log");
    on_both(&settings(&server), async |sample| {
        let [first, second, third] = CANARIES;
        confirmed(&sample, &server, first, &[]).await;
        asks(&sample, second, &[]).await;
        asks(&sample, third, &[]).await;
        sample.post("/dingyue/lianjie", &[("fangshi", "email"), ("dizhi", first)]).await;
        sample.note("publication", "l1", "一条信息").await;
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        rows(&sample).await;
        if let store::Place::File(path) = &sample.place {
            files(path.parent().expect("a folder"));
        }
    })
    .await;
    tracing::debug!("the log is kept");
    let said = lines.0.lock().expect("nobody panicked").clone();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("the log is kept"));
    for canary in CANARIES {
        assert!(!said.contains(canary), "{canary} in the log");
    }
}

async fn rows(sample: &Sample) {
    #[derive(FromQueryResult)]
    struct Text {
        text: String,
    }
    for sql in [
        "SELECT facts || subject || COALESCE(alteration, '') AS text FROM ledger_event",
        "SELECT mark || sealed || COALESCE(off_reason, '') AS text FROM notice_subscriber",
        "SELECT fault || COALESCE(slot, '') AS text FROM notice_delivery",
        "SELECT words || topic AS text FROM notice_subscription",
    ] {
        let rows: Vec<Text> = sample.house.store().all(sql, vec![]).await.expect("asks");
        assert!(!rows.is_empty(), "{sql}");
        for row in rows {
            assert!(!row.text.contains("jinsique"), "{sql}: {}", row.text);
        }
    }
}

fn files(folder: &Path) {
    let mut looked = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let needle = b"jinsique";
        assert!(!bytes.windows(needle.len()).any(|part| part == needle), "{}", path.display());
        looked += usize::from(!bytes.is_empty());
    }
    assert!(looked > 0, "a database is there");
}
