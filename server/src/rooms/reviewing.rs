//! A document on its way through the workbench, over HTTP, by the invented persons of the demo: nobody but
//! whose turn it is, and nobody twice.

use axum::http::{Method, StatusCode};
use identity::Role;
use review::store::{Asked, Listed};
use review::{State, Step, Unit};
use web::DemoPerson;

use super::client::Client;
use super::routes::{Walk, walk};
use crate::demo;

async fn unit(walk: &Walk, id: &str) -> Unit {
    Unit::find(walk.ledger.store(), id).await.expect("asks").expect("is there")
}

/// The unit of the organ that waits for a step.
async fn waiting(walk: &Walk, step: Step) -> String {
    let asked = Asked::UnderWay(&walk.organ);
    let units = Listed::all(walk.ledger.store(), asked).await.expect("lists");
    let waits =
        |one: &&Listed| one.review.state == State::InReview && one.review.waits_for() == Some(step);
    units.iter().find(waits).expect("the demo has one").id.clone()
}

/// Somebody in a role, signed in.
async fn somebody(walk: &Walk, role: Role) -> (Client, DemoPerson) {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    (client, person.clone())
}

/// Presses a button on the page of a unit; the page that follows.
async fn press(client: &Client, unit: &str, act: &str, body: &str) -> (StatusCode, String) {
    let page = format!("/gongzuo/shencha/{unit}");
    let mark = client.mark(&page).await;
    let body = format!("_mark={mark}&{body}");
    let answer = client.ask(&Method::POST, &format!("{page}/{act}"), &body).await;
    (answer.status, if answer.to.is_empty() { answer.text } else { answer.to })
}

#[tokio::test]
async fn a_document_passes_from_desk_to_desk_and_nobody_takes_two_steps() {
    let walk = walk("reviewing").await;
    let id = waiting(&walk, Step::First).await;
    let title = unit(&walk, &id).await.title;
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let (status, said) = press(&drafter, &id, "chushen", "do=pass").await;
    assert!(status == StatusCode::FORBIDDEN && said.contains("可以办理的是"), "{status} {said}");
    for (role, act, state) in [
        (Role::Reviewer, "chushen", State::InReview),
        (Role::SecrecyReviewer, "baomi", State::InReview),
        (Role::Approver, "qianfa", State::Signed),
    ] {
        let (client, _) = somebody(&walk, role).await;
        let queue = client.ask(&Method::GET, "/gongzuo/shencha", "").await.text;
        assert!(queue.contains(&title), "{role} sees it: {queue}");
        let home = client.ask(&Method::GET, "/gongzuo", "").await.text;
        assert!(home.contains(&title), "{role} has it to do: {home}");
        let page = client.ask(&Method::GET, &format!("/gongzuo/shencha/{id}"), "").await.text;
        assert!(page.contains("将要公开的内容") && page.contains("通过</button>"), "{page}");
        // He sees what the portal will show and what the editor's check says, and no marks of the text.
        assert!(page.contains("<article class=\"doc\"") && page.contains("检查结果"), "{page}");
        assert!(!page.contains("<p>## "), "{page}");
        let urgent = page.contains("决定应急发布</button>");
        assert!(!urgent, "nothing may follow any more, or it is another's: {page}");
        let (status, to) = press(&client, &id, act, "do=return&liyou=+").await;
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        assert_eq!(status, wrong, "a return without a reason comes back: {to}");
        assert!(to.contains("没有写理由"), "{to}");
        let (status, to) = press(&client, &id, act, "do=pass").await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{role}: {to}");
        assert!(to.ends_with("?done=passed"), "{to}");
        assert_eq!(unit(&walk, &id).await.state, state, "{role}");
        let (status, said) = press(&client, &id, act, "do=pass").await;
        assert_ne!(status, StatusCode::SEE_OTHER, "not twice: {said}");
    }
    let public = walk.visitor();
    let listed = public.ask(&Method::GET, "/sousuo?q=x", "").await;
    assert_eq!(listed.status, StatusCode::OK);
    let (publisher, _) = somebody(&walk, Role::Publisher).await;
    let (status, to) = press(&publisher, &id, "fabu", "").await;
    assert_eq!((status, to.ends_with("?done=published")), (StatusCode::SEE_OTHER, true), "{to}");
    let out = unit(&walk, &id).await;
    assert_eq!(out.state, State::Published);
    let path = out.pieces[0].path.clone().expect("a page");
    let page = public.ask(&Method::GET, &path, "").await;
    assert_eq!(page.status, StatusCode::OK);
    let persons: std::collections::BTreeSet<_> =
        out.steps.iter().map(|step| step.person.as_str()).collect();
    assert_eq!(persons.len(), 3, "three persons: {:?}", out.steps);
    assert!(persons.iter().all(|person| !out.authors.contains(*person)));
}

#[tokio::test]
async fn what_is_urgent_is_told_to_everybody_and_its_first_review_follows() {
    let walk = walk("urgent").await;
    let public = walk.visitor();
    let page = public.ask(&Method::GET, "/tongji/yingji", "").await.text;
    assert!(page.contains("等待补初审") && page.contains("台风红色预警"), "{page}");
    let asked = Asked::Urgent(&walk.organ);
    let urgent = Listed::all(walk.ledger.store(), asked).await.expect("lists");
    let id = urgent.first().expect("the demo has one").id.clone();
    let (approver, _) = somebody(&walk, Role::Approver).await;
    let (status, said) = press(&approver, &id, "bushen", "do=pass").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{said}");
    let (reviewer, _) = somebody(&walk, Role::Reviewer).await;
    let home = reviewer.ask(&Method::GET, "/gongzuo", "").await.text;
    assert!(home.contains("补初审"), "{home}");
    let (status, to) = press(&reviewer, &id, "bushen", "do=pass").await;
    assert_eq!((status, to.ends_with("?done=passed")), (StatusCode::SEE_OTHER, true), "{to}");
    assert!(!unit(&walk, &id).await.review().owes_first());
}

#[tokio::test]
async fn an_organ_adds_steps_by_its_head_of_openness_with_a_reason_and_takes_them_back() {
    let walk = walk("additions").await;
    let path = "/gongzuo/shencha/jiashen";
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let page = drafter.ask(&Method::GET, path, "").await;
    assert!(page.text.contains("没有加环节") && !page.text.contains("加上</button>"));
    let (head, _) = somebody(&walk, Role::FoiHead).await;
    let mark = head.mark(path).await;
    let sent = async |body: &str| {
        let answer = head.ask(&Method::POST, path, &format!("_mark={mark}&{body}")).await;
        (answer.status, if answer.to.is_empty() { answer.text } else { answer.to })
    };
    for (body, words) in [
        ("leixing=*&huanjie=legal&liyou=+", "请写明理由"),
        ("leixing=*&huanjie=&liyou=x", "请选择环节"),
        ("leixing=*&huanjie=cosign&liyou=x", "要选会签的科室"),
        ("leixing=*&huanjie=concert&jiguan=meiyou&liyou=x", "别的机关的全称"),
        ("leixing=x&huanjie=legal&liyou=x", "请选择用于什么"),
    ] {
        let (status, said) = sent(body).await;
        let wrong = status == StatusCode::UNPROCESSABLE_ENTITY;
        assert!(wrong && said.contains(words), "{body}: {status} {said}");
    }
    let (status, _) = sent("leixing=*&huanjie=secrecy&liyou=x").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "what is always there is not added");
    let added = async || {
        let all = review::store::Addition::all(walk.ledger.store(), &walk.organ).await;
        all.expect("asks").iter().map(|one| one.demand.step).collect::<Vec<_>>()
    };
    let (status, to) = sent("leixing=*&huanjie=legal&liyou=涉企文件多").await;
    assert_eq!((status, to.ends_with("?done=set")), (StatusCode::SEE_OTHER, true), "{to}");
    assert_eq!(added().await, [Step::Legal]);
    let (_, said) = sent("leixing=*&huanjie=legal&liyou=x").await;
    assert!(said.contains("已经加了"), "{said}");
    let (status, to) = sent("do=remove&leixing=*&huanjie=legal&liyou=不再需要").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(added().await, []);
}
