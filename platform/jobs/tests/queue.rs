//! A queue loses nothing, does nothing twice at once, and gives up aloud.

use jiff::{SignedDuration, Timestamp};
use jobs::{Job, Kinds, MOST_ATTEMPTS, Queue, enqueue};
use store::{Migrations, Statements, Store};

async fn on_both(check: impl AsyncFn(Store)) {
    let migrations = Migrations::of(jobs::MIGRATIONS.iter().copied());
    store::testing::on_both("jobs", async |place| {
        check(Store::open(&place, &migrations).await.expect("opens")).await;
    })
    .await;
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

#[tokio::test]
async fn a_job_runs_when_its_time_has_come_and_only_in_one_hand() {
    on_both(async |store| {
        let now = at("2026-11-25T01:00:00Z");
        let change = store.begin().await.expect("begins");
        let mut later = Job::now("b", "2", now);
        later.run_at = at("2026-11-25T02:00:00Z");
        enqueue(&change, vec![Job::now("a", "1", now), later]).await.expect("enqueues");
        change.commit().await.expect("commits");
        let change = store.begin().await.expect("begins");
        let first = Queue::claim(&change, Kinds::Any, now, 10).await.expect("claims");
        let again = Queue::claim(&change, Kinds::Any, now, 10).await.expect("claims");
        assert_eq!((first.len(), again.len()), (1, 0));
        let much_later = now + SignedDuration::from_hours(3);
        let all = Queue::claim(&change, Kinds::Any, much_later, 10).await.expect("claims");
        assert_eq!(all.len(), 2, "an expired lease and the later job");
        Queue::finish(&change, &all[0]).await.expect("finishes");
        change.commit().await.expect("commits");
        assert_eq!(
            store.number("SELECT count(*) FROM job", vec![]).await.expect("counts"),
            Some(1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_job_with_a_key_waits_once() {
    on_both(async |store| {
        let now = at("2026-11-25T01:00:00Z");
        let change = store.begin().await.expect("begins");
        let job = || Job::now("index", "x", now).unique("index:x");
        enqueue(&change, vec![job(), job()]).await.expect("enqueues");
        enqueue(&change, vec![job()]).await.expect("enqueues");
        assert_eq!(Queue::claim(&change, Kinds::Any, now, 10).await.expect("claims").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_keeps_failing_waits_longer_and_then_for_a_person() {
    on_both(async |store| {
        let mut now = at("2026-11-25T01:00:00Z");
        let change = store.begin().await.expect("begins");
        enqueue(&change, vec![Job::now("a", "1", now)]).await.expect("enqueues");
        for attempt in 1..=MOST_ATTEMPTS {
            let jobs = Queue::claim(&change, Kinds::Any, now, 1).await.expect("claims");
            assert_eq!(jobs.len(), 1, "attempt {attempt}");
            Queue::fail(&change, &jobs[0], "remote down", now).await.expect("fails");
            assert!(Queue::claim(&change, Kinds::Any, now, 1).await.expect("claims").is_empty());
            now += SignedDuration::from_hours(2);
        }
        assert!(Queue::claim(&change, Kinds::Any, now, 1).await.expect("claims").is_empty());
        let kept = change.number("SELECT count(*) FROM job WHERE state = 'failed'", vec![]).await;
        assert_eq!(kept.expect("counts"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn many_jobs_are_finished_at_once_and_what_a_killed_worker_held_is_given_back() {
    on_both(async |store| {
        let now = at("2026-11-25T01:00:00Z");
        let change = store.begin().await.expect("begins");
        let job = |nth: usize| Job::now("a", nth.to_string(), now);
        enqueue(&change, (0..600).map(job).collect()).await.expect("enqueues");
        let held = Queue::claim(&change, Kinds::Any, now, 550).await.expect("claims");
        assert_eq!(Queue::give_back(&change).await.expect("gives back"), 550);
        let again = Queue::claim(&change, Kinds::Any, now, 1_000).await.expect("claims");
        assert_eq!(again.len(), 600, "they wait for no lease");
        Queue::finish_all(&change, &held).await.expect("finishes");
        let left = change.number("SELECT count(*) FROM job", vec![]).await;
        assert_eq!(left.expect("counts"), Some(50));
        Queue::finish_all(&change, &[]).await.expect("nothing is finished");
    })
    .await;
}

#[tokio::test]
async fn what_is_due_can_be_dropped_and_what_waits_for_another_day_stays() {
    on_both(async |store| {
        let (now, tomorrow) = (at("2026-11-25T01:00:00Z"), at("2026-11-26T01:00:00Z"));
        assert!(!Queue::is_due(&store, Kinds::Any, now).await.expect("asks"));
        let change = store.begin().await.expect("begins");
        let jobs = vec![
            Job::now("a.search", "1", now),
            Job::now("a.search", "2", tomorrow),
            Job::now("b", "3", now),
        ];
        enqueue(&change, jobs).await.expect("enqueues");
        assert!(Queue::is_due(&change, Kinds::Any, now).await.expect("asks"));
        Queue::drop_due(&change, "a.search", now).await.expect("drops");
        let left = Queue::claim(&change, Kinds::Any, tomorrow, 10).await.expect("claims");
        let mut left: Vec<_> = left.into_iter().map(|job| job.payload).collect();
        left.sort();
        assert_eq!(left, ["2", "3"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_works_off_some_kinds_leaves_the_others() {
    on_both(async |store| {
        let now = at("2026-11-25T01:00:00Z");
        let change = store.begin().await.expect("begins");
        let job = |kind: &str| Job::now(kind, "x", now);
        enqueue(&change, ["a", "b", "c"].map(job).into()).await.expect("enqueues");
        let cases: [(Kinds<'_>, &[&str]); 5] = [
            (Kinds::Only(&[]), &[]),
            (Kinds::Only(&["b", "d"]), &["b"]),
            (Kinds::Except(&["a", "b"]), &["c"]),
            (Kinds::Except(&[]), &["a"]),
            (Kinds::Any, &[]),
        ];
        for (kinds, expected) in cases {
            let due = Queue::is_due(&change, kinds, now).await.expect("asks");
            assert_eq!(due, !expected.is_empty(), "{kinds:?}");
            let seen = Queue::due(&change, kinds, now, 9).await.expect("asks");
            let seen: Vec<_> = seen.iter().map(|job| job.kind.as_str()).collect();
            assert_eq!(seen, expected, "{kinds:?}: what is only looked at stays");
            let jobs = Queue::claim(&change, kinds, now, 9).await.expect("claims");
            let got: Vec<_> = jobs.iter().map(|job| job.kind.as_str()).collect();
            assert_eq!(got, expected, "{kinds:?}");
        }
    })
    .await;
}
