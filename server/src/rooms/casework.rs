//! 依申请公开 at the workbench over HTTP: the counter registers, the officer works on the file, the head decides,
//! three persons review and sign, and nobody sees who asked but whoever has to.

use axum::http::{Method, StatusCode};
use identity::Role;
use requests::store::{Filing, FilingState, IssuedLetter, Page, Query};

use super::client::{Answer, Client};
use super::routes::{Walk, walk};
use crate::demo;

/// Somebody in a role, signed in.
pub(super) async fn somebody(walk: &Walk, role: Role) -> Client {
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    client
}

/// Fields as a form sends them.
fn fields(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    let pair = |(name, value): &(&str, &str)| format!("&{}={}", encode(name), encode(value));
    pairs.iter().map(pair).collect()
}

/// Sends a form from a page to an address, and says where it stood as a browser does.
pub(super) async fn send(client: &Client, page: &str, to: &str, pairs: &[(&str, &str)]) -> Answer {
    let mark = client.mark(page).await;
    let body = format!("_mark={mark}{}", fields(pairs));
    let from = format!("http://127.0.0.1:8080{page}");
    client.ask_with(&Method::POST, to, &body, &[("referer", from.as_str())]).await
}

/// Carries out an act of a file; it leads back to the file.
pub(super) async fn done(client: &Client, file: &str, act: &str, pairs: &[(&str, &str)]) {
    let page = format!("{file}/{act}");
    let answer = send(client, &page, &page, pairs).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", main_of(&answer.text));
    assert!(answer.to.ends_with("?done=banli"), "{act}: {}", answer.to);
}

pub(super) fn main_of(page: &str) -> &str {
    page.split("<main").nth(1).unwrap_or(page)
}

pub(super) async fn get(client: &Client, path: &str) -> String {
    let answer = client.ask(&Method::GET, path, "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", main_of(&answer.text));
    answer.text
}

/// The open file of the demo with these words in its title.
pub(super) async fn filing(walk: &Walk, words: &str) -> Filing {
    let query = Query { words: Some(words.into()), ..Query::default() };
    let page = Page::of(walk.ledger.store(), &walk.organ, &query, 10).await.expect("lists");
    page.lines.into_iter().next().unwrap_or_else(|| panic!("the demo has {words}"))
}

async fn again(walk: &Walk, filing: &Filing) -> Filing {
    let found = Filing::find(walk.ledger.store(), &walk.organ, &filing.id).await.expect("asks");
    found.expect("is there")
}

pub(super) fn address(filing: &Filing) -> String {
    format!("/gongzuo/shenqing/{}", filing.id)
}

/// Who asks in the demo, and what is on their papers.
pub(super) const CANARIES: [&str; 8] =
    ["演示甲", "演示乙", "演示丙", "演示丁", "演示戊", "13800000000", "演示0000", "演示地址"];

const DESK: &str = "/gongzuo/dengji";

#[tokio::test]
async fn the_counter_writes_down_reads_back_and_registers_once() {
    let walk = walk("dengji").await;
    let clerk = somebody(&walk, Role::HallClerk).await;
    let key = |page: &str| {
        let after = page.split("name=\"kan\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    let key = key(&get(&clerk, DESK).await);
    let typed = |number: &'static str| {
        vec![
            ("kan", key.as_str()),
            ("qudao", "koutou"),
            ("leibie", "自然人"),
            ("xingming", "吴金花"),
            ("zhengjian", "shenfenzheng"),
            ("haoma", number),
            ("dianhua", "13950001234"),
            ("miaoshu", "村里2025年征地补偿款怎样分的"),
            ("jianshu", "1"),
        ]
    };
    let wrong = send(&clerk, DESK, DESK, &typed("110101199003070000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&wrong.text));
    let main = main_of(&wrong.text);
    assert!(main.contains("href=\"#haoma\"") && main.contains("村里2025年征地补偿款"), "{main}");
    let nothing = send(&clerk, DESK, DESK, &[("jianshu", "0")]).await;
    let main = main_of(&nothing.text);
    for said in ["没有选渠道", "没有选申请人类别", "1 到 1000"] {
        assert!(main.contains(said), "{said}: {main}");
    }
    let read_back = send(&clerk, DESK, DESK, &typed("11010519491231002X")).await;
    let main = main_of(&read_back.text);
    assert_eq!(read_back.status, StatusCode::OK, "{main}");
    for said in ["吴金花", "13950001234", "读给申请人听", "没有写获取信息的方式"]
    {
        assert!(main.contains(said), "{said}: {main}");
    }
    let mut last = typed("11010519491231002X");
    last.extend([("nianguo", "1"), ("do", "dengji")]);
    let registered = send(&clerk, DESK, DESK, &last).await;
    let main = main_of(&registered.text).to_owned();
    assert_eq!(registered.status, StatusCode::OK, "{main}");
    let twice = send(&clerk, DESK, DESK, &last).await;
    let between = |text: &str, before: &str| {
        let after = text.split(before).nth(1).unwrap_or_default();
        after.split('<').next().unwrap_or_default().to_owned()
    };
    let number = between(&main, "登记编号 <b class=\"num\">");
    let code = between(&main, "查询码 <b class=\"num\">");
    assert!(number.contains("2026") || !number.is_empty(), "{main}");
    assert_eq!(code.len(), "XXXX-XXXX-XXXX-XXXX".len(), "{main}");
    let again = main_of(&twice.text);
    assert!(
        again.contains(&number) && again.contains(&code) && again.contains("没有重复登记"),
        "{again}"
    );
    let request = between(&main.replace('"', "<"), "name=<anjuan< value=<");
    let printed = [("anjuan", request.as_str()), ("chaxunma", code.as_str()), ("do", "docx")];
    let receipt = send(&clerk, DESK, &format!("{DESK}/huizhi"), &printed).await;
    assert!(receipt.status == StatusCode::OK && receipt.text.starts_with("PK"), "{}", receipt.text);
}

#[tokio::test]
async fn a_file_shows_its_clock_its_steps_its_letters_and_nobody_who_asked() {
    let walk = walk("anjuan").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let head = somebody(&walk, Role::FoiHead).await;
    let third = filing(&walk, "招标投标").await;
    let page = get(&officer, &address(&third)).await;
    for said in [
        "计时已停，等待第三方甲的意见",
        "为什么是这一天",
        "第三方意见征询书",
        "征求意见",
        "计时中止",
        "办理步骤",
    ] {
        assert!(page.contains(said), "{said}: {}", main_of(&page));
    }
    let unclear = filing(&walk, "有关材料").await;
    assert_eq!(unclear.state, FilingState::Correction);
    let page = get(&officer, &address(&unclear)).await;
    assert!(page.contains("补正告知书") && page.contains("等待补正"), "{}", main_of(&page));
    let letters = IssuedLetter::of(walk.ledger.store(), &unclear.id).await.expect("lists");
    let notice = letters.iter().find(|one| one.kind == requests_rules::Letter::CorrectionNotice);
    let notice = format!("{}/wenshu/{}", address(&unclear), notice.expect("was sent").id);
    let shown = get(&officer, &notice).await;
    for said in ["（申请人）：", "“有关材料”指向不明", "15个工作日", "公开补正〔"]
    {
        assert!(shown.contains(said), "{said}: {}", main_of(&shown));
    }
    let docx = officer.ask(&Method::GET, &format!("{notice}/docx"), "").await;
    assert!(docx.status == StatusCode::OK && docx.text.starts_with("PK"));
    let list = get(&head, "/gongzuo/shenqing").await;
    assert!(list.contains("已逾期") && list.contains("部门预算"), "{}", main_of(&list));
    let overdue = get(&head, "/gongzuo/shenqing?zt=yuqi").await;
    assert!(overdue.contains("部门预算") && !overdue.contains("招标投标"), "{}", main_of(&overdue));
    let csv = get(&head, "/gongzuo/shenqing.csv").await;
    assert!(csv.contains("登记编号") && csv.contains("部门预算"), "{csv}");
    let home = get(&head, "/gongzuo").await;
    assert!(home.contains("待确认收到") && home.contains("已经逾期"), "{}", main_of(&home));
    for page in [&page, &shown, &list, &csv, &home] {
        for canary in CANARIES {
            assert!(!page.contains(canary), "{canary}: {}", main_of(page));
        }
    }
    let stranger = somebody(&walk, Role::Publisher).await;
    let refused = stranger.ask(&Method::GET, &address(&third), "").await;
    assert!(refused.status == StatusCode::FORBIDDEN || refused.status == StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_asked_is_shown_to_whoever_works_on_it_and_each_look_is_kept() {
    let walk = walk("shenfen").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let drafted = filing(&walk, "专项补贴").await;
    let page = format!("{}/shenfen", address(&drafted));
    assert!(!get(&officer, &page).await.contains("演示乙"));
    let shown = send(&officer, &page, &page, &[("liyou", "核对邮寄地址")]).await;
    assert!(shown.text.contains("演示乙") && shown.text.contains("核对邮寄地址"), "{}", shown.text);
    let head = somebody(&walk, Role::FoiHead).await;
    let refused = send(&head, &page, &page, &[("liyou", " ")]).await;
    assert!(
        refused.status != StatusCode::OK && !refused.text.contains("演示乙"),
        "{}",
        refused.text
    );
    assert!(get(&head, &page).await.contains("核对邮寄地址"));
    let approver = somebody(&walk, Role::Approver).await;
    let answer = approver.ask(&Method::GET, &page, "").await;
    assert!(answer.status != StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn an_extension_is_proposed_by_one_and_agreed_to_by_another_and_told_at_once() {
    let walk = walk("yanqi").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let head = somebody(&walk, Role::FoiHead).await;
    let request = filing(&walk, "专项补贴").await;
    let file = address(&request);
    let page = format!("{file}/yanqi");
    let wrong =
        send(&officer, &page, &page, &[("tianshu", "21"), ("liyou", "材料分散，需要逐件核对")])
            .await;
    let main = main_of(&wrong.text);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{main}");
    assert!(
        main.contains("href=\"#tianshu\"") && main.contains("材料分散，需要逐件核对"),
        "{main}"
    );
    done(&officer, &file, "yanqi", &[("tianshu", "10"), ("liyou", "材料分散，需要逐件核对")]).await;
    let decide = format!("{file}/jueding-yanqi");
    let own = officer.ask(&Method::GET, &decide, "").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);
    assert!(get(&head, &decide).await.contains("材料分散，需要逐件核对"));
    done(&head, &file, "jueding-yanqi", &[("jueding", "tongyi"), ("liyou", "情况属实")]).await;
    let before = request.due.expect("runs").date;
    let after = again(&walk, &request).await.due.expect("runs").date;
    assert!(after > before, "{before} {after}");
    let letters = IssuedLetter::of(walk.ledger.store(), &request.id).await.expect("lists");
    let told = letters.iter().find(|one| one.kind == requests_rules::Letter::ExtensionNotice);
    let told = get(&officer, &format!("{file}/wenshu/{}", told.expect("was told").id)).await;
    let day = requests_rules::chinese_day(after);
    assert!(told.contains(&day) && told.contains("10个工作日"), "{day}: {}", main_of(&told));
}

/// Who has signed in to review, by login: a code of the second factor works once.
pub(super) type Reviewers = Vec<(String, Client)>;

/// Three steps by persons who did not write it, each on what it shows.
pub(super) async fn reviewed(walk: &Walk, reviewers: &mut Reviewers, review: &str, said: &str) {
    let hash = |page: &str| {
        let after = page.split("name=\"hash\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    for (role, step) in [
        (Role::SecrecyReviewer, "baomi"),
        (Role::LegalReviewer, "fazhi"),
        (Role::Approver, "qianfa"),
    ] {
        // One person may hold the first two posts, and signs in once.
        let (person, role) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
        let at = reviewers.iter().position(|(login, _)| *login == person.login);
        let at = match at {
            Some(at) => at,
            None => {
                let mut client = walk.visitor();
                client.sign_in(person).await;
                reviewers.push((person.login.clone(), client));
                reviewers.len() - 1
            }
        };
        let (_, reviewer) = reviewers.get_mut(at).expect("signed in");
        reviewer.take(person, role).await;
        let reviewer = &*reviewer;
        let page = get(reviewer, review).await;
        assert!(page.contains(said), "{role}: {}", main_of(&page));
        for canary in CANARIES {
            assert!(!page.contains(canary), "{role} sees {canary}");
        }
        let body = [("hash", hash(&page)), ("do", "tongyi".to_owned()), ("liyou", String::new())];
        let body: Vec<(&str, &str)> =
            body.iter().map(|(name, one)| (*name, one.as_str())).collect();
        let answer = send(reviewer, review, &format!("{review}/{step}"), &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{step}: {}", main_of(&answer.text));
    }
}

#[tokio::test]
async fn an_answer_is_written_reviewed_signed_and_issued_by_different_persons() {
    let walk = walk("dafu").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let request = filing(&walk, "专项补贴").await;
    let file = address(&request);
    let (draft, review) = (format!("{file}/dafu"), format!("{file}/shencha"));
    let kind = format!("{draft}?xiang=0&zhonglei=D2");
    let page = get(&officer, &kind).await;
    assert!(page.contains("禁止公开的法律、行政法规及条款"), "{}", main_of(&page));
    let typed = [
        ("kan", "1"),
        ("xiang", "0"),
        ("zhonglei", "D2"),
        ("wenti", "专项补贴发放明细"),
        ("yuanyin", "涉及统计调查对象。"),
        ("do", "baocun"),
    ];
    let saved = send(&officer, &kind, &draft, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", main_of(&saved.text));
    let early = send(&officer, &kind, &draft, &[("do", "songshen")]).await;
    let main = main_of(&early.text);
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{main}");
    assert!(main.contains("缺“禁止公开的法律、行政法规及条款”"), "{main}");
    let stale = send(&officer, &kind, &draft, &typed).await;
    let main = main_of(&stale.text);
    assert!(main.contains("刚才保存了第 2 稿") && main.contains("涉及统计调查对象。"), "{main}");
    let mut whole = typed.to_vec();
    whole[0] = ("kan", "2");
    whole.push(("jinzhi", "《统计法》第二十八条。"));
    let saved = send(&officer, &kind, &draft, &whole).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", main_of(&saved.text));
    let sent = send(&officer, &kind, &draft, &[("do", "songshen")]).await;
    assert!(sent.to.ends_with("?done=songshen"), "{}", main_of(&sent.text));
    let own = send(&officer, &review, &format!("{review}/baomi"), &[("do", "tongyi")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);
    let mut reviewers = Reviewers::new();
    reviewed(&walk, &mut reviewers, &review, "应当先自收到本答复之日起60日内").await;
    let issued = send(&officer, &review, &format!("{review}/yinfa"), &[]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", main_of(&issued.text));
    let closed = again(&walk, &request).await;
    assert_eq!((closed.state, closed.result.as_deref()), (FilingState::Answered, Some("D2")));
    let letters = IssuedLetter::of(walk.ledger.store(), &request.id).await.expect("lists");
    let letter = letters.iter().find(|one| one.kind == requests_rules::Letter::Answer);
    let letter = format!("{file}/wenshu/{}", letter.expect("was issued").id);
    let shown = get(&officer, &letter).await;
    for said in ["《统计法》第二十八条", "第十四条", "演示市人民政府", "公开答复〔"]
    {
        assert!(shown.contains(said), "{said}: {}", main_of(&shown));
    }
    let named = send(&officer, &letter, &format!("{letter}/shoujian"), &[("do", "docx")]).await;
    assert!(named.status == StatusCode::OK && named.text.starts_with("PK"), "{}", named.text);
    let looks = get(&officer, &format!("{file}/shenfen")).await;
    assert!(looks.contains("送达答复〔"), "{}", main_of(&looks));
    put_right(&walk, &mut reviewers, &officer, &request).await;
}

/// 更正答复: offered on the answered file, begun from what went out, reviewed and issued like any other.
async fn put_right(walk: &Walk, reviewers: &mut Reviewers, officer: &Client, request: &Filing) {
    let file = address(request);
    let (draft, review) = (format!("{file}/dafu"), format!("{file}/shencha"));
    let case = get(officer, &file).await;
    assert!(case.contains("更正答复"), "{}", main_of(&case));
    let kind = format!("{draft}?xiang=0&zhonglei=D2");
    let page = get(officer, &kind).await;
    assert!(page.contains("<h1>更正答复</h1>") && page.contains("name=\"kan\" value=\"0\""));
    let typed = [
        ("kan", "0"),
        ("xiang", "0"),
        ("zhonglei", "D2"),
        ("wenti", "专项补贴发放明细"),
        ("yuanyin", "涉及统计调查对象。"),
        ("jinzhi", "《统计法》第九条。"),
        ("do", "baocun"),
    ];
    let saved = send(officer, &kind, &draft, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", main_of(&saved.text));
    let stale = send(officer, &kind, &draft, &typed).await;
    assert!(stale.text.contains("刚才保存了第 1 稿"), "{}", main_of(&stale.text));
    let sent = send(officer, &kind, &draft, &[("do", "songshen")]).await;
    assert!(sent.to.ends_with("?done=songshen"), "{}", main_of(&sent.text));
    reviewed(walk, reviewers, &review, "《统计法》第九条").await;
    let issued = send(officer, &review, &format!("{review}/yinfa"), &[]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", main_of(&issued.text));
    let store = walk.ledger.store();
    let answers = requests::store::Answer::of(store, &request.id).await.expect("lists");
    let [first, second] = answers.as_slice() else { panic!("two answers: {answers:?}") };
    assert_eq!(second.corrects.as_ref(), Some(&first.id));
    assert!(second.letter.is_some() && again(walk, request).await.state == FilingState::Answered);
}

#[tokio::test]
async fn a_double_click_does_an_act_once_and_loses_nothing_that_was_typed() {
    let walk = walk("banben").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let request = filing(&walk, "专项补贴").await;
    let page = format!("{}/disanfang", address(&request));
    let shown = |page: &str| {
        let after = page.split("name=\"banben\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    let before = shown(&get(&officer, &page).await);
    let typed = [
        ("banben", before.as_str()),
        ("mingcheng", "某某公司"),
        ("dianhua", "0592-1234567"),
        ("dizhi", "某路1号"),
        ("shixiang", "某合同的价格条款"),
    ];
    let first = send(&officer, &page, &page, &typed).await;
    assert_eq!(first.status, StatusCode::OK, "{}", main_of(&first.text));
    let second = send(&officer, &page, &page, &typed).await;
    let main = main_of(&second.text);
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY, "{main}");
    assert!(main.contains("案卷有变动") && main.contains("某合同的价格条款"), "{main}");
    let now = shown(&second.text);
    assert!(
        !now.is_empty() && now != before,
        "it may be sent once it was looked at: {before} {now}"
    );
    let asked = requests::store::OpinionCase::of(walk.ledger.store(), &request.id).await;
    assert_eq!(asked.expect("lists").len(), 1);
}

#[tokio::test]
async fn a_standard_text_is_checked_when_it_is_saved_and_every_version_is_kept() {
    let walk = walk("wenshu").await;
    let head = somebody(&walk, Role::FoiHead).await;
    let page = "/gongzuo/wenshu/answer-G1";
    let list = get(&head, "/gongzuo/wenshu").await;
    assert!(list.contains("政府信息公开申请答复书（U1a 信息不存在）"), "{}", main_of(&list));
    let bad = "本机关收到{称谓}的申请（{登记编号}），{编造的空位}。\n可以申请行政复议。";
    let refused = send(&head, page, page, &[("wenben", bad), ("liyou", "试"), ("kan", "0")]).await;
    let main = main_of(&refused.text);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{main}");
    for said in [
        "{编造的空位} 不是空位",
        "缺少必须有的空位 {救济途径}",
        "手写了救济途径",
        "本机关收到{称谓}的申请",
    ] {
        assert!(main.contains(said), "{said}: {main}");
    }
    let good = "本机关{收到日}收到{称谓}的申请（{登记编号}）：{所需信息}。\n依照{依据}，请这样获取：\n{获取途径}\n{救济途径}";
    let saved =
        send(&head, page, page, &[("wenben", good), ("liyou", "写得短一些"), ("kan", "0")]).await;
    assert!(saved.to.ends_with("?done=baocun"), "{}", main_of(&saved.text));
    let shown = get(&head, page).await;
    assert!(shown.contains("写得短一些") && shown.contains("第 1 版"), "{}", main_of(&shown));
    let stale = send(&head, page, page, &[("wenben", good), ("liyou", "又改"), ("kan", "0")]).await;
    assert!(main_of(&stale.text).contains("刚才有人保存了新的一版"), "{}", main_of(&stale.text));
    let officer = somebody(&walk, Role::FoiOfficer).await;
    assert!(
        !get(&officer, page).await.contains("<textarea"),
        "an officer reads and does not write"
    );
    let form = officer.ask(&Method::GET, "/gongzuo/wenshu/biaoge/shenqingbiao.docx", "").await;
    assert!(form.status == StatusCode::OK && form.text.starts_with("PK"));
}
