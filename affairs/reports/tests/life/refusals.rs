//! What stands in the way of 送审, 定稿 and 公布.

use std::collections::BTreeMap;

use reports::acts::{drafting, reopening, unmoved};
use reports::checking;
use reports::store::VersionState;
use reports_rules::{Breach, Section};
use review::{Step, Unit, publication};

use crate::ground::{Asked, BUREAU, by, on_both, on_both_at, said};

#[tokio::test]
async fn a_report_goes_to_review_when_its_year_is_over_and_not_a_day_earlier() {
    on_both_at("2026-11-26T02:00:00Z", async |early| {
        early.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let version = early.opens(BUREAU, 2026).await;
        early.writes(&version, "没有其他情况。").await;
        // The last day of the year is still a day of the year, in China.
        let eve = early.on("2026-12-31T15:59:00Z");
        for ground in [&early, &eve] {
            let refused = said(ground.submits(&version).await.expect_err("the year runs"));
            assert!(refused.contains("还没有过完") && refused.contains("2027-01-01"), "{refused}");
        }
        let after = early.on("2026-12-31T16:01:00Z");
        let unit = after.submits(&version).await.expect("handed in");
        for of in [Step::First, Step::Secrecy] {
            after.passes(&unit, of).await.expect("passed");
        }
        let refused = said(eve.freezes(&version).await.expect_err("the year runs"));
        assert!(refused.contains("还没有过完"), "{refused}");
        after.freezes(&version).await.expect("frozen");
        after.passes(&unit, Step::Signature).await.expect("signed");
        let publisher = by(BUREAU, "publisher");
        let desk = eve.desk(&publisher).await;
        let early = publication::keep(desk, &eve.publishers, &unit.id, &publisher).await;
        let refused = format!("{:?}", early.expect_err("the year runs"));
        assert!(refused.contains("还没有过完"), "{refused}");
        after.releases(&unit).await;
    })
    .await;
}

#[tokio::test]
async fn broken_identities_block_and_what_may_be_explained_needs_its_explanation() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2025-01", "2025-03-03", None)]).await;
        ground.publishes(BUREAU, 2025).await;
        let version = ground.opens(BUREAU, 2026).await;
        let silent = said(ground.submits(&version).await.expect_err("no prose"));
        assert!(silent.contains("还没有写：主动公开"), "{silent}");
        ground.writes(&version, "按要求开展，没有其他情况。").await;
        // One request was carried out of 2025; the register now says none was.
        let change = ground.change().await;
        change.run("DELETE FROM testing_request", vec![]).await.expect("gone");
        change.commit().await.expect("kept");
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let moved = said(ground.submits(&version).await.expect_err("nobody has seen it"));
        assert!(moved.contains("登记簿有变动") && moved.contains("重新取数"), "{moved}");
        ground.counts(&version).await;
        let open = said(ground.submits(&version).await.expect_err("I4"));
        assert!(open.contains("不符合勾稽关系"), "{open}");
        let officer = by(BUREAU, "foi_officer");
        let given: BTreeMap<String, String> = ["I4:c1", "I4:c7"]
            .into_iter()
            .map(|name| (name.to_owned(), "机构改革，申请转由其他机关办理".to_owned()))
            .collect();
        let desk = ground.desk(&officer).await;
        drafting::explain(desk, &officer, &version.id, &given).await.expect("explained");
        ground.submits(&version).await.expect("handed in");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_filled_in_is_not_zero_and_stands_in_the_way() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.tells(&version, "没有其他情况。").await;
        let names = async || {
            let content = ground.content(&version).await;
            let checks = checking::check(ground.ledger.store(), &version, &content).await;
            let breaches = checks.expect("looked at").breaches;
            breaches.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let open = names().await;
        assert_eq!(open.len(), 12, "ten cells and two tables: {open:?}");
        let refused = said(ground.submits(&version).await.expect_err("nothing is filled in"));
        assert!(refused.contains("有 12 处"), "{refused}");
        ground
            .types(&version, Section::Proactive, &[("t2.licences", "0")], "台账")
            .await
            .expect("0");
        assert!(!names().await.contains(&"I6:t2.licences".to_owned()));
        ground.fills(&version).await;
        assert_eq!(names().await, Vec::<String>::new());
        ground.submits(&version).await.expect("handed in");
    })
    .await;
}

#[tokio::test]
async fn the_fee_told_is_the_fee_collected() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("4700元-1", "2026-03-03", None)]).await;
        let version = ground.opens(BUREAU, 2026).await;
        let fee = "processing_fee";
        let content = ground.content(&version).await;
        assert_eq!(content.texts[fee], "2026年度收取信息处理费4700元。", "it is filled in");
        for (text, may) in [
            ("本年度没有收取信息处理费。", "第六部分写没有收取信息处理费，登记簿里收取了 4700 元"),
            ("按规定办理。", "第六部分没有写出金额"),
            ("共收取信息处理费 4,500 元。", "第六部分写收取信息处理费 4500 元"),
        ] {
            ground.writes(&version, text).await;
            let refused = said(ground.submits(&version).await.expect_err("another fee"));
            assert!(refused.contains("不符合勾稽关系"), "{text}: {refused}");
            let content = ground.content(&version).await;
            let checks = checking::check(ground.ledger.store(), &version, &content).await;
            let words: Vec<String> =
                checks.expect("looked at").breaches.iter().map(Breach::words).collect();
            assert!(words.len() == 1 && words[0].contains(may), "{text}: {words:?}");
        }
        ground.writes(&version, "收取信息处理费0.47万元。").await;
        // What is paid until it is frozen changes the fee that must be told.
        ground
            .registers(BUREAU, &[Asked("300元-2", "2025-03-03", Some(("G2", "2025-03-09")))])
            .await;
        let moved = said(ground.submits(&version).await.expect_err("5000"));
        assert!(moved.contains("取数以后登记簿有变动：收取信息处理费情况"), "{moved}");
        ground.counts(&version).await;
        ground.writes(&version, "实收信息处理费5000元。").await;
        ground.finishes(&version).await;
    })
    .await;
}

#[tokio::test]
async fn prose_that_says_another_number_than_the_table_is_a_doubt_to_be_explained() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "本年新收政府信息公开申请7件。").await;
        let refused = said(ground.submits(&version).await.expect_err("I7"));
        assert!(refused.contains("存疑没有说明"), "{refused}");
        ground.writes(&version, "本年新收政府信息公开申请1件。").await;
        ground.submits(&version).await.expect("handed in");
    })
    .await;
}

#[tokio::test]
async fn a_number_against_the_register_needs_its_reason_and_nothing_else_may_be_broken() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let why = "机构改革前原机关另收一件，登记簿未移交";
        let three = Section::Requests;
        ground.types(&version, three, &[("t3.r01.c1", "2")], why).await.expect("typed");
        let officer = by(BUREAU, "foi_officer");
        let explain = async |names: &[&str]| {
            let given = names.iter().map(|name| ((*name).to_owned(), why.to_owned())).collect();
            let desk = ground.desk(&officer).await;
            drafting::explain(desk, &officer, &version.id, &given).await.expect("explained");
        };
        let register = ["I10:r01.c1", "I10:r01.c7"];
        explain(&register).await;
        let refused = said(ground.submits(&version).await.expect_err("I1"));
        assert!(refused.contains("不符合勾稽关系"), "{refused}");
        ground.types(&version, three, &[("t3.r25.c1", "2")], why).await.expect("typed");
        let refused = said(ground.submits(&version).await.expect_err("I10 of the other row"));
        assert!(refused.contains("有 2 处不符合勾稽关系"), "{refused}");
        explain(&["I10:r25.c1", "I10:r25.c7"]).await;
        let public = ground.finishes(&version).await;
        let content = ground.content(&public).await;
        let signed = reports::acts::publication::signed(&public, &content, vec![]);
        let told = signed.parts.iter().find(|part| part.name == "说明 I10:r01.c1");
        assert_eq!(told.map(|part| part.text.as_str()), Some(why), "it is signed with the report");
    })
    .await;
}

#[tokio::test]
async fn what_is_under_review_or_frozen_is_not_changed_and_comes_back_with_a_reason() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        for frozen in [false, true] {
            let unit = match frozen {
                true => ground.signs(&version).await,
                false => ground.submits(&version).await.expect("handed in"),
            };
            let state = ground.now(&version).await.state;
            assert_eq!(state == VersionState::Frozen, frozen, "{state:?}");
            let fees = [("t2.fees", "1")];
            let refused = ground.types(&version, Section::Proactive, &fees, "财政").await;
            assert!(said(refused.expect_err("bound")).contains("不在起草阶段"));
            let twice = ground.submits(&version).await;
            assert!(said(twice.expect_err("handed in already")).contains("不在起草阶段"));
            let head = by(BUREAU, "foi_head");
            let bare = reopening::keep(&ground.ledger, &head, &version.id, "").await;
            assert!(said(bare.expect_err("no reason")).contains("没有写理由"));
            let why = "漏了一项";
            reopening::keep(&ground.ledger, &head, &version.id, why).await.expect("reopened");
            let now = ground.now(&version).await;
            assert_eq!((now.state, now.returned.as_str()), (VersionState::Draft, why));
            assert_eq!((now.frozen_on, now.frozen_hash), (None, None));
            let ended = Unit::find(ground.ledger.store(), &unit.id).await.expect("answers");
            assert!(ended.expect("kept").state.is_ended());
        }
        ground.finishes(&version).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_frozen_was_reviewed_and_what_is_signed_is_frozen() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let early = said(ground.freezes(&version).await.expect_err("a draft"));
        assert!(early.contains("正在起草"), "{early}");
        let unit = ground.submits(&version).await.expect("handed in");
        ground.passes(&unit, Step::First).await.expect("passed");
        let early = said(ground.freezes(&version).await.expect_err("no 保密审查 yet"));
        assert!(early.contains("还没有审查完"), "{early}");
        ground.passes(&unit, Step::Secrecy).await.expect("passed");
        let early = ground.passes(&unit, Step::Signature).await.expect_err("not frozen");
        assert!(format!("{early:?}").contains("还没有定稿"), "{early:?}");
        let forged = ground.change().await;
        let sql = "UPDATE annual_report_version SET frozen_on = '2027-01-12', frozen_hash = 'x'
                    WHERE id = $1";
        let outcome = forged.run(sql, vec![version.id.clone().into()]).await;
        assert!(outcome.is_err(), "a hash that nobody reviewed");
        drop(forged);
        let hash = ground.freezes(&version).await.expect("frozen");
        let twice = said(ground.freezes(&version).await.expect_err("frozen already"));
        assert!(twice.contains("已经定稿"), "{twice}");
        let unit = ground.passes(&unit, Step::Signature).await.expect("signed");
        assert_eq!(unit.pieces[0].hash, hash, "what is signed is what was frozen");
        let head = by(BUREAU, "foi_head").person;
        assert!(!unit.authors.contains(&head), "whoever freezes wrote nothing");
        ground.releases(&unit).await;
        let now = ground.now(&version).await;
        assert_eq!(now.frozen_hash.as_deref(), Some(hash.as_str()));
        let content = ground.content(&now).await;
        let signed = reports::acts::publication::signed(&now, &content, vec![]);
        assert_eq!(signed.hash(), hash, "and what is public");
    })
    .await;
}

#[tokio::test]
async fn what_came_into_the_register_since_it_was_handed_in_sends_it_back() {
    on_both(async |ground| {
        ground.registers(BUREAU, &[Asked("2026-01", "2026-03-03", None)]).await;
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let unit = ground.submits(&version).await.expect("handed in");
        for of in [Step::First, Step::Secrecy] {
            ground.passes(&unit, of).await.expect("passed");
        }
        ground.registers(BUREAU, &[Asked("2026-02", "2026-04-03", None)]).await;
        let moved = said(ground.freezes(&version).await.expect_err("the register moved"));
        assert!(moved.contains("登记簿有变动") && moved.contains("重新取数"), "{moved}");
        let head = by(BUREAU, "foi_head");
        reopening::keep(&ground.ledger, &head, &version.id, "登记簿有变动").await.expect("back");
        ground.finishes(&version).await;
        let tables = ground.content(&version).await.tables(reports::store::Origin::Own);
        let received = reports_rules::CellPlace::named("t3.r01.c7").expect("a place");
        assert_eq!(tables.cell(received).to_string(), "2");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_published_without_its_review_or_by_another_organ() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        ground.writes(&version, "没有。").await;
        let unit = ground.submits(&version).await.expect("handed in");
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

#[tokio::test]
async fn what_somebody_else_wrote_since_a_page_was_opened_is_noticed() {
    on_both(async |ground| {
        let version = ground.opens(BUREAU, 2026).await;
        let officer = by(BUREAU, "foi_officer");
        let print = async || {
            unmoved::print(ground.ledger.store(), &version).await.expect("the database answers")
        };
        let stands = async |shown: &str| {
            let desk = ground.desk(&officer).await;
            unmoved::unmoved(&desk, &version.id, shown).await
        };
        let opened = print().await;
        stands(&opened).await.expect("as it was shown");
        ground.writes(&version, "没有。").await;
        let written = print().await;
        stands(&written).await.expect("as it is shown now");
        ground
            .types(&version, Section::Proactive, &[("t2.fees", "1")], "财政")
            .await
            .expect("typed");
        for moved in [opened, written, String::new()] {
            let refused = said(stands(&moved).await.expect_err("it is another now"));
            assert!(refused.contains("有人改动过"), "{refused}");
        }
        let shown = print().await;
        ground.submits(&version).await.expect("handed in");
        stands(&shown).await.expect_err("it is under review now");
    })
    .await;
}
