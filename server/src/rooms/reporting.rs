//! A year's report over HTTP, by the invented persons of the demo: written, reviewed, frozen, signed, published, read by
//! everybody, and read back by our own reader.

use std::fmt::Write;

use axum::http::{Method, StatusCode};
use identity::Role;
use ledger::Clock;
use reports::checking;
use reports::store::{Content, Origin, Version, VersionState};
use reports_rules::{CellPlace, Table2Cell, Tables};
use web::DemoPerson;
use web::address::encoded;

use super::client::Client;
use super::routes::{Walk, walk, walk_by};
use crate::demo;

/// Somebody in a role, signed in.
async fn somebody(walk: &Walk, role: Role) -> (Client, DemoPerson) {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    (client, person.clone())
}

/// The natural person behind a login, as reviews know him.
async fn key_of(walk: &Walk, person: &DemoPerson) -> String {
    let account = identity::Account::named(walk.ledger.store(), &person.login).await;
    account.expect("asks").expect("an account").person
}

/// Fills in a form of a page and sends it to an address; where it leads, or what it says.
async fn send(
    client: &Client,
    page: &str,
    to: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, String) {
    let text = client.ask(&Method::GET, page, "").await.text;
    let value = |name: &str| {
        let after = text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    let mut body = format!("_mark={}&kan={}", value("_mark"), value("kan"));
    for (name, value) in fields {
        write!(body, "&{}={}", encoded(name), encoded(value)).expect("a text");
    }
    let answer = client.ask(&Method::POST, to, &body).await;
    (answer.status, if answer.to.is_empty() { answer.text } else { answer.to })
}

async fn version(walk: &Walk, year: i16) -> Version {
    let all = Version::of_organ(walk.ledger.store(), &walk.organ).await.expect("lists");
    all.into_iter().find(|version| version.year == year).expect("the demo has one")
}

async fn tables(walk: &Walk, version: &Version, origin: Origin) -> Tables {
    let content = Content::of(walk.ledger.store(), &version.id).await.expect("reads");
    content.tables(origin)
}

/// The officer writes what is missing of this year's report, so that everything holds together.
async fn write(walk: &Walk, officer: &Client, page: &str) {
    // The demo began it before its register had anything.
    let (status, to) = send(officer, page, &format!("{page}/qushu"), &[]).await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=qushu"), "{status} {to}");
    let before = tables(walk, &version(walk, 2025).await, Origin::Taken).await;
    let cell = |name: &str| before.cell(CellPlace::named(name).expect("a place")).to_string();
    let (out, in_force) = (cell("t3.r25.c1"), cell("t2.normative_in_force"));
    let parts = [
        "proactive_work",
        "request_work",
        "management",
        "platform",
        "supervision",
        "problem",
        "improvement",
        "processing_fee",
    ];
    let fields: Vec<(&str, &str)> = parts.iter().map(|part| (*part, "没有其他情况")).collect();
    let text = format!("{page}/wenzi");
    let (status, to) = send(officer, &text, &text, &fields).await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=wenzi"), "{status} {to}");
    if content(walk).await.derived().is_none() {
        // No register tells the numbers of requests: they are typed, and say where they are from.
        let table = format!("{page}/biao/requests");
        let numbers = [("t3.r02.c1", out.as_str()), ("t3.r25.c1", &out), ("liyou", "登记台账")];
        let (status, to) = send(officer, &table, &table, &numbers[..2]).await;
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        assert!(status == wrong && to.contains("没有写来源"), "{status} {to}");
        let (status, to) = send(officer, &table, &table, &numbers).await;
        assert!(status == StatusCode::SEE_OTHER && to.contains("?done=shu"), "{status} {to}");
        let number = format!("{page}/shu/t3.r25.c7");
        let number = officer.ask(&Method::GET, &number, "").await.text;
        assert!(number.contains("登记台账"), "a number says where it is from: {number}");
    }
    let table = format!("{page}/biao/proactive");
    let mut numbers = vec![("t2.normative_in_force", in_force.as_str()), ("liyou", "清理目录")];
    numbers.push(("ling", "1"));
    let fields = Table2Cell::ALL.map(|cell| CellPlace::Table2(cell).to_string());
    let open = fields.iter().filter(|name| name.as_str() != "t2.normative_in_force");
    numbers.extend(open.map(|name| (name.as_str(), "")));
    let (status, to) = send(officer, &table, &table, &numbers).await;
    assert!(status == StatusCode::SEE_OTHER, "{status} {to}");
    explain(walk, officer, page).await;
}

/// The officer explains what may be explained and still stands in the way.
async fn explain(walk: &Walk, officer: &Client, page: &str) {
    let (now, content) = (version(walk, 2026).await, content(walk).await);
    let checks = checking::check(walk.ledger.store(), &now, &content).await.expect("looks");
    let may = checks.breaches.iter().filter(|breach| breach.may_be_explained());
    let names = may.map(ToString::to_string).chain(checks.doubts.iter().map(ToString::to_string));
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return;
    }
    let fields: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "演示的历年数字是编写的")).collect();
    let (status, to) = send(officer, page, &format!("{page}/shuoming"), &fields).await;
    assert!(status == StatusCode::SEE_OTHER, "{status} {to}");
}

async fn content(walk: &Walk) -> Content {
    let now = version(walk, 2026).await;
    Content::of(walk.ledger.store(), &now.id).await.expect("reads")
}

/// Somebody in a role passes a step, and sees the tables as the portal will show them.
async fn passes(walk: &Walk, review: &str, (role, act): (Role, &str)) {
    let (client, _) = somebody(walk, role).await;
    passes_as(&client, review, act).await;
}

async fn passes_as(client: &Client, review: &str, act: &str) {
    let text = client.ask(&Method::GET, review, "").await.text;
    assert!(text.contains("收到和处理政府信息公开申请情况") && text.contains("<table"), "{text}");
    let (status, to) = send(client, review, &format!("{review}/{act}"), &[("do", "pass")]).await;
    assert!(status == StatusCode::SEE_OTHER && to.contains("done=passed"), "{act}: {status} {to}");
}

/// The signer can do nothing before the head has frozen what was reviewed.
async fn frozen_before_it_is_signed(
    walk: &Walk,
    officer: &Client,
    head: &Client,
    (page, review): (&str, &str),
) -> Client {
    let (signer, _) = somebody(walk, Role::Approver).await;
    let home = signer.ask(&Method::GET, "/gongzuo", "").await.text;
    let todo = format!("签发：{}", version(walk, 2026).await.title);
    assert!(!home.contains(&todo), "it does not wait for the signer yet: {home}");
    let text = signer.ask(&Method::GET, review, "").await.text;
    assert!(text.contains("还没有定稿，不能签发") && !text.contains("/qianfa"), "{text}");
    let early = send(&signer, review, &format!("{review}/qianfa"), &[("do", "pass")]).await;
    assert!(early.1.contains("还没有定稿，不能签发"), "{early:?}");
    let freeze = format!("{page}/dinggao");
    let (status, said) = send(officer, page, &freeze, &[]).await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("可以办理的是"), "{status} {said}");
    let home = head.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("年报定稿"), "{home}");
    let (status, to) = send(head, page, &freeze, &[]).await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=dinggao"), "{status} {to}");
    let home = signer.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains(&todo), "now it is the signer's turn: {home}");
    signer
}

/// What a page of its own releases is released on no other.
async fn not_past_its_own_page(publisher: &Client, release: &str, review: &str) {
    for (act, at) in [("fabu", ""), ("dingshi", "2027-03-01T09:00")] {
        let to = format!("{review}/{act}");
        let (status, said) = send(publisher, release, &to, &[("shijian", at)]).await;
        let refused =
            status == StatusCode::UNPROCESSABLE_ENTITY && said.contains("在它自己的页面上发布");
        assert!(refused, "{act}: {status} {said}");
    }
}

/// A day on which the demo's year is over.
fn next_january() -> Clock {
    let then: jiff::Timestamp = "2027-01-12T02:00:00Z".parse().expect("a moment");
    if Clock::Wall.now() < then { Clock::Fixed(then) } else { Clock::Wall }
}

#[tokio::test]
async fn a_report_is_written_reviewed_frozen_published_and_read_back() {
    let walk = walk_by(next_january(), "nianbao").await;
    let draft = version(&walk, 2026).await;
    let page = format!("/gongzuo/nianbao/{}", draft.id);
    let (officer, officer_person) = somebody(&walk, Role::FoiOfficer).await;
    let text = officer.ask(&Method::GET, &page, "").await.text;
    assert!(text.contains("还没有写：依申请公开") && text.contains("送审</button>"), "{text}");
    write(&walk, &officer, &page).await;
    let (head, head_person) = somebody(&walk, Role::FoiHead).await;
    let freeze = format!("{page}/dinggao");
    let (status, said) = send(&head, &page, &freeze, &[]).await;
    assert!(!status.is_success() && said.contains("正在起草"), "not reviewed: {status} {said}");
    let (status, to) = send(&officer, &page, &format!("{page}/songshen"), &[]).await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=songshen"), "{status} {to}");
    let unit = version(&walk, 2026).await.unit.expect("it is under review");
    let review = format!("/gongzuo/shencha/{unit}");
    passes(&walk, &review, (Role::Reviewer, "chushen")).await;
    passes(&walk, &review, (Role::SecrecyReviewer, "baomi")).await;
    let signer = frozen_before_it_is_signed(&walk, &officer, &head, (&page, &review)).await;
    passes_as(&signer, &review, "qianfa").await;
    let now = version(&walk, 2026).await;
    let kept = review::Unit::find(walk.ledger.store(), &unit).await.expect("reads").expect("kept");
    assert_eq!(now.frozen_hash.as_deref(), Some(kept.pieces[0].hash.as_str()));
    let (wrote, froze) = (key_of(&walk, &officer_person).await, key_of(&walk, &head_person).await);
    assert!(kept.authors.contains(&wrote), "whoever wrote it is its author: {:?}", kept.authors);
    assert!(!kept.authors.contains(&froze), "whoever freezes is no author: {:?}", kept.authors);
    let release = format!("{page}/gongbu");
    let (status, said) = send(&officer, &page, &release, &[]).await;
    assert!(status == StatusCode::FORBIDDEN, "who wrote it does not publish it: {status} {said}");
    let (publisher, _) = somebody(&walk, Role::Publisher).await;
    let home = publisher.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("年报公布"), "{home}");
    not_past_its_own_page(&publisher, &release, &review).await;
    assert_eq!(version(&walk, 2026).await.state, VersionState::Frozen);
    let (status, to) = send(&publisher, &release, &release, &[]).await;
    assert!(status == StatusCode::SEE_OTHER, "{status} {to}");
    let now = version(&walk, 2026).await;
    assert_eq!(now.state, VersionState::Published);
    let public = walk.visitor();
    let shown = public.ask(&Method::GET, &to, "").await;
    assert!(shown.status == StatusCode::OK && shown.text.contains(&now.title), "{}", shown.text);
    let saved = public.ask(&Method::GET, &format!("{to}.html"), "").await;
    for file in [saved.text, shown.text] {
        let read = reports::reading::read(file.as_bytes(), "a.html").expect("a report");
        let own = tables(&walk, &now, Origin::Own).await;
        assert_eq!(read.year, Some(2026));
        assert_eq!(read.table3, own.table3);
        assert_eq!((read.table2, read.table4), (own.table2, own.table4));
    }
    let listed = public.ask(&Method::GET, "/gongkai/nianbao", "").await.text;
    assert!(listed.contains(&format!("{}/2026\"", walk.organ)), "{listed}");
    let years =
        public.ask(&Method::GET, &format!("/gongkai/nianbao/{}", walk.organ), "").await.text;
    assert!(years.contains("<svg") && years.contains("2022"), "{years}");
}

#[tokio::test]
async fn a_published_report_is_corrected_beside_what_stood_and_only_with_an_explanation() {
    let walk = walk("gengzheng").await;
    let published = version(&walk, 2025).await;
    let page = format!("/gongzuo/nianbao/{}", published.id);
    let (officer, _) = somebody(&walk, Role::FoiOfficer).await;
    let act = format!("{page}/gengzheng");
    let (status, said) = send(&officer, &page, &act, &[("liyou", " ")]).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && said.contains("没有写理由"),
        "{status} {said}"
    );
    let (status, to) = send(&officer, &page, &act, &[("liyou", "行政许可少报一件")]).await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=gengzheng"), "{status} {to}");
    let draft = to.split('?').next().unwrap_or_default();
    let text = officer.ask(&Method::GET, draft, "").await.text;
    assert!(text.contains("行政许可少报一件") && text.contains("放弃这次更正"), "{text}");
    let path = published.path();
    let public = walk.visitor().ask(&Method::GET, &path, "").await;
    assert_eq!(public.status, StatusCode::OK);
    assert!(!public.text.contains("少报一件"), "nothing of it is public yet: {}", public.text);
}
