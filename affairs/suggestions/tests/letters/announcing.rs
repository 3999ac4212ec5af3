//! Subscribers are told of an answer that is published, and of what was taken down nothing more.

use std::sync::Mutex;

use ledger::{Actor, Event};
use review::Publishers;
use search::Search;
use store::{Transaction, testing};
use suggestions::acts::piece::{self, Prepared};
use suggestions::acts::{acceptance, writer};
use suggestions::store::Piece;
use suggestions_rules::SuggestionKind;
use web::{Announcement, Announcing, Became, House, Later, Room};

use crate::office::{ORGAN, Office, person};

/// What was announced.
#[derive(Default)]
struct Heard(Mutex<Vec<Announcement>>);

fn take<'a>(
    house: &'a House,
    _: &'a Event,
    told: Announcement,
    _: &'a Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        let heard = house.memory::<Heard>();
        heard.0.lock().expect("nobody failed").push(told);
        Ok(())
    })
}

/// What subscribers hear of one act on a piece.
async fn heard(office: &Office, piece: &str, act: &str) -> Announcement {
    let listens = Room { announcing: Some(Announcing { take }), ..Room::default() };
    let rooms = vec![suggestions::room(), listens];
    let search = Search::in_memory().expect("an index");
    let house = House::new(office.ledger.clone(), search, rooms, office.folder.clone(), false);
    let told = office.ledger.events_on(&format!("suggestion_piece:{piece}")).await.expect("asks");
    let event = told.iter().find(|event| event.act == act).expect("is told");
    let listener = house.listeners().find(|one| one.name == "suggestions.announcement");
    let listener = listener.copied().expect("somebody listens");
    assert!(listener.acts.contains(&format!("suggestions.{act}").as_str()));
    let change = office.ledger.store().begin().await.expect("a change");
    (listener.hear)(&house, event, &change).await.expect("hears");
    change.commit().await.expect("is kept");
    let heard = house.memory::<Heard>();
    let heard = heard.0.lock().expect("nobody failed").clone();
    heard.into_iter().next().expect("something was announced")
}

#[tokio::test]
async fn an_answer_that_is_published_is_announced_and_what_is_taken_down_is_not() {
    testing::on_both("letter_announced", async |place| {
        let office = Office::opened(&place, "announced").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let (id, handler) = (came.id.as_str(), person("甲", ORGAN));
        let by = office.by(&handler);
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿").await;
        let publishers = Publishers::of(&[suggestions::room()], &office.folder);
        let whole = Prepared {
            title: "低保要带什么".into(),
            question: "要带什么".into(),
            answer: "带户口簿".into(),
        };
        let unit = piece::submit(office.desk().await, &publishers, by, (id, &whole)).await;
        let unit = unit.expect("hands in");
        review::testing::publish(&office.ledger, &publishers, &unit).await.expect("publishes");
        let piece = Piece::of(office.ledger.store(), id).await.expect("asks").expect("is there");
        let told = heard(&office, &piece.id, "piece").await;
        assert_eq!((told.became, told.path.as_str()), (Became::Public, piece.path().as_str()));
        assert!(told.title.contains("低保要带什么") && told.text.contains("带户口簿"), "{told:?}");
        assert_eq!((told.organ.as_str(), told.organ_name.is_empty()), (ORGAN, false));
        let letter = office.letter(id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::consent(desk, &office.sealer, &letter, false).await.expect("takes back");
        for act in ["piece", "piece_withdrawal"] {
            let gone = heard(&office, &piece.id, act).await;
            assert_eq!((gone.became, gone.title.as_str()), (Became::Gone, ""), "{act}");
            assert_eq!((gone.path, gone.text), (piece.path(), String::new()));
        }
    })
    .await;
}
