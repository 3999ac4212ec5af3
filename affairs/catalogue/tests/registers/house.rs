//! A city, two districts and a street, with the domains and the plan of the notice.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption, Part};
use catalogue::acts::{domains, import, plan, release};
use catalogue_rules::plan::concerns_towns;
use catalogue_rules::{Item, ReadCatalogue};
use identity::{Organ, Tables};
use law::Date;
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350205000000,海沧区,district,350200000000,haicang
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division,domains
XM00001,厦门市人民政府,市政府,government,government,city,350200000000,
XM00020,厦门市市场监督管理局,市市场监管局,department,market,city,350200000000,
XM00023,厦门市民政局,市民政局,department,civil_affairs,city,350200000000,shehuijiuzhu
XM01001,思明区人民政府,区政府,government,government,district,350203000000,
XM01020,思明区市场监督管理局,区市场监管局,department,market,district,350203000000,
XM01023,思明区民政局,区民政局,department,civil_affairs,district,350203000000,
XM01101,厦港街道办事处,厦港街道,subdistrict,town,township,350203001000,
XM02001,海沧区人民政府,区政府,government,government,district,350205000000,
";

pub async fn on_both(check: impl AsyncFn(Ledger)) {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        catalogue::MIGRATIONS,
    ];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both("registers", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let clock = Clock::Fixed("2026-11-25T02:00:00Z".parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk(&ledger).await, "测试数据").await.expect("divisions and organs");
        domains::seed_if_none(&ledger).await.expect("domains");
        plan::seed_if_none(&ledger).await.expect("the plan");
        check(ledger).await;
    })
    .await;
}

pub async fn desk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk")
}

/// A row of 最低生活保障.
pub fn item(level2: &str, body: &str) -> Item {
    Item {
        level1: Some("最低生活保障".into()),
        level2: Some(level2.into()),
        subjects: vec![body.into()],
        ..Item::default()
    }
}

/// The city's catalogue of 社会救助 in force from a day, with a row for towns.
pub async fn city_releases(ledger: &Ledger, from: Date) {
    let items = vec![item("办事指南", "镇人民政府（街道办事处）"), item("监督检查", "区民政局")];
    releases(ledger, "XM00001", items, from).await;
}

/// An organ's catalogue of 社会救助 in force from a day.
pub async fn releases(ledger: &Ledger, organ: &str, items: Vec<Item>, from: Date) {
    let file = import::Import {
        organ: organ.into(),
        domain: "社会救助".into(),
        read: ReadCatalogue { items, ..ReadCatalogue::default() },
        source_name: "目录.csv".into(),
        source_sha256: String::new(),
        demo: false,
    };
    import::keep(desk(ledger).await, file).await.expect("imports");
    release::grant(desk(ledger).await, organ, "社会救助", from).await.expect("releases");
}

pub async fn takes_up(ledger: &Ledger, organ: &str, from: &str) {
    let organ = Organ::find(ledger.store(), organ).await.expect("asks").expect("is there");
    let adoption = Adoption {
        from,
        organ: &organ,
        domain: "shehuijiuzhu",
        title: "社会救助领域基层政务公开标准目录".into(),
        place: organ.short_name.clone(),
        bodies: &HashMap::new(),
        demo: false,
    };
    let part = Part { takes: concerns_towns, reason: "不是镇街的职责" };
    let taken = if organ.role == "town" {
        adoption::keep_part(desk(ledger).await, adoption, part).await
    } else {
        adoption::keep(desk(ledger).await, adoption).await
    };
    taken.expect("takes up");
}
