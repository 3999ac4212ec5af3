//! 再次验证: an act that asks for the second factor again leads to where it is given, and back to the form as
//! it was filled in.

use axum::http::{Method, StatusCode};
use identity::{Role, factor};
use ledger::{Actor, Clock, Entry};
use records::acts::Hand;
use records::acts::withdrawal::{self, WithdrawalForm};
use records_rules::Withdrawal;
use review::store::{Asked, Listed};
use store::Statements;
use web::DemoPerson;

use super::client::Client;
use super::routes::{Walk, walk};
use crate::demo;

const FACTOR: &str = "/gongzuo/denglu/yanzheng";

/// What was typed, and as an address carries it.
const TYPED: (&str, &str) = ("名单有误", "%E5%90%8D%E5%8D%95%E6%9C%89%E8%AF%AF");

/// Somebody who signed in long ago.
async fn signed_in_long_ago(walk: &Walk, role: Role) -> (Client, DemoPerson) {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    let mut desk = walk.ledger.desk(Actor::Timer).await.expect("a desk");
    let sql = "UPDATE session SET factor_at = '2026-01-01T00:00:00Z'";
    desk.change().run(sql, vec![]).await.expect("was long ago");
    desk.record(Entry {
        room: "identity",
        act: "sign_in",
        subject: person.login.clone(),
        organ: walk.organ.clone(),
        basis: "GB/T 22239-2019".into(),
        facts: serde_json::Value::Null,
    })
    .await
    .expect("is told");
    desk.seal().await.expect("keeps");
    (client, person.clone())
}

/// Gives the second factor again; where one is sent then. A code works once, so it is the next one.
async fn proves(client: &mut Client, person: &DemoPerson, led: &str) -> String {
    let page = client.ask(&Method::GET, led, "").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("再次验证"), "{}", page.text);
    let value = |name: &str| {
        let after = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
    };
    let soon = Clock::Wall.now() + jiff::SignedDuration::from_secs(30);
    let code = factor::code_at(&person.secret, soon).expect("a code");
    let body = format!("_mark={}&next={}&code={code}", value("_mark"), value("next"));
    let proved = client.go(&Method::POST, FACTOR, &body).await;
    assert_eq!(proved.status, StatusCode::SEE_OTHER, "{}", proved.text);
    proved.to
}

/// Sends a form by somebody who signed in long ago: he gives the second factor, finds the form as he left
/// it, and sends it again.
async fn is_asked_again_and_loses_nothing(
    (mut client, person): (Client, DemoPerson),
    (page, to, fields): (&str, &str, &str),
) {
    let body = async |client: &Client| format!("_mark={}&{fields}", client.mark(page).await);
    let stale = client.ask(&Method::POST, to, &body(&client).await).await;
    assert_eq!(stale.status, StatusCode::SEE_OTHER, "{}", stale.text);
    assert!(stale.to.starts_with(FACTOR), "{}", stale.to);
    let back = proves(&mut client, &person, &stale.to).await;
    assert_eq!(back, page);
    let filled = client.ask(&Method::GET, &back, "").await;
    assert_eq!(filled.status, StatusCode::OK);
    assert!(filled.text.contains("已再次验证身份"), "{}", filled.text);
    assert!(filled.text.contains(TYPED.0), "{}", filled.text);
    let once = client.ask(&Method::GET, &back, "").await.text;
    assert!(!once.contains("已再次验证身份") && !once.contains(TYPED.0), "{once}");
    let done = client.ask(&Method::POST, to, &body(&client).await).await;
    assert!(done.to.contains("?done="), "{} {} {}", done.status, done.to, done.text);
}

#[tokio::test]
async fn who_returns_a_document_long_after_signing_in_proves_himself_and_finds_his_reason() {
    let walk = walk("stepping-up").await;
    let asked = Asked::UnderWay(&walk.organ);
    let units = Listed::all(walk.ledger.store(), asked).await.expect("lists");
    let waits = |one: &&Listed| {
        let in_review = one.review.state == review::State::InReview;
        in_review && one.review.waits_for() == Some(review::Step::First)
    };
    let id = units.iter().find(waits).expect("the demo has one").id.clone();
    let page = format!("/gongzuo/shencha/{id}");
    for (role, act) in [(Role::Reviewer, "chushen"), (Role::SecrecyReviewer, "baomi")] {
        let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
        let mut client = walk.visitor();
        client.sign_in_as(person, role).await;
        let body = format!("_mark={}&do=pass", client.mark(&page).await);
        let passed = client.ask(&Method::POST, &format!("{page}/{act}"), &body).await;
        assert_eq!(passed.status, StatusCode::SEE_OTHER, "{}", passed.text);
    }
    let approver = signed_in_long_ago(&walk, Role::Approver).await;
    let fields = format!("partner=&do=return&liyou={}", TYPED.1);
    let to = format!("{page}/qianfa");
    is_asked_again_and_loses_nothing(approver, (&page, &to, &fields)).await;
}

#[tokio::test]
async fn who_approves_a_withdrawal_long_after_signing_in_proves_himself_and_finds_his_reason() {
    let walk = walk("stepping-up-withdrawal").await;
    let sql = "SELECT MIN(id) AS id FROM record WHERE organ = $1 AND withdrawn = 0";
    #[derive(store::FromQueryResult)]
    struct Row {
        id: String,
    }
    let row: Option<Row> =
        walk.ledger.store().one(sql, vec![walk.organ.clone().into()]).await.expect("asks");
    let record = row.expect("the demo has one").id;
    let hand = Hand {
        person: "somebody".into(),
        name: "某人".into(),
        organ: walk.organ.clone(),
        unit: String::new(),
        stands_in_for: None,
    };
    let form = WithdrawalForm {
        kind: Withdrawal::Mistaken,
        reason: "误发".into(),
        decision_changed_on: None,
    };
    let desk = walk.ledger.desk(Actor::Person("somebody".into())).await.expect("a desk");
    let case = withdrawal::propose(desk, &hand, &record, form).await.expect("proposes");
    let approver = signed_in_long_ago(&walk, Role::Approver).await;
    let fields = format!("jian={}&do=tongyi&liyou={}", case.id, TYPED.1);
    let page = "/gongzuo/chexia";
    is_asked_again_and_loses_nothing(approver, (page, "/gongzuo/chexia/pizhun", &fields)).await;
}
