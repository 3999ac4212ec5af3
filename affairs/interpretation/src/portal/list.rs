//! `/jiedu`: interpretations of a site, the latest first, by form, organ and domain; the same as CSV, JSON and a feed.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use interpretation_rules::Form;
use jiff::Span;
use serde::Deserialize;
use store::{FromQueryResult, Statements};
use web::address::with_query;
use web::components::{Empty, Filters, Pager, Row, Rows, Select, Tag};
use web::layout::Frame;
use web::page::{Feed, FeedEntry};
use web::{Fault, Gone, Visit};

use super::{COVERAGE, LIST, column, export};
use crate::store::{Listed, Page, Public, Wanted};

/// Rows on a page.
const ON_A_PAGE: usize = 20;

/// Entries of the feed.
const IN_THE_FEED: usize = 50;

/// What is told as taken down, whatever the feed is narrowed to: reading programs let go of what they have of it.
const TOLD_GONE: i64 = 50;

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    frame: Frame,
    filters: Filters,
    forms: Vec<(String, String, bool)>,
    rows: Rows,
    pager: Pager,
    csv: String,
    feed: String,
    coverage: String,
}

/// What of the list is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) form: String,
    pub(super) organ: String,
    pub(super) domain: String,
    pub(super) q: String,
    after: String,
    before: String,
    pub(super) format: String,
}

impl Asked {
    /// As the store is asked.
    ///
    /// # Errors
    /// There is no such form.
    pub(super) fn wanted(&self, visit: &Visit) -> Result<Wanted, Fault> {
        let form = match self.form.trim() {
            "" => None,
            word => Some(Form::read(word).ok_or_else(|| {
                Fault::BadInput(format!("没有“{word}”这种解读形式。请从列表里选一种。"))
            })?),
        };
        Ok(Wanted {
            range: visit.site.range.clone(),
            form,
            organ: self.organ.trim().to_owned(),
            domain: self.domain.trim().to_owned(),
            words: self.q.trim().chars().take(60).collect(),
        })
    }

    /// What narrows the list.
    pub(super) fn narrowing(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", self.q.trim()),
            ("form", self.form.trim()),
            ("organ", self.organ.trim()),
            ("domain", self.domain.trim()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The list narrowed as now, with more said.
    fn path(&self, path: &str, more: &[(&str, &str)]) -> String {
        let mut said: Vec<(&str, &str)> = self.narrowing();
        said.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        said.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        with_query(path, &said)
    }

    /// A page of the list as it is asked for.
    pub(super) async fn page(&self, visit: &Visit, most: usize) -> Result<Page, Fault> {
        let (wanted, turn) = (self.wanted(visit)?, (self.after.as_str(), self.before.as_str()));
        Ok(Page::at(visit.house.store(), &wanted, turn, most).await?)
    }
}

/// Shows the list.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    match asked.format.as_str() {
        "" => Ok(web::page::answer(&page(&visit, &asked).await?)?.into_response()),
        "csv" => export::csv(&visit, &asked).await,
        "json" => export::json(&visit, &asked).await,
        other => {
            let advice = format!("没有“{other}”这种格式，请用 format=csv 或 format=json。");
            Err(Fault::BadInput(advice))
        }
    }
}

/// Gives the newest as a feed.
pub async fn feed(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let page = asked.page(&visit, IN_THE_FEED).await?;
    let since = visit.house.ledger().clock().today().saturating_sub(Span::new().years(1));
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let gone = Public::Interpretations.gone(visit.house.store(), range, since, TOLD_GONE).await?;
    let entry = |one: Listed| FeedEntry {
        summary: format!("{}　{}", one.form.name(), one.lead),
        path: one.path(),
        title: one.title,
        updated: one.published_at,
        organ: one.organ.1,
    };
    let feed = Feed {
        site: &visit.site.frame,
        title: "政策解读".into(),
        path: asked.path(LIST, &[]),
        own_path: asked.path("/jiedu.atom", &[]),
        entries: page.rows.into_iter().map(entry).collect(),
        gone: gone.into_iter().map(|(path, at)| Gone { path, at }).collect(),
    };
    feed.answer()
}

/// A row as every list shows it.
fn row(visit: &Visit, one: &Listed) -> Row {
    let (policy, path) = &one.policy;
    let mut row = Row::new(&one.title, visit.site.link(&one.path()))
        .dated(&one.published_on)
        .tag(Tag::info(one.form.name()))
        .fact(&one.organ.1);
    row.snippet = web::components::Marked::plain(&one.lead);
    let link = path.as_ref().map(|path| web::layout::Link::new(policy, visit.site.link(path)));
    row.links.extend(link);
    row
}

async fn page(visit: &Visit, asked: &Asked) -> Result<ListPage, Fault> {
    let page = asked.page(visit, ON_A_PAGE).await?;
    let link = |path: String| visit.site.link(&path);
    let form = |form: Form| {
        let href = link(asked.path(LIST, &[("form", form.word())]));
        (form.name().to_owned(), href, asked.form == form.word())
    };
    let all = ("全部".to_owned(), link(asked.path(LIST, &[("form", "")])), asked.form.is_empty());
    let turned = |name: &str, mark: Option<String>| {
        mark.map(|mark| link(asked.path(LIST, &[(name, &mark)])))
    };
    Ok(ListPage {
        frame: frame(visit, asked),
        filters: filters(visit, asked).await?,
        forms: std::iter::once(all).chain(Form::ALL.map(form)).collect(),
        rows: Rows(page.rows.iter().map(|one| row(visit, one)).collect()),
        pager: Pager {
            previous: turned("before", page.previous),
            next: turned("after", page.next),
        },
        csv: link(asked.path(LIST, &[("format", "csv")])),
        feed: link(asked.path("/jiedu.atom", &[])),
        coverage: link(COVERAGE.to_owned()),
    })
}

fn frame(visit: &Visit, asked: &Asked) -> Frame {
    visit
        .frame()
        .titled("政策解读")
        .described(format!(
            "{}政策文件的解读：文字、问答、图解、音频、视频，与文件同时发布",
            visit.site.place
        ))
        .within("jiedu")
        .at("政策解读")
        .feed("订阅：政策解读", &asked.path("/jiedu.atom", &[]))
        .alternate("text/csv", "本列表的 CSV", &asked.path(LIST, &[("format", "csv")]))
        .alternate("application/json", "本列表的 JSON", &asked.path(LIST, &[("format", "json")]))
        .column(column())
}

#[derive(FromQueryResult)]
struct OrganRow {
    code: String,
    name: String,
}

/// The organs of a site that interpret anything.
const ORGANS: &str = "SELECT o.code, o.short_name AS name FROM organ o
                       WHERE o.division >= $1 AND o.division <= $2
                         AND EXISTS (SELECT 1 FROM interpretation i WHERE i.organ = o.code AND i.state = 'published')
                       ORDER BY o.division, o.code";

async fn filters(visit: &Visit, asked: &Asked) -> Result<Filters, Fault> {
    let (low, high) = visit.site.range.clone();
    let organs: Vec<OrganRow> =
        visit.house.store().all(ORGANS, vec![low.into(), high.into()]).await?;
    let mut organ = Select::new("organ", "解读机关", "全部机关", asked.organ.trim());
    for one in organs {
        organ = organ.choice(one.code, one.name);
    }
    let mut selects = vec![organ];
    if let Some(themes) = visit.house.themes() {
        let mut domain = Select::new("domain", "领域", "全部领域", asked.domain.trim());
        for (slug, name) in (themes.domains)(&visit.house).await? {
            domain = domain.choice(slug, name);
        }
        selects.push(domain);
    }
    let form = asked.form.trim();
    Ok(Filters {
        action: visit.site.link(LIST),
        label: "解读或文件的标题".into(),
        name: "q".into(),
        words: asked.q.trim().to_owned(),
        selects,
        carried: (!form.is_empty()).then(|| ("form".into(), form.into())).into_iter().collect(),
    })
}

impl ListPage {
    fn empty(&self) -> Empty {
        if !self.filters.active() && self.forms.iter().any(|(.., on)| *on) {
            let first = self.forms.first().is_some_and(|(.., on)| *on);
            if first {
                return Empty::new("还没有发布政策解读")
                    .because("政策文件与解读一起审签、一起发布；有了新的在这里列出，最新的在最前。")
                    .way("全部文件", self.frame.href("/wenjian"));
            }
        }
        Empty::new("没有符合条件的解读")
            .because("请换一个词，或者减少筛选条件。")
            .way("全部解读", self.frame.href(LIST))
            .way("在全文中搜索", self.frame.href("/sousuo"))
    }
}
