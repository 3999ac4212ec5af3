//! What leaves: lists of persons whose time is over, leaks that nobody confirmed in time, decisions of
//! punishment that no longer stand; and 规范性文件 that are looked at again.

use law::day;
use ledger::Withdrawal as Gone;
use records::acts::clearing::{ClearingOutcome, keep as clear};
use records::acts::expiry;
use records::acts::withdrawal::{WithdrawalForm, decide, emergency, propose};
use records::store::{Expired, Normative, WithdrawalCase, WithdrawalState};
use records_rules::Withdrawal;

use super::drafts::hand;
use super::house::{Sample, manuscript, on_both};

async fn published(sample: &Sample, title: &str, more: &[(&str, &str)]) -> String {
    let out = sample.publish(&manuscript(title, more)).await.expect("publishes");
    out[0].id.clone()
}

#[tokio::test]
async fn a_list_of_persons_leaves_by_itself_after_its_last_day_and_the_log_keeps_the_fact() {
    on_both(async |sample| {
        let shown = [("体裁", "公示"), ("公示截止日期", "2026-12-03")];
        let id = published(sample, "低保对象公示", &shown).await;
        let stays = published(sample, "通知", &[]).await;
        let (_, page) = sample.page(&format!("/wenjian/{id}")).await;
        assert!(page.contains("公示至 2026年12月3日"), "{page}");
        let (_, page) = sample.page(&format!("/wenjian/{stays}")).await;
        assert!(!page.contains("公示至"), "{page}");
        let store = sample.house.store();
        let on = async |day| Expired::all(store, day, 10).await.expect("lists");
        assert!(on(day(2026, 12, 3)).await.is_empty(), "its last day is still its own");
        let ended = on(day(2026, 12, 4)).await;
        assert_eq!(ended.iter().map(|one| &one.id).collect::<Vec<_>>(), [&id]);
        let desk = sample.desk_at("x", "2026-12-03T15:59:00Z").await;
        assert!(!expiry::keep(desk, &ended[0]).await.expect("asks"), "not a minute early");
        let clock = sample.at("2026-12-03T16:00:00Z").await;
        let desk = clock.desk(ledger::Actor::Timer).await.expect("a desk");
        assert!(expiry::keep(desk, &ended[0]).await.expect("leaves"));
        let desk = sample.desk_at("x", "2026-12-03T16:01:00Z").await;
        assert!(!expiry::keep(desk, &ended[0]).await.expect("asks"), "once");
        sample.house.forget_pages();
        let (status, page) = sample.page(&format!("/wenjian/{id}")).await;
        assert_eq!(status, 410);
        assert!(page.contains("公示期已满") && page.contains("2026-12-04"), "{page}");
        assert!(!page.contains("正文第一段"));
        assert_eq!(sample.page(&format!("/wenjian/{stays}")).await.0, 200);
        assert_eq!(sample.titles(web::Ask::default()).await, ["通知"]);
        let history = sample.house.ledger().log().history(&format!("record:{id}")).await;
        let history = history.expect("reads");
        assert_eq!(history.len(), 2);
        assert_eq!(history[1].body.reason, Some(Gone::Ended));
        assert!(
            history[0].opens,
            "it was public rightly: only what was published in error loses its salt"
        );
        let events = sample.house.ledger().events_on(&format!("record:{id}")).await.expect("asks");
        let last = events.last().expect("an entry");
        assert_eq!(
            (last.act.as_str(), last.basis.as_str()),
            ("expiry", "《个人信息保护法》第四十七条")
        );
        let found = sample.work_at("2026-12-03T16:02:00Z").await;
        assert!(found > 0, "search hears of it");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_confirmed_in_time_is_late_and_is_said_to_be() {
    on_both(async |sample| {
        let id = published(sample, "甲", &[]).await;
        let desk = sample.desk("sun").await;
        let case = emergency(desk, &hand("sun"), &id, "含有公民身份号码").await;
        let case = case.expect("withdraws");
        for (today, late) in [(day(2026, 11, 27), false), (day(2026, 11, 28), true)] {
            assert_eq!(case.is_late(today), late, "{today}");
        }
        let desk = sample.desk_at("zhao", "2026-11-30T02:00:00Z").await;
        let done = decide(desk, &hand("zhao"), &case.id, true, "已核对").await.expect("decides");
        assert_eq!(done.state, WithdrawalState::Stands);
        let events = sample.house.ledger().events_on(&format!("record:{id}")).await.expect("asks");
        assert_eq!(events.last().expect("an entry").facts["late"], true);
    })
    .await;
}

#[tokio::test]
async fn a_changed_decision_of_punishment_stays_owed_until_it_is_gone() {
    on_both(async |sample| {
        let id = published(sample, "处罚决定", &[]).await;
        let form = || WithdrawalForm {
            kind: Withdrawal::Mistaken,
            reason: "处罚决定已被复议机关撤销".into(),
            decision_changed_on: Some(day(2026, 11, 20)),
        };
        let owed =
            async || WithdrawalCase::owed(sample.house.store(), "XM00002").await.expect("lists");
        let desk = sample.desk("lin").await;
        let case = propose(desk, &hand("lin"), &id, form()).await.expect("proposes");
        assert!(owed().await.is_empty(), "it waits for a decision");
        decide(sample.desk("zhao").await, &hand("zhao"), &case.id, false, "再核对")
            .await
            .expect("refuses");
        let waits = owed().await;
        assert_eq!(
            (waits.len(), waits[0].due_on),
            (1, Some(day(2026, 11, 25))),
            "the clock runs on"
        );
        let desk = sample.desk("lin").await;
        let case = propose(desk, &hand("lin"), &id, form()).await.expect("proposes again");
        assert!(owed().await.is_empty());
        assert!(case.is_late(day(2026, 11, 26)));
        decide(sample.desk("zhao").await, &hand("zhao"), &case.id, true, "同意")
            .await
            .expect("approves");
        assert!(owed().await.is_empty());
        sample.house.forget_pages();
        let (status, page) = sample.page(&format!("/wenjian/{id}")).await;
        assert_eq!(status, 410);
        assert!(
            page.contains("行政处罚决定已变更或撤销") && page.contains("复议机关撤销"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_normative_document_is_told_of_before_it_lapses_until_something_is_decided() {
    on_both(async |sample| {
        let normative = |last: &'static str| [("规范性文件", "是"), ("有效期至", last)];
        let soon = published(sample, "办法甲", &normative("2027-03-01")).await;
        published(sample, "办法乙", &normative("2031-03-01")).await;
        let plain = published(sample, "通知丙", &[("有效期至", "2027-03-01")]).await;
        let store = sample.house.store();
        let all = Normative::of_organ(store, "XM00002").await.expect("lists");
        assert_eq!(
            all.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(),
            ["办法甲", "办法乙"]
        );
        let waits = async || {
            let lapsing = Normative::lapsing(store, "XM00002", day(2026, 11, 26)).await;
            lapsing.expect("lists").into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(waits().await, [soon.as_str()]);
        let none =
            clear(sample.desk("fa").await, &hand("fa"), &plain, ClearingOutcome::Keep, "留").await;
        assert!(none.is_err(), "only what is 规范性文件");
        let desk = sample.desk("fa").await;
        clear(desk, &hand("fa"), &soon, ClearingOutcome::Repeal, "不再适用").await.expect("clears");
        assert!(waits().await.is_empty());
        let all = Normative::of_organ(store, "XM00002").await.expect("lists");
        let decided = all[0].clearing.as_ref().expect("is kept");
        assert_eq!((decided.outcome.as_str(), decided.reason.as_str()), ("repeal", "不再适用"));
    })
    .await;
}
