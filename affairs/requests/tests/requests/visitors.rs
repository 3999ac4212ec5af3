//! 申请人一边, on both engines: drafts, wrong pairs, suggestions.

use ledger::Actor;
use requests::acts::tracking::{MOST_OF_CODE, NotShown, Tried};
use requests::acts::{draft, intake, suggestion, tracking};
use requests::store::{Draft, DraftContent, Suggested, SuggestionCase, Tracked};
use requests_rules::{
    Applicant, ApplicantClass, Application, Channel, Contact, DeliveryWay, IdentityProof,
    ProvidedForm, ResidentNumber, Wanted,
};
use store::Statements;

use crate::house::{ORGAN, on_both};

fn content() -> DraftContent {
    DraftContent {
        organ: ORGAN.into(),
        name: "林秀英".into(),
        telephone: "0592-1234567".into(),
        description: "征地补偿费用".into(),
        ..DraftContent::default()
    }
}

fn application(telephone: Option<&str>) -> Application {
    let number = ResidentNumber::read("11010519491231002X").expect("a number");
    Application {
        applicant: Applicant {
            name: "林秀英".into(),
            class: ApplicantClass::NaturalPerson,
            proof: Some(IdentityProof::ResidentCard(number)),
            contact: Contact {
                telephone: telephone.map(str::to_owned),
                address: Some("某路1号".into()),
                email: None,
            },
            agent: None,
        },
        wanted: Wanted { description: Some("征地补偿费用".into()), ..Wanted::default() },
        form: Some(ProvidedForm::Paper),
        by: Some(DeliveryWay::Post),
        channel: Channel::Online,
        read_back: true,
        assistance: None,
    }
}

#[tokio::test]
async fn a_draft_is_found_by_its_code_and_becomes_one_request() {
    on_both(async |house| {
        let (ledger, sealer, folder) = (&house.ledger, &house.sealer, &house.folder);
        let code = draft::begin(ledger, sealer, "10.0.0.7", &content()).await.expect("begun");
        let found = draft::find(ledger, sealer, &code.to_lowercase()).await.expect("asked");
        let kept = found.expect("is there");
        assert_eq!(kept.content, content());
        let other = draft::find(ledger, sealer, "AAAA-AAAA-AAAA-AAAA").await.expect("asked");
        assert_eq!(other, None);
        let more = DraftContent { title: "明细".into(), ..content() };
        draft::keep(ledger, sealer, &kept.id, &more).await.expect("kept");

        let apply = || draft::hand_in(ledger, sealer, folder, (&kept, application(None)));
        let told = apply().await.expect("handed in");
        let again = apply().await.expect("told again");
        assert_eq!((again.number, again.code, again.again), (told.number, told.code.clone(), true));
        let late = draft::keep(ledger, sealer, &kept.id, &more).await;
        assert!(late.is_err(), "what was handed in is not changed");
        let left = draft::find(ledger, sealer, &code).await.expect("asked").expect("is there");
        assert_eq!((left.content, left.became.is_some()), (DraftContent::default(), true));
        assert_eq!(draft::query_code(sealer, &kept).expect("a code"), told.code);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_gone_after_its_last_day() {
    on_both(async |house| {
        let (ledger, sealer, folder) = (&house.ledger, &house.sealer, &house.folder);
        let code = draft::begin(ledger, sealer, "10.0.0.7", &content()).await.expect("begun");
        assert!(!draft::clear(ledger, folder).await.expect("cleared"));
        assert!(draft::find(ledger, sealer, &code).await.expect("asked").is_some());
        let change = ledger.store().begin().await.expect("begins");
        let sql = "UPDATE request_draft SET expires_on = '2026-03-01'";
        change.run(sql, vec![]).await.expect("aged");
        change.commit().await.expect("kept");
        draft::clear(ledger, folder).await.expect("cleared");
        assert_eq!(draft::find(ledger, sealer, &code).await.expect("asked"), None::<Draft>);
    })
    .await;
}

#[tokio::test]
async fn only_the_right_pair_opens_and_wrong_ones_lock() {
    on_both(async |house| {
        let (ledger, sealer) = (&house.ledger, &house.sealer);
        let register = async |telephone: Option<&str>| {
            let desk = ledger.desk(Actor::Visitor).await.expect("a desk");
            let new = intake::Intake {
                organ: ORGAN.into(),
                application: application(telephone),
                way: intake::Way::default(),
                items: 1,
                files: vec![],
                key: None,
            };
            intake::register(desk, sealer, None, new).await.expect("registered")
        };
        let with = register(Some("0592-1234567")).await;
        let without = register(None).await;
        let try_pair = async |code: &str, second: &str| {
            let tried =
                Tried { code: code.into(), second: second.into(), address: "10.0.0.1".into() };
            tracking::track(ledger, sealer, tried).await
        };
        for (code, second, shown) in [
            (with.code.as_str(), "4567", true),
            (&with.code, "4568", false),
            (&with.code, &with.number, false),
            (&with.code, "", false),
            (&without.code, &without.number, true),
            (&without.code, "", false),
            (&without.code, "4567", false),
            ("", "", false),
        ] {
            let found = try_pair(code, second).await;
            assert_eq!(found.is_ok(), shown, "{code} {second}");
            if let Ok(found) = found {
                assert_eq!(found.kind, Tracked::Request);
            }
        }
        let mut last = Ok(());
        for _ in 0..=MOST_OF_CODE {
            last = try_pair(&with.code, "0000").await.map(|_| ());
        }
        assert!(matches!(last, Err(NotShown::Locked)), "{last:?}");
        let right = try_pair(&with.code, "4567").await;
        assert!(matches!(right, Err(NotShown::Locked)));
        assert!(try_pair(&without.code, &without.number).await.is_ok(), "others are not locked");
        let sql = "SELECT COUNT(*) FROM ledger_event WHERE act IN ('tracking', 'tracking_refusal')";
        let told = ledger.store().number(sql, vec![]).await.expect("counted");
        assert_eq!(told, Some(8 + (MOST_OF_CODE - 3) + 1), "what is locked writes nothing more");
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_comes_once_and_is_decided_once() {
    on_both(async |house| {
        let (ledger, sealer) = (&house.ledger, &house.sealer);
        let words =
            Suggested { words: "公开每年的补偿标准".into(), ..Suggested::default() };
        let place = (ORGAN, "", "the form");
        let first = suggestion::suggest(ledger, sealer, place, &words).await.expect("taken");
        let again = suggestion::suggest(ledger, sealer, place, &words).await.expect("taken");
        assert_eq!(first, again);
        let kept = SuggestionCase::of(ledger.store(), ORGAN, 10).await.expect("listed");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].open(sealer).expect("opens"), words);
        // The code finds it, with the number beside it.
        let tried = Tried { code: first.code, second: first.number, address: "10.0.0.2".into() };
        let found = tracking::track(ledger, sealer, tried).await.expect("found");
        assert_eq!((found.kind, found.id), (Tracked::Suggestion, kept[0].id.clone()));
    })
    .await;
}
