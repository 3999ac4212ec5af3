//! `/wenjian`: what was published, newest first (docs/readings/101), with filters; and the same as a table, as data
//! and as a feed.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use records_rules::{STATUTORY_ITEMS, Validity, statutory_item};
use web::address::with_query;
use web::components::{Empty, Filters, Pager, Rows, Select, Tree, TreeNode};
use web::layout::{ColumnTags, Frame};
use web::page::{Feed, FeedEntry, a_year_before};
use web::{Ask, By, Fault, Site, Visit};

use super::export;
use super::wish::Wish;
use crate::store::{Listed, Page, count, genres, item_words, organs, published_last, tally};

/// Rows on a page of the list.
const ON_A_PAGE: usize = 20;

/// Entries of the feed.
const IN_THE_FEED: usize = 50;

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    frame: Frame,
    /// What the list is narrowed by beside the form, and the address without it.
    narrowings: Vec<(String, String)>,
    filters: Filters,
    tree: Tree,
    count: i64,
    rows: Rows,
    pager: Pager,
    csv: String,
    feed: String,
    /// The address without 有效性, when that narrows.
    any_validity: Option<String>,
}

/// Shows the list, or gives it as CSV or JSON.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    match wish.format.as_str() {
        "" => Ok(web::page::answer(&page(&visit, &wish).await?)?.into_response()),
        "csv" => export::csv(&visit, &wish).await,
        "json" => export::json(&visit, &wish).await,
        other => {
            let advice = format!("没有“{other}”这种格式，请用 format=csv 或 format=json。");
            Err(Fault::BadInput(advice))
        }
    }
}

/// Gives the newest of the list as a feed.
pub async fn feed(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let ask = wish.ask(&visit.site)?;
    let last = published_last(store, &ask, IN_THE_FEED, today).await?;
    let gone = visit.house.gone(&ask, a_year_before(today)).await?;
    let query = wish.query(&[]);
    let feed = Feed {
        site: &visit.site.frame,
        title: "全部文件".into(),
        path: format!("/wenjian{query}"),
        own_path: format!("/wenjian.atom{query}"),
        entries: last.into_iter().map(entry).collect(),
        gone,
    };
    feed.answer()
}

fn entry(listed: Listed) -> FeedEntry {
    let row = listed.row;
    let original = row.original_on.map(|day| format!("原发布日期 {day}（来源载明）"));
    let made = row.made_on.map(|day| format!("成文日期 {day}"));
    let demo = row.demo.then(|| "演示数据".to_owned());
    let facts = [row.number, made, original, demo];
    FeedEntry {
        title: row.title,
        path: row.path,
        updated: row.published_at,
        organ: listed.organ_name,
        summary: facts.into_iter().flatten().collect::<Vec<_>>().join("　"),
    }
}

async fn page(visit: &Visit, wish: &Wish) -> Result<ListPage, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let ask = wish.ask(&visit.site)?;
    let page = Page::at(store, &ask, &wish.turn()?, ON_A_PAGE, today).await?;
    let link = |query: String| visit.site.link(&format!("/wenjian{query}"));
    let turned = |name: &str, mark: Option<crate::store::Mark>| {
        mark.map(|mark| link(wish.query(&[(name, &mark.to_string())])))
    };
    Ok(ListPage {
        frame: frame(visit, wish),
        narrowings: narrowings(visit, wish).await?,
        filters: filters(visit, wish).await?,
        tree: tree(visit, wish).await?,
        count: total(visit, &ask).await?,
        rows: Rows(page.rows.iter().map(|listed| listed.row.shown(&visit.site)).collect()),
        pager: Pager {
            previous: turned("before", page.previous),
            next: turned("after", page.next),
        },
        csv: link(wish.query(&[("format", "csv")])),
        feed: visit.site.link(&format!("/wenjian.atom{}", wish.query(&[]))),
        any_validity: (!wish.validity.is_empty()).then(|| link(wish.query_without(&["validity"]))),
    })
}

fn frame(visit: &Visit, wish: &Wish) -> Frame {
    let query = wish.query(&[]);
    visit
        .frame()
        .titled("全部文件")
        .described(format!(
            "{}各机关公开的文件：标题、文号、发布机构、日期和有效性",
            visit.site.place
        ))
        .within("wenjian")
        .at("全部文件")
        .feed("订阅：全部文件", &format!("/wenjian.atom{query}"))
        .alternate(
            "text/csv",
            "本列表的 CSV",
            &format!("/wenjian{}", wish.query(&[("format", "csv")])),
        )
        .alternate(
            "application/json",
            "本列表的 JSON",
            &format!("/wenjian{}", wish.query(&[("format", "json")])),
        )
        .column(column())
}

/// The column to which the list and every document belong.
pub(super) fn column() -> ColumnTags {
    ColumnTags {
        name: "全部文件".into(),
        description: "本地区行政机关主动公开的文件，含文号、日期、有效性和全文".into(),
        keywords: "政策文件,政府信息公开,规范性文件".into(),
        kind: "政策文件".into(),
    }
}

/// What narrows the list without standing in the form, each with the address without it.
async fn narrowings(visit: &Visit, wish: &Wish) -> Result<Vec<(String, String)>, Fault> {
    let link = |names: &[&str]| visit.site.link(&format!("/wenjian{}", wish.query_without(names)));
    let mut all = Vec::new();
    if let Some(item) = statutory_item(wish.statutory.trim()) {
        all.push((format!("法定公开内容：{}", item.name), link(&["statutory"])));
    }
    if !wish.domain.trim().is_empty() {
        let words = item_words(visit.house.store(), wish.domain.trim(), wish.item.trim()).await?;
        let words = if words.is_empty() { wish.domain.clone() } else { words.join(" / ") };
        all.push((format!("公开事项：{words}"), link(&["domain", "item"])));
    }
    Ok(all)
}

async fn filters(visit: &Visit, wish: &Wish) -> Result<Filters, Fault> {
    let today = visit.house.ledger().clock().today();
    let whole = within(&visit.site);
    let years = visit.house.counted(tally(&whole, By::Year, today)).await?;
    let mut years: Vec<_> = years.iter().map(|row| row.key.clone()).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    let mut year = Select::new("year", "成文年份", "全部年份", wish.year.trim());
    for one in years {
        year = year.choice(one.clone(), one);
    }
    let mut organ = Select::new("organ", "发布机构", "全部机构", wish.organ.trim());
    for one in visit.house.counted(organs(&whole, today)).await?.iter() {
        organ = organ.choice(&one.key, format!("{}（{}）", one.words, one.count));
    }
    let mut validity = Select::new("validity", "有效性", "不限", wish.validity.trim());
    for one in Validity::ALL {
        validity = validity.choice(one.name(), one.name());
    }
    let mut genre = Select::new("genre", "体裁", "全部体裁", wish.genre.trim());
    for one in visit.house.counted(genres(&whole, today)).await?.iter() {
        genre = genre.choice(&one.key, format!("{}（{}）", one.words, one.count));
    }
    let carried = wish.filters().into_iter();
    let carried = carried.filter(|(name, _)| ["domain", "item", "statutory"].contains(name));
    Ok(Filters {
        action: visit.site.link("/wenjian"),
        label: "标题或文号".into(),
        name: "q".into(),
        words: wish.q.trim().to_owned(),
        selects: vec![year, organ, validity, genre],
        carried: carried.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}

/// 法定主动公开内容 under which there is anything, in the order of the articles.
async fn tree(visit: &Visit, wish: &Wish) -> Result<Tree, Fault> {
    let today = visit.house.ledger().clock().today();
    let whole = within(&visit.site);
    let tally = visit.house.tally(&whole, By::Statutory).await?;
    let Ok(items) = STATUTORY_ITEMS.on(today) else { return Ok(Tree::default()) };
    let link = |query: &str| visit.site.link(&format!("/wenjian{query}"));
    let mut nodes = vec![TreeNode {
        count: u64::try_from(total(visit, &whole).await?).ok(),
        current: wish.statutory.is_empty(),
        ..TreeNode::new("全部文件", link(""))
    }];
    for item in items.value {
        let Some(held) = tally.get(item.code) else { continue };
        nodes.push(TreeNode {
            count: u64::try_from(held.count).ok(),
            current: wish.statutory == item.code,
            ..TreeNode::new(item.name, link(&format!("?statutory={}", item.code)))
        });
    }
    Ok(Tree { heading: "按法定公开内容看".into(), nodes })
}

/// How many fit.
pub(super) async fn total(visit: &Visit, ask: &Ask) -> Result<i64, Fault> {
    let today = visit.house.ledger().clock().today();
    let rows = visit.house.counted(count(ask, today)).await?;
    Ok(rows.iter().map(|row| row.count).sum())
}

fn within(site: &Site) -> Ask {
    Ask { divisions: Some(site.range.clone()), ..Ask::default() }
}

impl ListPage {
    fn empty(&self) -> Empty {
        let narrowed = self.filters.active() || !self.narrowings.is_empty();
        if !narrowed {
            return Empty::new("还没有公开的文件")
                .because("文件由各机关审核后发布，发布后在这里列出，最新的在最前。")
                .way("标准目录", self.frame.href("/mulu"))
                .way("政府信息公开指南", self.frame.href("/gongkai/zhinan"));
        }
        let mut empty = Empty::new("没有符合条件的文件")
            .because("请换一个词，或者减少筛选条件；这里只查标题和文号，正文请用全站搜索。");
        if let Some(href) = &self.any_validity {
            empty = empty.way("不限有效性", href.clone());
        }
        empty
            .way("清除筛选", self.frame.href("/wenjian"))
            .way("在全文中搜索", self.search())
            .way("申请公开", self.frame.href("/shenqing"))
    }

    /// The full-text search for the same words.
    fn search(&self) -> String {
        self.frame.href(&with_query("/sousuo", &[("q", &self.filters.words)]))
    }
}

impl web::page::Page for ListPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let select = |name: &str, label: &str, all: &str| Select::new(name, label, all, "");
        let page = |rows: Vec<web::components::Row>, words: &str| Self {
            frame: Frame::sample("全部文件").within("wenjian").at("全部文件").column(column()),
            narrowings: vec![("公开事项：养老服务 / <政策>".into(), "/linhu/wenjian".into())],
            filters: Filters {
                action: "/linhu/wenjian".into(),
                label: "标题或文号".into(),
                name: "q".into(),
                words: words.into(),
                selects: vec![
                    select("year", "成文年份", "全部年份"),
                    select("validity", "有效性", "不限"),
                ],
                carried: vec![("domain".into(), "yanglaofuwu".into())],
            },
            tree: Tree {
                heading: "按法定公开内容看".into(),
                nodes: vec![TreeNode::new("全部文件", "/linhu/wenjian")],
            },
            count: rows.len() as i64,
            rows: Rows(rows),
            pager: Pager { previous: None, next: Some("/linhu/wenjian?after=x".into()) },
            csv: "/linhu/wenjian?format=csv".into(),
            feed: "/linhu/wenjian.atom".into(),
            any_validity: Some("/linhu/wenjian".into()),
        };
        let row = web::components::Row::new("关于<养老>的通知", "/linhu/wenjian/1")
            .dated("2026-11-25")
            .fact("临府〔2026〕1号")
            .tag(web::components::Tag::void("废止"));
        vec![("rows", page(vec![row], "")), ("nothing fits", page(vec![], "养老\"><b>"))]
    }
}

#[cfg(test)]
mod tests {
    use web::page::Page as _;

    use super::*;

    #[test]
    fn the_list_is_sound_with_rows_and_without() {
        assert_eq!(web::page::faults::<ListPage>(), Vec::<String>::new());
        assert_eq!(ListPage::samples().len(), 2);
    }
}
