//! What stands in the way of 定稿 and 公布.

use std::collections::BTreeMap;

use reports::acts::{drafting, freezing, reopening};
use reports::store::VersionState;
use reports_rules::Section;
use review::{Unit, publication};

use crate::ground::{Asked, BUREAU, SOURCE, by, on_both, said};

#[tokio::test]
async fn broken_identities_block_and_what_may_be_explained_needs_its_explanation() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2025-01", "2025-03-03", None)]).await;
        ground.publishes(BUREAU, 2025).await;
        let version = ground.opens(BUREAU, 2026).await;
        let silent = said(ground.freezes(&version).await.expect_err("no prose"));
        assert!(silent.contains("还没有写：主动公开"), "{silent}");
        ground.writes(&version, "按要求开展，没有其他情况。").await;
        // One request was carried out of 2025; the register now says none was.
        let change = ground.change().await;
        change.run("DELETE FROM testing_request", vec![]).await.expect("gone");
        change.commit().await.expect("kept");
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let open = said(ground.freezes(&version).await.expect_err("I4"));
        assert!(open.contains("不符合勾稽关系"), "{open}");
        let officer = by(BUREAU, "foi_officer");
        let given: BTreeMap<String, String> = ["I4:c1", "I4:c7"]
            .into_iter()
            .map(|name| (name.to_owned(), "机构改革，申请转由其他机关办理".to_owned()))
            .collect();
        let desk = ground.desk(&officer).await;
        drafting::explain(desk, &officer, &version.id, &given).await.expect("explained");
        ground.freezes(&version).await.expect("frozen");
    })
    .await;
}

#[tokio::test]
async fn prose_that_says_another_number_than_the_table_is_a_doubt_to_be_explained() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "本年新收政府信息公开申请7件。").await;
        let refused = said(ground.freezes(&version).await.expect_err("I7"));
        assert!(refused.contains("存疑没有说明"), "{refused}");
        ground.writes(&version, "本年新收政府信息公开申请1件。").await;
        ground.freezes(&version).await.expect("frozen");
    })
    .await;
}

#[tokio::test]
async fn a_frozen_report_is_not_changed_and_comes_back_with_a_reason() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let unit = ground.freezes(&version).await.expect("frozen");
        let refused = ground.types(&version, Section::Proactive, &[("t2.fees", "1")], "财政").await;
        assert!(said(refused.expect_err("frozen")).contains("不在起草阶段"));
        let head = by(BUREAU, "foi_head");
        let desk = ground.desk(&head).await;
        let twice =
            freezing::keep(desk, &ground.publishers, &[SOURCE], &head, &version.id, None).await;
        assert!(said(twice.expect_err("frozen already")).contains("不在起草阶段"));
        let bare = reopening::keep(&ground.ledger, &head, &version.id, "").await;
        assert!(said(bare.expect_err("no reason")).contains("没有写理由"));
        reopening::keep(&ground.ledger, &head, &version.id, "漏了一项").await.expect("reopened");
        let now = ground.now(&version).await;
        assert_eq!((now.state, now.returned.as_str()), (VersionState::Draft, "漏了一项"));
        let ended =
            Unit::find(ground.ledger.store(), &unit.id).await.expect("answers").expect("kept");
        assert!(ended.state.is_ended());
        ground.finishes(&version).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_published_without_its_review_or_by_another_organ() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let unit = ground.freezes(&version).await.expect("frozen");
        let publisher = by(BUREAU, "publisher");
        let desk = ground.desk(&publisher).await;
        assert!(publication::keep(desk, &ground.publishers, &unit.id, &publisher).await.is_err());
        let change = ground.change().await;
        let sql = "UPDATE annual_report_version SET state = 'published', publication = 'x',
                   published_at = '2027', published_on = '2027-01-01' WHERE id = $1";
        assert!(change.run(sql, vec![version.id.clone().into()]).await.is_err());
        drop(change);
        let stranger = by("XM01002", "foi_officer");
        let desk = ground.desk(&stranger).await;
        let others = drafting::explain(desk, &stranger, &version.id, &BTreeMap::new()).await;
        assert!(said(others.expect_err("not theirs")).contains("没有这份年度报告"));
    })
    .await;
}
