//! Whoever leaves is told nothing any more, and nothing of him is kept.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use jiff::SignedDuration;

use super::house::{Sample, on_both};
use super::mail::{asks, confirmed, link, settings};
use super::receivers::MailServer;

/// The link of the newest letter after something was published.
async fn told(sample: &Sample, server: &MailServer, path: &str) -> String {
    sample.note("publication", "e1", "一条信息").await;
    sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
    let (_, text) = server.letters().pop().expect("a letter");
    link(&text, path)
}

async fn nothing_left(sample: &Sample) {
    for table in ["notice_subscriber", "notice_subscription", "notice_delivery", "notice_item"] {
        assert_eq!(sample.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_mail_program_leaves_with_one_press_and_from_no_page_of_ours() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        confirmed(&sample, &server, "lin@example.cn", &[]).await;
        let path = told(&sample, &server, "/dingyue/tui/").await;
        let (status, page) = sample.get(&path).await;
        assert!(status == StatusCode::OK && page.contains("l…@example.cn"), "{page}");
        let cut = &path[..path.len() - 10];
        let (_, page) = sample.get(cut).await;
        assert!(page.contains("没有退订"), "a link cut short is no leave: {page}");
        let answer = sample.post(cut, &[]).await;
        assert!(answer.status == StatusCode::NOT_FOUND && answer.text.contains("没有退订"));
        assert_eq!(sample.count("notice_subscriber").await, 1, "opening the link asks only");
        let request = Request::builder()
            .method(Method::POST)
            .uri(&path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "https://mail.example.com")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("List-Unsubscribe=One-Click"))
            .expect("a request");
        let (status, _, _) = web::testing::answer(&sample.portal, request).await;
        assert_eq!(status, StatusCode::OK);
        nothing_left(&sample).await;
        let answer = sample.post(&path, &[]).await;
        assert!(answer.text.contains("已经退订"), "who has left has left");
    })
    .await;
}

#[tokio::test]
async fn an_address_sees_exports_and_erases_what_is_kept_of_it() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        confirmed(&sample, &server, "lin@example.cn", &[("q", "补贴")]).await;
        let path = told(&sample, &server, "/dingyue/wode/").await;
        let (_, page) = sample.get(&path).await;
        assert!(page.contains("领域“就业”") && page.contains("检索词“补贴”"), "{page}");
        let (_, json) = sample.get(&format!("{path}/daochu.json")).await;
        let all: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(all["address"], "lin@example.cn");
        assert_eq!(all["topics"].as_array().map(Vec::len), Some(2));
        assert_eq!(all["sent"].as_array().map(Vec::len), Some(2), "{json}");
        let fields = [("neirong", "search 补贴"), ("pinci", "weekly")];
        assert_eq!(sample.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        let none = sample.post(&path, &[("pinci", "weekly")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.text.contains("至少留下一项"), "{}", none.text);
        let (_, page) = sample.get(&path).await;
        assert!(!page.contains("领域“就业”") && page.contains("检索词“补贴”"), "{page}");
        sample.post(&format!("{path}/shanchu"), &[]).await;
        nothing_left(&sample).await;
        assert!(sample.get(&path).await.1.contains("这个链接已经没有用了"));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_nobody_confirms_is_gone_after_a_week_and_no_sooner() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        asks(&sample, "lin@example.cn", &[]).await;
        for (hours, left) in [(7 * 24 - 1, 1), (7 * 24 + 1, 0)] {
            let later = sample.later(SignedDuration::from_hours(hours)).await;
            notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
            assert_eq!(later.count("notice_subscriber").await, left, "after {hours} hours");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_fills_a_strangers_mailbox() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        let before = server.letters().len();
        for _ in 0..6 {
            asks(&sample, "lin@example.cn", &[]).await;
            sample
                .post("/dingyue/lianjie", &[("fangshi", "email"), ("dizhi", "lin@example.cn")])
                .await;
            sample.dispatch().await;
        }
        assert_eq!(server.letters().len() - before, 3);
        let known = sample
            .post("/dingyue/lianjie", &[("fangshi", "email"), ("dizhi", "lin@example.cn")])
            .await;
        let unknown = sample
            .post("/dingyue/lianjie", &[("fangshi", "email"), ("dizhi", "chen@example.cn")])
            .await;
        assert_eq!(known.text, unknown.text, "whether an address is known is told to nobody");
    })
    .await;
}
