//! `/gongzuo/zhuanqu-jiancha/{id}`: what was found when somebody looked at a zone.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use channels_rules::{REQUIREMENTS, Requirement, Unity};
use identity::powers::Tie;
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{INSPECT, LOOKS, desk_of, inspections, list, one, seen, sent_to};
use crate::acts::inspection;
use crate::facts::standing_of;
use crate::store::{LookLine, Zone};

/// So many earlier looks are shown.
const EARLIER: i64 = 10;

#[derive(Template)]
#[template(path = "workbench/inspection.html")]
struct InspectionPage {
    desk: Workbench,
    zone: Zone,
    whole: Tag,
    asked: Vec<(&'static Requirement, Option<bool>)>,
    told: Vec<(Unity, Vec<(&'static str, Tag)>)>,
    earlier: Vec<LookLine>,
    public: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

async fn zone_for(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Zone, Fault> {
    let zone = Zone::find(visit.house.store(), id).await?;
    let (low, high) = inspections::range(clerk);
    let within =
        |zone: &Zone| zone.closed_on.is_none() && low <= zone.division && zone.division <= high;
    let zone = zone.filter(within).ok_or(Fault::NotFound)?;
    clerk.may(INSPECT, &Tie::to(&zone.organ))?;
    Ok(zone)
}

/// Shows the form.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let zone = zone_for(&visit, &clerk, &id).await?;
    let store = visit.house.store();
    let (found, look) = standing_of(store, std::slice::from_ref(&zone))
        .await?
        .into_iter()
        .next()
        .unwrap_or_default();
    let before = |key: &str| {
        let verdicts = look.as_ref().map(|look| look.verdicts.as_slice()).unwrap_or_default();
        verdicts.iter().find(|(own, _)| own == key).map(|(_, there)| *there)
    };
    let looked_at = REQUIREMENTS.iter().filter(|one| one.is_looked_at());
    let page = InspectionPage {
        whole: list::whole(&found),
        asked: looked_at.map(|one| (one, before(one.key))).collect(),
        told: one::unities(&found),
        earlier: LookLine::latest(store, &id, EARLIER).await?,
        public: visit.site.link(&zone.path()),
        desk: Workbench::of(&visit, clerk, "zhuanqu-jiancha", zone.told.name.as_str())
            .await?
            .under("专区检查", LOOKS)
            .saying(&asked.done, &[("jiancha", "检查结果已经记下，专区的人能看到。")]),
        zone,
    };
    web::page::answer(&page)
}

/// Keeps it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    zone_for(&visit, &clerk, &id).await?;
    let verdict = |one: &Requirement| match form.get(one.key) {
        "you" => Some((one.key.to_owned(), true)),
        "que" => Some((one.key.to_owned(), false)),
        _ => None,
    };
    let verdicts =
        REQUIREMENTS.iter().filter(|one| one.is_looked_at()).filter_map(verdict).collect();
    let desk = desk_of(&visit, &clerk).await?;
    let kept =
        inspection::keep(desk, &clerk.organ.code, &id, (verdicts, form.get("shuoming"))).await;
    seen(kept)?;
    Ok(sent_to(&visit, &format!("{LOOKS}/{id}?done=jiancha")))
}
