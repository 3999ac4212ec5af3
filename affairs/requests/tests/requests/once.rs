//! What may happen once, by whom, and while a file is open.

use std::time::Duration;

use ledger::Actor;
use requests::acts::answer::{self, Draft};
use requests::acts::proposal::Wish;
use requests::acts::remedy::{self, Brought};
use requests::acts::{
    ActError, archiving, charging, correction, draft, proposal, reasons, renewal, unmoved,
    withdrawal,
};
use requests::store::{
    AnswerContent, DraftContent, Fee, FilingState, IssuedLetter, ProposalKind, RemedyCase,
    RemedyKind, ReviewStep,
};
use requests_rules::{Channel, CorrectionNotice, FeeMethod, Letter, ReasonsJudged};
use review::Signatory;
use store::Statements;

use crate::house::{House, ORGAN, application, at, day, on_both, open_already, people};

fn first(request: &str, content: AnswerContent) -> Draft {
    Draft { request: request.into(), answer: None, corrects: None, seen: 0, content }
}

fn closed<T: std::fmt::Debug>(told: Result<T, ActError>, act: &str) {
    let is_closed = matches!(&told, Err(ActError::Refused("这份申请已经办结", _)));
    assert!(is_closed, "{act}: {told:?}");
}

#[tokio::test]
async fn what_was_withdrawn_is_answered_no_more_not_even_as_a_correction() {
    on_both(async |house| {
        let people = people();
        let by = &people.officer;
        let begun = async |name: &str| {
            let request = house.assigned("2026-03-02", name).await;
            let desk = house.of("2026-03-03", by).await;
            let saved = answer::save(desk, by, first(&request, open_already())).await;
            (request, saved.expect("saved"))
        };
        let withdraw = async |request: &str| {
            let desk = house.desk("2026-03-05", Actor::Visitor).await;
            withdrawal::withdraw(desk, ORGAN, request).await.expect("withdrawn");
        };
        let (request, (drafted, version)) = begun("林秀英").await;
        withdraw(&request).await;
        let more = Draft {
            answer: Some(drafted.id.clone()),
            seen: version.version,
            ..first(&request, open_already())
        };
        closed(answer::save(house.of("2026-03-06", by).await, by, more).await, "save");
        let desk = house.of("2026-03-06", by).await;
        closed(answer::submit(desk, &house.sealer, by, &drafted.id).await, "submit");

        let (request, (drafted, version)) = begun("陈丽").await;
        let desk = house.of("2026-03-04", by).await;
        answer::submit(desk, &house.sealer, by, &drafted.id).await.expect("submitted");
        withdraw(&request).await;
        let (desk, seen) = (house.of("2026-03-06", &people.secrecy).await, version.hash.as_str());
        let step = (ReviewStep::Secrecy, true, "");
        closed(answer::review(desk, &people.secrecy, (&drafted.id, seen), step).await, "review");

        let request = house.assigned("2026-03-02", "黄强").await;
        let signed = house.signed("2026-03-03", &request, open_already()).await.expect("signed");
        withdraw(&request).await;
        let desk = house.of("2026-03-06", by).await;
        closed(answer::issue(desk, &house.sealer, by, &signed).await, "issue");
        assert_eq!(house.case(&request).await.filing.state, FilingState::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_stood_in_for_counts_as_whoever_stood_in() {
    on_both(async |house| {
        let people = people();
        let for_him = |by: &Signatory, of: &Signatory| Signatory {
            stands_in_for: Some(of.person.clone()),
            ..by.clone()
        };
        let request = house.assigned("2026-03-02", "林秀英").await;
        // Somebody writes in the officer's place; the officer, who also reviews, does not review it.
        let writer = for_him(&people.head, &people.officer);
        let desk = house.of("2026-03-03", &writer).await;
        let saved = answer::save(desk, &writer, first(&request, open_already())).await;
        let (drafted, version) = saved.expect("saved");
        let desk = house.of("2026-03-03", &writer).await;
        answer::submit(desk, &house.sealer, &writer, &drafted.id).await.expect("submitted");
        let review = async |by: &Signatory, step| {
            let (desk, seen) = (house.of("2026-03-04", by).await, version.hash.as_str());
            answer::review(desk, by, (&drafted.id, seen), (step, true, "")).await
        };
        let own = review(&people.officer, ReviewStep::Secrecy).await;
        assert!(matches!(own, Err(ActError::Refused(..))), "{own:?}");
        let stand_in = for_him(&people.secrecy, &people.approver);
        review(&stand_in, ReviewStep::Secrecy).await.expect("agreed");
        review(&people.legal, ReviewStep::Legal).await.expect("agreed");
        let signed = review(&people.approver, ReviewStep::Signature).await;
        assert!(matches!(signed, Err(ActError::Refused(..))), "{signed:?}");

        let placer = for_him(&people.legal, &people.head);
        let desk = house.of("2026-03-05", &placer).await;
        let hold = archiving::hold(desk, &placer, &request, "诉讼需要").await.expect("held");
        let lift = async |by: &Signatory| {
            let desk = house.of("2026-03-06", by).await;
            archiving::lift(desk, by, (&request, &hold.id), "诉讼终结").await
        };
        for by in [&people.head, &people.legal, &for_him(&people.secrecy, &people.head)] {
            let told = lift(by).await;
            assert!(matches!(told, Err(ActError::Refused(..))), "{}: {told:?}", by.person);
        }
        lift(&people.approver).await.expect("lifted by another");
    })
    .await;
}

#[tokio::test]
async fn whoever_withdraws_is_told_so_by_letter() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let desk = house.desk("2026-03-05", Actor::Visitor).await;
        withdrawal::withdraw(desk, ORGAN, &request).await.expect("withdrawn");
        let letters = IssuedLetter::of(house.ledger.store(), &request).await.expect("reads");
        let told: Vec<_> = letters.iter().filter(|one| one.kind == Letter::ClosingNotice).collect();
        let [told] = told.as_slice() else { panic!("one closing notice: {letters:?}") };
        assert_eq!((&told.facts["code"], told.issued_on), (&"O3".into(), day("2026-03-05")));
        assert_eq!(told.facts["withdrawn_on"], "2026-03-05");
    })
    .await;
}

#[tokio::test]
async fn one_request_is_charged_once() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let charged =
            async |on: &str| house.decided(on, &request, Wish::Fee(FeeMethod::PerPage, 250)).await;
        charged("2026-03-04").await.expect("decided").expect("a letter");
        let desk = house.of("2026-03-05", &by).await;
        charging::pay(desk, &by, &request, (day("2026-03-05"), "票0001")).await.expect("paid");
        let twice = charged("2026-03-06").await;
        assert!(matches!(twice, Err(ActError::Refused(..))), "{twice:?}");
        let fees = Fee::of(house.ledger.store(), &request).await.expect("reads");
        let [fee] = fees.as_slice() else { panic!("one fee: {fees:?}") };
        let desk = house.of("2026-03-06", &by).await;
        let part = (fee.id.as_str(), fee.amount - 1, "页数数错了");
        charging::refund(desk, &by, &request, part).await.expect("paid back in part");
        let part = charged("2026-03-06").await;
        assert!(matches!(part, Err(ActError::Refused(..))), "a part is still charged: {part:?}");
        let desk = house.of("2027-01-05", &by).await;
        let rest = (fee.id.as_str(), 1, "其余也退");
        charging::refund(desk, &by, &request, rest).await.expect("paid back");
        for (year, expected) in [("2026", 1), ("2027", -1)] {
            let days = (day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
            let kept = Fee::collected(house.ledger.store(), ORGAN, days).await.expect("reads");
            assert_eq!(kept, expected, "each part counts in its own year: {year}");
        }
        charged("2026-03-06").await.expect("charged anew");
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_put_off_only_where_the_reasons_are_reasonable() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let delay = async |on: &str| {
            let kind = ProposalKind::Delay { until: day("2026-06-30") };
            house.decided(on, &request, Wish::Plain(kind)).await
        };
        let desk = house.of("2026-03-03", &by).await;
        reasons::ask(desk, &house.sealer, &by, &request, "一个月提出四十件").await.expect("asked");
        let unjudged = delay("2026-03-04").await;
        assert!(matches!(unjudged, Err(ActError::Refused(..))), "{unjudged:?}");
        let judged = ReasonsJudged::Unreasonable { because: "没有说明".into() };
        let desk = house.of("2026-03-05", &by).await;
        reasons::judge(desk, &by, &request, &judged).await.expect("judged");
        let unreasonable = delay("2026-03-06").await;
        assert!(matches!(unreasonable, Err(ActError::Refused(..))), "{unreasonable:?}");
        let desk = house.of("2026-03-06", &by).await;
        reasons::judge(desk, &by, &request, &ReasonsJudged::GoOn).await.expect("judged anew");
        delay("2026-03-09").await.expect("put off");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_from_a_page_that_is_out_of_date_is_not_done() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let shown = house.case(&request).await.filing.revision;
        let desk = house.of("2026-03-03", &by).await;
        unmoved::unmoved(&desk, (ORGAN, &request), shown).await.expect("lies as shown");
        correction::ask(desk, &house.sealer, &by, &request, notice())
            .await
            .expect("at the same desk");
        let desk = house.of("2026-03-03", &by).await;
        let told = unmoved::unmoved(&desk, (ORGAN, &request), shown).await;
        assert!(matches!(told, Err(ActError::Refused(..))), "{told:?}");
    })
    .await;
}

fn notice() -> CorrectionNotice {
    CorrectionNotice { items: vec!["写明地块".into()], days: None, supervisor: false }
}

#[tokio::test]
async fn a_remedy_is_registered_once() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let brought = |number: &str| Brought {
            kind: RemedyKind::Review,
            authority: "市人民政府".into(),
            case_number: number.into(),
            after: None,
            filed_on: day("2026-03-05"),
        };
        let register = async |number: &str| {
            let desk = house.of("2026-03-06", &by).await;
            remedy::register(desk, &by, &request, brought(number)).await
        };
        register("复〔2026〕1号").await.expect("registered");
        let twice = register(" 复〔2026〕1号 ").await;
        assert!(matches!(twice, Err(ActError::Refused(..))), "{twice:?}");
        register("复〔2026〕2号").await.expect("another");
        let kept = RemedyCase::of(house.ledger.store(), &request).await.expect("reads");
        assert_eq!(kept.len(), 2);
        let change = house.ledger.store().begin().await.expect("begins");
        let sql = "UPDATE request_remedy SET case_number = $1 WHERE case_number = $2";
        let told = change.run(sql, vec!["复〔2026〕1号".into(), "复〔2026〕2号".into()]).await;
        assert!(told.is_err(), "the database says so too");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_cannot_be_closed_becomes_no_request() {
    on_both(async |house| {
        let (ledger, sealer, folder) = (&house.ledger, &house.sealer, &house.folder);
        let content = DraftContent { organ: ORGAN.into(), ..DraftContent::default() };
        let code = draft::begin(ledger, sealer, "10.0.0.1", &content).await.expect("begun");
        let kept = draft::find(ledger, sealer, &code).await.expect("asked").expect("is there");
        let change = ledger.store().begin().await.expect("begins");
        change.run("DROP TABLE request_draft_file", vec![]).await.expect("broken");
        change.commit().await.expect("kept");
        let asked = application(Channel::Online, "林秀英", "征地补偿费用");
        let told = draft::hand_in(ledger, sealer, folder, (&kept, asked)).await;
        assert!(told.is_err(), "{told:?}");
        let requests = ledger.store().number("SELECT COUNT(*) FROM request", vec![]).await;
        assert_eq!(requests.expect("reads"), Some(0), "neither without the other");
    })
    .await;
}

/// The arrangement of 2027 as it might be: New Year from the first to the third.
const OF_2027: &str = include_str!("../../rules/tests/arrangement_2027.txt");

#[tokio::test]
async fn counting_anew_does_not_write_over_what_happens_at_that_moment() {
    on_both(async |house| {
        let request = house.assigned("2026-12-14", "林秀英").await;
        let other = house.assigned("2026-12-14", "陈丽").await;
        let ledger = house.ledger.clone().with_clock(at("2026-12-16"));
        let clerk = Actor::Operator("clerk".into());
        ledger.import_arrangement(clerk, OF_2027).await.expect("imports");
        let by = people().officer;
        let shown = house.case(&request).await.filing.revision;
        let desk = house.of("2026-12-16", &by).await;
        unmoved::unmoved(&desk, (ORGAN, &request), shown).await.expect("held");
        let counted = recounted(house, &ledger);
        let happens = async {
            tokio::time::sleep(Duration::from_millis(400)).await;
            correction::ask(desk, &house.sealer, &by, &request, notice()).await.expect("asked");
        };
        let (moved, ()) = tokio::join!(counted, happens);
        assert!(moved >= 1, "the other moved");
        let filing = house.case(&request).await.filing;
        assert_eq!((filing.state, filing.due), (FilingState::Correction, None));
        assert!(house.case(&other).await.filing.due.is_some_and(|due| !due.provisional));
    })
    .await;
}

async fn recounted(house: &House, ledger: &ledger::Ledger) -> usize {
    let change = house.ledger.store().begin().await.expect("begins");
    let (told, on) = (("entry", "2026-12-16T02:00:00.000Z"), day("2026-12-16"));
    let moved = renewal::recount_all(&change, told, (on, &ledger.calendar())).await;
    change.commit().await.expect("kept");
    moved.expect("counts")
}

#[tokio::test]
async fn a_proposal_made_in_ones_place_is_not_decided_by_oneself() {
    on_both(async |house| {
        let people = people();
        let request = house.assigned("2026-03-02", "林秀英").await;
        let stand_in =
            Signatory { stands_in_for: Some(people.officer.person.clone()), ..people.head.clone() };
        let desk = house.of("2026-03-03", &stand_in).await;
        let wish = Wish::Plain(ProposalKind::Extension { days: law::WorkingDays(10) });
        let proposed =
            proposal::propose(desk, &house.sealer, &stand_in, &request, (wish, "事情需要")).await;
        let proposed = proposed.expect("proposed");
        let desk = house.of("2026-03-03", &people.officer).await;
        let own = proposal::decide(desk, &people.officer, &proposed.id, (true, "同意")).await;
        assert!(matches!(own, Err(ActError::Refused(..))), "{own:?}");
    })
    .await;
}
