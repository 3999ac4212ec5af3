//! `/gongzuo/zhuanqu`: an organ's zones.

use askama::Template;
use axum::response::Html;
use channels_rules::Closure;
use web::components::{Empty, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::NEW;
use crate::facts::standing_of;
use crate::portal::list::standing;
use crate::store::{CallLine, MaterialLine, Zone, closures_of};

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    rows: Vec<Row>,
    open: String,
}

struct Row {
    name: String,
    href: String,
    now: Tag,
    whole: Tag,
    low: Vec<String>,
    calls: usize,
}

/// Shows them.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let zones = Zone::of_organ(store, &clerk.organ.code).await?;
    let keys: Vec<String> = zones.iter().map(|zone| zone.id.clone()).collect();
    let today = visit.house.ledger().clock().today();
    let closures = closures_of(store, &zones, today).await?;
    let standings = standing_of(store, &zones).await?;
    let materials = MaterialLine::of(store, &keys).await?;
    let calls = CallLine::waiting(store, &clerk.organ.code).await?;
    let row = |(zone, (found, _)): (&Zone, &(channels_rules::Completeness, _))| {
        let own = closures.iter().filter(|(of, _)| *of == zone.id).map(|(_, one)| one.clone());
        let own: Vec<Closure> = own.collect();
        let low = materials.iter().filter(|line| line.zone == zone.id && line.stock.is_low());
        Row {
            now: standing(&visit.house, zone, &own),
            whole: whole(found),
            low: low.map(|line| line.title.clone()).collect(),
            calls: calls.iter().filter(|call| call.zone == zone.id).count(),
            name: zone.told.name.clone(),
            href: visit.site.link(&zone.desk_path()),
        }
    };
    let rows = zones.iter().zip(&standings).map(row).collect();
    let open = visit.site.link(NEW);
    let desk = Workbench::of(&visit, clerk, "zhuanqu", "公开专区").await?;
    web::page::answer(&ListPage { desk, rows, open })
}

/// How a zone stands against the list.
pub(super) fn whole(found: &channels_rules::Completeness) -> Tag {
    let (met, all) = found.count();
    let words = format!("{met}/{all} 项");
    match (found.is_whole(), found.missing.is_empty()) {
        (true, _) => Tag::good(format!("齐全 {words}")),
        (false, true) => Tag::plain(format!("待检查 {words}")),
        (false, false) => Tag::warn(format!("缺 {} 项，{words}", found.missing.len())),
    }
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("本机关还没有登记专区")
            .because("在服务大厅、便民服务中心、档案馆、图书馆等场所设了政务公开专区的，登记以后门户会公布地址、开放时间、设备和服务。")
            .begin("登记一个专区", self.open.clone())
    }
}
