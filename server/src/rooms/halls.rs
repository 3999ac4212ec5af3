//! A visitor at a self-service machine, without script: the same pages in the shell, nothing beside them, and
//! nothing left when he goes.

use axum::http::{StatusCode, header};
use store::Statements;

use super::applying::Browser;
use super::routes::{Walk, samples, walk};

const NAME: &str = "林自助";

/// The first page of an application, filled in.
const APPLICANT: [(&str, &str); 7] = [
    ("leibie", "自然人"),
    ("xingming", NAME),
    ("zhengjian", "resident_card"),
    ("haoma", "11010519491231002X"),
    ("dianhua", "0592-7654321"),
    ("dizhi", "演示路1号"),
    ("daili", "self"),
];

async fn drafts(walk: &Walk) -> i64 {
    let sql = "SELECT COUNT(*) FROM request_draft WHERE request IS NULL";
    walk.ledger.store().number(sql, vec![]).await.expect("asks").unwrap_or_default()
}

/// The addresses of a page's links and forms.
fn leads(text: &str) -> Vec<String> {
    let of = |name: &str| {
        let parts = text.split(name).skip(1).filter_map(|rest| rest.split('"').next());
        parts.map(|href| href.replace("&#38;", "&")).collect::<Vec<_>>()
    };
    let body = text.split("<body").nth(1).unwrap_or_default();
    assert!(!body.is_empty());
    let all = [of("<a href=\""), of("action=\"")].concat();
    all.into_iter().filter(|href| !href.starts_with('#') && !href.starts_with('?')).collect()
}

#[tokio::test]
async fn what_is_begun_at_a_machine_goes_with_whoever_leaves() {
    let walk = walk("halls-leaving").await;
    let before = drafts(&walk).await;
    let mut machine = Browser::of(walk.portal());
    let sent = machine.post("/k/shenqing/xin/shenqingren", &APPLICANT).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(sent.to.starts_with("/k/shenqing/xin/neirong?k="), "{}", sent.to);
    assert_eq!(drafts(&walk).await, before + 1);
    let back = machine.get("/k/shenqing/xin/shenqingren").await;
    assert!(back.text.contains(NAME), "while he is there he finds it again");
    assert_eq!(back.headers[header::CACHE_CONTROL], "no-store");
    // Outside of the shell nobody has begun anything.
    let outside = machine.get("/shenqing/xin/shenqingren").await;
    assert!(!outside.text.contains(NAME), "the portal knows nothing of the machine's visitor");
    let gone = machine.get("/k/qingchu").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(drafts(&walk).await, before, "the draft is gone from the store");
    let again = machine.get("/k/shenqing/xin/shenqingren").await;
    assert!(!again.text.contains(NAME), "and from the machine");
    let stale = machine.get(&sent.to).await;
    assert_eq!(stale.status, StatusCode::SEE_OTHER);
    assert!(stale.to.starts_with("/k?k="), "an address out of the history: {}", stale.to);
}

#[tokio::test]
async fn a_link_of_whoever_left_ends_and_changes_nothing_of_whoever_is_there() {
    let walk = walk("halls-stale").await;
    let mut machine = Browser::of(walk.portal());
    let first = machine.post("/k/shenqing/xin/shenqingren", &APPLICANT).await;
    let (_, old) = first.to.split_once("?k=").expect("a mark");
    let old = old.to_owned();
    machine.get("/k/qingchu").await;
    let before = drafts(&walk).await;
    machine.post("/k/shenqing/xin/shenqingren", &APPLICANT).await;
    for path in ["/k/qingchu", "/k", "/k/zihao"] {
        let stale = machine.get(&format!("{path}?k={old}")).await;
        assert_eq!(stale.status, StatusCode::SEE_OTHER, "{path}");
        assert!(stale.to.starts_with("/k?k=") && !stale.to.contains(&old), "{}", stale.to);
    }
    assert_eq!(drafts(&walk).await, before + 1, "the draft of whoever is there stays");
    let again = machine.get("/k/shenqing/xin/shenqingren").await;
    assert!(again.text.contains(NAME));
    let sent = machine.post(&format!("/k/shenqing/xin/shenqingren?k={old}"), &APPLICANT).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(sent.to.starts_with("/k?k="), "a form of whoever left is sent nowhere: {}", sent.to);
}

#[tokio::test]
async fn no_code_leads_to_what_only_this_visitor_may_see() {
    let walk = walk("halls-private").await;
    let mut machine = Browser::of(walk.portal());
    for (path, taken) in [
        ("/k/mulu", true),
        ("/k/zhuanqu", true),
        ("/k/shenqing/xin/shenqingren", false),
        ("/k/shenqing/jindu", false),
        ("/k/zhuanqu/zizhu/zixun", false),
    ] {
        let page = machine.get(path).await;
        assert_eq!(page.text.contains("扫码带走"), taken, "{path}");
    }
}

#[tokio::test]
async fn a_draft_of_the_portal_stays_when_somebody_leaves_a_machine() {
    let walk = walk("halls-apart").await;
    let mut reader = Browser::of(walk.portal());
    reader.post("/shenqing/xin/shenqingren", &APPLICANT).await;
    let before = drafts(&walk).await;
    let inside = reader.get("/k/shenqing/xin/shenqingren").await;
    assert!(!inside.text.contains(NAME), "the machine knows nothing of the portal's visitor");
    reader.get("/k/qingchu").await;
    assert_eq!(drafts(&walk).await, before);
    assert!(reader.get("/shenqing/xin/shenqingren").await.text.contains(NAME));
}

#[tokio::test]
async fn every_link_at_a_machine_stays_there_or_is_taken_away_by_a_code() {
    let walk = walk("halls-links").await;
    let mut machine = Browser::of(walk.portal());
    let mut faults = Vec::new();
    for path in [
        "/k",
        "/k/chaxun",
        "/k/sousuo?q=%E4%BD%8E%E4%BF%9D",
        "/k/mulu",
        "/k/mulu/jiuye",
        "/k/wenjian",
        "/k/gongkai/zhinan",
        "/k/gongkai/jigou",
        "/k/cunju",
        "/k/shenqing/xin",
        "/k/shenqing/jindu",
        "/siming/k",
        "/siming/k/mulu/jiuye",
        "/k/zhuanqu",
        "/k/zhuanqu/zizhu/zixun",
    ] {
        let page = machine.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
        for href in leads(&page.text) {
            let parts: Vec<&str> = href.split(['/', '?']).filter(|part| !part.is_empty()).collect();
            let inside = href.starts_with('/') && parts.iter().take(3).any(|part| *part == "k");
            let marked = href.contains("k=") || page.text.contains("name=\"k\"");
            if !inside || !marked {
                faults.push(format!("{path}: {href}"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn an_attachment_is_looked_at_at_a_machine_and_taken_away_by_a_code() {
    let walk = walk("halls-attachment").await;
    let all = samples(&walk.house).await;
    let preview = all.iter().find(|path| path.ends_with("/yulan")).expect("a preview");
    let (document, _) = preview.split_once("/fujian/").expect("a document's");
    let mut machine = Browser::of(walk.portal());
    let page = machine.get(&format!("/k{document}")).await;
    let inside = format!("/k{preview}?k=");
    let stays = leads(&page.text).into_iter().find(|href| href.starts_with(&inside));
    let shown = machine.get(&stays.expect("its preview stays in the shell")).await;
    assert_eq!(shown.status, StatusCode::OK, "{preview}");
    assert!(shown.text.contains("以下载的原件为准"), "{}", shown.text);
    let taken = shown.text.split("<a class=\"k-take\" href=\"").nth(1);
    let taken = taken.and_then(|rest| rest.split('"').next()).expect("the file is taken away");
    let code = machine.get(&taken.replace("&#38;", "&")).await;
    let file = preview.trim_end_matches("/yulan");
    assert!(code.text.contains("<svg class=\"qr\"") && code.text.contains(file), "{}", code.text);
}

#[tokio::test]
async fn a_wrong_number_at_the_staff_corner_leaves_the_zone_chosen() {
    const CORNER: &str = "/k/zhuanqu/zizhu/zhishou";
    let walk = walk("halls-corner").await;
    for name in ["1 号自助机", "2 号自助机"] {
        let mut machine = Browser::of(walk.portal());
        let asked = machine.get(CORNER).await;
        let mut zones =
            asked.text.split("<option value=\"").filter_map(|rest| rest.split('"').next());
        let zone = zones.find(|zone| zone.ends_with("-xingzhengfuwu")).expect("the city's zone");
        let wrong = [("zhuanqu", zone), ("mingcheng", ""), ("kouling", "999998")];
        let refused = machine.post(CORNER, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept = format!("<option value=\"{zone}\" selected>");
        assert!(refused.text.contains(&kept), "{}", refused.text);
        assert!(!refused.text.contains("value=\"999998\""), "the number is written anew");
        let right = [("zhuanqu", zone), ("mingcheng", ""), ("kouling", "246813")];
        let connected = machine.post(CORNER, &right).await;
        assert_eq!(connected.status, StatusCode::OK);
        assert!(connected.text.contains("口令对了") && connected.text.contains(name), "{name}");
    }
}

#[tokio::test]
async fn what_is_not_for_a_hall_is_told_calmly() {
    let walk = walk("halls-closed").await;
    let mut machine = Browser::of(walk.portal());
    for path in
        ["/k/gongzuo", "/k/gongzuo/denglu", "/k/api/v1/catalogue/coverage", "/k/pianhao", "/k/k"]
    {
        let page = machine.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("这里看不了这一页") && !page.text.contains("工作台"), "{path}");
    }
    let file = machine.get("/k/sousuo?q=a&format=json").await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
    for (qu, sign) in [("https://evil.example/", "0"), ("/mulu", "")] {
        let code = machine.get(&format!("/k/saoma?qu={qu}&yin={sign}")).await;
        assert_eq!(code.status, StatusCode::NOT_FOUND, "nobody makes a code of ours lead to {qu}");
    }
    let own = machine.get("/k/mulu").await;
    let code = leads(&own.text).into_iter().find(|href| href.contains("/saoma?"));
    let code = machine.get(&code.expect("a code of the page")).await;
    assert!(code.text.contains("<svg class=\"qr\"") && code.text.contains("127.0.0.1:8080/mulu"));
    // Without script a page goes on by itself to the question, and from there to the end.
    assert!(
        own.text
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"60; url=/k/haizai?hui=")
    );
    let still = machine.get("/k/haizai?hui=/mulu").await;
    assert!(still.text.contains("content=\"20; url=/k/qingchu?k="), "{}", still.text);
}
