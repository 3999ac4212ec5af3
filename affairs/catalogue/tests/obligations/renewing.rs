//! What a calendar, a catalogue, a measure or a new day changes; and computing from nothing.

use catalogue::acts::{computation, measure};
use catalogue::store::{Measure, Obligation};
use catalogue_rules::obligation::{ObligationState as State, Trigger};
use law::{WorkingDays, day};
use ledger::Actor;
use store::{FromQueryResult, Statements};

use crate::house::{CIVIL, Sample, TOWN, item, items, on_both, over_days};

const NOTICE_2027: &str = "年 2027\n文号 国办发明电〔2026〕9号\n元旦 休 01-01..01-03 班 01-09\n\
    春节 休 02-05..02-10\n清明节 休 04-05\n劳动节 休 05-01..05-04\n端午节 休 06-09\n\
    中秋节 休 09-15\n国庆节 休 10-01..10-05\n";

#[derive(Debug, FromQueryResult)]
struct Change {
    before: String,
    after: Option<String>,
    cause: String,
}

async fn changes(sample: &Sample, obligation: &str) -> Vec<Change> {
    let sql =
        "SELECT before, after, cause FROM obligation_change WHERE obligation = $1 ORDER BY id";
    sample.store().all(sql, vec![obligation.into()]).await.expect("asks")
}

#[tokio::test]
async fn a_new_calendar_moves_a_provisional_day_and_what_it_was_is_remembered() {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-12-14").await;
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 12, 14)).await.obligation;
        assert_eq!((owed.due_on, owed.provisional), (Some(day(2027, 1, 12)), true));
        // Another process takes the notice in; this one has not read it yet.
        let other = Sample::at(&place, "2026-12-14").await;
        let actor = Actor::Operator("clerk".into());
        other.ledger().import_arrangement(actor, NOTICE_2027).await.expect("imports");
        sample.work().await;
        let now = Obligation::find(sample.store(), &owed.id).await.expect("asks").expect("is owed");
        assert_eq!((now.due_on, now.provisional), (Some(day(2027, 1, 11)), false));
        let changes = changes(&sample, &owed.id).await;
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert!(changes[0].before.contains("2027-01-12"), "{changes:?}");
        assert!(changes[0].after.as_ref().is_some_and(|after| after.contains("2027-01-11")));
    })
    .await;
}

#[tokio::test]
async fn a_new_day_makes_due_overdue_brings_the_next_period_and_asks_for_the_day_after() {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        assert_eq!(sample.work().await, 0, "nothing is due before midnight");
        // The program was down for some weeks; one round makes up for it.
        let later = Sample::at(&place, "2027-01-04").await;
        assert_eq!(later.work().await, 1);
        let now = Obligation::find(later.store(), &owed.id).await.expect("asks").expect("is owed");
        assert_eq!(now.state, State::Overdue);
        let town = Obligation::of_organ(later.store(), TOWN, &[], None, 9).await.expect("asks");
        let periods: Vec<_> = town.iter().map(|one| (one.trigger.key(), one.state)).collect();
        assert_eq!(
            periods,
            [
                ("period:2026-Q4".to_owned(), State::Overdue),
                ("period:2027-Q1".to_owned(), State::NotDue)
            ]
        );
        let waiting = "SELECT count(*) FROM job
                        WHERE kind = 'catalogue.day' AND run_at = '2027-01-04T16:00:00.000Z'";
        assert_eq!(later.number(waiting).await, 1);
        let changes = changes(&later, &owed.id).await;
        assert_eq!(changes.last().map(|change| change.cause.as_str()), Some("2027-01-04"));
    })
    .await;
}

#[tokio::test]
async fn a_new_version_holds_for_what_happens_from_its_day_on() {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let before = sample.happened(CIVIL, "扶持政策", day(2026, 11, 20)).await.obligation;
        let mut stricter = items();
        stricter[0] = item("扶持政策", "信息形成或变更之日起7个工作日内", "区民政局");
        sample.release("XM01001", stricter, day(2026, 11, 23)).await;
        sample.work().await;
        let find = |id: String| {
            let store = sample.store();
            async move { Obligation::find(store, &id).await.expect("asks").expect("is owed") }
        };
        assert_eq!(find(before.id.clone()).await.due_on, Some(day(2026, 12, 18)));
        let after = sample.happened(CIVIL, "扶持政策", day(2026, 11, 23)).await.obligation;
        assert_eq!(after.due_on, Some(day(2026, 12, 2)));
    })
    .await;
}

#[tokio::test]
async fn a_town_with_a_catalogue_of_its_own_owes_by_that_one() {
    on_both(async |sample| {
        let monthly = vec![item("补贴名单", "每月", "镇人民政府（街道办事处）")];
        sample.release(TOWN, monthly, day(2026, 10, 1)).await;
        sample.work().await;
        for (organ, period) in [(TOWN, "2026-11"), ("XM01102", "2026-Q4")] {
            let owed =
                Obligation::of_organ(sample.store(), organ, &[], None, 9).await.expect("asks");
            let periods: Vec<_> = owed.into_iter().map(|one| one.trigger).collect();
            assert_eq!(periods, [Trigger::Period(period.into())], "{organ}");
        }
        sample.publish("r1", TOWN, "补贴名单", "2026-11-24").await;
        let owed = Obligation::of_organ(sample.store(), TOWN, &[], None, 9).await.expect("asks");
        let states: Vec<_> = owed.iter().map(|one| one.state).collect();
        assert_eq!(states, [State::Kept]);
    })
    .await;
}

#[tokio::test]
async fn a_town_whose_catalogue_is_silent_about_a_row_still_owes_it_by_the_districts() {
    on_both(async |sample| {
        let other = vec![item("办事指南", "20个工作日内", "镇人民政府（街道办事处）")];
        sample.release(TOWN, other, day(2026, 10, 1)).await;
        sample.work().await;
        let owed = Obligation::of_organ(sample.store(), TOWN, &[], None, 9).await.expect("asks");
        let periods: Vec<_> = owed.into_iter().map(|one| one.trigger).collect();
        assert_eq!(periods, [Trigger::Period("2026-Q4".into())]);
    })
    .await;
}

#[tokio::test]
async fn a_measure_for_timely_makes_late_what_the_statute_alone_does_not() {
    on_both(async |sample| {
        sample
            .release("XM01001", vec![item("通告", "及时公开", "区民政局")], day(2026, 1, 1))
            .await;
        sample.work().await;
        sample.publish("r1", CIVIL, "通告", "2026-11-10").await;
        assert_eq!(sample.state_of("r1").await, Some(State::Kept));
        let set = |days| {
            let desk = sample.desk();
            async move {
                measure::keep(desk.await, Measure::Timely, days, "思政办〔2026〕1号").await
            }
        };
        let refused = set(Some(WorkingDays(21))).await.expect_err("is longer than the statute");
        assert!(refused.to_string().contains("长于《政府信息公开条例》第二十六条的20个工作日"));
        set(Some(WorkingDays(5))).await.expect("sets");
        assert_eq!(sample.state_of("r1").await, Some(State::KeptLate));
        set(None).await.expect("lets go");
        assert_eq!(sample.state_of("r1").await, Some(State::Kept));
    })
    .await;
}

#[tokio::test]
async fn computing_from_nothing_gives_what_hearing_one_by_one_gave() {
    on_both(async |sample| {
        sample.happened(CIVIL, "扶持政策", day(2026, 9, 1)).await;
        for (record, organ, name, made_on) in [
            ("r1", CIVIL, "扶持政策", "2026-10-28"),
            ("r2", CIVIL, "扶持政策", "2026-10-20"),
            ("r3", TOWN, "补贴名单", "2026-11-20"),
            ("r4", TOWN, "采购", "2026-11-20"),
        ] {
            sample.publish(record, organ, name, made_on).await;
        }
        let tally = "SELECT cast(sum(number * length(state)) AS BIGINT) FROM obligation_tally";
        let (heard, counted) = (sample.owed().await, sample.number(tally).await);
        let summary = computation::all(sample.desk().await).await.expect("computes");
        assert_eq!((summary.added, summary.changed, summary.gone), (0, 0, 0), "{summary:?}");
        let change = sample.store().begin().await.expect("begins");
        for table in ["obligation", "obligation_tally", "catalogue_publication"] {
            change.run(&format!("DELETE FROM {table}"), vec![]).await.expect("deletes");
        }
        change.commit().await.expect("commits");
        let summary = computation::all(sample.desk().await).await.expect("computes");
        assert_eq!((summary.added, summary.publications), (heard.len(), 4), "{summary:?}");
        assert_eq!(sample.owed().await, heard);
        assert_eq!(sample.number(tally).await, counted);
    })
    .await;
}

#[tokio::test]
async fn a_store_older_than_obligations_computes_them_once_when_it_is_opened() {
    on_both(async |sample| {
        let change = sample.store().begin().await.expect("begins");
        for table in ["obligation", "obligation_tally", "job"] {
            change.run(&format!("DELETE FROM {table}"), vec![]).await.expect("deletes");
        }
        change.commit().await.expect("commits");
        for _ in 0..2 {
            computation::begin_if_never(sample.ledger()).await.expect("computes");
        }
        assert_eq!(sample.number("SELECT count(*) FROM obligation").await, 3);
        let sql = "SELECT count(*) FROM ledger_event WHERE act = 'computation'";
        assert_eq!(sample.number(sql).await, 1);
    })
    .await;
}
