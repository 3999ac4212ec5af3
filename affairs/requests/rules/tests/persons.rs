//! Who asks, by what he is known, and what an application lacks.

use law::day;
use requests_rules::{
    Agent, Applicant, ApplicantClass, ApplicantFault, Application, ApplicationFault, BadCorrection,
    BadNumber, Capacity, Channel, Contact, CorrectionNotice, CreditCode, Earlier, IdentityProof,
    Relation, ResidentNumber, Wanted, relation,
};

#[test]
fn a_resident_number_is_read_as_typed_and_refused_with_what_is_wrong() {
    for (typed, outcome) in [
        ("11010519491231002X", Ok("11010519491231002X")),
        (" 11010519491231002x ", Ok("11010519491231002X")),
        ("１１０１０５１９４９１２３１００２Ｘ", Ok("11010519491231002X")),
        ("110105 19491231 002X", Ok("11010519491231002X")),
        ("110105194912310021", Err(BadNumber::Check)),
        ("110105194902300028", Err(BadNumber::Birthday)),
        ("11010519491231002", Err(BadNumber::Shape)),
        ("11010519491231002XX", Err(BadNumber::Shape)),
        ("1101051949123100XX", Err(BadNumber::Shape)),
        ("", Err(BadNumber::Shape)),
        ("身份证", Err(BadNumber::Shape)),
    ] {
        let read = ResidentNumber::read(typed);
        assert_eq!(read.as_ref().map(ResidentNumber::as_str), outcome.as_ref().copied(), "{typed}");
    }
    let number = ResidentNumber::read("11010519491231002X").expect("a good one");
    assert_eq!(number.birthday(), Some(day(1949, 12, 31)));
    assert_eq!(number.masked(), "1101**********002X");
    assert!(!format!("{number:?}").contains("19491231"), "a log never shows it whole");
}

#[test]
fn one_wrong_digit_of_a_number_is_always_noticed() {
    let good = "11010519491231002X";
    for place in 0..17 {
        for digit in '0'..='9' {
            let changed = good.chars().enumerate();
            let changed: String =
                changed.map(|(at, c)| if at == place { digit } else { c }).collect();
            assert_eq!(ResidentNumber::read(&changed).is_ok(), changed == good, "{changed}");
        }
    }
}

#[test]
fn a_credit_code_is_read_as_typed_and_refused_with_what_is_wrong() {
    for (typed, outcome) in [
        ("91350100M000100Y43", Ok("91350100M000100Y43")),
        ("91350100m000100y43", Ok("91350100M000100Y43")),
        ("91350100M000100Y44", Err(BadNumber::Check)),
        ("91350100M000100Y4", Err(BadNumber::Shape)),
        ("91350100I000100Y43", Err(BadNumber::Shape)),
        ("", Err(BadNumber::Shape)),
    ] {
        let read = CreditCode::read(typed);
        assert_eq!(read.as_ref().map(CreditCode::as_str), outcome.as_ref().copied(), "{typed}");
    }
}

fn person() -> Applicant {
    Applicant {
        name: "林秀英".into(),
        class: ApplicantClass::NaturalPerson,
        proof: ResidentNumber::read("11010519491231002X").ok().map(IdentityProof::ResidentCard),
        contact: Contact { telephone: Some("138 0000 1234".into()), ..Contact::default() },
        agent: None,
    }
}

#[test]
fn what_is_wrong_with_an_applicant_is_told_all_at_once() {
    let on = day(2026, 11, 26);
    assert_eq!(person().faults(on), []);
    assert_eq!(person().contact.telephone_tail().as_deref(), Some("1234"));
    let nobody = Applicant {
        name: " ".into(),
        proof: None,
        contact: Contact { email: Some(" ".into()), ..Contact::default() },
        ..person()
    };
    assert_eq!(
        nobody.faults(on),
        [ApplicantFault::NoName, ApplicantFault::NoProof, ApplicantFault::NoContact]
    );
    let company = Applicant { class: ApplicantClass::Enterprise, ..person() };
    assert_eq!(company.faults(on), [ApplicantFault::WrongKind]);
    let minor = ResidentNumber::read("110105201501010017").ok().map(IdentityProof::ResidentCard);
    let child = Applicant { proof: minor, ..person() };
    assert_eq!(child.faults(on), [ApplicantFault::MinorAlone]);
    let agent = |name: &str, authority_shown| Agent {
        name: name.into(),
        proof: person().proof,
        capacity: Capacity::Authorised,
        authority_shown,
    };
    let with = |agent| Applicant { agent: Some(agent), ..person() }.faults(on);
    assert_eq!(with(agent("陈志强", true)), []);
    assert_eq!(with(agent("陈志强", false)), [ApplicantFault::NoAuthority]);
    assert_eq!(with(agent("", true)), [ApplicantFault::AgentUnknown]);
}

#[test]
fn an_application_says_who_what_and_how_and_never_what_for() {
    let application = Application {
        applicant: person(),
        wanted: Wanted::default(),
        form: None,
        by: None,
        channel: Channel::Oral,
        read_back: false,
        assistance: None,
    };
    assert_eq!(
        application.faults(day(2026, 11, 26)),
        [ApplicationFault::NothingWanted, ApplicationFault::NoForm, ApplicationFault::NotReadBack]
    );
    let notice = CorrectionNotice::of(&application, day(2026, 11, 26));
    assert_eq!(notice.items.len(), 3, "all at once");
    assert_eq!(notice.check(day(2026, 11, 26)), Ok(()));
    let bad = |items: &[&str], days| CorrectionNotice {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        days,
        supervisor: false,
    };
    assert_eq!(bad(&[], None).check(day(2026, 11, 26)), Err(BadCorrection::NoItems));
    assert_eq!(
        bad(&["地块", " "], None).check(day(2026, 11, 26)),
        Err(BadCorrection::EmptyItem(2))
    );
    let no_time = Some(law::WorkingDays(0));
    assert_eq!(bad(&["地块"], no_time).check(day(2026, 11, 26)), Err(BadCorrection::NoTime));
    for (days, good) in [(30, true), (31, false), (400, false)] {
        let told = bad(&["地块"], Some(law::WorkingDays(days))).check(day(2026, 11, 26));
        assert_eq!(told.is_ok(), good, "{days}: {told:?}");
    }
    assert_eq!(notice.period(day(2026, 11, 2)), Some(law::WorkingDays(15)));
    let written = serde_json::to_string(&application).expect("plain data");
    for word in ["purpose", "用途", "need", "reason"] {
        assert!(!written.contains(word), "{written}");
    }
}

#[test]
fn the_same_wish_is_known_again_however_it_is_written() {
    let wanted = |title: &str| Wanted { title: Some(title.into()), ..Wanted::default() };
    let one = wanted("2019年征地补偿费用（思明区）").essence();
    assert_eq!(one, wanted("２０１９年 征地补偿费用(思明区)。").essence());
    assert_ne!(one, wanted("2020年征地补偿费用（思明区）").essence());
    assert!(wanted("？？").is_empty());
}

#[test]
fn a_request_is_new_repeated_mergeable_or_asked_by_others() {
    let earlier = |number: &str, applicant: &str, answered: Option<&str>, dropped| Earlier {
        number: number.into(),
        applicant: applicant.into(),
        essence: "x".into(),
        received: day(2026, 11, 1),
        answered: answered.map(str::to_owned),
        dropped,
    };
    let register = [
        earlier("1", "甲", Some("〔2026〕1号"), false),
        earlier("2", "乙", None, false),
        earlier("3", "丙", None, true),
    ];
    let told = |applicant: &str, essence: &str| relation(applicant, essence, &register);
    assert_eq!(
        told("甲", "x"),
        Relation::Repeated { earlier: "1".into(), answer: "〔2026〕1号".into() }
    );
    assert_eq!(told("乙", "x"), Relation::Mergeable { earlier: "2".into() });
    assert_eq!(told("丙", "x"), Relation::AskedByOthers { applicants: 3 });
    assert_eq!(told("丁", "x"), Relation::AskedByOthers { applicants: 4 });
    assert_eq!(told("甲", "y"), Relation::New);
    assert_eq!(told("甲", ""), Relation::New);
    assert!(told("丁", "x").proposes_publication(day(2026, 11, 26)));
    assert!(!relation("丁", "x", &register[..1]).proposes_publication(day(2026, 11, 26)));
}
