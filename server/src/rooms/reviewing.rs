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
async fn what_is_urgent_says_what_it_waits_for_and_its_signer_may_return_it() {
    let walk = walk("urgent-return").await;
    let id = waiting(&walk, Step::First).await;
    let (approver, _) = somebody(&walk, Role::Approver).await;
    let (status, to) = press(&approver, &id, "yingji", "yingji=暴雨预警").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let page = format!("/gongzuo/shencha/{id}");
    let said = approver.ask(&Method::GET, &page, "").await.text;
    assert!(said.contains("等待保密审查") && !said.contains("等待初审"), "{said}");
    let (secrecy, _) = somebody(&walk, Role::SecrecyReviewer).await;
    let (status, to) = press(&secrecy, &id, "baomi", "do=pass").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let said = secrecy.ask(&Method::GET, &page, "").await.text;
    assert!(said.contains("等待签发") && !said.contains("等待初审"), "{said}");
    let said = approver.ask(&Method::GET, &page, "").await.text;
    assert!(said.contains("签发并发布</button>") && said.contains("退回</button>"), "{said}");
    let (status, said) = press(&approver, &id, "qianfa", "do=return&liyou=+").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    assert!(said.contains("没有写理由"), "{said}");
    let (status, to) = press(&approver, &id, "qianfa", "do=return&liyou=时间写错了").await;
    assert_eq!((status, to.ends_with("?done=returned")), (StatusCode::SEE_OTHER, true), "{to}");
    assert_eq!(unit(&walk, &id).await.state, State::Returned);
}

#[tokio::test]
async fn a_time_that_is_refused_comes_back_as_it_was_typed() {
    let walk = walk("refused-times").await;
    let id = waiting(&walk, Step::First).await;
    for (role, act) in
        [(Role::Reviewer, "chushen"), (Role::SecrecyReviewer, "baomi"), (Role::Approver, "qianfa")]
    {
        let (client, _) = somebody(&walk, role).await;
        let (status, to) = press(&client, &id, act, "do=pass").await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    }
    let (publisher, _) = somebody(&walk, Role::Publisher).await;
    for time in ["2020-01-01T09:00", "2199-01-01T09:00", "明天", ""] {
        let (status, said) = press(&publisher, &id, "dingshi", &format!("shijian={time}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{time}: {said}");
        assert!(said.contains(&format!("name=\"shijian\" value=\"{time}\"")), "{time}: {said}");
        let unread = !time.starts_with('2');
        assert_eq!(said.contains("请选日期和时间"), unread, "{time}: {said}");
    }
}

#[tokio::test]
async fn whoever_saves_after_another_sees_every_particular_that_differs() {
    let walk = walk("overtaken").await;
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let begin = "/gongzuo/gaojian/xinjian";
    let body = format!("_mark={}&biaoti=两处同改&shuxing=主动公开", drafter.mark(begin).await);
    let begun = drafter.ask(&Method::POST, begin, &body).await;
    let path = begun.to.split('?').next().unwrap_or_default().to_owned();
    let page = drafter.ask(&Method::GET, &path, "").await.text;
    let seen = page.split("name=\"kan\" value=\"").nth(1).unwrap_or_default();
    let seen = seen.split('"').next().unwrap_or_default().to_owned();
    let mark = drafter.mark(&path).await;
    let save = async |number: &str| {
        let body = format!(
            "_mark={mark}&kan={seen}&biaoti=两处同改&zhengwen=正文&chengwen=2099-01-01&wenhao={number}"
        );
        drafter.ask(&Method::POST, &path, &body).await
    };
    let first = save("厦府办〔2026〕1号").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = save("厦府办〔2026〕2号").await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let both = second.text.split("id=\"liangbian\"").nth(1).unwrap_or_default();
    let both = both.split("</section>").next().unwrap_or_default();
    assert!(both.contains("<td>厦府办〔2026〕1号</td><td>厦府办〔2026〕2号</td>"), "{both}");
    assert!(
        !both.contains("成文日期") && !both.contains("<caption class=\"vh\">两边正文"),
        "{both}"
    );
    // What the check says is all there at once, and counted apart.
    let said = &second.text;
    assert!(
        said.contains("没有写“主题分类”") && said.contains("成文日期2099-01-01在今天"),
        "{said}"
    );
    assert!(said.contains(" 处要改"), "{said}");
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

#[tokio::test]
async fn an_organ_sets_its_days_for_a_step_and_the_reviewer_sees_how_many_are_left() {
    let walk = walk("pace").await;
    let id = waiting(&walk, Step::First).await;
    let title = unit(&walk, &id).await.title;
    let (reviewer, _) = somebody(&walk, Role::Reviewer).await;
    let line = async || {
        let home = reviewer.ask(&Method::GET, "/gongzuo", "").await.text;
        let own = format!("初审：{title}");
        let row = home.split("<tr>").find(|row| row.contains(&own) && !row.contains("补初审"));
        row.unwrap_or(&home).to_owned()
    };
    let told = line().await;
    let marked = ["工作日", "今天到期", "逾期"].iter().any(|words| told.contains(words));
    assert!(marked, "{told}");
    let path = "/gongzuo/shencha/shixian";
    let read = reviewer.ask(&Method::GET, path, "").await.text;
    assert!(read.contains("3 个工作日") && !read.contains("保存</button>"), "{read}");
    let (head, _) = somebody(&walk, Role::FoiHead).await;
    let mark = head.mark(path).await;
    let steps = "cosign=3&concert=3&legal=3&secrecy=3&referral=3&signature=3&release=3";
    let sent = async |body: &str| {
        head.ask(&Method::POST, path, &format!("_mark={mark}&{steps}&{body}")).await
    };
    for (body, words) in [
        ("first=0&liyou=x", "初审的时限要写 1 到 30 的整数"),
        ("first=三&liyou=x", "初审的时限要写 1 到 30 的整数"),
        ("first=2&liyou=+", "请写明理由"),
    ] {
        let answer = sent(body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.text.contains(words), "{body}: {}", answer.text);
    }
    let done = sent("first=30&liyou=人手少").await;
    assert!(done.to.ends_with("?done=set"), "{} {}", done.status, done.text);
    let told = line().await;
    assert!(told.contains("剩 30 个工作日") || told.contains("剩 29 个工作日"), "{told}");
}
