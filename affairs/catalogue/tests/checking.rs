//! A version is checked against the organs of its place and the catalogue above it, and the nearest
//! catalogue says whether an item goes to the open web, on either engine.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::{domains, drafting, import, release};
use catalogue::checking;
use catalogue::store::{Catalogue, DomainLine, KeyedItem, Version};
use catalogue_rules::lint::{Finding, Rule};
use catalogue_rules::{
    Audience, Channel, DayUnit, Exposure, Item, Method, ReadCatalogue, TimeLimit, TimeLimitKind,
};
use identity::{Organ, Tables};
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350206000000,湖里区,district,350200000000,huli
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division,valid_from,valid_to
XM00001,厦门市人民政府,市政府,government,government,city,350200000000,,
XM00020,厦门市民政局,市民政局,department,civil,city,350200000000,,
XM01001,厦门市思明区人民政府,区政府,government,government,district,350203000000,,
XM01020,厦门市思明区民政局,区民政局,department,civil,district,350203000000,,
XM01021,厦门市思明区旅游局,区旅游局,department,tour,district,350203000000,,2019-02-28
XM01101,厦港街道办事处,厦港街道,subdistrict,town,township,350203001000,,
XM02001,厦门市湖里区人民政府,湖里区政府,government,government,district,350206000000,,
";

const TODAY: Date = day(2026, 11, 25);

async fn on_both(name: &'static str, check: impl AsyncFn(Ledger)) {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        catalogue::MIGRATIONS,
    ];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both(name, async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let clock = Clock::Fixed("2026-11-25T02:00:00Z".parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        furnish(&ledger).await;
        check(ledger).await;
    })
    .await;
}

async fn desk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk")
}

/// The city's catalogue in force, with one item for a group, taken up by one district.
async fn furnish(ledger: &Ledger) {
    let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
    tables.keep(desk(ledger).await, "测试数据").await.expect("divisions and organs");
    let domain = DomainLine {
        slug: "shehuijiuzhu".into(),
        ordinal: 20,
        names: vec![("社会救助".into(), day(2020, 7, 7), None)],
        also_called: None,
        note: None,
    };
    domains::keep(desk(ledger).await, &[domain], "厦府办〔2020〕67号").await.expect("domains");
    let held = Item {
        audience: vec![Audience::CertainGroup],
        audience_note: Some("本村居民".into()),
        ..item("审核信息", "市民政局")
    };
    let draft = import::Import {
        organ: "XM00001".into(),
        domain: "社会救助".into(),
        read: ReadCatalogue {
            items: vec![item("办事指南", "市民政局"), held],
            ..ReadCatalogue::default()
        },
        source_name: "目录.csv".into(),
        source_sha256: String::new(),
        demo: false,
    };
    import::keep(desk(ledger).await, draft).await.expect("imports");
    release::grant(desk(ledger).await, "XM00001", "社会救助", day(2026, 1, 1))
        .await
        .expect("grants");
}

fn item(name: &str, body: &str) -> Item {
    let limit = TimeLimit {
        amount: Some(10),
        unit: Some(DayUnit::WorkingDays),
        ..TimeLimit::of(TimeLimitKind::WorkingDays)
    };
    Item {
        level1: Some("最低生活保障".into()),
        level2: Some(name.into()),
        elements: vec![format!("{name}全文")],
        basis: vec!["《社会救助暂行办法》".into()],
        time_limit_raw: "制定或者获取信息之日起10个工作日内".into(),
        time_limit: Some(limit),
        subjects: vec![body.into()],
        channels: Channel::named("政府网站").into_iter().collect(),
        audience: vec![Audience::WholeSociety],
        methods: vec![Method::Proactive],
        ..Item::default()
    }
}

/// What is said of the draft a district makes of the city's catalogue, with these bodies.
async fn said(ledger: &Ledger, body: &str) -> Vec<Finding> {
    let organ = Organ::find(ledger.store(), "XM01001").await.expect("asks").expect("is there");
    let bodies = HashMap::from([("市民政局".to_owned(), body.to_owned())]);
    let adoption = Adoption {
        from: "XM00001",
        organ: &organ,
        domain: "shehuijiuzhu",
        title: "思明区社会救助目录".into(),
        place: "思明区".into(),
        bodies: &bodies,
        demo: false,
    };
    let draft = adoption::keep(desk(ledger).await, adoption).await.expect("takes up");
    let checked = checking::check(ledger.store(), &draft, TODAY).await.expect("asks");
    checked.expect("is there").findings
}

#[tokio::test]
async fn a_draft_is_held_against_the_organs_of_its_place_and_the_catalogue_above() {
    on_both("checking", async |ledger| {
        for (body, known) in [
            ("区民政局", true),
            ("厦门市思明区民政局", true),
            ("厦港街道办事处", true),
            ("市民政局", false),
            ("湖里区政府", false),
            ("区旅游局", false),
        ] {
            let findings = said(&ledger, body).await;
            let mut rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
            assert_eq!(rules.pop(), Some(Rule::Uniform), "{body}: only the bodies differ");
            let unknown = if known { vec![] } else { vec![Rule::UnknownBody; 2] };
            assert_eq!(rules, unknown, "{body}");
            let own = Catalogue::of(ledger.store(), "XM01001", "shehuijiuzhu").await;
            let own = own.expect("asks").expect("is there");
            drafting::discard(desk(&ledger).await, &own.id).await.expect("begins again");
        }
        let catalogue = Catalogue::of(ledger.store(), "XM00001", "shehuijiuzhu").await;
        let catalogue = catalogue.expect("asks").expect("is there");
        let city = Version::live(ledger.store(), &catalogue.id, TODAY).await.expect("asks");
        let checked = checking::check(ledger.store(), &city.expect("in force"), TODAY).await;
        assert_eq!(checked.expect("asks").expect("is there").findings, [], "nothing above it");
    })
    .await;
}

#[tokio::test]
async fn an_item_is_open_or_held_as_the_nearest_catalogue_has_it() {
    on_both("nearest", async |ledger| {
        let names = ["最低生活保障", "审核信息"].map(str::to_owned);
        let is_held = async |division: &str| {
            let rows = KeyedItem::named(ledger.store(), "shehuijiuzhu", &names, division, TODAY);
            let rows = rows.await.expect("asks");
            assert_eq!(rows.len(), 1, "{division}");
            rows[0].item.exposure() != Exposure::Open
        };
        assert!(is_held("350203001000").await, "the city's holds everywhere");
        said(&ledger, "区民政局").await;
        assert!(is_held("350203001000").await, "a draft says nothing yet");
        let open = import::Import {
            organ: "XM01001".into(),
            domain: "社会救助".into(),
            read: ReadCatalogue {
                items: vec![item("审核信息", "区民政局")],
                ..ReadCatalogue::default()
            },
            source_name: "目录.csv".into(),
            source_sha256: String::new(),
            demo: false,
        };
        import::replace(desk(&ledger).await, open).await.expect("imports");
        let granted = release::grant(desk(&ledger).await, "XM01001", "社会救助", TODAY).await;
        granted.expect("grants");
        for (division, held) in [
            ("350203001000", false),
            ("350203000000", false),
            ("350206000000", true),
            ("350200000000", true),
            ("", true),
        ] {
            assert_eq!(is_held(division).await, held, "{division}");
        }
        let unknown = ["最低生活保障".to_owned()];
        let rows = KeyedItem::named(ledger.store(), "shehuijiuzhu", &unknown, "", TODAY).await;
        assert!(rows.expect("asks").is_empty(), "half a name is none");
    })
    .await;
}
