//! A program subscribes through the interface: under one key it is done once and answered alike.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
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
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/subscriptions")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let (status, _, body) = testing::answer(&sample.portal, request).await;
    (status, serde_json::from_slice(&body).expect("an answer in JSON"))
}

#[tokio::test]
async fn what_is_sent_twice_under_one_key_is_done_once_and_answered_alike() {
    on_both(&settings(), async |sample| {
        let (status, first) = sends(&sample, "one", RIGHT).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{first}");
        assert_eq!(first["state"], "awaiting_confirmation");
        assert_eq!(first["topics"][1], "检索词“低保 标准”");
        let secret = first["secret"].as_str().expect("told once");
        assert!(secret.starts_with("whsec_"));
        let asked = sample.count("notice_delivery").await;
        assert_eq!(sends(&sample, "one", RIGHT).await, (status, first.clone()));
        assert_eq!(sample.count("notice_delivery").await, asked, "nobody is asked again");
        assert_eq!(sample.count("notice_subscriber").await, 1);
        let (status, other) = sends(&sample, "one", &RIGHT.replace("daily", "weekly")).await;
        assert_eq!((status.as_u16(), &other["code"]), (422, &"key_reused".into()), "{other}");
        let (status, again) = sends(&sample, "two", RIGHT).await;
        assert_eq!((status, &again["secret"]), (StatusCode::ACCEPTED, &Value::Null), "{again}");
        assert_eq!(sample.count("notice_subscriber").await, 1, "it is the same address");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_kept_for_a_day_and_in_no_words() {
    on_both(&settings(), async |sample| {
        let (_, first) = sends(&sample, "one", RIGHT).await;
        let secret = first["secret"].as_str().expect("told once").to_owned();
        let text = "SELECT count(*) FROM api_answer
                     WHERE answer LIKE '%whsec%' OR said LIKE '%program%' OR mark LIKE '%one%'";
        let plain = store::Statements::number(sample.house.store(), text, vec![]).await;
        assert_eq!(plain.expect("asks"), Some(0), "{secret} is sealed");
        let later = sample.later(jiff::SignedDuration::from_hours(25)).await;
        let (status, again) = sends(&later, "one", RIGHT).await;
        assert_eq!((status, &again["secret"]), (StatusCode::ACCEPTED, &Value::Null), "done anew");
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
