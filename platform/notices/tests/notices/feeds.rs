//! Feeds and calendars, as programs read them.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use notices::Settings;

use super::house::on_both;

#[tokio::test]
async fn everything_that_can_be_followed_has_a_feed_with_tombstones() {
    on_both(&Settings::default(), async |sample| {
        sample.note("publication", "k1", "鸿山社区居委会招聘公告").await;
        for path in [
            "/dingyue/atom/lingyu/jiuye.atom",
            "/dingyue/atom/jigou/XM01101.atom",
            "/dingyue/atom/cun/350203001001.atom",
            "/dingyue/atom/shixiang/jiuye.00000001.atom",
            "/dingyue/atom/jiansuo/jieguo.atom?q=%E6%8B%9B%E8%81%98",
        ] {
            let (status, text) = sample.get(path).await;
            assert_eq!(status, StatusCode::OK, "{path}: {text}");
            assert!(text.contains("鸿山社区居委会招聘公告"), "{path}: {text}");
            let gone = "<at:deleted-entry ref=\"tag:yunhu.example,2026:/wenjian/weg\"";
            assert!(text.contains(gone), "{path}: {text}");
            let ids: Vec<&str> = text.split("<id>").skip(1).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}");
        }
        for path in [
            "/dingyue/atom/lingyu/meiyou.atom",
            "/dingyue/atom/lingyu/jiuye",
            "/dingyue/atom/meiyou/jiuye.atom",
            "/dingyue/atom/cun/350203001000.atom",
            "/siming/dingyue/atom/cun/350210001001.atom",
        ] {
            assert_eq!(sample.get(path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let (status, _) = sample.get("/dingyue/atom/jiansuo/jieguo.atom").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    })
    .await;
}

#[tokio::test]
async fn days_are_had_as_a_calendar() {
    on_both(&Settings::default(), async |sample| {
        let (status, text) = sample.get("/dingyue/riqi.ics").await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            text.contains("SUMMARY:征求意见截止") && text.contains("DTSTART;VALUE=DATE:20261126")
        );
        // The invented site has told no hours.
        let (status, page) = sample.get("/dingyue/bangong.ics").await;
        assert!(status == StatusCode::CONFLICT && page.contains("没有登记对外办公时间"), "{page}");
    })
    .await;
}
