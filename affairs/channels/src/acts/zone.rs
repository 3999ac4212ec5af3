//! 设立专区, its particulars, days on which it is closed, and its end.

use channels_rules::{Closure, Hours};
use identity::Organ;
use law::Date;
use ledger::{Change, Desk};
use serde_json::json;
use store::moment;

use super::{ActError, entry, line, lines, optional, zone_of};
use crate::store::{CallLine, Particulars, Zone, add_closure};

/// What a form says of a zone.
#[derive(Debug, Clone, Default)]
pub struct Said<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it stands in.
    pub kind: &'a str,
    /// Where it is.
    pub address: &'a str,
    /// How to get there.
    pub way: &'a str,
    /// Whom to telephone.
    pub phone: &'a str,
    /// Hours of working days, and of days of rest.
    pub hours: (&'a str, &'a str),
    /// What it offers, a line each.
    pub services: &'a str,
    /// Who answers for it.
    pub keeper: &'a str,
}

impl Said<'_> {
    fn read(&self) -> Result<Particulars, ActError> {
        Ok(Particulars {
            name: line("mingcheng", "名称", self.name)?,
            kind: line("changsuo", "所在场所", self.kind)?,
            address: line("dizhi", "地址", self.address)?,
            way: optional("jiaotong", self.way)?,
            phone: line("dianhua", "电话", self.phone)?,
            hours: Hours::read(self.hours.0, self.hours.1)?,
            services: lines("fuwu", self.services)?,
            keeper: line("fuze", "负责的单位或者科室", self.keeper)?,
        })
    }
}

/// The shortest and the longest address of a zone.
const ADDRESS: std::ops::RangeInclusive<usize> = 3..=40;

/// Opens a zone of an organ at an address in pinyin.
///
/// # Errors
/// A field is not as it must be, the address is taken, or the database refuses.
pub async fn open(
    mut desk: Desk,
    organ: &Organ,
    id: &str,
    (said, demo): (Said<'_>, bool),
) -> Result<(), ActError> {
    let letters = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !letters || !ADDRESS.contains(&id.len()) || id == "zizhu" || id == "xin" {
        let words = "要用 3 到 40 个小写字母、数字或者短横，例如 siming-zhengwu。";
        return Err(ActError::Field("wangzhi", words.into()));
    }
    if Zone::find(desk.change(), id).await?.is_some() {
        return Err(ActError::Field("wangzhi", "这个网址已经有专区用了。请换一个。".into()));
    }
    let zone = Zone {
        id: id.to_owned(),
        organ: organ.code.clone(),
        organ_name: organ.short_name.clone(),
        division: organ.division.clone(),
        told: said.read()?,
        opened_on: desk.today(),
        closed_on: None,
        pin: String::new(),
        demo,
    };
    zone.add(desk.change()).await?;
    let facts = json!({ "name": zone.told.name });
    desk.record(entry("zone_opening", (&zone.organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Says otherwise of a zone.
///
/// # Errors
/// There is none, a field is not as it must be, or the database refuses.
pub async fn tell(mut desk: Desk, organ: &str, id: &str, said: Said<'_>) -> Result<(), ActError> {
    let zone = zone_of(&desk, organ, id).await?;
    let told = said.read()?;
    Zone::tell(desk.change(), id, &told).await?;
    let change = Change { before: json!(zone.told), after: json!(told) };
    desk.record_change(entry("zone_particulars", (organ, id), json!({})), change).await?;
    Ok(desk.seal().await?)
}

/// Tells days on which a zone is closed.
///
/// # Errors
/// There is none, the days are no days, no reason is told, or the database refuses.
pub async fn close_for(
    mut desk: Desk,
    organ: &str,
    id: &str,
    (from, to, why): (Option<Date>, Option<Date>, &str),
) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let why = line("yuanyin", "原因", why)?;
    let from = from.ok_or_else(|| ActError::Field("cong", "没有写从哪一天起。请填写。".into()))?;
    let to = to.unwrap_or(from);
    if to < from || to < desk.today() {
        let words = "最后一天在第一天以前，或者已经过去。请核对。";
        return Err(ActError::Field("dao", words.into()));
    }
    let closure = Closure { from, to, why };
    add_closure(desk.change(), id, &closure).await?;
    let facts = json!({ "from": from.to_string(), "to": to.to_string(), "why": closure.why });
    desk.record(entry("zone_closure", (organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// There is no such zone any more.
///
/// # Errors
/// There is none, no reason is told, or the database refuses.
pub async fn end(mut desk: Desk, organ: &str, id: &str, reason: &str) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let reason = line(web::workbench::REASON, "理由", reason)?;
    Zone::close(desk.change(), id, desk.today()).await?;
    // Nobody is there any more to come to whoever waits at a machine.
    CallLine::answer(desk.change(), id, &moment(desk.now())).await?;
    desk.record(entry("zone_ending", (organ, id), json!({ "reason": reason }))).await?;
    Ok(desk.seal().await?)
}
