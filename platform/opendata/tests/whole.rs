//! A set of many batches, written step by step on both engines, by a house that is broken off in between.

use std::sync::Arc;

use axum::http::StatusCode;
use identity::Level;
use ledger::{Actor, Clock, Entry, Ledger};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::testing::Folder;
use store::{Migrations, Place, Store};
use web::api::{Dataset, DatasetBatch, Field, Resource, Shape};
use web::testing::{read, site};
use web::{Announcement, Became, DirectorySource, House, Later, Room, Site, SiteDirectory};

/// Rows, each in a batch of its own.
const ROWS: i64 = 45;

const SETS: &[Dataset] = &[Dataset {
    slug: "shuzi",
    title: "数字",
    about: "一些数字",
    keywords: &["数字"],
    columns,
    list: "/api/v1/numbers",
    page: "/",
    batch,
}];

fn columns() -> Resource {
    let fields = vec![
        Field::new("number", "数", Shape::Whole(0, ROWS)),
        Field::new("word", "写法", Shape::Prose),
    ];
    Resource { name: "Number", about: "一个数", fields }
}

fn batch<'a>(_: &'a House, _: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    let number = after.and_then(|mark| mark.parse().ok()).map_or(0, |mark: i64| mark + 1);
    let row = json!({ "number": number, "word": format!("第“{number}”,\n") });
    let next = (number + 1 < ROWS).then(|| number.to_string());
    Box::pin(async move { Ok((vec![row], next)) })
}

fn rooms() -> Vec<Room> {
    let places = |_: &House| -> Later<'_, SiteDirectory> {
        Box::pin(async {
            let city = site(&[("", "云湖市")], Level::City, "3502", "YH00001");
            Ok(SiteDirectory::of(vec![city]))
        })
    };
    vec![
        Room {
            name: "places",
            directory: Some(DirectorySource { read: places }),
            ..Room::default()
        },
        Room { name: "numbers", datasets: SETS, ..Room::default() },
        opendata::room(),
    ]
}

async fn house(place: &Place, folder: &Folder) -> (Arc<House>, axum::Router) {
    let all = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, web::api::MIGRATIONS];
    let store = Store::open(place, &Migrations::of(all.concat())).await.expect("opens");
    let now = "2026-11-26T02:00:00Z".parse().expect("a moment");
    let ledger = Ledger::open(store, Clock::Fixed(now), vec![]).await.expect("a ledger");
    let search = search::Search::in_memory().expect("memory");
    let mut house = House::new(ledger, search, rooms(), folder.path().to_owned(), true);
    let routes = house.take_routes();
    let house = Arc::new(house);
    house.refresh_directory().await.expect("reads");
    let portal = web::portal(&house, routes);
    (house, portal)
}

async fn steps(house: &House) -> usize {
    let mut many = 0;
    while (opendata::bulk::ERRAND.step)(house).await.expect("writes") {
        many += 1;
    }
    many
}

/// Tells what became of something, as the listener of a room does.
async fn announces(house: &House, became: Became) {
    let mut desk = house.ledger().desk(Actor::Timer).await.expect("a desk");
    let entry = Entry {
        room: "numbers",
        act: "withdrawal",
        subject: "number:1".into(),
        organ: "YH00001".into(),
        basis: "条例第十四条".into(),
        facts: json!({}),
    };
    let id = desk.record(entry).await.expect("records");
    desk.seal().await.expect("seals");
    let event = house.ledger().event(&id).await.expect("asks").expect("it was recorded");
    let told = Announcement {
        became,
        title: "一".into(),
        path: "/1".into(),
        organ: "YH00001".into(),
        organ_name: "市政府".into(),
        division: "350200000000".into(),
        domains: vec![],
        items: vec![],
        text: String::new(),
    };
    let change = house.store().begin().await.expect("begins");
    house.announce(&event, told, &change).await.expect("hears");
    change.commit().await.expect("commits");
}

#[tokio::test]
async fn what_was_broken_off_goes_on_and_comes_out_whole() {
    store::testing::on_both("opendata_whole", async |place| {
        let folder = Folder::new("opendata");
        let (first, _) = house(&place, &folder).await;
        assert!((opendata::bulk::ERRAND.step)(&first).await.expect("writes"));
        drop(first);
        // What was written after the last note is not counted.
        for ending in ["jsonl", "csv"] {
            let part = folder.path().join(format!("shuju/shuzi.{ending}.part"));
            let mut text = std::fs::read_to_string(&part).expect("it was begun");
            text.push_str("halb");
            std::fs::write(part, text).expect("writes");
        }
        let (house, portal) = house(&place, &folder).await;
        assert_eq!(steps(&house).await, 2, "45 batches in three steps");
        let (status, lines) = read(&portal, "/shuju/shuzi/shuzi.jsonl").await;
        assert_eq!(status, StatusCode::OK);
        let numbers: Vec<i64> = lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
            .map(|row| row["number"].as_i64().expect("a number"))
            .collect();
        assert_eq!(numbers, (0..ROWS).collect::<Vec<_>>());
        let (_, table) = read(&portal, "/shuju/shuzi/shuzi.csv").await;
        let table = table.trim_start_matches('\u{feff}').as_bytes();
        let mut table = csv::Reader::from_reader(table);
        let words: Vec<String> = table
            .records()
            .map(|row| row.expect("a row").get(1).expect("a cell").to_owned())
            .collect();
        assert_eq!(words, (0..ROWS).map(|one| format!("第“{one}”,\n")).collect::<Vec<_>>());
        let (_, sums) = read(&portal, "/shuju/shuzi/SHA256SUMS").await;
        let digest = ledger::hex(&Sha256::digest(lines.as_bytes()));
        assert!(sums.contains(&digest), "{sums}");
        assert_eq!(steps(&house).await, 0, "nothing is to be done until tomorrow");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_down_is_in_no_file_a_moment_longer() {
    store::testing::on_both("opendata_gone", async |place| {
        let folder = Folder::new("opendata-gone");
        let (house, portal) = house(&place, &folder).await;
        steps(&house).await;
        let status = async || read(&portal, "/shuju/shuzi/shuzi.csv").await.0;
        announces(&house, Became::Public).await;
        assert_eq!(status().await, StatusCode::OK, "what is new waits for the night");
        for became in [Became::Corrected, Became::Gone] {
            announces(&house, became).await;
            assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE, "{became:?}");
            let (_, page) = read(&portal, "/shuju/shuzi").await;
            assert!(page.contains("正在生成"), "{page}");
            // What was begun before is not gone on with.
            assert!((opendata::bulk::ERRAND.step)(&house).await.expect("writes"));
            announces(&house, became).await;
            assert_eq!(steps(&house).await, 3, "from the beginning");
            assert_eq!(status().await, StatusCode::OK);
        }
    })
    .await;
}
