//! The demo city before an inspector: nothing is found in it, and every fault that is laid into its data is
//! named in JSON with its id and its address.

use std::sync::Arc;

use records::store::PublishedLine;
use serde_json::Value;
use sites::column::{self, Settled};
use sites::inspecting;
use sites_rules::Freshness;
use web::Site;

use super::routes::{Walk, walk};
use crate::commands::site::inspect::as_json;

/// The district whose site is inspected.
const BASE: &str = "/siming";

type Spot = (String, String, String);

fn site(walk: &Walk) -> Arc<Site> {
    let directory = walk.house.directory();
    directory.all().iter().find(|site| site.base() == BASE).cloned().expect("a site")
}

/// What is found, as `--json` tells it.
async fn found(walk: &Walk) -> Value {
    walk.house.refresh_directory().await.expect("sites");
    walk.house.forget_pages();
    let site = site(walk);
    as_json(&site, &inspecting::look(&walk.house, &site).await.expect("looks"))
}

/// Rule, id and address of each spot.
fn spots(told: &Value) -> Vec<Spot> {
    let one = |spot: &Value| {
        let text = |name: &str| spot[name].as_str().unwrap_or_default().to_owned();
        (text("rule"), text("id"), text("address"))
    };
    told["spots"].as_array().expect("spots").iter().map(one).collect()
}

/// Changes the data as nobody may, in the name of a test.
async fn spoil(walk: &Walk, statements: &[String]) {
    let mut desk = walk.ledger.desk(ledger::Actor::Operator("test".into())).await.expect("a desk");
    for sql in statements {
        desk.change().run(sql, vec![]).await.expect(sql);
    }
    desk.record(ledger::Entry {
        room: "sites",
        act: "inspection",
        subject: "test".into(),
        organ: String::new(),
        basis: "试验".into(),
        facts: Value::Null,
    })
    .await
    .expect("an entry");
    desk.seal().await.expect("kept");
}

/// Five columns of the site that hold nothing are opened.
async fn open_blank_columns(walk: &Walk) {
    let site = site(walk);
    for name in ["P20-04", "P20-08", "P20-12", "P20-13", "P20-14"] {
        let settled = Settled {
            name: name.into(),
            owner: site.organ.clone(),
            class: Freshness::Other,
            days: None,
            opened: true,
        };
        let desk = walk.ledger.desk(ledger::Actor::Operator("test".into())).await.expect("a desk");
        let of = (BASE, site.organ.as_str());
        column::define(desk, of, &settled, "试验").await.expect("settled");
    }
}

#[tokio::test]
async fn the_demo_city_comes_out_clean_and_every_fault_laid_into_it_is_named() {
    let walk = walk("inspecting").await;
    let portal = Arc::new(walk.portal());
    walk.house.reads_at(&portal);
    let clean = found(&walk).await;
    assert_eq!(spots(&clean), [], "{clean:#}");
    assert_eq!((&clean["verdict"], &clean["passes"]), (&"合格".into(), &true.into()));
    assert!(clean["pages"].as_u64() > Some(60) && clean["links"].as_u64() > Some(100), "{clean}");
    let unlooked = clean["unlooked"].as_array().expect("a list").iter();
    let mut unlooked: Vec<_> = unlooked.map(|one| one["id"].as_str().unwrap_or_default()).collect();
    // How much has its turn on another day depends on how much there is.
    unlooked.retain(|id| !["pages", "link.inside"].contains(id));
    let never = ["M1", "statistics", "messages", "link.outside"];
    assert_eq!(unlooked, never);

    let organ = walk.organ.clone();
    let lines = PublishedLine::called_like(walk.house.store(), &organ, "").await.expect("asks");
    let open: Vec<_> = lines.into_iter().filter(PublishedLine::is_open).collect();
    let (forged, worded) = (open[0].id.clone(), open[1].id.clone());
    let later = "2099-01-01T00:00:00.000Z";
    spoil(
        &walk,
        &[
            "DROP TRIGGER record_stays".into(),
            format!("UPDATE record SET published_at = '2020-01-01T00:00:00.000Z' WHERE id = '{forged}'"),
            format!("UPDATE record SET published_at = '{later}' WHERE id = '{}'", open[2].id),
            format!(
                "INSERT INTO record_finding (record, place, what, organ, weight, remedy, rescan, found_at)
                 VALUES ('{worded}', '正文', '“x”（国家和地区），y', '{organ}', 'doubt', 'z', 'r', '{later}')"
            ),
            format!("UPDATE site SET icp = NULL, mark = NULL WHERE base = '{BASE}'"),
            format!("UPDATE site_visit SET failed = times WHERE base = '{BASE}'"),
            "UPDATE site_message SET due_on = '2020-01-02' WHERE state = 'open'".into(),
        ],
    )
    .await;
    open_blank_columns(&walk).await;
    let told = found(&walk).await;
    let named = spots(&told);
    let at = |id: &str| format!("{BASE}/wenjian/{id}");
    for (rule, id, address) in [
        ("V1.date.log", forged.as_str(), at(&forged).as_str()),
        ("V1.date.shown", &forged, &at(&forged)),
        ("V1.date.future", &open[2].id, &at(&open[2].id)),
        ("V1.wording", &worded, &at(&worded)),
        ("V2.unreachable", "site", BASE),
        ("V4.blank", "P20-04", "/siming/gongkai/fading/tongjixinxi"),
        ("footer.icp", BASE, BASE),
        ("footer.mark", BASE, BASE),
    ] {
        let row = (rule.to_owned(), id.to_owned(), address.to_owned());
        assert!(named.contains(&row), "{row:?}: {named:?}");
    }
    assert!(named.iter().any(|(rule, ..)| rule == "answer.late"), "{named:?}");
    let vetoes = told["vetoes"].as_array().expect("vetoes").iter();
    let vetoes: Vec<_> = vetoes.map(|veto| veto["id"].as_str().unwrap_or_default()).collect();
    assert_eq!(vetoes, ["V1", "V2", "V4"]);
    assert_eq!(told["verdict"], "不合格（单项否决）");
}
