//! The demo city is read from plain files while program and database are away.
//!
//! It keeps the city, one district and one town: the other sites have the same pages with other names, and every
//! document is shown by the city's. `GONGKAI_COPY_SITES=all` keeps them all.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};

use super::crawl::{Found, crawl};
use super::ground::{Ground, Server};
use super::plain::{ask, serve};

/// How the demo's addresses begin where they are written out.
const HOST: &str = "http://demo.example";

/// Sites that are copied unless all are.
const KEPT: [&str; 3] = ["", "/siming", "/siming/jialian"];

/// Loads the demo city, and waits until what is made beside it is there: the data as files, the signed log.
fn load(ground: &Ground) {
    let mut demo = Server::start(ground, &["demo", "--listen", "127.0.0.1:0"]);
    let address: SocketAddr = demo.address().parse().expect("an address");
    let (began, mut last) = (Instant::now(), Vec::new());
    loop {
        std::thread::sleep(Duration::from_secs(2));
        let written = ask(address, "/shuju/wenjian/SHA256SUMS").status == 200;
        let signed = ask(address, "/checkpoint").body;
        if written && signed == last {
            return;
        }
        last = signed;
        assert!(began.elapsed() < Duration::from_secs(600), "what is made beside is made");
    }
}

async fn keep_some(ground: &Ground) {
    if std::env::var("GONGKAI_COPY_SITES").is_ok_and(|sites| sites == "all") {
        return;
    }
    let place = format!("sqlite://{}", ground.data().join("gongkai.db").display());
    let store = Database::connect(place).await.expect("opens");
    let kept = KEPT.map(|base| format!("'{base}'")).join(", ");
    for sql in
        ["PRAGMA foreign_keys = OFF", &format!("DELETE FROM site WHERE base NOT IN ({kept})")]
    {
        store.execute_unprepared(sql).await.expect("some sites are left");
    }
    store.close().await.expect("closes");
}

/// What the log says was published, read from its tiles: subject and what happened, in order.
fn logged(server: SocketAddr) -> Vec<(String, String)> {
    let checkpoint = String::from_utf8(ask(server, "/checkpoint").body).expect("text");
    let size: usize = checkpoint.lines().nth(1).and_then(|size| size.parse().ok()).expect("a size");
    let mut found = Vec::new();
    for tile in 0..size.div_ceil(256) {
        let width = (size - tile * 256).min(256);
        let path = match width {
            256 => format!("/tile/entries/{tile:03}"),
            some => format!("/tile/entries/{tile:03}.p/{some}"),
        };
        let answer = ask(server, &path);
        assert_eq!(answer.status, 200, "{path}");
        let mut rest = answer.body.as_slice();
        while let [high, low, after @ ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let entry: serde_json::Value = serde_json::from_slice(&after[..length]).expect("JSON");
            let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            found.push((word("subject"), word("event")));
            rest = &after[length..];
        }
    }
    assert_eq!(found.len(), size, "every entry is there");
    found
}

/// Every logged document has its page, or says there that and why it was withdrawn; answers how many of each.
fn check_documents(server: SocketAddr, log: &[(String, String)]) -> (usize, usize) {
    let mut subjects: Vec<&str> =
        log.iter().filter_map(|(subject, _)| subject.strip_prefix("record:")).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let (mut pages, mut notices) = (0, 0);
    for subject in subjects {
        let answer = ask(server, &format!("/wenjian/{subject}/"));
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.status == 200 && page.contains("<h1"), "{subject}: {}", answer.status);
        let gone = log.iter().rfind(|(other, _)| other.strip_prefix("record:") == Some(subject));
        match gone.is_some_and(|(_, event)| event == "withdrawal") {
            true => {
                assert!(page.contains("撤下"), "{subject} says that it was withdrawn");
                notices += 1;
            }
            false => pages += 1,
        }
    }
    (pages, notices)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_city_is_read_from_plain_files_while_program_and_database_are_away() {
    let ground = Ground::new("copying-city");
    load(&ground);
    keep_some(&ground).await;
    let began = Instant::now();
    let told = ground.export();
    let took = began.elapsed().as_secs_f64();
    std::fs::rename(ground.data(), ground.0.join("away")).expect("the data are away");
    let server = serve(&ground.copy());
    let began = Instant::now();
    let Found { answered, dead, links } =
        crawl(server, &["/", "/robots.txt", "/sitemap.xml", "/404.html"], HOST);
    let log = logged(server);
    for position in 0..log.len() {
        for path in
            [format!("/gongkai-rizhi/{position}/"), format!("/gongkai-rizhi/{position}.tlog-proof")]
        {
            assert_eq!(ask(server, &path).status, 200, "{path}");
        }
    }
    let (pages, notices) = check_documents(server, &log);
    let all: usize = answered.values().sum();
    println!(
        "{}exported in {took:.1} s; crawled in {:.1} s: {links} links, {all} addresses {answered:?}, {} dead; \
         log: {} entries, {pages} documents, {notices} notices",
        told,
        began.elapsed().as_secs_f64(),
        dead.len(),
        log.len()
    );
    assert_eq!(dead, Vec::<String>::new());
    assert!(pages > 90 && all > 5_000, "{pages} documents, {all} addresses");
}
