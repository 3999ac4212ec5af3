//! The plan of the notice on a real store: seeded once, and told from what was released.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption, Part};
use catalogue::acts::{domains, import, plan, release};
use catalogue::plan_view::PlanView;
use catalogue::store::{Catalogue, KeyedItem, TakenRow, Version};
use catalogue_rules::plan::{TaskState, concerns_towns};
use catalogue_rules::{Item, ReadCatalogue, Treatment};
use identity::{Organ, Tables};
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Statements, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350205000000,海沧区,district,350200000000,haicang
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division,domains
XM00001,厦门市人民政府,市政府,government,government,city,350200000000,
XM00023,厦门市民政局,市民政局,department,civil_affairs,city,350200000000,shehuijiuzhu
XM01001,思明区人民政府,区政府,government,government,district,350203000000,
XM01101,厦港街道办事处,厦港街道,subdistrict,town,township,350203001000,
XM02001,海沧区人民政府,区政府,government,government,district,350205000000,
";

async fn on_both(check: impl AsyncFn(Ledger)) {
    let tables =
        [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, catalogue::MIGRATIONS];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both("plan", async |place| {
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

async fn desk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk")
}

/// The city's catalogue of 社会救助 in force from a day, with a row for towns.
async fn city_releases(ledger: &Ledger, from: Date) {
    let item = |level2: &str, body: &str| Item {
        level1: Some("最低生活保障".into()),
        level2: Some(level2.into()),
        subjects: vec![body.into()],
        ..Item::default()
    };
    let items = vec![item("办事指南", "镇人民政府（街道办事处）"), item("监督检查", "区民政局")];
    let file = import::Import {
        organ: "XM00001".into(),
        domain: "社会救助".into(),
        read: ReadCatalogue { items, ..ReadCatalogue::default() },
        source_name: "目录.csv".into(),
        source_sha256: String::new(),
        demo: false,
    };
    import::keep(desk(ledger).await, file).await.expect("imports");
    release::grant(desk(ledger).await, "XM00001", "社会救助", from).await.expect("releases");
}

async fn takes_up(ledger: &Ledger, organ: &str, from: &str) {
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

async fn state(ledger: &Ledger, organ: &str, task: &str, on: Date) -> Option<TaskState> {
    let view = PlanView::of(ledger.store(), None, on).await.expect("asks").expect("a plan");
    let row = view.rows.into_iter().find(|row| row.organ == organ && row.task == task);
    row.map(|row| row.state)
}

#[tokio::test]
async fn a_new_store_has_the_plan_of_the_notice_once() {
    on_both(async |ledger| {
        plan::seed_if_none(&ledger).await.expect("again");
        let sql = "SELECT count(*) FROM catalogue_plan";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(1));
        let sql = "SELECT count(*) FROM ledger_event WHERE act = 'plan'";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn the_state_follows_from_what_was_released_and_never_from_what_came_later() {
    on_both(async |ledger| {
        city_releases(&ledger, day(2020, 7, 25)).await;
        takes_up(&ledger, "XM01001", "XM00001").await;
        release::grant(desk(&ledger).await, "XM01001", "社会救助", day(2020, 11, 10))
            .await
            .expect("releases");
        takes_up(&ledger, "XM01101", "XM01001").await;
        let (eleventh, today) = (day(2020, 11, 11), day(2026, 11, 25));
        let done = |on, inferred| TaskState::Done { on, inferred };
        for (organ, task, on, expected) in [
            ("XM00023", "luoshi", eleventh, done(day(2020, 7, 25), false)),
            ("XM01001", "gongkai", eleventh, TaskState::Partly { done: 1, days_late: Some(1) }),
            ("XM02001", "gongkai", eleventh, TaskState::Late { days_late: 1, drafts: 0 }),
            ("XM01101", "gongkai", eleventh, TaskState::Late { days_late: 1, drafts: 0 }),
            ("XM01101", "gongkai", today, TaskState::Late { days_late: 2206, drafts: 1 }),
            ("XM01001", "tiaozheng", today, TaskState::NotOwed),
        ] {
            assert_eq!(
                state(&ledger, organ, task, on).await,
                Some(expected),
                "{organ} {task} {on}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_notice_is_a_new_plan_and_a_faulty_one_is_refused_with_its_place() {
    on_both(async |ledger| {
        let view = PlanView::of(ledger.store(), None, day(2026, 11, 25)).await.expect("asks");
        let mut next = view.expect("a plan").plan;
        next.slug = "gongkaiban-2026-1".into();
        next.number = "厦公开办〔2026〕1号".into();
        next.issued_on = day(2020, 7, 8);
        plan::keep(desk(&ledger).await, &next).await.expect("a second plan");
        let newest = PlanView::of(ledger.store(), None, day(2026, 11, 25)).await.expect("asks");
        assert_eq!(newest.expect("a plan").plan.slug, next.slug);
        next.domains.push("yuye".into());
        let refused = plan::keep(desk(&ledger).await, &next).await.expect_err("is refused");
        assert!(refused.to_string().contains("没有名为“yuye”的领域"), "{refused}");
        for (text, words) in [
            ("{", "第 1 行第 1 列: 不是完整的 JSON"),
            ("{\"slug\": \"a\"}", "缺少 number 这一项"),
            ("{\"slag\": \"a\"}", "不认识 slag 这一项"),
        ] {
            let refused = plan::read(text).expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_street_takes_up_its_own_rows_and_the_others_are_not_applicable_for_a_reason() {
    on_both(async |ledger| {
        city_releases(&ledger, day(2020, 7, 25)).await;
        takes_up(&ledger, "XM01101", "XM00001").await;
        let store = ledger.store();
        let catalogue = Catalogue::of(store, "XM01101", "shehuijiuzhu").await.expect("asks");
        let draft = Version::draft(store, &catalogue.expect("is there").id).await.expect("asks");
        let draft = draft.expect("a draft");
        let rows = KeyedItem::all(store, &draft.id).await.expect("asks");
        let names: Vec<_> = rows.iter().filter_map(|row| row.item.level2.as_deref()).collect();
        assert_eq!(names, ["办事指南"]);
        let taken = TakenRow::all(store, &draft.id).await.expect("asks");
        let left: Vec<_> = taken.iter().filter(|row| row.item != rows[0].key).collect();
        let reason = Treatment::NotApplicable { reason: "不是镇街的职责".into() };
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].treatment, reason);
    })
    .await;
}
