//! `/zhuanti`: topics; each gathers what is published by its rule, beside its data tables, which are taken home as CSV.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use interpretation_rules::{DataTable, GatheringRule, TopicState};
use web::address::with_query;
use web::components::{Empty, Marked, Meta, Row, Rows};
use web::layout::{ColumnTags, Frame, Link};
use web::{Ask, Fault, Visit};

use super::{export, feeds};
use crate::store::Topic;

/// The list.
pub(crate) const LIST: &str = "/zhuanti";

/// So many documents stand on the page of a topic: the latest. Whoever wants all of them searches.
const ON_A_PAGE: usize = 50;

/// So many are asked for of each word.
const OF_A_WORD: u16 = 100;

#[derive(Template)]
#[template(path = "portal/topics.html")]
struct TopicsPage {
    frame: Frame,
    rows: Rows,
}

#[derive(Template)]
#[template(path = "portal/topic.html")]
struct TopicPage {
    frame: Frame,
    title: String,
    demo: bool,
    lead: String,
    meta: Meta,
    tables: Vec<ShownTable>,
    gathers: String,
    rows: Rows,
    more: Vec<Link>,
    inscribed: Vec<Link>,
}

/// A table as it is shown: each cell with the heading it stands under.
struct ShownTable {
    title: String,
    note: String,
    columns: Vec<String>,
    rows: Vec<Vec<(String, String)>>,
    csv: String,
}

/// Shows the list.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let found = Topic::standing(visit.house.store(), range).await?;
    let row = |one: &Topic| {
        let day = one.published_on.map(|day| day.to_string()).unwrap_or_default();
        let mut row = Row::new(&one.body.title, visit.site.link(&one.path()))
            .dated(day)
            .fact(&one.organ_name);
        row.snippet = Marked::plain(&one.body.lead);
        row
    };
    let rows = Rows(found.iter().map(row).collect());
    web::page::answer(&TopicsPage {
        frame: frame(&visit).at("专题").feed("订阅：专题", feeds::TOPICS),
        rows,
    })
}

/// The one of the site with that key that everybody can read.
async fn find(visit: &Visit, topic: &str) -> Result<Topic, Fault> {
    let one = Topic::shown(visit.house.store(), topic).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&one.division) {
        return Err(Fault::NotFound);
    }
    if one.state == TopicState::Published {
        return Ok(one);
    }
    let (at, because) = one.ended.unwrap_or_default();
    let day = web::moments::day(&at);
    let notice = format!("这个专题已于 {day} 结束。理由：{because}");
    Err(Fault::Gone { notice, instead: Some(LIST.to_owned()) })
}

/// Shows one.
pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let one = find(&visit, &id).await?;
    let site = &visit.site;
    let day = one.published_on.map(|day| day.to_string()).unwrap_or_default();
    let more = |word: &String| {
        let path = with_query("/sousuo", &[("q", word.as_str())]);
        Link::new(format!("搜索“{word}”的全部信息"), site.link(&path))
    };
    let tables =
        one.body.tables.iter().enumerate().map(|(at, table)| {
            shown(table, site.link(&format!("{}/biao/{}.csv", one.path(), at + 1)))
        });
    let page = TopicPage {
        demo: one.body.title.contains("演示数据"),
        meta: Meta::default().text("整理机关", one.organ_name.clone()).text("更新日期", day),
        tables: tables.collect(),
        gathers: told(&one.body.rule),
        rows: gathered(&visit, &one.body.rule).await?,
        more: one.body.rule.words.iter().map(more).collect(),
        inscribed: visit.inscribed(&one.subject(), |_| String::new()).await?,
        frame: frame(&visit).titled(&one.body.title).under("专题", LIST).at(&one.body.title),
        title: one.body.title.clone(),
        lead: one.body.lead.clone(),
    };
    web::page::answer(&page)
}

/// What is gathered, in words.
fn told(rule: &GatheringRule) -> String {
    let since = match rule.since.as_str() {
        "" => String::new(),
        day => format!("，{day} 以后公开"),
    };
    let words = rule.words.join("、");
    format!("标题里有“{words}”其中一个词{since}的文件，最新的在最前，最多列 {ON_A_PAGE} 份。")
}

fn shown(table: &DataTable, csv: String) -> ShownTable {
    let named =
        |row: &Vec<String>| table.columns.iter().cloned().zip(row.iter().cloned()).collect();
    ShownTable {
        title: table.title.clone(),
        note: table.note.clone(),
        columns: table.columns.clone(),
        rows: table.rows.iter().map(named).collect(),
        csv,
    }
}

/// The latest of what is published that belongs to it, each once.
async fn gathered(visit: &Visit, rule: &GatheringRule) -> Result<Rows, Fault> {
    let mut all = BTreeMap::new();
    for word in &rule.words {
        let ask = Ask {
            divisions: Some(visit.site.range.clone()),
            domain: Some(rule.domain.clone()).filter(|domain| !domain.is_empty()),
            words: Some(word.clone()),
            limit: OF_A_WORD,
            ..Ask::default()
        };
        let found = visit.house.rows(&ask).await?.rows;
        for row in found.into_iter().filter(|row| rule.takes(&row.title, &row.published_on)) {
            all.insert((row.published_at.clone(), row.id.clone()), row);
        }
    }
    let latest = all.into_values().rev().take(ON_A_PAGE);
    Ok(Rows(latest.map(|row| row.shown(&visit.site)).collect()))
}

/// A table of one as CSV.
pub async fn csv(
    visit: Visit,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let one = find(&visit, &id).await?;
    let at = file.strip_suffix(".csv").and_then(|at| at.parse::<usize>().ok());
    let table = at.and_then(|at| one.body.tables.get(at.checked_sub(1)?));
    let table = table.ok_or(Fault::NotFound)?;
    let headings: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    export::table(&format!("{}.csv", table.title), &headings, table.rows.clone())
}

fn frame(visit: &Visit) -> Frame {
    let column = ColumnTags {
        name: "专题".into(),
        description: "一件事的文件和数据集中在一处".into(),
        keywords: "专题,直达资金".into(),
        kind: "政策解读".into(),
    };
    let told = format!("{}各专题的文件和数据", visit.site.place);
    visit.frame().titled("专题").described(told).within("jiedu").column(column)
}

impl TopicsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有公布专题")
            .because("有了专题在这里列出，最新的在最前。")
            .way("全部文件", self.frame.href("/wenjian"))
    }
}
