//! 抽查 and 销毁 over HTTP, by the invented persons of the demo: the checker finds, another puts right, the
//! checker closes; one proposes to destroy, another agrees; and the archive package comes as a ZIP.

use axum::http::{Method, StatusCode};
use identity::Role;
use records::store::{CheckCase, CheckState, DepositBatch, Destruction, DestructionState};
use web::DemoPerson;

use super::client::Client;
use super::routes::{Walk, walk};
use crate::demo;

/// Somebody in a role, signed in.
async fn somebody(walk: &Walk, role: Role) -> (Client, DemoPerson) {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    (client, person.clone())
}

/// Presses a button of a page; where it leads, or what it says.
async fn press(client: &Client, page: &str, act: &str, body: &str) -> (StatusCode, String) {
    let mark = client.mark(page).await;
    let body = format!("_mark={mark}&{body}");
    let answer = client.ask(&Method::POST, &format!("{page}/{act}"), &body).await;
    (answer.status, if answer.to.is_empty() { answer.text } else { answer.to })
}

async fn case(walk: &Walk, id: &str) -> CheckCase {
    CheckCase::find(walk.ledger.store(), id).await.expect("asks").expect("is there")
}

#[tokio::test]
async fn what_a_spot_check_finds_is_put_right_by_another_and_closed_by_the_checker() {
    let walk = walk("choucha").await;
    let cases = CheckCase::of_organ(walk.ledger.store(), &walk.organ).await.expect("lists");
    let found =
        cases.iter().find(|case| case.state == CheckState::Found).expect("the demo has one");
    let page = format!("/gongzuo/choucha/{}", found.id);
    let (checker, _) = somebody(&walk, Role::FoiHead).await;
    let (status, said) = press(&checker, &page, "zhenggai", "zhenggai=x").await;
    assert!(status != StatusCode::SEE_OTHER && said.contains("抽查人不能自己整改"), "{said}");
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let home = drafter.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("抽查整改"), "it is among the to-dos: {home}");
    let (status, said) = press(&drafter, &page, "jielun", "do=meiwenti&zongping=x").await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("可以办理的是"), "{status} {said}");
    let (status, to) = press(&drafter, &page, "zhenggai", "zhenggai=%E5%B7%B2%E6%94%B9").await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=zhenggai"), "{status} {to}");
    assert_eq!(case(&walk, &found.id).await.state, CheckState::Answered);
    let home = checker.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("抽查复查"), "{home}");
    let (status, to) = press(&checker, &page, "fucha", "do=tongguo&yijian=").await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=tongguo"), "{status} {to}");
    assert_eq!(case(&walk, &found.id).await.state, CheckState::Closed);
    let paper = checker.ask(&Method::GET, &format!("{page}.docx"), "").await;
    assert_eq!(paper.status, StatusCode::OK);
    let draw = format!("/gongzuo/choucha/chouqu/{}", found.draw);
    let text = checker.ask(&Method::GET, &draw, "").await.text;
    assert!(text.contains("重新计算一致"), "{text}");
    let list = checker.ask(&Method::GET, &format!("{draw}.csv"), "").await.text;
    assert!(list.contains("抽中") && list.contains(&found.record), "{list}");
}

#[tokio::test]
async fn a_new_rule_is_set_and_draws_in_the_browser() {
    let walk = walk("guize").await;
    let (head, _) = somebody(&walk, Role::FoiHead).await;
    let mark = head.mark("/gongzuo/choucha/guize").await;
    let today = walk.ledger.clock().today();
    let rule = |share: &str| {
        format!(
            "_mark={mark}&lingyu=&ticai=&jifa=bili&duoshao={share}&pinci=once&cong={today}&dao={today}"
        )
    };
    let bad = head.ask(&Method::POST, "/gongzuo/choucha/guize", &rule("0")).await;
    assert!(
        bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.text.contains("1%到100%"),
        "{}",
        bad.text
    );
    let good = head.ask(&Method::POST, "/gongzuo/choucha/guize", &rule("100")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text);
    let text = head.ask(&Method::GET, "/gongzuo/choucha", "").await.text;
    let act = text.split("action=\"").find(|part| part.contains("/chouqu\"")).expect("a button");
    let act = act.split('"').next().unwrap_or_default().to_owned();
    let drawn = head.ask(&Method::POST, &act, &format!("_mark={mark}")).await;
    assert!(drawn.to.contains("/gongzuo/choucha/chouqu/"), "{} {}", drawn.status, drawn.text);
    let again = head.ask(&Method::POST, &act, &format!("_mark={mark}")).await;
    assert!(again.text.contains("已经抽取过"), "{}", again.text);
}

#[tokio::test]
async fn what_one_proposes_to_destroy_another_destroys_and_the_address_says_so() {
    let walk = walk("xiaohui").await;
    let store = walk.ledger.store();
    let all = Destruction::of_organ(store, &walk.organ).await.expect("lists");
    let one = all.first().expect("the demo has one");
    let record = one.records(store).await.expect("lists").remove(0).id;
    let page = format!("/gongzuo/dangan/xiaohui/{}", one.id);
    let (publisher, _) = somebody(&walk, Role::Publisher).await;
    let (status, said) = press(&publisher, &page, "jueding", "do=tongyi&liyou=x").await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("可以办理的是"), "{status} {said}");
    let (approver, _) = somebody(&walk, Role::Approver).await;
    let home = approver.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("销毁鉴定"), "{home}");
    let lists = publisher.ask(&Method::GET, "/gongzuo/dangan", "").await.text;
    let main = lists.split("<main").nth(1).unwrap_or_default();
    assert!(main.contains("<a href=\"/wenjian/"), "what is kept leads to the document: {main}");
    let (status, said) = press(&approver, &page, "jueding", "do=tongyi&liyou=").await;
    assert!(status != StatusCode::SEE_OTHER, "no reason, no destruction: {said}");
    let (status, to) = press(&approver, &page, "jueding", "do=tongyi&liyou=x").await;
    assert!(status == StatusCode::SEE_OTHER && to.ends_with("?done=xiaohui"), "{status} {to}");
    let done = Destruction::find(store, &walk.organ, &one.id).await.expect("asks");
    assert_eq!(done.map(|one| one.state), Some(DestructionState::Done));
    let gone = walk.visitor().ask(&Method::GET, &format!("/wenjian/{record}"), "").await;
    assert!(gone.status == StatusCode::GONE && gone.text.contains("经鉴定已销毁"), "{}", gone.text);
}

#[tokio::test]
async fn a_batch_comes_with_its_list_and_its_package() {
    let walk = walk("yijiao").await;
    let batches = DepositBatch::of_organ(walk.ledger.store(), &walk.organ).await.expect("lists");
    let batch = batches.first().expect("the demo has one");
    let (publisher, _) = somebody(&walk, Role::Publisher).await;
    let page = format!("/gongzuo/dangan/yijiao/{}", batch.id);
    let list = publisher.ask(&Method::GET, &format!("{page}/qingdan.docx"), "").await;
    assert!(list.status == StatusCode::OK && list.text.starts_with("PK"), "{}", list.status);
    let package = publisher.ask(&Method::GET, &format!("{page}/guidangbao.zip"), "").await;
    assert!(
        package.status == StatusCode::OK && package.text.starts_with("PK"),
        "{}",
        package.status
    );
    let record = batch.records(walk.ledger.store()).await.expect("lists").remove(0).id;
    let one = format!("/gongzuo/dangan/wenjian/{record}/guidangbao.zip");
    let package = publisher.ask(&Method::GET, &one, "").await;
    assert!(
        package.status == StatusCode::OK && package.text.starts_with("PK"),
        "{}",
        package.status
    );
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let refused = drafter.ask(&Method::GET, &one, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
