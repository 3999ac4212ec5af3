//! `/biaozhun`: the register of standards, and which catalogues of the site keep to them.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::response::Html;
use catalogue_rules::standard::{Extent, StandardState};
use identity::Organ;
use law::Date;
use web::components::{Empty, Figure, Strip, Tag};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use crate::store::standards::{Conformance, Standard};

#[derive(Template)]
#[template(path = "portal/standards.html")]
struct StandardsPage {
    frame: Frame,
    place: String,
    strip: Strip,
    rows: Vec<Line>,
}

struct Line {
    code: String,
    title: String,
    rank: &'static str,
    issuer: String,
    valid_from: Option<Date>,
    note: Option<String>,
    tag: Tag,
    keeper: String,
    kept_by: Vec<KeptBy>,
}

/// A catalogue that was held against a standard.
struct KeptBy {
    words: String,
    href: String,
    tag: Tag,
    note: Option<String>,
}

/// Shows the register.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let standards = Standard::all(store).await?;
    let names = keepers(&visit, &standards).await?;
    let mut kept: BTreeMap<String, Vec<KeptBy>> = BTreeMap::new();
    let sites = visit.house.directory();
    for one in Conformance::within(store, &visit.site.range, today).await? {
        let site = sites.serving(&one.division);
        let path = format!("/mulu/{}", one.domain);
        let href = site.map_or_else(|| visit.site.link(&path), |site| site.link(&path));
        let words = format!("{} {}", one.organ, one.domain_name);
        let by = KeptBy { words, href, tag: extent_tag(one.extent), note: one.note };
        kept.entry(one.standard).or_default().push(by);
    }
    let rows: Vec<Line> = standards
        .into_iter()
        .map(|standard| {
            let kept_by = kept.remove(&standard.code).unwrap_or_default();
            let keeper = names.get(&standard.keeper).cloned().unwrap_or_default();
            line(standard, today, keeper, kept_by)
        })
        .collect();
    let page = StandardsPage {
        frame: frame(&visit),
        place: visit.site.place.clone(),
        strip: strip(&rows),
        rows,
    };
    web::page::answer(&page)
}

/// The short names of those who keep the register.
async fn keepers(visit: &Visit, standards: &[Standard]) -> Result<BTreeMap<String, String>, Fault> {
    if standards.is_empty() {
        return Ok(BTreeMap::new());
    }
    let organs = Organ::all(visit.house.store()).await?;
    Ok(organs.into_iter().map(|organ| (organ.code, organ.short_name)).collect())
}

fn line(standard: Standard, today: Date, keeper: String, kept_by: Vec<KeptBy>) -> Line {
    let state = standard.state(today);
    let tag = match state {
        StandardState::InForce => Tag::good(state.words()),
        StandardState::ToCome { .. } => Tag::info(state.words()),
        StandardState::Replaced { .. } | StandardState::Ended { .. } => Tag::void(state.words()),
    };
    Line {
        code: standard.code,
        title: standard.title,
        rank: standard.rank.name(),
        issuer: standard.issuer.unwrap_or_default(),
        valid_from: standard.valid_from,
        note: standard.note,
        tag,
        keeper,
        kept_by,
    }
}

fn strip(rows: &[Line]) -> Strip {
    let kept = rows.iter().map(|row| row.kept_by.len()).sum::<usize>();
    let used = rows.iter().filter(|row| !row.kept_by.is_empty()).count();
    Strip(vec![
        Figure::new(rows.len(), "登记的标准"),
        Figure::new(used, "目录对照过的标准"),
        Figure::new(kept, "对照过的目录（份）"),
    ])
}

/// The mark of an extent.
pub(crate) fn extent_tag(extent: Extent) -> Tag {
    match extent {
        Extent::Full => Tag::good(extent.name()),
        Extent::Partly => Tag::warn(extent.name()),
        Extent::Not => Tag::over(extent.name()),
    }
}

fn frame(visit: &Visit) -> Frame {
    visit
        .frame()
        .titled("标准登记")
        .described(format!("{}政务公开目录对照的国家标准、行业标准和地方标准", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .at("标准登记")
        .column(ColumnTags {
            name: "标准登记".into(),
            description: "政务公开目录对照的国家标准、行业标准和地方标准，以及符合情况".into(),
            keywords: "政务公开,标准,国家标准,地方标准".into(),
            kind: "信息公开目录".into(),
        })
}

impl StandardsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有登记标准")
            .because("标准由市、区市场监管部门登记，登记后在这里列出。")
            .way("看标准目录", self.frame.href("/mulu"))
    }
}

/// 对照标准: the line on a domain's page that says to which standards its catalogue keeps.
#[derive(Template)]
#[template(path = "portal/kept_standards.html")]
pub struct KeptStandards {
    register: String,
    kept: Vec<(String, Tag)>,
}

impl HtmlSafe for KeptStandards {}

impl KeptStandards {
    /// The line for a version's catalogue; it prints as nothing where nothing was assessed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(visit: &Visit, version: &str) -> Result<Self, Fault> {
        let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
        let found = Conformance::of_version(store, version, today).await?;
        let kept = |one: Conformance| {
            (format!("{}《{}》", one.standard, one.title), extent_tag(one.extent))
        };
        let kept = found.into_iter().map(kept).collect();
        Ok(Self { register: visit.site.link("/biaozhun"), kept })
    }
}
