//! The register of standards and the catalogues held against them, on either engine.

use catalogue::acts::conformance::{self, Assessment};
use catalogue::acts::{registration, standard};
use catalogue::store::standards::{Conformance, Standard};
use catalogue_rules::standard::{Extent, StandardLine, StandardState};
use law::day;
use ledger::Ledger;
use store::Statements;

use crate::house::{city_releases, desk, on_both, takes_up};

const SIMING: &str = "XM01001";
const LIST: &str = "标准号,标准名称,实施日期\nGB/T22239-2008,等级保护基本要求,2008-11-01
DB3502/T 001-2021,政务公开专区建设,2021-05-01\n";

async fn register(ledger: &Ledger, organ: &str, text: &str) -> standard::Registered {
    let (lines, doubts) = standard::read(text.as_bytes(), "标准.csv").expect("a list");
    assert_eq!(doubts, []);
    standard::keep(desk(ledger).await, organ, &lines).await.expect("registers")
}

async fn found(ledger: &Ledger, code: &str) -> Standard {
    Standard::find(ledger.store(), code).await.expect("asks").expect("is there")
}

#[tokio::test]
async fn only_the_market_supervision_bureaus_keep_the_register_and_none_changes_anothers() {
    on_both(async |ledger| {
        assert_eq!(register(&ledger, "XM00020", LIST).await.kept, 2);
        let second = register(&ledger, "XM01020", LIST).await;
        assert_eq!((second.kept, second.others.len()), (0, 2));
        assert_eq!(found(&ledger, "GB/T 22239-2008").await.keeper, "XM00020");
        let lines = standard::of_the_law().expect("is sound");
        for (organ, words) in [("XM00001", "不是市、区市场监管部门"), ("XM99999", "没有代码为")]
        {
            let refused = standard::keep(desk(&ledger).await, organ, &lines).await;
            let refused = refused.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_ended_standard_stays_in_the_register_and_a_list_that_is_silent_does_not_bring_it_back()
{
    on_both(async |ledger| {
        register(&ledger, "XM00020", LIST).await;
        let last = day(2019, 11, 30);
        let (code, next) = ("gb/t 22239—2008", Some("GB/T22239-2019"));
        let end = async |organ: &str, last, next| {
            standard::end(desk(&ledger).await, organ, code, last, next).await
        };
        for (organ, last, next, words) in [
            ("XM01020", last, next, "由厦门市市场监督管理局登记"),
            ("XM00020", day(2008, 10, 31), next, "早于实施日期"),
            ("XM00020", last, Some("GB/T 22239-2008"), "不能被自己代替"),
            ("XM00020", last, Some("新标准"), "不是标准号"),
        ] {
            let refused = end(organ, last, next).await.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        end("XM00020", last, next).await.expect("ends");
        register(&ledger, "XM00020", LIST).await;
        let state = found(&ledger, "GB/T 22239-2008").await.state(day(2026, 11, 25));
        assert_eq!(state, StandardState::Replaced { by: "GB/T 22239-2019".into() });
        let sql = "SELECT count(*) FROM standard";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counts"), Some(2));
    })
    .await;
}

#[tokio::test]
async fn how_far_a_catalogue_keeps_to_a_standard_is_said_by_its_organ_or_by_the_keeper() {
    on_both(async |ledger| {
        city_releases(&ledger, day(2020, 7, 25)).await;
        takes_up(&ledger, SIMING, "XM00001").await;
        register(&ledger, "XM00020", LIST).await;
        let code = "DB3502/T 001-2021";
        let said = |by, extent, note| Assessment {
            by,
            organ: SIMING,
            domain: "社会救助",
            standard: code,
            extent,
            note,
        };
        for (assessment, words) in [
            (said("XM01020", Extent::Full, ""), "既不编制这份目录"),
            (said(SIMING, Extent::Partly, " "), "没有写明哪里不符合"),
            (Assessment { standard: "GB 1-2000", ..said(SIMING, Extent::Full, "") }, "没有登记"),
            (Assessment { organ: "XM01020", ..said(SIMING, Extent::Full, "") }, "没有社会救助领域"),
        ] {
            let refused = conformance::keep(desk(&ledger).await, assessment).await;
            let refused = refused.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        for assessment in
            [said(SIMING, Extent::Full, ""), said("XM00020", Extent::Partly, "缺少查阅点")]
        {
            conformance::keep(desk(&ledger).await, assessment).await.expect("is kept");
        }
        let siming = ("350203000000".to_owned(), "350203999999".to_owned());
        let on = day(2026, 11, 25);
        let kept = Conformance::within(ledger.store(), &siming, on).await.expect("asks");
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].extent, kept[0].domain.as_str()), (Extent::Partly, "shehuijiuzhu"));
        assert_eq!(kept[0].note.as_deref(), Some("缺少查阅点"));
        let haicang = ("350205000000".to_owned(), "350205999999".to_owned());
        let none = Conformance::within(ledger.store(), &haicang, on).await.expect("asks");
        assert_eq!(none, []);
        standard::end(desk(&ledger).await, "XM00020", code, day(2026, 1, 1), None)
            .await
            .expect("ends");
        let late = conformance::keep(desk(&ledger).await, said(SIMING, Extent::Full, "")).await;
        assert!(late.expect_err("is refused").to_string().contains("2026-01-01 废止"));
    })
    .await;
}

#[tokio::test]
async fn one_standard_is_added_and_corrected_by_its_keeper_and_by_nobody_else() {
    on_both(async |ledger| {
        let mut line = standard::of_the_law().expect("is sound").remove(0);
        let (code, first) = (line.code.clone(), line.title.clone());
        let add =
            async |organ: &str, line: &_| registration::add(desk(&ledger).await, organ, line).await;
        let correct = async |organ: &str, line: &_| {
            registration::correct(desk(&ledger).await, organ, line, None).await
        };
        let told = |done: Result<(), standard::StandardError>| {
            let error = done.expect_err("is refused");
            format!("{error}。{}", error.remedy())
        };
        let refused = told(add("XM01001", &line).await);
        assert!(refused.contains("请由市、区市场监管部门登记"), "{refused}");
        assert!(told(correct("XM00020", &line).await).contains("没有登记"));
        add("XM00020", &line).await.expect("is added");
        assert!(told(add("XM01020", &line).await).contains("已经登记过"));
        line.title = "改过的名称".into();
        let refused = told(correct("XM01020", &line).await);
        assert!(refused.contains("由厦门市市场监督管理局登记"), "{refused}");
        assert_eq!(found(&ledger, &code).await.title, first);
        line.valid_to = Some(day(2026, 11, 1));
        line.successor = Some("GB/T 1-2026".into());
        correct("XM00020", &line).await.expect("is corrected");
        let ended = found(&ledger, &code).await;
        let replaced = StandardState::Replaced { by: "GB/T 1-2026".into() };
        assert_eq!(ended.state(day(2026, 11, 25)), replaced);
        (line.valid_to, line.successor) = (None, None);
        correct("XM00020", &line).await.expect("holds again");
        assert_eq!(found(&ledger, &code).await.state(day(2026, 11, 25)), StandardState::InForce);
        let events = ledger.events_on(&format!("catalogue:standard:{code}")).await.expect("asks");
        let told: Vec<_> = events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(told, ["standard", "standard_change", "standard_change"]);
        assert_eq!(events[0].facts["title"], serde_json::json!(first), "what it said before stays");
    })
    .await;
}

#[tokio::test]
async fn what_the_register_said_before_an_import_a_correction_or_an_end_stays_in_the_ledger() {
    on_both(async |ledger| {
        register(&ledger, "XM00020", LIST).await;
        let renamed = LIST.replace("等级保护基本要求", "网络安全等级保护基本要求");
        register(&ledger, "XM00020", &renamed).await;
        let code = "GB/T 22239-2008";
        let line =
            StandardLine { title: "更正的名称".into(), ..found(&ledger, code).await.line() };
        let corrected = registration::correct(desk(&ledger).await, "XM00020", &line, None).await;
        corrected.expect("is corrected");
        let ended = standard::end(desk(&ledger).await, "XM00020", code, day(2019, 11, 30), None);
        ended.await.expect("ends");
        let imports = ledger.events_on("catalogue:standards").await.expect("asks");
        let before = |at: usize| imports[at].facts["before"].clone();
        assert_eq!(before(0), serde_json::json!([]));
        assert_eq!(before(1).as_array().map(Vec::len), Some(1), "only what changed: {}", before(1));
        assert_eq!(before(1)[0]["title"], "等级保护基本要求");
        assert_eq!(before(1)[0]["from"], "2008-11-01");
        let events = ledger.events_on(&format!("catalogue:standard:{code}")).await.expect("asks");
        let told: Vec<_> =
            events.iter().map(|event| (&*event.act, &event.facts["before"]["title"])).collect();
        assert_eq!(told[0].1, "网络安全等级保护基本要求", "{told:?}");
        assert_eq!(told[1].1, "更正的名称", "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_form_that_was_opened_before_the_standard_changed_does_not_write_over_it() {
    on_both(async |ledger| {
        register(&ledger, "XM00020", LIST).await;
        let code = "GB/T 22239-2008";
        let opened = found(&ledger, code).await;
        let seen = registration::print_of(&opened);
        standard::end(desk(&ledger).await, "XM00020", code, day(2019, 11, 30), None)
            .await
            .expect("ends");
        let correct = async |seen: &str| {
            let line = opened.line();
            registration::correct(desk(&ledger).await, "XM00020", &line, Some(seen)).await
        };
        let refused = correct(&seen).await;
        assert!(matches!(refused, Err(standard::StandardError::Overwritten)), "{refused:?}");
        assert_eq!(found(&ledger, code).await.valid_to, Some(day(2019, 11, 30)));
        let now = registration::print_of(&found(&ledger, code).await);
        correct(&now).await.expect("in view of what stands there it is kept");
        assert_eq!(found(&ledger, code).await, opened);
    })
    .await;
}

#[tokio::test]
async fn of_two_bureaus_that_register_one_code_at_once_one_is_told_that_it_is_known() {
    on_both(async |ledger| {
        let line = standard::of_the_law().expect("is sound").remove(0);
        let add = async |organ| registration::add(desk(&ledger).await, organ, &line).await;
        let (one, two) = tokio::join!(add("XM00020"), add("XM01020"));
        let keeper = found(&ledger, &line.code).await.keeper;
        let (kept, refused) = if keeper == "XM00020" { (one, two) } else { (two, one) };
        kept.expect("one registers it");
        assert!(matches!(refused, Err(standard::StandardError::Known(_))), "{refused:?}");
        let change = ledger.store().begin().await.expect("begins");
        let other = if keeper == "XM00020" { "XM01020" } else { "XM00020" };
        assert!(!Standard::keep(&change, other, &line).await.expect("asks"), "it is another's");
        assert_eq!(
            Standard::find(&change, &line.code).await.expect("asks").expect("is").keeper,
            keeper
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_written_of_a_standard_has_to_fit_together() {
    on_both(async |ledger| {
        let whole = standard::of_the_law().expect("is sound").remove(0);
        let from = whole.valid_from;
        for (line, words) in [
            (StandardLine { title: " ".into(), ..whole.clone() }, "没有写标准名称"),
            (StandardLine { title: "长".repeat(201), ..whole.clone() }, "最多各 200 个字"),
            (StandardLine { valid_from: Some(day(202, 1, 1)), ..whole.clone() }, "年份不对"),
            (
                StandardLine { valid_from: from, valid_to: Some(day(1999, 1, 1)), ..whole.clone() },
                "早于实施日期",
            ),
            (StandardLine { successor: Some("GB 1-2026".into()), ..whole.clone() }, "最后有效日"),
            (
                StandardLine {
                    valid_to: Some(day(2026, 1, 1)),
                    successor: Some(whole.code.clone()),
                    ..whole.clone()
                },
                "不能被自己代替",
            ),
        ] {
            let refused = registration::add(desk(&ledger).await, "XM01020", &line).await;
            let refused = refused.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{words}: {refused}");
        }
        assert!(Standard::all(ledger.store()).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_compiles_a_catalogue_says_how_far_it_keeps_to_a_standard() {
    on_both(async |ledger| {
        city_releases(&ledger, day(2020, 7, 25)).await;
        register(&ledger, "XM00020", LIST).await;
        // 市民政局 leads the domain and compiles the city's catalogue; a district's bureau does not.
        for (by, may) in [("XM00023", true), ("XM01023", false), ("XM01101", false)] {
            let said = Assessment {
                by,
                organ: "XM00001",
                domain: "shehuijiuzhu",
                standard: "DB3502/T 001-2021",
                extent: Extent::Full,
                note: "",
            };
            let done = conformance::keep(desk(&ledger).await, said).await;
            assert_eq!(done.is_ok(), may, "{by}: {done:?}");
        }
    })
    .await;
}
