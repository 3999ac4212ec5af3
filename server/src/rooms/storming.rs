//! Bad input: storms from one address, what is too large, days that are none. Each has an answer in words, what
//! was typed stays, and nothing is half done.

use axum::http::{Method, StatusCode, header};
use identity::Role;
use requests::acts::assignment::{self, Assignee};
use requests::acts::opinion;
use requests::store::{Asked, OpinionCase, ThirdParty};
use requests_rules::Contact;

use super::applying::{Browser, LIN, main_of};
use super::casework::filing;
use super::routes::walk;
use crate::demo;

const STORM: [u8; 4] = [203, 0, 113, 9];

async fn requests(walk: &super::routes::Walk, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    store::Statements::number(walk.ledger.store(), &sql, vec![])
        .await
        .expect("counts")
        .unwrap_or_default()
}

#[tokio::test]
async fn a_storm_from_one_address_is_slowed_and_shuts_nobody_out() {
    let walk = walk("storm").await;
    let mut storm = Browser::of(walk.portal()).at(STORM);
    let half = [("xingming", LIN.name), ("dizhi", LIN.address), ("haoma", "1")];
    let place = "/shenqing/xin/shenqingren";
    let mut slowed = None;
    for sent in 0..200 {
        let seen = storm.post(place, &half).await;
        if seen.status == StatusCode::TOO_MANY_REQUESTS {
            slowed = Some((sent, seen));
            break;
        }
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (sent, seen) = slowed.expect("a storm is slowed");
    assert!((120..=130).contains(&sent), "a hall full of people is let through: {sent}");
    let main = main_of(&seen.text);
    for words in ["提交得太快", "您填的内容还在", LIN.name, LIN.address] {
        assert!(main.contains(words), "{words}: {main}");
    }
    let wait = seen.headers.get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok());
    assert!(
        wait.and_then(|wait| wait.parse::<u32>().ok()).is_some_and(|wait| wait <= 2),
        "{wait:?}"
    );
    let read = storm.get("/shenqing/xin").await;
    assert_eq!(read.status, StatusCode::OK, "reading goes on");
    for mut other in [
        Browser::of(walk.portal()).at([203, 0, 113, 10]),
        Browser::of(walk.portal()).at([127, 0, 0, 1]),
        Browser::of(walk.portal()),
    ] {
        let seen = other.post(place, &half).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "others are not slowed");
    }
}

#[tokio::test]
async fn a_storm_of_complaints_keeps_what_was_typed() {
    let walk = walk("storm-complaints").await;
    let mut storm = Browser::of(walk.portal()).at(STORM);
    let before = requests(&walk, "request_complaint").await;
    let fields = [("neirong", "没有公开预算"), ("xingming", LIN.name)];
    for place in ["/shenqing/tousu", "/shenqing/gengzheng", "/shenqing/jianyi"] {
        let mut last = storm.post(place, &fields).await;
        for _ in 0..40 {
            last = storm.post(place, &fields).await;
        }
        assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS, "{place}");
        let main = main_of(&last.text);
        assert!(main.contains("提交得太快") && main.contains(LIN.name), "{place}: {main}");
    }
    assert_eq!(requests(&walk, "request_complaint").await, before);
}

#[tokio::test]
async fn what_is_too_large_is_answered_in_words_and_nothing_of_it_is_kept() {
    let walk = walk("large").await;
    let mut browser = Browser::of(walk.portal());
    let tables = ["request_complaint", "request_rectification", "request_suggestion"];
    let mut kept = Vec::new();
    for table in tables {
        kept.push(requests(&walk, table).await);
    }
    let large = vec![b'a'; 100 << 20];
    for place in ["/shenqing/tousu", "/shenqing/gengzheng", "/shenqing/jianyi"] {
        let seen = browser.upload(place, &[], ("大.pdf", &large)).await;
        assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE, "{place}");
        assert!(main_of(&seen.text).contains("太大，没有收下"), "{place}: {}", main_of(&seen.text));
    }
    for (table, before) in tables.into_iter().zip(kept) {
        assert_eq!(requests(&walk, table).await, before, "{table}");
    }
    let (person, role) =
        demo::who_has(&walk.persons, &walk.organ, &[Role::FoiOfficer]).expect("one");
    let mut officer = walk.visitor();
    officer.sign_in_as(person, role).await;
    let mark = officer.mark("/gongzuo/dengji").await;
    let before = requests(&walk, "request").await;
    let body = format!("_mark={mark}&miaoshu={}", "a".repeat(100 << 20));
    let seen = officer.ask(&Method::POST, "/gongzuo/dengji", &body).await;
    assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE);
    for words in ["没有收下", "已经保存的内容没有变", "分成几个文件"] {
        assert!(seen.text.contains(words), "{words}: {}", main_of(&seen.text));
    }
    assert_eq!(requests(&walk, "request").await, before);
}

fn of_the_organ(walk: &super::routes::Walk, person: &str, role: &str) -> review::Signatory {
    review::Signatory { person: person.into(), ..review::testing::someone(&walk.organ, role) }
}

/// A third party is asked; the code on its letter and the key of the opinion.
async fn asked(walk: &super::routes::Walk) -> (String, String) {
    let (officer, head) =
        (of_the_organ(walk, "chen", "foi_officer"), of_the_organ(walk, "wang", "foi_head"));
    let request = filing(walk, "专项补贴").await.id;
    let to = Assignee {
        unit: String::new(),
        officer: officer.person.clone(),
        name: officer.name.clone(),
    };
    let desk = walk.ledger.desk(head.actor()).await.expect("a desk");
    assignment::assign(desk, &head, &request, to).await.expect("assigned");
    let third = ThirdParty {
        name: "某某公司".into(),
        contact: Contact { telephone: Some("0592-1234567".into()), ..Contact::default() },
    };
    let desk = walk.ledger.desk(officer.actor()).await.expect("a desk");
    let sealer = walk.house.sealer().expect("keys");
    let asked = (Asked::ThirdParty(third), "供货合同的单价");
    let told = opinion::ask(desk, sealer, &officer, &request, asked).await.expect("asked");
    (told.code.expect("a code"), told.opinion.id)
}

#[tokio::test]
async fn a_third_party_is_slowed_told_what_is_too_large_and_loses_nothing() {
    let walk = walk("storm-third").await;
    let (code, opinion) = asked(&walk).await;
    let (entry, page) = ("/shenqing/disanfang", "/shenqing/disanfang/yijian");
    let mut third = Browser::of(walk.portal()).at(STORM);
    let large = vec![b'a'; 100 << 20];
    let seen = third.upload(entry, &[], ("大.pdf", &large)).await;
    assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(main_of(&seen.text).contains("太大，没有收下"), "{}", main_of(&seen.text));
    let seen = third.post(entry, &[("chaxunma", &code)]).await;
    assert_eq!(seen.to, page, "{}", main_of(&seen.text));
    let seen = third.upload(page, &[("shuo", "wuliyou")], ("大.pdf", &large)).await;
    assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(main_of(&seen.text).contains("这一次没有收下"), "{}", main_of(&seen.text));
    let half = [("shuo", ""), ("liyou", "单价是没有公开过的商业秘密")];
    let mut last = third.post(page, &half).await;
    for _ in 0..40 {
        last = third.post(page, &half).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    let main = main_of(&last.text);
    assert!(main.contains("提交得太快") && main.contains("没有公开过的商业秘密"), "{main}");
    let mut tries = Browser::of(walk.portal()).at([203, 0, 113, 77]);
    let mut slowed = tries.post(entry, &[("chaxunma", "")]).await;
    for _ in 0..130 {
        slowed = tries.post(entry, &[("chaxunma", "")]).await;
    }
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    let mut third = third.at([203, 0, 113, 10]);
    let whole = [("shuo", "butongyi"), ("liyou", "单价是没有公开过的商业秘密")];
    let seen = third.post(page, &whole).await;
    assert_eq!(seen.to, page, "{}", main_of(&seen.text));
    let kept = OpinionCase::find(walk.ledger.store(), &opinion).await.expect("reads");
    assert!(kept.expect("there").given_on.is_some(), "what it says is taken");
}

#[tokio::test]
async fn a_file_that_is_too_large_at_the_counter_is_told_and_registers_nothing() {
    let walk = walk("large-counter").await;
    let (person, role) =
        demo::who_has(&walk.persons, &walk.organ, &[Role::FoiOfficer]).expect("one");
    let mut officer = walk.visitor();
    officer.sign_in_as(person, role).await;
    let before = requests(&walk, "request").await;
    let mark = officer.mark("/gongzuo/dengji").await;
    let mut browser = Browser::of(walk.portal()).signed_in(officer.cookie.as_deref());
    let large = vec![b'a'; 100 << 20];
    let fields = [("_mark", mark.as_str()), ("do", "dengji"), ("miaoshu", "征地补偿")];
    let seen = browser.upload("/gongzuo/dengji", &fields, ("扫描.pdf", &large)).await;
    assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE);
    for words in ["没有收下", "已经保存的内容没有变", "分成几个文件", "退回上一页"]
    {
        assert!(seen.text.contains(words), "{words}: {}", main_of(&seen.text));
    }
    assert_eq!(requests(&walk, "request").await, before);
}

#[tokio::test]
async fn a_complaint_about_the_city_itself_is_told_where_to_go() {
    let walk = walk("above").await;
    let mut browser = Browser::of(walk.portal());
    let fields = [
        ("_jian", "0123456789abcdef"),
        ("leixing", "not_answered"),
        ("jiguan", "XM00001"),
        ("neirong", "到期没有答复"),
        ("xingming", LIN.name),
        ("dianhua", LIN.telephone),
    ];
    let before = requests(&walk, "request_complaint").await;
    let seen = browser.post("/shenqing/tousu", &fields).await;
    let main = main_of(&seen.text);
    assert_eq!(seen.status, StatusCode::OK, "{main}");
    for words in ["由福建省人民政府的政府信息公开工作主管部门", "到期没有答复", LIN.name, "12345"]
    {
        assert!(main.contains(words), "{words}: {main}");
    }
    assert_eq!(requests(&walk, "request_complaint").await, before);
}
