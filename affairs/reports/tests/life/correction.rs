//! 更正说明: a published report is corrected by another version beside it.

use reports::acts::correction;
use reports::store::{Origin, Version, VersionState};
use reports_rules::{CellPlace, Section};

use crate::ground::{BUREAU, by, on_both, said};

#[tokio::test]
async fn a_correction_is_another_version_and_what_stood_before_stays_readable() {
    on_both(async |ground| {
        let first = ground.publishes(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        let desk = ground.desk(&officer).await;
        let bare = correction::begin(desk, &officer, &first.id, " ").await;
        assert!(said(bare.expect_err("nothing explained")).contains("没有写更正说明"));
        let desk = ground.desk(&officer).await;
        let why = "行政许可少报 2 件，已补上";
        let second = correction::begin(desk, &officer, &first.id, why).await.expect("begun");
        let desk = ground.desk(&officer).await;
        let again = correction::begin(desk, &officer, &first.id, why).await;
        assert!(said(again.expect_err("one is under way")).contains("正在更正"));
        let numbers = [("t2.licences", "2")];
        ground.types(&second, Section::Proactive, &numbers, "审批系统").await.expect("typed");
        let second = ground.finishes(&second).await;
        let store = ground.ledger.store();
        let public = Version::public(store, BUREAU, 2026).await.expect("answers").expect("public");
        assert_eq!((public.id, public.number), (second.id.clone(), 2));
        let licences = CellPlace::named("t2.licences").expect("a place");
        for (version, number) in [(&first, "0"), (&second, "2")] {
            let tables = ground.content(version).await.tables(Origin::Own);
            assert_eq!(tables.cell(licences).to_string(), number);
        }
        let all = Version::published_of(store, &first.report).await.expect("answers");
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].explanation, why);
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_is_given_up_leaves_the_report_as_it_is_and_may_be_begun_again() {
    on_both(async |ground| {
        let first = ground.publishes(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        for round in 1..=2 {
            let desk = ground.desk(&officer).await;
            let draft = correction::begin(desk, &officer, &first.id, "核对").await.expect("begun");
            assert_eq!(draft.number, 1 + round);
            let desk = ground.desk(&officer).await;
            correction::drop(desk, &officer, &draft.id).await.expect("given up");
            assert_eq!(ground.now(&draft).await.state, VersionState::Dropped);
        }
        let desk = ground.desk(&officer).await;
        assert!(correction::drop(desk, &officer, &first.id).await.is_err());
    })
    .await;
}
