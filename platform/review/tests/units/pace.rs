//! What an organ gives itself for a step, and since when a step waits.

use std::collections::BTreeMap;

use law::day;
use review::store::{Asked, Listed, Pace};
use review::{ActError, Step, pace};

use crate::ground::{NOW, on_both, usual};

fn days(all: &[(&str, u32)]) -> BTreeMap<String, u32> {
    all.iter().map(|(step, days)| ((*step).to_owned(), *days)).collect()
}

#[tokio::test]
async fn an_organ_sets_the_days_of_a_step_for_itself_alone_and_within_bounds() {
    on_both(async |ground| {
        let of = async |organ: &str, step: &str| {
            Pace::of(ground.ledger.store(), organ).await.expect("reads").days(step)
        };
        assert_eq!(of("XM00002", "secrecy").await, Pace::USUAL, "nothing was set");
        for bad in [&[("secrecy", 0)][..], &[("secrecy", 31)], &[("meiyou", 3)]] {
            let refused = pace::set(ground.desk().await, "XM00002", &days(bad), "试").await;
            assert!(matches!(refused, Err(ActError::Pace)), "{bad:?}: {refused:?}");
        }
        let set = days(&[("secrecy", 1), (Pace::RELEASE, 5)]);
        pace::set(ground.desk().await, "XM00002", &set, "急件多").await.expect("sets");
        assert_eq!((of("XM00002", "secrecy").await, of("XM00002", "release").await), (1, 5));
        assert_eq!(of("XM00002", "first").await, Pace::USUAL, "the others stay");
        assert_eq!(of("XM00011", "secrecy").await, Pace::USUAL, "another organ's is its own");
        pace::set(ground.desk().await, "XM00002", &days(&[("secrecy", 2)]), "不急了")
            .await
            .expect("sets anew");
        assert_eq!((of("XM00002", "secrecy").await, of("XM00002", "release").await), (2, 5));
        let events = ground.ledger.events_on("organ:XM00002").await.expect("reads");
        let told = events.iter().filter(|event| event.act == "pace");
        let told: Vec<_> = told.map(|event| event.facts["days"].to_string()).collect();
        assert_eq!(told, [r#"{"release":5,"secrecy":1}"#, r#"{"secrecy":2}"#]);
    })
    .await;
}

#[tokio::test]
async fn a_step_waits_since_the_one_before_it_was_passed() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits").id;
        let listed = async || {
            let all = Listed::all(ground.ledger.store(), Asked::UnderWay("XM00002")).await;
            all.expect("lists").remove(0)
        };
        let calendar = ground.ledger.calendar();
        let due = |one: &Listed, step: Option<Step>| {
            let word = step.map_or(Pace::RELEASE, Step::word);
            Pace::default().due(word, one.waits_since(step), &calendar)
        };
        // NOW is a Thursday.
        assert!(NOW.starts_with("2026-11-26"));
        assert_eq!(due(&listed().await, Some(Step::First)), Some(day(2026, 12, 1)));
        let monday = ground.at("2026-11-30T01:00:00Z").await;
        monday.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
        let one = listed().await;
        assert_eq!(due(&one, Some(Step::First)), Some(day(2026, 12, 1)), "its day stays");
        assert_eq!(due(&one, Some(Step::Secrecy)), Some(day(2026, 12, 3)));
        for (moment, step) in
            [("2026-12-01T01:00:00Z", Step::Secrecy), ("2026-12-02T01:00:00Z", Step::Signature)]
        {
            let later = ground.at(moment).await;
            later.pass(&unit, step, &usual(step)).await.expect("passes");
        }
        assert_eq!(due(&listed().await, None), Some(day(2026, 12, 7)), "the release");
    })
    .await;
}
