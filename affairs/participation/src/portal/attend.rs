//! `/liexi/{id}/baoming`: whoever may come enrols, without an account, and is told at once whether he has a place.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use participation_rules::{GatheringStep, Placing, Queued};
use web::components::{Choice, ErrorSummary, Field, FieldError, LongField, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::workbench::Submitted;
use web::{Fault, FromWhere, OwnUpload, Pace, Visit};

use super::gathering::found;
use super::gatherings::TITLE;
use super::give::{error_of, key_of, new_key};
use super::{GATHERINGS, OWN_PLACE, day_words, framed, fresh};
use crate::acts::ActError;
use crate::acts::enrolment::USED;
use crate::acts::gathering::places::{self, Came, Coming};
use crate::store::{Enroller, Gathering, Place};

/// What is handed in from one address: a hall full of people sends from one.
const HANDING_IN: Pace = Pace { name: "participation.place", at_once: 30, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/attend.html")]
struct AttendPage {
    frame: Frame,
    errors: ErrorSummary,
    title: String,
    until: String,
    who: String,
    placing: &'static str,
    action: String,
    key: String,
    groups: Radios,
    name: Field,
    contact: Field,
    words: LongField,
    back: String,
}

#[derive(Template)]
#[template(path = "portal/coming.html")]
struct ComingPage {
    frame: Frame,
    heading: &'static str,
    number: i64,
    code: String,
    told: String,
    next: String,
    ways: Vec<Link>,
}

/// The form.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    in_time(&visit, &of)?;
    fresh(&form_page(&visit, &of, &Submitted::default(), vec![]).await?, false)
}

/// Refuses where one does not enrol now, and says what to do.
fn in_time(visit: &Visit, of: &Gathering) -> Result<(), Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    let next = stage.after(GatheringStep::Enrol);
    next.map(drop).map_err(|refused| Fault::Refused(refused.to_string()))
}

async fn form_page(
    visit: &Visit,
    of: &Gathering,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<AttendPage, Fault> {
    let queue = Place::queue(visit.house.store(), &of.id).await?;
    let mut frame = framed(visit, "报名", &format!("报名“{}”", of.said.title));
    frame.has_errors = !errors.is_empty();
    Ok(AttendPage {
        frame: frame
            .under(TITLE, GATHERINGS)
            .under(of.said.title.clone(), &of.path())
            .at("报名")
            .unlisted(),
        title: of.said.title.clone(),
        until: of.said.enrol_until.map(day_words).unwrap_or_default(),
        who: of.said.who.clone(),
        placing: of.said.placing.name(),
        action: visit.site.link(&format!("{}/baoming", of.path())),
        key: key_of(form)?,
        groups: groups(&offered(of, &queue), form, &errors),
        name: name(form, &errors),
        contact: contact(form, &errors),
        words: words(form, &errors),
        back: visit.site.link(&of.path()),
        errors: ErrorSummary(errors),
    })
}

/// The groups, and what may be had of each.
fn offered(of: &Gathering, queue: &[Queued]) -> Vec<String> {
    let seats = of.said.seats();
    let one = |(at, name, many): (usize, &str, u32)| match of.said.placing {
        Placing::Chosen => format!("{name}（{many} 人）"),
        Placing::Arrival => match Queued::free(&seats, queue, at) {
            0 => format!("{name}（{many} 人，已经报满，现在报名排候补）"),
            free => format!("{name}（{many} 人，还有 {free} 个名额）"),
        },
    };
    (1..).zip(&seats).map(|(at, own)| one((at, own.name.as_str(), own.seats))).collect()
}

fn groups(offered: &[String], form: &Submitted, errors: &[FieldError]) -> Radios {
    let choice =
        |(at, words): (usize, &String)| Choice { value: at.to_string(), words: words.clone() };
    // Where there is one group there is nothing to choose.
    let first = if offered.len() == 1 { "1" } else { "" };
    Radios {
        name: "fang".into(),
        label: "您以什么身份来".into(),
        choices: (1..).zip(offered).map(choice).collect(),
        chosen: form.words("fang").unwrap_or(first).into(),
        error: error_of(errors, "fang"),
        ..Radios::default()
    }
}

fn name(form: &Submitted, errors: &[FieldError]) -> Field {
    Field {
        name: "xingming".into(),
        label: "姓名".into(),
        hint: "到会场要核对。加密保存，不公布。".into(),
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
        hint: "加密保存，不公布，只用来通知您递补、选定或者取消。".into(),
        value: form.get("lianxi").into(),
        error: error_of(errors, "lianxi"),
        optional: false,
        autocomplete: "off",
    }
}

fn words(form: &Submitted, errors: &[FieldError]) -> LongField {
    LongField {
        name: "guandian".into(),
        label: "您想说什么、问什么".into(),
        hint: "一两句话就行，不超过 500 字。".into(),
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
        return fresh(&form_page(&visit, &of, &Submitted::default(), errors).await?, true);
    };
    in_time(&visit, &of)?;
    if let Err(slow) = visit.house.pace(HANDING_IN, &from) {
        let words = format!("这个网络地址提交得太快，请过{}秒再提交一次", slow.seconds);
        return fresh(&form_page(&visit, &of, &form, wrong("xingming", words)).await?, true);
    }
    let given = Coming {
        group: form.get("fang").parse().unwrap_or_default(),
        who: Enroller {
            name: form.get("xingming").to_owned(),
            contact: form.get("lianxi").to_owned(),
            words: form.get("guandian").to_owned(),
        },
        key: key_of(&form)?,
        demo: visit.house.is_demo(),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match places::enrol(visit.house.ledger(), sealer, &id, &given).await {
        Ok(came) => fresh(&told(&visit, &of, came), false),
        Err(ActError::Field(field, words)) => {
            let used = words == USED;
            let mut page = form_page(&visit, &of, &form, wrong(field, words)).await?;
            if used {
                page.key = new_key()?;
            }
            fresh(&page, true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, of: &Gathering, came: Came) -> ComingPage {
    let site = &visit.site;
    let held = of.said.held_on.map(day_words).unwrap_or_default();
    let (heading, told) = match (came.placed, came.waits, of.said.placing) {
        (true, ..) => {
            let words =
                format!("您有名额。{held} {}，{}，请带身份证。", of.said.held_at, of.said.place);
            ("已经报名，有名额", words)
        }
        (_, Some(at), Placing::Arrival) => {
            let words = format!(
                "名额已经报满，您排候补第 {at} 位。有人撤回就按先后递补，递补了由工作人员通知您。"
            );
            ("已经报名，排候补", words)
        }
        _ => ("已经报名", "报名截止以后按公告的办法选定，选定了由工作人员通知您。".to_owned()),
    };
    ComingPage {
        frame: framed(visit, heading, "您的报名已经收到")
            .under(TITLE, GATHERINGS)
            .under(of.said.title.clone(), &of.path())
            .at(heading)
            .unlisted(),
        heading,
        number: came.number,
        code: came.code,
        told,
        next: "凭查询码可以看有没有名额；来不了的，在活动以前撤回，名额让给候补的人。请抄下来或者打印。".into(),
        ways: vec![
            Link::new("回到公告", site.link(&of.path())),
            Link::new("查我的报名", site.link(OWN_PLACE)),
        ],
    }
}

impl Page for AttendPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |errors: Vec<FieldError>| {
            let form = Submitted::default();
            let mut frame = Frame::sample("报名").at("报名");
            frame.has_errors = !errors.is_empty();
            let offered: [String; 2] =
                ["群众代表（5 人，还有 1 个名额）".into(), "媒体（2 人，已经报满）".into()];
            Self {
                frame,
                title: "区政府常务会议列席".into(),
                until: "2026年12月10日（星期四）".into(),
                who: "和议题有利害关系的人。".into(),
                placing: "先报先得",
                action: "/linhu/liexi/1/baoming".into(),
                key: "0123".into(),
                groups: groups(&offered, &form, &errors),
                name: name(&form, &errors),
                contact: contact(&form, &errors),
                words: words(&form, &errors),
                back: "/linhu/liexi/1".into(),
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

impl Page for ComingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("已经报名，排候补").at("已经报名，排候补"),
            heading: "已经报名，排候补",
            number: 7,
            code: "ABCD-EFGH-JKMN".into(),
            told: "您排候补第 2 位。".into(),
            next: "凭查询码可以看有没有名额。".into(),
            ways: vec![Link::new("回到公告", "/linhu/liexi/1")],
        };
        vec![("收到", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_and_what_follows_are_sound() {
        assert_eq!(web::page::faults::<super::AttendPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::ComingPage>(), Vec::<String>::new());
    }
}
