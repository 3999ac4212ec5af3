//! `/zhuanqu/{id}`: a zone: where it is, when it is open, what one can do there.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use channels_rules::{Closure, Purpose, Span};
use jiff::ToSpan;
use law::{Date, DayKind};
use web::components::Qr;
use web::components::{Meta, MetaValue, Tag, Tools};
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::{LIST, list};
use crate::store::{EquipmentLine, MaterialLine, StaffLine, Zone};

/// So many days ahead its hours are told.
const AHEAD: i64 = 7;

#[derive(Template)]
#[template(path = "portal/one.html")]
struct ZonePage {
    frame: Frame,
    zone: Zone,
    now: Tag,
    meta: Meta,
    tools: Tools,
    days: Vec<Day>,
    closures: Vec<Closure>,
    equipment: Vec<EquipmentLine>,
    staff: Vec<StaffLine>,
    materials: Vec<MaterialLine>,
    functions: Vec<&'static str>,
    picture: String,
    address: String,
}

/// One day and its hours.
pub(super) struct Day {
    pub(super) day: Date,
    pub(super) weekday: &'static str,
    /// 休息日, 春节; empty on an ordinary working day.
    pub(super) remark: String,
    pub(super) hours: String,
}

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// The zone of a site at an address.
pub(super) async fn zone_at(visit: &Visit, id: &str) -> Result<Zone, Fault> {
    let zone = Zone::find(visit.house.store(), id).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&zone.division) {
        return Err(Fault::NotFound);
    }
    if let Some(on) = zone.closed_on {
        let notice = format!("{}已经在 {on} 停办。其他专区见列表。", zone.told.name);
        return Err(Fault::Gone { notice, instead: Some(LIST.into()) });
    }
    Ok(zone)
}

/// The hours of the days to come.
pub(super) fn days(visit: &Visit, zone: &Zone, (closures, ahead): (&[Closure], i64)) -> Vec<Day> {
    let (today, calendar) = (visit.house.ledger().clock().today(), visit.house.ledger().calendar());
    let day = |ahead: i64| {
        let day = today.checked_add(ahead.days()).ok()?;
        let hours = zone.told.hours.on(day, &calendar, closures).ok()?;
        let closed = closures.iter().find(|one| (one.from..=one.to).contains(&day));
        let remark = match (closed, calendar.day(day).ok()?) {
            (Some(closure), _) => closure.why.clone(),
            (None, DayKind::Holiday(name)) => name.to_owned(),
            (None, DayKind::MakeUp(_)) => "调休上班".into(),
            (None, DayKind::Weekend | DayKind::Working) => String::new(),
        };
        let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let weekday = WEEKDAYS.get(at).copied().unwrap_or_default();
        Some(Day { day, weekday, remark, hours: written(hours) })
    };
    (0..ahead).filter_map(day).collect()
}

fn written(hours: &[Span]) -> String {
    if hours.is_empty() {
        return "不开放".into();
    }
    hours.iter().map(ToString::to_string).collect::<Vec<_>>().join("，")
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let zone = zone_at(&visit, &id).await?;
    let (store, site) = (visit.house.store(), &visit.site);
    let keys = [zone.id.clone()];
    let closures = zone.closures(store, visit.house.ledger().clock().today()).await?;
    let address = site.frame.address(&zone.path());
    let calendar = site.link(&format!("{}/kaifang.ics", zone.path()));
    let tools = Tools {
        downloads: vec![Link::new("加到日历（.ics）", calendar)],
        copied: zone.told.name.clone(),
        ..Tools::default()
    };
    let page = ZonePage {
        now: list::standing(&visit.house, &zone, &closures),
        meta: meta(&zone),
        days: days(&visit, &zone, (&closures, AHEAD)),
        equipment: EquipmentLine::of(store, &keys).await?,
        staff: StaffLine::of(store, &keys).await?,
        materials: MaterialLine::of(store, &keys).await?,
        functions: Purpose::ALL.iter().map(|purpose| purpose.name()).collect(),
        picture: Qr::drawn(&address, "二维码：本页的网址")?,
        frame: frame(&visit, &zone),
        tools,
        closures,
        address,
        zone,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, zone: &Zone) -> Frame {
    visit
        .frame()
        .titled(zone.told.name.clone())
        .described(format!(
            "{}：{}，{}",
            zone.told.name,
            zone.told.address,
            zone.told.hours.words()
        ))
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .under("政务公开专区", LIST)
        .at(zone.told.name.clone())
}

fn meta(zone: &Zone) -> Meta {
    Meta::default()
        .with_wide("地址", MetaValue::Text(zone.told.address.clone()))
        .with_wide("怎么去", MetaValue::Text(zone.told.way.clone()))
        .phone("电话", Some(zone.told.phone.as_str()))
        .text("所在场所", zone.told.kind.clone())
        .text("设立机关", zone.organ_name.clone())
        .text("负责", zone.told.keeper.clone())
}
