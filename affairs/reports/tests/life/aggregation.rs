//! A government's report adds up its organs' published ones, and says who is missing.

use std::collections::BTreeSet;

use reports::acts::scope;
use reports::checking;
use reports::store::{MemberLine, Origin};
use reports_rules::{CellPlace, Section};

use crate::ground::{Asked, BUREAU, GOVERNMENT, SOURCE, by, on_both, said};

#[tokio::test]
async fn a_government_adds_up_what_its_organs_published_and_names_who_is_missing() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("M-1", "2026-03-03", None)]).await;
        ground
            .registers(
                "XM01101",
                &[Asked("J-1", "2026-03-03", None), Asked("J-2", "2026-04-03", None)],
            )
            .await;
        ground.publishes(BUREAU, 2026).await;
        ground.publishes("XM01101", 2026).await;
        let whole = ground.opens(GOVERNMENT, 2026).await;
        let store = ground.ledger.store();
        let content = ground.content(&whole).await;
        let received = CellPlace::named("t3.r01.c7").expect("a place");
        assert_eq!(content.tables(Origin::Own).cell(received).to_string(), "3");
        let members = MemberLine::of(store, &whole.id).await.expect("kept");
        let found: Vec<(&str, bool, bool)> = members
            .iter()
            .map(|member| (member.organ.as_str(), member.counted, member.part.is_some()))
            .collect();
        assert_eq!(
            found,
            [
                ("XM01002", true, false),
                (BUREAU, true, true),
                ("XM01101", true, true),
                ("XM01102", true, false),
            ]
        );
        let parts = checking::parts(store, members.iter()).await.expect("read");
        let of = |organ: &str| parts[organ].cell(received).to_string();
        assert_eq!((of(BUREAU), of("XM01101")), ("1".into(), "2".into()));
        let checks = checking::check(store, &whole, &content).await.expect("looked at");
        assert!(checks.doubts.is_empty() && checks.breaches.is_empty(), "{checks:?}");
        assert!(checks.missing.iter().any(|words| words.contains("还没有公布")));
        // An adjusted sum is a doubt, place by place.
        ground
            .types(&whole, Section::Requests, &[("t3.r01.c1", "5"), ("t3.r25.c1", "5")], "补上两件")
            .await
            .expect("kept");
        let content = ground.content(&whole).await;
        let checks = checking::check(store, &whole, &content).await.expect("looked at");
        let names: Vec<String> = checks.doubts.iter().map(ToString::to_string).collect();
        assert!(names.contains(&"I9:r01.c1".to_owned()), "{names:?}");
    })
    .await;
}

#[tokio::test]
async fn who_is_added_up_otherwise_than_usual_has_a_reason() {
    on_both(async |ground| {
        ground.registers("XM01102", &[Asked("Z-1", "2026-03-03", None)]).await;
        ground.publishes("XM01102", 2026).await;
        let received = CellPlace::named("t3.r01.c7").expect("a place");
        let whole = ground.opens(GOVERNMENT, 2026).await;
        let tables = ground.content(&whole).await.tables(Origin::Own);
        assert_eq!(tables.cell(received).to_string(), "1", "the town's request is counted");
        let officer = by(GOVERNMENT, "foi_officer");
        let counted: BTreeSet<String> =
            ["XM01002", BUREAU, "XM01101"].into_iter().map(str::to_owned).collect();
        let desk = ground.desk(&officer).await;
        let bare = scope::keep(desk, &[SOURCE], &officer, &whole.id, (&counted, "")).await;
        assert!(said(bare.expect_err("no reason")).contains("没有写为什么改变"));
        let desk = ground.desk(&officer).await;
        let why = "示范镇本年由托管的开发区统计";
        scope::keep(desk, &[SOURCE], &officer, &whole.id, (&counted, why)).await.expect("kept");
        let tables = ground.content(&whole).await.tables(Origin::Own);
        assert_eq!(tables.cell(received).to_string(), "0");
        let members = MemberLine::of(ground.ledger.store(), &whole.id).await.expect("kept");
        let town = members.iter().find(|member| member.organ == "XM01102").expect("listed");
        assert_eq!((town.counted, town.reason.as_str()), (false, why));
    })
    .await;
}

#[tokio::test]
async fn numbers_go_up_from_towns_and_bureaus_by_january_to_their_government_by_march() {
    on_both(async |ground| {
        let asked = [
            (BUREAU, "B-1", "2027-01-31"),
            ("XM01102", "Z-1", "2027-01-31"),
            (GOVERNMENT, "G-1", "2027-03-31"),
        ];
        for (organ, number, due) in asked {
            ground.registers(organ, &[Asked(number, "2026-03-03", None)]).await;
            let version = ground.opens(organ, 2026).await;
            let last = reports_rules::report_due(version.reporter, 2026).expect("a duty").value;
            assert_eq!(last.to_string(), due, "{organ}");
            ground.writes(&version, "没有其他情况。").await;
            ground.finishes(&version).await;
        }
        // The district's report has its own request and those of its bureau and its town; the city's has
        // none of them unless it says why it adds up the district.
        let city = ground.opens("XM00001", 2026).await;
        let received = CellPlace::named("t3.r01.c7").expect("a place");
        let sum = async |version| {
            let tables = ground.content(version).await.tables(Origin::Own);
            tables.cell(received).to_string()
        };
        assert_eq!(sum(&city).await, "0");
        let officer = by("XM00001", "foi_officer");
        let counted: BTreeSet<String> = BTreeSet::from([GOVERNMENT.to_owned()]);
        let desk = ground.desk(&officer).await;
        let why = "全市的报告并入各区";
        scope::keep(desk, &[SOURCE], &officer, &city.id, (&counted, why)).await.expect("kept");
        assert_eq!(sum(&city).await, "3", "each once");
    })
    .await;
}
