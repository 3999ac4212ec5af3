//! 隐去身份的案卷 over HTTP: signer, lawyer, unit, supervisor and auditor see no applicant; who works on the file
//! does, and each reading of personal data stands in the audit. What was answered becomes public by way of a
//! draft. Desks show how near a last day is.

use axum::http::{Method, StatusCode};
use identity::{Organ, Person, Role};
use law::{Date, WorkingDays};
use ledger::Actor;
use requests::acts::assignment::{self, Assignee};
use requests::acts::complaint::{self, Filed};
use requests::acts::intake::{self, Intake, Way};
use requests::acts::{By, opinion};
use requests::store::{Complainant, Conversion, Filing, OpinionCase};
use requests_rules::{
    Alarm, Applicant, ApplicantClass, Application, Channel, ComplaintGround, Contact,
    IdentityProof, Opinion, Wanted,
};
use review::Signatory;
use store::Statements;

use super::casework::{CANARIES, address, done, filing, get, main_of, reviewed, send, somebody};
use super::client::Client;
use super::routes::{Walk, walk};
use crate::{demo, work};

async fn looks(walk: &Walk, act: &str, subject: &str) -> usize {
    let all = walk.ledger.events_on(subject).await.expect("reads");
    all.iter().filter(|one| one.act == act).count()
}

fn no_canary(page: &str, who: &str) {
    for canary in CANARIES {
        assert!(!page.contains(canary), "{who} sees {canary}: {}", main_of(page));
    }
}

/// The status of a page.
async fn status(client: &Client, path: &str) -> StatusCode {
    client.ask(&Method::GET, path, "").await.status
}

/// The office of a level of government that watches over the example's organ.
async fn office(walk: &Walk) -> Organ {
    let organs = Organ::all(walk.ledger.store()).await.expect("reads");
    let own = organs.iter().find(|organ| organ.code == walk.organ).expect("is there").clone();
    let office = |organ: &Organ| organ.role == "office" && organ.division == own.division;
    organs.into_iter().find(office).expect("a district has an office")
}

async fn of_organ(walk: &Walk, organ: &str, role: Role) -> Client {
    let (person, role) = demo::who_has(&walk.persons, organ, &[role]).expect("has one");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    client
}

/// Somebody complains about a request; answers the key of the complaint.
async fn complained(walk: &Walk, request: &Filing, office: &str) -> String {
    let filed = Filed {
        organ: office.to_owned(),
        about: request.organ.clone(),
        request: Some(request.id.clone()),
        ground: ComplaintGround::NotAnswered,
        complainant: Complainant {
            name: "演示丙".into(),
            contact: Contact { telephone: Some("13800000000".into()), ..Contact::default() },
            words: "逾期没有答复我的申请。".into(),
        },
        key: "form-1".into(),
    };
    let desk = walk.ledger.desk(Actor::Visitor).await.expect("a desk");
    let sealer = walk.house.sealer().expect("keys");
    complaint::file(desk, sealer, filed).await.expect("taken").complaint.id
}

#[tokio::test]
async fn the_office_that_supervises_counts_always_and_reads_one_masked_file_during_a_complaint() {
    let walk = walk("jiandu").await;
    let office = office(&walk).await;
    let supervisor = of_organ(&walk, &office.code, Role::SupervisionOffice).await;
    let request = filing(&walk, "部门预算").await;
    let list = get(&supervisor, &format!("/gongzuo/shenqing?jiguan={}", walk.organ)).await;
    assert!(list.contains(&request.number) && list.contains("已逾期"), "{}", main_of(&list));
    assert!(!list.contains("部门预算"), "no content: {}", main_of(&list));
    no_canary(&list, "the supervisor");
    let csv = get(&supervisor, "/gongzuo/shenqing.csv").await;
    assert!(csv.contains("已逾期") && !csv.contains("部门预算"), "{csv}");
    let (file, read) = (address(&request), format!("{}/chayue", address(&request)));
    assert_eq!(status(&supervisor, &read).await, StatusCode::NOT_FOUND, "nobody complains");
    let complaint = complained(&walk, &request, &office.code).await;
    let asked = get(&supervisor, &read).await;
    assert!(asked.contains("为什么要查阅") && !asked.contains("部门预算"), "{}", main_of(&asked));
    let unreasoned = send(&supervisor, &read, &read, &[("liyou", " ")]).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unreasoned.text);
    let subject = format!("request:{}", request.id);
    assert_eq!(looks(&walk, "perusal", &subject).await, 0);
    let shown = send(&supervisor, &read, &read, &[("liyou", "核查演示丙的投诉")]).await;
    let main = main_of(&shown.text);
    assert!(shown.status == StatusCode::OK && main.contains("部门预算"), "{main}");
    assert!(main.contains("核查※的投诉") || main.contains("核查演示丙的投诉"), "{main}");
    for canary in ["演示甲", "13800000000", "演示0000", "演示地址"] {
        assert!(!main.contains(canary), "{canary}: {main}");
    }
    assert_eq!(looks(&walk, "perusal", &subject).await, 1, "the reading stands in the audit");
    let own = status(&supervisor, &format!("{file}/shenfen")).await;
    assert_eq!(own, StatusCode::FORBIDDEN, "who asked is nobody's who supervises");
    for path in [format!("{file}/shencha"), format!("{file}/dafu")] {
        assert_ne!(status(&supervisor, &path).await, StatusCode::OK, "no draft: {path}");
    }
    // Opening the complaint tells who complains; that stands in the audit too.
    let page = format!("/gongzuo/tousu/{complaint}");
    let list = get(&supervisor, "/gongzuo/tousu").await;
    no_canary(&list, "the list of complaints");
    let opened = get(&supervisor, &page).await;
    assert!(opened.contains("逾期没有答复我的申请"), "{}", main_of(&opened));
    assert_eq!(looks(&walk, "complaint_look", &format!("complaint:{complaint}")).await, 1);
    let taken = send(&supervisor, &page, &format!("{page}/shouli"), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", main_of(&taken.text));
    let result = [("jieguo", "zhenggai"), ("liyou", "责令五个工作日内答复")];
    let told = send(&supervisor, &page, &format!("{page}/jieguo"), &result).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", main_of(&told.text));
    let told = get(&supervisor, &page).await;
    assert!(told.contains("投诉举报处理结果告知书"), "{}", main_of(&told));
    assert_eq!(status(&supervisor, &read).await, StatusCode::NOT_FOUND, "the complaint is over");
}

#[tokio::test]
async fn audit_reads_a_masked_file_with_a_reason_and_who_looked_at_whom() {
    let walk = walk("shenjianjuan").await;
    let auditor = somebody(&walk, Role::Auditor).await;
    let request = filing(&walk, "专项补贴").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let look = format!("{}/shenfen", address(&request));
    let shown = send(&officer, &look, &look, &[("liyou", "核对演示乙的地址")]).await;
    assert!(shown.text.contains("演示乙"), "who works on it sees who asked: {}", shown.text);
    let subject = format!("request:{}", request.id);
    assert_eq!(looks(&walk, "identity_look", &subject).await, 1);
    let list = get(&auditor, &format!("/gongzuo/anjuan?jiguan={}", walk.organ)).await;
    assert!(list.contains(&request.number) && !list.contains("专项补贴"), "{}", main_of(&list));
    let page = format!("/gongzuo/anjuan/{}", request.id);
    let asked = get(&auditor, &page).await;
    assert!(!asked.contains("专项补贴"), "{}", main_of(&asked));
    let unreasoned = send(&auditor, &page, &page, &[("liyou", "")]).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unreasoned.text);
    let shown = send(&auditor, &page, &page, &[("liyou", "年度审计抽查")]).await;
    let main = main_of(&shown.text);
    assert!(shown.status == StatusCode::OK && main.contains("专项补贴"), "{main}");
    assert!(main.contains("核对※的地址") && main.contains("年度审计抽查"), "{main}");
    no_canary(&shown.text, "the auditor");
    assert_eq!(looks(&walk, "perusal", &subject).await, 1);
    let file = get(&officer, &address(&request)).await;
    assert!(file.contains("年度审计抽查"), "the office sees who read it: {}", main_of(&file));
    for path in [address(&request), look.clone(), format!("{}/dafu", address(&request))] {
        assert_eq!(status(&auditor, &path).await, StatusCode::FORBIDDEN, "{path}");
    }
}

/// The address of the first of a list.
async fn first_of(client: &Client, list: &str) -> String {
    let page = get(client, list).await;
    let href = main_of(&page).split(&format!("href=\"{list}/")).nth(1);
    let key = href.and_then(|rest| rest.split('"').next());
    format!("{list}/{}", key.unwrap_or_else(|| panic!("{list} has none: {}", main_of(&page))))
}

#[tokio::test]
async fn demands_to_correct_and_appeals_are_opened_one_by_one_and_told_by_letter() {
    let walk = walk("gaozhishu").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let home = get(&officer, "/gongzuo").await;
    for (list, act, said, path, fields) in [
        (
            "/gongzuo/gengzheng",
            "rectification_look",
            "2025年住房补贴登记",
            "",
            [("jieguo", "gengzheng"), ("liyou", "核对户口簿，已经改正"), ("jiguan", "")],
        ),
        (
            "/gongzuo/shensu",
            "appeal_look",
            "没有公开收费标准",
            "/jieguo",
            [("jieguo", "zhenggai"), ("liyou", "已经督促公开"), ("jiguan", "")],
        ),
    ] {
        let page = first_of(&officer, list).await;
        assert!(home.contains(&page), "{page} waits on the desk: {}", main_of(&home));
        no_canary(&get(&officer, list).await, list);
        let opened = get(&officer, &page).await;
        assert!(opened.contains(said) && opened.contains("13800000000"), "{}", main_of(&opened));
        let kind = if list.ends_with("shensu") { "complaint" } else { "rectification" };
        let subject = format!("{kind}:{}", page.rsplit('/').next().unwrap_or_default());
        assert_eq!(looks(&walk, act, &subject).await, 1, "{subject}");
        if list.ends_with("shensu") {
            let taken = send(&officer, &page, &format!("{page}/shouli"), &[]).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", main_of(&taken.text));
        }
        let unsaid = send(&officer, &page, &format!("{page}{path}"), &[("liyou", "有理由")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&unsaid.text));
        let told = send(&officer, &page, &format!("{page}{path}"), &fields).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", main_of(&told.text));
        let shown = get(&officer, &page).await;
        assert!(shown.contains("现将") && shown.contains("告知"), "{}", main_of(&shown));
        let letter = officer.ask(&Method::GET, &format!("{page}/wenshu/docx"), "").await;
        assert!(letter.status == StatusCode::OK && letter.text.starts_with("PK"));
    }
}

#[tokio::test]
async fn a_suggestion_is_decided_at_the_desk_and_the_suggester_finds_the_reason() {
    let walk = walk("jianyi").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let page = first_of(&officer, "/gongzuo/jianyi").await;
    let unsaid = send(&officer, &page, &page, &[("liyou", "涉及第三方")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&unsaid.text));
    let fields = [("jueding", "bucaina"), ("liyou", "涉及第三方，不能公开")];
    let told = send(&officer, &page, &page, &fields).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", main_of(&told.text));
    assert!(get(&officer, &page).await.contains("涉及第三方，不能公开"));
    let again = send(&officer, &page, &page, &fields).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "decided once");
}

/// Gives the file to a drafter, as the unit that works beside the officer.
async fn give_to(walk: &Walk, request: &str, role: Role) {
    let (person, _) = demo::who_has(&walk.persons, &walk.organ, &[role]).expect("has one");
    let account = identity::Account::named(walk.ledger.store(), &person.login).await;
    let key = account.expect("asks").expect("an account").person;
    let name = Person::find(walk.ledger.store(), &key).await.expect("asks").expect("is there").name;
    let by = Signatory {
        person: "head".into(),
        name: "负责人".into(),
        post: "head".into(),
        role: "foi_head".into(),
        organ: walk.organ.clone(),
        unit: String::new(),
        stands_in_for: None,
    };
    let desk = walk.ledger.desk(by.actor()).await.expect("a desk");
    let to = Assignee { unit: String::new(), officer: key, name };
    assignment::assign(desk, &by, request, to).await.expect("assigned");
}

#[tokio::test]
async fn a_unit_sees_the_masked_file_that_was_given_to_it_and_no_other() {
    let walk = walk("keshi").await;
    let drafter = somebody(&walk, Role::Drafter).await;
    let request = filing(&walk, "部门预算").await;
    assert_eq!(status(&drafter, &address(&request)).await, StatusCode::NOT_FOUND);
    give_to(&walk, &request.id, Role::Drafter).await;
    let file = get(&drafter, &address(&request)).await;
    assert!(file.contains("部门预算") && file.contains("科室意见"), "{}", main_of(&file));
    no_canary(&file, "the unit");
    let own = status(&drafter, &format!("{}/shenfen", address(&request))).await;
    assert_eq!(own, StatusCode::FORBIDDEN);
}

/// The request whose answer is drafted in the demo is answered; its file.
async fn answered(walk: &Walk, officer: &Client) -> (Filing, String) {
    let request = filing(walk, "专项补贴").await;
    let (file, review) = (address(&request), format!("{}/shencha", address(&request)));
    let draft = format!("{file}/dafu");
    let sent = send(officer, &draft, &draft, &[("do", "songshen")]).await;
    assert!(sent.to.ends_with("?done=songshen"), "{}", main_of(&sent.text));
    reviewed(walk, &mut Vec::new(), &review, "已经主动公开").await;
    let issued = send(officer, &review, &format!("{review}/yinfa"), &[]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", main_of(&issued.text));
    (request, file)
}

/// What is to be published of it.
const TURNED: [(&str, &str); 3] = [
    ("biaoti", "2026年上半年专项补贴发放明细的答复"),
    ("zhengwen", "见财政信息栏目。"),
    ("liyou", "公众关心"),
];

#[tokio::test]
async fn what_was_published_is_reached_from_the_file_it_came_of() {
    let walk = walk("zhuanlianjie").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let (request, file) = answered(&walk, &officer).await;
    done(&officer, &file, "zhuangongkai", &TURNED).await;
    let link = "/wenjian/0192f0c1-0000-7000-8000-000000000001";
    assert!(!get(&officer, &file).await.contains(link), "nothing is public yet");
    let by = review::testing::someone(&walk.organ, "publisher");
    let mut desk = walk.ledger.desk(by.actor()).await.expect("a desk");
    let told = ledger::Entry {
        room: "records",
        act: "converted",
        subject: link.replace("/wenjian/", "record:"),
        organ: walk.organ.clone(),
        basis: "《政府信息公开条例》第四十四条".into(),
        facts: serde_json::json!({ "source": format!("request:{}", request.id) }),
    };
    desk.record(told).await.expect("told");
    desk.seal().await.expect("sealed");
    while work::round(&walk.house).await.expect("works") > 0 {}
    for page in [file.as_str(), "/gongzuo/zhuangongkai"] {
        let shown = get(&officer, page).await;
        let main = main_of(&shown);
        assert!(main.contains(&format!("href=\"{link}\"")), "{page}: {main}");
    }
}

#[tokio::test]
async fn what_was_turned_public_is_turned_anew_once_its_draft_is_thrown_away() {
    let walk = walk("zhuanshanqu").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let (request, file) = answered(&walk, &officer).await;
    done(&officer, &file, "zhuangongkai", &TURNED).await;
    while work::round(&walk.house).await.expect("works") > 0 {}
    let page = format!("{file}/zhuangongkai");
    let again = send(&officer, &page, &page, &TURNED).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "its draft is there: {}", again.to);
    let store = walk.ledger.store();
    let source = format!("request:{}", request.id);
    let first = records::store::ConvertedDraft::of_source(store, &source).await.expect("reads");
    let first = first.expect("begun").draft;
    let draft = records::store::Draft::find(store, &walk.organ, &first).await.expect("reads");
    let author = draft.expect("there").author;
    let by = Signatory { person: author, ..review::testing::someone(&walk.organ, "drafter") };
    let hand = records::acts::Hand {
        person: by.person.clone(),
        name: by.name.clone(),
        organ: by.organ.clone(),
        unit: String::new(),
        stands_in_for: None,
    };
    let desk = walk.ledger.desk(by.actor()).await.expect("a desk");
    records::acts::drafting::drop_draft(desk, &hand, &first).await.expect("thrown away");
    while work::round(&walk.house).await.expect("works") > 0 {}
    let shown = get(&officer, &file).await;
    assert!(shown.contains("可以重新转"), "{}", main_of(&shown));
    done(&officer, &file, "zhuangongkai", &TURNED).await;
    while work::round(&walk.house).await.expect("works") > 0 {}
    let second = records::store::ConvertedDraft::of_source(store, &source).await.expect("reads");
    assert_ne!(second.expect("begun anew").draft, first);
    let kept = Conversion::of_request(store, &request.id).await.expect("reads").expect("kept");
    assert!(!kept.may_begin_anew() && kept.dropped_on.is_none(), "{kept:?}");
}

#[tokio::test]
async fn what_a_third_party_wrote_is_read_unmasked_by_who_works_on_it_and_written_down() {
    let walk = walk("yuanwen").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let request = filing(&walk, "专项补贴").await;
    let file = address(&request);
    let page = format!("{file}/disanfang");
    let typed = [
        ("mingcheng", "某某公司"),
        ("dianhua", "0592-1234567"),
        ("dizhi", "某路1号"),
        ("shixiang", "供货合同的价格条款"),
    ];
    let asked = send(&officer, &page, &page, &typed).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", main_of(&asked.text));
    let all = OpinionCase::of(walk.ledger.store(), &request.id).await.expect("reads");
    let opinion = all.first().expect("asked").id.clone();
    let desk = walk.ledger.desk(Actor::Visitor).await.expect("a desk");
    let said = (Opinion::ObjectsWithReason, "某某公司的单价没有公开过");
    let about = (walk.organ.as_str(), opinion.as_str());
    let sealer = walk.house.sealer().expect("keys");
    opinion::give(desk, sealer, By::ThirdParty, about, said).await.expect("given");
    let masked = get(&officer, &file).await;
    let main = main_of(&masked);
    assert!(main.contains("单价没有公开过") && !main.contains("某某公司"), "{main}");
    assert!(main.contains("看意见原文"), "{main}");
    let page = format!("{file}/shenfen");
    let subject = format!("request:{}", request.id);
    let before = looks(&walk, "identity_look", &subject).await;
    assert!(!get(&officer, &page).await.contains("某某公司"), "asked first why");
    let opened = send(&officer, &page, &page, &[("liyou", "核对第三方的理由")]).await;
    let main = main_of(&opened.text);
    assert!(main.contains("某某公司的单价没有公开过") && main.contains("0592-1234567"), "{main}");
    assert_eq!(looks(&walk, "identity_look", &subject).await, before + 1);
    let approver = somebody(&walk, Role::Approver).await;
    assert_eq!(status(&approver, &page).await, StatusCode::FORBIDDEN, "nobody else's");
}

#[tokio::test]
async fn an_answered_request_becomes_a_draft_that_names_nobody_and_the_record_leads_back() {
    let walk = walk("zhuangongkai").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let (request, file) = answered(&walk, &officer).await;
    let page = format!("{file}/zhuangongkai");
    let form = get(&officer, &page).await;
    assert!(form.contains("2026年上半年专项补贴发放明细"), "filled in: {}", main_of(&form));
    let naming = [("biaoti", "专项补贴"), ("zhengwen", "演示乙要的明细"), ("liyou", "公众关心")];
    let naming = send(&officer, &page, &page, &naming).await;
    assert_eq!(naming.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", main_of(&naming.text));
    assert!(main_of(&naming.text).contains("能识别申请人") || naming.text.contains("申请人"));
    let title = "2026年上半年专项补贴发放明细的答复";
    let fields = [("biaoti", title), ("zhengwen", "见财政信息栏目。"), ("liyou", "公众关心")];
    done(&officer, &file, "zhuangongkai", &fields).await;
    while work::round(&walk.house).await.expect("works") > 0 {}
    let drafter = somebody(&walk, Role::Drafter).await;
    let drafts = get(&drafter, "/gongzuo/gaojian").await;
    assert!(drafts.contains(title), "{}", main_of(&drafts));
    let href = drafts.split(title).next().unwrap_or_default().rsplit("href=\"").next();
    let href = href.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    let draft = get(&drafter, &href).await;
    assert!(draft.contains("由依申请公开转来") && draft.contains(&file), "{}", main_of(&draft));
    no_canary(&draft, "the draft");
    let kept = Conversion::of_request(walk.ledger.store(), &request.id).await.expect("reads");
    assert_eq!(kept.expect("kept").published, None, "its own review comes first");
    let page = get(&officer, "/gongzuo/zhuangongkai").await;
    assert!(page.contains(title) && page.contains("等待送审"), "{}", main_of(&page));
}

#[tokio::test]
async fn an_answer_under_review_waits_on_the_desks_of_those_who_take_the_next_step() {
    let walk = walk("shenchadaiban").await;
    let officer = somebody(&walk, Role::FoiOfficer).await;
    let file = address(&filing(&walk, "专项补贴").await);
    let reviewer = somebody(&walk, Role::SecrecyReviewer).await;
    let approver = somebody(&walk, Role::Approver).await;
    let waits = format!("{file}/shencha");
    assert!(!get(&reviewer, "/gongzuo").await.contains(&waits), "it is being written");
    assert_eq!(status(&approver, &file).await, StatusCode::NOT_FOUND, "nor may it be read");
    let draft = format!("{file}/dafu");
    let sent = send(&officer, &draft, &draft, &[("do", "songshen")]).await;
    assert!(sent.to.ends_with("?done=songshen"), "{}", main_of(&sent.text));
    assert!(get(&reviewer, "/gongzuo").await.contains(&waits), "the secrecy review is next");
    assert!(!get(&approver, "/gongzuo").await.contains(&waits), "the signature is not");
    let masked = get(&approver, &file).await;
    no_canary(&masked, "the signer");
    let own = status(&approver, &format!("{file}/shenfen")).await;
    assert_eq!(own, StatusCode::FORBIDDEN);
}

/// A day of receipt whose request has this alarm today; none where no day has.
fn received_for(walk: &Walk, wanted: Alarm) -> Option<Date> {
    let (today, calendar) = (walk.ledger.clock().today(), walk.ledger.calendar());
    (0..70).find_map(|ago| {
        let on = today.checked_sub(jiff::Span::new().days(ago)).ok()?;
        let due = calendar.nth_working_day_after(on, WorkingDays(20)).ok()?;
        let reached = |alarm: &Alarm| alarm.raised_on(due, &calendar).is_ok_and(|day| day <= today);
        let now = Alarm::ALL.into_iter().rev().find(reached);
        (now == Some(wanted)).then_some(on)
    })
}

/// A request that came by post on a day; nobody has it.
async fn came(walk: &Walk, title: &str, on: Date) {
    let application = Application {
        applicant: Applicant {
            name: "演示戊".into(),
            class: ApplicantClass::NaturalPerson,
            proof: Some(IdentityProof::Other("演示0000".into())),
            contact: Contact { telephone: Some("13800000000".into()), ..Contact::default() },
            agent: None,
        },
        wanted: Wanted { title: Some(title.into()), ..Wanted::default() },
        form: None,
        by: None,
        channel: Channel::SignedPost,
        read_back: true,
        assistance: None,
    };
    let intake = Intake {
        organ: walk.organ.clone(),
        application,
        way: Way { arrived_on: Some(on), ..Way::default() },
        items: 1,
        files: vec![],
        key: None,
    };
    let desk = walk.ledger.desk(Actor::Visitor).await.expect("a desk");
    let sealer = walk.house.sealer().expect("keys");
    intake::register(desk, sealer, None, intake).await.expect("registered");
}

#[tokio::test]
async fn desks_of_officer_and_head_tell_how_near_a_last_day_is_and_overdue_stays() {
    let walk = walk("tixing").await;
    for alarm in Alarm::ALL {
        let on = received_for(&walk, alarm).expect("a day");
        came(&walk, &format!("走查{}的材料", alarm.name()), on).await;
    }
    let (officer, head) =
        (somebody(&walk, Role::FoiOfficer).await, somebody(&walk, Role::FoiHead).await);
    for (role, client) in [("officer", &officer), ("head", &head)] {
        let home = get(client, "/gongzuo").await;
        for alarm in Alarm::ALL {
            let title = format!("走查{}的材料", alarm.name());
            let after = home.split(&title).nth(1);
            let after = after.unwrap_or_else(|| panic!("{role} {title}: {}", main_of(&home)));
            let near: String = after.chars().take(600).collect();
            assert!(near.contains(alarm.name()), "{role} {}: {near}", alarm.name());
        }
    }
    // Two hundred newer requests take nothing overdue from the desk.
    let today = walk.ledger.clock().today();
    for at in 0..205 {
        came(&walk, &format!("新到第{at}件"), today).await;
    }
    let sql = "SELECT COUNT(*) FROM request WHERE open = 1";
    let open = walk.ledger.store().number(sql, vec![]).await.expect("counts").unwrap_or_default();
    assert!(open > 200, "{open}");
    let home = get(&head, "/gongzuo").await;
    assert!(home.contains("走查已经逾期的材料"), "{}", main_of(&home));
}
