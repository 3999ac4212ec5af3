//! What everybody sees of the board.

use crate::ground::{BUREAU, OTHER, SMALL, on_both};

#[tokio::test]
async fn the_board_says_what_was_kept_and_leads_down_to_every_case() {
    on_both(async |ground| {
        let empty = ground.sound("/kanban").await;
        assert!(empty.contains("还没有可以统计的数字"), "{empty}");
        ground.summer().await;
        ground.counts().await;
        let city = ground.sound("/kanban").await;
        for words in
            ["2026年第三季度", "75.0%", "还没有定稿", "基线", "按时率不到 90%", "<svg", "思明区"]
        {
            assert!(city.contains(words), "{words}: {city}");
        }
        let bureau = ground.sound(&format!("/kanban/{BUREAU}")).await;
        assert!(
            bureau.contains("80.0%") && bureau.contains("到期 10 件，2 件没有按时公开"),
            "{bureau}"
        );
        let few = ground.sound(&format!("/kanban/{SMALL}")).await;
        assert!(few.contains("1/1") && !few.contains("100.0%"), "one of one is no rate: {few}");
        let rows = ground.sound("/kanban/mingxi?leixing=publication&jieguo=overdue").await;
        assert!(
            rows.contains("事项a9") && rows.contains("事项c0") && !rows.contains("事项a8"),
            "{rows}"
        );
        let compare = ground.sound("/kanban/bijiao?paixu=-anshi").await;
        assert!(compare.contains("aria-sort=\"ascending\""), "{compare}");
        let method = ground.sound("/kanban/suanfa").await;
        assert!(method.contains("测试台账") && method.contains("第二十六条"), "{method}");
    })
    .await;
}

/// The number of a CSV's rows, and its text.
fn rows_of(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count() - 1
}

#[tokio::test]
async fn every_item_behind_coverage_and_renewal_is_listed_and_each_chart_has_its_numbers() {
    on_both(async |ground| {
        ground.summer().await;
        ground.counts().await;
        let told = ground.read(&format!("/kanban/{BUREAU}?format=json")).await.1;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        for (measure, name) in [("fugai", "coverage"), ("gengxin", "current")] {
            let own = format!("/kanban/shixiang?zhibiao={measure}&jiguan={BUREAU}");
            let all = ground.read(&format!("{own}&format=csv")).await.1;
            let there = ground.read(&format!("{own}&jieguo=you&format=csv")).await.1;
            let lacking = ground.read(&format!("{own}&jieguo=mei&format=csv")).await.1;
            let rate = &told["scope"][name];
            assert_eq!(rate["whole"], rows_of(&all), "{measure}: {all}");
            assert_eq!(rate["part"], rows_of(&there), "{measure}: {there}");
            assert_eq!(rows_of(&all), rows_of(&there) + rows_of(&lacking), "{measure}");
            let page = ground.sound(&own).await;
            assert!(page.contains("事项a0") && page.contains("逐项"), "{page}");
        }
        let board = ground.sound("/kanban").await;
        assert!(board.contains("/kanban/shixiang?jidu="), "{board}");
        for chart in ["jiguan", "zoushi", "yiwu"] {
            assert!(
                board.contains(&format!("format=csv&amp;tu={chart}"))
                    || board.contains(&format!("format=csv&#38;tu={chart}")),
                "{chart}: {board}"
            );
            let (status, numbers) = ground.read(&format!("/kanban?format=csv&tu={chart}")).await;
            assert!(status == 200 && rows_of(&numbers) > 0, "{chart}: {status} {numbers}");
        }
        for (address, status) in [
            ("/kanban?format=csv&tu=meiyou", 404),
            ("/kanban/shixiang?zhibiao=x", 400),
            ("/kanban/shixiang?jieguo=x", 400),
            ("/kanban/shixiang?format=xml", 400),
        ] {
            assert_eq!(ground.read(address).await.0, status, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_district_sees_its_own_organs_alone() {
    on_both(async |ground| {
        ground.summer().await;
        ground.counts().await;
        let siming = ground.sound("/siming/kanban").await;
        assert!(siming.contains("区民政局") && !siming.contains("湖里区民政局"), "{siming}");
        assert_eq!(ground.read(&format!("/siming/kanban/{OTHER}")).await.0, 404);
        let rows = ground.read("/siming/kanban/mingxi?format=csv").await.1;
        assert!(rows.contains("事项a0") && !rows.contains("事项c0"), "{rows}");
    })
    .await;
}

#[tokio::test]
async fn a_published_quarter_keeps_its_address_and_its_numbers_after_a_correction() {
    on_both(async |ground| {
        ground.summer().await;
        let october = ground.on("2026-10-20").await;
        october.counts().await;
        october
            .says("UPDATE testing_case SET done = '2026-08-20' WHERE id = 'a8'")
            .await
            .expect("done");
        october.counts().await;
        let newest = october.sound("/kanban?jidu=2026-Q3").await;
        assert!(newest.contains("更正（第 2 版）") && newest.contains("83.3%"), "{newest}");
        let first = october.sound("/kanban?jidu=2026-Q3&banben=1").await;
        assert!(first.contains("75.0%") && first.contains("后来作过更正"), "{first}");
        let feed = october.read("/kanban/dinggao.atom").await.1;
        assert!(feed.contains("第三季度公开质量数字更正") && feed.contains("数字定稿"), "{feed}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_shown_says_what_to_do() {
    on_both(async |ground| {
        ground.summer().await;
        ground.counts().await;
        for (address, status) in [
            ("/kanban?jidu=2026-Q9", 400),
            ("/kanban?jidu=2019-Q1", 404),
            ("/kanban?format=xml", 400),
            ("/kanban?jidu=2026-Q3&banben=7", 404),
            ("/kanban/XM99999", 404),
            ("/kanban/bijiao?paixu=x", 400),
            ("/kanban/mingxi?jieguo=x", 400),
            ("/kanban/mingxi?after=x", 400),
        ] {
            assert_eq!(ground.read(address).await.0, status, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_of_cases_has_all_of_them_however_many_there_are() {
    on_both(async |ground| {
        ground.summer().await;
        ground.counts().await;
        let more = "INSERT INTO quality_case (counted, ordinal, kind, organ, division, domain, words, path,
                           last_on, done_on, days, extended, stated, outcome, reason, listed)
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050)
                    SELECT c.counted, 100000 + n.i, c.kind, c.organ, c.division, c.domain, c.words, c.path,
                           c.last_on, c.done_on, c.days, c.extended, c.stated, c.outcome, c.reason, c.listed
                      FROM n CROSS JOIN quality_case c
                     WHERE c.ordinal = (SELECT MIN(ordinal) FROM quality_case WHERE counted = c.counted)";
        ground.says(more).await.expect("many");
        let file = ground.read("/kanban/mingxi?format=csv").await.1;
        assert!(file.lines().count() > 10_050, "{} lines", file.lines().count());
    })
    .await;
}
