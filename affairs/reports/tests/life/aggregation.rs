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
                ("XM01102", false, false),
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
        let whole = ground.opens(GOVERNMENT, 2026).await;
        let officer = by(GOVERNMENT, "foi_officer");
        let mut counted: BTreeSet<String> =
            ["XM01002", BUREAU, "XM01101"].into_iter().map(str::to_owned).collect();
        counted.insert("XM01102".into());
        let desk = ground.desk(&officer).await;
        let bare = scope::keep(desk, &[SOURCE], &officer, &whole.id, (&counted, "")).await;
        assert!(said(bare.expect_err("no reason")).contains("没有写为什么改变"));
        let desk = ground.desk(&officer).await;
        let why = "本区的镇随区政府一并统计";
        scope::keep(desk, &[SOURCE], &officer, &whole.id, (&counted, why)).await.expect("kept");
        let received = CellPlace::named("t3.r01.c7").expect("a place");
        let tables = ground.content(&whole).await.tables(Origin::Own);
        assert_eq!(tables.cell(received).to_string(), "1");
    })
    .await;
}
