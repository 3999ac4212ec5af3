//! A catalogue comes in, comes into force and is taken up below, on either engine.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::{ActError, domains, import, release};
use catalogue::store::{Catalogue, Domain, DomainLine, KeyedItem, State, Version};
use catalogue_rules::{Item, ReadCatalogue};
use identity::{Organ, Tables};
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Statements, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM00001,厦门市人民政府,市政府,government,government,city,350200000000
XM01001,思明区人民政府,区政府,government,government,district,350203000000
";

async fn on_both(check: impl AsyncFn(Ledger)) {
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
        let clock = Clock::Fixed("2026-11-25T02:00:00Z".parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        furnish(&ledger).await;
        check(ledger).await;
    })
    .await;
}

async fn furnish(ledger: &Ledger) {
    let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
    tables.keep(desk(ledger).await, "测试数据").await.expect("divisions and organs");
    let domain = DomainLine {
        slug: "fupin".into(),
        ordinal: 14,
        names: vec![
            ("扶贫".into(), day(2020, 7, 7), Some(day(2025, 12, 31))),
            ("乡村振兴".into(), day(2026, 1, 1), None),
        ],
        also_called: None,
        note: None,
    };
    let named_by = "厦府办〔2020〕67号";
    domains::keep(desk(ledger).await, &[domain], named_by).await.expect("domains");
}

async fn desk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk")
}

fn item(level2: &str, body: &str) -> Item {
    Item {
        level1: Some("政策文件".into()),
        level2: Some(level2.into()),
        subjects: vec![body.into()],
        time_limit_raw: "信息形成或变更之日起20个工作日内".into(),
        ..Item::default()
    }
}

fn file(items: Vec<Item>) -> import::Import {
    let title = Some("扶贫领域基层政务公开标准目录".into());
    import::Import {
        organ: "XM00001".into(),
        domain: "扶贫".into(),
        read: ReadCatalogue { title, items, ..ReadCatalogue::default() },
        source_name: "目录.csv".into(),
        source_sha256: String::new(),
        demo: false,
    }
}

async fn live(ledger: &Ledger, organ: &str) -> Option<Version> {
    live_on(ledger, organ, ledger.clock().today()).await
}

async fn live_on(ledger: &Ledger, organ: &str, day: Date) -> Option<Version> {
    let catalogue = Catalogue::of(ledger.store(), organ, "fupin").await.expect("asks")?;
    Version::live(ledger.store(), &catalogue.id, day).await.expect("asks")
}

/// The city's file becomes a draft and comes into force on `day`.
async fn released(ledger: &Ledger, items: Vec<Item>, day: Date) -> Version {
    import::keep(desk(ledger).await, file(items)).await.expect("imports");
    release::grant(desk(ledger).await, "XM00001", "扶贫", day).await.expect("releases")
}

#[tokio::test]
async fn a_domain_is_called_as_it_is_called_on_the_day_and_found_by_every_name_it_had() {
    on_both(async |ledger| {
        for (on, name) in [(day(2021, 1, 1), "扶贫"), (day(2026, 11, 25), "乡村振兴")] {
            let all = Domain::all(ledger.store(), on).await.expect("asks");
            assert_eq!(all.len(), 1, "{on}");
            assert_eq!(all[0].name, name);
        }
        for name in ["扶贫", "乡村振兴", "扶贫领域", "fupin"] {
            let found = Domain::called(ledger.store(), name).await.expect("asks");
            assert_eq!(found.as_deref(), Some("fupin"), "{name}");
        }
        assert_eq!(Domain::called(ledger.store(), "渔业").await.expect("asks"), None);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_seen_by_nobody_until_it_is_released_and_then_ends_the_version_before() {
    on_both(async |ledger| {
        let first = file(vec![item("法律法规", "区民政局")]);
        import::keep(desk(&ledger).await, first).await.expect("imports");
        assert_eq!(live(&ledger, "XM00001").await, None);
        let day_one = day(2020, 7, 25);
        release::grant(desk(&ledger).await, "XM00001", "扶贫", day_one).await.expect("releases");
        let second = file(vec![item("法律法规", "区民政局"), item("规范性文件", "区民政局")]);
        let draft = import::keep(desk(&ledger).await, second).await.expect("imports");
        assert_eq!((draft.number, draft.state), (2, State::Draft));
        assert_eq!(live(&ledger, "XM00001").await.map(|version| version.number), Some(1));
        let day_two = day(2026, 1, 1);
        release::grant(desk(&ledger).await, "XM00001", "fupin", day_two).await.expect("releases");
        let now = live(&ledger, "XM00001").await.expect("in force");
        assert_eq!((now.number, now.effective_from), (2, Some(day(2026, 1, 1))));
        let sql = "SELECT count(*) FROM catalogue_version
                    WHERE state = 'ended' AND effective_to = '2025-12-31'";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_version_holds_from_its_day_until_the_day_before_the_next_ones() {
    on_both(async |ledger| {
        let items = || vec![item("法律法规", "区民政局")];
        released(&ledger, items(), day(2020, 7, 25)).await;
        released(&ledger, items(), day(2027, 1, 1)).await;
        // What was announced for 2027 is overtaken before its day comes.
        released(&ledger, items(), day(2026, 12, 15)).await;
        for (on, number) in [
            (day(2020, 7, 24), None),
            (day(2020, 7, 25), Some(1)),
            (day(2026, 11, 25), Some(1)),
            (day(2026, 12, 14), Some(1)),
            (day(2026, 12, 15), Some(3)),
            (day(2027, 1, 1), Some(3)),
        ] {
            let found = live_on(&ledger, "XM00001", on).await;
            assert_eq!(found.map(|version| version.number), number, "{on}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_index_hears_again_of_a_version_on_the_day_it_comes_into_force() {
    on_both(async |ledger| {
        released(&ledger, vec![item("法律法规", "区民政局")], day(2027, 1, 1)).await;
        let sql = "SELECT count(*) FROM job
                    WHERE kind = 'catalogue.search' AND run_at = '2026-12-31T16:00:00.000Z'";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_second_import_replaces_the_draft_and_never_leaves_two() {
    on_both(async |ledger| {
        for count in [3, 1] {
            let items = (0..count).map(|n| item(&format!("事项{n}"), "区民政局")).collect();
            import::replace(desk(&ledger).await, file(items)).await.expect("imports");
        }
        let sql = "SELECT count(*) FROM catalogue_item";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_in_says_why_and_stores_nothing() {
    on_both(async |ledger| {
        let items = || vec![item("法律法规", "区民政局")];
        let table: [(import::Import, &str); 3] = [
            (
                import::Import { organ: "XM99999".into(), ..file(items()) },
                "没有代码为 XM99999 的机关",
            ),
            (import::Import { domain: "渔业".into(), ..file(items()) }, "没有名为 渔业 的领域"),
            (file(vec![]), "目录里没有事项"),
        ];
        for (wrong, words) in table {
            let error = import::keep(desk(&ledger).await, wrong).await.expect_err("is refused");
            assert_eq!(error.to_string(), words);
        }
        let sql = "SELECT count(*) FROM catalogue";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(0));
        let none = release::grant(desk(&ledger).await, "XM00001", "扶贫", day(2026, 1, 1)).await;
        assert!(matches!(none, Err(ActError::NoDraft)), "{none:?}");
    })
    .await;
}

#[tokio::test]
async fn a_district_takes_up_the_template_under_the_same_keys_with_its_own_bodies() {
    on_both(async |ledger| {
        let items = vec![item("法律法规", "区民政局"), item("规范性文件", "镇人民政府")];
        released(&ledger, items, day(2020, 7, 25)).await;
        let organ = Organ::find(ledger.store(), "XM01001").await.expect("asks").expect("is there");
        let bodies = HashMap::from([("区民政局".into(), "厦门市思明区民政局".into())]);
        let adoption = Adoption {
            from: "XM00001",
            organ: &organ,
            domain: "fupin",
            title: "思明区扶贫领域基层政务公开标准目录".into(),
            place: "思明区".into(),
            bodies: &bodies,
            demo: false,
        };
        adoption::keep(desk(&ledger).await, adoption).await.expect("takes up");
        release::grant(desk(&ledger).await, "XM01001", "扶贫", day(2020, 11, 10))
            .await
            .expect("releases");
        let above = live(&ledger, "XM00001").await.expect("in force");
        let below = live(&ledger, "XM01001").await.expect("in force");
        let above = KeyedItem::all(ledger.store(), &above.id).await.expect("asks");
        let below = KeyedItem::all(ledger.store(), &below.id).await.expect("asks");
        let keys =
            |items: &[KeyedItem]| items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&above), keys(&below));
        let bodies: Vec<_> = below.iter().flat_map(|keyed| keyed.item.subjects.clone()).collect();
        assert_eq!(bodies, ["厦门市思明区民政局", "镇人民政府"]);
    })
    .await;
}

#[tokio::test]
async fn no_reason_puts_a_version_in_force_before_the_one_it_follows() {
    on_both(async |ledger| {
        released(&ledger, vec![item("政策", "市农业农村局")], day(2020, 7, 25)).await;
        import::keep(desk(&ledger).await, file(vec![item("规划", "市农业农村局")]))
            .await
            .expect("imports");
        let early = release::grant(desk(&ledger).await, "XM00001", "扶贫", day(2019, 1, 1)).await;
        assert!(matches!(early, Err(ActError::Unfit(_))), "{early:?}");
        let before = live_on(&ledger, "XM00001", day(2020, 8, 1)).await.expect("the first holds");
        assert_eq!((before.number, before.effective_from), (1, Some(day(2020, 7, 25))));
        let next = release::grant(desk(&ledger).await, "XM00001", "扶贫", day(2021, 1, 1)).await;
        assert_eq!(next.expect("releases").number, 2);
    })
    .await;
}
