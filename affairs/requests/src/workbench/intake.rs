//! `/gongzuo/dengji`: a request that came to the counter, by word of mouth, by post, fax or mail is written
//! down, read back, and registered. Registering gives number, query code and 登记回执 at once.

use ::identity::powers::{Condition, Tie};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use requests_rules::ApplicantClass;
use review::Signatory;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::intake_form::{CHANNELS, FORMS, PROOFS, Typed, WAYS};
use super::{LIST, seen};
use crate::acts::intake::{self, Acknowledged, Intake};
use crate::files::{NewFile, StagedFile};
use crate::store::Purpose;

#[derive(Template)]
#[template(path = "workbench/intake.html")]
struct IntakePage {
    desk: Workbench,
    today: law::Date,
    key: String,
    /// What was typed before, where one comes back to mend it.
    typed: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "workbench/read_back.html")]
struct ReadBackPage {
    desk: Workbench,
    /// What was typed, to be read aloud: label and words.
    said: Vec<(&'static str, String)>,
    /// What the application lacks; registered all the same.
    lacks: Vec<String>,
    /// The form as it was typed, carried along.
    carried: Vec<(String, String)>,
    oral: bool,
}

#[derive(Template)]
#[template(path = "workbench/registered.html")]
struct RegisteredPage {
    desk: Workbench,
    told: Acknowledged,
    lacks: bool,
    case: String,
    letter: String,
}

/// The fields that are carried from the form to the reading back.
const CARRIED: [&str; 26] = [
    "qudao",
    "daoda",
    "wutou",
    "queren",
    "leibie",
    "xingming",
    "zhengjian",
    "haoma",
    "zhao",
    "dianhua",
    "dizhi",
    "youxiangdizhi",
    "daili",
    "dailishenfen",
    "dailizhengjian",
    "dailihaoma",
    "shouquan",
    "mingcheng",
    "wenhao",
    "miaoshu",
    "fangshi",
    "tujing",
    "xiezhu",
    "jianshu",
    "kan",
    "jieguo",
];

/// Files that may come with it: field, purpose.
const FILES: [(&str, Purpose); 3] = [
    ("shenqingbiao", Purpose::Application),
    ("zhengming", Purpose::Identity),
    ("weituo", Purpose::Authority),
];

/// Shows the form.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Fault::inside(error.to_string()))?;
    let desk = Workbench::of(&visit, clerk, "dengji", "登记申请").await?.under("依申请公开", LIST);
    web::page::answer(&IntakePage { desk, today, key: ledger::hex(&bytes), typed: Vec::new() })
}

/// Reads the form back, or registers what was read back.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let tie = Tie::to(&clerk.organ.code).holding([Condition::NoBackdate, Condition::InDeskSession]);
    clerk.may("foi.register", &tie)?;
    let today = visit.house.ledger().clock().today();
    if form.get("do") == "fanhui" {
        let desk = Workbench::of(&visit, clerk, "dengji", "登记申请").await?;
        let page = IntakePage {
            desk: desk.under("依申请公开", LIST),
            today,
            key: form.get("kan").to_owned(),
            typed: carried(&form),
        };
        return Ok(web::page::answer(&page)?.into_response());
    }
    let typed = Typed::read(&form, today)?;
    if form.get("do") == "dengji" {
        return register(visit, clerk, &form, typed).await;
    }
    let page = ReadBackPage {
        said: said(&typed),
        lacks: lacks(&typed, today),
        carried: carried(&form),
        oral: typed.application.channel == requests_rules::Channel::Oral,
        desk: Workbench::of(&visit, clerk, "dengji", "核对后登记").await?.under("依申请公开", LIST),
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// What was typed, carried along.
fn carried(form: &Submitted) -> Vec<(String, String)> {
    let carried = CARRIED.iter().filter_map(|name| {
        let value = form.get(name);
        (!value.is_empty()).then(|| ((*name).to_owned(), value.to_owned()))
    });
    carried.collect()
}

async fn register(
    visit: Visit,
    clerk: Clerk,
    form: &Submitted,
    typed: Typed,
) -> Result<Response, Fault> {
    let today = visit.house.ledger().clock().today();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let lacks = !lacks(&typed, today).is_empty();
    let new = FILES.iter().filter_map(|(field, purpose)| {
        let file = form.file(field)?;
        Some(NewFile { name: file.name.clone(), purpose: *purpose, bytes: file.bytes.clone() })
    });
    let staged = StagedFile::lay_all(visit.house.folder(), sealer, new.collect()).await;
    let files = seen(staged, "shenqingbiao")?;
    let intake = Intake {
        organ: clerk.organ.code.clone(),
        application: typed.application,
        way: typed.way,
        items: typed.items,
        files,
        key: form.words("kan").map(str::to_owned),
    };
    let by = Signatory::of(&clerk);
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let told = seen(intake::register(desk, sealer, Some(&by), intake).await, "qudao")?;
    let case = format!("{LIST}/{}", told.request);
    let page = RegisteredPage {
        letter: visit.site.link(&format!("{case}/wenshu/{}", told.letter.id)),
        case: visit.site.link(&case),
        lacks,
        told,
        desk: Workbench::of(&visit, clerk, "dengji", "已经登记").await?.under("依申请公开", LIST),
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn lacks(typed: &Typed, today: law::Date) -> Vec<String> {
    let faults = typed.application.faults(today).into_iter();
    let faults = faults.filter(|one| *one != requests_rules::ApplicationFault::NotReadBack);
    faults.map(|one| one.to_string()).collect()
}

/// What was typed, in the order in which it is read aloud.
fn said(typed: &Typed) -> Vec<(&'static str, String)> {
    let one = &typed.application;
    let (applicant, contact) = (&one.applicant, &one.applicant.contact);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let proof = |proof: &Option<requests_rules::IdentityProof>| {
        proof.as_ref().map(|one| format!("{} {}", one.name(), one.number())).unwrap_or_default()
    };
    let agent = applicant.agent.as_ref();
    let agent = agent.map(|agent| format!("{} {}", agent.name, proof(&agent.proof)));
    let arrived = typed.way.arrived_on.map(|day| day.to_string());
    let lines = [
        ("渠道", one.channel.name().to_owned()),
        ("到达日期", arrived.unwrap_or_else(|| "今天".into())),
        ("申请人类别", applicant.class.name().to_owned()),
        ("姓名或者名称", applicant.name.clone()),
        ("身份证明", proof(&applicant.proof)),
        ("联系电话", text(&contact.telephone)),
        ("通信地址", text(&contact.address)),
        ("电子邮箱", text(&contact.email)),
        ("代理人", agent.unwrap_or_default()),
        ("所需信息的名称", text(&one.wanted.title)),
        ("所需信息的文号", text(&one.wanted.number)),
        ("其他特征性描述", text(&one.wanted.description)),
        ("提供方式", one.form.map(|form| form.to_string()).unwrap_or_default()),
        ("获取途径", one.by.map(|way| way.name().to_owned()).unwrap_or_default()),
        ("无障碍协助", text(&one.assistance)),
        ("件数", typed.items.to_string()),
    ];
    lines.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect()
}

impl IntakePage {
    /// What was typed into a field before, or what stands in it at first.
    fn typed(&self, name: &str, first: &'static str) -> String {
        let typed = self.typed.iter().find(|(own, _)| own == name);
        match typed {
            Some((_, value)) => value.clone(),
            None if self.typed.is_empty() => first.to_owned(),
            None => String::new(),
        }
    }

    fn is_typed(&self, name: &str, value: &str) -> bool {
        self.typed(name, "") == value
    }

    fn channels() -> Vec<(&'static str, &'static str)> {
        CHANNELS.iter().map(|(word, channel)| (*word, channel.name())).collect()
    }

    fn classes() -> [ApplicantClass; 6] {
        ApplicantClass::ALL
    }

    fn proofs() -> [(&'static str, &'static str); 7] {
        PROOFS
    }

    fn forms() -> Vec<(&'static str, String)> {
        FORMS.iter().map(|(word, form)| (*word, form.to_string())).collect()
    }

    fn ways() -> Vec<(&'static str, &'static str)> {
        WAYS.iter().map(|(word, way)| (*word, way.name())).collect()
    }
}
