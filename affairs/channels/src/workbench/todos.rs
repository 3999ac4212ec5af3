//! 待办: somebody waits at a machine, a material runs out, something of the four unities is missing, a machine is
//! silent.

use ::store::parse_moment;
use channels_rules::{Closure, Opening, is_silent, look_is_due};
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{INSPECT, LOOKS, MANAGE, inspections};
use crate::facts::standing_of;
use crate::portal::list::minute_of;
use crate::store::{CallLine, DeviceLine, LookLine, MaterialLine, Zone, closures_of};

/// The most zones to be looked at that are told at once.
const MOST_LOOKS: usize = 20;

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let mut todos = Vec::new();
        if clerk.has_power(MANAGE) {
            todos.extend(kept(house, clerk).await?);
        }
        if clerk.has_power(INSPECT) {
            todos.extend(looked_after(house, clerk).await?);
        }
        Ok(todos)
    })
}

/// What waits in the organ's own zones.
async fn kept(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let store = house.store();
    let zones = Zone::of_organ(store, &clerk.organ.code).await?;
    if zones.is_empty() {
        return Ok(vec![]);
    }
    let keys: Vec<String> = zones.iter().map(|zone| zone.id.clone()).collect();
    let name = |id: &str| {
        let zone = zones.iter().find(|zone| zone.id == id);
        zone.map(|zone| zone.told.name.clone()).unwrap_or_default()
    };
    let todo =
        |id: &str, (kind, act): (&'static str, &'static str), title: String, part: &str| Todo {
            entry: "zhuanqu",
            kind,
            title,
            detail: name(id),
            clock: Clock::Open,
            path: format!("/gongzuo/zhuanqu/{id}{part}"),
            act,
        };
    let today = house.ledger().clock().today();
    let mut todos = Vec::new();
    for call in CallLine::waiting(store, &clerk.organ.code).await? {
        let title = format!("{}旁边有人在等", call.device);
        let todo = todo(&call.zone, ("叫工作人员", "去应答"), title, "#yingda");
        todos.push(Todo { clock: Clock::Due(today), ..todo });
    }
    for line in MaterialLine::of(store, &keys).await?.iter().filter(|line| line.stock.is_low()) {
        let title = format!("{}只剩 {} {}", line.title, line.stock.left, line.unit);
        todos.push(todo(&line.zone, ("补资料", "去登记"), title, "#kucun"));
    }
    for (zone, (found, _)) in zones.iter().zip(standing_of(store, &zones).await?) {
        if !found.missing.is_empty() {
            let title = format!("四统一缺 {} 项", found.missing.len());
            todos.push(todo(&zone.id, ("专区整改", "去看"), title, ""));
        }
    }
    for line in silent(house, clerk, &zones).await? {
        let title = format!("{}没有报到", line.name);
        todos.push(todo(&line.zone, ("自助机", "去看"), title, "#zizhuji"));
    }
    Ok(todos)
}

/// Machines that have said nothing for long, while their zone is open: since they were heard of last, since they
/// were connected, or since the program began, whichever is the latest.
async fn silent(house: &House, clerk: &Clerk, zones: &[Zone]) -> Result<Vec<DeviceLine>, Fault> {
    let now = house.ledger().clock().now();
    let (at, calendar) = (minute_of(now), house.ledger().calendar());
    let closures = closures_of(house.store(), zones, at.0).await?;
    let open = |id: &str| {
        let own = closures.iter().filter(|(zone, _)| zone == id);
        let own: Vec<Closure> = own.map(|(_, closure)| closure.clone()).collect();
        let zone = zones.iter().find(|zone| zone.id == id);
        let standing = zone.and_then(|zone| zone.told.hours.at(at, &calendar, &own).ok());
        matches!(standing, Some(Opening::Until(_)))
    };
    let silent = |line: &DeviceLine| {
        let heard = house.kiosk_heard(&line.id).map(|(heard, _)| heard);
        let connected = parse_moment(&line.paired_at).unwrap_or(house.kiosk_since());
        is_silent(heard, (connected, house.kiosk_since()), now)
    };
    let lines = DeviceLine::of_organ(house.store(), &clerk.organ.code).await?;
    Ok(lines.into_iter().filter(|line| open(&line.zone) && silent(line)).collect())
}

/// Zones that nobody has looked at for long.
async fn looked_after(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let store = house.store();
    let (low, high) = inspections::range(clerk);
    let zones = Zone::within(store, (&low, &high)).await?;
    let keys: Vec<String> = zones.iter().map(|zone| zone.id.clone()).collect();
    let looks = LookLine::newest(store, &keys).await?;
    let today = house.ledger().clock().today();
    let old = |zone: &&Zone| {
        let look = looks.iter().find(|look| look.zone == zone.id);
        let since = look.map_or(zone.opened_on, |look| look.looked_on);
        look_is_due(since, today)
    };
    let todo = |zone: &Zone| Todo {
        entry: "zhuanqu-jiancha",
        kind: "专区检查",
        title: zone.told.name.clone(),
        detail: "半年没有检查".into(),
        clock: Clock::Open,
        path: format!("{LOOKS}/{}", zone.id),
        act: "去检查",
    };
    Ok(zones.iter().filter(old).take(MOST_LOOKS).map(todo).collect())
}
