//! A city with two districts that have taken up its catalogue of three rows.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::submission::{self, Proposal};
use catalogue::acts::{ActError, domains, import, release};
use catalogue::store::{AdjustmentEntry, Catalogue, DomainLine, KeyedItem, Version, keyed};
use catalogue_rules::{
    AdjustmentKind, Audience, Channel, Item, Method, ReadCatalogue, TimeLimit, TimeLimitKind,
};
use identity::{Organ, Tables};
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use review::{Publishers, Unit};
use store::{Migrations, Store};

pub const CITY: &str = "XM00001";
pub const SIMING: &str = "XM01001";
pub const HULI: &str = "XM03001";
pub const DOMAIN: &str = "yanglaofuwu";

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350206000000,湖里区,district,350200000000,huli
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM00001,厦门市人民政府,市政府,government,government,city,350200000000
XM01001,思明区人民政府,思明区政府,government,government,district,350203000000
XM03001,湖里区人民政府,湖里区政府,government,government,district,350206000000
";

/// Runs a check in a fresh house on each engine.
pub async fn on_both(check: impl AsyncFn(Ledger)) {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        catalogue::MIGRATIONS,
    ];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both("catalogue", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let ledger = ledger_at(store, "2026-11-25T02:00:00Z").await;
        furnish(&ledger).await;
        check(ledger).await;
    })
    .await;
}

async fn ledger_at(store: Store, moment: &str) -> Ledger {
    let clock = Clock::Fixed(moment.parse().expect("a moment"));
    Ledger::open(store, clock, vec![]).await.expect("opens")
}

/// The same house at another moment.
pub async fn on(ledger: &Ledger, moment: &str) -> Ledger {
    ledger_at(ledger.store().clone(), moment).await
}

async fn furnish(ledger: &Ledger) {
    let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
    tables.keep(desk(ledger).await, "测试数据").await.expect("divisions and organs");
    let domain = DomainLine {
        slug: DOMAIN.into(),
        ordinal: 21,
        names: vec![("养老服务".into(), day(2020, 7, 7), None)],
        also_called: None,
        note: None,
    };
    domains::keep(desk(ledger).await, &[domain], "厦府办〔2020〕67号").await.expect("domains");
}

pub async fn desk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk")
}

/// A row with little in it.
pub fn item(level2: &str, body: &str) -> Item {
    Item {
        level1: Some("养老服务".into()),
        level2: Some(level2.into()),
        subjects: vec![body.into()],
        time_limit_raw: "10个工作日内".into(),
        ..Item::default()
    }
}

/// A row with all that the notice asks for.
pub fn whole_item(level2: &str) -> Item {
    Item {
        elements: vec!["标准".into()],
        basis: vec!["《社会救助暂行办法》".into()],
        time_limit: Some(TimeLimit {
            amount: Some(10),
            ..TimeLimit::of(TimeLimitKind::WorkingDays)
        }),
        channels: Channel::named("政府网站").into_iter().collect(),
        audience: vec![Audience::WholeSociety],
        methods: vec![Method::Proactive],
        ..item(level2, "市民政局")
    }
}

pub fn key_of(level2: &str) -> String {
    keyed(vec![item(level2, "")]).remove(0).key
}

/// A file with these rows, for an organ's next version.
pub fn file(organ: &str, items: Vec<Item>) -> import::Import {
    import::Import {
        organ: organ.into(),
        domain: DOMAIN.into(),
        read: ReadCatalogue {
            title: Some("养老服务领域基层政务公开标准目录".into()),
            items,
            ..ReadCatalogue::default()
        },
        source_name: "目录.csv".into(),
        source_sha256: String::new(),
        demo: false,
    }
}

/// How catalogues are reviewed and published.
pub fn publishers() -> Publishers {
    Publishers::of(&[catalogue::room()], std::path::Path::new("/nowhere"))
}

/// An editor of an organ submits its draft.
pub async fn submit(
    ledger: &Ledger,
    organ: &str,
    from: Date,
    despite: Option<&str>,
) -> Result<Unit, ActError> {
    let by = review::testing::someone(organ, "catalogue_editor");
    let catalogue = catalogue_of(ledger, organ).await;
    let proposal =
        Proposal { catalogue: &catalogue, from, despite, note: None, added: vec![], by: &by };
    submission::keep(desk(ledger).await, &publishers(), proposal).await
}

/// The same, taken through its whole review and released.
pub async fn publish(ledger: &Ledger, organ: &str, from: Date, despite: Option<&str>) {
    let unit = submit(ledger, organ, from, despite).await.expect("submits");
    review::testing::publish(ledger, &publishers(), &unit).await.expect("publishes");
}

/// The city releases three rows, and both districts take them up.
pub async fn layered(ledger: &Ledger) {
    let rows = ["法律法规", "补贴标准", "监督电话"].map(|name| item(name, "区民政局"));
    import::keep(desk(ledger).await, file(CITY, rows.into())).await.expect("imports");
    release::grant(desk(ledger).await, CITY, DOMAIN, day(2020, 7, 25)).await.expect("releases");
    for code in [SIMING, HULI] {
        let organ = Organ::find(ledger.store(), code).await.expect("asks").expect("is there");
        let place = organ.name.trim_end_matches("人民政府").to_owned();
        let bodies = HashMap::from([("区民政局".into(), format!("{place}民政局"))]);
        let adoption = Adoption {
            from: CITY,
            organ: &organ,
            domain: DOMAIN,
            title: format!("{place}养老服务领域基层政务公开标准目录"),
            place,
            bodies: &bodies,
            demo: false,
        };
        adoption::keep(desk(ledger).await, adoption).await.expect("takes up");
        release::grant(desk(ledger).await, code, DOMAIN, day(2020, 11, 10))
            .await
            .expect("releases");
    }
}

pub async fn catalogue_of(ledger: &Ledger, organ: &str) -> String {
    let found = Catalogue::of(ledger.store(), organ, DOMAIN).await.expect("asks");
    found.expect("is there").id
}

/// The last release with its rows: what must not change by itself.
pub async fn stand(ledger: &Ledger, organ: &str) -> (Option<Version>, Vec<KeyedItem>) {
    let catalogue = catalogue_of(ledger, organ).await;
    let version = Version::released(ledger.store(), &catalogue).await.expect("asks");
    let id = version.as_ref().map(|version| version.id.clone()).unwrap_or_default();
    (version, KeyedItem::all(ledger.store(), &id).await.expect("asks"))
}

pub async fn draft_rows(ledger: &Ledger, organ: &str) -> Vec<KeyedItem> {
    let catalogue = catalogue_of(ledger, organ).await;
    let draft = Version::draft(ledger.store(), &catalogue).await.expect("asks").expect("a draft");
    KeyedItem::all(ledger.store(), &draft.id).await.expect("asks")
}

/// Names and bodies of the rows in force on a day.
pub async fn rows_in_force(ledger: &Ledger, organ: &str, on: Date) -> Vec<String> {
    let catalogue = catalogue_of(ledger, organ).await;
    let version = Version::live(ledger.store(), &catalogue, on).await.expect("asks");
    let id = version.expect("in force").id;
    let rows = KeyedItem::all(ledger.store(), &id).await.expect("asks");
    let word = |keyed: &KeyedItem| {
        format!(
            "{} {}",
            keyed.item.level2.clone().unwrap_or_default(),
            keyed.item.subjects.join("、")
        )
    };
    rows.iter().map(word).collect()
}

async fn open(ledger: &Ledger, organ: &str) -> Vec<AdjustmentEntry> {
    let catalogue = catalogue_of(ledger, organ).await;
    AdjustmentEntry::open(ledger.store(), &catalogue).await.expect("asks")
}

const NAMES: [&str; 4] = ["办事指南", "法律法规", "补贴标准", "监督电话"];

/// What waits for the organ's decision, by name.
pub async fn named(ledger: &Ledger, organ: &str) -> Vec<(&'static str, AdjustmentKind)> {
    let open = open(ledger, organ).await;
    let find = |name: &'static str| {
        let key = key_of(name);
        open.iter().find(|entry| entry.item == key).map(|entry| (name, entry.kind))
    };
    NAMES.into_iter().filter_map(find).collect()
}

/// The key of what waits for the organ's decision on a row.
pub async fn open_at(ledger: &Ledger, organ: &str, name: &str) -> String {
    let (open, key) = (open(ledger, organ).await, key_of(name));
    open.into_iter().find(|entry| entry.item == key).expect("is open").id
}
