//! `/gongzuo/zhuanqu/{id}`: everything of one zone, and the forms that change it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use channels_rules::{Completeness, Equipment, Movement, Purpose, REQUIREMENTS, Unity};
use jiff::ToSpan;
use law::Date;
use serde::Deserialize;
use web::components::Tag;
use web::layout::Link;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit, moments};

use super::{LIST, MANAGE, RECORD, desk_of, list, number, own, seen, sent_to, signs};
use crate::acts::{call, device, equipment, material, staff, visit, zone};
use crate::facts::standing_of;
use crate::store::{
    CallLine, DeviceLine, EquipmentLine, LookLine, MaterialLine, MovementLine, StaffLine,
    VisitLine, Zone,
};

/// So many days of visits, and so many movements, are shown.
const DAYS: i64 = 31;
const MOVEMENTS: i64 = 12;

/// What the form of particulars holds.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) address: String,
    pub(super) way: String,
    pub(super) phone: String,
    pub(super) keeper: String,
    pub(super) working: String,
    pub(super) rest: String,
    pub(super) services: String,
}

#[derive(Template)]
#[template(path = "workbench/one.html")]
struct ZonePage {
    desk: Workbench,
    zone: Zone,
    fields: Fields,
    here: String,
    public: String,
    now: Tag,
    whole: Tag,
    unities: Vec<(Unity, Vec<(&'static str, Tag)>)>,
    look: Option<LookLine>,
    equipment: Vec<EquipmentLine>,
    kinds: [Equipment; 8],
    staff: Vec<StaffLine>,
    materials: Vec<MaterialLine>,
    movements: Vec<MovementLine>,
    machines: Vec<Machine>,
    calls: Vec<CallLine>,
    days: Vec<DayOfVisits>,
    sheets: Vec<Link>,
    today: Date,
    purposes: [Purpose; 3],
}

struct Machine {
    line: DeviceLine,
    heard: String,
}

struct DayOfVisits {
    day: Date,
    /// By purpose: counted by staff, and by machines.
    numbers: Vec<(u32, u32)>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("sheli", "专区已登记，门户上看得到了。接下来登记设备、资料和值守人员。"),
    ("ziliao", "已保存，门户同时更新。"),
    ("biqu", "临时闭区已公布。"),
    ("shebei", "设施设备已更新。"),
    ("renyuan", "值守人员已更新。"),
    ("cailiao", "资料已更新。"),
    ("kucun", "已登记，库存已更新。"),
    ("kouling", "自助机口令已设好。"),
    ("zizhuji", "自助机已解除。"),
    ("fuwu", "服务人次已登记。"),
    ("yingda", "已应答。"),
];

pub(super) fn said(form: &Submitted) -> zone::Said<'_> {
    zone::Said {
        name: form.get("mingcheng"),
        kind: form.get("changsuo"),
        address: form.get("dizhi"),
        way: form.get("jiaotong"),
        phone: form.get("dianhua"),
        hours: (form.get("gongzuori"), form.get("xiuxiri")),
        services: form.get("fuwu"),
        keeper: form.get("fuze"),
    }
}

fn fields(zone: &Zone) -> Fields {
    let (told, (working, rest)) = (zone.told.clone(), zone.told.hours.fields());
    Fields {
        name: told.name,
        kind: told.kind,
        address: told.address,
        way: told.way,
        phone: told.phone,
        keeper: told.keeper,
        services: told.services,
        working,
        rest,
    }
}

/// The requirements under each of the four, with how each stands.
pub(super) fn unities(found: &Completeness) -> Vec<(Unity, Vec<(&'static str, Tag)>)> {
    let tag = |key: &&'static str| match (found.met.contains(key), found.missing.contains(key)) {
        (true, _) => Tag::good("有"),
        (_, true) => Tag::warn("缺"),
        _ => Tag::plain("待检查"),
    };
    let of = |unity: Unity| {
        let own = REQUIREMENTS.iter().filter(|one| one.unity == unity);
        own.map(|one| (one.words, tag(&one.key))).collect()
    };
    Unity::ALL.into_iter().map(|unity| (unity, of(unity))).collect()
}

fn days_of(lines: &[VisitLine]) -> Vec<DayOfVisits> {
    let mut days: Vec<Date> = lines.iter().map(|line| line.day).collect();
    days.dedup();
    let of = |day: Date| {
        let sum = |purpose: Purpose, by_machine: bool| {
            let own = lines.iter().filter(|line| line.day == day && line.purpose == purpose);
            own.filter(|line| line.by_machine == by_machine).map(|line| line.number).sum()
        };
        let numbers = Purpose::ALL.into_iter().map(|one| (sum(one, false), sum(one, true)));
        DayOfVisits { day, numbers: numbers.collect() }
    };
    days.into_iter().map(of).collect()
}

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let zone = own(&visit, &clerk, MANAGE, &id).await?;
    let (store, site) = (visit.house.store(), &visit.site);
    let today = visit.house.ledger().clock().today();
    let closures = zone.closures(store, today).await?;
    let (found, look) = standing_of(store, std::slice::from_ref(&zone))
        .await?
        .into_iter()
        .next()
        .unwrap_or_default();
    let since = today.checked_sub(DAYS.days()).unwrap_or(today);
    let keys = [zone.id.clone()];
    let machine = |line: DeviceLine| {
        let heard = visit.house.kiosk_heard(&line.id);
        let heard = heard.map(|(at, words)| format!("{} 报到，{words}", moments::minute_of(at)));
        Machine { heard: heard.unwrap_or_else(|| "还没有报到".into()), line }
    };
    let calls = CallLine::waiting(store, &zone.organ).await?;
    let machines = DeviceLine::of_zone(store, &id).await?.into_iter().map(machine).collect();
    let visits = VisitLine::of(store, &id, (since, today)).await?;
    let page = ZonePage {
        now: crate::portal::list::standing(&visit.house, &zone, &closures),
        whole: list::whole(&found),
        unities: unities(&found),
        equipment: EquipmentLine::of(store, &keys).await?,
        staff: StaffLine::of(store, &keys).await?,
        materials: MaterialLine::of(store, &keys).await?,
        movements: MovementLine::latest(store, &id, MOVEMENTS).await?,
        calls: calls.into_iter().filter(|one| one.zone == id).collect(),
        days: days_of(&visits),
        sheets: signs::links(site, &zone),
        here: site.link(&zone.desk_path()),
        public: site.link(&zone.path()),
        kinds: Equipment::ALL,
        purposes: Purpose::ALL,
        fields: fields(&zone),
        desk: Workbench::of(&visit, clerk, "zhuanqu", zone.told.name.as_str())
            .await?
            .under("公开专区", LIST)
            .saying(&asked.done, SAID),
        machines,
        look,
        today,
        zone,
    };
    web::page::answer(&page)
}

/// The zone, where the clerk may do this there, and a desk to do it at.
async fn admitted(
    visit: &Visit,
    clerk: &Clerk,
    power: &'static str,
    id: &str,
) -> Result<(Zone, ledger::Desk), Fault> {
    let zone = own(visit, clerk, power, id).await?;
    Ok((zone, desk_of(visit, clerk).await?))
}

/// Back to the page, with what was done.
fn back(visit: &Visit, id: &str, done: &str) -> Response {
    sent_to(visit, &format!("{LIST}/{id}?done={done}#{done}"))
}

/// The particulars.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    seen(zone::tell(desk, &zone.organ, &id, said(&form)).await)?;
    Ok(back(&visit, &id, "ziliao"))
}

/// Days on which it is closed.
pub async fn close_for(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    let day = |name: &str| form.get(name).trim().parse().ok();
    let closure = (day("cong"), day("dao"), form.get("yuanyin"));
    seen(zone::close_for(desk, &zone.organ, &id, closure).await)?;
    Ok(back(&visit, &id, "biqu"))
}

/// There is none any more.
pub async fn end(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    seen(zone::end(desk, &zone.organ, &id, form.get(REASON)).await)?;
    Ok(sent_to(&visit, LIST))
}

/// 设施设备.
pub async fn equipment(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    let line = form.get("hang");
    let done = match form.get("zuo") {
        "chechu" => equipment::remove(desk, &zone.organ, (&id, line)).await,
        "haole" => equipment::set(desk, &zone.organ, (&id, line), (true, "")).await,
        "huaile" => {
            equipment::set(desk, &zone.organ, (&id, line), (false, form.get("shuoming"))).await
        }
        _ => {
            let kind = Equipment::of_word(form.get("leibie"));
            let (name, number) = (form.get("mingcheng"), number(&form, "shuliang"));
            let new = equipment::Standing { kind, name, number };
            equipment::add(desk, &zone.organ, &id, new).await
        }
    };
    seen(done)?;
    Ok(back(&visit, &id, "shebei"))
}

/// 值守人员.
pub async fn staff(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    let done = match form.get("zuo") {
        "ligang" => staff::remove(desk, &zone.organ, (&id, form.get("hang"))).await,
        _ => {
            let new = (form.get("xingming"), form.get("zhize"), form.get("dianhua"));
            staff::add(desk, &zone.organ, &id, new).await
        }
    };
    seen(done)?;
    Ok(back(&visit, &id, "renyuan"))
}

/// 资料.
pub async fn material(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    let done = match form.get("zuo") {
        "tingfang" => material::remove(desk, &zone.organ, (&id, form.get("hang"))).await,
        _ => {
            let (left, low) = (number(&form, "shuliang"), number(&form, "dixian"));
            let (title, unit) = (form.get("mingcheng"), form.get("danwei"));
            material::add(desk, &zone.organ, &id, material::Lying { title, unit, left, low }).await
        }
    };
    seen(done)?;
    Ok(back(&visit, &id, "cailiao"))
}

/// What came or went.
pub async fn movement(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    let quantity = number(&form, "shuliang");
    let quantity = quantity.ok_or_else(|| Fault::field("shuliang", "数量要写整数。请填写。"))?;
    let movement = Movement::of_word(form.get("leibie"), quantity);
    let movement =
        movement.ok_or_else(|| Fault::field("leibie", "没有选入库、发放还是盘点。请选一项。"))?;
    let moved = (movement, form.get("shuoming"));
    seen(material::moved(desk, &zone.organ, (&id, form.get("hang")), moved).await)?;
    Ok(back(&visit, &id, "kucun"))
}

/// The number of the staff corner.
pub async fn pin(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    seen(device::set_pin(desk, &zone.organ, &id, form.get("kouling")).await)?;
    Ok(back(&visit, &id, "kouling"))
}

/// A machine is connected no more.
pub async fn machine(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, MANAGE, &id).await?;
    seen(device::disconnect(desk, &zone.organ, (&id, form.get("hang"))).await)?;
    Ok(back(&visit, &id, "zizhuji"))
}

/// How many came.
pub async fn visits(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, RECORD, &id).await?;
    let day = form.get("riqi").trim().parse().ok();
    let numbers = Purpose::ALL.map(|purpose| (purpose, number(&form, purpose.word())));
    seen(visit::count(desk, &zone.organ, (&id, day), &numbers).await)?;
    Ok(back(&visit, &id, "fuwu"))
}

/// Somebody comes.
pub async fn answer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _: Submitted,
) -> Result<Response, Fault> {
    let (zone, desk) = admitted(&visit, &clerk, RECORD, &id).await?;
    seen(call::answer(desk, &zone.organ, &id).await)?;
    Ok(back(&visit, &id, "yingda"))
}
