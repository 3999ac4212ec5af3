//! The plan of the notice on a real store: seeded once, and told from what was released.

use catalogue::acts::{plan, release};
use catalogue::plan_view::PlanView;
use catalogue::store::{Catalogue, KeyedItem, TakenRow, Version};
use catalogue_rules::Treatment;
use catalogue_rules::plan::TaskState;
use law::{Date, day};
use ledger::Ledger;
use store::Statements;

use crate::house::{city_releases, desk, on_both, takes_up};

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
