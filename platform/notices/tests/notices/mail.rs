//! By mail, over a real mail server: asked, confirmed, told, put off, refused.

use axum::http::StatusCode;
use jiff::SignedDuration;
use notices::Settings;
use store::Statements;

use super::house::{ORIGIN, Sample, on_both};
use super::receivers::MailServer;

/// What a form says whose sender wants to hear of a domain.
pub const ASKS: [(&str, &str); 4] =
    [("lingyu", "jiuye"), ("fangshi", "email"), ("pinci", "at_once"), ("tongyi", "1")];

pub fn settings(server: &MailServer) -> Settings {
    Settings { origin: Some(ORIGIN.into()), mail: Some(server.settings()), ..Settings::default() }
}

/// Subscribes an address at the city's site, and sends what is asked of it.
pub async fn asks(sample: &Sample, address: &str, more: &[(&str, &str)]) {
    // Of fields of one name the first counts.
    let fields = [more, &ASKS[..], &[("dizhi", address)]].concat();
    let answer = sample.post("/dingyue", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    sample.dispatch().await;
}

/// The path of the link of a letter that begins so.
pub fn link(text: &str, path: &str) -> String {
    let start = format!("{ORIGIN}{path}");
    let line = text.lines().find_map(|line| line.find(&start).map(|at| &line[at..]));
    let line = line.unwrap_or_else(|| panic!("no {path} in {text}"));
    line.trim().trim_start_matches(ORIGIN).to_owned()
}

/// Subscribes an address and confirms it by the link of the letter.
pub async fn confirmed(sample: &Sample, server: &MailServer, address: &str, more: &[(&str, &str)]) {
    asks(sample, address, more).await;
    let (_, text) = server.letters().pop().expect("a letter");
    let path = link(&text, "/dingyue/queren/");
    assert_eq!(sample.get(&path).await.0, StatusCode::OK);
    let answer = sample.post(&path, &[]).await;
    assert!(answer.text.contains("订阅成功"), "{}", answer.text);
}

#[tokio::test]
async fn nothing_is_sent_to_an_address_before_it_was_confirmed() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        let before = server.letters().len();
        asks(&sample, "Lin@Example.cn", &[]).await;
        let letters = server.letters();
        assert_eq!(letters.len(), before + 1, "one letter that asks");
        let (head, text) = letters.last().expect("a letter");
        assert!(head.contains("X-Rcpt: lin@example.cn"), "{head}");
        assert!(text.contains("领域“就业”") && text.contains("不是您的"), "{text}");
        sample.note("publication", "a1", "招聘会公告").await;
        let later = sample.later(SignedDuration::from_mins(3)).await;
        assert_eq!(later.dispatch().await, 0, "not confirmed");
        let path = link(text, "/dingyue/queren/");
        later.get(&path).await;
        assert_eq!(later.count("notice_item").await, 0, "opened alone it confirms nothing");
        later.post(&path, &[]).await;
        later.note("publication", "a2", "第二场招聘会公告").await;
        let later = later.later(SignedDuration::from_mins(3)).await;
        assert_eq!(later.dispatch().await, 1);
        let (_, text) = server.letters().pop().expect("a letter");
        assert!(text.contains("第二场招聘会公告") && !text.contains("1. 招聘会公告"), "{text}");
        assert!(text.contains(&format!("{ORIGIN}/wenjian/a2")), "{text}");
    })
    .await;
}

#[tokio::test]
async fn letters_travel_encrypted_and_say_how_one_leaves_with_one_press() {
    let Some(server) = MailServer::start(true) else { return };
    on_both(&settings(&server), async |sample| {
        confirmed(&sample, &server, "lin@example.cn", &[]).await;
        sample.note("publication", "b1", "就业补贴办法").await;
        sample.later(SignedDuration::from_mins(3)).await.dispatch().await;
        let (head, text) = server.letters().pop().expect("a letter");
        let id = &sample.deliveries("sent").await[0].id;
        for line in [
            "X-Tls: yes",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Auto-Submitted: auto-generated",
            &format!("Message-ID: <{id}@example.gov.cn>"),
        ] {
            assert!(head.contains(line), "{line}: {head}");
        }
        let leave = link(&text, "/dingyue/tui/");
        assert!(head.contains(&format!("List-Unsubscribe: <{ORIGIN}{leave}>")), "{head}");
    })
    .await;
}

#[tokio::test]
async fn what_came_up_in_a_rhythm_is_one_letter_without_what_was_taken_down_since() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        confirmed(&sample, &server, "lin@example.cn", &[("pinci", "daily")]).await;
        for (id, title) in [("c1", "第一条"), ("c2", "第二条"), ("c3", "撤下的一条")] {
            sample.note("publication", id, title).await;
        }
        sample.note("withdrawal", "c3", "撤下的一条").await;
        assert_eq!(
            sample.later(SignedDuration::from_hours(2)).await.dispatch().await,
            0,
            "not yet"
        );
        let before = server.letters().len();
        let later = sample.later(SignedDuration::from_hours(24)).await;
        assert_eq!(later.dispatch().await, 1);
        let letters = server.letters();
        assert_eq!(letters.len(), before + 1);
        let (_, text) = letters.last().expect("a letter");
        assert!(text.contains("有 2 条新信息") && text.contains("第二条"), "{text}");
        assert!(!text.contains("撤下的一条"), "{text}");
        assert_eq!(later.dispatch().await, 0, "told once");
    })
    .await;
}

#[tokio::test]
async fn what_is_put_off_is_tried_again_and_what_is_refused_three_times_ends_it() {
    let Some(server) = MailServer::start(false) else { return };
    on_both(&settings(&server), async |sample| {
        asks(&sample, "later@example.cn", &[]).await;
        let waiting = sample.deliveries("waiting").await;
        let woken = server.letters().len();
        if woken == 0 {
            assert_eq!(waiting.len(), 1);
            assert!(waiting[0].fault.contains("稍后再试（451）"), "{}", waiting[0].fault);
            assert!(!waiting[0].fault.contains('@'), "{}", waiting[0].fault);
            server.wake();
        }
        let later = sample.later(SignedDuration::from_mins(3)).await;
        later.dispatch().await;
        let (head, _) = server.letters().pop().expect("a letter");
        assert!(head.contains("X-Rcpt: later@example.cn"), "{head}");
        refused_three_times(&later).await;
    })
    .await;
}

async fn refused_three_times(sample: &Sample) {
    asks(sample, "nobody@example.cn", &[]).await;
    let change = sample.house.store().begin().await.expect("begins");
    let sql = "UPDATE notice_subscriber SET state = 'active', bounces = 0";
    change.run(sql, vec![]).await.expect("changes");
    let sql = "UPDATE notice_subscription SET confirmed = 1";
    change.run(sql, vec![]).await.expect("changes");
    change.commit().await.expect("commits");
    let mut sample = sample.later(SignedDuration::from_secs(1)).await;
    for round in 0..4 {
        sample.note("publication", &format!("d{round}"), "再试一次").await;
        sample = sample.later(SignedDuration::from_mins(3)).await;
        sample.dispatch().await;
    }
    let sql = "SELECT COUNT(*) FROM notice_subscriber
                WHERE state = 'off' AND bounces = 3 AND off_reason LIKE '%拒收（550）%'";
    let off = sample.house.store().number(sql, vec![]).await.expect("counts");
    assert_eq!(off, Some(1), "the one that nobody has, and no other");
}

#[tokio::test]
async fn while_the_mail_server_is_away_nobody_is_taken_off() {
    // Nobody listens at the first port.
    let away = notices::MailSettings {
        server: "smtp+plain://127.0.0.1:1".into(),
        from: "政务公开 <gongkai@example.gov.cn>".into(),
        ..Default::default()
    };
    let settings =
        Settings { origin: Some(ORIGIN.into()), mail: Some(away), ..Settings::default() };
    on_both(&settings, async |sample| {
        asks(&sample, "lin@example.cn", &[]).await;
        let mut later = sample;
        for _ in 0..10 {
            later = later.later(SignedDuration::from_hours(7)).await;
            later.dispatch().await;
        }
        let waiting = later.deliveries("waiting").await;
        assert!(waiting.len() == 1 && waiting[0].attempts == 0, "{waiting:?}");
        let sql = "SELECT COUNT(*) FROM notice_subscriber WHERE bounces > 0 OR state = 'off'";
        assert_eq!(later.house.store().number(sql, vec![]).await.expect("counts"), Some(0));
    })
    .await;
}
