//! Forms that are refused come back: the same page with what is wrong and what was typed, and nothing on it
//! leads to an address that only takes forms.

use std::collections::{BTreeSet, HashMap};

use axum::http::{Method, StatusCode};
use identity::Role;
use identity::powers::Policy;
use web::{Admission, DemoPerson};

use super::client::{Answer, Client};
use super::routes::{Walk, walk};
use crate::demo;

/// Somebody in a role, signed in.
async fn somebody(walk: &Walk, role: Role) -> (Client, DemoPerson) {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    (client, person.clone())
}

/// Sends a form from a page.
async fn send(client: &Client, page: &str, to: &str, body: &str) -> Answer {
    let mark = client.mark(page).await;
    client.ask(&Method::POST, to, &format!("_mark={mark}&{body}")).await
}

/// The main part of a page.
fn main_of(page: &str) -> &str {
    page.split("<main").nth(1).unwrap_or_default()
}

/// That a form came back: with the summary, the title, and these words on its page.
fn came_back(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    assert!(answer.text.contains("<title>有错误："), "{}", answer.text);
    assert_eq!(answer.kept, "no-store");
    let main = main_of(&answer.text);
    assert_eq!(main.matches("class=\"errsum\"").count(), 1, "{main}");
    for said in words {
        assert!(main.contains(said), "{said}: {main}");
    }
}

#[tokio::test]
async fn no_refused_form_is_a_dead_end() {
    let walk = walk("forms").await;
    let mut clerks: HashMap<String, Client> = HashMap::new();
    let mut faults = Vec::new();
    for (method, route, path) in walk.paths(|own| matches!(own, Admission::Power(_))) {
        if method != Method::POST {
            continue;
        }
        let own = walk.routes.iter().find(|(m, other, _)| *m == method && *other == route);
        let Some((_, _, Admission::Power(act))) = own else { continue };
        let roles: Vec<Role> =
            Role::all().filter(|role| Policy::of_house().ever(act, *role)).collect();
        let (person, role) =
            demo::who_has(&walk.persons, &walk.organ, &roles).expect("somebody may");
        if !clerks.contains_key(&person.login) {
            let mut client = walk.visitor();
            client.sign_in(person).await;
            clerks.insert(person.login.clone(), client);
        }
        let clerk = clerks.get_mut(&person.login).expect("signed in");
        clerk.take(person, role).await;
        let answer = send(clerk, "/gongzuo/zhanghao", &path, "").await;
        let (status, main) = (answer.status, main_of(&answer.text));
        let may = [
            StatusCode::OK,
            StatusCode::SEE_OTHER,
            StatusCode::UNPROCESSABLE_ENTITY,
            StatusCode::FORBIDDEN,
            StatusCode::NOT_FOUND,
        ];
        if !may.contains(&status) {
            faults.push(format!("{path}: {status} {main}"));
        }
        let hrefs = main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let ours: BTreeSet<&str> = hrefs.filter(|href| href.starts_with("/gongzuo")).collect();
        for href in ours {
            let led = clerk.ask(&Method::GET, &href.replace("&#38;", "&"), "").await.status;
            if led == StatusCode::METHOD_NOT_ALLOWED {
                faults.push(format!("{path} ({status}) leads to {href}, which is no page"));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_names_the_field() {
    let walk = walk("returned").await;
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let new = "/gongzuo/gaojian/xinjian";
    let body = "biaoti=%E7%A8%BF&shuxing=%E4%B8%BB%E5%8A%A8%E5%85%AC%E5%BC%80";
    came_back(&send(&drafter, new, new, "biaoti=&shuxing=").await, &["写出文件的标题"]);
    let begun = send(&drafter, new, new, body).await;
    let draft = begun.to.split('?').next().unwrap_or_default().to_owned();
    assert!(draft.starts_with("/gongzuo/gaojian/"), "{} {}", begun.status, begun.text);
    // A draft without a text is not handed in; what was noted beside stays.
    let note = "shuoming=%E8%AF%B7%E5%B0%BD%E5%BF%AB%22%3E";
    let answer = send(&drafter, &draft, &format!("{draft}/songshen"), note).await;
    came_back(
        &answer,
        &["href=\"#zhengwen\"", "在“正文”里写", "value=\"请尽快&#34;&#62;\"", "送审前检查"],
    );
    let answer = send(&drafter, &draft, &format!("{draft}/fujian"), "kan=1").await;
    came_back(&answer, &["没有选文件", "href=\"#wenjian\"", "id=\"wenjian-err\""]);
    let answer = send(&drafter, &draft, &format!("{draft}/daoru"), "kan=1").await;
    came_back(&answer, &["没有选文件", "href=\"#gaowen\"", "<details class=\"fold\" open"]);

    let list = format!("/wenjian?organ={}", walk.organ);
    let list = walk.visitor().ask(&Method::GET, &list, "").await.text;
    let keys = list.split("href=\"/wenjian/").filter_map(|rest| rest.get(..36));
    let whole = |key: &String| key.bytes().all(|one| one.is_ascii_hexdigit() || one == b'-');
    let record = keys.map(str::to_owned).find(whole);
    let record = record.expect("the demo has published something");
    let page = format!("/gongzuo/chexia/{record}");
    let answer = send(&drafter, &page, &format!("{page}/gengzheng"), "liyou=+").await;
    came_back(&answer, &["没有写理由", "href=\"#liyou-g\"", "id=\"liyou-g-err\""]);
    let typed =
        "zenyang=shixiao&yiju=%E6%96%B0%E5%8A%9E%E6%B3%95&liyou=%E5%B7%B2%E5%BA%9F%E6%AD%A2";
    let answer = send(&drafter, &page, &page, typed).await;
    let kept = [
        "没有写废止日期",
        "href=\"#feizhi\"",
        "value=\"新办法\"",
        "已废止</textarea>",
        "value=\"shixiao\" checked",
    ];
    came_back(&answer, &kept);
    // What only the act refuses stands at its entry as well, with all that was typed.
    for (typed, entry, told) in [
        ("zenyang=yizou&dizhi=&liyou=x", "dizhi", "没有写明并入或移到哪里"),
        ("zenyang=yizou&dizhi=/wenjian/x&liyou=x", "dizhi", "没有并入或移到的那份文件"),
        ("zenyang=shixiao&feizhi=1999-01-01&liyou=x", "feizhi", "废止日期早于成文日期"),
        ("zenyang=wufa&biangeng=2099-01-01&liyou=x", "biangeng", "日期在今天以后"),
        ("zenyang=wufa&liyou=+", "liyou-c", "没有写理由"),
    ] {
        let answer = send(&drafter, &page, &page, typed).await;
        let (link, error) = (format!("href=\"#{entry}\""), format!("id=\"{entry}-err\""));
        came_back(&answer, &[told, &link, &error]);
    }
    let long = format!("zenyang=wufa&liyou={}", "x".repeat(501));
    let answer = send(&drafter, &page, &page, &long).await;
    came_back(&answer, &["理由超过500字", "href=\"#liyou-c\"", "id=\"liyou-c-err\""]);
    // Another form of the same page stays as it was.
    assert!(
        !main_of(&answer.text).contains("id=\"liyou-g\" name=\"liyou\" value="),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn items_of_the_own_catalogue_come_before_those_of_others_and_each_says_whose_it_is() {
    use store::Statements;
    #[derive(store::FromQueryResult)]
    struct Own {
        organ: String,
    }
    let walk = walk("shixiang").await;
    let sql = "SELECT DISTINCT c.organ FROM catalogue c
                 JOIN catalogue_version v ON v.catalogue = c.id AND v.state = 'released'
                ORDER BY c.organ";
    let own: Vec<Own> = walk.ledger.store().all(sql, vec![]).await.expect("lists");
    let mut drafters =
        own.iter().filter_map(|own| demo::who_has(&walk.persons, &own.organ, &[Role::Drafter]));
    let (person, role) = drafters.next().expect("somebody drafts where a catalogue is issued");
    let mut drafter = walk.visitor();
    drafter.sign_in_as(person, role).await;
    let new = "/gongzuo/gaojian/xinjian";
    let body = "biaoti=%E7%A8%BF&shuxing=%E4%B8%BB%E5%8A%A8%E5%85%AC%E5%BC%80";
    let begun = send(&drafter, new, new, body).await;
    let page = format!("{}/shixiang", begun.to.split('?').next().unwrap_or_default());
    let shown = drafter.ask(&Method::GET, &page, "").await.text;
    let main = main_of(&shown);
    let own = main.find("<h2>本机关目录的事项</h2>").unwrap_or_else(|| panic!("{main}"));
    let theirs = main.find("<h2>其他机关目录的事项</h2>").unwrap_or(main.len());
    assert!(own < theirs, "{main}");
    assert!(!main[own..theirs].contains("的目录</span>"), "{main}");
    let others = main[theirs..].matches("<th scope=\"row\">").count();
    assert_eq!(main[theirs..].matches("的目录</span>").count(), others, "{main}");
}

#[tokio::test]
async fn one_press_is_offered_for_the_text_alone_and_an_attachment_is_told_how_to_be_mended() {
    use documents::Examined;
    use documents::examining::here::scan_text;
    use documents::personal::Grade;
    use records::acts::{Hand, drafting, upload};
    use records::store::{Content, Draft};
    const PRESS: &str = "一键遮盖正文里的个人信息";
    let walk = walk("zhegai").await;
    let (drafter, _) = somebody(&walk, Role::Drafter).await;
    let new = "/gongzuo/gaojian/xinjian";
    let body = "biaoti=%E7%A8%BF&shuxing=%E4%B8%BB%E5%8A%A8%E5%85%AC%E5%BC%80";
    let begun = send(&drafter, new, new, body).await;
    let page = begun.to.split('?').next().unwrap_or_default().to_owned();
    let id = page.rsplit('/').next().unwrap_or_default();
    let store = walk.ledger.store();
    let find = async || {
        let found = Draft::find(store, &walk.organ, id).await.expect("asks");
        found.expect("is there")
    };
    let draft = find().await;
    let hand = Hand {
        person: draft.author.clone(),
        name: draft.author_name.clone(),
        organ: draft.organ.clone(),
        unit: draft.unit.clone(),
        stands_in_for: None,
    };
    let text = "身份证号11010519491231002X";
    // What the copy does not mask is for a person to look at.
    let mut findings = scan_text(text, "第1行");
    findings.list.iter_mut().for_each(|finding| finding.grade = Grade::Ask);
    let examined =
        Examined { findings, cleaned: Ok(text.as_bytes().to_vec()), text: String::new() };
    let desk = async || {
        let actor = ledger::Actor::Person(hand.person.clone());
        walk.ledger.desk(actor).await.expect("a desk")
    };
    let given = ("名单.txt", text.as_bytes().to_vec());
    let file = upload::keep(desk().await, &walk.data, &hand, given, examined).await;
    let file = file.expect("keeps");
    let content = Content { files: vec![file], ..draft.content.clone() };
    let saved =
        drafting::save(desk().await, &hand, id, draft.revision, content.clone(), false).await;
    assert!(matches!(saved, Ok(drafting::Kept::Kept(_))));
    let shown = drafter.ask(&Method::GET, &page, "").await.text;
    let main = main_of(&shown);
    assert!(main.contains("附件“名单.txt”疑似") && !main.contains(PRESS), "{main}");
    assert!(main.contains("移除这个附件") && main.contains("href=\"#fujian\""), "{main}");
    let content = Content { body: format!("联系人{text}。"), ..content };
    let saved =
        drafting::save(desk().await, &hand, id, find().await.revision, content, false).await;
    assert!(matches!(saved, Ok(drafting::Kept::Kept(_))));
    let shown = drafter.ask(&Method::GET, &page, "").await.text;
    assert!(main_of(&shown).contains(PRESS), "{shown}");
}

#[tokio::test]
async fn a_change_of_the_words_waits_for_another_person_or_is_taken_back() {
    let walk = walk("cibiao").await;
    let mut persons =
        walk.persons.iter().filter(|one| one.roles.contains(Role::LegalReviewer.name()));
    let second =
        persons.clone().find(|one| one.login.ends_with(".cibiao")).expect("the demo has one");
    let first = persons.find(|one| one.organ == second.organ && one.login != second.login);
    let first = first.expect("and another one");
    let page = "/gongzuo/cibiao";
    let mut one = walk.visitor();
    one.sign_in_as(first, Role::LegalReviewer).await;
    let bare =
        send(&one, page, page, "do=jia&xiefa=%E8%AF%8D&leibie=%E5%85%B6%E4%BB%96&liyou=").await;
    came_back(&bare, &["没有写理由", "href=\"#liyou-1\"", "value=\"词\""]);
    let full = "do=jia&xiefa=%E8%AF%8D%E8%AF%8D&leibie=%E5%85%B6%E4%BB%96&liyou=x";
    let proposed = send(&one, page, page, full).await;
    assert!(proposed.to.ends_with("?done=tichu"), "{} {}", proposed.status, proposed.text);
    let text = one.ask(&Method::GET, page, "").await.text;
    assert!(text.contains("/chehui") && !text.contains("/hezhun"), "{text}");
    let back = send(&one, page, "/gongzuo/cibiao/chehui", "ban=1&liyou=x").await;
    assert!(back.to.ends_with("?done=chehui"), "{} {}", back.status, back.text);
    assert!(one.ask(&Method::GET, page, "").await.text.contains("<td>撤回</td>"));
    let again = send(&one, page, page, full).await;
    assert!(again.to.ends_with("?done=tichu"), "{} {}", again.status, again.text);
    let mut other = walk.visitor();
    other.sign_in_as(second, Role::LegalReviewer).await;
    let bare = send(&other, page, "/gongzuo/cibiao/hezhun", "ban=2&do=tongyi&liyou=").await;
    came_back(&bare, &["没有写理由", "href=\"#hezhun\""]);
    // Nobody takes back what another has proposed.
    let back = send(&other, page, "/gongzuo/cibiao/chehui", "ban=2&liyou=x").await;
    came_back(&back, &["已经办过了"]);
    let held = send(&other, page, "/gongzuo/cibiao/hezhun", "ban=2&do=tongyi&liyou=x").await;
    assert!(held.to.ends_with("?done=hezhun"), "{} {}", held.status, held.text);
}

#[tokio::test]
async fn the_audit_names_what_was_done_and_answers_a_day_that_is_none() {
    let walk = walk("shenji").await;
    let search = ledger::Search { most: 100_000, ..ledger::Search::default() };
    let events = walk.ledger.search(&search).await.expect("lists");
    let acts: BTreeSet<String> =
        events.iter().map(|event| format!("{}.{}", event.room, event.act)).collect();
    assert!(acts.len() > 20, "{acts:?}");
    let (auditor, _) = somebody(&walk, Role::AuditAdmin).await;
    let page = auditor.ask(&Method::GET, "/gongzuo/shenji", "").await;
    let options: BTreeSet<&str> = page
        .text
        .split("<option value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let unnamed: Vec<_> = acts.iter().filter(|act| !options.contains(act.as_str())).collect();
    assert_eq!(unnamed, Vec::<&String>::new(), "they have no name in Chinese");
    let body = page.text.split("<tbody").nth(1).unwrap_or_default();
    assert!(body.contains("登录<span class=\"sm muted from\">identity."), "{body}");
    for (query, words) in [
        ("from=2026-13-01", "开始的日期不对"),
        ("until=gestern", "截止的日期不对"),
        ("from=2026-11-20&until=2026-11-01", "截止的日期早于开始的日期"),
    ] {
        let path = format!("/gongzuo/shenji?{query}");
        came_back(&auditor.ask(&Method::GET, &path, "").await, &[words, "aria-invalid"]);
    }
}
