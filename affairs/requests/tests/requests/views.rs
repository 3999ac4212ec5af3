//! 查阅: whoever supervises or audits reads the masked file with a reason; each reading stands in the file and in
//! the audit; and desks of those who review.

use requests::acts::answer::{self, Draft};
use requests::acts::{ActError, looking, perusal};
use requests::store::{Looked, OrganTally, Perusal, ReviewStep, UnderReview};
use review::Signatory;

use crate::house::{ORGAN, day, officer, on_both, open_already, people};

#[tokio::test]
async fn a_masked_file_is_read_with_a_reason_that_stays_and_tells_nobody() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "欧阳金雀").await;
        let by = Signatory { organ: "XM00002".into(), ..officer("zhou", "supervision_office") };
        let read = async |reason: &str| {
            let desk = house.of("2026-03-03", &by).await;
            perusal::of_file(desk, &house.sealer, &by, (&request, reason)).await
        };
        let unreasoned = read("  ").await;
        assert!(matches!(unreasoned, Err(ActError::Reason(..))), "{unreasoned:?}");
        let case = read("欧阳金雀投诉逾期").await.expect("reads");
        assert!(!format!("{:?}", case.filing.wanted).contains("欧阳金雀"), "{:?}", case.filing);
        let kept = Perusal::of(house.ledger.store(), &request).await.expect("reads");
        let kept: Vec<_> = kept.iter().map(|one| (&*one.name, &*one.reason)).collect();
        assert_eq!(kept, [("zhou先生", "※投诉逾期")]);
        let entries = house.ledger.events_on(&format!("request:{request}")).await.expect("reads");
        let told: Vec<_> = entries.iter().filter(|one| one.act == "perusal").collect();
        assert_eq!(told.len(), 1, "and in the audit");
        assert_eq!((told[0].actor.as_str(), told[0].organ.as_str()), ("person:zhou", ORGAN));
    })
    .await;
}

#[tokio::test]
async fn why_somebody_looked_at_who_asked_is_kept_without_the_name() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "欧阳金雀").await;
        let by = people().head;
        let desk = house.of("2026-03-03", &by).await;
        let looked = looking::look(desk, &house.sealer, &by, &request, "欧阳金雀来电").await;
        looked.expect("looks");
        let kept = Looked::of(house.ledger.store(), &request).await.expect("reads");
        assert_eq!(kept[0].reason, "※来电");
    })
    .await;
}

#[tokio::test]
async fn an_answer_waits_on_the_desks_of_those_who_had_no_hand_in_it() {
    on_both(async |house| {
        let people = people();
        let request = house.assigned("2026-03-02", "林秀英").await;
        let draft = Draft {
            request: request.clone(),
            answer: None,
            corrects: None,
            seen: 0,
            content: open_already(),
        };
        let desk = house.of("2026-03-03", &people.officer).await;
        let (kept, version) = answer::save(desk, &people.officer, draft).await.expect("saved");
        let waiting = async |by: &Signatory| {
            let all = UnderReview::of(house.ledger.store(), by).await.expect("reads");
            let told = |one: UnderReview| (one.secrecy, one.legal, one.had_a_hand);
            all.into_iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(waiting(&people.secrecy).await, [], "a draft waits for nobody");
        let desk = house.of("2026-03-03", &people.officer).await;
        answer::submit(desk, &house.sealer, &people.officer, &kept.id).await.expect("submitted");
        assert_eq!(waiting(&people.secrecy).await, [(false, false, false)]);
        assert_eq!(waiting(&people.officer).await, [(false, false, true)]);
        let step = (ReviewStep::Secrecy, true, "");
        let desk = house.of("2026-03-03", &people.secrecy).await;
        let seen = (kept.id.as_str(), version.hash.as_str());
        answer::review(desk, &people.secrecy, seen, step).await.expect("agreed");
        assert_eq!(waiting(&people.secrecy).await, [(true, false, true)]);
        assert_eq!(waiting(&people.approver).await, [(true, false, false)]);
        let elsewhere = Signatory { organ: "XM00002".into(), ..people.approver.clone() };
        assert_eq!(waiting(&elsewhere).await, [], "another organ's");
    })
    .await;
}

#[tokio::test]
async fn who_supervises_knows_how_many_stand_how() {
    on_both(async |house| {
        house.assigned("2026-03-02", "林秀英").await;
        let answered = house.assigned("2026-03-03", "陈某某").await;
        house.answered("2026-03-10", &answered, open_already()).await.expect("answered");
        for (on, overdue) in [("2026-03-30", 0), ("2026-03-31", 1), ("2027-01-04", 1)] {
            let all = OrganTally::all(house.ledger.store(), day(on)).await.expect("counts");
            let [one] = all.as_slice() else { panic!("one organ: {all:?}") };
            assert_eq!((one.open, one.overdue, one.closed), (1, overdue, 1), "{on}");
        }
    })
    .await;
}
