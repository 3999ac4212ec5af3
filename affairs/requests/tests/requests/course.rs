//! A file goes its way: the clock, the register and the letters agree.

use law::WorkingDays;
use ledger::Actor;
use requests::acts::correction::Supplement;
use requests::acts::proposal::Wish;
use requests::acts::{
    ActError, By, confirmation, correction, opinion, proposal, reasons, withdrawal,
};
use requests::acts::{charging, renewal};
use requests::store::{
    Asked, DueMoved, FilingState, OpinionCase, Proposal, ProposalKind, Purpose, ThirdParty,
};
use requests_rules::{
    Channel, Contact, CorrectionNotice, FeeMethod, Opinion, ReasonsJudged, Standing,
};

use crate::house::{House, ORGAN, application, at, day, officer, on_both, open_already, people};

fn extension(days: u32) -> Wish {
    Wish::Plain(ProposalKind::Extension { days: WorkingDays(days) })
}

fn notice() -> CorrectionNotice {
    CorrectionNotice { items: vec!["写明地块的位置".into()], days: None, supervisor: false }
}

#[tokio::test]
async fn what_comes_over_the_internet_counts_from_the_day_of_confirmation() {
    on_both(async |house| {
        let told = house.asks("2026-03-02", application(Channel::Online, "林秀英", "预算")).await;
        let clerk = people().officer;
        let desk = house.of("2026-03-04", &clerk).await;
        let letter = confirmation::confirm(desk, &clerk, &told.request).await.expect("confirmed");
        assert_eq!(letter.facts["received"], "2026-03-04");
        let case = house.case(&told.request).await;
        let filing = &case.filing;
        assert_eq!(filing.arrival.submitted, day("2026-03-02"), "kept apart");
        assert_eq!(filing.received_on, Some(day("2026-03-04")));
        assert_eq!(filing.due.map(|due| due.date), Some(day("2026-04-01")));
        let desk = house.of("2026-03-05", &clerk).await;
        let again = confirmation::confirm(desk, &clerk, &told.request).await;
        assert!(matches!(again, Err(ActError::Refused(..))), "{again:?}");
        let names: Vec<&str> = case.events.iter().map(requests::store::CaseEvent::name).collect();
        assert_eq!(names, ["登记", "登记回执", "双方确认", "收到申请", "登记回执"]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_asked_once_counted_from_its_arrival_and_starts_the_clock_afresh() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let letter = {
            let desk = house.of("2026-03-09", &by).await;
            correction::ask(desk, &house.sealer, &by, &request, notice()).await.expect("told")
        };
        assert_eq!(house.case(&request).await.filing.state, FilingState::Correction);
        assert_eq!(
            house.served("2026-03-10", &request, &letter.id).await.expect("served"),
            day("2026-03-10")
        );
        let desk = house.of("2026-03-11", &by).await;
        let again = correction::ask(desk, &house.sealer, &by, &request, notice()).await;
        assert!(matches!(again, Err(ActError::Law(_))), "{again:?}");
        let desk = house.desk("2026-03-16", Actor::Visitor).await;
        let mended = application(Channel::Counter, "林秀英", "某某路1号地块的补偿");
        let supplement = Supplement { application: Some(mended), ..Supplement::default() };
        let asked = (ORGAN, request.as_str());
        correction::receive(desk, &house.sealer, By::Applicant, asked, supplement)
            .await
            .expect("taken");
        let case = house.case(&request).await;
        assert_eq!(case.filing.due.map(|due| due.date), Some(day("2026-04-14")));
        assert_eq!(case.filing.wanted.title.as_deref(), Some("某某路1号地块的补偿"));
    })
    .await;
}

#[tokio::test]
async fn who_lets_the_period_pass_is_given_up_by_two_persons_and_told_so() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let people = people();
        let by = &people.officer;
        let desk = house.of("2026-03-03", by).await;
        let letter =
            correction::ask(desk, &house.sealer, by, &request, notice()).await.expect("told");
        let abandon = || Wish::Plain(ProposalKind::Abandonment);
        let early = house.decided("2026-03-20", &request, abandon()).await;
        assert!(
            matches!(early, Err(ActError::Refused(..))),
            "not shown to have arrived: {early:?}"
        );
        house.served("2026-03-04", &request, &letter.id).await.expect("served");
        let early = house.decided("2026-03-20", &request, abandon()).await;
        assert!(matches!(early, Err(ActError::Refused(..))), "not over: {early:?}");
        assert_eq!(
            renewal::renew(&house.ledger.clone().with_clock(at("2026-03-26")))
                .await
                .expect("renews"),
            1
        );
        assert_eq!(house.case(&request).await.filing.state, FilingState::Lapsed);
        let desk = house.of("2026-03-26", by).await;
        let proposed = proposal::propose(desk, &house.sealer, by, &request, (abandon(), "逾期"))
            .await
            .expect("proposed");
        let desk = house.of("2026-03-26", by).await;
        let alone = proposal::decide(desk, by, &proposed.id, (true, "同意")).await;
        assert!(matches!(alone, Err(ActError::Refused(..))), "alone: {alone:?}");
        let stand_in = review::Signatory {
            stands_in_for: Some(by.person.clone()),
            ..officer("li", "foi_head")
        };
        let desk = house.of("2026-03-26", &stand_in).await;
        let as_him = proposal::decide(desk, &stand_in, &proposed.id, (true, "同意")).await;
        assert!(matches!(as_him, Err(ActError::Refused(..))), "as his stand-in: {as_him:?}");
        let desk = house.of("2026-03-27", &people.head).await;
        let letter = proposal::decide(desk, &people.head, &proposed.id, (true, "同意")).await;
        assert!(letter.expect("decided").is_some(), "never silently");
        let filing = house.case(&request).await.filing;
        assert_eq!((filing.state, filing.result.as_deref()), (FilingState::Abandoned, Some("O1")));
        assert_eq!(filing.closed_on, Some(day("2026-03-27")));
    })
    .await;
}

/// Days, and whether they may be added to what came before.
const EXTENSIONS: [(&str, u32, bool); 4] = [
    ("2026-03-30", 15, true),
    ("2026-04-01", 6, false),
    ("2026-04-02", 5, true),
    ("2026-04-03", 1, false),
];

#[tokio::test]
async fn extensions_are_agreed_to_in_time_and_bounded_in_all() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        for (on, days, allowed) in EXTENSIONS {
            let told = house.decided(on, &request, extension(days)).await;
            assert_eq!(told.is_ok(), allowed, "{on} {days}: {told:?}");
        }
        let filing = house.case(&request).await.filing;
        assert_eq!(filing.due.map(|due| due.date), Some(day("2026-04-28")));
        let late = house.assigned("2026-03-02", "陈某某").await;
        let told = house.decided("2026-03-31", &late, extension(5)).await;
        assert!(matches!(told, Err(ActError::Law(_))), "after the last day: {told:?}");
        let waiting = Proposal::waiting(house.ledger.store(), ORGAN).await.expect("reads");
        assert!(waiting.is_empty(), "what is refused leaves nothing behind");
    })
    .await;
}

fn company() -> ThirdParty {
    let contact = Contact { telephone: Some("0592-1234567".into()), ..Contact::default() };
    ThirdParty { name: "某某建材公司".into(), contact }
}

#[tokio::test]
async fn opinions_asked_in_parallel_stop_the_clock_as_their_union() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let ask = async |on: &str, asked: Asked, matter: &str| {
            let desk = house.of(on, &by).await;
            opinion::ask(desk, &house.sealer, &by, &request, (asked, matter)).await
        };
        let other = || Asked::Organ {
            code: Some("XM00002".into()),
            name: "市政府办公厅".into(),
            jointly: false,
        };
        let named = ask("2026-03-06", Asked::ThirdParty(company()), "林秀英要你们的合同").await;
        assert!(matches!(named, Err(ActError::Refused(..))), "tells who asks: {named:?}");
        let third = ask("2026-03-06", Asked::ThirdParty(company()), "你公司的供货合同")
            .await
            .expect("asked");
        let organ = ask("2026-03-09", other(), "会议纪要").await.expect("asked");
        let twice = ask("2026-03-10", other(), "会议纪要").await;
        assert!(matches!(twice, Err(ActError::Refused(..))), "{twice:?}");
        assert_eq!(
            (third.opinion.label.as_str(), organ.opinion.label.as_str()),
            ("甲", "市政府办公厅")
        );
        assert_eq!(house.case(&request).await.filing.state, FilingState::Opinion);
        house.served("2026-03-09", &request, &third.letter.id).await.expect("served");
        let code = third.code.expect("a code").to_lowercase();
        let found =
            opinion::with_code(house.ledger.store(), &house.sealer, &code).await.expect("reads");
        let found = found.expect("the letter");
        assert_eq!(found.third_party(&house.sealer).expect("opens"), Some(company()));
        let desk = house.desk("2026-03-12", Actor::Visitor).await;
        let said = (Opinion::ObjectsWithReason, "涉及商业秘密");
        let told =
            opinion::give(desk, &house.sealer, By::ThirdParty, (ORGAN, &found.id), said).await;
        told.expect("taken");
        let desk = house.of("2026-03-13", &by).await;
        let own =
            opinion::give(desk, &house.sealer, By::Officer(&by), (ORGAN, &organ.opinion.id), said)
                .await;
        assert!(
            matches!(own, Err(ActError::Refused(..))),
            "the asking organ answers itself: {own:?}"
        );
        let other = review::Signatory { organ: "XM00002".into(), ..officer("zhou", "foi_head") };
        let desk = house.of("2026-03-20", &other).await;
        let said = (Opinion::Agrees, "同意");
        let told = opinion::give(
            desk,
            &house.sealer,
            By::Officer(&other),
            (ORGAN, &organ.opinion.id),
            said,
        )
        .await;
        told.expect("taken");
        assert_united(house, &request).await;
    })
    .await;
}

/// The clock stood still once, and no entry of the file names the third party.
async fn assert_united(house: &House, request: &str) {
    let case = house.case(request).await;
    assert_eq!(case.filing.due.map(|due| due.date), Some(day("2026-04-14")));
    let asked = OpinionCase::of(house.ledger.store(), request).await.expect("reads");
    assert_eq!(asked[0].said(&house.sealer).expect("opens"), "涉及商业秘密");
    for event in &case.events {
        assert!(!event.facts.to_string().contains("建材"), "{}", event.facts);
    }
}

#[tokio::test]
async fn a_third_party_that_keeps_silent_stops_the_clock_for_fifteen_days() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let desk = house.of("2026-03-06", &by).await;
        let asked = (Asked::ThirdParty(company()), "你公司的供货合同");
        let asked = opinion::ask(desk, &house.sealer, &by, &request, asked).await.expect("asked");
        house.served("2026-03-09", &request, &asked.letter.id).await.expect("served");
        let renewed = async |on: &str| {
            renewal::renew(&house.ledger.clone().with_clock(at(on))).await.expect("renews")
        };
        assert_eq!(renewed("2026-03-30").await, 0, "the last day");
        assert_eq!(renewed("2026-03-31").await, 1, "over");
        assert_eq!(renewed("2026-03-31").await, 0, "once");
        let filing = house.case(&request).await.filing;
        assert_eq!(filing.state, FilingState::Running);
        assert_eq!(filing.due.map(|due| due.date), Some(day("2026-04-22")));
    })
    .await;
}

#[tokio::test]
async fn a_fee_is_proposed_with_its_tiers_decided_paid_and_starts_the_clock_afresh() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let free = house.decided("2026-03-03", &request, Wish::Fee(FeeMethod::PerPage, 30)).await;
        assert!(matches!(free, Err(ActError::Refused(..))), "thirty pages are free: {free:?}");
        let none = house.decided("2026-03-03", &request, Wish::Fee(FeeMethod::PerItem, 0)).await;
        assert!(matches!(none, Err(ActError::Refused(..))), "one matter is free: {none:?}");
        let letter =
            house.decided("2026-03-04", &request, Wish::Fee(FeeMethod::PerPage, 250)).await;
        let letter = letter.expect("decided").expect("a letter");
        assert_eq!(letter.facts["amount"], 4700);
        house.served("2026-03-05", &request, &letter.id).await.expect("served");
        let desk = house.of("2026-03-20", &by).await;
        charging::pay(desk, &by, &request, (day("2026-03-19"), "票0001")).await.expect("paid");
        let filing = house.case(&request).await.filing;
        assert_eq!(filing.due.map(|due| due.date), Some(day("2026-04-17")));
        let collected = requests::store::Fee::collected(
            house.ledger.store(),
            ORGAN,
            (day("2026-01-01"), day("2026-12-31")),
        );
        assert_eq!(collected.await.expect("reads"), 4700);
        let source = requests::room().figures.expect("the register counts");
        let ask = web::FigureAsk { organ: ORGAN.into(), year: 2026 };
        let counted = (source.count)(&house.ledger.store().reading(), &ask).await.expect("counts");
        let told = counted.counts.iter().find(|count| count.place == "s6.processing_fee");
        let told = told.expect("the annual report is told the fee");
        assert_eq!((told.number.as_str(), told.rows.len()), ("4700", 1));
    })
    .await;
}

#[tokio::test]
async fn reasons_are_asked_before_a_reply_is_put_off() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let delay = || Wish::Plain(ProposalKind::Delay { until: day("2026-06-30") });
        let early = house.decided("2026-03-03", &request, delay()).await;
        assert!(matches!(early, Err(ActError::Refused(..))), "{early:?}");
        let desk = house.of("2026-03-03", &by).await;
        reasons::ask(desk, &house.sealer, &by, &request, "一个月提出四十件").await.expect("asked");
        let paper = house.file("说明.txt", Purpose::Correction, "为了研究".as_bytes()).await;
        let desk = house.desk("2026-03-05", Actor::Visitor).await;
        reasons::give(desk, By::Applicant, (ORGAN, &request), vec![paper]).await.expect("given");
        let desk = house.of("2026-03-06", &by).await;
        reasons::judge(desk, &by, &request, &ReasonsJudged::GoOn).await.expect("judged");
        house.decided("2026-03-09", &request, delay()).await.expect("put off");
        let filing = house.case(&request).await.filing;
        assert_eq!(filing.due.map(|due| due.date), Some(day("2026-06-30")));
    })
    .await;
}

#[tokio::test]
async fn only_the_applicant_withdraws_and_nothing_happens_after() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let desk = house.desk("2026-03-05", Actor::Visitor).await;
        withdrawal::withdraw(desk, ORGAN, &request).await.expect("withdrawn");
        let filing = house.case(&request).await.filing;
        assert_eq!((filing.state, filing.result.as_deref()), (FilingState::Withdrawn, Some("O3")));
        let later = house.answered("2026-03-06", &request, open_already()).await;
        assert!(matches!(later, Err(ActError::Refused(..))), "{later:?}");
    })
    .await;
}

/// The arrangement of 2027 as it might be: New Year from the first to the third.
const OF_2027: &str = include_str!("../../rules/tests/arrangement_2027.txt");

#[tokio::test]
async fn when_the_arrangement_comes_last_days_move_and_stay_known_as_they_were() {
    on_both(async |house| {
        let request = house.assigned("2026-12-14", "林秀英").await;
        let before = house.case(&request).await.filing.due.expect("a last day");
        assert!(before.provisional);
        let clerk = Actor::Operator("clerk".into());
        let ledger = house.ledger.clone().with_clock(at("2026-12-16"));
        ledger.import_arrangement(clerk, OF_2027).await.expect("imports");
        let desk = ledger.desk(Actor::Timer).await.expect("a desk");
        let calendar = ledger.calendar();
        let told = ("entry", "2026-12-16T02:00:00.000Z");
        let moved = renewal::recount_all(desk.change(), told, (day("2026-12-16"), &calendar)).await;
        assert_eq!(moved.expect("counts"), 1);
        let again = renewal::recount_all(desk.change(), told, (day("2026-12-16"), &calendar)).await;
        assert_eq!(again.expect("counts"), 0, "hearing twice changes nothing");
        let kept = DueMoved::of(desk.change(), &request).await.expect("reads");
        let [kept] = kept.as_slice() else { panic!("one, not {kept:?}") };
        let case =
            requests::store::Case::find(desk.change(), ORGAN, &request).await.expect("reads");
        let now = case.expect("a case").filing.due;
        assert_eq!((kept.before, kept.after), (Some(before), now));
        assert!(now.is_some_and(|due| !due.provisional));
    })
    .await;
}

#[tokio::test]
async fn an_overdue_request_stays_overdue_and_its_answer_is_a_late_one() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let case = house.case(&request).await;
        assert!(
            case.filing.is_overdue(day("2026-03-31")) && !case.filing.is_overdue(day("2026-03-30"))
        );
        house.answered("2026-04-02", &request, open_already()).await.expect("answered");
        let case = house.case(&request).await;
        assert!(case.filing.was_late());
        let calendar = house.ledger.calendar();
        let standing = case.standing(day("2026-05-01"), &calendar).expect("in reach");
        assert!(matches!(standing, Some(Standing::Replied { in_time: false, .. })), "{standing:?}");
    })
    .await;
}

#[tokio::test]
async fn a_longer_period_is_refused_once_the_period_is_over() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let last = house.case(&request).await.filing.due.expect("runs").date;
        assert_eq!(last, day("2026-03-30"));
        let late = house.decided("2026-03-31", &request, extension(5)).await;
        assert!(matches!(late, Err(ActError::Law(_))), "{late:?}");
        let letters = requests::store::IssuedLetter::of(house.ledger.store(), &request).await;
        let told = |one: &requests::store::IssuedLetter| {
            one.kind == requests_rules::Letter::ExtensionNotice
        };
        assert!(!letters.expect("reads").iter().any(told), "no letter of it went out");
        let other = house.assigned("2026-03-02", "陈某").await;
        let letter = house.decided("2026-03-30", &other, extension(5)).await.expect("in time");
        assert!(letter.is_some(), "on the last day it is told in time");
    })
    .await;
}
