//! From the register to the published page.

use reports::acts::drafting::{self, print_of_cells};
use reports::acts::{counting, opening};
use reports::checking;
use reports::store::{Basis, Origin, VersionState};
use reports_rules::{CellPlace, Section};

use crate::ground::{Asked, BUREAU, SOURCE, by, on_both, said};

const REQUESTS: &[Asked] = &[
    Asked("2025-09", "2025-12-20", None),
    Asked("2026-01", "2026-02-03", Some(("G2", "2026-02-20"))),
    Asked("2026-02", "2026-06-03", Some(("G2", "2026-06-20"))),
    Asked("2026-03", "2026-12-28", None),
];

fn place(name: &str) -> CellPlace {
    CellPlace::named(name).expect("a place")
}

#[tokio::test]
async fn table_3_is_counted_from_the_register_and_every_number_opens_down_to_its_requests() {
    on_both(async |ground| {
        ground.registers(BUREAU, REQUESTS).await;
        let version = ground.opens(BUREAU, 2026).await;
        let tables = ground.content(&version).await.tables(Origin::Own);
        let found = ["t3.r01.c1", "t3.r02.c7", "t3.r03.c7", "t3.r24.c7", "t3.r25.c1"]
            .map(|name| tables.cell(place(name)).to_string());
        assert_eq!(found, ["3", "1", "2", "2", "2"]);
        let bases = Basis::of(ground.ledger.store(), &version.id).await.expect("kept");
        let leaves: Vec<String> =
            place("t3.r24.c7").leaves().iter().map(ToString::to_string).collect();
        let mut rows: Vec<&str> =
            bases[0].counted.behind(&leaves).map(|row| row.words.as_str()).collect();
        rows.sort_unstable();
        assert_eq!(
            (bases[0].source.as_str(), rows),
            ("依申请公开登记簿", vec!["2026-01", "2026-02"])
        );
    })
    .await;
}

#[tokio::test]
async fn a_report_goes_through_review_and_freezing_to_the_public_and_stays_as_it_was_frozen() {
    on_both(async |ground| {
        ground.registers(BUREAU, REQUESTS).await;
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "按要求开展，没有其他情况。").await;
        let unit = ground.signs(&version).await;
        // What comes into the register afterwards changes nothing of it.
        ground.registers(BUREAU, &[Asked("2026-09", "2026-03-03", None)]).await;
        ground.releases(&unit).await;
        let now = ground.now(&version).await;
        assert_eq!(now.state, VersionState::Published);
        assert_eq!(now.published_on.map(|day| day.to_string()).as_deref(), Some("2027-01-12"));
        let tables = ground.content(&now).await.tables(Origin::Own);
        assert_eq!(tables.cell(place("t3.r01.c7")).to_string(), "3");
        // And nobody changes it in its place.
        for sql in [
            "UPDATE annual_report_version SET title = 'x' WHERE id = $1",
            "UPDATE annual_report_cell SET value = '9' WHERE version = $1",
            "DELETE FROM annual_report_cell WHERE version = $1",
            "DELETE FROM annual_report_text WHERE version = $1",
            "DELETE FROM annual_report_version WHERE id = $1",
        ] {
            let change = ground.change().await;
            assert!(change.run(sql, vec![now.id.clone().into()]).await.is_err(), "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_typed_number_says_where_it_is_from_and_an_adjusted_one_why() {
    on_both(async |ground| {
        ground.registers(BUREAU, REQUESTS).await;
        let version = ground.opens(BUREAU, 2026).await;
        let (two, three) = (Section::Proactive, Section::Requests);
        let bare = ground.types(&version, two, &[("t2.licences", "12")], " ").await;
        assert!(said(bare.expect_err("no source")).contains("没有写来源"));
        ground.types(&version, two, &[("t2.licences", "12")], "审批系统").await.expect("kept");
        let bare = ground.types(&version, three, &[("t3.r01.c1", "4")], "").await;
        assert!(said(bare.expect_err("no reason")).contains("没有写理由"));
        ground.types(&version, three, &[("t3.r01.c1", "4")], "漏登一件").await.expect("kept");
        for wrong in ["-1", "1.5", "十二", "1e3"] {
            let refused = ground.types(&version, two, &[("t2.licences", wrong)], "来源").await;
            assert!(said(refused.expect_err("no count")).contains("请填整数"), "{wrong}");
        }
        // What was adjusted stays when the register is counted anew, and is named as against it.
        let officer = by(BUREAU, "foi_officer");
        let desk = ground.desk(&officer).await;
        counting::keep(desk, &[SOURCE], &officer, &version.id).await.expect("counted");
        let content = ground.content(&version).await;
        let cell = &content.cells[&place("t3.r01.c1")];
        assert_eq!((cell.value.to_string(), cell.is_adjusted()), ("4".into(), true));
        assert_eq!(content.cells[&place("t2.licences")].note, "审批系统");
        let checks =
            checking::check(ground.ledger.store(), &version, &content).await.expect("looked at");
        let names: Vec<String> = checks.breaches.iter().map(ToString::to_string).collect();
        assert!(
            names.contains(&"I10:r01.c1".to_owned()) && names.contains(&"I1:c1".to_owned()),
            "{names:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_two_wrote_at_once_is_not_lost() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        let seen = print_of_cells(&ground.content(&version).await, Section::Proactive);
        ground
            .types(&version, Section::Proactive, &[("t2.fees", "3.25")], "财政")
            .await
            .expect("kept");
        let given = [(place("t2.fees"), "9".to_owned())].into_iter().collect();
        let desk = ground.desk(&officer).await;
        let late = (Section::Proactive, seen.as_str());
        let refused =
            drafting::keep_cells(desk, &officer, &version.id, late, &given, "另一处").await;
        assert!(said(refused.expect_err("somebody was faster")).contains("已经被别人改过"));
        let content = ground.content(&version).await;
        assert_eq!(content.cells[&place("t2.fees")].value.to_string(), "3.25");
    })
    .await;
}

#[tokio::test]
async fn one_year_has_one_report_and_none_that_is_to_come() {
    on_both(async |ground| {
        ground.opens(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        for (year, words) in
            [(2026, "已经有了"), (2028, "还没有到"), (2007, "还没有编制年度报告的义务")]
        {
            let desk = ground.desk(&officer).await;
            let refused = opening::keep(desk, &[SOURCE], &officer, year, false).await;
            assert!(said(refused.expect_err("refused")).contains(words), "{year}");
        }
    })
    .await;
}
