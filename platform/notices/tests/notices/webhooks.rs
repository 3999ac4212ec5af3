//! By a program: asked, told with a signature, again under the same key; and where nothing is sent.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac_sha2::{Hmac, Mac};
use jiff::SignedDuration;
use notices::Settings;
use notices::acts::subscription::{self, Wanted};
use notices::contact::{Contact, Way};
use notices::rhythm::Rhythm;
use notices::topic::{Kind, Topic};
use serde_json::Value;
use sha2::Sha256;
use store::Statements;

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

async fn asks(sample: &Sample, address: &str) {
    asks_at(sample, "/dingyue", (address, "at_once")).await;
}

async fn asks_at(sample: &Sample, page: &str, (address, rhythm): (&str, &str)) {
    let fields = [
        ("quanbu", "1"),
        ("fangshi", "webhook"),
        ("pinci", rhythm),
        ("tongyi", "1"),
        ("dizhi", address),
    ];
    let answer = sample.post(page, &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(!answer.text.contains("whsec_"), "who asks is told no secret");
    sample.dispatch().await;
}

/// What a program was told, read.
fn read(told: &Told) -> Value {
    serde_json::from_str(&told.1).expect("JSON")
}

/// The secret that came with the question.
fn secret(told: &Told) -> String {
    let said = read(told);
    let secret = said["secret"].as_str().and_then(|secret| secret.strip_prefix("whsec_"));
    secret.expect("told with the question").to_owned()
}

/// The path of a link.
fn path(link: &Value) -> String {
    link.as_str().expect("a link").trim_start_matches(ORIGIN).to_owned()
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
        asks(&sample, &address).await;
        let told = program.told();
        assert_eq!(told.len(), 1);
        let secret = secret(&told[0]);
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

/// Addresses of the own network, however they are written, with the port of a program that listens there.
fn inner(address: &str) -> Vec<String> {
    let port = address.split(':').nth(2).and_then(|rest| rest.split('/').next()).expect("a port");
    let hosts = ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"];
    let both =
        hosts.map(|host| [format!("http://{host}:{port}/hook"), format!("http://{host}/hook")]);
    both.concat().into_iter().chain(["http://169.254.169.254/latest/meta-data".into()]).collect()
}

#[tokio::test]
async fn an_address_within_the_own_network_is_refused_when_it_is_given() {
    on_both(&settings(&[]), async |sample| {
        let (program, address) = Program::start().await;
        for address in inner(&address) {
            let fields = [
                ("quanbu", "1"),
                ("fangshi", "webhook"),
                ("pinci", "at_once"),
                ("tongyi", "1"),
                ("dizhi", address.as_str()),
            ];
            let answer = sample.post("/dingyue", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            let said = answer.text.contains("内部网络") || answer.text.contains("端口只能是");
            assert!(said && answer.text.contains(&address), "{address}: {}", answer.text);
        }
        assert_eq!(sample.count("notice_subscriber").await, 0);
        sample.dispatch().await;
        assert_eq!(program.told().len(), 0);
    })
    .await;
}

/// An address that was taken before it could be told that it lies within: by a name that led elsewhere then.
async fn kept(sample: &Sample, address: &str) {
    let wanted = Wanted {
        way: Way::Webhook,
        contact: Contact::read(Way::Webhook, address).ok(),
        rhythm: Rhythm::AtOnce,
        topics: vec![Topic::new(Kind::Domain, "jiuye", "就业")],
        site: String::new(),
        range: ("350200000000".into(), "350299999999".into()),
    };
    let desk = sample.house.ledger().desk(ledger::Actor::Visitor).await.expect("a desk");
    let sealer = sample.house.sealer().expect("keys");
    subscription::keep(desk, sealer, wanted).await.expect("keeps");
    sample.dispatch().await;
}

#[tokio::test]
async fn nothing_is_sent_into_the_own_network() {
    on_both(&settings(&[]), async |sample| {
        let (program, address) = Program::start().await;
        for address in inner(&address) {
            kept(&sample, &address).await;
        }
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

#[tokio::test]
async fn an_address_that_cannot_be_unsealed_keeps_back_none_of_the_others() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let ((_, broken), (program, whole)) = (Program::start().await, Program::start().await);
        asks(&sample, &broken).await;
        let sql = "UPDATE notice_subscriber SET sealed = 'gk1.broken'";
        let change = sample.house.store().begin().await.expect("begins");
        change.run(sql, vec![]).await.expect("changes");
        change.commit().await.expect("commits");
        asks(&sample, &whole).await;
        sample.note("publication", "m1", "一条信息").await;
        let mut later = sample.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        for _ in 0..3 {
            later = later.later(SignedDuration::from_mins(6)).await;
            later.dispatch().await;
        }
        let news = program.told().iter().filter(|told| told.1.contains("一条信息")).count();
        assert_eq!(news, 1, "told, and told once");
        let waiting = later.deliveries("waiting").await;
        assert!(waiting.len() == 1 && waiting[0].fault.contains("解不开"), "{waiting:?}");
    })
    .await;
}

#[tokio::test]
async fn the_secret_goes_to_the_address_itself_and_its_owner_draws_another() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        program.answer(503);
        asks(&sample, &address).await;
        let first = secret(&program.told()[0]);
        program.answer(200);
        // Its owner asks later, while the question of a stranger still waits.
        let later = sample.later(SignedDuration::from_mins(10)).await;
        asks(&later, &address).await;
        let asked = program.told().pop().expect("told");
        assert!(is_signed(&asked, &secret(&asked)), "the owner holds what signs");
        assert_eq!(secret(&asked), first, "whichever of the questions he kept");
        later.note("publication", "n1", "一条信息").await;
        let later = later.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        let news = program.told().pop().expect("told");
        assert!(is_signed(&news, &first) && read(&news).get("secret").is_none());
        let manage = path(&read(&news)["manage"]);
        let drawn = later.post(&format!("{manage}/miyao"), &[]).await;
        let drawn = drawn.text.split("whsec_").nth(1).and_then(|rest| rest.split('<').next());
        let drawn = drawn.expect("shown once").replace("&#43;", "+").replace("&#x2f;", "/");
        assert!(!later.get(&manage).await.1.contains("whsec_"), "once");
        asks(&later, &address).await;
        assert!(program.told().iter().skip(3).all(|told| read(told).get("secret").is_none()));
        later.note("publication", "n2", "又一条信息").await;
        let later = later.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        let news = program.told().pop().expect("told");
        assert!(is_signed(&news, &drawn) && !is_signed(&news, &first));
    })
    .await;
}

#[tokio::test]
async fn a_program_is_told_how_it_manages_and_leaves_and_is_reminded_of_it() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        asks(&sample, &address).await;
        sample.note("publication", "o1", "一条信息").await;
        let later = sample.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        let news = read(&program.told()[1]);
        let (_, page) = later.get(&path(&news["manage"])).await;
        assert!(page.contains("换一个密钥") && page.contains("重发"), "{page}");
        let fields = [("fangshi", "webhook"), ("dizhi", address.as_str())];
        later.post("/dingyue/lianjie", &fields).await;
        later.dispatch().await;
        let link = read(&program.told()[2]);
        assert_eq!((&link["type"], &link["manage"]), (&"link".into(), &news["manage"]));
        later.post(&path(&link["unsubscribe"]), &[]).await;
        assert_eq!(later.count("notice_subscriber").await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_address_is_asked_three_times_a_day_on_however_many_sites() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        program.answer(503);
        for page in ["/dingyue", "/siming/dingyue", "/dingyue", "/siming/dingyue"] {
            let later = sample.later(SignedDuration::from_secs(1)).await;
            asks_at(&later, page, (&address, "at_once")).await;
        }
        let sql = "SELECT COUNT(*) FROM notice_delivery";
        let many = sample.house.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(many, Some(3));
        // Leaving and coming again begins no new day.
        let sql = "SELECT COUNT(*) FROM notice_asking";
        for id in ids(&sample).await {
            let desk = sample.house.ledger().desk(ledger::Actor::Visitor).await.expect("a desk");
            notices::acts::departure::keep(desk, &id, "own").await.expect("leaves");
        }
        asks(&sample, &address).await;
        assert_eq!(sample.count("notice_delivery").await, 0, "asked enough today");
        let later = sample.later(SignedDuration::from_hours(25)).await;
        asks(&later, &address).await;
        assert_eq!(later.count("notice_delivery").await, 1, "another day");
        notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
        let many = later.house.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(many, Some(1), "what is older than a day is not kept");
    })
    .await;
}

async fn ids(sample: &Sample) -> Vec<String> {
    #[derive(store::FromQueryResult)]
    struct Row {
        id: String,
    }
    let sql = "SELECT id FROM notice_subscriber ORDER BY id";
    let rows: Vec<Row> = sample.house.store().all(sql, vec![]).await.expect("asks");
    rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn who_asks_again_has_another_week_and_the_rhythm_he_chose_last() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        program.answer(503);
        asks_at(&sample, "/dingyue", (&address, "weekly")).await;
        let later = sample.later(SignedDuration::from_hours(6 * 24)).await;
        asks_at(&later, "/dingyue", (&address, "at_once")).await;
        let later = later.later(SignedDuration::from_hours(2 * 24)).await;
        notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
        assert_eq!(later.count("notice_subscriber").await, 1, "asked for two days ago");
        assert_eq!(later.count("notice_subscription").await, 1);
        assert_eq!(rhythm(&later).await, Some("weekly".into()), "not confirmed");
        program.answer(200);
        later.dispatch().await;
        assert_eq!(rhythm(&later).await, Some("at_once".into()), "confirmed");
        let off = "UPDATE notice_subscriber SET state = 'off', off_at = asked_at";
        let change = later.house.store().begin().await.expect("begins");
        change.run(off, vec![]).await.expect("changes");
        change.commit().await.expect("commits");
        program.answer(503);
        let later = later.later(SignedDuration::from_hours(31 * 24)).await;
        asks(&later, &address).await;
        notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
        assert_eq!(later.count("notice_subscriber").await, 1, "who is asked again is kept");
        let later = later.later(SignedDuration::from_hours(8 * 24)).await;
        notices::acts::clearing::keep(later.house.ledger()).await.expect("clears");
        assert_eq!(later.count("notice_subscriber").await, 0, "who does not answer is not");
    })
    .await;
}

async fn rhythm(sample: &Sample) -> Option<String> {
    let id = ids(sample).await.pop()?;
    let known = notices::store::Subscriber::find(sample.house.store(), &id).await.expect("asks");
    known.map(|known| known.rhythm.word().to_owned())
}

#[tokio::test]
async fn who_wants_to_hear_at_once_does_not_wait_for_the_week_to_end() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        asks_at(&sample, "/dingyue", (&address, "weekly")).await;
        sample.note("publication", "p1", "一条信息").await;
        let id = ids(&sample).await.pop().expect("subscribed");
        let topics = notices::store::Subscriber::topics(sample.house.store(), &id, true).await;
        let desk = sample.house.ledger().desk(ledger::Actor::Visitor).await.expect("a desk");
        let rhythm = notices::rhythm::Rhythm::AtOnce;
        let kept = notices::acts::change::keep(desk, &id, &topics.expect("asks"), rhythm).await;
        kept.expect("changes");
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        assert_eq!(program.told().len(), 2, "asked, and told");
        // The same by subscribing again.
        let other = sample.later(SignedDuration::from_mins(5)).await;
        let (program, address) = Program::start().await;
        asks_at(&other, "/dingyue", (&address, "weekly")).await;
        other.note("publication", "p2", "又一条信息").await;
        asks_at(&other, "/dingyue", (&address, "at_once")).await;
        other.later(SignedDuration::from_mins(3)).await.dispatch().await;
        assert_eq!(program.told().len(), 3, "asked, asked again, and told");
    })
    .await;
}

#[tokio::test]
async fn what_a_city_pushes_to_a_district_leads_to_the_citys_own_page() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        let fields = [
            ("renqun", "laonianren"),
            ("fangshi", "webhook"),
            ("pinci", "at_once"),
            ("tongyi", "1"),
            ("dizhi", address.as_str()),
        ];
        sample.post("/siming/dingyue", &fields).await;
        sample.dispatch().await;
        super::pushes::pushed_from(&sample, "350200000000", "350299999999").await;
        sample.dispatch().await;
        super::pushes::pushed_from(&sample, "350203001000", "350203001999").await;
        sample.dispatch().await;
        let told = program.told();
        let of_city = read(&told[1])["items"][0]["url"].clone();
        let of_town = read(&told[2])["items"][0]["url"].clone();
        assert_eq!(of_city, format!("{ORIGIN}/wenjian/j1"));
        assert_eq!(of_town, format!("{ORIGIN}/siming/wenjian/j1"));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_programs_keeps_nobody_else_waiting() {
    on_both(&settings(&["127.0.0.1"]), async |sample| {
        let (program, address) = Program::start().await;
        asks(&sample, &address).await;
        sample.note("publication", "r1", "一条信息").await;
        let later = sample.later(SignedDuration::from_mins(3)).await;
        for (way, ..) in Way::ALL {
            let many = notices::acts::dispatch::round(&later.house, way).await.expect("sends");
            assert_eq!(many, usize::from(way == Way::Webhook), "{way:?} has a lane of its own");
        }
        assert_eq!(program.told().len(), 2);
    })
    .await;
}
