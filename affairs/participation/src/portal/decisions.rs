//! `/juece`: which decisions are to be taken, how the public takes part in them, and what became public of each, from its
//! proposal to its result.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use participation_rules::{DecisionItem, MaterialFact, Milestone, Phase};
use serde::Deserialize;
use web::components::{Empty, Meta, MetaValue, Pager, Row, Rows};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Site, Visit};

use super::one::{gathering_link, paragraphs};
use super::{DECISIONS, HEARINGS, LIST, day_words, framed};
use crate::inscription::decisions as inscribed;
use crate::store::{DecisionList, Gathering, Materials, Progress};

/// Lists at once.
const AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/decisions.html")]
struct DecisionsPage {
    frame: Frame,
    /// The mechanism of the newest list, and whose it is.
    mechanism: Vec<String>,
    of: String,
    rows: Rows,
    pager: Pager,
    drafts: String,
    hearings: String,
}

#[derive(Template)]
#[template(path = "portal/decision_list.html")]
struct ListPage {
    frame: Frame,
    title: String,
    meta: Meta,
    mechanism: Vec<String>,
    rows: Vec<Line>,
    log: Vec<Link>,
    demo: bool,
}

struct Line {
    number: i64,
    item: DecisionItem,
    href: String,
    /// What became public last.
    last: String,
}

#[derive(Template)]
#[template(path = "portal/decision.html")]
struct DecisionPage {
    frame: Frame,
    item: DecisionItem,
    meta: Meta,
    phases: Vec<(&'static str, Vec<Step>)>,
    gatherings: Vec<Link>,
    /// What was handed in before the organ discussed it, in settled words; nothing before that.
    materials: Vec<(&'static str, String)>,
    list: Link,
    demo: bool,
}

struct Step {
    day: String,
    words: &'static str,
    href: Option<String>,
}

/// Where it goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
}

/// Shows the lists of a site.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, Fault> {
    let wrong = || Fault::BadInput("翻页的记号不对。请从第一页开始翻。".into());
    let before = match asked.hou.as_str() {
        "" => None,
        word => {
            let (year, id) = word.split_once('_').ok_or_else(wrong)?;
            Some((year.parse::<i16>().map_err(|_| wrong())?, id))
        }
    };
    let (site, store) = (&visit.site, visit.house.store());
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let (found, more) = DecisionList::public(store, range, (before, AT_ONCE)).await?;
    let newest = match found.first().filter(|_| before.is_none()) {
        Some(first) => DecisionList::find(store, &first.id).await?,
        None => None,
    };
    let next = found.last().filter(|_| more);
    let next = next.map(|last| format!("{DECISIONS}?hou={}_{}", last.said.year, last.id));
    let words = format!("{}的重大行政决策事项目录和公众参与机制", site.place);
    let page = DecisionsPage {
        frame: framed(&visit, "决策事项目录", &words).under("征求意见", LIST).at("决策事项目录"),
        of: newest.as_ref().map(|one| one.organ_name.clone()).unwrap_or_default(),
        mechanism: newest.map(|one| paragraphs(&one.said.mechanism)).unwrap_or_default(),
        rows: Rows(found.iter().map(|one| row(site, one)).collect()),
        pager: Pager {
            previous: before.map(|_| site.link(DECISIONS)),
            next: next.map(|path| site.link(&path)),
        },
        drafts: site.link(LIST),
        hearings: site.link(HEARINGS),
    };
    web::page::answer(&page)
}

fn row(site: &Site, of: &DecisionList) -> Row {
    let day = of.published_on.map(|day| day.to_string()).unwrap_or_default();
    let row = Row::new(&of.said.title, site.link(&of.path()))
        .fact(of.organ_name.clone())
        .fact(format!("{} 年", of.said.year))
        .dated(day);
    if of.demo { row.fact("演示数据") } else { row }
}

/// The public list of a site at an address.
async fn found(visit: &Visit, id: &str) -> Result<DecisionList, Fault> {
    let found = DecisionList::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here = |found: &DecisionList| {
        found.published_on.is_some() && (low..=high).contains(&&found.division)
    };
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match &found.withdrawn {
        None => Ok(found),
        Some((day, reason)) => {
            let notice = format!("这份决策事项目录已撤下（{day}）。原因：{reason}。");
            Err(Fault::Gone { notice, instead: None })
        }
    }
}

fn meta(of: &DecisionList) -> Meta {
    let said = &of.said;
    let approved = said.approved_on.map(day_words).unwrap_or_default();
    Meta::default()
        .with("机关", MetaValue::Text(of.organ_name.clone()))
        .with("年度", MetaValue::Text(said.year.to_string()))
        .with_wide("批准", MetaValue::Text(format!("{}，{approved}", said.approved_by)))
        .with("公布", MetaValue::Text(of.published_on.map(day_words).unwrap_or_default()))
}

/// Shows one list.
pub async fn list(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let progress = Progress::of(visit.house.store(), &of.id).await?;
    let line = |(number, item): (i64, DecisionItem)| {
        let last = progress.iter().rfind(|one| one.item == number);
        Line {
            number,
            item,
            href: visit.site.link(&format!("{}/{number}", of.path())),
            last: last
                .map(|one| format!("{} {}", one.day, one.milestone.name()))
                .unwrap_or_default(),
        }
    };
    let page = ListPage {
        frame: framed(&visit, &of.said.title, &format!("{}的决策事项目录", of.organ_name))
            .under("征求意见", LIST)
            .under("决策事项目录", DECISIONS)
            .at(of.said.title.clone()),
        meta: meta(&of),
        mechanism: paragraphs(&of.said.mechanism),
        rows: (1..).zip(of.said.decisions()).map(line).collect(),
        log: visit.inscribed(&inscribed::subject(&of.id), |_| String::new()).await?,
        demo: of.demo,
        title: of.said.title.clone(),
    };
    web::page::answer(&page)
}

/// Shows how one decision goes on.
pub async fn one(
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let at = usize::try_from(number).ok().and_then(|at| at.checked_sub(1));
    let item = at.and_then(|at| of.said.decisions().into_iter().nth(at));
    let item = item.ok_or(Fault::NotFound)?;
    let progress = Progress::of(visit.house.store(), &of.id).await?;
    let step = |one: &Progress| Step {
        day: one.day.clone(),
        words: one.milestone.name(),
        href: Some(&one.path).filter(|path| !path.is_empty()).map(|path| visit.site.link(path)),
    };
    let phase = |phase: Phase| {
        let own = progress.iter().filter(|one| one.item == number);
        let own = own.filter(|one| one.milestone.phase() == phase);
        (phase.name(), own.map(step).collect::<Vec<Step>>())
    };
    let gatherings = Gathering::on_decision(visit.house.store(), (&of.id, number)).await?;
    let own = |one: &Progress| one.item == number && one.milestone == Milestone::Deliberated;
    let materials = match progress.iter().any(own) {
        true => handed_in(&Materials::of(visit.house.store(), (&of.id, number)).await?),
        false => vec![],
    };
    let page = DecisionPage {
        materials,
        gatherings: gatherings.iter().map(|one| gathering_link(&visit, one)).collect(),
        frame: framed(&visit, &item.title, &format!("{}：从提出到结果", item.title))
            .under("决策事项目录", DECISIONS)
            .under(of.said.title.clone(), &of.path())
            .at(item.title.clone()),
        meta: Meta::default()
            .with("承办单位", MetaValue::Text(item.undertaker.clone()))
            .with("计划时间", MetaValue::Text(item.planned.clone()))
            .with_wide("公众怎样参与", MetaValue::Text(item.ways.clone())),
        phases: Phase::ALL.map(phase).into(),
        list: Link::new(&of.said.title, visit.site.link(&of.path())),
        demo: of.demo,
        item,
    };
    web::page::answer(&page)
}

/// What was handed in: why something was not stands in no page that nobody reviewed.
fn handed_in(known: &[MaterialFact]) -> Vec<(&'static str, String)> {
    let words = |fact: &MaterialFact| match (fact.there, fact.day) {
        (true, Some(day)) => format!("有，{day}"),
        (true, None) => "有".to_owned(),
        (false, _) => "没有，已说明理由".to_owned(),
    };
    known.iter().map(|fact| (fact.material.name(), words(fact))).collect()
}

impl DecisionsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有公布决策事项目录")
            .because("今年要做哪些重大决策、大家怎样参与，经党委同意以后列在这里。")
            .way("看正在征求意见的", self.drafts.clone())
    }
}

impl Page for DecisionsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>, mechanism: Vec<String>| Self {
            frame: Frame::sample("决策事项目录").at("决策事项目录"),
            of: "临湖区人民政府".into(),
            mechanism,
            rows: Rows(rows),
            pager: Pager::default(),
            drafts: "/linhu/yijian".into(),
            hearings: "/linhu/tingzheng".into(),
        };
        let row = Row::new("2026 年度决策事项目录", "/linhu/juece/1").dated("2026-03-01");
        vec![("没有", page(vec![], vec![])), ("有", page(vec![row], vec!["都要征求意见。".into()]))]
    }
}

fn sample_item() -> DecisionItem {
    DecisionItem {
        title: "供水条例".into(),
        undertaker: "区水务局".into(),
        planned: "三季度".into(),
        ways: "征求意见、听证会".into(),
    }
}

impl Page for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let line = Line {
            number: 1,
            item: sample_item(),
            href: "/linhu/juece/1/1".into(),
            last: "2026-11-20 向社会公开征求意见".into(),
        };
        let page = Self {
            frame: Frame::sample("决策事项目录").at("决策事项目录"),
            title: "2026 年度决策事项目录".into(),
            meta: Meta::default().text("机关", "临湖区人民政府"),
            mechanism: vec!["都要征求意见。".into()],
            rows: vec![line],
            log: vec![],
            demo: false,
        };
        vec![("目录", page)]
    }
}

impl Page for DecisionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let step = |href: Option<&str>| Step {
            day: "2026-11-20".into(),
            words: "向社会公开征求意见",
            href: href.map(str::to_owned),
        };
        let page = |steps: Vec<Step>| Self {
            frame: Frame::sample("供水条例").at("供水条例"),
            item: sample_item(),
            meta: Meta::default().text("承办单位", "区水务局"),
            phases: vec![("决策公开", steps), ("执行公开", vec![])],
            gatherings: vec![Link::new("座谈会：供水座谈", "/linhu/liexi/1")],
            materials: vec![("合法性审查意见", "有，2026-11-20".into())],
            list: Link::new("2026 年度决策事项目录", "/linhu/juece/1"),
            demo: true,
        };
        vec![
            ("没有进展", page(vec![])),
            ("有", page(vec![step(None), step(Some("/linhu/yijian/1"))])),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_of_decisions_are_sound() {
        assert_eq!(web::page::faults::<super::DecisionsPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::ListPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::DecisionPage>(), Vec::<String>::new());
    }
}
