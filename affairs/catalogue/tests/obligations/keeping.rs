//! Records and events set obligations off and keep them.

use catalogue::acts::waiver::{self, Waive};
use catalogue::acts::{ActError, computation, event};
use catalogue::store::{Mark, Obligation};
use catalogue_rules::obligation::{ObligationState as State, Trigger};
use law::day;

use crate::house::{
    CIVIL, DISTRICT, DOMAIN, GOVERNMENT, Sample, TOWN, item, key, on_both, over_days,
};

#[tokio::test]
async fn a_record_published_on_the_twentieth_working_day_is_in_time_and_on_the_next_late() {
    on_both(async |sample| {
        for (record, made_on, state) in [
            ("r1", "2026-10-28", State::Kept),
            ("r2", "2026-10-27", State::KeptLate),
            ("r3", "2026-11-25", State::Kept),
        ] {
            sample.publish(record, CIVIL, "扶持政策", made_on).await;
            assert_eq!(sample.state_of(record).await, Some(state), "{made_on}");
        }
        let late = sample.owed_by(&Trigger::Record("r2".into())).await.expect("is owed");
        assert_eq!((late.due_on, late.kept_on), (Some(day(2026, 11, 24)), Some(day(2026, 11, 25))));
        assert_eq!((late.organ.as_str(), late.division.as_str()), (CIVIL, DISTRICT));
        let calendar = sample.ledger().calendar();
        let today = day(2026, 11, 25);
        let found = computation::explained(sample.store(), &calendar, today, &late.id).await;
        let told = found.expect("asks").expect("is owed").explanation;
        assert!(told.sentences.iter().any(|one| one.contains("迟了1个工作日")), "{told:?}");
        assert_eq!((told.name.as_str(), told.due), ("养老服务＞扶持政策", Some(day(2026, 11, 24))));
    })
    .await;
}

#[tokio::test]
async fn a_day_that_a_source_states_counts_and_is_marked_and_a_silent_source_is_not_judged() {
    on_both(async |sample| {
        let stated = serde_json::json!({ "imported": { "on": "2025-02-21", "source": "原网站" } });
        sample.publish_from("r1", CIVIL, "扶持政策", "2025-01-20", stated).await;
        let owed = sample.owed_by(&Trigger::Record("r1".into())).await.expect("is owed");
        assert_eq!(
            (owed.state, owed.stated, owed.kept_on),
            (State::Kept, true, Some(day(2025, 2, 21)))
        );
        let silent = serde_json::json!({ "imported": null });
        sample.publish_from("r2", CIVIL, "扶持政策", "2025-01-20", silent).await;
        assert_eq!(sample.state_of("r2").await, None);
        assert_eq!(sample.number("SELECT count(*) FROM catalogue_publication").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_registered_event_stays_open_until_a_record_answers_it() {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        assert_eq!((owed.state, owed.due_on), (State::DueSoon, Some(day(2026, 12, 1))));
        let later = Sample::at(&place, "2026-12-02").await;
        later.publish("r1", CIVIL, "扶持政策", "2026-11-30").await;
        let kept = Obligation::find(later.store(), &owed.id).await.expect("asks").expect("is owed");
        assert_eq!((kept.state, kept.record.as_deref()), (State::KeptLate, Some("r1")));
        assert_eq!(later.state_of("r1").await, Some(State::Kept), "its own day counts besides");
    })
    .await;
}

#[tokio::test]
async fn what_is_due_before_an_event_is_answered_before_it() {
    on_both(async |sample| {
        let owed = sample.happened(CIVIL, "会议", day(2026, 12, 10)).await.obligation;
        assert_eq!(
            (owed.arose_on, owed.due_on, owed.state),
            (day(2026, 11, 25), Some(day(2026, 12, 7)), State::NotDue)
        );
        sample.publish("r1", CIVIL, "会议", "2026-11-25").await;
        let kept =
            Obligation::find(sample.store(), &owed.id).await.expect("asks").expect("is owed");
        assert_eq!(kept.state, State::Kept);
    })
    .await;
}

#[tokio::test]
async fn an_event_withdrawn_sets_nothing_off_and_stays_with_its_reason() {
    on_both(async |sample| {
        let given = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await;
        event::end(sample.desk().await, &given.id, "登记错了").await.expect("withdraws");
        assert_eq!(sample.owed_by(&Trigger::Event(given.id.clone())).await, None);
        let sql = "SELECT count(*) FROM catalogue_event WHERE ended_reason = '登记错了'";
        assert_eq!(sample.number(sql).await, 1);
        let again = event::end(sample.desk().await, &given.id, "再撤一次").await;
        assert!(matches!(again, Err(ActError::NoEvent(_))), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn an_obligation_is_waived_with_a_reason_and_what_was_published_cannot_be() {
    on_both(async |sample| {
        let late = sample.happened(CIVIL, "扶持政策", day(2026, 9, 1)).await.obligation;
        assert_eq!(late.state, State::Overdue);
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        let waive = |id: &str, reason: &str| Waive { obligation: id.into(), reason: reason.into() };
        let silent = waiver::keep(sample.desk().await, waive(&owed.id, "  ")).await;
        assert!(matches!(silent, Err(ActError::NoWords(_))), "{silent:?}");
        let waived = waiver::keep(sample.desk().await, waive(&owed.id, "政策已停止制定")).await;
        assert_eq!(waived.expect("waives").state, State::Waived);
        let basis = "SELECT count(*) FROM ledger_event WHERE act = 'waiver'
                      AND basis = '厦府办〔2020〕67号一（二）；政策已停止制定'";
        assert_eq!(sample.number(basis).await, 1);
        let over = waiver::keep(sample.desk().await, waive(&late.id, "理由")).await;
        assert!(matches!(over, Err(ActError::PastDue(_))), "{over:?}");
        sample.publish("r1", TOWN, "扶持政策", "2026-11-20").await;
        let kept = sample.owed_by(&Trigger::Record("r1".into())).await.expect("is owed");
        let refused = waiver::keep(sample.desk().await, waive(&kept.id, "理由")).await;
        assert!(matches!(refused, Err(ActError::AlreadyKept)), "{refused:?}");
        let unknown = waiver::keep(sample.desk().await, waive("0", "理由")).await;
        assert!(matches!(unknown, Err(ActError::NoObligation(_))), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn every_period_is_owed_by_the_organs_that_the_words_mean() {
    on_both(async |sample| {
        let of = |organ: &'static str| {
            let store = sample.store();
            async move { Obligation::of_organ(store, organ, &[], None, 100).await.expect("asks") }
        };
        for organ in [TOWN, "XM01102"] {
            let owed = of(organ).await;
            assert_eq!(owed.len(), 1, "{owed:?}");
            assert_eq!(owed[0].trigger, Trigger::Period("2026-Q4".into()));
            assert_eq!((owed[0].state, owed[0].due_on), (State::NotDue, Some(day(2026, 12, 31))));
        }
        let civil: Vec<_> = of(CIVIL).await.into_iter().map(|one| one.trigger).collect();
        assert_eq!(civil, [Trigger::Period("2026-H2".into())]);
        assert_eq!(of(GOVERNMENT).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_registered_says_why_and_stores_nothing() {
    on_both(async |sample| {
        let good = || event::Registration {
            organ: CIVIL.into(),
            domain: "养老服务".into(),
            item: key("扶持政策"),
            words: "政策已批准".into(),
            happened_on: day(2026, 11, 3),
        };
        let town_only = vec![item("敬老院", "20个工作日内", "镇人民政府（街道办事处）")];
        sample.release(TOWN, town_only, day(2026, 10, 1)).await;
        let of_town = format!("现行目录里没有事项 {}", key("敬老院"));
        for (wrong, words) in [
            (event::Registration { item: key("敬老院"), ..good() }, of_town.as_str()),
            (event::Registration { organ: "XM9".into(), ..good() }, "没有代码为 XM9 的机关"),
            (event::Registration { domain: "渔业".into(), ..good() }, "没有名为 渔业 的领域"),
            (
                event::Registration { item: "00000000".into(), ..good() },
                "现行目录里没有事项 00000000",
            ),
            (event::Registration { words: " ".into(), ..good() }, "没有写发生了什么"),
        ] {
            let error = event::keep(sample.desk().await, wrong).await.expect_err("is refused");
            assert_eq!(error.to_string(), words);
        }
        assert_eq!(sample.number("SELECT count(*) FROM catalogue_event").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_list_goes_on_behind_its_mark_and_the_tally_agrees_with_the_rows() {
    on_both(async |sample| {
        for on in [day(2026, 9, 1), day(2026, 9, 2), day(2026, 11, 3), day(2026, 11, 20)] {
            sample.happened(CIVIL, "扶持政策", on).await;
        }
        sample.happened(CIVIL, "采购", day(2026, 11, 20)).await;
        let store = sample.store();
        let all = Obligation::of_organ(store, CIVIL, &[], None, 100).await.expect("asks");
        assert_eq!(all.len(), 6);
        assert_eq!(all.last().map(|one| one.state), Some(State::Undated));
        let (mut walked, mut mark): (Vec<Obligation>, Option<Mark>) = (Vec::new(), None);
        loop {
            let page =
                Obligation::of_organ(store, CIVIL, &[], mark.as_ref(), 2).await.expect("asks");
            let Some(last) = page.last() else { break };
            mark = Some(last.mark());
            walked.extend(page);
        }
        assert_eq!(walked, all);
        let late =
            Obligation::of_organ(store, CIVIL, &[State::Overdue], None, 9).await.expect("asks");
        assert_eq!(late.len(), 2);
        let of_item = Obligation::of_item(store, DISTRICT, DOMAIN, &key("扶持政策")).await;
        let of_item = of_item.expect("asks");
        assert!(of_item.windows(2).all(|pair| pair[0].due_on <= pair[1].due_on), "{of_item:?}");
        let tally = Obligation::tally(store, ("350203000000", "350203999999")).await.expect("asks");
        let sum: i64 = tally.iter().map(|one| one.number).sum();
        assert_eq!(sum, sample.number("SELECT count(*) FROM obligation").await);
        let overdue = tally.iter().find(|one| one.state == "overdue" && one.organ == CIVIL);
        assert_eq!(overdue.map(|one| one.number), Some(2));
    })
    .await;
}
