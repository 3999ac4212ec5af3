//! `/sousuo`: one box for everything the site has published.

mod asked;
mod best;
mod facets;
mod nothing;
pub mod suggested;

use std::sync::Arc;

use askama::Template;
use axum::extract;
use axum::response::Html;
use search::{Hit, Hits, QueryRefused, SearchError};
use web::address::with_query;
use web::components::{Empty, Marked, Pager, Row, Rows, SearchBox, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit, WantedBy};

use asked::Asked;
use best::{Best, best};
use facets::{Facet, facets};
use nothing::nothing_found;

use super::tags;

#[derive(Template)]
#[template(path = "portal/search.html")]
struct SearchPage {
    frame: Frame,
    search: SearchBox,
    /// Nothing was asked yet.
    idle: bool,
    /// What to mend in the question.
    advice: Option<String>,
    total: u64,
    relaxed: bool,
    /// The 文号 that was typed and that no document here carries.
    no_such_number: Option<String>,
    /// What was looked for in place of what was typed.
    corrected: Option<String>,
    best: Option<Best>,
    dates: Dates,
    rows: Rows,
    facets: Vec<Facet>,
    chosen: Vec<Link>,
    pager: Pager,
    /// Where what is not among them is asked for.
    wanted: String,
    empty: Option<Empty>,
    /// Documents whose titles are near, where nothing was found.
    nearest: Vec<Link>,
}

/// The dates to narrow a question to, and what goes along with them.
#[derive(Default)]
struct Dates {
    action: String,
    from: String,
    to: String,
    besides: Vec<(&'static str, String)>,
}

/// Shows the answer to a question.
pub async fn show(
    visit: Visit,
    extract::Query(asked): extract::Query<Asked>,
) -> Result<Html<String>, Fault> {
    let idle = asked.q.trim().is_empty();
    let (hits, advice) = match asked.misdated() {
        _ if idle => (Hits::default(), None),
        Some(advice) => (Hits::default(), Some(advice)),
        None => ask(&visit, &asked).await?,
    };
    let own = visit.site.link("/sousuo");
    let nothing = !idle && advice.is_none() && hits.total == 0 && hits.exact.is_none();
    if nothing && asked.chosen(&own).is_empty() {
        // What a filter leaves nothing of is not missing.
        visit.house.unmet().note(&visit.site.division, &asked.q, WantedBy::Search);
    }
    let (empty, nearest) = match nothing {
        true => nothing_found(&visit, &asked, &own).await.map(|(told, near)| (Some(told), near))?,
        false => (None, vec![]),
    };
    let best = asked.is_first_page().then(|| best(&visit, &asked.q, &hits)).flatten();
    let page = SearchPage {
        frame: frame(&visit, &asked, idle),
        search: search_box(&own, &asked.q),
        idle,
        advice,
        total: hits.total,
        relaxed: hits.relaxed,
        no_such_number: hits.no_such_number.then(|| asked.q.trim().to_owned()),
        corrected: hits.corrected.clone(),
        dates: Dates {
            action: own.clone(),
            from: asked.from.clone(),
            to: asked.to.clone(),
            besides: asked.besides_dates(),
        },
        facets: facets(&hits, &asked, &own),
        chosen: asked.chosen(&own),
        pager: asked.pager(hits.total, &own),
        wanted: wanted(&visit, &asked),
        rows: rows(&visit, hits, best.as_ref()),
        best,
        empty,
        nearest,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, asked: &Asked, idle: bool) -> Frame {
    let title = if idle { "搜索".into() } else { format!("搜索“{}”", asked.q.trim()) };
    let frame = visit
        .frame()
        .titled(title)
        .described(format!("在{}搜索文件、目录事项、机构和村居", visit.site.frame.name))
        .at("搜索")
        .column(tags("搜索", "全站搜索", "搜索,检索", "信息公开目录"))
        .unlisted();
    Frame { searched: asked.q.clone(), ..frame }
}

fn search_box(own: &str, words: &str) -> SearchBox {
    SearchBox {
        action: own.into(),
        name: "全站搜索".into(),
        label: "搜索文件、目录事项、机构和村居".into(),
        words: words.into(),
        ..SearchBox::default()
    }
}

/// The hits in their order, without the one that stands above them.
fn rows(visit: &Visit, hits: Hits, best: Option<&Best>) -> Rows {
    let others = hits.hits.into_iter().filter(|hit| best.is_none_or(|best| best.id != hit.id));
    Rows(others.map(|hit| found(visit, hit)).collect())
}

/// Puts the question to the index, which blocks. A question that cannot be asked gives advice.
async fn ask(visit: &Visit, asked: &Asked) -> Result<(Hits, Option<String>), Fault> {
    let query = asked.query(&visit.site.division);
    let house = Arc::clone(&visit.house);
    let answer = tokio::task::spawn_blocking(move || house.search().query(&query))
        .await
        .map_err(Fault::inside)?;
    match answer {
        Ok(hits) => Ok((hits, None)),
        Err(SearchError::Refused(refused)) => Ok((Hits::default(), Some(advice(refused)))),
        Err(error) => Err(error.into()),
    }
}

/// What to mend in a question, for the page: nobody who searches reads the words of a command line.
fn advice(refused: QueryRefused) -> String {
    match refused {
        QueryRefused::Empty => {
            "没有看到可以查找的字词。请输入标题、文号或正文中的几个字，例如“政务公开”。".into()
        }
        QueryRefused::TooLong(letters) => {
            format!("输入了 {letters} 个字，太长了，没有查找。请只留下最要紧的几个词。")
        }
        QueryRefused::TooDeep => {
            "后面的结果不再列出。请再加一个词，或者按类型、领域、机构、年份缩小范围。".into()
        }
    }
}

/// Where a hit's page is: on the site of its own division if there is one.
fn address(visit: &Visit, hit: &Hit) -> String {
    address_of(visit, &hit.division, &hit.url)
}

/// The same of a page of a division.
fn address_of(visit: &Visit, division: &str, url: &str) -> String {
    match visit.house.directory().serving(division) {
        Some(site) => site.link(url),
        None => visit.site.link(url),
    }
}

fn found(visit: &Visit, hit: Hit) -> Row {
    let mut row = Row { href: address(visit, &hit), date: hit.date, ..Row::default() };
    row.title = Marked::pieces(hit.title);
    row.snippet = Marked::pieces(hit.snippet);
    row = row.tag(Tag::plain(hit.kind));
    if let Some(validity) = hit.validity {
        row = row.tag(Tag::validity(&validity));
    }
    if let Some(attachment) = hit.attachment {
        // The file leads to where it lies; the title to the document it belongs to.
        let site = visit.house.directory().serving(&hit.division);
        let href =
            site.map_or_else(|| visit.site.link(&attachment.url), |s| s.link(&attachment.url));
        row = row.link(format!("附件：{}", attachment.name), href);
    }
    row.fact(hit.number.unwrap_or_default())
        .fact(hit.organ_name)
        .fact(hit.domain.unwrap_or_default())
}

/// Where what is not found is asked for, with the words it was looked for with: online where a room takes
/// applications.
fn wanted(visit: &Visit, asked: &Asked) -> String {
    let online = visit.house.rooms().iter().find_map(|room| room.applying);
    with_query(&visit.site.link(online.unwrap_or("/shenqing")), &[("q", asked.q.trim())])
}

impl Page for SearchPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Empty::new("没有找到“x”")
            .because("换个说法。")
            .way("按类别浏览", "/linhu/gongkai/fading");
        let nearest = vec![Link::new("养老服务补贴办法", "/linhu/wenjian/1")];
        let too_long = advice(QueryRefused::TooLong(300));
        let misdated = Asked { from: "去年".into(), ..Asked::default() }.misdated();
        let asked = || Self { idle: false, ..Self::unasked() };
        vec![
            ("还没问", Self::unasked()),
            ("有结果", Self::answered()),
            (
                "没有这个文号",
                Self {
                    no_such_number: Some("厦府办〔2020〕9967号".into()), ..Self::answered()
                },
            ),
            ("没有结果", Self { empty: Some(empty), nearest, ..asked() }),
            ("问题太长", Self { advice: Some(too_long), ..asked() }),
            ("日期不对", Self { advice: misdated, ..asked() }),
        ]
    }
}

impl SearchPage {
    /// A sample before anything was asked.
    fn unasked() -> Self {
        Self {
            frame: Frame::sample("搜索").at("搜索"),
            search: search_box("/linhu/sousuo", ""),
            idle: true,
            advice: None,
            total: 0,
            relaxed: false,
            no_such_number: None,
            corrected: None,
            best: None,
            dates: Dates::default(),
            facets: vec![],
            chosen: vec![],
            pager: Pager::default(),
            wanted: "/linhu/shenqing/xin".into(),
            rows: Rows(vec![]),
            empty: None,
            nearest: vec![],
        }
    }

    /// A sample with everything an answer can have.
    fn answered() -> Self {
        let best = Best {
            label: "办事指南",
            title: "养老服务补贴办事指南".into(),
            href: "/linhu/wenjian/1".into(),
            facts: vec!["临湖区民政局".into()],
            tag: Some(Tag::in_force()),
            part: Some(("要带什么".into(), vec!["申请表".into(), "身份证明".into()])),
            id: "record:1".into(),
        };
        let dates = Dates {
            action: "/linhu/sousuo".into(),
            from: "2026-01-01".into(),
            to: "2026-12-31".into(),
            besides: vec![("q", "养老".into())],
        };
        let value = facets::FacetValue {
            words: "文件".into(),
            count: 3,
            href: "/linhu/sousuo?q=x&kind=y".into(),
            current: true,
        };
        let hit = Row {
            title: Marked::words("养老服务设施", &["养老"]),
            snippet: Marked::words("每千名老年人拥有养老床位", &["养老"]),
            ..Row::new("", "/linhu/wenjian/2").link("附件：床位.xlsx", "/linhu/wenjian/2/fujian/1")
        };
        Self {
            idle: false,
            total: 1,
            relaxed: true,
            corrected: Some("养老".into()),
            best: Some(best),
            dates,
            facets: vec![Facet { heading: "类型", values: vec![value] }],
            chosen: vec![Link::new("文件", "/linhu/sousuo?q=x")],
            rows: Rows(vec![hit]),
            ..Self::unasked()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_page_is_sound() {
        assert_eq!(web::page::faults::<SearchPage>(), Vec::<String>::new());
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_answered_in_plain_words() {
        for refused in [QueryRefused::Empty, QueryRefused::TooLong(300), QueryRefused::TooDeep] {
            let words = advice(refused);
            assert!(words.contains('请') && !words.contains("错误:"), "{words}");
            assert!(!words.contains("改法"), "{words}");
        }
    }
}
