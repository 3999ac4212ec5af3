//! 抽查: what is drawn nobody chooses, whoever had a hand in it does not check it, and what is found is put
//! right by a day (条例第四十七条; docs/readings/080).

use identity::{Grant, Invented, Person, Proposal, Role};
use law::day;
use records::acts::check_draw::{drawn, lot};
use records::acts::check_rule::{self, CheckRuleForm};
use records::acts::{ActError, Hand, check_draw, handing_in, spot_check};
use records::store::{Answer, CheckCase, CheckState, Draw, Finding};
use records_rules::{Amount, FindingKind, Frequency, Severity};
use review::{Signatory, Verdict, step};
use store::Statements;
use web::Publishers;

use super::drafts::hand;
use super::house::{Sample, TODAY, drafter, manuscript, on_both};

/// After everything that is published at the house's moment.
const LATER: &str = "2026-11-25T17:00:00Z";

/// Natural persons with posts in the office of the city's government.
async fn staff(sample: &Sample, posts: &[(&str, Role)]) -> Vec<Hand> {
    let mut desk = sample.desk("keeper").await;
    let invented: Vec<Invented> = posts
        .iter()
        .map(|(name, _)| Invented {
            name: (*name).into(),
            login: (*name).into(),
            digest: "x".into(),
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into(),
        })
        .collect();
    let keys = Person::invent(&mut desk, &invented).await.expect("persons");
    let proposals: Vec<Proposal> = keys
        .iter()
        .zip(posts)
        .map(|(key, (_, role))| Proposal {
            person: key.clone(),
            organ: "XM00002".into(),
            unit: String::new(),
            role: *role,
            from: TODAY,
            until: None,
            reason: "试".into(),
        })
        .collect();
    Grant::invent(&mut desk, &proposals).await.expect("posts");
    desk.seal().await.expect("sealed");
    keys.into_iter()
        .zip(posts)
        .map(|(person, (name, _))| Hand { person, name: (*name).into(), ..hand("x") })
        .collect()
}

/// Publishes a manuscript whose 保密审查 this person does.
async fn reviewed_by(sample: &Sample, title: &str, person: &str) -> String {
    let by = review::testing::someone("XM00002", "publisher");
    released_by(sample, title, person, &by).await
}

/// The same, released by somebody.
async fn released_by(sample: &Sample, title: &str, person: &str, publisher: &Signatory) -> String {
    use records::acts::{Submission, intake};
    let text = manuscript(title, &[]);
    let submission = Submission::read_all(&text, TODAY).expect("a manuscript").remove(0);
    let (ledger, by) = (sample.house.ledger(), drafter("XM00002"));
    let folder = sample.house.folder();
    let desk = ledger.desk(by.actor()).await.expect("a desk");
    let draft = intake::begin(desk, folder, &by, submission).await.expect("begins");
    let publishers = Publishers::of(&[records::room()], folder);
    let desk = ledger.desk(by.actor()).await.expect("a desk");
    let unit = handing_in::keep(desk, &publishers, &by, &draft.id, None).await.expect("hands in");
    for demand in unit.course.demands() {
        let role = demand.step.roles().first().copied().unwrap_or_default();
        let mut one = review::testing::someone("XM00002", role);
        if role == "secrecy_reviewer" {
            person.clone_into(&mut one.person);
        }
        let desk = ledger.desk(one.actor()).await.expect("a desk");
        step::keep(desk, &publishers, &unit.id, demand.step, &Verdict::Pass, &one)
            .await
            .expect("passes");
    }
    let desk = ledger.desk(publisher.actor()).await.expect("a desk");
    let out = review::publication::keep(desk, &publishers, &unit.id, publisher).await.expect("out");
    out[0].subject.trim_start_matches("record:").to_owned()
}

fn once(amount: Amount) -> CheckRuleForm {
    CheckRuleForm {
        domain: None,
        genre: None,
        amount,
        frequency: Frequency::Once,
        days: Some((day(2026, 11, 1), TODAY)),
    }
}

async fn draw(sample: &Sample, by: &Hand, form: CheckRuleForm) -> Draw {
    let desk = sample.desk_at(&by.person, LATER).await;
    let rule = check_rule::set(desk, by, Role::FoiHead, form).await.expect("a rule");
    let desk = sample.desk_at(&by.person, LATER).await;
    check_draw::keep(desk, &rule.id).await.expect("draws")
}

async fn cases(sample: &Sample, draw: &Draw) -> Vec<CheckCase> {
    CheckCase::of_draw(sample.house.store(), &draw.id).await.expect("lists")
}

async fn now(sample: &Sample, id: &str) -> CheckCase {
    CheckCase::find(sample.house.store(), id).await.expect("asks").expect("is there")
}

#[tokio::test]
async fn what_is_drawn_is_told_by_the_ledger_and_can_be_counted_again() {
    on_both(async |sample| {
        let staff = staff(sample, &[("郑", Role::FoiHead)]).await;
        let titles: Vec<_> = (1..=9).map(|at| manuscript(&format!("文件{at}"), &[])).collect();
        sample.publish(&super::house::together(titles)).await.expect("publishes");
        let drawn_now = draw(sample, &staff[0], once(Amount::Share(30))).await;
        assert_eq!(drawn_now.population.len(), 9);
        let cases = cases(sample, &drawn_now).await;
        assert_eq!(cases.len(), 3, "thirty of a hundred, rounded up");
        let taken: Vec<_> = cases.iter().map(|case| case.record.clone()).collect();
        assert_eq!(taken, drawn(&drawn_now.seed.hash, drawn_now.population.iter(), 3));
        let mut lots: Vec<_> =
            drawn_now.population.iter().map(|id| lot(&drawn_now.seed.hash, id)).collect();
        lots.sort();
        assert_eq!(lot(&drawn_now.seed.hash, &taken[0]), lots[0], "the smallest lot comes first");
        // The seed is the hash of an entry of the chain, the rule's own, and the chain holds.
        let subject = format!("check_rule:{}", drawn_now.rule);
        let events = sample.house.ledger().events_on(&subject).await.expect("asks");
        assert_eq!((events[0].act.as_str(), events[0].seq), ("check_rule", drawn_now.seed.entry));
        assert!(sample.house.ledger().audit().await.expect("counts").breaks.is_empty());
        // A rule that draws once draws once.
        let desk = sample.desk_at("x", LATER).await;
        let again = check_draw::keep(desk, &drawn_now.rule).await;
        assert!(matches!(again, Err(ActError::Refused("这条规则已经抽取过", _))), "{again:?}");
        for sql in [
            "UPDATE record_check_draw SET seed = 'x'",
            "DELETE FROM record_check_draw",
            "DELETE FROM record_check_case",
            "UPDATE record_check_case SET rank = rank + 100",
        ] {
            let change = sample.house.store().begin().await.expect("begins");
            change.run(sql, vec![]).await.expect_err(sql);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_over_is_drawn_by_the_day_on_which_it_was_published_first() {
    on_both(async |sample| {
        let staff = staff(sample, &[("郑", Role::FoiHead)]).await;
        let over = |title: &'static str, original: &'static str| {
            let source = [
                ("原发布日期", original),
                ("原发布日期来源", "旧网站"),
                ("成文日期", "2019-05-06"),
            ];
            let stated = if original == "来源未载明" { 0 } else { 1 };
            let lines: Vec<_> = source
                .into_iter()
                .enumerate()
                .filter(|(at, _)| *at != 1 || stated == 1)
                .map(|(_, one)| one)
                .collect();
            manuscript(title, &lines)
        };
        let texts = [
            manuscript("今年的通知", &[]),
            over("往年的通知", "2020-03-04"),
            over("没有载明的通知", "来源未载明"),
        ];
        sample.publish(&super::house::together(texts)).await.expect("publishes");
        let titles = async |days| {
            let form = CheckRuleForm { days: Some(days), ..once(Amount::Share(100)) };
            let draw = draw(sample, &staff[0], form).await;
            let mut titles: Vec<_> =
                cases(sample, &draw).await.into_iter().map(|case| case.title).collect();
            titles.sort();
            titles
        };
        assert_eq!(titles((day(2026, 11, 1), TODAY)).await, ["今年的通知"]);
        assert_eq!(titles((day(2020, 1, 1), day(2020, 12, 31))).await, ["往年的通知"]);
        assert_eq!(titles((day(2019, 1, 1), day(2019, 12, 31))).await, ["没有载明的通知"]);
    })
    .await;
}

#[tokio::test]
async fn a_rule_for_every_month_draws_when_the_month_is_over_and_not_before() {
    on_both(async |sample| {
        let staff = staff(sample, &[("郑", Role::FoiHead)]).await;
        sample.publish(&manuscript("甲", &[])).await.expect("publishes");
        let form =
            CheckRuleForm { frequency: Frequency::Monthly, days: None, ..once(Amount::Number(5)) };
        let desk = sample.desk_at(&staff[0].person, LATER).await;
        let rule = check_rule::set(desk, &staff[0], Role::FoiHead, form).await.expect("a rule");
        let desk = sample.desk_at("x", "2026-11-30T15:59:00Z").await;
        let early = check_draw::keep(desk, &rule.id).await;
        let early = early.expect_err("is not over");
        assert_eq!(early.to_string(), "这一期还没有结束，2026-12-01起才能抽取");
        // December has begun, and nothing has been done yet that the seed could come from.
        let desk = sample.desk_at("x", "2026-11-30T16:01:00Z").await;
        let early = check_draw::keep(desk, &rule.id).await;
        assert!(matches!(early, Err(ActError::Refused("台账里还没有可作种子的记录", _))));
        let desk = sample.desk_at("lin", "2026-11-30T17:00:00Z").await;
        let other = check_rule::set(desk, &staff[0], Role::FoiHead, once(Amount::Number(1)));
        other.await.expect("an entry");
        let desk = sample.desk_at("x", "2026-12-02T01:00:00Z").await;
        let draw = check_draw::keep(desk, &rule.id).await.expect("draws");
        assert_eq!((draw.period.from, draw.period.to), (day(2026, 11, 1), day(2026, 11, 30)));
        assert_eq!(draw.population.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_had_a_hand_in_a_record_does_not_check_it_whatever_the_code_does() {
    on_both(async |sample| {
        let posts = [("郑", Role::FoiHead), ("叶", Role::SecrecyReviewer)];
        let staff = staff(sample, &posts).await;
        for title in ["甲", "乙", "丙"] {
            reviewed_by(sample, title, &staff[1].person).await;
        }
        let draw = draw(sample, &staff[0], once(Amount::Number(3))).await;
        let cases = cases(sample, &draw).await;
        assert_eq!(cases.len(), 3);
        for case in &cases {
            assert_eq!(case.checker.as_deref(), Some(staff[0].person.as_str()), "{case:?}");
            let desk = sample.desk_at(&staff[1].person, LATER).await;
            let taken = spot_check::take_over(desk, &staff[1], &case.id, "出差").await;
            assert!(matches!(taken, Err(ActError::Refused(why, _)) if why.contains("不能抽查")));
        }
        let sql = format!("UPDATE record_check_case SET checker = '{}'", staff[1].person);
        let change = sample.house.store().begin().await.expect("begins");
        let refused = change.run(&sql, vec![]).await.expect_err("the database refuses");
        assert!(format!("{refused:?}").contains("不能抽查它"), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_stood_in_for_at_the_release_does_not_check_what_was_released() {
    on_both(async |sample| {
        let posts = [("郑", Role::FoiHead), ("叶", Role::SecrecyReviewer)];
        let staff = staff(sample, &posts).await;
        let mut by = review::testing::someone("XM00002", "publisher");
        by.stands_in_for = Some(staff[1].person.clone());
        released_by(sample, "甲", "x", &by).await;
        let draw = draw(sample, &staff[0], once(Amount::Number(1))).await;
        let case = cases(sample, &draw).await.remove(0);
        assert_eq!(case.checker.as_deref(), Some(staff[0].person.as_str()), "{case:?}");
        let desk = sample.desk_at(&staff[1].person, LATER).await;
        let taken = spot_check::take_over(desk, &staff[1], &case.id, "出差").await;
        assert!(matches!(taken, Err(ActError::Refused(why, _)) if why.contains("不能抽查")));
        let sql = format!("UPDATE record_check_case SET checker = '{}'", staff[1].person);
        let change = sample.house.store().begin().await.expect("begins");
        let refused = change.run(&sql, vec![]).await.expect_err("the database refuses");
        assert!(format!("{refused:?}").contains("不能抽查它"), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_found_is_put_right_by_a_day_and_looked_at_again() {
    on_both(async |sample| {
        let staff = staff(sample, &[("郑", Role::FoiHead)]).await;
        sample.publish(&manuscript("甲", &[])).await.expect("publishes");
        let draw = draw(sample, &staff[0], once(Amount::Number(1))).await;
        let id = cases(sample, &draw).await[0].id.clone();
        let finding = |severity| Finding {
            kind: FindingKind::Incomplete,
            severity,
            words: "没有写办理时限".into(),
        };
        let found = vec![finding(Severity::Minor), finding(Severity::Notable)];
        let desk = sample.desk_at("lin", LATER).await;
        let strange = spot_check::tell(desk, &hand("lin"), &id, found.clone(), "").await;
        assert!(matches!(strange, Err(ActError::Refused("这一件由别人抽查", _))));
        let desk = sample.desk_at(&staff[0].person, LATER).await;
        spot_check::tell(desk, &staff[0], &id, found, "").await.expect("tells");
        let case = now(sample, &id).await;
        // Five working days after Thursday 2026-11-26.
        assert_eq!((case.state, case.due_on), (CheckState::Found, Some(day(2026, 12, 3))));
        let desk = sample.desk_at(&staff[0].person, LATER).await;
        let own = spot_check::answer(desk, &staff[0], &id, "改了").await;
        assert!(matches!(own, Err(ActError::Refused("抽查人不能自己整改", _))));
        let desk = sample.desk_at("lin", LATER).await;
        let stand_in = Hand { stands_in_for: Some(staff[0].person.clone()), ..hand("lin") };
        let own = spot_check::answer(desk, &stand_in, &id, "改了").await;
        assert!(matches!(own, Err(ActError::Refused("抽查人不能自己整改", _))), "nor his stand-in");
        let desk = sample.desk_at("lin", LATER).await;
        spot_check::answer(desk, &hand("lin"), &id, "已更正").await.expect("answers");
        let desk = sample.desk_at(&staff[0].person, "2026-12-01T02:00:00Z").await;
        let mute = spot_check::look_again(desk, &staff[0], &id, false, " ").await;
        assert!(matches!(mute, Err(ActError::Reason("没有写理由", _))));
        let desk = sample.desk_at(&staff[0].person, "2026-12-01T02:00:00Z").await;
        let back = spot_check::look_again(desk, &staff[0], &id, false, "时限仍没有写");
        back.await.expect("sends back");
        let case = now(sample, &id).await;
        assert_eq!((case.state, case.due_on), (CheckState::Found, Some(day(2026, 12, 8))));
        let desk = sample.desk_at("lin", LATER).await;
        spot_check::answer(desk, &hand("lin"), &id, "已补上").await.expect("answers");
        let desk = sample.desk_at(&staff[0].person, "2026-12-02T02:00:00Z").await;
        spot_check::look_again(desk, &staff[0], &id, true, "").await.expect("closes");
        assert_eq!(now(sample, &id).await.state, CheckState::Closed);
        let answers = Answer::of(sample.house.store(), &id).await.expect("lists");
        assert_eq!(answers.iter().map(|one| one.passed).collect::<Vec<_>>(), [Some(0), Some(1)]);
        let tally = Finding::tally(sample.house.store(), "XM00002").await.expect("counts");
        assert_eq!((tally.len(), tally[0].counts), (1, [1, 1, 0]));
        let change = sample.house.store().begin().await.expect("begins");
        let sql = "UPDATE record_check_finding SET words = 'x'";
        change.run(sql, vec![]).await.expect_err("findings stay");
        let entries = sample.house.ledger().events_on(&format!("check:{id}")).await.expect("asks");
        let acts: Vec<_> = entries.iter().map(|event| event.act.as_str()).collect();
        let answered = ["check_rectification", "check_again"];
        assert_eq!(acts, [&["check_finding"][..], &answered, &answered].concat());
        assert!(entries.iter().all(|event| event.change.is_some() && !event.basis.is_empty()));
        let open = sample
            .house
            .store()
            .number("SELECT COUNT(*) FROM record_check_case WHERE state <> 'closed'", vec![]);
        assert_eq!(open.await.expect("counts"), Some(0));
    })
    .await;
}

#[tokio::test]
async fn a_case_is_taken_from_its_checker_with_a_reason_that_stays() {
    on_both(async |sample| {
        let posts = [("郑", Role::FoiHead), ("叶", Role::SecrecyReviewer)];
        let staff = staff(sample, &posts).await;
        sample.publish(&manuscript("甲", &[])).await.expect("publishes");
        let draw = draw(sample, &staff[0], once(Amount::Number(1))).await;
        let case = cases(sample, &draw).await.remove(0);
        let first = case.checker.clone().expect("a checker");
        let other = staff.iter().find(|one| one.person != first).expect("another");
        let desk = sample.desk_at(&other.person, LATER).await;
        let mute = spot_check::take_over(desk, other, &case.id, " ").await;
        assert!(matches!(mute, Err(ActError::Reason("没有写理由", _))), "{mute:?}");
        let desk = sample.desk_at(&other.person, LATER).await;
        spot_check::take_over(desk, other, &case.id, "原抽查人外出培训").await.expect("takes over");
        let taken = now(sample, &case.id).await;
        assert_eq!(taken.checker.as_ref(), Some(&other.person));
        assert_eq!(taken.taken_reason, "原抽查人外出培训");
        let events = sample.house.ledger().events_on(&format!("check:{}", case.id)).await;
        let last = events.expect("asks").pop().expect("an entry");
        assert_eq!(
            (last.act.as_str(), &last.facts["reason"]),
            ("check_assignment", &"原抽查人外出培训".into())
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_checked_for_another_is_answered_by_neither_even_after_the_case_went_on() {
    on_both(async |sample| {
        let posts = [("郑", Role::FoiHead), ("叶", Role::SecrecyReviewer)];
        let staff = staff(sample, &posts).await;
        sample.publish(&manuscript("甲", &[])).await.expect("publishes");
        let draw = draw(sample, &staff[0], once(Amount::Number(1))).await;
        let case = cases(sample, &draw).await.remove(0);
        let first = case.checker.clone().expect("a checker");
        let (mut checker, other) = (staff[0].clone(), staff[1].clone());
        let other =
            if checker.person == first { other } else { std::mem::replace(&mut checker, other) };
        let found = vec![Finding {
            kind: FindingKind::Wording,
            severity: Severity::Minor,
            words: "错字".into(),
        }];
        // He checks for somebody by now, who wrote the record: then he does not check it.
        let author = review::testing::someone("XM00002", "drafter").person;
        let bound = Hand { stands_in_for: Some(author), ..checker.clone() };
        let desk = sample.desk_at(&bound.person, LATER).await;
        let refused = spot_check::tell(desk, &bound, &case.id, found.clone(), "").await;
        assert!(matches!(refused, Err(ActError::Refused(why, _)) if why.contains("不能抽查")));
        let acting = Hand { stands_in_for: Some("sun".into()), ..checker.clone() };
        let desk = sample.desk_at(&acting.person, LATER).await;
        spot_check::tell(desk, &acting, &case.id, found, "").await.expect("tells");
        let desk = sample.desk_at(&other.person, LATER).await;
        spot_check::take_over(desk, &other, &case.id, "出差").await.expect("takes over");
        let stand_in = Hand { stands_in_for: Some("sun".into()), ..hand("lin") };
        let lin_for_other = Hand { stands_in_for: Some(other.person.clone()), ..hand("lin") };
        for by in [&checker, &other, &hand("sun"), &stand_in, &lin_for_other] {
            let desk = sample.desk_at(&by.person, LATER).await;
            let own = spot_check::answer(desk, by, &case.id, "改了").await;
            assert!(
                matches!(own, Err(ActError::Refused("抽查人不能自己整改", _))),
                "{by:?}: {own:?}"
            );
        }
        let sql = format!(
            "INSERT INTO record_check_answer (checked, ordinal, words, answered_at, answered_by,
                                              answered_for, answered_name, verdict)
             VALUES ('{}', 1, '改了', '', 'lin', 'sun', '', '')",
            case.id
        );
        let change = sample.house.store().begin().await.expect("begins");
        let refused = change.run(&sql, vec![]).await.expect_err("the database refuses");
        assert!(format!("{refused:?}").contains("抽查人不能自己整改"), "{refused:?}");
        drop(change);
        let answering = Hand { stands_in_for: Some("zhao".into()), ..hand("lin") };
        let desk = sample.desk_at("lin", LATER).await;
        spot_check::answer(desk, &answering, &case.id, "改了").await.expect("answers");
        // Whoever answered, and whoever was stood in for, does not judge it.
        for (stands_in_for, may) in [(Some("lin"), false), (Some("zhao"), false), (None, true)] {
            let by = Hand { stands_in_for: stands_in_for.map(str::to_owned), ..other.clone() };
            let desk = sample.desk_at(&by.person, LATER).await;
            let judged = spot_check::look_again(desk, &by, &case.id, true, "").await;
            assert_eq!(judged.is_ok(), may, "{stands_in_for:?}: {judged:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_drawn_up_to_today_says_up_to_which_minute() {
    on_both(async |sample| {
        let staff = staff(sample, &[("郑", Role::FoiHead)]).await;
        sample.publish(&manuscript("甲", &[])).await.expect("publishes");
        let desk = sample.desk_at(&staff[0].person, LATER).await;
        let form = once(Amount::Share(100));
        let rule = check_rule::set(desk, &staff[0], Role::FoiHead, form.clone()).await;
        let rule = rule.expect("a rule");
        assert!(rule.words().contains("2026-11-26 发布（到定规则时为止）"), "{}", rule.words());
        // What comes out on the same day afterwards is not drawn from.
        let late = ledger::Clock::Fixed("2026-11-26T01:00:00Z".parse().expect("a moment"));
        sample.publish_with(&manuscript("乙", &[]), vec![], late).await.expect("publishes");
        let desk = sample.desk_at("x", "2026-11-26T02:00:00Z").await;
        let drawn = check_draw::keep(desk, &rule.id).await.expect("draws");
        assert_eq!(drawn.population.len(), 1);
        assert_eq!(drawn.days(), "2026-11-01 至 2026-11-26（到 2026-11-26 01:00 为止）");
        let before = CheckRuleForm { days: Some((day(2026, 11, 1), day(2026, 11, 25))), ..form };
        let desk = sample.desk_at(&staff[0].person, LATER).await;
        let rule = check_rule::set(desk, &staff[0], Role::FoiHead, before).await.expect("a rule");
        let desk = sample.desk_at("x", "2026-11-26T02:00:00Z").await;
        let drawn = check_draw::keep(desk, &rule.id).await.expect("draws");
        assert_eq!(drawn.days(), "2026-11-01 至 2026-11-25");
        assert!(!rule.words().contains("为止"), "{}", rule.words());
    })
    .await;
}
