//! What subscribers are told of questions, responses and topics, and what feeds give. On both engines.

use std::sync::Mutex;

use interpretation::acts::{question, response, topic};
use interpretation_rules::Reply;
use ledger::Event;
use store::Transaction;
use web::{Announcement, Announcing, Became, House, Later, Room};

use crate::answers::{answered, edition, heard, reply, submitted, verified};
use crate::ground::{Ground, drafter, head, on_both};

/// Where what was announced stands, what it is called, and what became of it.
#[derive(Default)]
struct Heard(Mutex<Vec<(String, String, Became)>>);

fn take<'a>(
    house: &'a House,
    _: &'a Event,
    told: Announcement,
    _: &'a Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        let heard = house.memory::<Heard>();
        heard.0.lock().expect("nobody failed").push((told.path, told.title, told.became));
        Ok(())
    })
}

/// What subscribers are told of what was done to a subject last.
async fn told(ground: &Ground, subject: &str) -> Vec<(String, String, Became)> {
    let listens = Room { announcing: Some(Announcing { take }), ..Room::default() };
    let rooms = vec![interpretation::room(), listens];
    let search = search::Search::in_memory().expect("memory");
    let folder = ground.folder.path().to_owned();
    let house = House::new(ground.house.ledger().clone(), search, rooms, folder, false);
    let events = ground.house.ledger().events_on(subject).await.expect("asks");
    let event = events.last().expect("something was done");
    let act = format!("interpretation.{}", event.act);
    let change = ground.house.store().begin().await.expect("a change");
    for listener in house.listeners().filter(|one| one.name.starts_with("interpretation.announ")) {
        if listener.acts.contains(&act.as_str()) {
            (listener.hear)(&house, event, &change).await.expect("hears");
        }
    }
    let heard = house.memory::<Heard>();
    heard.0.lock().expect("nobody failed").clone()
}

fn appeared(path: String, title: &str) -> Vec<(String, String, Became)> {
    vec![(path, title.to_owned(), Became::Public)]
}

fn gone(path: String) -> Vec<(String, String, Became)> {
    vec![(path, String::new(), Became::Gone)]
}

/// What a feed says.
async fn feed(ground: &Ground, address: &str) -> String {
    let (status, feed) = ground.get(address).await;
    assert_eq!(status, 200, "{address}: {feed}");
    feed
}

#[tokio::test]
async fn a_question_is_told_when_it_appears_and_when_it_goes() {
    on_both(async |ground| {
        let one = answered(ground).await;
        let asked = appeared(one.path(), "为什么有补贴？");
        assert_eq!(told(ground, &one.subject()).await, asked);
        assert!(feed(ground, "/wenda.atom").await.contains("为什么有补贴？"));
        question::withdraw(ground.desk().await, &head(), &one.id, "算错了").await.expect("agrees");
        assert_eq!(told(ground, &one.subject()).await, gone(one.path()));
        let after = ground.at("2026-11-26T02:00:00Z").await;
        let after = feed(&after, "/wenda.atom").await;
        assert!(!after.contains("为什么有补贴？") && after.contains(&one.path()), "{after}");
    })
    .await;
}

#[tokio::test]
async fn a_response_is_told_when_it_appears_and_when_it_goes() {
    on_both(async |ground| {
        let one = heard(ground, false).await;
        verified(ground, &one.id).await;
        let what: Reply = reply(vec![]);
        let written = response::write(ground.desk().await, &drafter(), &one.id, (&what, 1)).await;
        written.expect("keeps");
        let unit = submitted(ground, &one.id).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        assert_eq!(told(ground, &one.subject()).await, appeared(one.path(), "关于停水的回应"));
        assert!(feed(ground, "/huiying.atom").await.contains("关于停水的回应"));
        response::end(ground.desk().await, &head(), &one.id, "数字有误").await.expect("takes down");
        assert_eq!(told(ground, &one.subject()).await, gone(one.path()));
    })
    .await;
}

#[tokio::test]
async fn a_topic_is_told_with_each_edition_and_when_it_is_closed() {
    on_both(async |ground| {
        let first = edition(ground, None, "88301").await;
        assert_eq!(told(ground, &first.subject()).await, appeared(first.path(), "直达资金"));
        assert!(feed(ground, "/zhuanti.atom").await.contains("直达资金"));
        let second = edition(ground, Some(&first.id), "88402").await;
        let anew = vec![(first.path(), "直达资金".to_owned(), Became::Corrected)];
        assert_eq!(told(ground, &first.subject()).await, anew);
        topic::close(ground.desk().await, &head(), &second.id, "办完了").await.expect("closes");
        assert_eq!(told(ground, &first.subject()).await, gone(first.path()));
    })
    .await;
}
