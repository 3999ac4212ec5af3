//! `/gongzuo/zhandian`: what a site says of itself.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::Level;
use sites_rules::{PALETTES, Palette};
use web::components::Field;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{Done, PARTICULARS, desk_of, sent_to, site_of, tie};
use crate::acts::{ActError, particulars};
use crate::store::Particulars;

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/zhandian";

const SAID: &[(&str, &str)] = &[("baocun", "已保存，页面马上更新。")];

#[derive(Template)]
#[template(path = "workbench/particulars.html")]
struct ParticularsPage {
    desk: Workbench,
    place: String,
    here: String,
    site: String,
    names: Vec<Field>,
    footer: Vec<Field>,
    addresses: Vec<Field>,
    palette: String,
    emblem: bool,
    /// Whether the level has an emblem at all, and whether its file is there.
    emblem_words: &'static str,
    has_emblem: bool,
    /// Whose site it is, for those who may only look.
    sponsor: String,
    may: bool,
}

fn field(name: &str, label: &str, value: Option<&str>, hint: &str) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: value.unwrap_or_default().into(),
        error: None,
        optional: !matches!(name, "mingcheng" | "zhuban" | "biaoshima" | "yingwen"),
        autocomplete: "off",
    }
}

/// Names: what stands at the top of every page.
fn names(kept: &Particulars) -> Vec<Field> {
    let subtitle = kept.subtitle.as_deref();
    vec![
        field("mingcheng", "网站规范名称", Some(&kept.name), "也是标签 SiteName。"),
        field("fubiaoti", "副标题", subtitle, "名称下面的一行；不写是“政务公开平台”。"),
    ]
}

/// What stands at the foot of every page.
fn footer(kept: &Particulars) -> Vec<Field> {
    vec![
        field("zhuban", "主办单位", Some(&kept.sponsor), ""),
        field("chengban", "承办单位", kept.operator.as_deref(), ""),
        field("dianhua", "联系电话", kept.phone.as_deref(), ""),
        field("dizhi", "地址", kept.address.as_deref(), ""),
        field("biaoshima", "网站标识码", Some(&kept.id_code), "十位。"),
        field("icp", "ICP备案号", kept.icp.as_deref(), ""),
        field("gongan", "公安备案号", kept.police.as_deref(), ""),
        field("biaozhi", "党政机关网站标识的链接", kept.mark.as_deref(), "编制部门发的网址。"),
    ]
}

/// How the site is reached, and where reports go.
fn addresses(kept: &Particulars) -> Vec<Field> {
    let host = "有单独域名的写，例如 siming.xm.gov.cn；没有的按路径访问。";
    let origin = "例如 https://www.xm.gov.cn，用在复制、打印的网址里。";
    let report = "用全国统一平台找错的写它的网址；不写的，在本站受理。";
    vec![
        field("yingwen", "英文域名", Some(&kept.domain), "也是标签 SiteDomain。"),
        field("yuming", "单独的域名", kept.host.as_deref(), host),
        field("qidian", "对外的网址开头", kept.origin.as_deref(), origin),
        field("zhaocuo", "统一的找错入口", kept.error_report.as_deref(), report),
    ]
}

/// What is said of the emblem.
fn emblem_words(has_emblem: bool, there: bool) -> &'static str {
    match (has_emblem, there) {
        (false, _) => "镇（街）的页面不用国徽（国徽法第七条）。",
        (true, true) => "国徽图案文件已经放在数据目录里。",
        (true, false) => {
            "把国徽图案文件 guohui.svg 或 guohui.png 放进数据目录，页面就会显示；程序里不带国徽图案。"
        }
    }
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let kept = Particulars::of(visit.house.store(), site.base()).await?.ok_or(Fault::NotFound)?;
    let may = clerk.organ.code == site.organ && clerk.has_power(PARTICULARS);
    let has_emblem = site.level <= Level::District;
    let there = crate::directory::emblem_file(&visit.house).is_some();
    let desk = Workbench::of(&visit, clerk, "zhandian", "站点资料").await?;
    web::page::answer(&ParticularsPage {
        place: site.frame.name.clone(),
        here: visit.site.link(PATH),
        site: site.link("/"),
        names: names(&kept),
        footer: footer(&kept),
        addresses: addresses(&kept),
        emblem: kept.emblem != 0,
        emblem_words: emblem_words(has_emblem, there),
        palette: kept.palette.unwrap_or_default(),
        has_emblem,
        sponsor: kept.sponsor.clone(),
        may,
        desk: desk.saying(&done.done, SAID),
    })
}

/// Sets it.
pub(super) async fn set(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let site = site_of(&visit, &clerk);
    clerk.may(PARTICULARS, &tie(&site, &form))?;
    let text = |name: &str| form.words(name).unwrap_or_default().to_owned();
    let some = |name: &str| form.words(name).map(str::to_owned);
    let has_emblem = site.level <= Level::District;
    let new = Particulars {
        name: text("mingcheng"),
        subtitle: some("fubiaoti"),
        palette: some("peise"),
        emblem: i64::from(has_emblem && form.has("guohui")),
        host: some("yuming").map(|host| host.to_ascii_lowercase()),
        origin: some("qidian").map(|origin| origin.trim_end_matches('/').to_owned()),
        domain: text("yingwen"),
        id_code: text("biaoshima"),
        sponsor: text("zhuban"),
        operator: some("chengban"),
        phone: some("dianhua"),
        address: some("dizhi"),
        icp: some("icp"),
        police: some("gongan"),
        mark: some("biaozhi"),
        error_report: some("zhaocuo"),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let of = (site.base(), site.organ.as_str());
    let kept = particulars::set(desk, of, new, form.get(REASON)).await;
    kept.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done=baocun")))
}

impl ParticularsPage {
    fn palettes() -> &'static [Palette] {
        &PALETTES
    }
}
