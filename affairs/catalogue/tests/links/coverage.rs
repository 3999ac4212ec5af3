//! 覆盖和按时情况: figures that open down to their rows.

use crate::house::{Sample, over_days};

const API: &str = "/siming/api/v1/catalogue/coverage";

async fn told(sample: &Sample, address: &str) -> serde_json::Value {
    let (status, text) = sample.page(address).await;
    assert_eq!(status.as_u16(), 200, "{address}: {text}");
    serde_json::from_str(&text).expect("JSON")
}

/// One in time, one late, and everything periodic of the year so far.
async fn published(place: &store::Place) -> Sample {
    let early = Sample::at(place, "2026-11-10").await;
    let item = early.key("扶持补贴").await;
    early.publishes("r1", &item, "XM01006", "2026-11-05").await;
    let sample = Sample::at(place, "2026-11-25").await;
    let item = sample.key("机构评估结果").await;
    sample.publishes("r2", &item, "XM01006", "2026-10-20").await;
    sample.computes().await;
    sample
}

#[tokio::test]
async fn every_figure_opens_down_to_the_rows_it_counts() {
    over_days("links_coverage", async |place| {
        let sample = published(&place).await;
        let all = told(&sample, API).await;
        let row = &all["rows"][0];
        assert_eq!(row["key"], "yanglaofuwu", "{all}");
        assert_eq!((&row["items"], &row["published"]), (&5.into(), &2.into()), "{all}");
        assert_eq!(row["coverage"], 0.4);
        assert_eq!((&row["kept"], &row["kept_late"]), (&1.into(), &1.into()), "{all}");
        let states = ["kept", "kept_late", "overdue", "due_soon", "not_due", "waived", "undated"];
        for state in states {
            let rows = told(&sample, &format!("{API}/yanglaofuwu?state={state}")).await;
            let listed = rows["rows"].as_array().expect("a list").len() as i64;
            assert_eq!(row[state], listed, "{state}: {rows}");
        }
        let page = sample.sound("/siming/mulu/fugai").await;
        for part in [
            "养老服务",
            "40.0%",
            "href=\"/siming/mulu/fugai/yanglaofuwu?state=kept_late\"",
            "href=\"/siming/mulu/fugai/yanglaofuwu/mulu\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let counted = sample.sound("/siming/mulu/fugai/yanglaofuwu/mulu").await;
        for part in ["5 个事项，2 个已有公开信息", "href=\"/siming/mulu/yanglaofuwu?state=yes\""]
        {
            assert!(counted.contains(part), "{part}: {counted}");
        }
        let rows = sample.sound("/siming/mulu/fugai/yanglaofuwu?state=kept_late").await;
        assert!(rows.contains("机构评估结果") && rows.contains("迟 6 个工作日"), "{rows}");
        assert!(!rows.contains("关于r1的公告"), "{rows}");
        let id = told(&sample, &format!("{API}/yanglaofuwu?state=kept_late")).await;
        let id = id["rows"][0]["id"].as_str().expect("a key").to_owned();
        let one = sample.sound(&format!("/siming/mulu/fugai/yanglaofuwu/{id}")).await;
        assert!(one.contains("最后一日是2026-11-17（周二）") && one.contains("迟了"), "{one}");
    })
    .await;
}

#[tokio::test]
async fn figures_are_told_by_organ_and_level_and_narrowed_by_each() {
    over_days("links_coverage_by", async |place| {
        let sample = published(&place).await;
        let by_organ = told(&sample, &format!("{API}?by=organ")).await;
        assert_eq!(by_organ["rows"].as_array().map(Vec::len), Some(1), "{by_organ}");
        let organ = &by_organ["rows"][0];
        assert_eq!((&organ["key"], &organ["items"]), (&"XM01006".into(), &5.into()), "{by_organ}");
        assert_eq!((&organ["name"], &organ["published"]), (&"思明区民政局".into(), &2.into()));
        assert_eq!(by_organ["total"], told(&sample, API).await["total"], "each item once");
        let by_level = told(&sample, "/api/v1/catalogue/coverage?by=level").await;
        assert_eq!(by_level["rows"][0]["name"], "区级", "{by_level}");
        assert_eq!(by_level["total"], told(&sample, "/api/v1/catalogue/coverage").await["total"]);
        let none = told(&sample, "/api/v1/catalogue/coverage?level=township").await;
        assert_eq!(none["rows"], serde_json::json!([]), "{none}");
        let town = sample.sound("/siming/xiagang/mulu/fugai").await;
        assert!(town.contains("还没有可以统计的目录"), "{town}");
        for by in ["", "organ", "level"] {
            sample.sound(&format!("/mulu/fugai?by={by}")).await;
        }
        let (_, csv) = sample.page("/siming/mulu/fugai.csv?by=organ").await;
        assert!(csv.starts_with("\u{feff}名称,代码,事项,已有公开信息,目录覆盖率"), "{csv}");
        assert!(csv.contains("思明区民政局,XM01006,5,2,40.0%,1,1,"), "{csv}");
        for wrong in [
            "/mulu/fugai?by=year",
            "/mulu/fugai?level=village",
            "/mulu/fugai/quanbu",
            "/mulu/fugai/yanglaofuwu?state=gone",
        ] {
            assert_eq!(sample.page(wrong).await.0.as_u16(), 400, "{wrong}");
        }
        assert_eq!(sample.page("/mulu/fugai/yuye").await.0.as_u16(), 404);
        sample.sound("/siming/mulu/fugai/quanbu?organ=XM01006").await;
    })
    .await;
}

#[tokio::test]
async fn rows_for_a_certain_group_are_counted_and_not_shown() {
    over_days("links_coverage_held", async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let item = sample.key("个人补贴名单").await;
        sample.publishes("r9", &item, "XM01006", "2026-10-20").await;
        let row = &told(&sample, API).await["rows"][0];
        assert_eq!((&row["published"], &row["kept_late"]), (&1.into(), &1.into()), "{row}");
        let rows = told(&sample, &format!("{API}/yanglaofuwu")).await;
        assert_eq!(rows["held"], 1, "{rows}");
        assert!(!rows.to_string().contains("r9"), "{rows}");
        for page in ["/siming/mulu/fugai/yanglaofuwu?state=kept_late", "/siming/mulu/fugai"] {
            let page = sample.sound(page).await;
            assert!(!page.contains("r9") && !page.contains("个人补贴名单"), "{page}");
        }
        let own = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        assert!(!own.contains("起算") && own.contains("只面向特定群体"), "{own}");
    })
    .await;
}

#[tokio::test]
async fn a_long_list_goes_on_where_the_page_before_ended() {
    over_days("links_coverage_pages", async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        let item = sample.key("扶持补贴").await;
        for number in 0..120 {
            let made_on = format!("2026-{:02}-{:02}", 1 + number % 9, 1 + number % 28);
            sample.publishes(&format!("r{number:03}"), &item, "XM01006", &made_on).await;
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = told(&sample, &format!("{API}/yanglaofuwu?item={item}{after}")).await;
            let rows = page["rows"].as_array().expect("a list").clone();
            assert!(rows.len() <= 20);
            seen.extend(rows.into_iter().map(|row| row["id"].to_string()));
            match page["next"].as_str() {
                Some(next) => after = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 120);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "no row stands on two pages");
    })
    .await;
}
