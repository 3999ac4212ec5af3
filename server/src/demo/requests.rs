//! 依申请公开 in the demo city: an organ with its settings for letters and requests in several states. Whoever
//! asks is invented, as are the numbers on their papers.

use std::collections::BTreeSet;

use identity::{Organ, Role};
use law::{Date, WorkingDays};
use ledger::{Actor, Ledger};
use requests::acts::assignment::{self, Assignee};
use requests::acts::complaint::{self, Filed};
use requests::acts::intake::{self, Intake, Way};
use requests::acts::{
    ActError, answer, correction, letter_text, opinion, rectification, suggestion,
};
use requests::letters::Sender;
use requests::store::{
    AnswerContent, AnswerItem, Asked, Complainant, RectificationWish, Suggested, ThirdParty,
};
use requests_rules::{
    Applicant, ApplicantClass, Application, Channel, ComplaintGround, Contact, CorrectionNotice,
    DeliveryWay, Fact, IdentityProof, ProvidedForm, Wanted,
};
use review::Signatory;
use secrets::Sealer;

use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};

/// A request as it is invented: who asks, for what, how it came, how many days ago.
struct Invented {
    name: &'static str,
    class: ApplicantClass,
    title: &'static str,
    channel: Channel,
    days_ago: i32,
    confirmed: bool,
}

/// The requests, the oldest first.
const REQUESTS: [Invented; 6] = [
    invented(
        "演示甲",
        ApplicantClass::NaturalPerson,
        "2025年度部门预算执行情况明细",
        Channel::SignedPost,
        40,
        false,
    ),
    invented(
        "演示乙",
        ApplicantClass::NaturalPerson,
        "2026年上半年专项补贴发放明细",
        Channel::SignedPost,
        18,
        false,
    ),
    invented("演示丙", ApplicantClass::NaturalPerson, "有关材料", Channel::Counter, 0, false),
    invented(
        "演示某某建材有限公司",
        ApplicantClass::Enterprise,
        "2026年工程招标投标情况书面报告",
        Channel::SignedPost,
        6,
        false,
    ),
    invented(
        "演示丁",
        ApplicantClass::NaturalPerson,
        "2026年行政许可办理统计",
        Channel::Fax,
        0,
        false,
    ),
    invented(
        "演示戊",
        ApplicantClass::NaturalPerson,
        "2024年度规划调整的公示材料",
        Channel::Email,
        0,
        true,
    ),
];

const fn invented(
    name: &'static str,
    class: ApplicantClass,
    title: &'static str,
    channel: Channel,
    days_ago: i32,
    confirmed: bool,
) -> Invented {
    Invented { name, class, title, channel, days_ago, confirmed }
}

/// Loads all of it for an organ.
pub(super) async fn load(ledger: &Ledger, sealer: &Sealer, organ: &Organ) -> Result<(), Failure> {
    let staff = Staff::of(ledger).await?;
    let someone = |role| staff.someone(&organ.code, role, &mut BTreeSet::new());
    let (officer, head) = (someone(Role::FoiOfficer), someone(Role::FoiHead));
    let sender = Sender {
        organ: organ.name.clone(),
        mark: format!("{}公开", organ.short_name),
        contact: organ.address.clone().or_else(|| Some("见本站公开指南（演示）".into())),
        review_organ: "演示市人民政府".into(),
        court: "演示区人民法院".into(),
        online_review: Some("https://example.org/fuyi".into()),
        payment: Some("凭缴款码到代收银行缴入国库（演示）".into()),
        by_submission: false,
    };
    let desk = desk_of(ledger, &head).await?;
    letter_text::set_up(desk, &head, (&sender, "演示数据", 0)).await.map_err(refused)?;
    let mut ids = Vec::with_capacity(REQUESTS.len());
    for one in &REQUESTS {
        ids.push(enter(ledger, sealer, &officer, one).await?);
    }
    let [_, drafted, unclear, third, ..] = ids.as_slice() else { return Ok(()) };
    for id in [drafted, unclear, third] {
        let (person, name) = (officer.person.clone(), officer.name.clone());
        let to = Assignee { unit: String::new(), officer: person, name };
        let desk = desk_of(ledger, &head).await?;
        assignment::assign(desk, &head, id, to).await.map_err(refused)?;
    }
    let notice = CorrectionNotice {
        items: vec!["“有关材料”指向不明。改法：写明年份和项目名称".into()],
        days: Some(WorkingDays(15)),
        supervisor: false,
    };
    let desk = desk_of(ledger, &officer).await?;
    correction::ask(desk, sealer, &officer, unclear, notice).await.map_err(refused)?;
    consult(ledger, sealer, &officer, third).await?;
    draft(ledger, &officer, drafted).await?;
    beside(ledger, sealer, &organ.code).await
}

/// What stands beside requests: a demand to correct a record, a suggestion, an 申诉.
async fn beside(ledger: &Ledger, sealer: &Sealer, organ: &str) -> Result<(), Failure> {
    let contact = Contact { telephone: Some("13800000000".into()), ..Contact::default() };
    let wish = RectificationWish {
        name: "演示甲".into(),
        proof: None,
        contact: contact.clone(),
        record: "2025年住房补贴登记".into(),
        wrong: "登记的人数少一人".into(),
        evidence: "户口簿复印件".into(),
    };
    let desk = ledger.desk(Actor::Visitor).await?;
    let place = (organ, "yanshi");
    rectification::file(desk, sealer, place, wish).await.map_err(refused)?;
    let suggested = Suggested {
        name: String::new(),
        contact: String::new(),
        words: "建议公开每年的补贴发放明细。".into(),
    };
    let place = (organ, "", "yanshi");
    suggestion::suggest(ledger, sealer, place, &suggested).await.map_err(refused)?;
    let filed = Filed {
        organ: organ.to_owned(),
        about: "演示自来水有限公司".into(),
        request: None,
        ground: ComplaintGround::PublicEnterprise,
        complainant: Complainant {
            name: "演示乙".into(),
            contact,
            words: "没有公开收费标准。".into(),
        },
        key: "yanshi".into(),
    };
    let desk = ledger.desk(Actor::Visitor).await?;
    complaint::file(desk, sealer, filed).await.map_err(refused)?;
    Ok(())
}

async fn consult(
    ledger: &Ledger,
    sealer: &Sealer,
    officer: &Signatory,
    id: &str,
) -> Result<(), Failure> {
    let contact = Contact { telephone: Some("0592-0000000".into()), ..Contact::default() };
    let asked =
        Asked::ThirdParty(ThirdParty { name: "演示某某工程有限公司".into(), contact });
    let desk = desk_of(ledger, officer).await?;
    let matter = "中标单位的名称、报价和评标得分";
    opinion::ask(desk, sealer, officer, id, (asked, matter)).await.map_err(refused)?;
    Ok(())
}

async fn draft(ledger: &Ledger, officer: &Signatory, id: &str) -> Result<(), Failure> {
    let facts =
        [(Fact::Whereabouts, "本站“财政信息”栏目，网址 https://example.org/wenjian/1。".into())];
    let content = AnswerContent {
        items: vec![AnswerItem {
            asked: "2026年上半年专项补贴发放明细".into(),
            code: "G1".into(),
            facts: facts.into(),
        }],
        body: "该信息已经主动公开。".into(),
        files: Vec::new(),
    };
    let draft =
        answer::Draft { request: id.to_owned(), answer: None, corrects: None, seen: 0, content };
    let desk = desk_of(ledger, officer).await?;
    answer::save(desk, officer, draft).await.map_err(refused)?;
    Ok(())
}

async fn enter(
    ledger: &Ledger,
    sealer: &Sealer,
    officer: &Signatory,
    one: &Invented,
) -> Result<String, Failure> {
    let today = ledger.clock().today();
    let application = Application {
        applicant: Applicant {
            name: one.name.into(),
            class: one.class,
            proof: Some(IdentityProof::Other("演示0000".into())),
            contact: Contact {
                telephone: Some("13800000000".into()),
                address: Some("演示地址".into()),
                email: None,
            },
            agent: None,
        },
        wanted: Wanted { title: Some(one.title.into()), number: None, description: None },
        form: Some(ProvidedForm::Email),
        by: Some(DeliveryWay::Email),
        channel: one.channel,
        read_back: true,
        assistance: None,
    };
    let way = Way {
        arrived_on: Some(before(today, one.days_ago)),
        misdirected: false,
        confirmed_now: one.confirmed,
    };
    let intake = Intake {
        organ: officer.organ.clone(),
        application,
        way,
        items: 1,
        files: Vec::new(),
        key: None,
    };
    let desk = desk_of(ledger, officer).await?;
    let told = intake::register(desk, sealer, Some(officer), intake).await.map_err(refused)?;
    Ok(told.request)
}

fn before(today: Date, days: i32) -> Date {
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today)
}

pub(super) fn refused(error: ActError) -> Failure {
    let remedy = error.remedy();
    Failure::new(Exit::Failure, format!("演示城市的申请没有装好: {error}"), remedy).because(error)
}
