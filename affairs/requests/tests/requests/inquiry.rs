//! 第三方, on both engines: the letter that asks for its opinion opens with its code alone, and opening it is
//! having it.

use ledger::Actor;
use requests::acts::opinion::Inquiry;
use requests::acts::tracking::{MOST_OF_CODE, NotShown, Tried};
use requests::acts::{ActError, By, delivery, inquiry, opinion};
use requests::store::{Asked, LetterDelivery, OpinionCase, ThirdParty};
use requests_rules::{Contact, Opinion, ServingMethod, Standing};

use crate::house::{House, ORGAN, day, on_both, people};

/// A third party is asked on a day; the request and the letter.
async fn asked(house: &House, on: &str) -> (String, Inquiry) {
    let request = house.assigned(on, "林秀英").await;
    let sent = ask(house, on, &request).await;
    (request, sent)
}

async fn ask(house: &House, on: &str, request: &str) -> Inquiry {
    let by = people().officer;
    let contact = Contact { telephone: Some("0592-1234567".into()), ..Contact::default() };
    let third = Asked::ThirdParty(ThirdParty { name: "某某建材公司".into(), contact });
    let desk = house.of(on, &by).await;
    let sent = opinion::ask(desk, &house.sealer, &by, request, (third, "供货合同")).await;
    sent.expect("asked")
}

fn typed(code: &str) -> Tried {
    Tried { code: code.into(), second: String::new(), address: "10.0.0.9".into() }
}

async fn opened(house: &House, on: &str, inquiry: &Inquiry) -> Result<(), ActError> {
    let desk = house.desk(on, Actor::Visitor).await;
    let (opinion, letter) = (&inquiry.opinion, &inquiry.letter.id);
    delivery::read_by_third_party(desk, ORGAN, opinion, letter).await.map(|_| ())
}

#[tokio::test]
async fn a_letter_opens_with_its_code_and_wrong_codes_lock() {
    on_both(async |house| {
        let (_, sent) = asked(house, "2026-03-02").await;
        let code = sent.code.clone().expect("a code");
        let (ledger, sealer) = (&house.ledger, &house.sealer);
        let found = inquiry::open(ledger, sealer, typed(&code.to_lowercase())).await;
        let (found, organ) = found.expect("opens");
        assert_eq!((found.id, organ.as_str()), (sent.opinion.id, ORGAN));
        for _ in 0..MOST_OF_CODE {
            let wrong = inquiry::open(ledger, sealer, typed("AAAA-AAAA-AAAA-AAAA")).await;
            assert!(matches!(wrong, Err(NotShown::Wrong)), "{wrong:?}");
        }
        let locked = inquiry::open(ledger, sealer, typed("AAAA-AAAA-AAAA-AAAA")).await;
        assert!(matches!(locked, Err(NotShown::Locked)), "{locked:?}");
        assert!(inquiry::open(ledger, sealer, typed(&code)).await.is_ok(), "another code");
    })
    .await;
}

#[tokio::test]
async fn opening_the_letter_is_having_it_and_starts_the_third_partys_period_once() {
    on_both(async |house| {
        let (request, sent) = asked(house, "2026-03-02").await;
        opened(house, "2026-03-04", &sent).await.expect("opened");
        opened(house, "2026-03-06", &sent).await.expect("opened again");
        let store = house.ledger.store();
        let served = LetterDelivery::of(store, &request).await.expect("lists");
        let served: Vec<_> =
            served.iter().map(|one| (one.delivery.method, one.served_on, &*one.name)).collect();
        assert_eq!(served, [(ServingMethod::Electronic, Some(day("2026-03-04")), "第三方")]);
        let found = OpinionCase::find(store, &sent.opinion.id).await.expect("asks");
        assert_eq!(found.and_then(|one| one.served_on), Some(day("2026-03-04")));
        let case = house.case(&request).await;
        let calendar = house.ledger.calendar();
        let standing = case.standing(day("2026-03-10"), &calendar).expect("counts");
        let Some(Standing::Stopped { waiting, .. }) = standing else { panic!("{standing:?}") };
        assert_eq!(waiting[0].until, Some(day("2026-03-25")), "15 working days after the 4th");
        let desk = house.desk("2026-03-10", Actor::Visitor).await;
        let about = (ORGAN, sent.opinion.id.as_str());
        let said = (Opinion::Agrees, "");
        opinion::give(desk, &house.sealer, By::ThirdParty, about, said).await.expect("given");
        assert!(!house.case(&request).await.filing.is_closed());
    })
    .await;
}

#[tokio::test]
async fn no_other_letter_opens_with_that_code() {
    on_both(async |house| {
        let (request, sent) = asked(house, "2026-03-02").await;
        let other = ask(house, "2026-03-02", &request).await;
        let letters = requests::store::IssuedLetter::of(house.ledger.store(), &request).await;
        let letters = letters.expect("lists");
        let receipt = letters.iter().find(|one| one.kind == requests_rules::Letter::Receipt);
        for letter in [&other.letter.id, &receipt.expect("a receipt").id] {
            let desk = house.desk("2026-03-03", Actor::Visitor).await;
            let read = delivery::read_by_third_party(desk, ORGAN, &sent.opinion, letter).await;
            assert!(matches!(read, Err(ActError::Refused(..))), "{read:?}");
        }
    })
    .await;
}
