//! By a program: asked, told with a signature, again under the same key; and where nothing is sent.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac_sha2::{Hmac, Mac};
use jiff::SignedDuration;
use notices::Settings;
use sha2::Sha256;

use super::house::{ORIGIN, Sample, on_both};
use super::receivers::{Program, Told};

fn settings(inside: &[&str]) -> Settings {
    Settings {
        origin: Some(ORIGIN.into()),
        webhooks: true,
        inside: inside.iter().map(|host| (*host).to_owned()).collect(),
        ..Settings::default()
    }
}

async fn asks(sample: &Sample, address: &str) -> String {
    let fields = [
        ("quanbu", "1"),
        ("fangshi", "webhook"),
        ("pinci", "at_once"),
        ("tongyi", "1"),
        ("dizhi", address),
    ];
    let answer = sample.post("/dingyue", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let secret = answer.text.split("whsec_").nth(1).and_then(|rest| rest.split('<').next());
    let secret = secret.unwrap_or_default().replace("&#43;", "+").replace("&#x2f;", "/");
    sample.dispatch().await;
    secret
}

fn said(told: &Told, name: &str) -> String {
    told.0.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Whether a program that holds the secret finds the signature its own.
fn is_signed(told: &Told, secret: &str) -> bool {
    let key = BASE64.decode(secret).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    let (id, at) = (said(told, "webhook-id"), said(told, "webhook-timestamp"));
    mac.update(format!("{id}.{at}.{}", told.1).as_bytes());
    let own = format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()));
    said(told, "webhook-signature") == own
}

#[tokio::test]
async fn a_program_is_asked_then_told_with_its_signature_and_again_under_the_same_key() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        let secret = asks(&sample, &address).await;
        let told = program.told();
        assert_eq!(told.len(), 1);
        assert!(told[0].1.contains("\"type\":\"confirm\"") && is_signed(&told[0], &secret));
        program.answer(503);
        sample.note("publication", "f1", "一条信息").await;
        let later = sample.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        let waiting = later.deliveries("waiting").await;
        assert!(waiting.len() == 1 && waiting[0].fault.contains("503"), "{waiting:?}");
        program.answer(200);
        let later = later.later(SignedDuration::from_mins(10)).await;
        later.dispatch().await;
        let told = program.told();
        let (first, second) = (&told[1], &told[2]);
        assert!(is_signed(first, &secret) && is_signed(second, &secret));
        assert!(!is_signed(&(second.0.clone(), second.1.replace('一', "二")), &secret));
        assert_eq!(said(first, "webhook-id"), said(second, "webhook-id"));
        assert_eq!(said(second, "idempotency-key"), said(second, "webhook-id"));
        assert_ne!(said(first, "webhook-timestamp"), said(second, "webhook-timestamp"));
        assert_eq!(first.1, second.1, "the very same words");
        let sent: serde_json::Value = serde_json::from_str(&second.1).expect("JSON");
        assert_eq!(sent["items"][0]["url"], format!("{ORIGIN}/wenjian/f1"));
        again(&later, &program).await;
    })
    .await;
}

/// Its owner has it sent once more.
async fn again(sample: &Sample, program: &Program) {
    let one = sample.deliveries("sent").await.into_iter().find(|one| one.purpose == "digest");
    let one = one.expect("sent");
    let desk = sample.house.ledger().desk(ledger::Actor::Visitor).await.expect("a desk");
    let own = (Some(one.id.as_str()), Some(one.subscriber.as_str()));
    notices::acts::retry::keep(desk, own, "").await.expect("again");
    sample.dispatch().await;
    let told = program.told();
    assert_eq!(said(&told[3], "webhook-id"), one.id);
    let desk = sample.house.ledger().desk(ledger::Actor::Visitor).await.expect("a desk");
    let strange = (Some(one.id.as_str()), Some("somebody else"));
    assert!(notices::acts::retry::keep(desk, strange, "").await.is_err(), "only its own");
}

#[tokio::test]
async fn nothing_is_sent_into_the_own_network() {
    on_both(&settings(&[]), async |sample| {
        let (program, address) = Program::start().await;
        let port =
            address.split(':').nth(2).and_then(|rest| rest.split('/').next()).expect("a port");
        for host in
            ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
        {
            asks(&sample, &format!("http://{host}:{port}/hook")).await;
            asks(&sample, &format!("http://{host}/hook")).await;
        }
        asks(&sample, "http://169.254.169.254/latest/meta-data").await;
        assert_eq!(program.told().len(), 0);
        let failed = sample.deliveries("failed").await;
        assert!(failed.len() >= 7, "{failed:?}");
        assert!(
            failed.iter().all(|one| one.fault.contains("不向它发送") || one.fault.contains("端口"))
        );
        assert_eq!(sample.deliveries("sent").await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_give_the_question_back_is_told_nothing() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = axum::Router::new().fallback(|| async { "ok" });
        tokio::spawn(async move { axum::serve(listener, router).await });
        asks(&sample, &format!("http://{address}/hook")).await;
        let waiting = sample.deliveries("waiting").await;
        assert!(waiting.len() == 1 && waiting[0].fault.contains("challenge"), "{waiting:?}");
        sample.note("publication", "g1", "一条信息").await;
        assert_eq!(sample.count("notice_item").await, 0);
    })
    .await;
}
