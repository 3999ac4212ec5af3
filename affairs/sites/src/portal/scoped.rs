//! `/gongkai/jigou/{unit}/…`: the same five parts of 政府信息公开 for every organ, under the same names and in the
//! same form (国办公开办函〔2019〕61号); for 公共企事业单位 the columns of their services instead (条例第五十五条).

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use identity::{Organ, PUBLIC_SERVICE};
use serde::Deserialize;
use sites_rules::{Column, Keeper, PaperKind, kept_columns, reply_term};
use web::address::with_query;
use web::components::{Empty, Filters, Meta, MetaValue, Pager, Select, Tree, TreeNode};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Ask, By, Fault, House, Later, Place, Site, Tally, Visit};

use super::column::Narrowing;
use super::register::Register;
use super::{paper, tags};
use crate::acts::papers::{Paper, keeper_of};

/// How many rows a page has.
const ON_A_PAGE: u16 = 20;

/// The five parts, each with its part of an address below the organ's.
const PARTS: [(&str, &str); 5] = [
    ("政府信息公开指南", "zhinan"),
    ("政府信息公开制度", "zhidu"),
    ("法定主动公开内容", "fading"),
    ("政府信息公开年报", "nianbao"),
    ("依申请公开", "shenqing"),
];

/// The column 投诉监督 of 公共企事业单位.
const COMPLAINTS: &str = "tousujiandu";

/// 主题分类 of documents on openness.
const REGIMES: &str = "政务公开";

/// An organ's page of 政府信息公开 on a site.
pub(crate) struct Scope {
    pub(crate) organ: Organ,
    pub(crate) keeper: Keeper,
    pub(crate) columns: Vec<&'static Column>,
    site: Arc<Site>,
    counts: HashMap<String, Tally>,
    others: Vec<Organ>,
}

impl Scope {
    /// The page of the organ with that code.
    ///
    /// # Errors
    /// The site has no such organ, or the database refuses.
    pub(crate) async fn of(visit: &Visit, code: &str) -> Result<Self, Fault> {
        let (house, site) = (&visit.house, &visit.site);
        let organ = Organ::find(house.store(), code).await?.ok_or(Fault::NotFound)?;
        let (low, high) = &site.range;
        if !(low..=high).contains(&&organ.division) {
            return Err(Fault::NotFound);
        }
        let today = house.ledger().clock().today();
        let keeper = keeper_of(&organ);
        let catalogue = Paper::now(house.store(), &organ.code, PaperKind::Catalogue).await?;
        let said = |paper: &Paper, code: &str| paper.field(code);
        let columns = match &catalogue {
            Some(paper) => kept_columns(keeper, &organ.role, Some(&|code: &str| said(paper, code))),
            None => kept_columns(keeper, &organ.role, None),
        };
        let ask = Ask { organ: Some(organ.code.clone()), ..Ask::default() };
        let counts = house.tally(&ask, By::Statutory).await?;
        let mut others = Organ::serving(house.store(), &organ.division).await?;
        others.retain(|one| one.stands_on(today) || one.code == organ.code);
        Ok(Self { organ, keeper, columns, site: Arc::clone(&visit.site), counts, others })
    }

    /// Whether it is 公共企事业单位, of which nothing can be applied for.
    pub(crate) fn is_service(&self) -> bool {
        self.keeper == Keeper::PublicService
    }

    /// How much is in a column.
    fn count(&self, column: &Column) -> u64 {
        let count = self.counts.get(column.code).map_or(0, |tally| tally.count);
        u64::try_from(count).unwrap_or_default()
    }

    fn path(&self, part: &str) -> String {
        format!("/gongkai/jigou/{}/{part}", self.organ.code)
    }

    /// What the page of the organ is called.
    pub(crate) fn banner(&self) -> String {
        let what = if self.is_service() { "信息公开" } else { "政府信息公开" };
        format!("{}{what}", self.organ.name)
    }

    /// The tree beside its pages; `here` is the part one is in.
    pub(crate) fn tree(&self, here: &str) -> Tree {
        let node = |words: &str, part: &str| TreeNode {
            current: part == here,
            ..TreeNode::new(words, self.site.link(&self.path(part)))
        };
        let column = |column: &&'static Column| {
            let count = self.count(column);
            let part = format!("fading/{}", column.slug);
            let mut one =
                TreeNode { count: (count > 0).then_some(count), ..node(column.name, &part) };
            // A column is open once something is in it (docs/readings/231).
            if count == 0 && !one.current {
                one.href = String::new();
            }
            one
        };
        let columns: Vec<TreeNode> = self.columns.iter().map(column).collect();
        let part = |(words, part): (&str, &str)| match part {
            "fading" => TreeNode { children: columns.clone(), ..node(words, part) },
            _ => node(words, part),
        };
        let nodes = match self.is_service() {
            true => columns,
            false => PARTS.into_iter().map(part).collect(),
        };
        Tree { heading: "信息公开栏目".into(), nodes }
    }

    /// Where another organ is chosen; the part stays the same.
    pub(crate) fn picker(&self, part: &str) -> Filters {
        picker(&self.site, &self.others, &self.organ.code, part)
    }

    /// The frame of one of its parts.
    pub(crate) fn frame(&self, visit: &Visit, title: &str, kind: &str) -> Frame {
        let banner = self.banner();
        let description = format!("{banner}：{title}");
        visit
            .frame()
            .titled(format!("{title} - {banner}"))
            .described(&description)
            .within("gongkai")
            .under("政府信息公开", "/gongkai")
            .under(&self.organ.short_name, &format!("/gongkai/jigou/{}", self.organ.code))
            .at(title)
            .column(tags(title, &description, &format!("信息公开,{title}"), kind))
    }

    /// Whom to ask.
    pub(crate) fn office(&self) -> Meta {
        let organ = &self.organ;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let name = if self.is_service() { "咨询窗口" } else { "机构名称" };
        Meta::default()
            .with_wide(name, MetaValue::Text(organ.name.clone()))
            .text("办公地址", text(&organ.address))
            .text("办公时间", text(&organ.hours))
            .phone("联系电话", organ.phone.as_deref())
            .text("邮政编码", text(&organ.postcode))
    }
}

/// The parts of an organ's page, for whoever leads there.
pub(crate) fn parts_of(site: &Site, organ: &Organ) -> Vec<Link> {
    let link = |words: &str, part: &str| {
        Link::new(words, site.link(&format!("/gongkai/jigou/{}/{part}", organ.code)))
    };
    if organ.kind == PUBLIC_SERVICE {
        let columns = kept_columns(Keeper::PublicService, &organ.role, None);
        return columns.iter().map(|one| link(one.name, &format!("fading/{}", one.slug))).collect();
    }
    PARTS.into_iter().map(|(words, part)| link(words, part)).collect()
}

/// A form that leads to the page of one of these organs.
pub(crate) fn picker(site: &Site, organs: &[Organ], chosen: &str, part: &str) -> Filters {
    let select = Select::new("jigou", "选择机构", "请选择", chosen);
    let choice = |select: Select, organ: &Organ| select.choice(&organ.code, &organ.name);
    Filters {
        action: site.link("/gongkai/xuanze"),
        selects: vec![organs.iter().fold(select, choice)],
        carried: vec![("bufen".into(), part.to_owned())],
        ..Filters::default()
    }
}

/// Which organ was chosen, and in which part one was.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    jigou: String,
    bufen: String,
}

/// The part with which an organ's page begins; a public enterprise has no guide (条例第五十五条).
pub(super) fn first_part(organ: &Organ) -> &'static str {
    if organ.kind == PUBLIC_SERVICE { "fading" } else { "zhinan" }
}

/// Leads to the page of the organ that was chosen.
pub async fn choose(visit: Visit, Query(chosen): Query<Chosen>) -> Result<Response, Fault> {
    let to = match Organ::find(visit.house.store(), chosen.jigou.trim()).await? {
        None => "/gongkai".to_owned(),
        Some(organ) => {
            let known = PARTS.iter().any(|(_, part)| *part == chosen.bufen);
            let part = match organ.kind == PUBLIC_SERVICE || !known {
                true => first_part(&organ),
                false => &chosen.bufen,
            };
            format!("/gongkai/jigou/{}/{part}", organ.code)
        }
    };
    let to = HeaderValue::try_from(visit.site.link(&to)).map_err(Fault::inside)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

#[derive(Template)]
#[template(path = "portal/scoped.html")]
struct ScopedPage {
    frame: Frame,
    banner: String,
    picker: Filters,
    tree: Tree,
    title: String,
    told: String,
    body: Body,
    /// 咨询窗口 of 公共企事业单位.
    window: Option<Meta>,
}

/// A list with what stands around it.
struct ListBody {
    register: Register,
    total: i64,
    filters: Filters,
    pager: Pager,
    empty: Empty,
}

/// What stands in a part.
enum Body {
    /// A list of what was published.
    List(Box<ListBody>),
    /// The annual reports, as the rooms draw them.
    Reports { panels: Vec<String>, all: String },
    /// How to apply.
    Application { office: Meta, reply: u32, apply: String },
}

/// Shows one part of an organ's page.
pub async fn part(
    visit: Visit,
    Path((unit, part)): Path<(String, String)>,
    Query(narrowing): Query<Narrowing>,
) -> Result<Html<String>, Fault> {
    let scope = Scope::of(&visit, &unit).await?;
    if scope.is_service() && part != "fading" {
        return Err(Fault::NotFound);
    }
    match part.as_str() {
        "zhinan" => paper::of_organ(&visit, &scope, PaperKind::Guide).await,
        "mulu" => paper::of_organ(&visit, &scope, PaperKind::Catalogue).await,
        "zhidu" => {
            let ask = Ask { genre: Some(REGIMES.into()), ..asked(&scope, &narrowing) };
            let told = "本机关制定的公开制度；国家规定见全站的政府信息公开制度。";
            list(&visit, &scope, ("政府信息公开制度", "zhidu", told), ask, &narrowing).await
        }
        "fading" => {
            let (title, told) = match scope.is_service() {
                true => (
                    "全部公开信息",
                    "公共企事业单位在提供公共服务过程中制作、获取的信息。依据：《政府信息公开条例》第五十五条。",
                ),
                false => ("法定主动公开内容", ""),
            };
            list(&visit, &scope, (title, "fading", told), asked(&scope, &narrowing), &narrowing)
                .await
        }
        "nianbao" => reports(&visit, &scope).await,
        "shenqing" => application(&visit, &scope),
        _ => Err(Fault::NotFound),
    }
}

/// Shows one column of an organ.
pub async fn column(
    visit: Visit,
    Path((unit, slug)): Path<(String, String)>,
    Query(narrowing): Query<Narrowing>,
) -> Result<Html<String>, Fault> {
    let scope = Scope::of(&visit, &unit).await?;
    let column = scope.columns.iter().find(|column| column.slug == slug);
    let column = *column.ok_or(Fault::NotFound)?;
    let ask = Ask { statutory: Some(column.code.into()), ..asked(&scope, &narrowing) };
    let told = format!("{}。依据：{}", column.description, column.basis);
    let place = format!("fading/{slug}");
    list(&visit, &scope, (column.name, &place, &told), ask, &narrowing).await
}

fn asked(scope: &Scope, narrowing: &Narrowing) -> Ask {
    Ask { organ: Some(scope.organ.code.clone()), limit: ON_A_PAGE, ..narrowing.words_and_place() }
}

async fn list(
    visit: &Visit,
    scope: &Scope,
    (title, part, told): (&str, &str, &str),
    ask: Ask,
    narrowing: &Narrowing,
) -> Result<Html<String>, Fault> {
    let found = visit.house.rows(&ask).await?;
    let whole = Ask { after: None, ..ask };
    let years = visit.house.tally(&whole, By::Year).await?;
    let own = visit.site.link(&scope.path(part));
    let rows = found.rows.len();
    let register = Register::of(title, &found.rows, &visit.site, narrowing.before());
    let register = if part == "zhidu" { register.with_course() } else { register };
    let body = ListBody {
        total: years.values().map(|tally| tally.count).sum(),
        filters: Filters {
            action: own.clone(),
            label: "标题或文号".into(),
            name: "q".into(),
            words: narrowing.sought().to_owned(),
            ..Filters::default()
        },
        pager: narrowing.pager(&own, found.next, rows),
        empty: empty(visit, scope),
        register,
    };
    let body = Body::List(Box::new(body));
    let kind = if part == "zhidu" { "政策文件" } else { "信息公开目录" };
    answer(visit, scope, (title, part, told), kind, body)
}

fn empty(visit: &Visit, scope: &Scope) -> Empty {
    let today = visit.house.ledger().clock().today();
    let empty = Empty::new("本栏目暂无内容")
        .because(format!("截至 {today}，{}还没有信息发布到本栏目。", scope.organ.short_name));
    match scope.is_service() {
        true => {
            let empty = empty.because("认为应当公开而没有公开的，可以向主管部门申诉。");
            let column = scope.columns.iter().find(|column| column.slug == COMPLAINTS);
            match column.is_some_and(|column| scope.count(column) > 0) {
                true => {
                    let path = scope.path(&format!("fading/{COMPLAINTS}"));
                    empty.way("投诉监督", visit.site.link(&path))
                }
                false => empty,
            }
        }
        false => empty
            .because("认为应当公开而没有公开的，可以向公开工作机构反映，也可以申请公开。")
            .way("依申请公开", visit.site.link(&scope.path("shenqing"))),
    }
}

async fn reports(visit: &Visit, scope: &Scope) -> Result<Html<String>, Fault> {
    let code = &scope.organ.code;
    let panels = visit.house.panels(Place::AnnualReports, &visit.site, code).await?;
    let body = Body::Reports { panels, all: visit.site.link("/gongkai/nianbao") };
    let told = "每年 1 月 31 日前公布上一年度报告，按年度排列。";
    answer(visit, scope, ("政府信息公开年报", "nianbao", told), "信息公开年报", body)
}

fn application(visit: &Visit, scope: &Scope) -> Result<Html<String>, Fault> {
    let term = reply_term(visit.house.ledger().clock().today()).map_err(Fault::inside)?;
    // It is applied for on the organ's own site, where it can be chosen.
    let own = visit.house.directory().serving(&scope.organ.division);
    let apply = own.map_or_else(|| visit.site.link("/shenqing"), |site| site.link("/shenqing"));
    let body = Body::Application {
        office: scope.office(),
        reply: term.value.0,
        apply: with_query(&apply, &[("jiguan", &scope.organ.code)]),
    };
    let told = format!("向{}申请公开政府信息。", scope.organ.name);
    answer(visit, scope, ("依申请公开", "shenqing", &told), "依申请公开", body)
}

fn answer(
    visit: &Visit,
    scope: &Scope,
    (title, part, told): (&str, &str, &str),
    kind: &str,
    body: Body,
) -> Result<Html<String>, Fault> {
    let page = ScopedPage {
        frame: scope.frame(visit, title, kind),
        banner: scope.banner(),
        picker: scope.picker(part),
        tree: scope.tree(part),
        title: title.to_owned(),
        told: told.to_owned(),
        body,
        window: scope.is_service().then(|| scope.office()),
    };
    web::page::answer(&page)
}

/// A part of the page of some organ, for tests that open every type of page.
pub fn sample<'a>(house: &'a House, part: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let organs = Organ::all(house.store()).await?;
        let organ = organs.iter().find(|organ| organ.kind != PUBLIC_SERVICE);
        Ok(organ.map(|organ| format!("/gongkai/jigou/{}/{part}", organ.code)))
    })
}

/// The page of some 公共企事业单位.
pub fn service(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let organs = Organ::all(house.store()).await?;
        let organ = organs.iter().find(|organ| organ.kind == PUBLIC_SERVICE);
        Ok(organ.map(|organ| format!("/gongkai/jigou/{}/fading", organ.code)))
    })
}

impl Page for ScopedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |body: Body| ScopedPage {
            frame: Frame::sample("政策文件").within("gongkai").at("政策文件"),
            banner: "临湖区<民政局>政府信息公开".into(),
            picker: Filters { action: "/linhu/gongkai/xuanze".into(), ..Filters::default() },
            tree: Tree { heading: "信息公开栏目".into(), nodes: vec![] },
            title: "政策文件".into(),
            told: "规章和行政规范性文件。".into(),
            body,
            window: Some(Meta::default().text("咨询窗口", "")),
        };
        let list = |register: Register| {
            let body = ListBody {
                total: 2,
                filters: Filters { action: "/linhu/x".into(), ..Filters::default() },
                pager: Pager::default(),
                empty: Empty::new("本栏目暂无内容").way("依申请公开", "/linhu/shenqing"),
                register,
            };
            Body::List(Box::new(body))
        };
        let office = Meta::default().text("办公地址", "");
        vec![
            ("有内容", page(list(super::register::sample("政策文件")))),
            ("空栏目", page(list(Register::default()))),
            (
                "没有年报",
                page(Body::Reports { panels: vec![], all: "/linhu/gongkai/nianbao".into() }),
            ),
            (
                "申请",
                page(Body::Application { office, reply: 20, apply: "/linhu/shenqing".into() }),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_pages_of_an_organ_are_sound() {
        assert_eq!(web::page::faults::<super::ScopedPage>(), Vec::<String>::new());
    }
}
