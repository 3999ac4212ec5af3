//! `/gongzuo/zhuanqu-jiancha`: the zones of a city or a district, for whoever looks after them.

use askama::Template;
use axum::response::Html;
use jiff::ToSpan;
use web::components::{Empty, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::{LOOKS, list};
use crate::facts::standing_of;
use crate::store::{Zone, tally};

/// So many days of visits are counted.
const DAYS: i64 = 30;

#[derive(Template)]
#[template(path = "workbench/inspections.html")]
struct InspectionsPage {
    desk: Workbench,
    rows: Vec<Row>,
    days: i64,
}

struct Row {
    name: String,
    organ: String,
    href: String,
    whole: Tag,
    looked: String,
    visits: u32,
}

/// The range of the divisions a clerk looks after.
pub(super) fn range(clerk: &Clerk) -> (String, String) {
    identity::Division::range_of(&clerk.organ.division, clerk.organ.level)
}

/// Shows them.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let (low, high) = range(&clerk);
    let zones = Zone::within(store, (&low, &high)).await?;
    let standings = standing_of(store, &zones).await?;
    let today = visit.house.ledger().clock().today();
    let since = today.checked_sub(DAYS.days()).unwrap_or(today);
    let visits = tally(store, (&low, &high), since).await?;
    let row = |(zone, (found, look)): (&Zone, &(_, Option<crate::store::LookLine>))| Row {
        whole: list::whole(found),
        looked: look.as_ref().map(|look| look.looked_on.to_string()).unwrap_or_default(),
        visits: visits.iter().find(|(id, _)| *id == zone.id).map_or(0, |(_, number)| *number),
        name: zone.told.name.clone(),
        organ: zone.organ_name.clone(),
        href: visit.site.link(&format!("{LOOKS}/{}", zone.id)),
    };
    let rows = zones.iter().zip(&standings).map(row).collect();
    let desk = Workbench::of(&visit, clerk, "zhuanqu-jiancha", "专区检查").await?;
    web::page::answer(&InspectionsPage { desk, rows, days: DAYS })
}

impl InspectionsPage {
    fn empty() -> Empty {
        Empty::new("还没有专区")
            .because("各机关登记的政务公开专区会出现在这里，可以逐个检查四统一。")
    }
}
