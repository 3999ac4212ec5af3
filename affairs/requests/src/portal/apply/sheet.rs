//! The pages of an application: which fields each has, what is wrong with them, and which comes next.

use identity::Organ;
use law::Date;
use requests_rules::{
    Agent, Applicant, ApplicantClass, ApplicantFault, Application, ApplicationFault, BadNumber,
    Capacity, Channel, Contact, CreditCode, DeliveryWay, IdentityProof, ProvidedForm,
    ResidentNumber, Wanted,
};
use web::components::FieldError;
use web::workbench::Submitted;

use crate::portal::step::wrong;
use crate::store::DraftContent;

/// A page of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// 申请人.
    Person,
    /// 代理人.
    Agent,
    /// 要什么信息.
    Wanted,
    /// 怎样拿到.
    Ways,
    /// 材料.
    Papers,
    /// 核对并提交.
    Check,
}

/// The longest text of one line, in letters: a decision of ours, more than any name or address has.
const LONGEST_LINE: usize = 200;

/// The longest description, in letters.
const LONGEST_TEXT: usize = 3000;

/// Digits of a telephone number: a short local one to an international one.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The kinds of proof on the form: the word, what people call it, and whether it is a person's.
pub(super) const PROOFS: [(&str, &str, bool); 7] = [
    ("resident_card", "居民身份证", true),
    ("hong_kong_macao", "港澳居民来往内地通行证或居住证", true),
    ("taiwan", "台湾居民来往大陆通行证或居住证", true),
    ("passport", "护照", true),
    ("permanent_residence", "外国人永久居留身份证", true),
    ("credit_code", "统一社会信用代码（单位）", false),
    ("other", "其他证件", true),
];

/// 获取方式.
pub(super) const FORMS: [(ProvidedForm, &str, &str); 4] = [
    (ProvidedForm::Email, "email", "电子文件"),
    (ProvidedForm::Paper, "paper", "纸质复制件"),
    (ProvidedForm::Copy, "copy", "光盘、U盘等"),
    (ProvidedForm::Inspect, "inspect", "查阅、抄录"),
];

/// 获取途径.
pub(super) const WAYS: [(DeliveryWay, &str, &str); 6] = [
    (DeliveryWay::Online, "online", "网上查看和下载"),
    (DeliveryWay::Email, "email", "发到电子邮箱"),
    (DeliveryWay::Post, "post", "邮寄"),
    (DeliveryWay::Collect, "collect", "到机关当面领取"),
    (DeliveryWay::OnSite, "on_site", "到机关现场查阅"),
    (DeliveryWay::Fax, "fax", "传真"),
];

impl Sheet {
    const ALL: [Self; 6] =
        [Self::Person, Self::Agent, Self::Wanted, Self::Ways, Self::Papers, Self::Check];

    /// The first field of its page, where what is wrong with the whole is told.
    pub(super) const fn first_field(self) -> &'static str {
        match self {
            Self::Person | Self::Check => "xingming",
            Self::Agent => "dlxingming",
            Self::Wanted => "mingcheng",
            Self::Ways => "xingshi",
            Self::Papers => "wenjian",
        }
    }

    /// The page at an address.
    pub(super) fn at(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.word() == word)
    }

    /// Its word in the address.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Person => "shenqingren",
            Self::Agent => "dailiren",
            Self::Wanted => "neirong",
            Self::Ways => "fangshi",
            Self::Papers => "cailiao",
            Self::Check => "hedui",
        }
    }

    /// The page after it. Once everything was filled in, a page that was mended leads back to the reading
    /// back.
    pub(super) fn next(self, content: &DraftContent) -> Self {
        let filled = |sheet: Self| {
            let skipped = sheet == Self::Agent && content.agency == "self";
            skipped || content.done.iter().any(|done| done == sheet.word())
        };
        let order = &Self::ALL[1..];
        let open = order.iter().copied().find(|sheet| !filled(*sheet));
        match self {
            Self::Person if content.agency != "self" && !filled(Self::Agent) => Self::Agent,
            _ => open.unwrap_or(Self::Check),
        }
    }

    /// The page before it.
    pub(super) fn before(self, content: &DraftContent) -> Option<Self> {
        Some(match self {
            Self::Person => return None,
            Self::Agent => Self::Person,
            Self::Wanted if content.agency == "self" => Self::Person,
            Self::Wanted => Self::Agent,
            Self::Ways => Self::Wanted,
            Self::Papers => Self::Ways,
            Self::Check => Self::Papers,
        })
    }

    /// Takes over what the page says.
    pub(super) fn read(self, form: &Submitted, content: &mut DraftContent) {
        let line = |name: &str| form.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Person => {
                content.class = line("leibie");
                content.name = line("xingming");
                content.proof = line("zhengjian");
                content.number = line("haoma");
                content.telephone = line("dianhua");
                content.address = line("dizhi");
                content.email = line("youxiang");
                content.agency = line("daili");
            }
            Self::Agent => {
                content.agent_name = line("dlxingming");
                content.agent_proof = line("dlzhengjian");
                content.agent_number = line("dlhaoma");
            }
            Self::Wanted => {
                content.organ = line("jiguan");
                content.title = line("mingcheng");
                content.doc_number = line("wenhao");
                content.description = form.get("miaoshu").trim().to_owned();
            }
            Self::Ways => {
                content.form = line("xingshi");
                content.way = line("tujing");
                content.assistance = line("bangzhu");
            }
            Self::Papers | Self::Check => {}
        }
    }

    /// What is wrong with the page, in the order of its fields.
    pub(super) fn faults(
        self,
        content: &DraftContent,
        organs: &[Organ],
        today: Date,
    ) -> Vec<FieldError> {
        let mut faults = Vec::new();
        match self {
            Self::Person => person(content, &mut faults),
            Self::Agent if content.agency != "self" => agent(content, &mut faults),
            Self::Wanted => wanted(content, organs, &mut faults),
            Self::Ways => ways(content, &mut faults),
            Self::Agent | Self::Papers | Self::Check => {}
        }
        let application = application(content, true);
        for fault in application.faults(today) {
            let unread = ApplicationFault::Applicant(ApplicantFault::NoProof);
            let unfit = ApplicationFault::Applicant(ApplicantFault::WrongKind);
            if let Some((sheet, field)) = field_of(&fault)
                && sheet == self
                // A number that cannot be read has its own words, and so has a class that was not chosen.
                && (fault != unread || content.proof.is_empty())
                && !(fault == unfit && ApplicantClass::named(&content.class).is_none())
                && !faults.iter().any(|known| known.field == field)
            {
                faults.push(wrong(field, said(&fault)));
            }
        }
        faults
    }
}

fn person(content: &DraftContent, faults: &mut Vec<FieldError>) {
    if ApplicantClass::named(&content.class).is_none() {
        faults.push(wrong("leibie", "选择您是以个人还是以单位的名义申请"));
    }
    if !content.proof.is_empty()
        && let Err(bad) = proof(&content.proof, &content.number)
    {
        faults.push(wrong("haoma", format!("证件号码不对。{}", plain(&bad))));
    }
    let digits = content.telephone.chars().filter(char::is_ascii_digit).count();
    if !content.telephone.is_empty() && !DIGITS.contains(&digits) {
        faults.push(wrong("dianhua", "电话号码不对，写11位手机号，或者带区号的座机号"));
    }
    if !content.email.is_empty() && !content.email.contains('@') {
        faults.push(wrong("youxiang", "邮箱不对，应当像 name@example.cn"));
    }
    if !["self", "authorised", "guardian"].contains(&content.agency.as_str()) {
        faults.push(wrong("daili", "选择您是替自己还是替别人申请"));
    }
    let lines = [
        ("xingming", &content.name),
        ("haoma", &content.number),
        ("dizhi", &content.address),
        ("youxiang", &content.email),
    ];
    too_long(&lines, faults);
}

fn agent(content: &DraftContent, faults: &mut Vec<FieldError>) {
    if content.agent_name.is_empty() {
        faults.push(wrong("dlxingming", "写代理人的姓名"));
    }
    if content.agent_proof.is_empty() {
        faults.push(wrong("dlzhengjian", "选择代理人的证件"));
    } else if let Err(bad) = proof(&content.agent_proof, &content.agent_number) {
        faults.push(wrong("dlhaoma", format!("代理人的证件号码不对。{}", plain(&bad))));
    } else if content.agent_number.is_empty() {
        faults.push(wrong("dlhaoma", "写代理人的证件号码"));
    }
    too_long(&[("dlxingming", &content.agent_name), ("dlhaoma", &content.agent_number)], faults);
}

fn wanted(content: &DraftContent, organs: &[Organ], faults: &mut Vec<FieldError>) {
    if !organs.iter().any(|organ| organ.code == content.organ) {
        faults.push(wrong("jiguan", "选择向哪个机关申请；不清楚的，选第一个"));
    }
    too_long(&[("mingcheng", &content.title), ("wenhao", &content.doc_number)], faults);
    let letters = content.description.chars().count();
    if letters > LONGEST_TEXT {
        let over = letters - LONGEST_TEXT;
        faults.push(wrong("miaoshu", format!("写得太长，请删去{over}字，或者作为材料上传")));
    }
}

fn ways(content: &DraftContent, faults: &mut Vec<FieldError>) {
    if form(content).is_none() {
        faults.push(wrong("xingshi", "选择要什么形式"));
    }
    let missing = match way(content) {
        None => Some("选择用什么方式拿到"),
        Some(DeliveryWay::Post) if content.address.is_empty() => {
            Some("要邮寄，请先回到“申请人”一页写上通信地址，或者改选别的方式")
        }
        Some(DeliveryWay::Email) if content.email.is_empty() => {
            Some("要发到邮箱，请先回到“申请人”一页写上电子邮箱，或者改选别的方式")
        }
        Some(_) => None,
    };
    faults.extend(missing.map(|words| wrong("tujing", words)));
    too_long(&[("bangzhu", &content.assistance)], faults);
}

fn too_long(lines: &[(&str, &String)], faults: &mut Vec<FieldError>) {
    for (field, text) in lines {
        if text.chars().count() > LONGEST_LINE && !faults.iter().any(|one| one.field == *field) {
            faults.push(wrong(field, format!("太长，请不超过{LONGEST_LINE}字")));
        }
    }
}

/// The page and field at which a fault of the rules is mended.
fn field_of(fault: &ApplicationFault) -> Option<(Sheet, &'static str)> {
    Some(match fault {
        ApplicationFault::NothingWanted => (Sheet::Wanted, "mingcheng"),
        ApplicationFault::NoForm => (Sheet::Ways, "xingshi"),
        ApplicationFault::NotReadBack => return None,
        ApplicationFault::Applicant(fault) => match fault {
            ApplicantFault::NoName => (Sheet::Person, "xingming"),
            ApplicantFault::NoProof | ApplicantFault::WrongKind => (Sheet::Person, "zhengjian"),
            ApplicantFault::BadNumber(_) | ApplicantFault::NoNumber => (Sheet::Person, "haoma"),
            ApplicantFault::NoContact => (Sheet::Person, "dianhua"),
            ApplicantFault::MinorAlone => (Sheet::Person, "daili"),
            ApplicantFault::AgentUnknown => (Sheet::Agent, "dlxingming"),
            ApplicantFault::NoAuthority => (Sheet::Papers, "wenjian"),
        },
    })
}

/// A fault in words for the page.
fn said(fault: &ApplicationFault) -> String {
    match fault {
        ApplicationFault::NothingWanted => "写明要的信息：名称、文号、其他特征至少写一项".into(),
        ApplicationFault::Applicant(ApplicantFault::NoName) => "写姓名或者单位名称".into(),
        ApplicationFault::Applicant(ApplicantFault::NoProof) => "选择证件".into(),
        ApplicationFault::Applicant(ApplicantFault::NoNumber) => "写证件号码".into(),
        ApplicationFault::Applicant(ApplicantFault::WrongKind) => {
            "个人用个人的证件，单位用统一社会信用代码".into()
        }
        ApplicationFault::Applicant(ApplicantFault::NoContact) => {
            "电话、通信地址、电子邮箱至少写一项".into()
        }
        ApplicationFault::Applicant(ApplicantFault::MinorAlone) => {
            "申请人未满十八周岁，由监护人代为提出：选“我是监护人”".into()
        }
        other => plain(other),
    }
}

/// The words of a rule without the heading before what to do.
fn plain(words: &impl ToString) -> String {
    words.to_string().replace("改法: ", "")
}

/// What the application says, as the rules read it. What cannot be read is left out.
pub(super) fn application(content: &DraftContent, authority_shown: bool) -> Application {
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let known = |kind: &str, number: &str| proof(kind, number).ok().flatten();
    let capacity = match content.agency.as_str() {
        "authorised" => Some(Capacity::Authorised),
        "guardian" => Some(Capacity::Guardian),
        _ => None,
    };
    let agent = capacity.map(|capacity| Agent {
        name: content.agent_name.clone(),
        proof: known(&content.agent_proof, &content.agent_number),
        capacity,
        authority_shown,
    });
    Application {
        applicant: Applicant {
            name: content.name.clone(),
            class: ApplicantClass::named(&content.class).unwrap_or(ApplicantClass::Other),
            proof: known(&content.proof, &content.number),
            contact: Contact {
                telephone: said(&content.telephone),
                address: said(&content.address),
                email: said(&content.email),
            },
            agent,
        },
        wanted: Wanted {
            title: said(&content.title),
            number: said(&content.doc_number),
            description: said(&content.description),
        },
        form: form(content),
        by: way(content),
        channel: Channel::Online,
        read_back: true,
        assistance: said(&content.assistance),
    }
}

fn form(content: &DraftContent) -> Option<ProvidedForm> {
    FORMS.iter().find(|(_, word, _)| *word == content.form).map(|(form, ..)| *form)
}

fn way(content: &DraftContent) -> Option<DeliveryWay> {
    WAYS.iter().find(|(_, word, _)| *word == content.way).map(|(way, ..)| *way)
}

/// The proof of a kind with that number; none where no kind was chosen.
fn proof(kind: &str, number: &str) -> Result<Option<IdentityProof>, BadNumber> {
    let own = number.to_owned();
    Ok(Some(match kind {
        "resident_card" => IdentityProof::ResidentCard(ResidentNumber::read(number)?),
        "credit_code" => IdentityProof::CreditCode(CreditCode::read(number)?),
        "passport" => IdentityProof::Passport(own),
        "hong_kong_macao" => IdentityProof::HongKongMacao(own),
        "taiwan" => IdentityProof::Taiwan(own),
        "permanent_residence" => IdentityProof::PermanentResidence(own),
        "other" => IdentityProof::Other(own),
        _ => return Ok(None),
    }))
}
