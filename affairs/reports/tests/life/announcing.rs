//! Whoever follows everything of a place, or an organ, hears of its annual report and of each correction.

use std::sync::{Mutex, PoisonError};

use reports::acts::correction;
use reports_rules::Section;
use store::Transaction;
use web::{Announcement, Announcing, Became, House, Later, Room};

use crate::ground::{BUREAU, Ground, by, on_both};

/// What was announced, in this process.
static HEARD: Mutex<Vec<Announcement>> = Mutex::new(Vec::new());

fn take<'a>(
    _: &'a House,
    _: &'a ledger::Event,
    told: Announcement,
    _: &'a Transaction,
) -> Later<'a, ()> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    Box::pin(async { Ok(()) })
}

/// Lets the room hear of everything that was done; answers what it announced.
async fn announced(ground: &Ground) -> Vec<Announcement> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner).clear();
    let hearing = Room { announcing: Some(Announcing { take }), ..Room::default() };
    let search = search::Search::in_memory().expect("memory");
    let rooms = vec![reports::room(), hearing];
    let house = House::new(ground.ledger.clone(), search, rooms, std::env::temp_dir(), false);
    let listener = house.listeners().find(|one| one.name == "reports.announcement");
    let listener = *listener.expect("the room hears of its own acts");
    let change = ground.change().await;
    for event in ground.ledger.events_after(0, 1000).await.expect("the database answers") {
        if listener.acts.contains(&format!("{}.{}", event.room, event.act).as_str()) {
            (listener.hear)(&house, &event, &change).await.expect("hears");
        }
    }
    HEARD.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[tokio::test]
async fn subscribers_hear_of_a_report_that_is_published_and_of_its_correction() {
    on_both(async |ground| {
        assert!(announced(&ground).await.is_empty(), "nothing is public yet");
        let first = ground.publishes(BUREAU, 2026).await;
        let heard = announced(&ground).await;
        let report = heard.first().expect("told");
        assert_eq!((heard.len(), report.became), (1, Became::Public));
        assert_eq!((report.organ.as_str(), report.path.clone()), (BUREAU, first.path()));
        assert_eq!(report.division, "350203000000");
        assert!(report.text.contains("没有其他情况"), "a saved search finds its text");
        let officer = by(BUREAU, "foi_officer");
        let desk = ground.desk(&officer).await;
        let second = correction::begin(desk, &officer, &first.id, "行政许可少报 2 件").await;
        let second = second.expect("begun");
        let numbers = [("t2.licences", "2")];
        ground.types(&second, Section::Proactive, &numbers, "审批系统").await.expect("typed");
        assert_eq!(announced(&ground).await.len(), 1, "a draft is no news");
        ground.finishes(&second).await;
        let heard = announced(&ground).await;
        assert_eq!(heard.last().map(|last| last.became), Some(Became::Corrected));
        assert_eq!(heard.len(), 2);
    })
    .await;
}
