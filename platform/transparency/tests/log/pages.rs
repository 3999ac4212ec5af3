//! What people see of the log, and how machines are served.

use super::house::{Sample, content, publication};
use ledger::{Leaf, Withdrawal};

async fn page(sample: &Sample, path: &str) -> String {
    let (status, _, body) = sample.ask(path).await;
    assert_eq!(status, 200, "{path}");
    String::from_utf8(body).expect("text")
}

async fn status(sample: &Sample, path: &str) -> u16 {
    sample.ask(path).await.0
}

#[tokio::test]
async fn machines_are_served_in_exactly_the_form() {
    let sample = Sample::open().await;
    assert_eq!(status(&sample, "/checkpoint").await, 404, "nothing is signed yet");
    sample.publish(0, 300).await;
    sample.grow().await;
    for (path, kind, caching, length) in [
        ("/checkpoint", "text/plain; charset=utf-8", "public, max-age=1", None),
        (
            "/tile/0/000",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
            Some(8192),
        ),
        (
            "/tile/0/001.p/44",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
            Some(44 * 32),
        ),
        (
            "/tile/0/001.p/3",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
            Some(96),
        ),
        (
            "/tile/1/000.p/1",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
            Some(32),
        ),
        (
            "/tile/entries/001.p/44",
            "application/octet-stream",
            "public, max-age=31536000, immutable",
            None,
        ),
    ] {
        let (status, headers, body) = sample.ask(path).await;
        assert_eq!((status, headers["content-type"].as_bytes()), (200, kind.as_bytes()), "{path}");
        assert_eq!(headers["cache-control"], caching, "{path}");
        assert!(length.is_none_or(|length| body.len() == length), "{path}: {}", body.len());
    }
    for path in [
        "/tile/0/001",
        "/tile/0/001.p/45",
        "/tile/0/002.p/1",
        "/tile/1/000",
        "/tile/2/000.p/1",
        "/tile/0/000.p/256",
        "/tile/0/0",
        "/tile/8/0/000",
        "/tile/entries/002.p/1",
        "/tile/x",
        "/tile/0/000/",
        "/tile/0/%30%30%31",
        "/tile/99/000",
        "/tile/0/x000/000",
        "/tile/0/x999/x999/x999/x999/x999/999",
    ] {
        let found = sample.ask(path).await;
        assert_eq!(found.0, 404, "{path}");
    }
}

#[tokio::test]
async fn what_is_published_waits_visibly_until_it_is_signed() {
    let sample = Sample::open().await;
    sample.act(publication("record:1")).await;
    let before = page(&sample, "/gongkai-rizhi/0").await;
    assert!(before.contains("正在等待签署"), "{before}");
    assert_eq!(status(&sample, "/gongkai-rizhi/0.tlog-proof").await, 503);
    sample.grow().await;
    let after = page(&sample, "/gongkai-rizhi/0").await;
    assert!(after.contains("根摘要") && after.contains("0.tlog-proof"), "{after}");
    for path in ["1", "00", "+0", "-1", "x", "0.exe", "0.", "99999999999999999999"] {
        assert_eq!(status(&sample, &format!("/gongkai-rizhi/{path}")).await, 404, "{path}");
    }
}

/// What was corrected or is gone is not to be had from the log.
#[tokio::test]
async fn the_original_is_given_out_only_of_what_is_shown_now() {
    let sample = Sample::open().await;
    sample.act(publication("record:1")).await;
    sample.act(publication("record:hidden")).await;
    assert_eq!(status(&sample, "/gongkai-rizhi/0.bin").await, 200);
    assert_eq!(status(&sample, "/gongkai-rizhi/1.bin").await, 404, "its room does not show it");
    sample.act(publication("record:1").correcting()).await;
    assert_eq!(status(&sample, "/gongkai-rizhi/0.bin").await, 404, "it was corrected");
    let (_, _, bytes) = sample.ask("/gongkai-rizhi/2.bin").await;
    assert_eq!(bytes[32..], *content("record:1").as_bytes());
    sample.act(Leaf::withdrawal("record:1", Withdrawal::InError)).await;
    for path in ["0.bin", "2.bin", "3.bin"] {
        assert_eq!(status(&sample, &format!("/gongkai-rizhi/{path}")).await, 404, "{path}");
    }
    sample.grow().await;
    let gone = page(&sample, "/gongkai-rizhi/3").await;
    for words in ["撤下（误发）", "发布（第 0 条）", "更正（第 2 条）"] {
        assert!(gone.contains(words), "{words}: {gone}");
    }
    assert!(!gone.contains("3.bin") && gone.contains("3.tlog-proof"), "{gone}");
}

#[tokio::test]
async fn the_page_says_what_it_proves_and_what_not() {
    let sample = Sample::open().await;
    sample.publish(0, 2).await;
    sample.grow().await;
    let page = page(&sample, "/gongkai-rizhi").await;
    for words in [
        "它能证明什么",
        "它不能证明什么",
        "怎样自己核对",
        "hedui.sh",
        "/checkpoint",
        "gongkai.example",
        &sample.key.vkey(),
        "2 条",
        "第 1 条",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
