//! How an item stands, on its own page.

use catalogue::acts::event;

use crate::house::{Sample, over_days};

#[tokio::test]
async fn what_was_published_on_day_21_shows_as_late_with_its_counted_days() {
    over_days("links_late", async |place| {
        let sample = Sample::at(&place, "2026-11-18").await;
        let item = sample.key("扶持补贴").await;
        sample.publishes("r1", &item, "XM01006", "2026-10-20").await;
        let page = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        for part in [
            "迟公开",
            "迟 1 个工作日",
            "曾迟公开",
            "<time datetime=\"2026-10-20\">2026-10-20</time> 起算",
            "最迟 <time datetime=\"2026-11-17\">2026-11-17</time> 公开",
            "<time datetime=\"2026-11-18\">2026-11-18</time> 公开",
            "<a href=\"/siming/wenjian/r1\">关于r1的公告</a>",
            "从次日起数到第20个工作日，最后一日是2026-11-17（周二）。",
            "<dt>最近更新</dt><dd><time datetime=\"2026-11-18\">",
            "<dt>一键直达</dt><dd><a href=\"/siming/wenjian/r1\">",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("id=\"cuiban\""), "nothing is missing, so nothing is asked for");
        let city = sample.page(&format!("/mulu/yanglaofuwu/{item}")).await.0;
        assert_eq!(city.as_u16(), 404, "the city has no catalogue of its own here");
    })
    .await;
}

#[tokio::test]
async fn what_was_published_on_day_20_is_in_time() {
    over_days("links_intime", async |place| {
        let sample = Sample::at(&place, "2026-11-17").await;
        let item = sample.key("扶持补贴").await;
        sample.publishes("r1", &item, "XM01006", "2026-10-20").await;
        let page = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        assert!(page.contains("按时公开") && !page.contains("迟 1"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_may_be_asked_for_and_what_comes_next_is_told() {
    over_days("links_overdue", async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        sample.computes().await;
        let item = sample.key("床位统计").await;
        let page = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        assert!(page.contains("2026年第4季度") && page.contains("尚未公开"), "{page}");
        assert!(
            page.contains("<dt>下次应公开</dt><dd>最迟 <time datetime=\"2027-01-15\">"),
            "{page}"
        );
        let item = sample.key("扶持补贴").await;
        sample.publishes("r1", &item, "XM01006", "2026-10-15").await;
        // One record answers one of two events; the other is still open.
        for (words, day) in [("补贴标准已批准", 19), ("补贴对象已确定", 20)] {
            let happened = event::Registration {
                organ: "XM01006".into(),
                domain: "养老服务".into(),
                item: item.clone(),
                words: words.into(),
                happened_on: law::day(2026, 10, day),
            };
            event::keep(sample.desk().await, happened).await.expect("registers");
        }
        let page = sample.sound(&format!("/siming/mulu/yanglaofuwu/{item}")).await;
        for part in ["逾期未更新", "逾期", "id=\"cuiban\"", "补贴标准已批准", "迟 7 个工作日"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        let table = sample.sound("/siming/mulu/yanglaofuwu").await;
        let link = format!("href=\"/siming/mulu/yanglaofuwu/{item}#cuiban\">我要催一下");
        for part in ["逾期未更新", "受限公开", link.as_str(), "class=\"kpi over\""] {
            assert!(table.contains(part), "{part}: {table}");
        }
        let late = sample.sound("/siming/mulu/yanglaofuwu?state=overdue").await;
        assert!(late.contains(">扶持补贴</a>") && !late.contains(">床位统计</a>"), "{late}");
        let none = sample.sound("/siming/mulu/yanglaofuwu?state=none").await;
        assert!(none.contains(">床位统计</a>") && !none.contains(">个人补贴名单</a>"), "{none}");
    })
    .await;
}
