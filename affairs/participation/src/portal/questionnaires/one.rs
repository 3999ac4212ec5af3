//! `/wenjuan/{id}`: who asks what, until when, and where it is answered.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use participation_rules::{QuestionnaireStage, Questions};
use web::components::{Meta, MetaValue, Phone, Tag, Tools};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::super::one::paragraphs;
use super::super::{LIST as DRAFTS, day_words, framed};
use super::{LIST, found, tag};
use crate::inscription::questionnaire::subject;
use crate::store::{Consultation, Questionnaire};

#[derive(Template)]
#[template(path = "portal/questionnaires/one.html")]
struct OnePage {
    frame: Frame,
    title: String,
    tag: Tag,
    meta: Meta,
    tools: Tools,
    introduction: Vec<String>,
    questions: Vec<Asked>,
    fill: Option<String>,
    result: Option<String>,
    next: &'static str,
    belongs: Option<Link>,
    log: Vec<Link>,
    demo: bool,
}

/// A question as it is read before one answers.
struct Asked {
    number: u32,
    text: String,
    note: String,
    of_whom: String,
    options: Vec<String>,
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let (site, today) = (&visit.site, visit.house.ledger().clock().today());
    let stage = of.stage(today);
    let last = of.ends_on.map(day_words).unwrap_or_default();
    let words = format!("{}的问卷，{last}截止：{}", of.organ_name, of.said.title);
    let page = OnePage {
        frame: framed(&visit, &of.said.title, &words)
            .under("征求意见", DRAFTS)
            .under("问卷", LIST)
            .at(of.said.title.clone()),
        tag: tag(&of, today, visit.for_copy),
        meta: meta(&of),
        tools: Tools { copied: of.said.title.clone(), read: Some("wenjuan"), ..Tools::default() },
        introduction: paragraphs(&of.said.introduction),
        questions: asked(&of.questions()),
        fill: (stage == QuestionnaireStage::Open)
            .then(|| site.link(&format!("{}/tianxie", of.path()))),
        result: (stage == QuestionnaireStage::Told).then(|| site.link(&of.result_path())),
        next: next(stage),
        belongs: belongs(&visit, &of).await?,
        log: visit.inscribed(&subject(&of.id), |_| String::new()).await?,
        demo: of.demo,
        title: of.said.title,
    };
    web::page::answer(&page)
}

fn meta(of: &Questionnaire) -> Meta {
    Meta::default()
        .with("机关", MetaValue::Text(of.organ_name.clone()))
        .with("公布", MetaValue::Text(of.opened_on.map(day_words).unwrap_or_default()))
        .with_wide("截止", MetaValue::Text(of.ends_on.map(day_words).unwrap_or_default()))
        .with("电话", MetaValue::Phone(Phone::of(&of.said.telephone)))
}

fn asked(questions: &Questions) -> Vec<Asked> {
    let one = |(number, question): (u32, &participation_rules::Question)| Asked {
        number,
        text: question.text.clone(),
        note: match question.required {
            true => question.manner(),
            false => format!("{}，可不答", question.manner()),
        },
        of_whom: questions.asked_when(question),
        options: match question.kind {
            participation_rules::QuestionKind::Scale { .. } => vec![],
            _ => question.options(),
        },
    };
    questions.numbered().map(one).collect()
}

/// What happens next.
fn next(stage: QuestionnaireStage) -> &'static str {
    match stage {
        QuestionnaireStage::Open => "不用注册，不用写名字。截止以后汇总，结果在这里公布。",
        QuestionnaireStage::Told => "结果已经公布。",
        _ => "已经截止，正在汇总，结果在这里公布。",
    }
}

/// The consultation it belongs to, where everybody may read that.
async fn belongs(visit: &Visit, of: &Questionnaire) -> Result<Option<Link>, Fault> {
    if of.said.consultation.is_empty() {
        return Ok(None);
    }
    let found = Consultation::find(visit.house.store(), &of.said.consultation).await?;
    let public = |of: &Consultation| of.opened_on.is_some() && of.withdrawn.is_none();
    let link = |of: Consultation| Link::new(&of.said.title, visit.site.link(&of.path()));
    Ok(found.filter(public).map(link))
}

impl Page for OnePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: bool| Self {
            frame: Frame::sample("公交线路问卷").at("公交线路问卷"),
            title: "公交线路问卷".into(),
            tag: Tag::warn("还剩 3 天"),
            meta: Meta::default().text("机关", "市交通局"),
            tools: Tools { read: Some("wenjuan"), ..Tools::default() },
            introduction: vec!["线路要调整，先听大家的。".into()],
            questions: vec![Asked {
                number: 1,
                text: "平时怎样去？".into(),
                note: "单选".into(),
                of_whom: if open {
                    String::new()
                } else {
                    "第 1 题选“公交”的，答这一题".into()
                },
                options: vec!["步行".into(), "公交".into()],
            }],
            fill: open.then(|| "/linhu/wenjuan/1/tianxie".to_owned()),
            result: (!open).then(|| "/linhu/wenjuan/1/jieguo".to_owned()),
            next: next(QuestionnaireStage::Open),
            belongs: Some(Link::new("公交线路调整方案", "/linhu/yijian/1")),
            log: vec![],
            demo: false,
        };
        vec![("正在填写", page(true)), ("结果已公布", page(false))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_questionnaire_is_sound() {
        assert_eq!(web::page::faults::<super::OnePage>(), Vec::<String>::new());
    }
}
