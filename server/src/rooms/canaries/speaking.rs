//! Canaries that write a letter and have an opinion.

use ledger::Ledger;
use secrets::Sealer;
use suggestions::acts::receipt::{self, HandedIn};
use suggestions::store::{Source, Written};
use suggestions_rules::SuggestionKind;

use super::{Canary, ORGAN};

/// A letter, which names its writer in its words as people do.
pub(super) async fn letter(ledger: &Ledger, sealer: &Sealer, canary: &Canary) {
    let handed = HandedIn {
        kind: SuggestionKind::Complaint,
        base: "/siming".into(),
        organ: ORGAN.into(),
        source: (Source::Web, None),
        written: Written {
            subject: format!("{}门口的路灯", canary.address),
            words: canary.wish(),
            name: canary.name.clone(),
            phone: canary.telephone.clone(),
        },
        consent: true,
        key: canary.email.clone(),
        demo: false,
    };
    let desk = receipt::writers_desk(ledger).await.expect("a desk");
    receipt::receive(desk, sealer, &handed).await.expect("received");
}

/// Who applies has an opinion as well, and says how he is reached in the middle of it.
pub(super) async fn speaks(house: &web::House, sealer: &Sealer, canary: &Canary) {
    let open = participation::store::Consultation::example(house.store(), None, false).await;
    let given = participation::acts::opinion::Given {
        clause: participation_rules::WHOLE,
        sender: participation_rules::Sender::Person,
        words: format!("太贵了，请打{}或者写信到{}", canary.telephone, canary.email),
        contact: participation::store::Contact {
            name: canary.name.clone(),
            contact: canary.telephone.clone(),
        },
        key: canary.number.clone(),
        demo: true,
    };
    let id = open.expect("asks").expect("one is open");
    let taken = participation::acts::opinion::receive(house.ledger(), sealer, &id, &given).await;
    taken.expect("is taken");
}

/// And wants to sit in on a meeting.
pub(super) async fn comes(house: &web::House, sealer: &Sealer, canary: &Canary) {
    let open = participation::store::Gathering::example(house.store(), ("", false)).await;
    let given = participation::acts::gathering::places::Coming {
        group: 1,
        who: participation::store::Enroller {
            name: canary.name.clone(),
            contact: canary.telephone.clone(),
            words: canary.wish(),
        },
        key: canary.number.clone(),
        demo: true,
    };
    let id = open.expect("asks").expect("one is open");
    let ledger = house.ledger();
    let came = participation::acts::gathering::places::enrol(ledger, sealer, &id, &given).await;
    came.expect("is taken");
}

/// And asks something before an interview.
pub(super) async fn asks_before(house: &web::House, sealer: &Sealer, canary: &Canary) {
    let open = participation::store::Interview::example(house.store(), "", true).await;
    let given = participation::acts::asking::Asking {
        who: participation::store::Asker {
            name: canary.name.clone(),
            words: format!("几点送餐？请打{}或者写信到{}", canary.telephone, canary.email),
        },
        key: canary.number.clone(),
        demo: true,
    };
    let id = open.expect("asks").expect("one takes questions");
    let taken = participation::acts::asking::receive(house.ledger(), sealer, &id, &given).await;
    taken.expect("is taken");
}
