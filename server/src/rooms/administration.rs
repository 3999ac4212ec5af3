//! The three administrators at work, over HTTP: one registers, one proposes, another confirms; the new person
//! signs in for the first time; the audit is read by one and exported by two.

use axum::http::{Method, StatusCode};
use identity::{Role, factor};
use ledger::Clock;

use super::client::{Answer, Client};
use super::routes::{Walk, walk};

/// Somebody of the demo, signed in as `role`, who is not among those signed in before.
async fn signed_in(walk: &Walk, login: &str, role: Role) -> Client {
    let person = walk.persons.iter().find(|person| person.login.ends_with(login));
    let person = person.unwrap_or_else(|| panic!("{login} is of the demo"));
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    client
}

/// Sends a form from a page, with its mark.
async fn send(client: &mut Client, page: &str, to: &str, fields: &str) -> Answer {
    let mark = client.mark(page).await;
    client.go(&Method::POST, to, &format!("_mark={mark}&{fields}")).await
}

fn after<'a>(text: &'a str, before: &str, end: &str) -> &'a str {
    let rest = text.split(before).nth(1).unwrap_or_default();
    rest.split(end).next().unwrap_or_default()
}

#[tokio::test]
async fn a_person_comes_in_by_three_administrators_and_no_two_of_their_steps_are_one_persons() {
    let walk = walk("administration").await;
    let mut system = signed_in(&walk, ".xitong", Role::SystemAdmin).await;
    let mut first = signed_in(&walk, ".anquan1", Role::SecurityAdmin).await;
    let mut second = signed_in(&walk, ".anquan2", Role::SecurityAdmin).await;
    let persons = "/gongzuo/renyuan";

    // 系统管理员 registers; neither he nor anybody else grants alone.
    let fields = "name=%E8%B5%B5%E6%96%B0&document=350203199901010019&login=zhao.xin";
    let page = send(&mut system, persons, persons, fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let password = after(&page.text, "首次登录的口令 <b class=\"strong num\">", "</b>").to_owned();
    assert_eq!(password.len(), 16, "{}", page.text);
    let again = send(&mut system, persons, persons, fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("已经登记过") && !again.text.contains("350203199901010019"));
    let list = first.ask(&Method::GET, &format!("{persons}?q=zhao"), "").await.text;
    let own = after(&list, "<th scope=\"row\"><a href=\"", "\"").to_owned();
    assert!(own.starts_with("/gongzuo/renyuan/"), "{list}");
    let wish = "organ=XM01010&role=drafter&unit=&from=&until=&reason=%E4%BB%BB%E8%81%8C";
    let refused = send(&mut system, persons, &format!("{own}/shouquan"), wish).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("可以办理的是") && refused.text.contains("安全管理员"));
    let proposed = send(&mut first, &own, &format!("{own}/shouquan"), wish).await;
    assert_eq!(
        (proposed.status, proposed.to.as_str()),
        (StatusCode::SEE_OTHER, "/gongzuo/gangwei")
    );
    let posts = second.ask(&Method::GET, "/gongzuo/gangwei", "").await.text;
    let grant = after(&posts, "<form method=\"post\" action=\"/gongzuo/shouquan/", "\"").to_owned();
    let decide = format!("/gongzuo/shouquan/{grant}");
    let alone = send(&mut first, "/gongzuo/gangwei", &decide, "decision=confirm").await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN, "{}", alone.text);
    let confirmed = send(&mut second, "/gongzuo/gangwei", &decide, "decision=confirm").await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    comes_in(&walk, &password).await;
    is_audited(&walk).await;
}

/// The first sign-in: bind, change, and only then the desk.
async fn comes_in(walk: &Walk, password: &str) {
    let mut zhao = walk.visitor();
    let body = format!("login=zhao.xin&password={password}&next=https://evil.example/");
    let answer = zhao.go(&Method::POST, "/gongzuo/denglu", &body).await;
    assert!(answer.to.starts_with("/gongzuo/denglu/yanzheng"), "{}", answer.to);
    let closed = zhao.ask(&Method::GET, "/gongzuo", "").await;
    assert!(closed.to.starts_with("/gongzuo/denglu/bangding"), "{}", closed.to);
    let page = zhao.ask(&Method::GET, "/gongzuo/denglu/bangding", "").await.text;
    assert!(page.contains("<svg class=\"qr\""), "{page}");
    let key = after(&page, "<span class=\"num key\">", "</span>").replace(' ', "");
    let code = factor::code_at(&key, Clock::Wall.now()).expect("a code");
    let bind = "/gongzuo/denglu/bangding";
    let fields = format!("code={code}&next=https://evil.example/");
    let bound = send(&mut zhao, bind, bind, &fields).await;
    assert_eq!(bound.status, StatusCode::OK, "{}", bound.text);
    assert!(bound.text.contains("恢复码") && !bound.text.contains("evil"), "{}", bound.text);
    let closed = zhao.ask(&Method::GET, "/gongzuo", "").await;
    assert!(closed.to.starts_with("/gongzuo/denglu/kouling"), "{}", closed.to);
    let change = "/gongzuo/denglu/kouling";
    for (new, again, done) in [
        ("short", "short", StatusCode::UNPROCESSABLE_ENTITY),
        ("Haishang-Mingyue-9", "other", StatusCode::UNPROCESSABLE_ENTITY),
        ("Haishang-Mingyue-9", "Haishang-Mingyue-9", StatusCode::SEE_OTHER),
    ] {
        let fields = format!("old={password}&new={new}&again={again}&next=//evil.example/");
        let answer = send(&mut zhao, change, change, &fields).await;
        assert_eq!(answer.status, done, "{}", answer.text);
        assert!(!answer.to.contains("evil"), "{}", answer.to);
    }
    let desk = zhao.ask(&Method::GET, "/gongzuo", "").await;
    assert_eq!(desk.status, StatusCode::OK, "the only post is taken by itself");
    assert!(desk.text.contains("经办人") && !desk.text.contains("人员和账号"), "{}", desk.text);
    let left = send(&mut zhao, "/gongzuo", "/gongzuo/tuichu", "").await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    let out = zhao.ask(&Method::GET, "/gongzuo", "").await;
    assert!(out.to.starts_with("/gongzuo/denglu?"), "{}", out.to);
}

/// What was done stands in the audit; its export is asked for by one and agreed to by another.
async fn is_audited(walk: &Walk) {
    let mut keeper = signed_in(walk, ".shenji", Role::AuditAdmin).await;
    let mut auditor = signed_in(walk, ".shenjiyuan", Role::Auditor).await;
    let audit = "/gongzuo/shenji";
    for act in ["identity.person", "identity.grant", "identity.sign_in", "identity.audit_read"] {
        let page = keeper.ask(&Method::GET, &format!("{audit}?act={act}"), "").await;
        let page = match act {
            // The reading before this one stands there now.
            "identity.audit_read" => {
                keeper.ask(&Method::GET, &format!("{audit}?act={act}"), "").await
            }
            _ => page,
        };
        let row = format!("<span class=\"sm muted from\">{act}</span>");
        assert!(page.text.contains(&row), "{act}: {}", page.text);
        assert!(!page.text.contains("赵新"), "no names");
    }
    let day = walk.ledger.clock().today();
    let fields = format!("from={day}&until={day}&reason=%E6%A3%80%E6%9F%A5");
    let refused = send(&mut keeper, audit, "/gongzuo/shenji/daochu", &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let asked = send(&mut auditor, audit, "/gongzuo/shenji/daochu", &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let page = keeper.ask(&Method::GET, audit, "").await.text;
    let to = after(&page, "action=\"/gongzuo/shenji/daochu/", "\"").to_owned();
    let file = format!("/gongzuo/shenji/daochu/{to}");
    assert_eq!(auditor.ask(&Method::GET, &file, "").await.status, StatusCode::NOT_FOUND);
    let alone = send(&mut auditor, audit, &file, "decision=confirm").await;
    assert_eq!(alone.status, StatusCode::FORBIDDEN);
    let agreed = send(&mut keeper, audit, &file, "decision=confirm").await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.text);
    let table = auditor.ask(&Method::GET, &file, "").await;
    assert_eq!(table.status, StatusCode::OK);
    assert!(table.text.contains("\"identity.grant\"") && !table.text.contains("赵新"));
}

#[tokio::test]
async fn a_form_of_another_session_another_site_or_another_time_changes_nothing() {
    let walk = walk("forged").await;
    let mut clerk = signed_in(&walk, "xm01010.a", Role::CatalogueEditor).await;
    let other = signed_in(&walk, "xm01010.b", Role::Reviewer).await;
    let (own, theirs) = (clerk.mark("/gongzuo").await, other.mark("/gongzuo").await);
    assert!(own.len() == 32 && own != theirs);
    let to = "/gongzuo/yiwu";
    let acts = "SELECT count(*) FROM ledger_event WHERE room = 'catalogue'";
    let count =
        async || store::Statements::number(walk.ledger.store(), acts, vec![]).await.expect("asks");
    let before = count().await;
    for (mark, headers) in [
        ("", &[][..]),
        (theirs.as_str(), &[]),
        (own.as_str(), &[("origin", "https://evil.example")]),
        (own.as_str(), &[("origin", "null")]),
        (own.as_str(), &[("origin", "http://evil.127.0.0.1:8080")]),
        (own.as_str(), &[("sec-fetch-site", "cross-site")]),
        (own.as_str(), &[("sec-fetch-site", "same-site")]),
    ] {
        let body = format!("_mark={mark}&do=register");
        let answer = clerk.ask_with(&Method::POST, to, &body, headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{mark} {headers:?}");
    }
    // After another sign-in or another post the mark of before is worth nothing.
    let person = walk.persons.iter().find(|one| one.login == "xm01010.a").expect("a person");
    clerk.take(person, Role::Drafter).await;
    let stale = clerk.ask(&Method::POST, to, &format!("_mark={own}&do=register")).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    assert_eq!(count().await, before, "nothing was changed");
}
