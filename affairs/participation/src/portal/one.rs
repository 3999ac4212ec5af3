//! `/yijian/{id}`: a draft clause by clause, why it is proposed, how and until when one speaks about it.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use participation_rules::{Clause, Stage, answers_due};
use web::components::{Meta, MetaValue, Phone, Tag, Tools};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::{LIST, OWN, day_words, found, framed, left_words};
use crate::store::{Consultation, Gathering, Hearing};

#[derive(Template)]
#[template(path = "portal/one.html")]
struct OnePage {
    frame: Frame,
    title: String,
    tag: Tag,
    meta: Meta,
    tools: Tools,
    short_reason: String,
    explanation: Vec<String>,
    clauses: Vec<Shown>,
    give: Option<String>,
    result: Option<String>,
    next: String,
    own: String,
    hearings: Vec<Link>,
    gatherings: Vec<Link>,
    questionnaires: Vec<Link>,
    log: Vec<Link>,
    demo: bool,
}

struct Shown {
    clause: Clause,
    /// Where one speaks about it.
    give: Option<String>,
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let (site, today) = (&visit.site, visit.house.ledger().clock().today());
    let stage = of.stage(today);
    let open = stage == Stage::Open;
    let give = format!("{}/tijiao", of.path());
    let clauses = of.clauses(visit.house.store()).await?.into_iter();
    let clauses = clauses.map(|clause| Shown {
        give: open.then(|| site.link(&format!("{give}?tiao={}", clause.number))),
        clause,
    });
    let calendar = site.link(&format!("{}/jiezhi.ics", of.path()));
    let page = OnePage {
        frame: frame(&visit, &of),
        tag: tag(&visit, &of, stage),
        meta: meta(&of),
        tools: Tools {
            downloads: if open {
                vec![Link::new("截止日加到日历（.ics）", calendar)]
            } else {
                vec![]
            },
            copied: of.said.title.clone(),
            read: Some("caoan"),
            ..Tools::default()
        },
        short_reason: of.said.short_reason.clone(),
        explanation: paragraphs(&of.said.explanation),
        clauses: clauses.collect(),
        give: open.then(|| site.link(&give)),
        result: (stage == Stage::Answered).then(|| site.link(&of.result_path())),
        next: next(&visit, &of, stage),
        own: site.link(OWN),
        hearings: hearings(&visit, &of).await?,
        gatherings: gatherings(&visit, &of).await?,
        questionnaires: super::questionnaires::on(&visit, &of).await?,
        log: visit.inscribed(&crate::inscription::subject(&of.id), |_| String::new()).await?,
        demo: of.demo,
        title: of.said.title,
    };
    web::page::answer(&page)
}

/// The hearings on its draft.
async fn hearings(visit: &Visit, of: &Consultation) -> Result<Vec<Link>, Fault> {
    let all = Hearing::on(visit.house.store(), &of.id, true).await?;
    let link = |one: &Hearing| {
        let day = one.said.held_on.map(day_words).unwrap_or_default();
        Link::new(format!("{}，{day}", one.said.title), visit.site.link(&one.path()))
    };
    Ok(all.iter().map(link).collect())
}

/// The gatherings about its draft.
async fn gatherings(visit: &Visit, of: &Consultation) -> Result<Vec<Link>, Fault> {
    let all = Gathering::on_draft(visit.house.store(), &of.id).await?;
    Ok(all.iter().map(|one| gathering_link(visit, one)).collect())
}

/// A gathering with its kind and its day.
pub(super) fn gathering_link(visit: &Visit, of: &Gathering) -> Link {
    let day = of.said.held_on.map(day_words).unwrap_or_default();
    let words = format!("{}：{}，{day}", of.said.kind.name(), of.said.title);
    Link::new(words, visit.site.link(&of.path()))
}

fn frame(visit: &Visit, of: &Consultation) -> Frame {
    let last = of.ends_on.map(day_words).unwrap_or_default();
    let words = format!("{}向社会公开征求意见，{last}截止：{}", of.organ_name, of.said.title);
    framed(visit, &of.said.title, &words).under("征求意见", LIST).at(of.said.title.clone())
}

fn tag(visit: &Visit, of: &Consultation, stage: Stage) -> Tag {
    let today = visit.house.ledger().clock().today();
    match (stage, of.ends_on) {
        (Stage::Open, Some(last)) if !visit.for_copy => Tag::warn(left_words(today, last)),
        (Stage::Answered, _) => Tag::good("已公布采纳情况"),
        (stage, _) if stage == Stage::Open => Tag::info(stage.name()),
        _ => Tag::plain("已截止，正在研究"),
    }
}

fn meta(of: &Consultation) -> Meta {
    let said = &of.said;
    let ways: Vec<&str> = said.ways.iter().map(|way| way.name()).collect();
    let mut meta = Meta::default()
        .with("征求机关", MetaValue::Text(of.organ_name.clone()))
        .with("公布", MetaValue::Text(of.opened_on.map(day_words).unwrap_or_default()))
        .with_wide("截止", MetaValue::Text(of.ends_on.map(day_words).unwrap_or_default()))
        .with_wide("方式", MetaValue::Text(ways.join("、")))
        .with_wide("寄信、来访", MetaValue::Text(said.post.clone()))
        .with("电话", MetaValue::Phone(Phone::of(&said.telephone)));
    if !said.mail.is_empty() {
        meta = meta.with("电子邮箱", MetaValue::Text(said.mail.clone()));
    }
    meta
}

/// What happens next, and when.
fn next(visit: &Visit, of: &Consultation, stage: Stage) -> String {
    let Some(last) = of.ends_on else { return String::new() };
    let due = answers_due(last, &visit.house.ledger().calendar()).map(day_words).ok();
    let due = due.map_or_else(String::new, |due| format!("，计划 {due}前公布"));
    match stage {
        Stage::Open => format!("截止以后逐条研究，采纳没有、为什么，一起在这里公布{due}。"),
        Stage::Answered => "每一条意见采纳没有、为什么，已经公布。".into(),
        _ if of.answers_withdrawn.is_some() => {
            "公布过的采纳情况有误，已经撤下；改正以后在这里重新公布。".into()
        }
        _ => format!("意见正在逐条研究，采纳没有、为什么，一起在这里公布{due}。"),
    }
}

/// A text in paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

impl Page for OnePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: bool| Self {
            frame: Frame::sample("供水条例").at("供水条例"),
            title: "供水条例（草案）".into(),
            tag: Tag::warn("还剩 3 天"),
            meta: Meta::default().text("征求机关", "市水务局"),
            tools: Tools { read: Some("caoan"), ..Tools::default() },
            short_reason: if open { "汛期将至。".into() } else { String::new() },
            explanation: vec!["为了保障供水。".into()],
            clauses: vec![Shown {
                clause: Clause {
                    number: 1,
                    mark: "第一条".into(),
                    heading: "第一章 总则".into(),
                    text: "第一条 为了保障供水。".into(),
                },
                give: open.then(|| "/linhu/yijian/1/tijiao?tiao=1".to_owned()),
            }],
            give: open.then(|| "/linhu/yijian/1/tijiao".to_owned()),
            result: (!open).then(|| "/linhu/yijian/1/jieguo".to_owned()),
            next: "截止以后逐条研究。".into(),
            own: "/linhu/yijian/wode".into(),
            hearings: vec![Link::new("供水听证会", "/linhu/tingzheng/1")],
            gatherings: vec![Link::new("座谈会：供水座谈", "/linhu/liexi/1")],
            questionnaires: vec![Link::new("供水问卷，还剩 3 天", "/linhu/wenjuan/1")],
            log: vec![],
            demo: false,
        };
        vec![("征求中", page(true)), ("已反馈", page(false))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_consultation_is_sound() {
        assert_eq!(web::page::faults::<super::OnePage>(), Vec::<String>::new());
    }
}
