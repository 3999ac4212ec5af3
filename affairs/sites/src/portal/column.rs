//! `/gongkai/fading` and `/gongkai/fading/{lanmu}`: 法定主动公开内容, all of it or one column.

mod narrowing;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use identity::Organ;
use sites_rules::{Column, statutory_column, statutory_columns};
use web::address::with_query;
use web::components::{Empty, Filters, Pager, Select, Tree};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Ask, By, Fault, Row, Site, Visit};

pub(crate) use narrowing::Narrowing;

use super::feed::{self, Form};
use super::register::Register;
use super::tree::{tally, tree};
use super::{tags, tier};

/// How many rows a page has.
const PAGE: u16 = 20;

#[derive(Template)]
#[template(path = "portal/column.html")]
struct ColumnPage {
    frame: Frame,
    tree: Tree,
    heading: String,
    description: String,
    filters: Filters,
    register: Register,
    total: i64,
    latest: Option<String>,
    first: Option<String>,
    pager: Pager,
    empty: Empty,
    feed: String,
    csv: String,
}

/// Which list.
#[derive(Debug, Clone, Copy)]
enum Which {
    /// 法定主动公开内容, all of it.
    All,
    /// One of its columns.
    One(&'static Column),
    /// 规章和行政规范性文件 of all organs in one place (国办公开办函〔2019〕61号).
    Normative,
}

impl Which {
    fn path(self) -> String {
        match self {
            Self::All => "/gongkai/fading".into(),
            Self::One(column) => format!("/gongkai/fading/{}", column.slug),
            Self::Normative => "/gongkai/guifanxing".into(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::All => "法定主动公开内容",
            Self::One(column) => column.name,
            Self::Normative => "规章和规范性文件",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::All => "条例要求主动公开的全部政府信息",
            Self::One(column) => column.description,
            Self::Normative => {
                "本级和各机关的规章、行政规范性文件集中在这里，注明有效性，废止、修改的可以查沿革"
            }
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::All => "信息公开目录",
            Self::One(column) => column.kind.word(),
            Self::Normative => "政策文件",
        }
    }

    fn column(self) -> Option<&'static Column> {
        match self {
            Self::One(column) => Some(column),
            Self::All | Self::Normative => None,
        }
    }
}

/// Shows all of 法定主动公开内容.
pub async fn all(visit: Visit, Query(narrowing): Query<Narrowing>) -> Result<Response, Fault> {
    list(visit, Which::All, narrowing).await
}

/// Shows 规章和行政规范性文件.
pub async fn normative(
    visit: Visit,
    Query(narrowing): Query<Narrowing>,
) -> Result<Response, Fault> {
    list(visit, Which::Normative, narrowing).await
}

/// Shows one column, or gives it as a feed (`.atom`).
pub async fn one(
    visit: Visit,
    Path(name): Path<String>,
    Query(mut narrowing): Query<Narrowing>,
) -> Result<Response, Fault> {
    let slug = name.strip_suffix(".atom").unwrap_or(&name);
    if slug.len() != name.len() {
        narrowing.format = "atom".into();
    }
    let column = statutory_column(tier(visit.site.level), slug).ok_or(Fault::NotFound)?;
    list(visit, Which::One(column), narrowing).await
}

/// The column of a site for 法定主动公开内容 with this code: its name and full path.
pub fn with_code(site: &Site, code: &str) -> Option<Link> {
    let column = statutory_columns(tier(site.level)).find(|column| column.code == code)?;
    Some(Link::new(column.name, site.link(&Which::One(column).path())))
}

/// Gives the newest of these as a feed.
pub async fn normative_feed(visit: Visit) -> Result<Response, Fault> {
    let narrowing = Narrowing { format: "atom".into(), ..Narrowing::default() };
    list(visit, Which::Normative, narrowing).await
}

async fn list(visit: Visit, which: Which, narrowing: Narrowing) -> Result<Response, Fault> {
    let (path, heading) = (which.path(), which.name());
    let ask = ask(&visit, which, &narrowing)?;
    if let Some(form) = Form::named(&narrowing.format)? {
        return feed::give(&visit, &ask, form, heading, &path).await;
    }
    let found = visit.house.rows(&ask).await?;
    let counts = tally(&visit).await?;
    let total = count(&visit, &ask).await?;
    let own = visit.site.link(&path);
    let frame = frame(&visit, which);
    let register = Register::of(heading, &found.rows, &visit.site, narrowing.before());
    let page = ColumnPage {
        tree: tree(&visit.site, &counts, &path),
        heading: heading.into(),
        description: description(which),
        filters: filters(&visit, &ask, &narrowing, &own).await?,
        register: match which {
            Which::Normative => register.with_course(),
            Which::All | Which::One(_) => register,
        },
        total,
        latest: latest(&ask, &found.rows),
        first: narrowing.first(&own),
        pager: narrowing.pager(&own, found.next, found.rows.len()),
        empty: empty(&frame, &narrowing, &own, &visit.house.ledger().clock().today().to_string()),
        feed: format!("{own}.atom"),
        csv: narrowing.address(&own, &[("format", "csv")]),
        frame,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// What the list holds, and who says that it must.
fn description(which: Which) -> String {
    match which {
        Which::All => String::new(),
        Which::One(column) => format!("{}。依据：{}", column.description, column.basis),
        Which::Normative => format!("{}。依据：国办公开办函〔2019〕61号", which.description()),
    }
}

fn ask(visit: &Visit, which: Which, narrowing: &Narrowing) -> Result<Ask, Fault> {
    let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let year = given(&narrowing.year).map(|year| {
        let advice = || Fault::BadInput("没有看懂这个年份。请用四位数字，例如 2026。".into());
        year.parse().map_err(|_| advice())
    });
    Ok(Ask {
        divisions: Some(visit.site.range.clone()),
        statutory: which.column().map(|column| column.code.to_owned()),
        organ: given(&narrowing.organ),
        year: year.transpose()?,
        validity: given(&narrowing.validity),
        words: given(&narrowing.q),
        normative: matches!(which, Which::Normative),
        after: given(&narrowing.after),
        limit: PAGE,
        ..Ask::default()
    })
}

/// 发布日期 of the newest record, which the first page shows in its first row.
fn latest(ask: &Ask, rows: &[Row]) -> Option<String> {
    let newest = rows.first().filter(|_| ask.after.is_none());
    newest.map(|row| row.published_on.clone())
}

/// How many records the list has in all.
async fn count(visit: &Visit, ask: &Ask) -> Result<i64, Fault> {
    let ask = Ask { after: None, ..ask.clone() };
    // A record stands under one year but may stand in several columns, so years are summed.
    let by_year = visit.house.tally(&ask, By::Year).await?;
    Ok(by_year.values().map(|tally| tally.count).sum())
}

async fn filters(
    visit: &Visit,
    ask: &Ask,
    narrowing: &Narrowing,
    own: &str,
) -> Result<Filters, Fault> {
    let whole = Ask {
        divisions: ask.divisions.clone(),
        statutory: ask.statutory.clone(),
        normative: ask.normative,
        ..Ask::default()
    };
    let validity = Select::new("validity", "有效性", "不限", &narrowing.validity);
    let words = ["有效", "失效", "废止", "已修改", "部分失效", "尚未生效"];
    Ok(Filters {
        action: own.into(),
        label: "标题或文号".into(),
        name: "q".into(),
        words: narrowing.q.clone(),
        selects: vec![
            years(visit, &whole, &narrowing.year).await?,
            organs(visit, &whole, &narrowing.organ).await?,
            words.into_iter().fold(validity, |select, word| select.choice(word, word)),
        ],
        carried: vec![],
    })
}

/// The years of which there is something, the latest first.
async fn years(visit: &Visit, whole: &Ask, chosen: &str) -> Result<Select, Fault> {
    let known = visit.house.tally(whole, By::Year).await?;
    let mut known: Vec<String> = known.into_keys().collect();
    known.sort_unstable_by(|one, other| other.cmp(one));
    let select = Select::new("year", "成文年份", "全部年份", chosen);
    Ok(known.into_iter().fold(select, |select, year| select.choice(year.clone(), year)))
}

/// The organs that have published something.
async fn organs(visit: &Visit, whole: &Ask, chosen: &str) -> Result<Select, Fault> {
    let published = visit.house.tally(whole, By::Organ).await?;
    let all = Organ::all(visit.house.store()).await?;
    let shown = all.into_iter().filter(|organ| published.contains_key(&organ.code));
    let select = Select::new("organ", "发布机构", "全部机构", chosen);
    Ok(shown.fold(select, |select, organ| select.choice(organ.code, organ.short_name)))
}

fn frame(visit: &Visit, which: Which) -> Frame {
    let (heading, description, path) = (which.name(), which.description(), which.path());
    let frame = visit
        .frame()
        .titled(heading)
        .described(format!("{}{heading}：{description}", visit.site.frame.name));
    let frame = frame.within("gongkai").under("政府信息公开", "/gongkai");
    let frame = match which {
        Which::All => frame,
        _ => frame.under("法定主动公开内容", "/gongkai/fading"),
    };
    let keywords = format!("信息公开,主动公开,{heading}");
    frame
        .at(heading)
        .column(tags(heading, description, &keywords, which.kind()))
        .feed(heading, &format!("{path}.atom"))
        .alternate("text/csv", "CSV", &format!("{path}?format=csv"))
        .alternate("application/json", "JSON", &format!("{path}?format=json"))
}

fn empty(frame: &Frame, narrowing: &Narrowing, own: &str, today: &str) -> Empty {
    if narrowing.active() {
        return Empty::new("没有符合条件的信息")
            .because("可以少选一个条件，或者换个说法。")
            .way("清除全部条件", own)
            .way("全站搜索", with_query(&frame.href("/sousuo"), &[("q", &narrowing.q)]));
    }
    Empty::new("本栏目暂无内容")
        .because(format!("截至 {today}，还没有信息发布到本栏目。"))
        .because("认为应当公开而没有公开的，可以向公开工作机构反映，也可以申请公开。")
        .way("全部法定主动公开内容", frame.href("/gongkai/fading"))
        .way("依申请公开", frame.href("/shenqing"))
}

impl Page for ColumnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let rows = super::register::sample("政策文件");
        let filtered = Narrowing { q: "养老".into(), ..Narrowing::default() };
        vec![
            ("有内容", Self::sample(&Narrowing::default(), rows)),
            ("空栏目", Self::sample(&Narrowing::default(), Register::default())),
            ("筛选无结果", Self::sample(&filtered, Register::default())),
        ]
    }
}

impl ColumnPage {
    /// A sample with these rows.
    fn sample(narrowing: &Narrowing, register: Register) -> Self {
        let frame = Frame::sample("政策文件")
            .within("gongkai")
            .under("政府信息公开", "/gongkai")
            .at("政策文件");
        Self {
            tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
            heading: "政策文件".into(),
            description: "规章和行政规范性文件".into(),
            filters: Filters {
                action: "/linhu/x".into(),
                label: "标题或文号".into(),
                name: "q".into(),
                ..Default::default()
            },
            total: i64::from(!register.is_empty()),
            register,
            latest: None,
            first: Some("/linhu/x".into()),
            pager: Pager { previous: None, next: Some("/linhu/x?after=1".into()) },
            empty: empty(&frame, narrowing, "/linhu/x", "2026-11-25"),
            feed: "/linhu/x.atom".into(),
            csv: "/linhu/x?format=csv".into(),
            frame,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_page_is_sound() {
        assert_eq!(web::page::faults::<ColumnPage>(), Vec::<String>::new());
    }

    #[test]
    fn a_list_says_how_many_there_are_in_all() {
        let rows = super::super::register::sample("政策文件");
        let page = ColumnPage { total: 1234, ..ColumnPage::sample(&Narrowing::default(), rows) };
        let html = page.render().expect("a page");
        assert!(html.contains("共 <b>1234</b> 条"), "{html}");
    }
}
