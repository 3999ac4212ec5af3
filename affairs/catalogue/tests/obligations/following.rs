//! What happens to a record after its publication changes what it keeps.

use catalogue::store::Obligation;
use catalogue_rules::obligation::{ObligationState as State, Trigger};
use law::day;
use ledger::Entry;

use crate::house::{CIVIL, DOMAIN, Sample, key, on_both, over_days};

/// The ledger is told of what was done to a record, as the room of records tells it.
async fn tell(sample: &Sample, act: &'static str, facts: serde_json::Value) {
    let mut desk = sample.desk().await;
    let entry = Entry {
        room: "records",
        act,
        subject: "record:r1".into(),
        organ: CIVIL.into(),
        basis: "《政府信息公开条例》第六条第二款".into(),
        facts,
    };
    desk.record(entry).await.expect("records");
    desk.seal().await.expect("seals");
    sample.work().await;
}

async fn now(sample: &Sample, id: &str) -> Obligation {
    Obligation::find(sample.store(), id).await.expect("asks").expect("is owed")
}

#[tokio::test]
async fn what_a_hidden_record_kept_is_owed_again_and_kept_again_when_it_is_shown_again() {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        sample.publish("r1", CIVIL, "扶持政策", "2026-11-24").await;
        assert_eq!(now(&sample, &owed.id).await.state, State::Kept);
        let later = Sample::at(&place, "2026-12-02").await;
        tell(&later, "withdrawal", serde_json::json!({ "hides": true })).await;
        let open = now(&later, &owed.id).await;
        assert_eq!((open.state, open.record), (State::Overdue, None));
        assert_eq!(
            later.owed_by(&Trigger::Record("r1".into())).await,
            None,
            "it owes nothing itself"
        );
        tell(&later, "restoration", serde_json::json!({})).await;
        let kept = now(&later, &owed.id).await;
        assert_eq!((kept.state, kept.kept_on), (State::Kept, Some(day(2026, 11, 25))));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_longer_in_force_stays_readable_and_goes_on_keeping() {
    on_both(async |sample| {
        let owed = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        sample.publish("r1", CIVIL, "扶持政策", "2026-11-24").await;
        tell(&sample, "withdrawal", serde_json::json!({ "hides": false })).await;
        assert_eq!(now(&sample, &owed.id).await.state, State::Kept);
    })
    .await;
}

#[tokio::test]
async fn a_record_corrected_to_another_item_keeps_that_one_from_its_first_day_and_the_former_no_more()
 {
    over_days(async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let policy = sample.happened(CIVIL, "扶持政策", day(2026, 11, 3)).await.obligation;
        let purchase = sample.happened(CIVIL, "采购", day(2026, 11, 24)).await.obligation;
        sample.publish("r1", CIVIL, "扶持政策", "2026-11-24").await;
        let later = Sample::at(&place, "2026-11-30").await;
        let facts = serde_json::json!({
            "title": "一份信息", "made_on": "2026-11-24", "origin": "here",
            "items": [[DOMAIN, key("采购")]],
        });
        tell(&later, "correction", facts).await;
        assert_eq!(now(&later, &policy.id).await.state, State::DueSoon);
        let kept = now(&later, &purchase.id).await;
        assert_eq!((kept.record.as_deref(), kept.kept_on), (Some("r1"), Some(day(2026, 11, 25))));
        // Hearing it twice changes nothing.
        let sql = "SELECT count(*) FROM catalogue_publication";
        assert_eq!(later.number(sql).await, 1);
    })
    .await;
}
