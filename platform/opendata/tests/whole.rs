//! A set of many batches, written step by step on both engines, by a house that is broken off in between.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use identity::Level;
use ledger::{Actor, Clock, Entry, Ledger};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::testing::Folder;
use store::{Migrations, Place, Store};
use tower::ServiceExt;
use web::api::{Dataset, DatasetBatch, Field, Resource, Shape};
use web::testing::{read, site};
use web::{Announcement, Became, DirectorySource, Fault, House, Later, Room, Site, SiteDirectory};

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
        Field::new("url", "地址", Shape::Address),
    ];
    Resource { name: "Number", about: "一个数", fields }
}

fn batch<'a>(_: &'a House, _: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    let number = after.and_then(|mark| mark.parse().ok()).map_or(0, |mark: i64| mark + 1);
    let url = format!("https://yunhu.gov.cn/{number}");
    let row = json!({ "number": number, "word": format!("第“{number}”,\n"), "url": url });
    let next = (number + 1 < ROWS).then(|| number.to_string());
    Box::pin(async move { Ok((vec![row], next)) })
}

/// A set that cannot be read.
const BROKEN: &[Dataset] = &[Dataset { slug: "huai", page: "/huai", batch: broken, ..SETS[0] }];

fn broken<'a>(_: &'a House, _: &'a Site, _: Option<&'a str>) -> Later<'a, DatasetBatch> {
    Box::pin(async { Err(Fault::Unavailable) })
}

fn rooms(first: &'static [Dataset]) -> Vec<Room> {
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
        Room { name: "before", datasets: first, ..Room::default() },
        Room { name: "numbers", datasets: SETS, ..Room::default() },
        opendata::room(),
    ]
}

async fn house(place: &Place, folder: &Folder) -> (Arc<House>, axum::Router) {
    house_with(place, folder, &[]).await
}

async fn house_with(
    place: &Place,
    folder: &Folder,
    first: &'static [Dataset],
) -> (Arc<House>, axum::Router) {
    let all = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, web::api::MIGRATIONS];
    let store = Store::open(place, &Migrations::of(all.concat())).await.expect("opens");
    let now = "2026-11-26T02:00:00Z".parse().expect("a moment");
    let ledger = Ledger::open(store, Clock::Fixed(now), vec![]).await.expect("a ledger");
    let search = search::Search::in_memory().expect("memory");
    let mut house = House::new(ledger, search, rooms(first), folder.path().to_owned(), true);
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

/// The numbers that are given out.
async fn numbers(portal: &axum::Router) -> Vec<i64> {
    let (status, lines) = read(portal, "/shuju/shuzi/shuzi.jsonl").await;
    assert_eq!(status, StatusCode::OK);
    let number = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        row["number"].as_i64().expect("a number")
    };
    lines.lines().map(number).collect()
}

/// Tells what became of something, as the listener of a room does.
async fn announces(house: &House, path: &str, became: Became) {
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
        path: path.into(),
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
        assert_eq!(numbers(&portal).await, (0..ROWS).collect::<Vec<_>>());
        let (_, lines) = read(&portal, "/shuju/shuzi/shuzi.jsonl").await;
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
async fn what_was_taken_down_is_in_no_file_a_moment_longer_and_the_others_are_soon_there_again() {
    store::testing::on_both("opendata_gone", async |place| {
        let folder = Folder::new("opendata-gone");
        let (house, portal) = house(&place, &folder).await;
        steps(&house).await;
        let status = async || read(&portal, "/shuju/shuzi/shuzi.csv").await.0;
        announces(&house, "/1", Became::Public).await;
        assert_eq!(status().await, StatusCode::OK, "what is new waits for the night");
        let mut left: Vec<i64> = (0..ROWS).collect();
        for (number, became) in [(7, Became::Corrected), (1, Became::Gone), (44, Became::Gone)] {
            announces(&house, &format!("/{number}"), became).await;
            assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE, "{became:?}");
            let (_, page) = read(&portal, "/shuju/shuzi").await;
            assert!(page.contains("正在生成"), "{page}");
            assert_eq!(steps(&house).await, 1, "nothing is asked of the database");
            left.retain(|other| *other != number);
            assert_eq!(numbers(&portal).await, left);
        }
        announces(&house, "/1", Became::Gone).await;
        assert_eq!(steps(&house).await, 1);
        assert_eq!(numbers(&portal).await, left, "what is gone already changes nothing");
        let (_, table) = read(&portal, "/shuju/shuzi/shuzi.csv").await;
        assert_eq!(table.matches("https://yunhu.gov.cn/").count(), left.len());
        assert!(!table.contains("yunhu.gov.cn/7\r") && !table.contains("yunhu.gov.cn/44\r"));
        let (_, sums) = read(&portal, "/shuju/shuzi/SHA256SUMS").await;
        assert!(sums.contains(&ledger::hex(&Sha256::digest(table.as_bytes()))), "{sums}");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_down_while_a_set_is_written_does_not_throw_away_what_was_written() {
    store::testing::on_both("opendata_meanwhile", async |place| {
        let folder = Folder::new("opendata-meanwhile");
        let (house, portal) = house(&place, &folder).await;
        assert!((opendata::bulk::ERRAND.step)(&house).await.expect("writes"));
        announces(&house, "/3", Became::Gone).await;
        assert!((opendata::bulk::ERRAND.step)(&house).await.expect("goes on"));
        announces(&house, "/5", Became::Corrected).await;
        assert_eq!(steps(&house).await, 2, "the last batches, and once more without the two");
        let left: Vec<i64> = (0..ROWS).filter(|number| ![3, 5].contains(number)).collect();
        assert_eq!(numbers(&portal).await, left);
    })
    .await;
}

#[tokio::test]
async fn a_set_that_cannot_be_written_keeps_no_other_waiting() {
    store::testing::on_both("opendata_broken", async |place| {
        let folder = Folder::new("opendata-broken");
        let (house, portal) = house_with(&place, &folder, BROKEN).await;
        let mut failed = false;
        for _ in 0..4 {
            failed |= (opendata::bulk::ERRAND.step)(&house).await.is_err();
        }
        assert_eq!(numbers(&portal).await.len(), ROWS as usize);
        assert!(failed, "and whoever runs it hears of the one");
        let status = read(&portal, "/shuju/huai/huai.csv").await.0;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}

#[tokio::test]
async fn a_file_bears_the_digest_of_what_is_in_it_and_is_whole_for_whoever_began_to_fetch_it() {
    store::testing::on_both("opendata_switch", async |place| {
        let folder = Folder::new("opendata-switch");
        let (house, portal) = house(&place, &folder).await;
        steps(&house).await;
        let (_, before) = read(&portal, "/shuju/shuzi/shuzi.jsonl").await;
        let asked = Request::get("/shuju/shuzi/shuzi.jsonl").header("host", "localhost");
        let asked = asked.body(Body::empty()).expect("a request");
        let begun = portal.clone().oneshot(asked).await.expect("answers");
        announces(&house, "/2", Became::Gone).await;
        steps(&house).await;
        let body = to_bytes(begun.into_body(), usize::MAX).await.expect("comes to its end");
        assert_eq!(body, before.as_bytes(), "the edition that was asked for");
        let mut named = Vec::new();
        for entry in std::fs::read_dir(folder.path().join("shuju")).expect("a folder") {
            let path = entry.expect("reads").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let Some((_, digest)) = name.split_once('-') else { continue };
            let digest = digest.split('.').next().expect("a digest").to_owned();
            let bytes = std::fs::read(&path).expect("reads");
            assert!(ledger::hex(&Sha256::digest(&bytes)).starts_with(&digest), "{name}");
            named.push(name);
        }
        assert_eq!(named.len(), 2, "the files before are gone: {named:?}");
        assert!(numbers(&portal).await.len() < ROWS as usize);
    })
    .await;
}
