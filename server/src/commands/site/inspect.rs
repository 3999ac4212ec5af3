//! `gongkai site inspect`: the indicators applied to the sites of this platform. Nothing is stored.

use std::path::PathBuf;
use std::sync::Arc;

use notices::Reach;
use serde_json::{Value, json};
use sites::inspecting::{self, Looked, Outside, StaticCopy};
use sites::store::{kept_spots, kept_unlooked};
use sites_rules::inspection::Counted;
use web::Site;

use crate::demo;
use crate::failure::{Exit, Failure};
use crate::opening::{Opened, Whereabouts};
use crate::work;

/// What is inspected, and how it is told.
#[derive(Debug, clap::Args)]
pub struct Inspect {
    /// 只检查一个网站: 它的路径, 例如 /siming; 市级网站写 /
    #[arg(long, value_name = "路径")]
    site: Option<String>,
    /// 写成 JSON: 每个问题有规则编号、编号和地址
    #[arg(long)]
    json: bool,
    /// 检查站外链接时, 这些内部网络的主机也可以访问; 可以写多次
    #[arg(long, value_name = "主机")]
    allow: Vec<String>,
    /// 不读程序当场做的网页, 读静态副本(gongkai site export 写出的文件夹)里的
    #[arg(long, value_name = "文件夹")]
    copy: Option<PathBuf>,
}

/// Inspects.
///
/// # Errors
/// There are no data, no such site, or a site would fail.
pub async fn run(inspect: Inspect, place: &Whereabouts) -> Result<(), Failure> {
    place.present().await?;
    let Opened { house, routes, .. } = place.open(demo::is_demo(place).await?).await?;
    let mut house = house.furnished_with(Outside::new(Reach::new(inspect.allow.clone())));
    if let Some(copy) = &inspect.copy {
        if !copy.is_dir() {
            let message = format!("没有 {} 这个文件夹", copy.display());
            let remedy = "请写 gongkai site export 写出的文件夹";
            return Err(Failure::new(Exit::NotFound, message, remedy));
        }
        house = house.furnished_with(StaticCopy::at(copy));
    }
    work::rebuild_index_if_needed(&house).await?;
    let house = Arc::new(house);
    let portal = Arc::new(web::portal(&house, routes));
    house.reads_at(&portal);
    let directory = house.directory();
    let wanted = inspect.site.as_deref().map(|base| base.trim_end_matches('/'));
    let asked = |site: &&Arc<Site>| {
        inspecting::is_inspected(site) && wanted.is_none_or(|base| base == site.base())
    };
    let mut told = Vec::new();
    for site in directory.all().iter().filter(asked) {
        told.push((Arc::clone(site), inspecting::look(&house, site).await?));
    }
    if told.is_empty() {
        let message = "没有这个网站";
        let remedy = "镇街是频道, 随所在区的网站检查; 请写市、区网站的路径, 例如 /siming";
        return Err(Failure::new(Exit::NotFound, message, remedy));
    }
    if inspect.json {
        let sites: Vec<Value> = told.iter().map(|(site, looked)| as_json(site, looked)).collect();
        println!("{:#}", json!({ "sites": sites }));
    } else {
        told.iter().for_each(|(site, looked)| print!("{}", in_words(site, looked)));
    }
    let failing = told.iter().filter(|(_, looked)| !looked.inspection.passes).count();
    match failing {
        0 => Ok(()),
        failing => {
            let remedy = "请按列出的地址逐项改正, 再检查一次";
            Err(Failure::invalid(format!("{failing} 个网站预测不合格"), remedy))
        }
    }
}

/// An inspection for machines.
pub fn as_json(site: &Site, looked: &Looked) -> Value {
    let found = &looked.inspection;
    let vetoes = found.vetoes.iter().map(|veto| json!({ "id": veto.id(), "name": veto.name() }));
    let deductions = found.deductions.iter().map(|one| {
        json!({
            "group": one.item.group().name(), "item": one.item.name(), "spots": one.spots,
            "points": f64::from(one.tenths) / 10.0,
        })
    });
    json!({
        "site": site.link("/"), "name": site.frame.name, "verdict": found.words(),
        "passes": found.passes, "points": f64::from(found.tenths) / 10.0,
        "vetoes": vetoes.collect::<Vec<_>>(), "deductions": deductions.collect::<Vec<_>>(),
        "spots": kept_spots(found), "unlooked": kept_unlooked(found),
        "counted": found.counted.iter().map(as_count).collect::<Vec<_>>(),
        "pages": looked.pages, "links": looked.links,
    })
}

/// How much a rule has looked at, for machines.
fn as_count(one: &Counted) -> Value {
    json!({
        "id": one.id, "name": one.name, "looked": one.looked, "what": one.what,
        "skipped": one.skipped, "why": one.why,
    })
}

/// How much the rules have looked at; those that looked at the same stand on one line.
fn counted(all: &[Counted]) -> Vec<String> {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for one in all {
        let looked = format!("查了 {} {}", one.looked, one.what);
        let told = match one.skipped {
            0 if one.why.is_empty() => looked,
            0 => format!("{looked} ({})", one.why),
            skipped => format!("{looked}, 跳过 {skipped} ({})", one.why),
        };
        match lines.iter_mut().find(|(known, _)| *known == told) {
            Some((_, ids)) => ids.push(one.id.as_str()),
            None => lines.push((told, vec![one.id.as_str()])),
        }
    }
    lines.into_iter().map(|(told, ids)| format!("  {told}: {}", ids.join(" "))).collect()
}

fn in_words(site: &Site, looked: &Looked) -> String {
    let found = &looked.inspection;
    let mut lines = vec![format!(
        "{} {}: 预测{}, 扣分指标得 {} 分; 读了 {} 页, 试了 {} 条链接",
        site.link("/"),
        site.frame.name,
        found.words(),
        found.points(),
        looked.pages,
        looked.links
    )];
    lines.extend(found.vetoes.iter().map(|veto| format!("  否决 {} {}", veto.id(), veto.name())));
    let spot = |spot: &sites_rules::inspection::Spot| {
        format!("  {} {} ({})", spot.rule.id(), spot.words, spot.address)
    };
    lines.extend(found.spots.iter().map(spot));
    let unlooked = |one: &sites_rules::inspection::Unlooked| {
        format!("  没有可查的 {} {}: {}", one.id, one.name, one.why)
    };
    lines.extend(found.unlooked.iter().map(unlooked));
    lines.extend(counted(&found.counted));
    lines.join("\n") + "\n"
}
