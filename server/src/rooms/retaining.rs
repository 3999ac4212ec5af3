//! 保管到期 over HTTP: what stands beside requests is proposed by the officer, decided by the head, held and let go.

use axum::http::StatusCode;
use identity::Role;
use ledger::Actor;
use requests::acts::rectification::{self, Found};
use requests::store::{RectificationCase, RectificationWish};
use requests_rules::Contact;

use super::casework::{get, main_of, send, somebody};
use super::routes::{Walk, walk};

const PAGE: &str = "/gongzuo/daoqi";

/// A demand to correct a record that was told more than ten years ago; its number and key.
async fn told_long_ago(walk: &Walk) -> (String, String) {
    let ledger = &walk.ledger;
    let sealer = walk.house.sealer().expect("keys");
    let wish = RectificationWish {
        name: "欧阳金雀".into(),
        proof: None,
        contact: Contact { telephone: Some("13950012345".into()), ..Contact::default() },
        record: "婚姻登记".into(),
        wrong: "日期错了".into(),
        evidence: "证书".into(),
    };
    let desk = ledger.desk(Actor::Visitor).await.expect("a desk");
    let taken = rectification::file(desk, sealer, (&walk.organ, "long-ago"), wish).await;
    let demand = taken.expect("taken").demand;
    let found = Found {
        own_record: true,
        evidence: true,
        competent: true,
        found_wrong: Some(true),
        sent_to: String::new(),
        reason: "已经改正".into(),
    };
    let by = review::testing::someone(&walk.organ, "foi_officer");
    let desk = ledger.desk(by.actor()).await.expect("a desk");
    rectification::tell(desk, sealer, &by, &demand.id, found).await.expect("told");
    let mut desk = ledger.desk(by.actor()).await.expect("a desk");
    let sql = "UPDATE request_rectification SET told_on = '2015-03-05' WHERE id = $1";
    let told = desk.change().run(sql, vec![demand.id.clone().into()]).await;
    told.expect("told long ago");
    let entry = ledger::Entry {
        room: "requests",
        act: "rectification_result",
        subject: format!("rectification:{}", demand.id),
        organ: walk.organ.clone(),
        basis: "《政府信息公开条例》第四十一条".into(),
        facts: serde_json::json!({}),
    };
    desk.record(entry).await.expect("recorded");
    desk.seal().await.expect("sealed");
    (demand.number, demand.id)
}

#[tokio::test]
async fn what_is_kept_too_long_is_taken_out_by_two_persons_at_their_desks() {
    let walk = walk("daoqi").await;
    let (number, id) = told_long_ago(&walk).await;
    let about = format!("rectification:{id}");
    let (officer, head) =
        (somebody(&walk, Role::FoiOfficer).await, somebody(&walk, Role::FoiHead).await);
    let listed = get(&officer, PAGE).await;
    assert!(listed.contains(&number) && !listed.contains("欧阳"), "{}", main_of(&listed));
    let held = [("bianhao", number.as_str()), ("liyou", "法院调取")];
    let held = send(&head, PAGE, &format!("{PAGE}/baoquan"), &held).await;
    assert!(held.to.ends_with("?done=baoquan"), "{}", main_of(&held.text));
    let propose = [("shixiang", about.as_str()), ("liyou", "保管期满")];
    let early = send(&officer, PAGE, &format!("{PAGE}/tiqing"), &propose).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&early.text));
    assert!(early.text.contains("正在依法保全"), "{}", main_of(&early.text));
    let hold = value(&get(&officer, PAGE).await, "baoquan");
    let lifted = [("baoquan", hold.as_str()), ("liyou", "退回")];
    let lifted = send(&officer, PAGE, &format!("{PAGE}/jiechu"), &lifted).await;
    assert!(lifted.to.ends_with("?done=jiechu"), "{}", main_of(&lifted.text));
    let named = [("shixiang", about.as_str()), ("liyou", "欧阳金雀的期满")];
    let named = send(&officer, PAGE, &format!("{PAGE}/tiqing"), &named).await;
    assert!(named.text.contains("当事人的姓名"), "{}", main_of(&named.text));
    let proposed = send(&officer, PAGE, &format!("{PAGE}/tiqing"), &propose).await;
    assert!(proposed.to.ends_with("?done=tiqing"), "{}", main_of(&proposed.text));
    let home = get(&head, "/gongzuo").await;
    assert!(home.contains(&format!("去标识：{number}")), "{}", main_of(&home));
    let removal = value(&get(&head, PAGE).await, "tiqing");
    let decided = [("tiqing", removal.as_str()), ("jueding", "tongyi"), ("liyou", "同意")];
    let own = send(&officer, PAGE, &format!("{PAGE}/jueding"), &decided).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", main_of(&own.text));
    let done = send(&head, PAGE, &format!("{PAGE}/jueding"), &decided).await;
    assert!(done.to.ends_with("?done=quming"), "{} {}", done.to, main_of(&done.text));
    assert!(!main_of(&get(&officer, PAGE).await).contains(&number));
    let case = RectificationCase::find(walk.ledger.store(), &walk.organ, &id).await;
    let case = case.expect("reads").expect("stays");
    assert_eq!(case.wish(walk.house.sealer().expect("keys")).expect("opens"), None);
    let shown = send(&officer, PAGE, &format!("/gongzuo/gengzheng/{id}"), &[]).await;
    assert!(!shown.text.contains("欧阳"), "{}", main_of(&shown.text));
}

/// The value of a hidden field of a page.
fn value(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}
