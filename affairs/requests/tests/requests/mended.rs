//! 违背第三方意见公开, what letters keep quiet, the counter's day, what an address may lay down, whose requests.

use ledger::Actor;
use requests::acts::assignment::Assignee;
use requests::acts::intake::{Intake, Way};
use requests::acts::{
    ActError, By, assignment, correction, draft, intake, looking, opinion, proposal, reasons,
};
use requests::files::NewFile;
use requests::store::{
    AnswerContent, Asked, DraftContent, IssuedLetter, OpinionCase, Page, ProposalKind, Purpose,
    Query, Theirs, ThirdParty,
};
use requests_rules::{Channel, Contact, CorrectionNotice, Fact, Letter, Opinion};

use crate::house::{House, ORGAN, application, content, day, officer, on_both, people};

/// A third party was asked about a new request and said something.
async fn said(house: &House, name: &str, what: Opinion) -> (String, String) {
    let by = people().officer;
    let request = house.assigned("2026-03-02", name).await;
    let contact = Contact { telephone: Some("0592-1234567".into()), ..Contact::default() };
    let third = Asked::ThirdParty(ThirdParty { name: "某某建材公司".into(), contact });
    let desk = house.of("2026-03-02", &by).await;
    let sent = opinion::ask(desk, &house.sealer, &by, &request, (third, "供货合同")).await;
    let id = sent.expect("asked").opinion.id;
    let desk = house.desk("2026-03-03", Actor::Visitor).await;
    let about = (ORGAN, id.as_str());
    opinion::give(desk, &house.sealer, By::ThirdParty, about, (what, "价格是秘密"))
        .await
        .expect("given");
    (request, id)
}

async fn decide(house: &House, id: &str) -> Result<Option<IssuedLetter>, ActError> {
    let by = people().officer;
    let desk = house.of("2026-03-04", &by).await;
    let words = ("供货合同的价格", "不公开将使多户饮水不安全");
    opinion::tell_decision(desk, &house.sealer, &by, id, words).await
}

async fn judge(house: &House, id: &str, holds: bool) -> Result<(), ActError> {
    let by = people().officer;
    let desk = house.of("2026-03-04", &by).await;
    opinion::judge(desk, &by, id, (holds, "单价没有公开过，公开会损害其竞争")).await
}

#[tokio::test]
async fn whether_the_reason_of_a_third_party_holds_is_judged_before_an_answer_rests_on_it() {
    on_both(async |house| {
        // what it said, how it was judged, the kind of answer; what is wrong with that
        for (name, what, holds, code, wrong) in [
            ("林秀英", Opinion::ObjectsWithReason, None, "G2", Some("还没有认定")),
            ("陈志强", Opinion::ObjectsWithReason, None, "D4", Some("还没有认定")),
            ("吴招弟", Opinion::ObjectsWithReason, Some(true), "G2", Some("认定理由合理")),
            ("黄阿明", Opinion::ObjectsWithReason, Some(true), "D4", None),
            ("郑丽华", Opinion::ObjectsWithReason, Some(false), "G2", None),
            ("许国平", Opinion::AgreesInPart, None, "G2", Some("还没有认定")),
            ("曾小红", Opinion::AgreesInPart, Some(true), "G2", Some("认定理由合理")),
            ("蔡建国", Opinion::ObjectsWithoutReason, None, "G2", None),
        ] {
            let facts: &[Fact] = match code {
                "D4" => &[Fact::Reason, Fact::ThirdPartyRecord],
                _ => &[Fact::Provided],
            };
            let (request, id) = said(house, name, what).await;
            if let Some(holds) = holds {
                judge(house, &id, holds).await.expect("judged");
            }
            match (house.signed("2026-03-04", &request, content(code, facts)).await, wrong) {
                (Ok(_), None) => {}
                (Err(ActError::Faults(told)), Some(words)) if told[0].contains(words) => {}
                (other, _) => panic!("{what:?} {holds:?} {code}: {other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_reason_that_was_given_is_judged_and_with_a_ground() {
    on_both(async |house| {
        let (_, agreed) = said(house, "林秀英", Opinion::Agrees).await;
        let refused = judge(house, &agreed, true).await;
        assert!(matches!(refused, Err(ActError::Refused("这份意见没有写不公开的理由", _))));
        let (_, objects) = said(house, "陈志强", Opinion::ObjectsWithReason).await;
        let by = people().officer;
        let desk = house.of("2026-03-04", &by).await;
        let bare = opinion::judge(desk, &by, &objects, (true, " ")).await;
        assert!(matches!(bare, Err(ActError::Reason(..))), "{bare:?}");
        let store = house.ledger.store();
        let kept = OpinionCase::find(store, &objects).await.expect("reads").expect("is there");
        assert_eq!(kept.opinion.map(Opinion::name), Some("不同意公开，写了理由"));
        assert_eq!(kept.judged, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_disclosed_against_a_valid_objection_without_a_decision_that_is_told_once() {
    on_both(async |house| {
        let given = || content("G2", &[Fact::Provided]);
        let (request, id) = said(house, "林秀英", Opinion::ObjectsWithReason).await;
        judge(house, &id, true).await.expect("judged");
        let refused = house.signed("2026-03-04", &request, given()).await;
        let Err(ActError::Faults(faults)) = refused else { panic!("{refused:?}") };
        assert!(faults.iter().any(|one| one.contains("第三方甲不同意公开")), "{faults:?}");
        assert_eq!(decide(house, &id).await.expect("kept"), None, "told with the answer");
        let store = house.ledger.store();
        let kept = OpinionCase::find(store, &id).await.expect("reads").expect("is there");
        assert!(kept.decided.is_some() && kept.told_on.is_none());
        let draft = requests::store::Answer::of(store, &request).await.expect("reads").remove(0);
        issue(house, &draft.id).await;
        let letters = IssuedLetter::of(store, &request).await.expect("reads");
        let told = letters.iter().filter(|one| one.kind == Letter::DecisionToThirdParty).count();
        assert_eq!(told, 1);
        let kept = OpinionCase::find(store, &id).await.expect("reads").expect("is there");
        assert_eq!(kept.told_on, Some(day("2026-03-05")));
        let again = decide(house, &id).await;
        assert!(matches!(again, Err(ActError::Refused("公开决定已经告知过这个第三方", _))));
    })
    .await;
}

/// The draft that was refused goes its way.
async fn issue(house: &House, answer: &str) {
    use requests::acts::answer;
    use requests::store::ReviewStep::{Legal, Secrecy, Signature};
    let people = people();
    let by = &people.officer;
    let desk = house.of("2026-03-05", by).await;
    answer::submit(desk, &house.sealer, by, answer).await.expect("submitted");
    let store = house.ledger.store();
    let found = requests::store::Answer::find(store, ORGAN, answer).await.expect("reads");
    let newest = found.expect("is there").newest(store).await.expect("reads").expect("saved");
    for (who, step) in
        [(&people.secrecy, Secrecy), (&people.legal, Legal), (&people.approver, Signature)]
    {
        let desk = house.of("2026-03-05", who).await;
        let seen = (answer, newest.hash.as_str());
        answer::review(desk, who, seen, (step, true, "")).await.expect("agreed");
    }
    let desk = house.of("2026-03-05", by).await;
    answer::issue(desk, &house.sealer, by, answer).await.expect("issued");
}

#[tokio::test]
async fn third_parties_are_protected_only_where_one_objects_or_keeps_silent() {
    on_both(async |house| {
        let kept = || content("D4", &[Fact::Reason, Fact::ThirdPartyRecord]);
        let (agreed, id) = said(house, "林秀英", Opinion::Agrees).await;
        let refused = house.signed("2026-03-04", &agreed, kept()).await;
        assert!(matches!(&refused, Err(ActError::Faults(told)) if told[0].contains("都同意公开")));
        let told = decide(house, &id).await;
        assert!(matches!(told, Err(ActError::Refused("第三方没有不同意公开", _))), "{told:?}");
        let (objects, id) = said(house, "陈志强", Opinion::ObjectsWithReason).await;
        judge(house, &id, true).await.expect("judged");
        house.answered("2026-03-04", &objects, kept()).await.expect("withheld");
        let (both, id) = said(house, "吴招弟", Opinion::ObjectsWithReason).await;
        judge(house, &id, true).await.expect("judged");
        let mut items = content("G2", &[Fact::Provided]).items;
        items.extend(kept().items);
        let both_ways = AnswerContent { items, ..content("G2", &[]) };
        house.answered("2026-03-04", &both, both_ways).await.expect("each its own");
    })
    .await;
}

#[tokio::test]
async fn a_part_withheld_by_the_article_on_third_parties_respects_what_one_said() {
    on_both(async |house| {
        let against = |told: &Result<String, ActError>| {
            matches!(told, Err(ActError::Faults(told)) if told[0].contains("理由合理"))
        };
        let part = || content("P1", &[Fact::OpenPart, Fact::Provided, Fact::Reason]);
        let (request, id) = said(house, "林秀英", Opinion::ObjectsWithReason).await;
        judge(house, &id, true).await.expect("judged");
        let silent = house.signed("2026-03-04", &request, part()).await;
        assert!(against(&silent), "{silent:?}");
        let mut named = part();
        let why = "单价是商业秘密，第三方不同意公开，依据条例第十五条隐去";
        named.items[0].facts.insert(Fact::Reason, why.into());
        let (other, id) = said(house, "陈志强", Opinion::ObjectsWithReason).await;
        judge(house, &id, true).await.expect("judged");
        let told = house.signed("2026-03-04", &other, named).await;
        assert!(!against(&told), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn no_notice_names_the_applicant_and_none_gives_him_more_time_than_is_reasonable() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let notice = |item: &str, days| CorrectionNotice {
            items: vec![item.into()],
            days: Some(law::WorkingDays(days)),
            supervisor: false,
        };
        let ask = async |notice| {
            let desk = house.of("2026-03-03", &by).await;
            correction::ask(desk, &house.sealer, &by, &request, notice).await
        };
        let naming = ask(notice("请林 秀英写明年份", 15)).await;
        assert!(matches!(naming, Err(ActError::Refused(..))), "{naming:?}");
        let long = ask(notice("写明年份", 400)).await;
        assert!(matches!(long, Err(ActError::Faults(_))), "{long:?}");
        let desk = house.of("2026-03-03", &by).await;
        let why = reasons::ask(desk, &house.sealer, &by, &request, "林秀英一月四十件").await;
        assert!(matches!(why, Err(ActError::Refused(..))), "{why:?}");
        let desk = house.of("2026-03-03", &by).await;
        let wish = proposal::Wish::Plain(ProposalKind::Extension { days: law::WorkingDays(5) });
        let wish = (wish, "林秀英要的材料多");
        let named = proposal::propose(desk, &house.sealer, &by, &request, wish).await;
        assert!(matches!(named, Err(ActError::Refused(..))), "{named:?}");
        ask(notice("写明年份", 15)).await.expect("told");
    })
    .await;
}

#[tokio::test]
async fn the_counter_sees_who_asked_on_the_day_it_took_the_request_in_and_never_after() {
    on_both(async |house| {
        let clerk = officer("lin", "hall_clerk");
        let new = Intake {
            organ: ORGAN.into(),
            application: application(Channel::Counter, "林秀英", "预算"),
            way: Way::default(),
            items: 1,
            files: vec![],
            key: None,
        };
        let desk = house.of("2026-03-02", &clerk).await;
        let taken = intake::register(desk, &house.sealer, Some(&clerk), new).await.expect("in");
        let to = Assignee { unit: clerk.unit.clone(), officer: String::new(), name: String::new() };
        let head = people().head;
        let desk = house.of("2026-03-02", &head).await;
        assignment::assign(desk, &head, &taken.request, to).await.expect("given to the unit");
        for (on, who, may) in [
            ("2026-03-02", &clerk, true),
            ("2026-03-03", &clerk, false),
            ("2026-03-02", &officer("other", "hall_clerk"), false),
        ] {
            let desk = house.of(on, who).await;
            let looked = looking::look(desk, &house.sealer, who, &taken.request, "").await;
            assert_eq!(looked.is_ok(), may, "{on} {}: {looked:?}", who.person);
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_lays_down_only_so_much_on_a_day_and_a_draft_so_many_files() {
    on_both(async |house| {
        let (ledger, sealer, folder) = (&house.ledger, &house.sealer, &house.folder);
        let content = DraftContent::default();
        let code = draft::begin(ledger, sealer, "10.0.0.1", &content).await.expect("begun");
        let stale = draft::find(ledger, sealer, &code).await.expect("reads").expect("is there");
        let file = || NewFile {
            name: "a.pdf".into(),
            purpose: Purpose::Application,
            bytes: b"paper".to_vec(),
        };
        let mut kept = 0;
        for _ in 0..23 {
            let added = draft::add_file(ledger, sealer, folder, (&stale, "10.0.0.1"), file()).await;
            kept += usize::from(added.is_ok());
        }
        assert_eq!(kept, 20, "counted where it is kept, not in what was read before");
        for _ in 1..draft::MOST_DRAFTS {
            draft::begin(ledger, sealer, "10.0.0.1", &content).await.expect("begun");
        }
        let more = draft::begin(ledger, sealer, "10.0.0.1", &content).await;
        assert!(matches!(more, Err(ActError::Refused(..))), "{more:?}");
        draft::begin(ledger, sealer, "10.0.0.2", &content).await.expect("others may");
    })
    .await;
}

#[tokio::test]
async fn an_officer_finds_his_own_among_the_first_however_many_others_there_are() {
    on_both(async |house| {
        for name in ["甲某某", "乙某某", "丙某某"] {
            let told = house.asks("2026-03-02", application(Channel::Counter, name, name)).await;
            let to =
                Assignee { unit: String::new(), officer: "other".into(), name: "别人".into() };
            let head = people().head;
            let desk = house.of("2026-03-02", &head).await;
            assignment::assign(desk, &head, &told.request, to).await.expect("assigned");
        }
        let own = house.assigned("2026-03-03", "林秀英").await;
        let free = house.asks("2026-03-04", application(Channel::Counter, "丁某某", "丁")).await;
        let theirs = Theirs { officers: vec!["chen".into()], unit: String::new() };
        let query = Query { theirs: Some(theirs), ..Query::default() };
        let page = Page::of(house.ledger.store(), ORGAN, &query, 2).await.expect("lists");
        let ids: Vec<_> = page.lines.iter().map(|line| line.id.clone()).collect();
        assert_eq!(ids, [own, free.request]);
    })
    .await;
}
