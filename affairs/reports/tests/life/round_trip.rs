//! What the room writes, its own reader reads back as the same tables; and what others published is taken in
//! as it was.

use reports::acts::intake::{self, Taking};
use reports::acts::{reopening, withdrawal};
use reports::reading::{self, ReadReport};
use reports::store::{Content, Origin, Version};
use reports::writing::{self, Form};
use reports_rules::{Cell, CellPlace, Section, Tables};
use store::Statements;

use crate::ground::{Asked, BUREAU, by, on_both, said};

/// Whether two read reports are the same in everything that readers of reports are compared by.
fn same(found: &ReadReport, own: &ReadReport, form: Form) {
    let json = |report: &ReadReport| serde_json::to_value(report).expect("JSON");
    let (found, own) = (json(found), json(own));
    let all = [
        "format",
        "sections",
        "table2",
        "table3",
        "table4",
        "prose_numbers",
        "identities_broken",
        "warnings",
        "unit",
        "year",
        "title",
        "published",
    ];
    // A document after GB/T 9704 breaks its title into lines and is dated at its end.
    let keys = if form == Form::Docx { &all[..8] } else { &all[..] };
    for key in keys {
        assert_eq!(found[key], own[key], "{form:?}: {key}: {:?}", found["notes"]);
    }
}

/// A report in which every cell has another number.
async fn filled(ground: &crate::ground::Ground) -> Version {
    ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
    let version = ground.opens(BUREAU, 2026).await;
    for section in [Section::Proactive, Section::Requests, Section::Remedies] {
        let places = CellPlace::of(section).filter(|place| !place.is_total());
        let texts: Vec<(String, String)> = places
            .enumerate()
            .map(|(at, place)| (place.to_string(), (7 * at + 3).to_string()))
            .collect();
        let mut pairs: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        if let Some(fees) = pairs.iter_mut().find(|(name, _)| *name == "t2.fees") {
            fees.1 = "4166.241619";
        }
        ground.types(&version, section, &pairs, "测试").await.expect("typed");
    }
    ground.writes(&version, "本年新收政府信息公开申请1件，办结2件；行政复议3件。").await;
    ground.now(&version).await
}

#[tokio::test]
async fn our_own_web_page_workbook_and_document_are_read_back_as_the_same_tables() {
    on_both(async |ground| {
        let version = filled(&ground).await;
        let content = ground.content(&version).await;
        let own = writing::as_read(&version, &content);
        for (form, name) in [(Form::Html, "a.html"), (Form::Xlsx, "a.xlsx"), (Form::Docx, "a.docx")]
        {
            let bytes = writing::write(&version, &content, form, None).await.expect("written");
            let found = reading::read(&bytes, name).expect("read");
            same(&found, &own, form);
        }
        let bytes = writing::write(&version, &content, Form::Json, None).await.expect("written");
        let json: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(json["schema_version"], 1);
        assert_eq!(json, serde_json::to_value(writing::Told::of(&own)).expect("JSON"));
    })
    .await;
}

/// A page as an organ published it, with a total that is wrong.
const PAGE: &str = "<title>思明区民政局2025年政府信息公开工作年度报告</title><h1>思明区民政局2025年政府信息公开工作年度报告</h1>\
    <h2>一、总体情况</h2><p>发布很多。</p><h2>三、收到和处理政府信息公开申请情况</h2>\
    <table><tr><td>情形</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>\
    <tr><td>一、本年新收政府信息公开申请数量</td><td>4</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>5</td></tr>\
    <tr><td>四、结转下年度继续办理</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>2</td></tr></table>";

#[tokio::test]
async fn a_report_published_before_is_taken_in_as_it_was_and_carries_over() {
    on_both(async |ground| {
        let officer = by(BUREAU, "foi_officer");
        let read = reading::read(PAGE.as_bytes(), "a.html").expect("a report");
        let taking = Taking {
            read: &read,
            year: None,
            source: "https://www.example.gov.cn/1",
            confirmed: false,
            demo: false,
        };
        let desk = ground.desk(&officer).await;
        let taken = intake::keep(desk, &officer, taking).await.expect("taken in");
        assert_eq!((taken.year, taken.origin), (2025, Origin::Taken));
        let content: Content = ground.content(&taken).await;
        let tables: Tables = content.tables(Origin::Taken);
        let cell = |name: &str| tables.cell(CellPlace::named(name).expect("a place")).clone();
        // The wrong total stays as it was published.
        assert_eq!((cell("t3.r01.c1"), cell("t3.r01.c7")), (Cell::count(4), Cell::count(5)));
        assert_eq!(content.texts["overview"], "发布很多。");
        let desk = ground.desk(&officer).await;
        let twice = intake::keep(desk, &officer, taking).await;
        assert!(said(twice.expect_err("it is there")).contains("已经有了"));
        // The next year takes over from it before it is public, and is held against it.
        let next = ground.opens(BUREAU, 2026).await;
        let content = ground.content(&next).await;
        let carried = &content.cells[&CellPlace::named("t3.r02.c1").expect("a place")];
        assert_eq!(
            (carried.value.to_string(), carried.note.as_str()),
            ("2".into(), "2025年度报告的结转下年")
        );
        ground.fills(&next).await;
        let numbers = [("t3.r02.c1", "1"), ("t3.r25.c1", "1")];
        ground.types(&next, Section::Requests, &numbers, "台账").await.expect("typed");
        let content = ground.content(&next).await;
        let checks = reports::checking::check(ground.ledger.store(), &next, &content).await;
        let breaches = checks.expect("looked at").breaches;
        let names: Vec<String> = breaches.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["I4:c1", "I4:c7"]);
        // It appears when its review is finished: what it breaks stops nothing and is described.
        let refused = said(ground.submits(&taken).await.expect_err("nothing is described"));
        assert!(refused.contains("还没有数据说明"), "{refused}");
        ground.describes(&taken).await;
        let taken = ground.finishes(&taken).await;
        assert_eq!(taken.published_on.map(|day| day.to_string()).as_deref(), Some("2027-01-12"));
    })
    .await;
}

#[tokio::test]
async fn another_organs_report_is_taken_in_only_when_that_is_confirmed_and_may_be_withdrawn() {
    on_both(async |ground| {
        let officer = by("XM01101", "foi_officer");
        let read = reading::read(PAGE.as_bytes(), "a.html").expect("a report");
        let mut taking =
            Taking { read: &read, year: None, source: "x", confirmed: false, demo: false };
        let desk = ground.desk(&officer).await;
        let refused = said(intake::keep(desk, &officer, taking).await.expect_err("another's"));
        assert!(
            refused.contains("报告写的机关是“思明区民政局”，不是“厦港街道办事处”"),
            "{refused}"
        );
        taking.confirmed = true;
        for round in 0..2 {
            let desk = ground.desk(&officer).await;
            let taken = intake::keep(desk, &officer, taking).await.expect("confirmed");
            if round == 1 {
                // Once it came back from a review it may still go; while it is in one it may not.
                ground.describes(&taken).await;
                ground.submits(&taken).await.expect("handed in");
                let desk = ground.desk(&officer).await;
                let bound = withdrawal::keep(desk, &officer, &taken.id).await;
                assert!(said(bound.expect_err("under review")).contains("不在起草阶段"));
                let head = by("XM01101", "foi_head");
                let back = reopening::keep(&ground.ledger, &head, &taken.id, "不是本机关的").await;
                back.expect("back");
            }
            let desk = ground.desk(&officer).await;
            withdrawal::keep(desk, &officer, &taken.id).await.expect("withdrawn");
            let found = Version::find(ground.ledger.store(), &taken.id).await.expect("answers");
            assert_eq!(found, None, "the year is free again");
            let sql = "SELECT COUNT(*) FROM ledger_event WHERE act = 'intake_withdrawal'";
            let told = ground.ledger.store().number(sql, vec![]).await.expect("answers");
            assert_eq!(told, Some(round + 1));
        }
        let own = ground.opens("XM01101", 2026).await;
        let desk = ground.desk(&officer).await;
        let refused = withdrawal::keep(desk, &officer, &own.id).await;
        assert!(said(refused.expect_err("written here")).contains("不是补录的报告"));
    })
    .await;
}

#[tokio::test]
async fn an_import_that_nobody_has_reviewed_raises_no_doubt_about_what_is_public() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let public = ground.publishes(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        let read = reading::read(PAGE.as_bytes(), "a.html").expect("a report");
        let taking = Taking { read: &read, year: None, source: "x", confirmed: false, demo: false };
        let desk = ground.desk(&officer).await;
        let taken = intake::keep(desk, &officer, taking).await.expect("taken in");
        let found = async || {
            let content = ground.content(&public).await;
            let checks = reports::checking::check(ground.ledger.store(), &public, &content).await;
            checks.expect("looked at").breaches
        };
        assert_eq!(found().await, vec![]);
        ground.describes(&taken).await;
        ground.finishes(&taken).await;
        assert!(!found().await.is_empty(), "what is public of both years is compared");
    })
    .await;
}

#[tokio::test]
async fn what_may_be_taken_in_is_of_a_year_that_is_over() {
    on_both(async |ground| {
        let officer = by(BUREAU, "foi_officer");
        let read = reading::read(PAGE.as_bytes(), "a.html").expect("a report");
        for (year, words) in [(Some(2027), "还没有过完"), (Some(2007), "还没有编制年度报告的义务")]
        {
            let desk = ground.desk(&officer).await;
            let taking = Taking { read: &read, year, source: "x", confirmed: false, demo: false };
            let refused = intake::keep(desk, &officer, taking).await;
            assert!(said(refused.expect_err("refused")).contains(words), "{year:?}");
        }
    })
    .await;
}

/// The published-looking pages.
const PAGES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/annual-reports/pages");

#[tokio::test]
async fn what_was_published_in_whatever_layout_and_form_is_written_out_and_read_back_as_it_was() {
    let Ok(files) = std::fs::read_dir(PAGES) else {
        store::testing::skipped(&format!("{PAGES} is absent"));
        return;
    };
    let mut files: Vec<_> = files.map(|file| file.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "html" || end == "xlsx"));
    files.sort();
    assert!(files.len() >= 8);
    on_both(async |ground| {
        // Two of them are of one year, so each is another organ's.
        let organs = ["XM01001", "XM01002", BUREAU, "XM01101", "XM01102"];
        for (at, file) in files.iter().enumerate() {
            let name = file.display().to_string();
            let read = reading::read(&std::fs::read(file).expect("the file"), &name).expect("read");
            let officer = by(organs[at % organs.len()], "foi_officer");
            let taking =
                Taking { read: &read, year: None, source: "x", confirmed: true, demo: false };
            let desk = ground.desk(&officer).await;
            let taken = intake::keep(desk, &officer, taking).await.expect("taken in");
            let content = ground.content(&taken).await;
            for (form, ending) in [(Form::Html, "html"), (Form::Xlsx, "xlsx")] {
                let bytes = writing::write(&taken, &content, form, None).await.expect("written");
                let again = reading::read(&bytes, &format!("a.{ending}")).expect("read");
                let even = |report: &ReadReport| serde_json::to_value(report).expect("JSON");
                for key in ["table2", "table3", "table4", "identities_broken", "format", "year"] {
                    assert_eq!(
                        even(&again)[key],
                        even(&read)[key],
                        "{name} {form:?} {key}: {:?}",
                        again.notes
                    );
                }
            }
        }
    })
    .await;
}
