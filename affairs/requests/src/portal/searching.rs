//! `/shenqing/xin`: search first. What is already published is had at once, without asking anybody.

use std::sync::Arc;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use search::{Hit, SearchError};
use serde::Deserialize;
use web::address::with_query;
use web::components::{Marked, Row, Rows, SearchBox, Tag};
use web::layout::Frame;
use web::{Fault, Visit};

use super::step::STAGES;
use super::{APPLY, ENTERPRISES, RESUME, frame, fresh};

/// Hits shown: enough to recognise what one looks for.
const SHOWN: usize = 5;

/// What somebody looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    /// The organ from whose page somebody came.
    jiguan: String,
}

#[derive(Template)]
#[template(path = "portal/searching.html")]
struct SearchingPage {
    frame: Frame,
    stages: [&'static str; 4],
    search: SearchBox,
    asked: String,
    advice: Option<String>,
    total: u64,
    rows: Rows,
    /// All hits.
    all: String,
    /// To the application itself.
    onward: String,
    resume: String,
    enterprises: String,
}

/// Shows the question, and what was found.
pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (words, organ) = (asked.q.trim().to_owned(), asked.jiguan.trim());
    let (total, rows, advice) = found(&visit, &words).await?;
    let link = |path: &str| visit.site.link(path);
    let frame = frame(&visit, "在线申请").titled("先查一查是不是已经公开");
    fresh(&SearchingPage {
        stages: STAGES,
        search: SearchBox {
            action: link(APPLY),
            name: "先查一查".into(),
            label: "您要找什么信息".into(),
            words: words.clone(),
            example: "养老院 补贴 2026年".into(),
            besides: (!organ.is_empty())
                .then(|| ("jiguan", organ.to_owned()))
                .into_iter()
                .collect(),
        },
        all: with_query(&link("/sousuo"), &[("q", &words)]),
        onward: with_query(&link("/shenqing/xin/shenqingren"), &[("q", &words), ("jiguan", organ)]),
        resume: link(RESUME),
        enterprises: link(ENTERPRISES),
        asked: words,
        advice,
        total,
        rows,
        frame,
    })
}

/// What is published and has these words: how many, the first, and what to mend in the question.
pub(super) async fn found(
    visit: &Visit,
    words: &str,
) -> Result<(u64, Rows, Option<String>), Fault> {
    if words.is_empty() {
        return Ok((0, Rows(vec![]), None));
    }
    let query = search::Query {
        division_prefix: Some(visit.site.division.clone()),
        limit: SHOWN,
        ..search::Query::new(words)
    };
    let house = Arc::clone(&visit.house);
    let answer = tokio::task::spawn_blocking(move || house.search().query(&query));
    match answer.await.map_err(Fault::inside)? {
        Ok(hits) => {
            let first = hits.exact.into_iter().chain(hits.hits);
            let rows: Vec<Row> = first.take(SHOWN).map(|hit| row(visit, hit)).collect();
            Ok((hits.total.max(rows.len() as u64), Rows(rows), None))
        }
        Err(SearchError::Refused(_)) => {
            let advice =
                "没有看到可以查找的字词，或者太长了。请写几个要紧的词，例如文件名、地点、年份。";
            Ok((0, Rows(vec![]), Some(advice.into())))
        }
        Err(error) => Err(error.into()),
    }
}

fn row(visit: &Visit, hit: Hit) -> Row {
    let serving = visit.house.directory().serving(&hit.division);
    let href = serving.map_or_else(|| visit.site.link(&hit.url), |site| site.link(&hit.url));
    let mut row = Row { href, date: hit.date, ..Row::default() };
    row.title = Marked::pieces(hit.title);
    row.tag(Tag::plain(hit.kind)).fact(hit.organ_name)
}

impl web::page::Page for SearchingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |asked: &str, rows: Vec<Row>, advice: Option<String>| Self {
            frame: Frame::sample("先查一查").at("在线申请"),
            stages: STAGES,
            search: SearchBox {
                action: "/linhu/shenqing/xin".into(),
                name: "先查一查".into(),
                label: "您要找什么信息".into(),
                words: asked.into(),
                ..SearchBox::default()
            },
            asked: asked.into(),
            advice,
            total: rows.len() as u64,
            rows: Rows(rows),
            all: "/linhu/sousuo?q=a".into(),
            onward: "/linhu/shenqing/xin/shenqingren".into(),
            resume: "/linhu/shenqing/jixu".into(),
            enterprises: "/linhu/shenqing/qiye".into(),
        };
        vec![
            ("还没问", page("", vec![], None)),
            ("查到", page("养老", vec![Row::new("养老服务设施", "/linhu/wenjian/1")], None)),
            ("没有查到", page("养老", vec![], None)),
            ("太长", page("养老", vec![], Some("太长了。".into()))),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_search_before_an_application_is_sound() {
        assert_eq!(web::page::faults::<super::SearchingPage>(), Vec::<String>::new());
    }
}
