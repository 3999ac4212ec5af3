//! `/juece-baogao/{id}`: how a decision is executed, or what an evaluation of it found.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use web::components::{Meta, MetaValue};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::one::paragraphs;
use super::{DECISIONS, day_words, framed};
use crate::inscription::report as inscribed;
use crate::store::{DecisionList, DecisionReport};

#[derive(Template)]
#[template(path = "portal/decision_report.html")]
struct ReportPage {
    frame: Frame,
    heading: String,
    meta: Meta,
    body: Vec<String>,
    heard: Vec<String>,
    used: Vec<String>,
    decision: Link,
    log: Vec<Link>,
    demo: bool,
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let found = DecisionReport::find(store, &id).await?;
    let (low, high) = &visit.site.range;
    let here = |found: &DecisionReport| {
        found.published_on.is_some() && (low..=high).contains(&&found.division)
    };
    let of = found.filter(here).ok_or(Fault::NotFound)?;
    if let (Some(day), Some(why)) = (of.withdrawn_on, &of.proposed) {
        let notice = format!("这份报告已撤下（{day}）。原因：{}。", why.reason);
        return Err(Fault::Gone { notice, instead: None });
    }
    let (list, item) = (&of.decision.0, of.decision.1);
    let title = decision_title(&visit, (list, item)).await?;
    let heading = format!("{title}：{}", of.said.kind.name());
    let page = ReportPage {
        frame: framed(&visit, &heading, &heading)
            .under("决策事项目录", DECISIONS)
            .under(title.clone(), &format!("{DECISIONS}/{list}/{item}"))
            .at(of.said.kind.name()),
        meta: meta(&of),
        body: paragraphs(&of.said.body),
        heard: paragraphs(&of.said.heard),
        used: paragraphs(&of.said.used),
        decision: Link::new(title, visit.site.link(&format!("{DECISIONS}/{list}/{item}"))),
        log: visit.inscribed(&inscribed::subject(&of.id), |_| String::new()).await?,
        demo: of.demo,
        heading,
    };
    web::page::answer(&page)
}

/// The title of a decision; nothing where the list is not public any more.
async fn decision_title(visit: &Visit, (list, item): (&str, i64)) -> Result<String, Fault> {
    let found = DecisionList::find(visit.house.store(), list).await?;
    let found = found.filter(|of| of.withdrawn.is_none()).ok_or(Fault::NotFound)?;
    let at = usize::try_from(item).ok().and_then(|at| at.checked_sub(1));
    let item = at.and_then(|at| found.said.decisions().into_iter().nth(at));
    item.map(|item| item.title).ok_or(Fault::NotFound)
}

fn meta(of: &DecisionReport) -> Meta {
    let said = &of.said;
    let whole = Meta::default()
        .with("机关", MetaValue::Text(of.organ_name.clone()))
        .with("单位", MetaValue::Text(said.by.clone()))
        .with("情况截至", MetaValue::Text(said.until.map(day_words).unwrap_or_default()))
        .with("公布", MetaValue::Text(of.published_on.map(day_words).unwrap_or_default()));
    match said.ground {
        Some(ground) => whole.with_wide("为什么评估", MetaValue::Text(ground.name().into())),
        None => whole,
    }
}

impl Page for ReportPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |evaluates: bool| Self {
            frame: Frame::sample("供水条例：执行情况").at("执行情况"),
            heading: "供水条例：执行情况".into(),
            meta: Meta::default().text("机关", "临湖区人民政府"),
            body: vec!["改造了三十个小区。".into()],
            heard: if evaluates { vec!["开了座谈会。".into()] } else { vec![] },
            used: if evaluates { vec!["修改办法。".into()] } else { vec![] },
            decision: Link::new("供水条例", "/linhu/juece/1/1"),
            log: vec![],
            demo: !evaluates,
        };
        vec![("执行情况", page(false)), ("后评估", page(true))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_report_on_a_decision_is_sound() {
        assert_eq!(web::page::faults::<super::ReportPage>(), Vec::<String>::new());
    }
}
