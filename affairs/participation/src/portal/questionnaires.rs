//! 问卷 as everybody sees them: which can be answered, what is asked, the form, what came of it.

mod fields;
mod fill;
mod one;
mod result;

use askama::Template;
use axum::extract::Query;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use law::Date;
use participation_rules::QuestionnaireStage;
use serde::Deserialize;
use serde_json::json;
use web::components::{Empty, Pager, Row, Rows, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Copied, Fault, House, Later, Route, Sample, Site, SitemapEntry, Visit};

use super::{LIST as DRAFTS, day_words, framed, left_words};
use crate::store::{Consultation, Mark, Questionnaire};

pub(crate) use fields::QuestionFields;

/// The list, below a site.
pub(crate) const LIST: &str = "/wenjuan";
/// One questionnaire.
const ONE: &str = "/wenjuan/{id}";
/// Where it is answered.
const FILL: &str = "/wenjuan/{id}/tianxie";
/// What came of it.
const RESULT: &str = "/wenjuan/{id}/jieguo";

/// The open addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::public(LIST, show).copied(Copied::Rolling),
        Route::public(ONE, one::show).copied(Copied::Single),
        Route::public(RESULT, result::show).copied(Copied::Single),
        Route::public_fresh(Method::GET, FILL, fill::show),
        Route::public_fresh(Method::POST, FILL, fill::send),
    ]
}

fn example<'a>(house: &'a House, told: bool, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let found = Questionnaire::example(house.store(), "", told).await?;
        Ok(found.map(|id| format!("{LIST}/{id}{rest}")))
    })
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[Sample] = &[
    Sample { name: "questionnaires", path: |_| Box::pin(async { Ok(Some(LIST.into())) }) },
    Sample { name: "questionnaire", path: |house| example(house, false, "") },
    Sample { name: "questionnaire told", path: |house| example(house, true, "") },
    Sample { name: "questionnaire form", path: |house| example(house, false, "/tianxie") },
    Sample { name: "questionnaire results", path: |house| example(house, true, "/jieguo") },
];

/// Rows at once.
const AT_ONCE: usize = 20;

/// Of those that can be answered all are shown, up to so many.
const OPEN: i64 = 100;

#[derive(Template)]
#[template(path = "portal/questionnaires/list.html")]
struct ListPage {
    frame: Frame,
    open: Rows,
    over: Rows,
    /// Later pages show what is over alone.
    first: bool,
    pager: Pager,
    drafts: String,
    subscribe: String,
}

/// Where it goes on, and in which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
    format: String,
}

/// How far one has come, as everybody reads it.
fn tag(of: &Questionnaire, today: Date, for_copy: bool) -> Tag {
    match (of.stage(today), of.ends_on) {
        (QuestionnaireStage::Open, Some(last)) if !for_copy => Tag::warn(left_words(today, last)),
        (QuestionnaireStage::Open, _) => Tag::info("正在填写"),
        (QuestionnaireStage::Told, _) => Tag::good("结果已公布"),
        _ => Tag::plain("已截止，正在整理"),
    }
}

fn row(site: &Site, of: &Questionnaire, today: Date, for_copy: bool) -> Row {
    let told = of.stage(today) == QuestionnaireStage::Told;
    let href = if told { of.result_path() } else { of.path() };
    let last = of.ends_on.map(|day| format!("截止 {day}")).unwrap_or_default();
    let date = of.results_on.or(of.opened_on).map(|day| day.to_string()).unwrap_or_default();
    let row = Row::new(&of.said.title, site.link(&href))
        .tag(tag(of, today, for_copy))
        .fact(of.organ_short.clone())
        .fact(last)
        .dated(date);
    if of.demo { row.fact("演示数据") } else { row }
}

/// Shows them.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let after = match asked.hou.as_str() {
        "" => None,
        word => Some(
            Mark::parse(word)
                .ok_or_else(|| Fault::BadInput("翻页的记号不对。请从第一页开始翻。".into()))?,
        ),
    };
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let open = match after {
        None => Questionnaire::open_now(store, range, today, OPEN).await?,
        Some(_) => vec![],
    };
    let (over, next) = Questionnaire::over(store, range, today, (after.as_ref(), AT_ONCE)).await?;
    if asked.format == "json" {
        return Ok(as_json(site, today, open.iter().chain(&over)));
    }
    let rows = |all: &[Questionnaire]| {
        Rows(all.iter().map(|of| row(site, of, today, visit.for_copy)).collect())
    };
    let words = format!("{}的问卷：正在填写的和公布的结果", site.place);
    let page = ListPage {
        frame: framed(&visit, "问卷", &words).under("征求意见", DRAFTS).at("问卷").alternate(
            "application/json",
            "问卷（JSON）",
            "/wenjuan?format=json",
        ),
        open: rows(&open),
        over: rows(&over),
        first: after.is_none(),
        pager: Pager {
            previous: after.map(|_| site.link(LIST)),
            next: next.map(|mark| site.link(&format!("{LIST}?hou={}", mark.word()))),
        },
        drafts: site.link(DRAFTS),
        subscribe: site.link("/dingyue"),
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn as_json<'a>(site: &Site, today: Date, all: impl Iterator<Item = &'a Questionnaire>) -> Response {
    let row = |of: &Questionnaire| {
        json!({
            "id": of.id, "title": of.said.title, "organ": of.organ_name, "state": of.stage(today).name(),
            "opened_on": of.opened_on, "ends_on": of.ends_on, "results_on": of.results_on,
            "demo": of.demo, "url": site.frame.address(&of.path()),
        })
    };
    let rows: Vec<_> = all.map(row).collect();
    let body = json!({ "schema_version": 1, "site": site.frame.name, "rows": rows });
    let kind = [(axum::http::header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, body.to_string()).into_response()
}

/// Addresses in the site map at most.
const MAPPED: usize = 2_000;

/// The public ones of a division, for the site map.
pub(super) async fn mapped(house: &House, division: &str) -> Result<Vec<SitemapEntry>, Fault> {
    let (store, range) = (house.store(), (division, division));
    let today = house.ledger().clock().today();
    let mut all = Questionnaire::open_now(store, range, today, OPEN).await?;
    let (over, _) = Questionnaire::over(store, range, today, (None, MAPPED)).await?;
    all.extend(over);
    let changed = |day: Option<Date>| day.map(|day| day.to_string());
    let entries = |of: &Questionnaire| {
        let own = SitemapEntry { path: of.path(), changed: changed(of.opened_on) };
        let result = of
            .results_on
            .map(|day| SitemapEntry { path: of.result_path(), changed: changed(Some(day)) });
        [Some(own), result].into_iter().flatten()
    };
    Ok(all.iter().flat_map(entries).collect())
}

/// Those that belong to a consultation.
pub(super) async fn on(visit: &Visit, of: &Consultation) -> Result<Vec<Link>, Fault> {
    let all = Questionnaire::on(visit.house.store(), &of.id).await?;
    let today = visit.house.ledger().clock().today();
    let link = |one: &Questionnaire| match one.stage(today) {
        QuestionnaireStage::Told => {
            let words = format!("{}：结果", one.said.title);
            Link::new(words, visit.site.link(&one.result_path()))
        }
        _ => {
            let last = one.ends_on.map(day_words).unwrap_or_default();
            let words = format!("{}，{last}截止", one.said.title);
            Link::new(words, visit.site.link(&one.path()))
        }
    };
    Ok(all.iter().map(link).collect())
}

/// The public questionnaire of a site at an address.
async fn found(visit: &Visit, id: &str) -> Result<Questionnaire, Fault> {
    let found = Questionnaire::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here = |found: &Questionnaire| {
        found.opened_on.is_some() && (low..=high).contains(&&found.division)
    };
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match &found.withdrawn {
        None => Ok(found),
        Some((day, reason)) => {
            let notice = format!("这份问卷已撤下（{day}）。原因：{reason}。");
            Err(Fault::Gone { notice, instead: None })
        }
    }
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("现在没有问卷")
            .because("决策以前用问卷听大家的看法，有了列在这里；截止以后公布结果。")
            .way("看正在征求意见的", self.drafts.clone())
            .way("订阅，有了就告诉我", self.subscribe.clone())
    }
}

impl Page for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: Vec<Row>, over: Vec<Row>, first: bool| Self {
            frame: Frame::sample("问卷").at("问卷"),
            open: Rows(open),
            over: Rows(over),
            first,
            pager: Pager::default(),
            drafts: "/linhu/yijian".into(),
            subscribe: "/linhu/dingyue".into(),
        };
        let row = |title: &str| {
            Row::new(title, "/linhu/wenjuan/1").tag(Tag::warn("还剩 3 天")).dated("2026-11-20")
        };
        vec![
            ("没有", page(vec![], vec![], true)),
            ("正在填写", page(vec![row("公交线路问卷")], vec![], true)),
            ("都有", page(vec![row("公交线路问卷")], vec![row("公园开放问卷")], true)),
            ("后面的页", page(vec![], vec![row("公园开放问卷")], false)),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_questionnaires_is_sound() {
        assert_eq!(web::page::faults::<super::ListPage>(), Vec::<String>::new());
    }
}
