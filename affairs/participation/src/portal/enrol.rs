//! `/tingzheng/{id}/baoming`: whoever fits the conditions enrols, without an account.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use participation_rules::HearingStep;
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::give::{error_of, key_of, new_key};
use super::hearing::found;
use super::{HEARINGS, LIST, OWN_ENROLMENT, day_words, framed, fresh};
use crate::acts::ActError;
use crate::acts::enrolment::{self, Enrolled, Enrolling};
use crate::store::{Enroller, Hearing};

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "participation.enrolment", at_once: 30, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/enrol.html")]
struct EnrolPage {
    frame: Frame,
    errors: ErrorSummary,
    title: String,
    until: String,
    conditions: String,
    action: String,
    key: String,
    sides: Radios,
    name: Field,
    contact: Field,
    words: LongField,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/enrolled.html")]
struct EnrolledPage {
    frame: Frame,
    number: i64,
    code: String,
    mark: String,
    next: String,
    ways: Vec<Link>,
}

/// The form.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    in_time(&visit, &of)?;
    fresh(&form_page(&visit, &of, &Submitted::default(), vec![])?, false)
}

/// Refuses where the enrolment is over, and says what to do.
fn in_time(visit: &Visit, of: &Hearing) -> Result<(), Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    let next = stage.after(HearingStep::Enrol);
    next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
}

fn form_page(
    visit: &Visit,
    of: &Hearing,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<EnrolPage, Fault> {
    let mut frame = framed(visit, "报名参加听证", &format!("报名参加“{}”", of.said.title));
    frame.has_errors = !errors.is_empty();
    let sides = of.said.seats();
    let sides: Vec<String> =
        sides.iter().map(|one| format!("{}（{} 人）", one.name, one.seats)).collect();
    Ok(EnrolPage {
        frame: frame
            .under("听证会", HEARINGS)
            .under(of.said.title.clone(), &of.path())
            .at("报名")
            .unlisted(),
        title: of.said.title.clone(),
        until: of.said.enrol_until.map(day_words).unwrap_or_default(),
        conditions: of.said.conditions.clone(),
        action: visit.site.link(&format!("{}/baoming", of.path())),
        key: key_of(form)?,
        sides: side(&sides, form, &errors),
        name: name(form, &errors),
        contact: contact(form, &errors),
        words: words(form, &errors),
        back: visit.site.link(&of.path()),
        errors: ErrorSummary(errors),
    })
}

fn side(sides: &[String], form: &Submitted, errors: &[FieldError]) -> Radios {
    let choice =
        |(at, words): (usize, &String)| Choice { value: at.to_string(), words: words.clone() };
    Radios {
        name: "fang".into(),
        label: "您代表哪一方".into(),
        choices: (1..).zip(sides).map(choice).collect(),
        chosen: form.get("fang").into(),
        error: error_of(errors, "fang"),
        ..Radios::default()
    }
}

fn name(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "xingming".into(),
        label: "姓名".into(),
        hint: "写身份证上的姓名，到会场要核对。选上的公布姓名，没有选上的不公布。".into(),
        value: form.get("xingming").into(),
        error: error_of(errors, "xingming"),
        optional: false,
        autocomplete: "name",
    }
}

fn contact(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "lianxi".into(),
        label: "电话或者邮箱".into(),
        hint: "加密保存，不公布，只用来通知您。".into(),
        value: form.get("lianxi").into(),
        error: error_of(errors, "lianxi"),
        optional: false,
        autocomplete: "off",
    }
}

fn words(form: &Submitted, errors: &[FieldError]) -> LongField {
    LongField {
        name: "guandian".into(),
        label: "您想说什么".into(),
        hint: "一两句话就行，不超过 500 字。写什么都不影响能不能选上。".into(),
        value: form.get("guandian").into(),
        error: error_of(errors, "guandian"),
        optional: true,
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
        let errors = wrong("guandian", "提交的内容太大，没有收下。请写短一些再提交".into());
        return fresh(&form_page(&visit, &of, &Submitted::default(), errors)?, true);
    };
    in_time(&visit, &of)?;
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&form_page(&visit, &of, &form, wrong("xingming", words))?, true);
    }
    let given = Enrolling {
        side: form.get("fang").parse().unwrap_or_default(),
        who: Enroller {
            name: form.get("xingming").to_owned(),
            contact: form.get("lianxi").to_owned(),
            words: form.get("guandian").to_owned(),
        },
        key: key_of(&form)?,
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match enrolment::enrol(visit.house.ledger(), sealer, &id, &given).await {
        Ok(enrolled) => fresh(&told(&visit, &of, enrolled), false),
        Err(ActError::Field(field, words)) => {
            let used = words == enrolment::USED;
            let mut page = form_page(&visit, &of, &form, wrong(field, words))?;
            if used {
                page.key = new_key()?;
            }
            fresh(&page, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, of: &Hearing, enrolled: Enrolled) -> EnrolledPage {
    let site = &visit.site;
    let last = of.said.enrol_until.map(day_words).unwrap_or_default();
    EnrolledPage {
        frame: framed(visit, "已经报名", "您的报名已经收到")
            .under("征求意见", LIST)
            .under(of.said.title.clone(), &of.path())
            .at("已经报名")
            .unlisted(),
        number: enrolled.number,
        code: enrolled.code,
        mark: enrolled.mark,
        next: format!("凭查询码可以看有没有选上，{last}以前可以撤回。请抄下来或者打印。"),
        ways: vec![
            Link::new("回到听证公告", site.link(&of.path())),
            Link::new("查我的报名", site.link(OWN_ENROLMENT)),
        ],
    }
}

impl Page for EnrolPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| {
            let form = Submitted::default();
            let mut frame = Frame::sample("报名").at("报名");
            frame.has_errors = !errors.is_empty();
            Self {
                frame,
                title: "供水价格听证会".into(),
                until: "2026年12月10日（星期四）".into(),
                conditions: "十八周岁以上的用水人。".into(),
                action: "/linhu/tingzheng/1/baoming".into(),
                key: "0123".into(),
                sides: side(&["居民代表（10 人）".into(), "企业（2 人）".into()], &form, &errors),
                name: name(&form, &errors),
                contact: contact(&form, &errors),
                words: words(&form, &errors),
                back: "/linhu/tingzheng/1".into(),
                errors: ErrorSummary(errors),
            }
        };
        let error = |field: &str, message: &str| FieldError {
            field: field.into(),
            message: message.into(),
        };
        let all = vec![error("fang", "选您代表哪一方"), error("xingming", "写下您的姓名")];
        vec![("空的", page(vec![])), ("有错误", page(all))]
    }
}

impl Page for EnrolledPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经报名").at("已经报名"),
            number: 7,
            code: "ABCD-EFGH-JKMN".into(),
            mark: "00ff00ff00ff00ff".into(),
            next: "凭查询码可以看有没有选上。".into(),
            ways: vec![Link::new("回到听证公告", "/linhu/tingzheng/1")],
        };
        vec![("收到", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_enrolment_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::EnrolPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::EnrolledPage>(), Vec::<String>::new());
    }
}
