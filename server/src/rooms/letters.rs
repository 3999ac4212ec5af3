//! A letter over HTTP: written, taken in, answered by one and looked at by another, read by its writer alone; and a
//! published answer that is taken down when its writer no longer agrees; orders of the hotline, by a table and by a
//! program.

use std::fmt::Write;

use axum::http::{Method, StatusCode};
use identity::Role;
use ledger::Actor;
use serde_json::Value;
use store::Statements;
use suggestions::acts::{platform, writer};
use suggestions::store::{Piece, Suggestion};
use web::address::encoded;

use super::client::{Answer, Client};
use super::routes::{Walk, walk};
use crate::demo;

const PHONE: &str = "13900001234";

async fn somebody(walk: &Walk, role: Role) -> Client {
    somebody_of(walk, &walk.organ, role).await
}

async fn somebody_of(walk: &Walk, organ: &str, role: Role) -> Client {
    let (person, role) = demo::who_has(&walk.persons, organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    client
}

fn body(fields: &[(&str, &str)]) -> String {
    fields.iter().fold(String::new(), |mut body, (name, value)| {
        write!(body, "&{}={}", encoded(name), encoded(value)).expect("a text");
        body
    })
}

async fn send(client: &Client, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = client.mark(page).await;
    client.ask(&Method::POST, to, &format!("_mark={mark}{}", body(fields))).await
}

async fn get(client: &Client, path: &str) -> Answer {
    client.ask(&Method::GET, path, "").await
}

/// The codes on a receipt: the number and the query code.
fn codes(receipt: &str) -> (String, String) {
    let mut parts = receipt.split("<p class=\"code\">").skip(1);
    let mut code = || {
        let part = parts.next().expect("a code");
        part.split('<').next().unwrap_or_default().to_owned()
    };
    (code(), code())
}

#[tokio::test]
async fn a_letter_is_written_answered_by_two_persons_and_read_by_its_writer_alone() {
    let walk = walk("letters").await;
    let writer = walk.visitor();
    let written = [
        ("key", "one-form"),
        ("zhonglei", "inquiry"),
        ("jiguan", walk.organ.as_str()),
        ("biaoti", "公示在哪里看"),
        ("neirong", "我是林秀英，电话13900001234，公示在哪里看？"),
        ("xingming", "林秀英"),
        ("dianhua", PHONE),
        ("gongkai", "tongyi"),
    ];
    let path = "/siming/zixun/xie";
    let wrong = writer.ask(&Method::POST, path, "zhonglei=inquiry&biaoti=a").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("写明要问、要说的内容"), "{}", wrong.text);
    let receipt = writer.ask(&Method::POST, path, &body(&written)).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.text);
    let again = writer.ask(&Method::POST, path, &body(&written)).await;
    assert_eq!(codes(&receipt.text), codes(&again.text), "the same form is the same letter");
    let (number, code) = codes(&receipt.text);
    let found = Suggestion::waiting(walk.ledger.store(), &walk.organ, 50).await.expect("lists");
    let letter = found.into_iter().find(|one| one.number == number).expect("came");
    let page = letter.desk_path();

    let handler = somebody(&walk, Role::SuggestionHandler).await;
    let seen = get(&handler, &page).await.text;
    assert!(!seen.contains(PHONE) && !seen.contains("林秀英"), "masked: {seen}");
    let accept = [("do", "shouli")];
    let done = send(&handler, &page, &format!("{page}/shouli"), &accept).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let opened = send(&handler, &page, &format!("{page}/lianxi"), &[("liyou", "核实地址")]).await;
    assert!(opened.text.contains(PHONE) && opened.text.contains("林秀英"), "{}", opened.text);
    let answer = [("do", "songshen"), ("dafu", "在社区公示栏和本站公示栏目。")];
    let done = send(&handler, &page, &format!("{page}/dafu"), &answer).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let early = send(&handler, &page, &format!("{page}/fachu"), &[]).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN, "nobody has looked at it");

    let reviewer = somebody(&walk, Role::Reviewer).await;
    let refused = send(&reviewer, &page, &format!("{page}/lianxi"), &[("liyou", "看")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "how he is reached is the handler's alone");
    let passes = [("do", "tongguo"), ("gao", "1")];
    let passed = send(&reviewer, &page, &format!("{page}/shenhe"), &passes).await;
    assert_eq!(passed.status, StatusCode::SEE_OTHER, "{}", passed.text);
    let sent = send(&handler, &page, &format!("{page}/fachu"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);

    let track = async |tail: &str, more: &[(&str, &str)]| {
        let fields = [&[("ma", code.as_str()), ("weihao", tail)], more].concat();
        writer.ask(&Method::POST, "/siming/zixun/jindu", &body(&fields)).await
    };
    assert_eq!(track("0000", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = track("1234", &[]).await;
    assert!(told.text.contains("在社区公示栏") && told.text.contains("已答复"), "{}", told.text);
    assert!(!told.text.contains("核实地址"), "what the office does with itself is its own");
    let rated = track("1234", &[("do", "pingjia"), ("pingjia", "satisfied")]).await;
    assert!(rated.text.contains("谢谢您的评价"), "{}", rated.text);
}

/// A letter to the organ, and its query code.
async fn came(walk: &Walk, title: &str, words: &str) -> (Suggestion, String) {
    let written = [
        ("key", title),
        ("zhonglei", "inquiry"),
        ("jiguan", walk.organ.as_str()),
        ("biaoti", title),
        ("neirong", words),
    ];
    let receipt = walk.visitor().ask(&Method::POST, "/siming/zixun/xie", &body(&written)).await;
    let (number, code) = codes(&receipt.text);
    let found = Suggestion::waiting(walk.ledger.store(), &walk.organ, 50).await.expect("lists");
    (found.into_iter().find(|one| one.number == number).expect("came"), code)
}

#[tokio::test]
async fn what_was_typed_stays_where_another_act_is_refused_and_a_transfer_says_where_it_went() {
    let walk = walk("letters-typed").await;
    let words = "补贴没有打到6212263445082519749，怎么办？";
    let (letter, code) = came(&walk, "补贴到账", words).await;
    let page = letter.desk_path();
    let handler = somebody(&walk, Role::SuggestionHandler).await;
    let seen = get(&handler, &page).await.text;
    assert!(!seen.contains("6212263445082519749"), "masked: {seen}");
    assert!(seen.contains("留言里有银行卡号"), "warned of: {seen}");
    let done = send(&handler, &page, &format!("{page}/shouli"), &[("do", "shouli")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let typed = [("dafu", "请到社区核对。"), ("zhuanbanliyou", "是别处的事")];
    let nowhere = [("do", "zhuanban"), ("jiguan", ""), typed[0], typed[1]];
    let refused = send(&handler, &page, &format!("{page}/zhuanban"), &nowhere).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    for part in ["选转给哪个机关", "请到社区核对。</textarea>", "value=\"是别处的事\""]
    {
        assert!(refused.text.contains(part), "{part}: {}", refused.text);
    }
    let again = get(&handler, &page).await.text;
    assert!(again.contains("请到社区核对。</textarea>"), "kept as a draft: {again}");
    let reviewer = somebody(&walk, Role::Reviewer).await;
    let other = get(&reviewer, &page).await.text;
    assert!(!other.contains("请到社区核对。"), "who does not write the answer sees no draft");
    let vague = [("do", "xinfang"), ("qingxing", ""), ("jieshou", "领导"), typed[0]];
    let vague = send(&handler, &page, &format!("{page}/zhuanban"), &vague).await;
    for part in ["选一种情形", "写明判为信访的理由", "value=\"领导\""] {
        assert!(vague.text.contains(part), "{part}: {}", vague.text);
    }
    let to = if walk.organ == "XM01025" { "XM01023" } else { "XM01025" };
    let there = [("do", "zhuanban"), ("jiguan", to), typed[1]];
    let moved = send(&handler, &page, &format!("{page}/zhuanban"), &there).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
    let list = get(&handler, &moved.to).await.text;
    let told = format!("{}已转办，现在由", letter.number);
    assert!(list.contains(&told), "{list}");
    let gone = get(&handler, &page).await;
    assert_eq!((gone.status, gone.to), (StatusCode::SEE_OTHER, moved.to), "led to the list");
    let asked = body(&[("ma", code.as_str()), ("weihao", "")]);
    let told = walk.visitor().ask(&Method::POST, "/siming/zixun/jindu", &asked).await.text;
    for part in ["补贴到账", words, "办理的机关"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[tokio::test]
async fn what_was_published_in_error_is_taken_down_by_another_than_who_proposed_it() {
    let walk = walk("letters-in-error").await;
    let pieces = Piece::batch(walk.ledger.store(), "", 1).await.expect("lists");
    let piece = pieces.into_iter().next().expect("the demo has published some");
    let page = format!("/gongzuo/liuyan/{}", piece.suggestion);
    let handler = somebody_of(&walk, &piece.organ, Role::SuggestionHandler).await;
    let reason = [("liyou", "标准写错了")];
    let proposed = send(&handler, &page, &format!("{page}/chexia"), &reason).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
    let decision = [("do", "tongyi"), ("liyou", "同意")];
    let own = send(&handler, &page, &format!("{page}/chexiashenpi"), &decision).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "whoever proposes does not decide");
    let head = somebody_of(&walk, &piece.organ, Role::Approver).await;
    let seen = get(&head, &page).await.text;
    assert!(seen.contains("审批撤下") && seen.contains("标准写错了"), "{seen}");
    let decided = send(&head, &page, &format!("{page}/chexiashenpi"), &decision).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text);
    let gone = get(&walk.visitor(), &format!("/siming{}", piece.path())).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text.contains("标准写错了") && !gone.text.contains(&piece.question));
    let feed = get(&walk.visitor(), "/siming/zixun/xuandeng.atom").await.text;
    assert!(
        feed.contains("deleted-entry") && feed.contains(&piece.id),
        "reading programs are told"
    );
    let left = "SELECT COUNT(*) FROM review_piece WHERE id = $1 AND body <> ''";
    let left = walk.ledger.store().number(left, vec![piece.id.clone().into()]).await;
    assert_eq!(left.expect("counts"), Some(0), "nothing of it is left in its review");
}

#[tokio::test]
async fn an_answer_whose_writer_no_longer_agrees_is_taken_down_in_the_same_act() {
    let walk = walk("letters-consent").await;
    let visitor = walk.visitor();
    let store = walk.ledger.store();
    let pieces = Piece::batch(store, "", 1).await.expect("lists");
    let piece = pieces.first().expect("the demo has published some");
    let path = format!("/siming{}", piece.path());
    let shown = get(&visitor, &path).await;
    assert!(shown.status == StatusCode::OK && shown.text.contains(&piece.question));
    let list = get(&visitor, "/siming/zixun/xuandeng").await.text;
    assert!(list.contains(&piece.id), "{list}");

    let organ = &piece.organ;
    let letter = Suggestion::find(store, organ, &piece.suggestion).await.expect("asks");
    let desk = walk.ledger.desk(Actor::Visitor).await.expect("a desk");
    let sealer = walk.house.sealer().expect("keys");
    writer::consent(desk, sealer, &letter.expect("is there"), false).await.expect("takes back");

    let gone = Piece::find(store, &piece.id).await.expect("asks").expect("is remembered");
    assert!(gone.question.is_empty() && gone.answer.is_empty() && gone.withdrawn_on.is_some());
    let subject = format!("suggestion_piece:{}", piece.id);
    let history = walk.ledger.log().history(&subject).await.expect("reads");
    let words: Vec<_> = history.iter().map(|leaf| leaf.body.words()).collect();
    assert_eq!(words, ["发布", "撤下（本人撤回同意）"]);
}

#[tokio::test]
async fn a_table_of_orders_is_shown_then_taken_in_once_and_told_as_it_stands() {
    let walk = walk("letters-orders").await;
    let handler = somebody(&walk, Role::SuggestionHandler).await;
    let page = "/gongzuo/gongdan";
    let table = "工单编号,来电时间,类型,标题,内容\r\nXM7,2026-01-02 09:30,咨询,路灯,路灯不亮\r\n";
    let sends = async |what: &str, table: &str| {
        send(&handler, page, page, &[("do", what), ("neirong", table)]).await
    };
    let wrong = sends("du", &table.replace("咨询", "别的")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("第 2 行“类型”：写咨询"), "{}", wrong.text);
    let shown = sends("du", table).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(shown.text.contains("收进 1 件") && shown.text.contains("路灯"), "{}", shown.text);
    let came = async || {
        let found = Suggestion::with_orders(walk.ledger.store(), "/siming", &["XM7"]).await;
        found.expect("asks").len()
    };
    assert_eq!(came().await, 0, "what is shown is not taken in yet");
    assert!(!shown.text.contains("工单编号,来电时间"), "the page carries no table: {}", shown.text);
    let taking = |page: &str| {
        let id = page.split("name=\"biao\" value=\"").nth(1).expect("waits under a key");
        id.split('"').next().unwrap_or_default().to_owned()
    };
    let takes = async |id: &str| send(&handler, page, page, &[("do", "daoru"), ("biao", id)]).await;
    let id = taking(&shown.text);
    let left = get(&handler, &format!("{page}?biao={id}")).await.text;
    assert!(left.contains("刚才看过的表格没有收进") && left.contains("路灯不亮"), "{left}");
    let done = takes(&id).await;
    assert_eq!((done.status, came().await), (StatusCode::SEE_OTHER, 1), "{}", done.text);
    let twice = takes(&id).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "what was taken in waits no longer");
    assert!(twice.text.contains("这张表不在了"), "{}", twice.text);
    let again = takes(&taking(&sends("du", table).await.text)).await;
    assert!(again.to.contains("done=shouguo"), "{}", again.to);
    assert_eq!(came().await, 1);
    let found = get(&handler, "/gongzuo/gongdan?q=XM7").await.text;
    assert!(found.contains("<th scope=\"row\">XM7</th>"), "{found}");
    let none = get(&handler, "/gongzuo/gongdan?q=XM0").await.text;
    assert!(none.contains("本机关没有这个编号的工单"), "{none}");
    let told = get(&handler, "/gongzuo/gongdan.csv").await.text;
    assert!(told.contains("XM7,") && told.contains("待受理"), "{told}");
    let blank = get(&handler, "/gongzuo/gongdan/kongbiao.csv").await.text;
    assert!(blank.contains("工单编号,来电时间,类型,标题,内容,诉求人"), "{blank}");
}

/// What a program is answered, and what stands in it.
async fn program(
    client: &Client,
    (method, path): (Method, &str),
    body: &str,
    headers: &[(&str, &str)],
) -> (Answer, Value) {
    let (answer, _) = client.whole(&method, path, body, headers).await;
    let value = serde_json::from_str(&answer.text).unwrap_or_default();
    (answer, value)
}

#[tokio::test]
async fn a_platform_hands_orders_in_with_its_credential_and_hears_how_they_stand() {
    let walk = walk("letters-platform").await;
    let (client, path) = (walk.visitor(), "/siming/api/v1/work-orders");
    let sealer = walk.house.sealer().expect("keys");
    let desk = async || walk.ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
    let of = ("市 12345 平台", "/siming", walk.organ.as_str());
    let credential = "0123456789abcdef0123456789abcdef";
    let range = ("350203000000", "350203999999");
    let given = (credential, None);
    let admitted = platform::admit(desk().await, sealer, of, range, given).await;
    let admitted = admitted.expect("admits");
    let bearer = format!("Bearer {credential}");
    let (json, own) = (("content-type", "application/json"), ("authorization", bearer.as_str()));
    let order = r#"{"number":"XM8","called_at":"2026-01-02 09:30","kind":"求助","subject":"路灯",
                    "words":"路灯不亮\n三天了","name":"林秀英","phone":"13900001234"}"#;
    let post = async |path: &str, body: &str, key: &str, more: &[(&str, &str)]| {
        let headers = [&[json, ("idempotency-key", key)], more].concat();
        program(&client, (Method::POST, path), body, &headers).await
    };
    let (stranger, problem) = post(path, order, "k1", &[]).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    assert_eq!(problem["code"], "unauthorized");
    let wrong = [("authorization", "Bearer 0000")];
    assert_eq!(post(path, order, "k1", &wrong).await.0.status, StatusCode::UNAUTHORIZED);
    let elsewhere = post("/api/v1/work-orders", order, "k1", &[own]).await.0;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED, "its credential is for one site");
    let odd = post(path, &order.replace("2026-01-02 09:30", "昨天"), "k1", &[own]).await;
    assert_eq!(odd.0.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", odd.0.text);
    assert_eq!(odd.1["errors"][0]["pointer"], "#/called_at");
    let (first, taken) = post(path, order, "k2", &[own]).await;
    assert_eq!(first.status, StatusCode::ACCEPTED, "{}", first.text);
    assert_eq!((&taken["number"], &taken["again"]), (&"XM8".into(), &false.into()));
    let (same, _) = post(path, order, "k2", &[own]).await;
    assert_eq!(same.text, first.text, "the same call is answered alike");
    let twin = order.replace("XM8", "XM9");
    let own_only = [own];
    let (one, other) =
        tokio::join!(post(path, &twin, "k9", &own_only), post(path, &twin, "k9", &own_only));
    assert_eq!(one.0.text, other.0.text, "so it is at the same moment");
    let (_, again) = post(path, order, "k3", &[own]).await;
    assert_eq!((&again["letter"], &again["again"]), (&taken["letter"], &true.into()));
    let (other, _) = post(path, &order.replace("三天了", "五天了"), "k4", &[own]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.text.contains("工单 XM8 已经收到过"), "{}", other.text);
    let asked = format!("{path}?number=XM8");
    let (told, list) = program(&client, (Method::GET, &asked), "", &[own]).await;
    assert_eq!((told.status, told.kept.as_str()), (StatusCode::OK, "no-store"), "{}", told.text);
    let row = &list["rows"][0];
    assert_eq!((&row["state"], &row["overdue"]), (&"待受理".into(), &false.into()));
    assert!(row["due_on"].is_string() && row["ending_reason"].is_null(), "{row}");
    assert!(!told.text.contains(PHONE) && !told.text.contains("林秀英"), "{}", told.text);
    let stranger = program(&client, (Method::GET, &asked), "", &[]).await.0;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    platform::end(desk().await, &admitted.id).await.expect("ends");
    let ended = program(&client, (Method::GET, &asked), "", &[own]).await.0;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_should_have_been_published_is_urged_from_the_one_entrance_with_ones_words() {
    let walk = walk("letters-urging").await;
    let visitor = walk.visitor();
    let entrance = get(&visitor, "/siming/zixun").await.text;
    assert!(entrance.contains("href=\"/siming/zixun/cui\""), "{entrance}");
    let page = format!("/siming/zixun/cui?q={}", encoded("养老机构"));
    let page = get(&visitor, &page).await.text;
    for part in ["action=\"/siming/sousuo\"", "value=\"事项\"", "value=\"养老机构\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let numbers = get(&visitor, "/siming/zixun/tongji.csv").await.text;
    let urged = numbers.lines().find(|line| line.contains("我要催"));
    let urged = urged.expect("what is urged stands beside the letters").trim_end();
    assert_eq!(urged.split(',').count(), 11, "{urged}");
    assert!(urged.ends_with(",,,"), "nobody says how content he is: {urged}");
}
