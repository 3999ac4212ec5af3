//! Answers: what they must contain, who may take which step, what two windows do.

use requests::acts::answer::{self, Draft};
use requests::acts::{ActError, finding, joining, opinion};
use requests::store::{
    Answer, AnswerContent, Asked, FilingState, IssuedLetter, ReviewStep, ThirdParty,
};
use requests_rules::{Channel, Contact, Fact, SearchRecord};
use store::{Statements, Value};

use crate::house::{application, content, day, on_both, open_already, people};

fn search(on: &str) -> SearchRecord {
    SearchRecord {
        places: vec!["档案室".into()],
        words: vec!["征地".into()],
        by: vec!["陈某".into()],
        on: day(on),
        outcome: "没有找到".into(),
    }
}

/// Kind, facts given, and words of the faults, none where it may go into review.
const CONTENTS: [(&str, &[Fact], &[&str]); 9] = [
    ("G1", &[Fact::Whereabouts], &[]),
    ("G1", &[], &["获取信息的方式"]),
    ("P1", &[Fact::OpenPart], &["理由"]),
    ("U1a", &[Fact::SearchRecord], &["检索记录"]),
    ("U1b", &[Fact::Reason], &[]),
    ("U3", &[Fact::Unclear], &["没有补正过"]),
    ("N4", &[Fact::ReasonsJudged], &["没有要求说明理由"]),
    ("D4", &[Fact::Reason, Fact::ThirdPartyRecord], &["没有征求第三方意见"]),
    ("O3", &[], &["这一类不是答复"]),
];

#[tokio::test]
async fn an_answer_goes_into_review_when_it_contains_what_its_kind_must() {
    on_both(async |house| {
        let by = people().officer;
        for (at, (code, facts, expected)) in CONTENTS.into_iter().enumerate() {
            let request = house.assigned("2026-03-02", &format!("申请人{at}")).await;
            let draft = Draft {
                request: request.clone(),
                answer: None,
                corrects: None,
                seen: 0,
                content: content(code, facts),
            };
            let desk = house.of("2026-03-03", &by).await;
            let (kept, _) = answer::save(desk, &by, draft).await.expect("saved");
            let desk = house.of("2026-03-03", &by).await;
            let told = answer::submit(desk, &house.sealer, &by, &kept.id).await;
            match (told, expected) {
                (Ok(()), []) => {}
                (Err(ActError::Faults(faults)), expected) if !expected.is_empty() => {
                    for word in expected {
                        assert!(faults.iter().any(|one| one.contains(word)), "{code}: {faults:?}");
                    }
                }
                (told, _) => panic!("{code} {facts:?}: {told:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn not_there_rests_on_a_search_made_for_this_request() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let desk = house.of("2026-03-04", &by).await;
        let before = finding::search(desk, &by, &request, search("2026-03-01")).await;
        assert!(matches!(before, Err(ActError::Faults(_))), "before it was received: {before:?}");
        let desk = house.of("2026-03-04", &by).await;
        finding::search(desk, &by, &request, search("2026-03-04")).await.expect("kept");
        let letter = house.answered("2026-03-05", &request, content("U1a", &[])).await;
        let letter = letter.expect("answered");
        assert_eq!(letter.number, "答复〔2026〕1号");
        let filing = house.case(&request).await.filing;
        assert_eq!((filing.state, filing.result.as_deref()), (FilingState::Answered, Some("U1a")));
    })
    .await;
}

#[tokio::test]
async fn nobody_reviews_what_he_wrote_nor_signs_what_he_reviewed_and_the_database_says_so_too() {
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
        let desk = house.of("2026-03-03", &people.officer).await;
        answer::submit(desk, &house.sealer, &people.officer, &kept.id).await.expect("submitted");
        let step = async |by: &review::Signatory, step, agreed, words: &str| {
            let desk = house.of("2026-03-04", by).await;
            answer::review(desk, by, (&kept.id, &version.hash), (step, agreed, words)).await
        };
        let own = step(&people.officer, ReviewStep::Secrecy, true, "").await;
        assert!(matches!(own, Err(ActError::Refused(..))), "{own:?}");
        let stand_in = review::Signatory {
            stands_in_for: Some(people.officer.person.clone()),
            ..people.secrecy.clone()
        };
        let as_him = step(&stand_in, ReviewStep::Secrecy, true, "").await;
        assert!(matches!(as_him, Err(ActError::Refused(..))), "{as_him:?}");
        let early = step(&people.approver, ReviewStep::Signature, true, "").await;
        assert!(matches!(early, Err(ActError::Refused(..))), "{early:?}");
        for (person, words, kind) in [
            (people.officer.person.as_str(), "起草答复的人", "secrecy"),
            ("sun", "没有保密审查", "signature"),
        ] {
            let told = raw_step(house, &kept, &version.hash, (person, kind)).await;
            assert!(told.contains(words), "{told}");
        }
        step(&people.secrecy, ReviewStep::Secrecy, true, "").await.expect("agreed");
        step(&people.secrecy, ReviewStep::Legal, true, "").await.expect("both may be one person");
        let signs = step(&people.secrecy, ReviewStep::Signature, true, "").await;
        assert!(matches!(signs, Err(ActError::Refused(..))), "{signs:?}");
        let told =
            raw_step(house, &kept, &version.hash, (&people.secrecy.person, "signature")).await;
        assert!(told.contains("审查过答复的人"), "{told}");
        let told = raw_state(house, &kept.id).await;
        assert!(told.contains("没有签发"), "{told}");
        step(&people.approver, ReviewStep::Signature, true, "").await.expect("signed");
        let desk = house.of("2026-03-04", &people.officer).await;
        let changed = Draft {
            request: request.clone(),
            answer: Some(kept.id.clone()),
            corrects: None,
            seen: version.version,
            content: content("U2", &[Fact::Reason]),
        };
        let after = answer::save(desk, &people.officer, changed).await;
        assert!(matches!(after, Err(ActError::Refused(..))), "signed is signed: {after:?}");
    })
    .await;
}

async fn raw_step(
    house: &crate::house::House,
    answer: &Answer,
    hash: &str,
    (person, step): (&str, &str),
) -> String {
    let change = house.ledger.store().begin().await.expect("begins");
    let sql = "INSERT INTO request_answer_step (id, answer, version, hash, step, agreed, words, person, name, taken_at)
               VALUES ($1, $2, 1, $3, $4, 1, '', $5, '', '')";
    let values: Vec<Value> = vec![
        format!("raw-{person}-{step}").into(),
        answer.id.clone().into(),
        hash.into(),
        step.into(),
        person.into(),
    ];
    chain(change.run(sql, values).await.expect_err("refused"))
}

async fn raw_state(house: &crate::house::House, answer: &str) -> String {
    let change = house.ledger.store().begin().await.expect("begins");
    let sql = "UPDATE request_answer SET state = 'issued' WHERE id = $1";
    chain(change.run(sql, vec![answer.into()]).await.expect_err("refused"))
}

fn chain(error: store::StoreError) -> String {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words += &format!(": {cause}");
        source = cause.source();
    }
    words
}

#[tokio::test]
async fn what_is_sent_back_is_written_anew_and_reviewed_anew() {
    on_both(async |house| {
        let people = people();
        let request = house.assigned("2026-03-02", "林秀英").await;
        let answer = house.signed("2026-03-03", &request, open_already()).await.expect("signed");
        let by = &people.officer;
        let desk = house.of("2026-03-04", by).await;
        let letter = answer::issue(desk, &house.sealer, by, &answer).await.expect("issued");
        let desk = house.of("2026-03-05", by).await;
        let wrong = Draft {
            request: request.clone(),
            answer: None,
            corrects: Some(answer.clone()),
            seen: 0,
            content: content("U2", &[Fact::Reason]),
        };
        let (anew, version) = answer::save(desk, by, wrong).await.expect("saved");
        let desk = house.of("2026-03-05", by).await;
        answer::submit(desk, &house.sealer, by, &anew.id).await.expect("submitted");
        let seen = (anew.id.as_str(), version.hash.as_str());
        let desk = house.of("2026-03-05", &people.legal).await;
        let back = answer::review(desk, &people.legal, seen, (ReviewStep::Legal, false, "")).await;
        assert!(matches!(back, Err(ActError::Reason(..))), "with a reason: {back:?}");
        let desk = house.of("2026-03-05", &people.legal).await;
        let words = (ReviewStep::Legal, false, "引用的条文不对");
        answer::review(desk, &people.legal, seen, words).await.expect("sent back");
        let desk = house.of("2026-03-06", by).await;
        let again = Draft {
            request: request.clone(),
            answer: Some(anew.id.clone()),
            corrects: Some(answer),
            seen: version.version,
            content: content("G1", &[Fact::Whereabouts]),
        };
        let (_, second) = answer::save(desk, by, again).await.expect("saved");
        assert_eq!(second.version, 2);
        let letters = IssuedLetter::of(house.ledger.store(), &request).await.expect("reads");
        assert!(letters.iter().any(|one| one.id == letter.id), "what went out stays");
    })
    .await;
}

#[tokio::test]
async fn what_two_write_in_two_windows_is_told_to_the_second_with_both_texts() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let draft = |answer: Option<String>, seen, body: &str| Draft {
            request: request.clone(),
            answer,
            corrects: None,
            seen,
            content: AnswerContent { body: body.into(), ..open_already() },
        };
        let save = async |draft| answer::save(house.of("2026-03-03", &by).await, &by, draft).await;
        let (kept, first) = save(draft(None, 0, "第一稿")).await.expect("saved");
        let id = Some(kept.id.clone());
        save(draft(id.clone(), first.version, "这个窗口写的")).await.expect("saved");
        let told = save(draft(id.clone(), first.version, "那个窗口写的")).await;
        let Err(ActError::Overtaken(both)) = told else { panic!("{told:?}") };
        assert_eq!((both.mine.as_str(), both.theirs.as_str()), ("那个窗口写的", "这个窗口写的"));
        save(draft(id, both.seen, "合在一起")).await.expect("saved");
        let other = save(draft(None, 0, "另起一稿")).await;
        assert!(matches!(other, Err(ActError::Overtaken(_))), "{other:?}");
    })
    .await;
}

#[tokio::test]
async fn no_answer_goes_into_review_while_opinions_are_awaited_nor_names_who_asked() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "欧阳金雀").await;
        let named =
            AnswerContent { body: "欧阳金雀同志：答复如下".into(), ..open_already() };
        let told = house.answered("2026-03-03", &request, named).await;
        assert!(
            matches!(&told, Err(ActError::Faults(faults)) if faults[0].contains("申请人")),
            "{told:?}"
        );
        let other = house.assigned("2026-03-02", "林秀英").await;
        let contact = Contact { email: Some("a@b.cn".into()), ..Contact::default() };
        let third = ThirdParty { name: "某公司".into(), contact };
        let desk = house.of("2026-03-03", &by).await;
        let asked = (Asked::ThirdParty(third), "合同");
        opinion::ask(desk, &house.sealer, &by, &other, asked).await.expect("asked");
        let told = house.answered("2026-03-04", &other, open_already()).await;
        assert!(matches!(told, Err(ActError::Refused(..))), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn files_provided_are_those_that_lie_in_the_file() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let mut with_file = content("G2", &[Fact::Provided]);
        with_file.files.push(requests::store::ProvidedFile {
            id: "x".into(),
            sha256: "y".into(),
            removals: vec![],
        });
        let told = house.answered("2026-03-03", &request, with_file).await;
        assert!(matches!(told, Err(ActError::Faults(_))), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_second_wish_for_the_same_is_joined_and_told_so() {
    on_both(async |house| {
        let by = people().officer;
        let ask = async |on| {
            let asked = application(Channel::Counter, "林秀英", "同一份预算");
            let told = house.asks(on, asked).await;
            house.assign(on, &told.request).await;
            told
        };
        let (first, second) = (ask("2026-03-02").await, ask("2026-03-03").await);
        let desk = house.of("2026-03-04", &by).await;
        let turned = joining::join(desk, &by, &first.request, &second.number).await;
        assert!(
            matches!(turned, Err(ActError::Refused(..))),
            "the earlier to the later: {turned:?}"
        );
        let desk = house.of("2026-03-04", &by).await;
        let letter =
            joining::join(desk, &by, &second.request, &first.number).await.expect("joined");
        assert_eq!(letter.facts["joined_to"], first.number.as_str());
        let filing = house.case(&second.request).await.filing;
        assert_eq!((filing.state, filing.result.as_deref()), (FilingState::Joined, Some("O3")));
        assert_eq!(filing.joined_to.as_ref(), Some(&first.request));
        let open = house
            .ledger
            .store()
            .number("SELECT COUNT(*) FROM request WHERE open = 1", vec![])
            .await;
        assert_eq!(open.expect("reads"), Some(1));
    })
    .await;
}
