//! 去标识 of what stands beside requests: after retention, by two persons, and not under a hold.

use ledger::Actor;
use requests::acts::complaint::Filed;
use requests::acts::conversion::{self, Wish};
use requests::acts::rectification::Found;
use requests::acts::suggestion::suggest;
use requests::acts::{ActError, complaint, matter_removal, perusal, rectification};
use requests::store::{
    Complainant, ComplaintCase, Lasting, MatterRemoval, RectificationCase, RectificationWish,
    Suggested, SuggestionCase,
};
use requests_rules::{ComplaintGround, ComplaintOutcome, Contact, IdentityProof};
use store::Statements;

use crate::house::{House, ORGAN, on_both, people};

fn contact() -> Contact {
    Contact { telephone: Some("13950012345".into()), ..Contact::default() }
}

/// A demand to correct a record that was told on a day.
async fn rectified(house: &House, key: &str) -> String {
    let wish = RectificationWish {
        name: "欧阳金雀".into(),
        proof: Some(IdentityProof::Passport("E12345678".into())),
        contact: contact(),
        record: "婚姻登记".into(),
        wrong: "日期错了".into(),
        evidence: "证书".into(),
    };
    let desk = house.desk("2020-03-02", Actor::Visitor).await;
    let taken = rectification::file(desk, &house.sealer, (ORGAN, key), wish).await;
    let id = taken.expect("taken").demand.id;
    let found = Found {
        own_record: true,
        evidence: true,
        competent: true,
        found_wrong: Some(true),
        sent_to: String::new(),
        reason: "核对了档案".into(),
    };
    let by = people().officer;
    let named = Found { reason: "欧阳 金雀的登记有误".into(), ..found.clone() };
    let desk = house.of("2020-03-05", &by).await;
    let told = rectification::tell(desk, &house.sealer, &by, &id, named).await;
    assert!(matches!(told, Err(ActError::Reason(..))), "what stays tells no name: {told:?}");
    let desk = house.of("2020-03-05", &by).await;
    rectification::tell(desk, &house.sealer, &by, &id, found).await.expect("told");
    format!("rectification:{id}")
}

/// A complaint on no request.
async fn complained(house: &House) -> String {
    let filed = Filed {
        organ: ORGAN.into(),
        about: "XM00002".into(),
        request: None,
        ground: ComplaintGround::NotPublished,
        complainant: Complainant {
            name: "欧阳金雀".into(),
            contact: contact(),
            words: "没有公开预算".into(),
        },
        key: "form-21".into(),
    };
    let desk = house.desk("2020-03-02", Actor::Visitor).await;
    let id = complaint::file(desk, &house.sealer, filed).await.expect("taken").complaint.id;
    let by = people().officer;
    complaint::take_up(house.of("2020-03-03", &by).await, &by, &id).await.expect("taken up");
    let result = (ComplaintOutcome::Unfounded, "已经公开");
    let desk = house.of("2020-03-05", &by).await;
    complaint::tell(desk, &house.sealer, &by, &id, result).await.expect("told");
    format!("complaint:{id}")
}

/// A suggestion that names no request.
async fn suggested(house: &House) -> String {
    let said = Suggested {
        name: "欧阳金雀".into(),
        contact: "13950012345".into(),
        words: "公开名单".into(),
    };
    let ledger = house.ledger.clone().with_clock(crate::house::at("2020-03-02"));
    let taken = suggest(&ledger, &house.sealer, (ORGAN, "", "form-31"), &said).await;
    let id = taken.expect("taken").id;
    let by = people().officer;
    let desk = house.of("2020-03-05", &by).await;
    let wish = Wish { title: "", text: "", reason: "已经公开过" };
    let decided = (false, "", wish);
    conversion::decide_suggestion(desk, &house.sealer, &by, &id, decided).await.expect("decided");
    format!("suggestion:{id}")
}

/// Whether the three still tell who somebody is, by what is opened and by what is stored.
async fn named(house: &House, about: &str) -> bool {
    let (kind, id) = about.split_once(':').expect("a kind");
    let (store, sealer) = (house.ledger.store(), &house.sealer);
    let opened = match kind {
        "rectification" => {
            let case = RectificationCase::find(store, ORGAN, id).await.expect("reads");
            case.expect("stays").wish(sealer).expect("opens").is_some()
        }
        "complaint" => {
            let case = ComplaintCase::find(store, ORGAN, id).await.expect("reads");
            case.expect("stays").complainant(sealer).expect("opens").is_some()
        }
        _ => {
            let case = SuggestionCase::find(store, ORGAN, id).await.expect("reads");
            case.expect("stays").open(sealer).expect("opens") != Suggested::default()
        }
    };
    let sql = format!("SELECT COUNT(*) FROM request_{kind} WHERE sealed <> '' AND id = $1");
    let kept = store.number(&sql, vec![id.into()]).await.expect("reads");
    assert_eq!(opened, kept == Some(1), "{about}");
    opened
}

async fn proposed(house: &House, on: &str, about: &str) -> Result<MatterRemoval, ActError> {
    let by = people().officer;
    let desk = house.of(on, &by).await;
    matter_removal::propose(desk, &house.sealer, &by, (about, "保管期满")).await
}

#[tokio::test]
async fn whoever_corrected_complained_or_suggested_is_taken_out_after_ten_years_by_two_persons() {
    on_both(async |house| {
        let people = people();
        let all = [rectified(house, "a").await, complained(house).await, suggested(house).await];
        for about in &all {
            let early = proposed(house, "2030-12-31", about).await;
            assert!(matches!(early, Err(ActError::Faults(_))), "{about}: {early:?}");
            let removal = proposed(house, "2031-01-01", about).await.expect("proposed");
            let again = proposed(house, "2031-01-01", about).await;
            assert!(matches!(again, Err(ActError::Refused(..))), "{about}: {again:?}");
            let decide = async |by: &review::Signatory, words: &'static str| {
                let desk = house.of("2031-01-02", by).await;
                let agreed = (true, words);
                matter_removal::decide(desk, &house.sealer, by, &removal.id, agreed).await
            };
            let own = decide(&people.officer, "同意").await;
            assert!(matches!(own, Err(ActError::Refused(..))), "{about}: {own:?}");
            let telling = decide(&people.head, "欧阳金雀的可以去").await;
            assert!(matches!(telling, Err(ActError::Reason(..))), "{about}: {telling:?}");
            assert!(named(house, about).await, "{about}");
            decide(&people.head, "同意").await.expect("removed");
            assert!(!named(house, about).await, "{about}");
            let gone = proposed(house, "2031-01-03", about).await;
            assert!(matches!(gone, Err(ActError::Refused(..))), "{about}: {gone:?}");
        }
        let (_, id) = all[2].split_once(':').expect("a kind");
        let desk = house.of("2031-01-03", &people.officer).await;
        let read = perusal::of_suggestion(desk, &house.sealer, &people.officer, id).await;
        assert!(matches!(read, Err(ActError::Refused(..))), "nothing is opened: {read:?}");
    })
    .await;
}

/// One that was held, let go and taken out.
pub async fn removed(house: &House) {
    let about = complained(house).await;
    let people = people();
    let why = (&*format!("{ORGAN}-TS-2020-00001"), "法院调取");
    let desk = house.of("2031-01-02", &people.head).await;
    let hold = matter_removal::hold(desk, &house.sealer, &people.head, why).await.expect("held");
    let desk = house.of("2031-01-03", &people.officer).await;
    let lifting = (hold.id.as_str(), "退回");
    matter_removal::lift(desk, &house.sealer, &people.officer, lifting).await.expect("lifted");
    let removal = proposed(house, "2031-01-04", &about).await.expect("proposed");
    let desk = house.of("2031-01-05", &people.head).await;
    let agreed = (true, "同意");
    let decided = matter_removal::decide(desk, &house.sealer, &people.head, &removal.id, agreed);
    decided.await.expect("removed");
}

#[tokio::test]
async fn the_retention_list_has_what_is_over_and_tells_somebody() {
    on_both(async |house| {
        let all = [rectified(house, "a").await, complained(house).await, suggested(house).await];
        let on = |on: &str| crate::house::day(on);
        let store = house.ledger.store();
        let early = Lasting::over(store, ORGAN, on("2030-12-31")).await.expect("reads");
        assert_eq!(early, []);
        let over = Lasting::over(store, ORGAN, on("2031-01-01")).await.expect("reads");
        let mut abouts: Vec<_> = over.iter().map(|one| one.about.clone()).collect();
        abouts.sort();
        let mut expected = all.to_vec();
        expected.sort();
        assert_eq!(abouts, expected);
        assert_eq!(Lasting::over(store, "XM00002", on("2031-01-01")).await.expect("reads"), []);
    })
    .await;
}

#[tokio::test]
async fn a_hold_keeps_what_stands_beside_until_another_person_lifts_it() {
    on_both(async |house| {
        let people = people();
        for (about, number) in [
            (rectified(house, "a").await, format!("{ORGAN}-GZ-2020-00001")),
            (complained(house).await, format!("{ORGAN}-TS-2020-00001")),
        ] {
            let removal = proposed(house, "2031-01-02", &about).await.expect("proposed");
            let desk = house.of("2031-01-03", &people.head).await;
            let why = (number.as_str(), "法院调取");
            let hold = matter_removal::hold(desk, &house.sealer, &people.head, why).await;
            let hold = hold.expect("held");
            let desk = house.of("2031-01-03", &people.head).await;
            let agreed = (true, "同意");
            let held =
                matter_removal::decide(desk, &house.sealer, &people.head, &removal.id, agreed);
            let held = held.await;
            assert!(matches!(held, Err(ActError::Faults(_))), "{about}: {held:?}");
            let (kind, id) = about.split_once(':').expect("a kind");
            let change = house.ledger.store().begin().await.expect("begins");
            let sql = format!("UPDATE request_{kind} SET sealed = '' WHERE id = $1");
            let forced = change.run(&sql, vec![id.into()]).await;
            assert!(forced.is_err(), "the database refuses too: {forced:?}");
            drop(change);
            let desk = house.of("2031-01-04", &people.head).await;
            let lifting = (hold.id.as_str(), "退回");
            let own = matter_removal::lift(desk, &house.sealer, &people.head, lifting).await;
            assert!(matches!(own, Err(ActError::Refused(..))), "{own:?}");
            let desk = house.of("2031-01-04", &people.officer).await;
            let by = &people.officer;
            matter_removal::lift(desk, &house.sealer, by, lifting).await.expect("lifted");
            let desk = house.of("2031-01-05", &people.head).await;
            let decided =
                matter_removal::decide(desk, &house.sealer, &people.head, &removal.id, agreed);
            decided.await.expect("removed");
            assert!(!named(house, &about).await, "{about}");
        }
    })
    .await;
}
