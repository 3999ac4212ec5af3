//! A program subscribes through the interface: under one key it is done once and answered alike.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use notices::Settings;
use serde_json::Value;
use web::testing;

use super::house::{ORIGIN, Sample, on_both};

const RIGHT: &str = r#"{"way":"webhook","address":"https://program.example/hook","rhythm":"daily",
    "consent":true,"topics":[{"kind":"organ","key":"XM01101"},{"kind":"search","key":"低保  标准"}]}"#;

fn settings() -> Settings {
    Settings { origin: Some(ORIGIN.into()), webhooks: true, ..Settings::default() }
}

async fn sends(sample: &Sample, key: &str, body: &str) -> (StatusCode, Value) {
    let (status, _, told) = sent(sample, key, body).await;
    (status, told)
}

async fn sent(sample: &Sample, key: &str, body: &str) -> (StatusCode, HeaderMap, Value) {
    sent_by(sample, 7, (key, body)).await
}

/// The same by one of several callers.
async fn sent_by(
    sample: &Sample,
    caller: u8,
    (key, body): (&str, &str),
) -> (StatusCode, HeaderMap, Value) {
    let from = SocketAddr::from(([203, 0, 113, caller], 40_000));
    let request = Request::builder()
        .extension(ConnectInfo(from))
        .method(Method::POST)
        .uri("/api/v1/subscriptions")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let (status, headers, body) = testing::answer(&sample.portal, request).await;
    (status, headers, serde_json::from_slice(&body).expect("an answer in JSON"))
}

#[tokio::test]
async fn what_is_sent_twice_under_one_key_is_done_once_and_answered_alike() {
    on_both(&settings(), async |sample| {
        let (status, first) = sends(&sample, "one", RIGHT).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{first}");
        assert_eq!(first["state"], "awaiting_confirmation");
        assert_eq!(first["topics"][1], "检索词“低保 标准”");
        assert!(first.get("secret").is_none(), "the secret goes to the address itself: {first}");
        let asked = sample.count("notice_delivery").await;
        assert_eq!(sends(&sample, "one", RIGHT).await, (status, first.clone()));
        assert_eq!(sample.count("notice_delivery").await, asked, "nobody is asked again");
        assert_eq!(sample.count("notice_subscriber").await, 1);
        let (status, other) = sends(&sample, "one", &RIGHT.replace("daily", "weekly")).await;
        assert_eq!((status.as_u16(), &other["code"]), (422, &"key_reused".into()), "{other}");
        let (status, again) = sends(&sample, "two", RIGHT).await;
        assert_eq!(
            (status, &again),
            (StatusCode::ACCEPTED, &first),
            "whether it is known is told to nobody"
        );
        assert_eq!(sample.count("notice_subscriber").await, 1, "it is the same address");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day_and_in_no_words() {
    on_both(&settings(), async |sample| {
        sends(&sample, "one", RIGHT).await;
        let text = "SELECT count(*) FROM api_answer
                     WHERE answer LIKE '%awaiting%' OR said LIKE '%program%' OR mark LIKE '%one%'";
        let plain = store::Statements::number(sample.house.store(), text, vec![]).await;
        assert_eq!(plain.expect("asks"), Some(0), "it is sealed");
        let later = sample.later(jiff::SignedDuration::from_hours(25)).await;
        notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
        assert_eq!(later.count("api_answer").await, 0, "gone though nobody sends anything");
        let asked = later.count("notice_delivery").await;
        assert_eq!(sends(&later, "one", RIGHT).await.0, StatusCode::ACCEPTED);
        assert_eq!(later.count("notice_delivery").await, asked, "it waits to be asked already");
        assert_eq!(later.count("api_answer").await, 1, "what is past is gone");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_place_and_nothing_is_kept() {
    on_both(&settings(), async |sample| {
        for (from, to, pointer) in [
            ("https://program.example/hook", "program", "#/address"),
            ("true", "false", "#/consent"),
            ("XM01101", "XM99999", "#/topics/0/key"),
            ("organ", "group", "#/topics/0/kind"),
            ("daily", "hourly", "#/rhythm"),
        ] {
            let (status, told) = sends(&sample, "k", &RIGHT.replace(from, to)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
        }
        let (status, told) = sends(&sample, "k", &RIGHT.replace("webhook", "email")).await;
        assert_eq!((status, &told["code"]), (StatusCode::CONFLICT, &"conflict".into()), "{told}");
        assert_eq!(sample.count("notice_subscriber").await, 0);
        assert_eq!(sends(&sample, "k", RIGHT).await.0, StatusCode::ACCEPTED, "the key is free yet");
    })
    .await;
}

#[tokio::test]
async fn a_program_that_is_too_fast_is_told_when_to_come_again() {
    on_both(&settings(), async |sample| {
        let mut last = None;
        for many in 0..21 {
            last = Some(sent(&sample, &format!("k{many}"), RIGHT).await);
        }
        let (status, headers, told) = last.expect("sent");
        assert_eq!((status.as_u16(), &told["code"]), (429, &"too_many_requests".into()), "{told}");
        let wait = headers.get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok());
        let wait = wait.and_then(|wait| wait.parse::<u64>().ok());
        assert!(wait.is_some_and(|seconds| seconds > 0), "{wait:?}");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_sends_under_the_same_key_is_his_own() {
    on_both(&settings(), async |sample| {
        assert_eq!(sends(&sample, "1", RIGHT).await.0, StatusCode::ACCEPTED);
        let other = RIGHT.replace("program.example", "other.example");
        let (status, _, told) = sent_by(&sample, 8, ("1", &other)).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{told}");
        assert_eq!(sample.count("notice_subscriber").await, 2);
    })
    .await;
}
