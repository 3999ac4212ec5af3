//! `/zhuanqu`: the zones of a site, each with where it is and whether it is open now.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use channels_rules::{Closure, Opening};
use jiff::Timestamp;
use law::{CHINA, Date};
use serde::Deserialize;
use serde_json::json;
use web::components::{Empty, Phone, Tag};
use web::layout::Frame;
use web::{Fault, House, Later, Site, SitemapEntry, Visit};

use super::LIST;
use crate::store::{Zone, closures_of};

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    place: String,
    json: String,
}

struct Row {
    name: String,
    href: String,
    kind: String,
    address: String,
    hours: String,
    phone: String,
    now: Tag,
}

/// In which form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    format: String,
}

/// The day and the minute of a moment in China.
pub(crate) fn minute_of(now: Timestamp) -> (Date, u16) {
    let here = now.to_zoned(CHINA.to_time_zone());
    let minute = u16::try_from(here.hour()).unwrap_or_default() * 60;
    (here.date(), minute + u16::try_from(here.minute()).unwrap_or_default())
}

/// How a zone stands now, as a mark and in words.
pub(crate) fn standing(house: &House, zone: &Zone, closures: &[Closure]) -> Tag {
    let (today, minute) = minute_of(house.ledger().clock().now());
    let calendar = house.ledger().calendar();
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    match zone.told.hours.at((today, minute), &calendar, closures) {
        Ok(Opening::Until(to)) => Tag::good(format!("开放中，到 {}", clock(to))),
        Ok(Opening::From(day, from)) if day == today => {
            Tag::plain(format!("今天 {} 开放", clock(from)))
        }
        Ok(Opening::From(day, from)) => {
            Tag::plain(format!("{} 月 {} 日 {} 开放", day.month(), day.day(), clock(from)))
        }
        Ok(Opening::Closed) | Err(_) => Tag::warn("开放时间请电话询问"),
    }
}

/// Shows the zones of a site.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (store, site) = (visit.house.store(), &visit.site);
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let zones = Zone::within(store, range).await?;
    if asked.format == "json" {
        return Ok(told(site, &zones));
    }
    let today = visit.house.ledger().clock().today();
    let closures = closures_of(store, &zones, today).await?;
    let row = |zone: &Zone| {
        let own = closures.iter().filter(|(of, _)| *of == zone.id).map(|(_, one)| one.clone());
        let own: Vec<Closure> = own.collect();
        Row {
            now: standing(&visit.house, zone, &own),
            name: zone.told.name.clone(),
            href: site.link(&zone.path()),
            kind: zone.told.kind.clone(),
            address: zone.told.address.clone(),
            hours: zone.told.hours.words(),
            phone: zone.told.phone.clone(),
        }
    };
    let rows = zones.iter().map(row).collect();
    let frame = visit
        .frame()
        .titled("政务公开专区")
        .described(format!("{}的政务公开专区：地址、开放时间、设备和服务", site.place))
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .at("政务公开专区")
        .alternate("application/json", "政务公开专区（JSON）", "/zhuanqu?format=json");
    let json = site.link("/zhuanqu?format=json");
    let page = ListPage { frame, rows, place: site.place.clone(), json };
    Ok(web::page::answer(&page)?.into_response())
}

/// The same for programs.
fn told(site: &Site, zones: &[Zone]) -> Response {
    let rows: Vec<_> =
        zones.iter().map(|zone| as_json(zone, &site.frame.address(&zone.path()))).collect();
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, json!({ "place": site.place, "zones": rows }).to_string()).into_response()
}

/// A zone as programs read it.
pub fn as_json(zone: &Zone, url: &str) -> serde_json::Value {
    json!({
        "id": zone.id,
        "name": zone.told.name,
        "kind": zone.told.kind,
        "organ": zone.organ,
        "organ_name": zone.organ_name,
        "division": zone.division,
        "address": zone.told.address,
        "way": zone.told.way,
        "phone": zone.told.phone,
        "hours": zone.told.hours,
        "hours_words": zone.told.hours.words(),
        "services": zone.told.services.lines().collect::<Vec<_>>(),
        "keeper": zone.told.keeper,
        "opened_on": zone.opened_on.to_string(),
        "url": url,
    })
}

/// The zones in the site map for machines.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let zones = Zone::within(house.store(), range).await?;
        let list = SitemapEntry { path: LIST.into(), changed: None };
        let one = |zone: &Zone| SitemapEntry { path: zone.path(), changed: None };
        Ok(std::iter::once(list).chain(zones.iter().map(one)).collect())
    })
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有登记政务公开专区")
            .because("设立以后，地址、开放时间、设备和服务会列在这里。")
            .because("现在可以到政务服务大厅、档案馆、图书馆查阅政府信息。")
            .way("政府信息公开指南", self.frame.href("/gongkai/zhinan"))
    }
}
