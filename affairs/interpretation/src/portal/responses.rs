//! `/huiying`: what people are concerned about, answered; each says when it was heard and whether its clocks were kept.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use interpretation_rules::{ResponseState, Turn};
use jiff::Timestamp;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Meta, Pager, Row, Rows, Tag, Tools};
use web::layout::{ArticleTags, ColumnTags, Frame, Link};
use web::{Fault, Visit};

use super::feeds;
use crate::clocks::{Clock, clocks_of};
use crate::store::Response;

/// The list.
pub(crate) const LIST: &str = "/huiying";

/// Rows on a page.
const ON_A_PAGE: usize = 20;

#[derive(Template)]
#[template(path = "portal/responses.html")]
struct ResponsesPage {
    frame: Frame,
    rows: Rows,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "portal/response.html")]
struct ResponsePage {
    frame: Frame,
    title: String,
    demo: bool,
    answer: String,
    turns: Vec<Turn>,
    clocks: Vec<String>,
    meta: Meta,
    tools: Tools,
    inscribed: Vec<Link>,
}

/// Where the list begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: String,
}

/// Shows the list.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, Fault> {
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let most = i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let after = asked.after.trim();
    let mut found = Response::page(visit.house.store(), range, after, most).await?;
    let more = found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let next = found.last().filter(|_| more);
    let next = next.map(|one| visit.site.link(&with_query(LIST, &[("after", &one.mark())])));
    let page = ResponsesPage {
        frame: frame(&visit).at("回应关切").feed("订阅：回应关切", feeds::RESPONSES),
        rows: Rows(found.iter().map(|one| row(&visit, one)).collect()),
        pager: Pager { previous: (!after.is_empty()).then(|| visit.site.link(LIST)), next },
    };
    web::page::answer(&page)
}

fn row(visit: &Visit, one: &Response) -> Row {
    let day = one.published_on.map(|day| day.to_string()).unwrap_or_default();
    Row::new(&one.reply.title, visit.site.link(&one.path()))
        .dated(day)
        .tag(Tag::info(one.heard.concern.name()))
        .fact(&one.organ_name)
        .fact(format!("{} 获知", web::moments::minute(&one.heard.at)))
}

/// The one of the site with that key that everybody can read.
async fn find(visit: &Visit, id: &str) -> Result<Response, Fault> {
    let one = Response::find(visit.house.store(), id).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&one.division) {
        return Err(Fault::NotFound);
    }
    match one.state {
        ResponseState::Published => Ok(one),
        ResponseState::Withdrawn => {
            let (_, at, because) = one.ended.unwrap_or_default();
            let day = web::moments::day(&at);
            let notice = format!("这件回应已于 {day} 撤下。理由：{because}");
            Err(Fault::Gone { notice, instead: Some(LIST.to_owned()) })
        }
        _ => Err(Fault::NotFound),
    }
}

/// Shows one.
pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let one = find(&visit, &id).await?;
    let now: Timestamp = visit.house.ledger().clock().now();
    let page = ResponsePage {
        demo: one.reply.title.contains("演示数据"),
        clocks: clocks_of(&one, now).iter().map(Clock::public_words).collect(),
        meta: meta(&one),
        tools: Tools {
            copied: format!("《{}》", one.reply.title),
            read: Some("huiying"),
            ..Tools::default()
        },
        inscribed: visit.inscribed(&one.subject(), |_| String::new()).await?,
        frame: frame(&visit)
            .titled(&one.reply.title)
            .described(&one.reply.title)
            .under("回应关切", LIST)
            .at("正文")
            .article(article(&visit, &one)),
        title: one.reply.title,
        answer: one.reply.answer,
        turns: one.reply.turns,
    };
    web::page::answer(&page)
}

fn meta(one: &Response) -> Meta {
    let moment = |at: &Option<String>| at.as_deref().map(web::moments::minute).unwrap_or_default();
    let meta = Meta::default()
        .text("回应机关", one.organ_name.clone())
        .text("获知时间", web::moments::minute(&one.heard.at))
        .text("回应时间", moment(&one.published_at));
    match &one.conference_at {
        Some(_) => meta.text("新闻发布会", moment(&one.conference_at)),
        None => meta,
    }
}

fn article(visit: &Visit, one: &Response) -> ArticleTags {
    ArticleTags {
        title: one.reply.title.clone(),
        published: one.published_at.as_deref().map(web::moments::minute).unwrap_or_default(),
        source: one.organ_name.clone(),
        keywords: Some("回应关切".into()),
        author: None,
        description: None,
        image: None,
        url: Some(visit.site.frame.address(&one.path())),
    }
}

fn frame(visit: &Visit) -> Frame {
    let column = ColumnTags {
        name: "回应关切".into(),
        description: "群众关心的事，核实以后的回应，写明获知和回应的时间".into(),
        keywords: "回应关切,政务舆情".into(),
        kind: "回应关切".into(),
    };
    let told = format!("{}对群众关心的事的回应，写明获知和回应的时间", visit.site.place);
    visit.frame().titled("回应关切").described(told).within("jiedu").column(column)
}

impl ResponsesPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有公布回应")
            .because("群众关心的事核实、回应以后在这里列出，最新的在最前。")
            .way("政策问答", self.frame.href(super::questions::LIST))
    }
}
