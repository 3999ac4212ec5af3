//! `/yijian`: what is asked now, what is being studied, what was answered.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use web::components::{Empty, Pager, Row, Rows, Tag};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Site, Visit};

use super::{DECISIONS, FEED, GATHERINGS, HEARINGS, INTERVIEWS, LIST, OWN, framed, left_words};
use crate::store::{Consultation, Mark, Shelf};

/// Rows of a shelf on the page of all shelves, and on its own.
const AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    frame: Frame,
    place: String,
    shelves: Vec<Shown>,
    all: Option<String>,
    pager: Pager,
    own: String,
    hearings: String,
    interviews: String,
    questionnaires: String,
    gatherings: String,
    decisions: String,
    feed: String,
    subscribe: String,
}

struct Shown {
    name: &'static str,
    rows: Rows,
    empty: &'static str,
    more: Option<String>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    zt: String,
    hou: String,
    format: String,
}

/// A row of a list.
pub(crate) fn row(site: &Site, of: &Consultation, today: law::Date, for_copy: bool) -> Row {
    let shelf = of.stage(today);
    let (href, tag) = match (shelf, of.ends_on) {
        (participation_rules::Stage::Open, Some(last)) if !for_copy => {
            (of.path(), Tag::warn(left_words(today, last)))
        }
        (participation_rules::Stage::Open, _) => (of.path(), Tag::info("征求中")),
        (participation_rules::Stage::Answered, _) => {
            (of.result_path(), Tag::good("已公布采纳情况"))
        }
        _ => (of.path(), Tag::plain("正在研究")),
    };
    let day = |name: &str, day: Option<law::Date>| {
        day.map(|day| format!("{name} {day}")).unwrap_or_default()
    };
    let row = Row::new(&of.said.title, site.link(&href))
        .tag(tag)
        .fact(of.organ_short.clone())
        .fact(day("截止", of.ends_on));
    let date = of.answered_on.or(of.opened_on).map(|day| day.to_string()).unwrap_or_default();
    let row = row.dated(date);
    if of.demo { row.fact("演示数据") } else { row }
}

/// Which shelf is asked for, and after which mark.
fn part_of(asked: &Asked) -> Result<(Option<Shelf>, Option<Mark>), Fault> {
    let only = match asked.zt.as_str() {
        "" => None,
        word => Some(Shelf::parse(word).ok_or_else(|| {
            Fault::BadInput("没有这一类。zt 可以是 zhengqiu、jiezhi、fankui。".into())
        })?),
    };
    let after = match asked.hou.as_str() {
        "" => None,
        word => Some(
            Mark::parse(word)
                .ok_or_else(|| Fault::BadInput("翻页的记号不对。请从第一页开始翻。".into()))?,
        ),
    };
    Ok((only, after))
}

/// Shows it.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (only, after) = part_of(&asked)?;
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let today = visit.house.ledger().clock().today();
    let (mut shelves, mut pager, mut told) = (Vec::new(), Pager::default(), Vec::new());
    for shelf in Shelf::ALL.into_iter().filter(|shelf| only.is_none_or(|only| only == *shelf)) {
        let after = after.as_ref().filter(|_| only.is_some());
        let page = (shelf, range);
        let (found, next) =
            Consultation::shelf(visit.house.store(), page, today, (after, AT_ONCE)).await?;
        let alone = format!("{LIST}?zt={}", shelf.word());
        let on = next.map(|mark| site.link(&format!("{alone}&hou={}", mark.word())));
        if only.is_some() {
            pager.previous = asked_from_the_start(after, site, &alone);
            pager.next.clone_from(&on);
        }
        let rows = found.iter().map(|one| row(site, one, today, visit.for_copy));
        shelves.push(Shown {
            name: shelf.name(),
            rows: Rows(rows.collect()),
            empty: nothing(shelf),
            more: on.filter(|_| only.is_none()).map(|_| site.link(&alone)),
        });
        told.extend(found.into_iter().map(|one| (shelf, one)));
    }
    if asked.format == "json" {
        return Ok(as_json(site, &told));
    }
    let title = only.map_or("征求意见", Shelf::name);
    let mut frame = framed(
        &visit,
        title,
        &format!("{}向社会公开征求意见：正在征求的、正在研究的和采纳情况", site.place),
    );
    if only.is_some() {
        frame = frame.under("征求意见", LIST);
    }
    let page = ListPage {
        frame: frame.at(title).feed("征求意见", FEED).alternate(
            "application/json",
            "征求意见（JSON）",
            "/yijian?format=json",
        ),
        place: site.place.clone(),
        shelves,
        all: only.map(|_| site.link(LIST)),
        pager,
        own: site.link(OWN),
        hearings: site.link(HEARINGS),
        interviews: site.link(INTERVIEWS),
        questionnaires: site.link(super::questionnaires::LIST),
        gatherings: site.link(GATHERINGS),
        decisions: site.link(DECISIONS),
        feed: site.link(FEED),
        subscribe: site.link("/dingyue"),
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// Later pages lead back to the first: marks go one way.
fn asked_from_the_start(after: Option<&Mark>, site: &Site, alone: &str) -> Option<String> {
    after.map(|_| site.link(alone))
}

fn nothing(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Open => "现在没有正在征求的。有新的征求时列在这里，也可以订阅，有了就告诉您。",
        Shelf::Closed => "没有正在研究的。",
        Shelf::Answered => {
            "还没有公布过采纳情况。征求截止以后，每一条意见采纳没有、为什么，都在这里公布。"
        }
    }
}

fn as_json(site: &Site, told: &[(Shelf, Consultation)]) -> Response {
    let row = |(shelf, of): &(Shelf, Consultation)| {
        json!({
            "id": of.id, "title": of.said.title, "organ": of.organ_name, "state": shelf.name(),
            "opened_on": of.opened_on, "ends_on": of.ends_on, "answered_on": of.answered_on,
            "demo": of.demo, "url": site.frame.address(&of.path()),
        })
    };
    let rows: Vec<_> = told.iter().map(row).collect();
    let body = json!({ "schema_version": 1, "site": site.frame.name, "rows": rows });
    let kind = [(axum::http::header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, body.to_string()).into_response()
}

impl ListPage {
    fn none_at_all(&self) -> bool {
        self.shelves.iter().all(|shelf| shelf.rows.0.is_empty())
    }

    fn empty(&self) -> Empty {
        Empty::new("现在没有征求意见")
            .because(format!(
                "{}有重大决策、规范性文件草案向社会征求意见时，列在这里。",
                self.place
            ))
            .way("订阅，有了就告诉我", self.subscribe.clone())
            .way("查文件", self.frame.href("/wenjian"))
    }
}

impl Page for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>| Self {
            frame: Frame::sample("征求意见").at("征求意见"),
            place: "云湖市".into(),
            shelves: vec![Shown {
                name: Shelf::Open.name(),
                rows: Rows(rows),
                empty: nothing(Shelf::Open),
                more: None,
            }],
            all: None,
            pager: Pager::default(),
            own: "/linhu/yijian/wode".into(),
            hearings: "/linhu/tingzheng".into(),
            interviews: "/linhu/fangtan".into(),
            questionnaires: "/linhu/wenjuan".into(),
            gatherings: "/linhu/liexi".into(),
            decisions: "/linhu/juece".into(),
            feed: "/linhu/yijian.atom".into(),
            subscribe: "/linhu/dingyue".into(),
        };
        let row = Row::new("供水条例（草案）", "/linhu/yijian/1")
            .tag(Tag::warn("还剩 3 天"))
            .dated("2026-11-20");
        vec![("没有", page(vec![])), ("有", page(vec![row]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sound() {
        assert_eq!(web::page::faults::<super::ListPage>(), Vec::<String>::new());
    }
}
