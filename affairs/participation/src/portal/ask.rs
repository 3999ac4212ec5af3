//! `/fangtan/{id}/tiwen`: a question before an interview, without an account and without a name.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use participation_rules::InterviewStep;
use web::components::{ErrorSummary, Field, FieldError, LongField};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::give::{error_of, key_of, new_key};
use super::interview::found;
use super::{INTERVIEWS, OWN_QUESTION, day_words, framed, fresh, interviews};
use crate::acts::ActError;
use crate::acts::asking::{self, Asking, Taken};
use crate::store::{Asker, Interview};

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "participation.question", at_once: 30, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct AskPage {
    frame: Frame,
    errors: ErrorSummary,
    title: String,
    until: String,
    when: String,
    action: String,
    key: String,
    words: LongField,
    name: Field,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/question_taken.html")]
struct TakenPage {
    frame: Frame,
    number: i64,
    code: String,
    next: String,
    ways: Vec<Link>,
}

/// The form.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    in_time(&visit, &of)?;
    fresh(&form_page(&visit, &of, &Submitted::default(), vec![])?, false)
}

/// Refuses where no questions are taken, and says what to do.
fn in_time(visit: &Visit, of: &Interview) -> Result<(), Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    let next = stage.after(InterviewStep::Ask);
    next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
}

fn form_page(
    visit: &Visit,
    of: &Interview,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<AskPage, Fault> {
    let mut frame = framed(visit, "提问", &format!("向在线访谈“{}”提问", of.said.title));
    frame.has_errors = !errors.is_empty();
    Ok(AskPage {
        frame: frame
            .under("在线访谈", INTERVIEWS)
            .under(of.said.title.clone(), &of.path())
            .at("提问")
            .unlisted(),
        title: of.said.title.clone(),
        until: of.said.ask_until.map(day_words).unwrap_or_default(),
        when: interviews::when(of),
        action: visit.site.link(&format!("{}/tiwen", of.path())),
        key: key_of(form)?,
        words: words(form, &errors),
        name: name(form, &errors),
        back: visit.site.link(&of.path()),
        errors: ErrorSummary(errors),
    })
}

fn words(form: &Submitted, errors: &[FieldError]) -> LongField {
    LongField {
        name: "wenti".into(),
        label: "您想问什么".into(),
        hint: "一次问一件事，不超过 500 字。请不要写身份证号、电话、住址。".into(),
        value: form.get("wenti").into(),
        error: error_of(errors, "wenti"),
        optional: false,
    }
}

fn name(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "xingming".into(),
        label: "怎么称呼您".into(),
        hint: "加密保存。问到您的问题时只写“朱**”；不写的写“网友”。".into(),
        value: form.get("xingming").into(),
        error: error_of(errors, "xingming"),
        optional: true,
        autocomplete: "name",
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
        let errors = wrong("wenti", "提交的内容太大，没有收下。请写短一些再提交".into());
        return fresh(&form_page(&visit, &of, &Submitted::default(), errors)?, true);
    };
    in_time(&visit, &of)?;
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&form_page(&visit, &of, &form, wrong("wenti", words))?, true);
    }
    let given = Asking {
        who: Asker { name: form.get("xingming").to_owned(), words: form.get("wenti").to_owned() },
        key: key_of(&form)?,
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match asking::receive(visit.house.ledger(), sealer, &id, &given).await {
        Ok(taken) => fresh(&told(&visit, &of, taken), false),
        Err(ActError::Field(field, words)) => {
            let used = words == asking::USED;
            let mut page = form_page(&visit, &of, &form, wrong(field, words))?;
            if used {
                page.key = new_key()?;
            }
            fresh(&page, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, of: &Interview, taken: Taken) -> TakenPage {
    let site = &visit.site;
    let when = interviews::when(of);
    TakenPage {
        frame: framed(visit, "已经收到", "您的提问已经收到")
            .under("在线访谈", INTERVIEWS)
            .under(of.said.title.clone(), &of.path())
            .at("已经收到")
            .unlisted(),
        number: taken.number,
        code: taken.code,
        next: format!(
            "访谈 {when} 开始，时间有限，不一定每个都问到。凭查询码可以看有没有问到，开始以前可以撤回。请抄下来或者打印。"
        ),
        ways: vec![
            Link::new("再问一个", site.link(&format!("{}/tiwen", of.path()))),
            Link::new("回到访谈", site.link(&of.path())),
            Link::new("查我的提问", site.link(OWN_QUESTION)),
        ],
    }
}

impl Page for AskPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| {
            let form = Submitted::default();
            let mut frame = Frame::sample("提问").at("提问");
            frame.has_errors = !errors.is_empty();
            Self {
                frame,
                title: "供水怎样更稳".into(),
                until: "2026年12月10日（星期四）".into(),
                when: "2026年12月20日（星期日） 15:00".into(),
                action: "/linhu/fangtan/1/tiwen".into(),
                key: "0123".into(),
                words: words(&form, &errors),
                name: name(&form, &errors),
                back: "/linhu/fangtan/1".into(),
                errors: ErrorSummary(errors),
            }
        };
        let error = FieldError { field: "wenti".into(), message: "写下您想问的".into() };
        vec![("空的", page(vec![])), ("有错误", page(vec![error]))]
    }
}

impl Page for TakenPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经收到").at("已经收到"),
            number: 7,
            code: "ABCD-EFGH-JKMN".into(),
            next: "凭查询码可以看有没有问到。".into(),
            ways: vec![Link::new("回到访谈", "/linhu/fangtan/1")],
        };
        vec![("收到", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_for_questions_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::AskPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::TakenPage>(), Vec::<String>::new());
    }
}
