//! `/yijian/{id}/tijiao`: an opinion is given, on one clause or the whole, without an account and without a name.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use participation_rules::{Clause, Sender, Stage, WHOLE};
use serde::Deserialize;
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::{LIST, OWN, day_words, found, framed, fresh};
use crate::acts::ActError;
use crate::acts::opinion::{self, Given, Receipt};
use crate::store::{Consultation, Contact};

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "participation.opinion", at_once: 30, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/give.html")]
struct GivePage {
    frame: Frame,
    errors: ErrorSummary,
    title: String,
    until: String,
    action: String,
    key: String,
    clauses: Vec<(u32, String)>,
    chosen: u32,
    clause_error: Option<String>,
    /// The clause that is spoken about, where it is one.
    text: Option<String>,
    words: LongField,
    sender: Radios,
    name: Field,
    contact: Field,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/told.html")]
struct ToldPage {
    frame: Frame,
    number: i64,
    code: String,
    next: String,
    ways: Vec<Link>,
}

/// Which clause one comes for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    tiao: String,
}

/// The form.
pub async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    over(&visit, &of)?;
    let form = Submitted::of(&[("tiao", &asked.tiao)]);
    fresh(&form_page(&visit, &of, &form, vec![]).await?, false)
}

/// Refuses where the time is over, and says where one reads on.
fn over(visit: &Visit, of: &Consultation) -> Result<(), Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    match stage.after(participation_rules::Step::Opinion) {
        Ok(Stage::Open) => Ok(()),
        Ok(_) => Err(Fault::NotFound),
        Err(refused) => Err(Fault::Refused(refused.to_string())),
    }
}

pub(super) fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

pub(super) fn key_of(form: &Submitted) -> Result<String, Fault> {
    match form.words("key") {
        Some(key) => Ok(key.to_owned()),
        None => new_key(),
    }
}

/// What tells one form from another.
pub(crate) fn new_key() -> Result<String, Fault> {
    identity::secret::random_hex(16).map_err(Fault::inside)
}

/// The clause that a form names; what cannot be read is no clause of any draft.
pub(crate) fn number_of(form: &Submitted) -> u32 {
    match form.get("tiao").trim() {
        "" => WHOLE,
        typed => typed.parse().unwrap_or(u32::MAX),
    }
}

async fn form_page(
    visit: &Visit,
    of: &Consultation,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<GivePage, Fault> {
    let clauses = of.clauses(visit.house.store()).await?;
    let mut frame = framed(visit, "提意见", &format!("对“{}”提意见", of.said.title));
    frame.has_errors = !errors.is_empty();
    let chosen = number_of(form);
    let told = |clause: &Clause| (clause.number, clause.mark.clone());
    Ok(GivePage {
        frame: frame
            .under("征求意见", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("提意见")
            .unlisted(),
        title: of.said.title.clone(),
        until: of.ends_on.map(day_words).unwrap_or_default(),
        action: visit.site.link(&format!("{}/tijiao", of.path())),
        key: key_of(form)?,
        text: clauses.iter().find(|one| one.number == chosen).map(|one| one.text.clone()),
        clauses: clauses.iter().map(told).collect(),
        chosen,
        clause_error: error_of(&errors, "tiao"),
        words: words(form, &errors),
        sender: sender(form, &errors),
        name: name(form, &errors),
        contact: contact(form, &errors),
        back: visit.site.link(&of.path()),
        errors: ErrorSummary(errors),
    })
}

fn words(form: &Submitted, errors: &[FieldError]) -> LongField {
    LongField {
        name: "yijian".into(),
        label: "您的意见".into(),
        hint: "写哪里要改、改成什么、为什么。不超过 3000 字。请不要写身份证号、电话、住址。".into(),
        value: form.get("yijian").into(),
        error: error_of(errors, "yijian"),
        optional: false,
    }
}

fn sender(form: &Submitted, errors: &[FieldError]) -> Radios {
    let choice = |one: Sender| Choice { value: one.word().into(), words: one.name().into() };
    Radios {
        name: "shenfen".into(),
        label: "以什么名义".into(),
        choices: Sender::ALL.map(choice).to_vec(),
        chosen: form.words("shenfen").unwrap_or(Sender::Person.word()).into(),
        error: error_of(errors, "shenfen"),
        ..Radios::default()
    }
}

fn name(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "xingming".into(),
        label: "姓名或者单位名称".into(),
        hint: "加密保存。公布采纳情况时，个人只写“朱**”，单位写单位名称；不写的写“匿名”。".into(),
        value: form.get("xingming").into(),
        error: error_of(errors, "xingming"),
        optional: true,
        autocomplete: "name",
    }
}

fn contact(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "lianxi".into(),
        label: "电话或者邮箱".into(),
        hint: "加密保存，不公布，只在要问清楚您的意见时用。".into(),
        value: form.get("lianxi").into(),
        error: error_of(errors, "lianxi"),
        optional: true,
        autocomplete: "off",
    }
}

/// Takes it.
pub async fn send(
    visit: Visit,
    Path(id): Path<String>,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    let wrong = |field: &str, message: String| vec![FieldError { field: field.into(), message }];
    let OwnUpload::Form(form) = sent else {
        let errors = wrong("yijian", "提交的内容太大，没有收下。请写短一些再提交".into());
        return fresh(&form_page(&visit, &of, &Submitted::default(), errors).await?, true);
    };
    over(&visit, &of)?;
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&form_page(&visit, &of, &form, wrong("yijian", words)).await?, true);
    }
    let Some(sender) = Sender::parse(form.words("shenfen").unwrap_or(Sender::Person.word())) else {
        let errors = wrong("shenfen", "选以什么名义提意见".into());
        return fresh(&form_page(&visit, &of, &form, errors).await?, true);
    };
    let given = Given {
        clause: number_of(&form),
        sender,
        words: form.get("yijian").to_owned(),
        contact: Contact {
            name: form.get("xingming").to_owned(),
            contact: form.get("lianxi").to_owned(),
        },
        key: key_of(&form)?,
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match opinion::receive(visit.house.ledger(), sealer, &id, &given).await {
        Ok(receipt) => fresh(&told(&visit, &of, receipt), false),
        Err(ActError::Field(field, words)) => {
            let used = words == opinion::USED;
            let mut page = form_page(&visit, &of, &form, wrong(field, words)).await?;
            if used {
                page.key = new_key()?;
            }
            fresh(&page, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, of: &Consultation, receipt: Receipt) -> ToldPage {
    let site = &visit.site;
    let last = of.ends_on.map(day_words).unwrap_or_default();
    ToldPage {
        frame: framed(visit, "已经收到", "您的意见已经收到")
            .under("征求意见", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("已经收到")
            .unlisted(),
        number: receipt.number,
        code: receipt.code,
        next: format!("凭查询码可以看这条意见和答复，{last}以前可以撤回。请抄下来或者打印。"),
        ways: vec![
            Link::new("再提一条", site.link(&format!("{}/tijiao", of.path()))),
            Link::new("回到草案", site.link(&of.path())),
            Link::new("查我提的意见", site.link(OWN)),
        ],
    }
}

impl Page for GivePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| {
            let form = Submitted::default();
            let mut frame = Frame::sample("提意见").at("提意见");
            frame.has_errors = !errors.is_empty();
            Self {
                frame,
                title: "供水条例（草案）".into(),
                until: "2026年12月27日（星期日）".into(),
                action: "/linhu/yijian/1/tijiao".into(),
                key: "0123".into(),
                clauses: vec![(1, "第一条".into())],
                chosen: 1,
                clause_error: error_of(&errors, "tiao"),
                text: Some("第一条 为了保障供水。".into()),
                words: words(&form, &errors),
                sender: sender(&form, &errors),
                name: name(&form, &errors),
                contact: contact(&form, &errors),
                back: "/linhu/yijian/1".into(),
                errors: ErrorSummary(errors),
            }
        };
        let error = |field: &str, message: &str| FieldError {
            field: field.into(),
            message: message.into(),
        };
        let all = vec![error("yijian", "写下您的意见"), error("tiao", "选草案里的一条")];
        vec![("空的", page(vec![])), ("有错误", page(all))]
    }
}

impl Page for ToldPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            number: 7,
            code: "ABCD-EFGH-JKMN".into(),
            next: "凭查询码可以看这条意见和答复。".into(),
            ways: vec![Link::new("回到草案", "/linhu/yijian/1")],
        };
        vec![("收到", page)]
    }
}

#[cfg(test)]
mod tests {
    use participation_rules::WHOLE;
    use web::workbench::Submitted;

    #[test]
    fn a_clause_that_cannot_be_read_is_not_taken_for_the_whole_draft() {
        for (typed, number) in [("", WHOLE), ("0", WHOLE), (" 3 ", 3), ("三", u32::MAX)] {
            assert_eq!(super::number_of(&Submitted::of(&[("tiao", typed)])), number, "{typed}");
        }
    }

    #[test]
    fn the_form_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::GivePage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::ToldPage>(), Vec::<String>::new());
    }
}
