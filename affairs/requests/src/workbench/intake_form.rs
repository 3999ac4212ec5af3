//! What a clerk types when he registers a request, read into what the rules know.

use law::Date;
use requests_rules::{
    Agent, Applicant, ApplicantClass, Application, Capacity, Channel, Contact, CreditCode,
    DeliveryWay, IdentityProof, ProvidedForm, ResidentNumber, Wanted,
};
use web::Fault;
use web::components::FieldError;
use web::workbench::Submitted;

use crate::acts::intake::Way;

/// The channels a clerk registers, by their words; what comes online registers itself.
pub(super) const CHANNELS: [(&str, Channel); 6] = [
    ("dangmian", Channel::Counter),
    ("koutou", Channel::Oral),
    ("guahao", Channel::SignedPost),
    ("pingxin", Channel::PlainLetter),
    ("chuanzhen", Channel::Fax),
    ("youjian", Channel::Email),
];

/// The proofs of identity, by their words.
pub(super) const PROOFS: [(&str, &str); 7] = [
    ("shenfenzheng", "居民身份证"),
    ("huzhao", "护照"),
    ("gangao", "港澳居民证件"),
    ("taiwan", "台湾居民证件"),
    ("yongju", "外国人永久居留身份证"),
    ("xinyong", "统一社会信用代码"),
    ("qita", "其他证件"),
];

/// The forms in which information is provided, by their words.
pub(super) const FORMS: [(&str, ProvidedForm); 4] = [
    ("zhizhi", ProvidedForm::Paper),
    ("dianzi", ProvidedForm::Email),
    ("fuzhi", ProvidedForm::Copy),
    ("chayue", ProvidedForm::Inspect),
];

/// The ways of getting it, by their words.
pub(super) const WAYS: [(&str, DeliveryWay); 6] = [
    ("lingqu", DeliveryWay::Collect),
    ("youji", DeliveryWay::Post),
    ("wangshang", DeliveryWay::Online),
    ("youxiang", DeliveryWay::Email),
    ("chuanzhen", DeliveryWay::Fax),
    ("xianchang", DeliveryWay::OnSite),
];

/// What was typed, whole.
pub(super) struct Typed {
    pub application: Application,
    pub way: Way,
    pub items: u64,
}

fn found<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(own, _)| *own == word).map(|(_, value)| *value)
}

impl Typed {
    /// Reads the form. What an application lacks is no fault of it: that is asked for in one 补正告知; only
    /// what could not be kept is.
    ///
    /// # Errors
    /// Every field that makes no sense.
    pub(super) fn read(form: &Submitted, today: Date) -> Result<Self, Fault> {
        let mut wrong = Vec::new();
        let mut fault = |field: &str, message: String| {
            wrong.push(FieldError { field: field.to_owned(), message });
        };
        let channel = found(&CHANNELS, form.get("qudao"));
        if channel.is_none() {
            fault("qudao", "没有选渠道。请选一项。".into());
        }
        let class = ApplicantClass::named(form.get("leibie"));
        if class.is_none() {
            fault("leibie", "没有选申请人类别。请选一项。".into());
        }
        let arrived_on = arrived(form, today).unwrap_or_else(|message| {
            fault("daoda", message);
            None
        });
        let proof = proof(form, ("zhengjian", "haoma"), form.has("zhao")).unwrap_or_else(|words| {
            fault("haoma", words);
            None
        });
        let agent = agent(form).unwrap_or_else(|words| {
            fault("dailihaoma", words);
            None
        });
        let items = form.get("jianshu").trim();
        let items = if items.is_empty() { Ok(1) } else { items.parse::<u64>() };
        let items = items.unwrap_or(0);
        if !(1..=1000).contains(&items) {
            fault("jianshu", "件数写得不对。请写 1 到 1000 的数。".into());
        }
        let (Some(channel), Some(class), true) = (channel, class, wrong.is_empty()) else {
            return Err(Fault::Fields(wrong));
        };
        let application = application(form, (channel, class), (proof, agent));
        let way =
            Way { arrived_on, misdirected: form.has("wutou"), confirmed_now: form.has("queren") };
        Ok(Self { application, way, items })
    }
}

fn application(
    form: &Submitted,
    (channel, class): (Channel, ApplicantClass),
    (proof, agent): (Option<IdentityProof>, Option<Agent>),
) -> Application {
    let said = |name: &str| form.words(name).map(str::to_owned);
    let contact = Contact {
        telephone: said("dianhua"),
        address: said("dizhi"),
        email: said("youxiangdizhi"),
    };
    let name = form.words("xingming").unwrap_or_default().to_owned();
    Application {
        applicant: Applicant { name, class, proof, contact, agent },
        wanted: Wanted {
            title: said("mingcheng"),
            number: said("wenhao"),
            description: said("miaoshu"),
        },
        form: found(&FORMS, form.get("fangshi")),
        by: found(&WAYS, form.get("tujing")),
        channel,
        read_back: form.has("nianguo"),
        assistance: said("xiezhu"),
    }
}

fn arrived(form: &Submitted, today: Date) -> Result<Option<Date>, String> {
    let Some(text) = form.words("daoda") else { return Ok(None) };
    let wrong = || "到达日期写得不对。请写成 2026-11-26。".to_owned();
    let day: Date = text.parse().map_err(|_| wrong())?;
    if day > today {
        return Err("到达日期在今天以后。请核对。".into());
    }
    Ok(Some(day))
}

/// A proof of identity; none where nothing is typed. A number that fails its check digit is told at once,
/// and kept as it stands on the paper where the clerk says so.
fn proof(
    form: &Submitted,
    (kind, number): (&str, &str),
    as_shown: bool,
) -> Result<Option<IdentityProof>, String> {
    let Some(number) = form.words(number).map(str::to_owned) else { return Ok(None) };
    let told = |error: requests_rules::BadNumber| {
        format!("{error}。与证件一致的，勾选“照证件登记”再提交。")
    };
    Ok(Some(match form.get(kind) {
        "shenfenzheng" => match ResidentNumber::read(&number) {
            Ok(number) => IdentityProof::ResidentCard(number),
            Err(_) if as_shown => IdentityProof::Other(number),
            Err(error) => return Err(told(error)),
        },
        "xinyong" => match CreditCode::read(&number) {
            Ok(code) => IdentityProof::CreditCode(code),
            Err(_) if as_shown => IdentityProof::Other(number),
            Err(error) => return Err(told(error)),
        },
        "huzhao" => IdentityProof::Passport(number),
        "gangao" => IdentityProof::HongKongMacao(number),
        "taiwan" => IdentityProof::Taiwan(number),
        "yongju" => IdentityProof::PermanentResidence(number),
        "qita" => IdentityProof::Other(number),
        _ => return Err("写了证件号码，没有选证件种类。请选一项。".into()),
    }))
}

fn agent(form: &Submitted) -> Result<Option<Agent>, String> {
    let Some(name) = form.words("daili") else { return Ok(None) };
    let proof = proof(form, ("dailizhengjian", "dailihaoma"), form.has("zhao"))?;
    let capacity = match form.get("dailishenfen") {
        "jianhu" => Capacity::Guardian,
        _ => Capacity::Authorised,
    };
    Ok(Some(Agent {
        name: name.to_owned(),
        proof,
        capacity,
        authority_shown: form.has("shouquan"),
    }))
}
