//! `/dingyue/atom`: a feed of everything that can be followed, for reading programs. Nobody leaves an address.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::{Division, Level, Organ};
use serde::Deserialize;
use web::address::with_query;
use web::components::SearchBox;
use web::layout::{Frame, Link};
use web::page::{Feed, FeedEntry, Page, a_year_before};
use web::{Ask, Fault, Row, Visit};

use super::START;
use super::choosing::Offer;
use crate::finding::town_of;

/// Entries of a feed.
const ENTRIES: u16 = 50;

/// Organs of a list at most.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "portal/feeds.html")]
struct FeedsPage {
    frame: Frame,
    whole: Vec<Link>,
    domains: Vec<Link>,
    organs: Vec<Link>,
    search: SearchBox,
    found: Option<Link>,
    village: String,
    choose: String,
}

/// What was looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    q: String,
}

/// Shows all feeds of a site.
pub(super) async fn all(visit: Visit, Query(wish): Query<Wish>) -> Result<Html<String>, Fault> {
    let offer = Offer::of(&visit).await?;
    let link = |path: String| visit.site.link(&path);
    let feed = |kind: &str, key: &str| link(format!("/dingyue/atom/{kind}/{key}.atom"));
    let words: String = wish.q.trim().chars().take(60).collect();
    let organs = offer.organs.into_iter().filter(|organ| !organ.value.is_empty());
    let found = (!words.is_empty()).then(|| {
        let path = feed("jiansuo", "jieguo");
        Link::new(format!("检索“{words}”"), with_query(&path, &[("q", &words)]))
    });
    let frame = super::frame(&visit, "Atom 订阅");
    web::page::answer(&FeedsPage {
        whole: vec![
            Link::new("最新公开", link("/zuixin.atom".into())),
            Link::new("法定主动公开内容", link("/gongkai/fading.atom".into())),
            Link::new("全部文件", link("/wenjian.atom".into())),
        ],
        domains: offer
            .domains
            .into_iter()
            .map(|topic| Link::new(topic.words, feed("lingyu", &topic.key)))
            .collect(),
        organs: organs
            .take(MOST)
            .map(|organ| Link::new(organ.words, feed("jigou", &organ.value)))
            .collect(),
        search: SearchBox {
            action: link("/dingyue/atom".into()),
            name: "检索词的订阅地址".into(),
            label: "按检索词".into(),
            words,
            example: "老年人 补贴".into(),
            ..SearchBox::default()
        },
        found,
        village: link("/cunju".into()),
        choose: link(START.into()),
        frame,
    })
}

/// Gives one feed.
pub(super) async fn one(
    visit: Visit,
    Path((kind, name)): Path<(String, String)>,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    let key = name.strip_suffix(".atom").ok_or(Fault::NotFound)?;
    let whole = Ask { divisions: Some(visit.site.range.clone()), ..Ask::default() };
    let path = format!("/dingyue/atom/{kind}/{name}");
    match kind.as_str() {
        "lingyu" => {
            let name = domain(&visit, key).await?;
            let ask = Ask { domain: Some(key.to_owned()), ..whole };
            give(&visit, ask, (name, format!("/mulu/{key}")), path).await
        }
        "jigou" => {
            let organ = Organ::find(visit.house.store(), key).await?.ok_or(Fault::NotFound)?;
            let ask = Ask { organ: Some(organ.code), ..whole };
            give(&visit, ask, (organ.name, format!("/gongkai/jigou/{key}")), path).await
        }
        "shixiang" => item(&visit, key, whole, path).await,
        "cun" => village(&visit, key, path).await,
        "jiansuo" => {
            let words: String = wish.q.trim().chars().take(60).collect();
            if words.is_empty() {
                return Err(Fault::BadInput("在地址里写上 q=检索词。".into()));
            }
            let page = with_query("/wenjian", &[("q", &words)]);
            let path = with_query(&path, &[("q", &words)]);
            let ask = Ask { words: Some(words.clone()), ..whole };
            give(&visit, ask, (format!("检索“{words}”"), page), path).await
        }
        _ => Err(Fault::NotFound),
    }
}

/// What a domain is called.
async fn domain(visit: &Visit, slug: &str) -> Result<String, Fault> {
    let themes = visit.house.themes().ok_or(Fault::NotFound)?;
    let domains = (themes.domains)(&visit.house).await?;
    let found = domains.into_iter().find(|(own, _)| own == slug);
    found.map(|(_, name)| name).ok_or(Fault::NotFound)
}

async fn item(visit: &Visit, key: &str, whole: Ask, path: String) -> Result<Response, Fault> {
    let (domain, item) = key.split_once('.').ok_or(Fault::NotFound)?;
    let themes = visit.house.themes().ok_or(Fault::NotFound)?;
    let name = (themes.item)(&visit.house, &visit.site, domain, item).await?;
    let name = name.ok_or(Fault::NotFound)?;
    let ask = Ask { domain: Some(domain.to_owned()), item: Some(item.to_owned()), ..whole };
    give(visit, ask, (name, format!("/mulu/{domain}/{item}")), path).await
}

/// What is of a village itself, and what its town publishes and names it in the title.
async fn village(visit: &Visit, code: &str, path: String) -> Result<Response, Fault> {
    let found = Division::find(visit.house.store(), code).await?;
    let (low, high) = &visit.site.range;
    let village = found
        .filter(|one| one.level == Level::Village && (low..=high).contains(&&one.code))
        .ok_or(Fault::NotFound)?;
    let town = town_of(code);
    let named = Ask {
        divisions: Some((town.clone(), town)),
        words: Some(village.name.clone()),
        limit: ENTRIES,
        ..Ask::default()
    };
    let own = Ask {
        divisions: Some((code.to_owned(), code.to_owned())),
        limit: ENTRIES,
        ..Ask::default()
    };
    let mut rows = visit.house.rows(&own).await?.rows;
    rows.extend(visit.house.rows(&named).await?.rows);
    rows.sort_by(|one, other| other.published_at.cmp(&one.published_at));
    rows.dedup_by(|one, other| one.path == other.path);
    rows.truncate(usize::from(ENTRIES));
    let since = a_year_before(visit.house.ledger().clock().today());
    let mut gone = visit.house.gone(&own, since).await?;
    gone.extend(visit.house.gone(&named, since).await?);
    Feed {
        site: &visit.site.frame,
        title: village.name,
        path: format!("/cunju/{code}"),
        own_path: path,
        entries: rows.into_iter().map(entry).collect(),
        gone,
    }
    .answer()
}

async fn give(
    visit: &Visit,
    ask: Ask,
    (title, page): (String, String),
    own_path: String,
) -> Result<Response, Fault> {
    let ask = Ask { limit: ENTRIES, ..ask };
    let since = a_year_before(visit.house.ledger().clock().today());
    Feed {
        site: &visit.site.frame,
        title,
        path: page,
        own_path,
        gone: visit.house.gone(&ask, since).await?,
        entries: visit.house.rows(&ask).await?.rows.into_iter().map(entry).collect(),
    }
    .answer()
}

fn entry(row: Row) -> FeedEntry {
    let made = row.made_on.map(|day| format!("成文日期 {day}"));
    let demo = row.demo.then(|| "演示数据".to_owned());
    FeedEntry {
        title: row.title,
        path: row.path,
        updated: row.published_at,
        organ: row.organ,
        summary: [row.number, made, demo].into_iter().flatten().collect::<Vec<_>>().join("　"),
    }
}

impl Page for FeedsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |found: Option<Link>| Self {
            frame: Frame::sample("Atom 订阅").under("订阅", START).at("Atom 订阅"),
            whole: vec![Link::new("最新公开", "/linhu/zuixin.atom")],
            domains: vec![Link::new("就业", "/linhu/dingyue/atom/lingyu/jiuye.atom")],
            organs: vec![],
            search: SearchBox {
                action: "/linhu/dingyue/atom".into(),
                name: "检索词的订阅地址".into(),
                label: "按检索词".into(),
                example: "老年人 补贴".into(),
                ..SearchBox::default()
            },
            found,
            village: "/linhu/cunju".into(),
            choose: "/linhu/dingyue".into(),
        };
        let found = Link::new("检索“补贴”", "/linhu/dingyue/atom/jiansuo/jieguo.atom?q=1");
        vec![("没有机关", page(None)), ("检索", page(Some(found)))]
    }
}

#[cfg(test)]
mod tests {
    use super::FeedsPage;

    #[test]
    fn the_list_of_feeds_is_sound() {
        assert_eq!(web::page::faults::<FeedsPage>(), Vec::<String>::new());
    }
}
