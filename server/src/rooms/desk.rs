//! Search and calendar of the workbench over HTTP, by the invented persons of the demo: nobody finds what he
//! could not open.

use axum::http::{Method, StatusCode};
use identity::Role;
use web::DemoPerson;

use super::client::{Answer, Client};
use super::routes::{Walk, walk};
use crate::demo;

/// 公告, as an address says it.
const WORD: &str = "%E5%85%AC%E5%91%8A";

/// A draft that is being written, a document that waits for its 初审, one that is out, and one whose 初审
/// is still to follow.
const WRITTEN: &str = "关于走查搜索的公告";
const SUBMITTED: &str = "关于征集便民服务建议的公告";
const PUBLISHED: &str = "关于公布本部门政务公开咨询电话的公告";
const URGENT: &str = "关于台风天气调整服务窗口开放时间的公告";

/// Somebody of an organ in a role, signed in.
async fn somebody(walk: &Walk, organ: &str, role: Role) -> Client {
    let (person, role): (&DemoPerson, Role) =
        demo::who_has(&walk.persons, organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    client
}

async fn get(client: &Client, path: &str) -> Answer {
    client.ask(&Method::GET, path, "").await
}

/// What stands in the main part of a page.
fn main_of(answer: &Answer) -> &str {
    answer.text.split("<main").nth(1).unwrap_or_default()
}

#[tokio::test]
async fn a_desk_and_an_empty_list_of_drafts_begin_with_one_button_for_those_who_draft() {
    let walk = walk("qicao").await;
    let button = "<a class=\"btn\" href=\"/gongzuo/gaojian/xinjian\">起草信息</a>";
    let offered = |answer: &Answer| main_of(answer).matches(button).count();
    let drafter = somebody(&walk, &walk.organ, Role::Drafter).await;
    assert_eq!(offered(&get(&drafter, "/gongzuo").await), 1);
    assert_eq!(offered(&get(&drafter, "/gongzuo/gaojian").await), 1, "with drafts");
    let approver = somebody(&walk, &walk.organ, Role::Approver).await;
    assert_eq!(offered(&get(&approver, "/gongzuo").await), 0, "who drafts nothing is offered none");
    let drafts = records::store::DraftLine::of_organ;
    let mut others = walk
        .persons
        .iter()
        .filter(|one| one.roles.contains(Role::Drafter.name()))
        .collect::<Vec<_>>();
    others.dedup_by_key(|one| one.organ.clone());
    for other in others {
        let any = drafts(walk.ledger.store(), &other.organ).await.expect("lists");
        if any.is_empty() {
            let empty = somebody(&walk, &other.organ, Role::Drafter).await;
            let list = get(&empty, "/gongzuo/gaojian").await;
            assert!(main_of(&list).contains("还没有稿件"), "{}", main_of(&list));
            assert_eq!(offered(&list), 1, "without drafts: {}", main_of(&list));
            return;
        }
    }
    panic!("every organ of the demo has drafts");
}

#[tokio::test]
async fn who_searches_the_workbench_finds_what_he_may_open_and_nothing_else() {
    let walk = walk("search").await;
    let path = format!("/gongzuo/sousuo?q={WORD}");
    let drafter = somebody(&walk, &walk.organ, Role::Drafter).await;
    let begin = "/gongzuo/gaojian/xinjian";
    let body = format!("_mark={}&biaoti={WRITTEN}&shuxing=主动公开", drafter.mark(begin).await);
    let begun = drafter.ask(&Method::POST, begin, &body).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let answer = get(&drafter, &path).await;
    assert!(main_of(&answer).contains(WRITTEN), "{}", main_of(&answer));
    for (role, written, submitted) in [
        (Role::Reviewer, true, true),
        // These read a draft only while it is reviewed.
        (Role::SecrecyReviewer, false, true),
        (Role::Approver, false, true),
        (Role::Publisher, false, true),
    ] {
        let client = somebody(&walk, &walk.organ, role).await;
        let answer = get(&client, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{role}");
        let drafts = main_of(&answer).split("<h2>稿件</h2>").nth(1).unwrap_or_default();
        let drafts = drafts.split("</section>").next().unwrap_or_default();
        assert_eq!(drafts.contains(WRITTEN), written, "{role}: {drafts}");
        assert_eq!(drafts.contains(SUBMITTED), submitted, "{role}: {drafts}");
        assert!(main_of(&answer).contains(PUBLISHED), "{role}: what is out is found");
        // Each of them can be opened by whoever found it.
        for part in main_of(&answer).split("href=\"").skip(1) {
            let href = part.split('"').next().unwrap_or_default();
            if href.starts_with("/gongzuo/gaojian/") || href.starts_with("/gongzuo/shencha/") {
                assert_eq!(get(&client, href).await.status, StatusCode::OK, "{role}: {href}");
            }
        }
    }
    let elsewhere = demo::who_has(&walk.persons, "XM02022", &[Role::Drafter]).expect("has one").0;
    assert_ne!(elsewhere.organ, walk.organ);
    let other = somebody(&walk, "XM02022", Role::Drafter).await;
    let answer = get(&other, &path).await;
    for title in [WRITTEN, SUBMITTED, PUBLISHED] {
        assert!(!main_of(&answer).contains(title), "another organ's: {title}");
    }
    // Signs of a pattern are looked for as they stand.
    let answer = get(&other, "/gongzuo/sousuo?q=%25").await;
    assert!(main_of(&answer).contains("没有找到"), "{}", main_of(&answer));
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
        let client = somebody(&walk, &walk.organ, role).await;
        assert_eq!(get(&client, &path).await.status, StatusCode::FORBIDDEN, "{role}");
    }
}

#[tokio::test]
async fn the_calendar_and_its_file_hold_the_days_of_the_own_to_dos() {
    let walk = walk("calendar").await;
    let reviewer = somebody(&walk, &walk.organ, Role::Reviewer).await;
    let home = get(&reviewer, "/gongzuo").await;
    let row = main_of(&home).split("<tr>").find(|row| row.contains(URGENT)).expect("is to follow");
    let due = row.split("datetime=\"").nth(1).and_then(|rest| rest.get(..10)).expect("has a day");
    let page = get(&reviewer, &format!("/gongzuo/rili?yue={}&ri={due}", &due[..7])).await;
    assert_eq!(page.status, StatusCode::OK);
    let day = main_of(&page).split("id=\"ri\"").nth(1).expect("the day");
    assert!(day.contains(URGENT), "{day}");
    let file = get(&reviewer, "/gongzuo/rili.ics").await;
    let unfolded = file.text.replace("\r\n ", "");
    let start = format!("DTSTART;VALUE=DATE:{}", due.replace('-', ""));
    assert!(unfolded.contains(&start) && unfolded.contains(URGENT), "{unfolded}");
    assert!(file.kept.contains("no-store"));
    let again = get(&reviewer, "/gongzuo/rili.ics").await.text;
    let names = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(names(&file.text), names(&again), "the same to-dos keep their names");
    let stranger = walk.visitor();
    assert_eq!(get(&stranger, "/gongzuo/rili.ics").await.status, StatusCode::SEE_OTHER);
    let publisher = somebody(&walk, &walk.organ, Role::Publisher).await;
    let others = get(&publisher, "/gongzuo/rili.ics").await.text.replace("\r\n ", "");
    assert!(!others.contains(URGENT), "not the own: {others}");
}

/// What the first page says of what its clerk has set going.
fn initiated_of(answer: &Answer) -> &str {
    let panel = answer.text.split("id=\"faqi\"").nth(1).unwrap_or_default();
    panel.split("</section>").next().unwrap_or_default()
}

/// What follows in a text, up to the next quotation mark.
fn after<'a>(text: &'a str, words: &str) -> &'a str {
    let rest = text.split(words).nth(1).unwrap_or_else(|| panic!("no {words}: {text}"));
    rest.split('"').next().unwrap_or_default()
}

#[tokio::test]
async fn whoever_sets_something_going_sees_where_it_stands_and_with_whom_it_lies() {
    let walk = walk("initiated").await;
    let drafter = somebody(&walk, &walk.organ, Role::Drafter).await;
    let home = get(&drafter, "/gongzuo").await;
    let panel = initiated_of(&home);
    assert!(panel.contains(SUBMITTED) && panel.contains("等待初审"), "{panel}");
    assert!(panel.contains("初审人"), "with whom it lies: {panel}");
    for (organ, role) in [(&*walk.organ, Role::Reviewer), ("XM02022", Role::Drafter)] {
        let other = somebody(&walk, organ, role).await;
        let home = get(&other, "/gongzuo").await;
        assert!(!initiated_of(&home).contains(SUBMITTED), "{role}: {}", initiated_of(&home));
        if role == Role::Reviewer {
            assert!(initiated_of(&home).contains("没有等着的"), "{}", initiated_of(&home));
            let all = get(&other, "/gongzuo/faqi").await;
            assert!(main_of(&all).contains("没有发起的事"), "{}", main_of(&all));
        }
    }
    // 关于公布本部门政务公开咨询电话的公告, by a few of its words.
    let found = get(&drafter, "/gongzuo/chexia?q=%E5%92%A8%E8%AF%A2%E7%94%B5%E8%AF%9D").await;
    let page = format!("/gongzuo/chexia/{}", after(&found.text, "href=\"/gongzuo/chexia/"));
    let body = format!("_mark={}&zenyang=wufa&liyou=电话已经变更", drafter.mark(&page).await);
    let sent = drafter.ask(&Method::POST, &page, &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let home = get(&drafter, "/gongzuo").await;
    let panel = initiated_of(&home);
    assert!(panel.contains(PUBLISHED) && panel.contains("等待批准"), "{panel}");
    assert!(panel.contains(Role::Approver.name()), "with whom it lies: {panel}");
    assert!(panel.contains(&page), "and leads there: {panel}");
    let approver = somebody(&walk, &walk.organ, Role::Approver).await;
    let cases = get(&approver, "/gongzuo/chexia").await;
    let case = after(&cases.text, "name=\"jian\" value=\"").to_owned();
    let mark = approver.mark("/gongzuo/chexia").await;
    let body = format!("_mark={mark}&jian={case}&liyou=同意&do=tongyi");
    let decided = approver.ask(&Method::POST, "/gongzuo/chexia/pizhun", &body).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);
    let home = get(&drafter, "/gongzuo").await;
    assert!(!initiated_of(&home).contains(PUBLISHED), "it is done: {}", initiated_of(&home));
    let all = get(&drafter, "/gongzuo/faqi").await;
    let (_, ended) = main_of(&all).split_once("三十天内办结的").expect("what has ended");
    assert!(ended.contains(PUBLISHED) && ended.contains("已撤下"), "{ended}");
}
