//! Attachments are saved and never opened as a page; where there is a second host they come from it alone,
//! and it gives nothing else.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use records::acts::File;
use web::testing::answer;

use super::house::{NOW, Sample, manuscript, on_both};

const MAIN: &str = "gk.example";
const SECOND: &str = "files.gk.example";

async fn asked(portal: &Router, host: &str, path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).header(header::HOST, host);
    let request = request.body(Body::empty()).expect("a request");
    let (status, headers, body) = answer(portal, request).await;
    (status, headers, String::from_utf8_lossy(&body).into_owned())
}

fn said(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn with_a_file(sample: &Sample) -> String {
    let file = File { name: "表.csv".into(), bytes: "甲,乙\n".into() };
    let clock = ledger::Clock::Fixed(NOW.parse().expect("a moment"));
    let text = manuscript("通知", &[("发布机构", "XM01002")]);
    let out = sample.publish_with(&text, vec![file], clock).await.expect("publishes");
    out[0].id.clone()
}

#[tokio::test]
async fn an_attachment_leaves_in_a_sandbox_and_is_never_sniffed() {
    on_both(async |sample| {
        let id = with_a_file(sample).await;
        let (status, headers, _) = sample.get(&format!("/siming/wenjian/{id}/fujian/1")).await;
        assert_eq!(status, StatusCode::OK);
        let policy = said(&headers, header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
        assert_eq!(said(&headers, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(said(&headers, header::CONTENT_DISPOSITION).starts_with("attachment"));
        let (_, headers, _) = sample.get(&format!("/siming/wenjian/{id}")).await;
        assert!(!said(&headers, header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    })
    .await;
}

#[tokio::test]
async fn with_a_second_host_attachments_come_from_it_and_nothing_else_does() {
    on_both(async |sample| {
        let id = with_a_file(sample).await;
        let portal = sample.with_second_host(&format!("https://{SECOND}")).await;
        let page = format!("/siming/wenjian/{id}");
        let file = format!("{page}/fujian/1");
        let (status, headers, text) = asked(&portal, MAIN, &page).await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains(&format!("href=\"https://{SECOND}{file}\"")), "{text}");
        let policy = said(&headers, header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains(&format!("img-src 'self' https://{SECOND}")), "{policy}");
        let (status, headers, text) = asked(&portal, MAIN, &file).await;
        assert_eq!(status, StatusCode::FOUND);
        assert_eq!(said(&headers, header::LOCATION), format!("https://{SECOND}{file}"));
        assert!(!text.contains("甲,乙"), "no byte of it");
        let (status, headers, text) = asked(&portal, SECOND, &file).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, "甲,乙\n"));
        assert!(said(&headers, header::CONTENT_SECURITY_POLICY).contains("sandbox"));
        for path in [
            "/",
            &page,
            &format!("{page}.json"),
            &format!("{page}.docx"),
            "/wenjian",
            "/siming/wenjian.atom",
            "/assets/gk.css",
            "/gongzuo/denglu",
            "/sousuo?q=a",
            "/robots.txt",
            &format!("{page}/fujian/2"),
            "/meiyou",
        ] {
            // Also after the main host has kept its page.
            asked(&portal, MAIN, path).await;
            let (status, headers, text) = asked(&portal, SECOND, path).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(said(&headers, header::CONTENT_TYPE).starts_with("text/plain"), "{path}");
            assert!(text.contains("这里只有附件") && !headers.contains_key(header::SET_COOKIE));
        }
    })
    .await;
}
