//! What goes on beside an opinion, what is looked at before it goes out, what is taken back, who waits for whom;
//! the same asked again, and a letter by post.

use law::WorkingDays;
use requests::acts::answer::{self, Draft};
use requests::acts::proposal::{self, Wish};
use requests::acts::{ActError, correction, delivery, finding, opinion};
use requests::store::{
    Answer, AnswerState, Asked, HandedIn, IssuedLetter, Proposal, ProposalKind, Proposed,
    ReviewStep, ThirdParty,
};
use requests_rules::{
    Channel, Contact, CorrectionNotice, Fact, Letter, SearchRecord, ServingMethod,
};

use crate::house::{House, ORGAN, application, content, day, on_both, open_already, people};

async fn draft(house: &House, on: &str, request: &str) -> Result<Answer, ActError> {
    let by = people().officer;
    let content = content("G2", &[Fact::Provided]);
    let draft = Draft { request: request.into(), answer: None, corrects: None, seen: 0, content };
    let desk = house.of(on, &by).await;
    answer::save(desk, &by, draft).await.map(|(answer, _)| answer)
}

async fn submit(house: &House, on: &str, answer: &str) -> Result<(), ActError> {
    let by = people().officer;
    answer::submit(house.of(on, &by).await, &house.sealer, &by, answer).await
}

#[tokio::test]
async fn beside_an_opinion_one_searches_and_drafts_and_only_review_waits() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let contact = Contact { telephone: Some("0592-1234567".into()), ..Contact::default() };
        let third = Asked::ThirdParty(ThirdParty { name: "某某建材公司".into(), contact });
        let desk = house.of("2026-03-03", &by).await;
        opinion::ask(desk, &house.sealer, &by, &request, (third, "供货合同")).await.expect("asked");
        let record = SearchRecord {
            places: vec!["档案室".into()],
            words: vec!["合同".into()],
            by: vec!["陈某".into()],
            on: day("2026-03-04"),
            outcome: "找到一份".into(),
        };
        let desk = house.of("2026-03-04", &by).await;
        finding::search(desk, &by, &request, record).await.expect("searched");
        let answer = draft(house, "2026-03-04", &request).await.expect("drafted");
        let waits = submit(house, "2026-03-04", &answer.id).await;
        assert!(matches!(waits, Err(ActError::Refused(..))), "{waits:?}");
        let days = ProposalKind::Extension { days: WorkingDays(5) };
        let longer = house.decided("2026-03-05", &request, Wish::Plain(days)).await;
        longer.expect("the period is not over while it stands still");
    })
    .await;
}

#[tokio::test]
async fn who_drafted_an_answer_takes_it_back_until_it_is_signed() {
    on_both(async |house| {
        let people = people();
        let by = &people.officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let answer = draft(house, "2026-03-03", &request).await.expect("drafted");
        let back =
            async |who| answer::take_back(house.of("2026-03-03", who).await, who, &answer.id).await;
        assert!(matches!(back(by).await, Err(ActError::Refused("这份答复不在审查中", _))));
        submit(house, "2026-03-03", &answer.id).await.expect("handed in");
        let other = back(&people.legal).await;
        assert!(matches!(other, Err(ActError::Refused(..))), "{other:?}");
        back(by).await.expect("taken back");
        let store = house.ledger.store();
        let kept = Answer::find(store, ORGAN, &answer.id).await.expect("reads").expect("is there");
        assert_eq!(kept.state, AnswerState::Draft);
        submit(house, "2026-03-03", &answer.id).await.expect("handed in again");
        let newest = kept.newest(store).await.expect("reads").expect("saved");
        let steps = [
            (&people.secrecy, ReviewStep::Secrecy),
            (&people.legal, ReviewStep::Legal),
            (&people.approver, ReviewStep::Signature),
        ];
        for (who, step) in steps {
            let seen = (answer.id.as_str(), newest.hash.as_str());
            let desk = house.of("2026-03-03", who).await;
            answer::review(desk, who, seen, (step, true, "")).await.expect("agreed");
        }
        assert!(matches!(back(by).await, Err(ActError::Refused("这份答复不在审查中", _))));
    })
    .await;
}

#[tokio::test]
async fn what_was_set_going_is_told_to_whoever_did_it() {
    on_both(async |house| {
        let people = people();
        let (by, store) = (&people.officer, house.ledger.store());
        let request = house.assigned("2026-03-02", "林秀英").await;
        let kind = ProposalKind::Extension { days: WorkingDays(5) };
        let desk = house.of("2026-03-03", by).await;
        let wish = (Wish::Plain(kind), "要逐件核对");
        let told =
            proposal::propose(desk, &house.sealer, by, &request, wish).await.expect("proposed");
        let answer = draft(house, "2026-03-03", &request).await.expect("drafted");
        assert_eq!(
            HandedIn::by(store, by, "").await.expect("reads"),
            vec![],
            "a draft is not handed in"
        );
        submit(house, "2026-03-03", &answer.id).await.expect("handed in");
        let proposed = Proposed::by(store, by, "").await.expect("reads");
        let [one] = proposed.as_slice() else { panic!("{proposed:?}") };
        assert_eq!((one.proposal.id.as_str(), one.proposal.agreed), (told.id.as_str(), None));
        assert!(one.title.ends_with("※要的信息"), "masked: {}", one.title);
        let handed = HandedIn::by(store, by, "").await.expect("reads");
        let [one] = handed.as_slice() else { panic!("{handed:?}") };
        assert_eq!((one.state, one.secrecy, one.legal), (AnswerState::Submitted, false, false));
        assert_eq!(Proposed::by(store, &people.head, "").await.expect("reads"), vec![]);
        let desk = house.of("2026-03-04", &people.head).await;
        proposal::decide(desk, &people.head, &told.id, (true, "同意")).await.expect("agreed");
        for (since, still) in [("2026-03-01T00:00:00Z", 1), ("2026-04-01T00:00:00Z", 0)] {
            let told = Proposed::by(store, by, since).await.expect("reads");
            assert_eq!(told.len(), still, "{since}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_looked_at_first_is_neither_issued_nor_kept() {
    on_both(async |house| {
        let people = people();
        let by = &people.officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let letters =
            async || IssuedLetter::of(house.ledger.store(), &request).await.expect("reads").len();
        let before = (letters().await, house.case(&request).await.filing.revision);
        let notice = || CorrectionNotice {
            items: vec!["写明年份".into()],
            days: Some(WorkingDays(10)),
            supervisor: false,
        };
        let desk = house.of("2026-03-03", by).await;
        let looked = correction::would_ask(desk, &house.sealer, by, &request, notice()).await;
        assert_eq!(looked.expect("reads").1.kind, Letter::CorrectionNotice);
        let wish = || Wish::Plain(ProposalKind::Extension { days: WorkingDays(5) });
        let desk = house.of("2026-03-03", by).await;
        let about = (wish(), "要逐件核对");
        let looked = proposal::would_tell(desk, &house.sealer, by, &request, about).await;
        let (case, letter) = looked.expect("possible").expect("told");
        assert_eq!(letter.kind, Letter::ExtensionNotice);
        assert!(case.filing.revision > before.1, "the letter reads as of then");
        let after = (letters().await, house.case(&request).await.filing.revision);
        assert_eq!(before, after);
        let waiting = Proposal::waiting(house.ledger.store(), ORGAN).await.expect("reads");
        assert!(waiting.is_empty(), "{waiting:?}");
        let desk = house.of("2026-03-03", by).await;
        correction::ask(desk, &house.sealer, by, &request, notice()).await.expect("sent now");
    })
    .await;
}

#[tokio::test]
async fn the_same_asked_again_names_an_answer_to_the_same_applicant_about_the_same() {
    on_both(async |house| {
        let titled = async |name: &str, title: &str| {
            let asked = application(Channel::Counter, name, title);
            let told = house.asks("2026-03-02", asked).await;
            house.assign("2026-03-02", &told.request).await;
            told.request
        };
        let first = titled("林秀英", "征地补偿方案").await;
        let first = house.answered("2026-03-03", &first, open_already()).await.expect("answered");
        let other = titled("陈志强", "征地补偿方案").await;
        let other = house.answered("2026-03-03", &other, open_already()).await.expect("answered");
        // what is asked, the number written, what the item says it answers; the fault
        for (title, number, item, wrong) in [
            ("征地补偿方案", first.number.as_str(), "方案", None),
            ("征地补偿方案", "云府办答复〔2026〕99号", "方案", Some("不是本机关给这个申请人的")),
            ("征地补偿方案", other.number.as_str(), "方案", Some("不是本机关给这个申请人的")),
            ("别的预算", first.number.as_str(), "预算", Some("与这一项不同")),
            ("那个方案", first.number.as_str(), "要的信息", None),
        ] {
            let request = titled("林秀英", title).await;
            let mut again = content("N2", &[]);
            let written = &mut again.items[0];
            written.asked = item.into();
            written.facts.insert(Fact::EarlierAnswer, format!("云府办{number}"));
            match (house.signed("2026-03-04", &request, again).await, wrong) {
                (Ok(_), None) => {}
                (Err(ActError::Faults(told)), Some(words)) if told[0].contains(words) => {}
                (told, _) => panic!("{title} {number}: {told:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_by_post_leaves_with_the_number_of_the_mail() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let letters = IssuedLetter::of(house.ledger.store(), &request).await.expect("reads");
        let letter = letters[0].id.as_str();
        for (method, slip, sent) in [
            (ServingMethod::Post, " ", false),
            (ServingMethod::Post, "EX123456789CN", true),
            (ServingMethod::InPerson, "", true),
        ] {
            let desk = house.of("2026-03-03", &by).await;
            let told = delivery::send(desk, &by, (&request, letter), (method, slip)).await;
            assert_eq!(told.is_ok(), sent, "{method:?} {slip}: {told:?}");
        }
    })
    .await;
}
