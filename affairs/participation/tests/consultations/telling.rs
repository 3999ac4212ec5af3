//! What subscribers are told of what is withdrawn: nothing of it is sent that was not sent yet.

use std::sync::Mutex;

use ledger::Event;
use participation::acts::withdrawal;
use participation::store::Withdrawable;
use review::testing::someone;
use search::Search;
use store::{Transaction, testing};
use web::{Announcement, Announcing, Became, House, Later, Room};

use super::answers::{answer, closed, keep, put, submit};
use super::house::{City, ORGAN, organiser};

/// Where what was announced stands, and what became of it.
#[derive(Default)]
struct Heard(Mutex<Vec<(String, Became)>>);

fn take<'a>(
    house: &'a House,
    _: &'a Event,
    told: Announcement,
    _: &'a Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        let heard = house.memory::<Heard>();
        heard.0.lock().expect("nobody failed").push((told.path, told.became));
        Ok(())
    })
}

#[tokio::test]
async fn the_answers_go_with_their_notice() {
    testing::on_both("participation_told_gone", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-told-gone").await).await;
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        let (by, signer) = (organiser(), someone(ORGAN, "approver"));
        let which = (ORGAN, Withdrawable::Consultation, id.as_str());
        let proposed = withdrawal::propose(city.desk(&by).await, &by, which, "发错了草案").await;
        proposed.expect("proposes");
        let decided = withdrawal::decide(city.desk(&signer).await, &signer, which, (true, "看过"));
        decided.await.expect("withdraws");
        let listens = Room { announcing: Some(Announcing { take }), ..Room::default() };
        let rooms = vec![participation::room(), listens];
        let search = Search::in_memory().expect("an index");
        let folder = city.folder().to_owned();
        let house = House::new(city.ledger.clone(), search, rooms, folder, false);
        let told = city.ledger.events_on(&format!("consultation:{id}")).await.expect("asks");
        let event = told.iter().find(|event| event.act == "withdrawal").expect("is told");
        let listener = house.listeners().find(|one| one.name == "participation.announcement");
        let listener = listener.copied().expect("somebody listens");
        let change = city.ledger.store().begin().await.expect("a change");
        (listener.hear)(&house, event, &change).await.expect("hears");
        let heard = house.memory::<Heard>();
        let heard = heard.0.lock().expect("nobody failed").clone();
        let gone = |path: String| (path, Became::Gone);
        assert_eq!(heard, [gone(format!("/yijian/{id}/jieguo")), gone(format!("/yijian/{id}"))]);
    })
    .await;
}
