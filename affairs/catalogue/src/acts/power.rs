//! 权责事项: an organ's lists of powers and services are taken in, items are suggested for each line, and
//! a person says which of them disclose it.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{StoreError, moment};
use catalogue_rules::power::{ItemText, Likeness, PowerLine, PowerList, read_powers};
use catalogue_rules::standard::RowDoubt;
use identity::Organ;
use ledger::{Desk, DeskError, Entry};

use super::BASIS;
use crate::reading::{self, ListUnread};
use crate::store::Domain;
use crate::store::powers::{ItemInForce, LinkState, Power, PowerItem};
use crate::words::divisions_down_to;

/// Why an act on powers was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum PowerError {
    /// No organ has this code.
    #[error("没有代码为 {0} 的机关")]
    NoOrgan(String),
    /// The list is empty.
    #[error("清单里没有可以导入的事项")]
    Empty,
    /// There is no such line.
    #[error("没有编号为 {0} 的权责事项")]
    NoPower(String),
    /// The line is no longer in the list.
    #[error("“{0}”已不在清单里")]
    Ended(String),
    /// No item in force has this key.
    #[error("{domain}领域的现行目录里没有编号为 {item} 的事项")]
    NoItem {
        /// The domain as it was asked for.
        domain: String,
        /// The item's key.
        item: String,
    },
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PowerError {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoOrgan(_) => "用 gongkai organ list 查看机关代码",
            Self::Empty => "请核对文件里的事项名称一列",
            Self::NoPower(_) => "用 gongkai power list 查看编号",
            Self::Ended(_) => "请先导入新的清单",
            Self::NoItem { .. } => "请核对领域和事项编号，编号在事项页的网址里",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Reads the lines of a list in a file (XLSX, CSV and whatever else tables come in), and the rows that a
/// person should look at.
///
/// # Errors
/// The file cannot be read or holds no such list.
pub fn read(
    bytes: &[u8],
    name: &str,
    list: PowerList,
) -> Result<(Vec<PowerLine>, Vec<RowDoubt>), ListUnread> {
    Ok(read_powers(&reading::sheets(bytes, name)?, list)?)
}

/// A list that was read, and whose it is.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// The organ's code.
    pub organ: &'a str,
    /// Which list.
    pub list: PowerList,
    /// The file's name.
    pub source: &'a str,
    /// Its lines.
    pub lines: &'a [PowerLine],
}

/// What became of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines that are new, or stand again.
    pub added: usize,
    /// Lines known already, brought up to date.
    pub updated: usize,
    /// Lines that are gone from the list; they stay in the store with their last day.
    pub ended: usize,
    /// Lines that name another body than the organ.
    pub doubts: Vec<RowDoubt>,
}

/// Takes an organ's list in: lines are known by their names; what the list no longer has ends with
/// yesterday.
///
/// # Errors
/// The organ is unknown, the list is empty, or the database refuses.
pub async fn keep(mut desk: Desk, list: List<'_>) -> Result<Imported, PowerError> {
    let change = desk.change();
    let organ = Organ::find(change, list.organ).await?;
    let organ = organ.ok_or_else(|| PowerError::NoOrgan(list.organ.into()))?;
    if list.lines.is_empty() {
        return Err(PowerError::Empty);
    }
    let known = Power::all(change, Some(&organ.code)).await?;
    let known: BTreeMap<&str, &Power> = known
        .iter()
        .filter(|power| power.list == list.list)
        .map(|power| (power.name.as_str(), power))
        .collect();
    let stood = |name: &str| known.get(name).filter(|power| power.stands());
    let updated = list.lines.iter().filter(|line| stood(&line.name).is_some()).count();
    let with_key = |line| {
        let line: &PowerLine = line;
        let id = known.get(line.name.as_str()).map(|power| power.id.clone());
        (id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string()), line)
    };
    let rows: Vec<(String, &PowerLine)> = list.lines.iter().map(with_key).collect();
    Power::keep(change, (&organ.code, list.list, list.source), &rows).await?;
    let here: BTreeSet<&str> = list.lines.iter().map(|line| line.name.as_str()).collect();
    let gone: Vec<&str> = known
        .values()
        .filter(|power| power.stands() && !here.contains(power.name.as_str()))
        .map(|power| power.id.as_str())
        .collect();
    let last = desk.today().yesterday().unwrap_or(desk.today());
    Power::end(change, &gone, last).await?;
    let imported = Imported {
        added: list.lines.len() - updated,
        updated,
        ended: gone.len(),
        doubts: list.lines.iter().filter_map(|line| foreign(line, &organ)).collect(),
    };
    let facts = serde_json::json!({
        "list": list.list, "source": list.source,
        "added": imported.added, "updated": updated, "ended": imported.ended,
    });
    desk.record(entry("powers", format!("catalogue:powers:{}", organ.code), &organ.code, facts))
        .await?;
    desk.seal().await?;
    Ok(imported)
}

/// A doubt where a line names another body than the organ whose list it is to be.
fn foreign(line: &PowerLine, organ: &Organ) -> Option<RowDoubt> {
    let body = line.body.as_deref()?;
    let ours = [&organ.name, &organ.short_name];
    let same = ours.iter().any(|name| body.contains(name.as_str()) || name.contains(body));
    (!same).then(|| RowDoubt {
        row: line.row,
        problem: format!("“{}”的实施主体写的是{body}，不是{}", line.name, organ.name),
    })
}

/// Suggests items for every standing line of an organ, or of every organ, by the likeness of words.
/// What a person has decided stays. Returns how many were suggested.
///
/// # Errors
/// The organ is unknown, or the database refuses.
pub async fn suggest(mut desk: Desk, organ: Option<&str>) -> Result<usize, PowerError> {
    let change = desk.change();
    let organs = Organ::all(change).await?;
    if let Some(code) = organ.filter(|code| organs.iter().all(|one| one.code != *code)) {
        return Err(PowerError::NoOrgan(code.into()));
    }
    let division = |code: &str| organs.iter().find(|one| one.code == code).map(|one| &one.division);
    let decided: BTreeSet<(String, String, String)> = PowerItem::all(change, organ)
        .await?
        .into_iter()
        .filter(|one| one.state != LinkState::Suggested)
        .map(|one| (one.power, one.domain, one.item))
        .collect();
    let mut by_division: BTreeMap<String, Vec<Power>> = BTreeMap::new();
    for power in Power::all(change, organ).await?.into_iter().filter(Power::stands) {
        let Some(division) = division(&power.organ) else { continue };
        by_division.entry(division.clone()).or_default().push(power);
    }
    let mut suggested = Vec::new();
    for (division, powers) in by_division {
        let divisions = divisions_down_to(&division);
        let items = ItemInForce::nearest(change, &divisions, desk.today()).await?;
        suggested.extend(suggestions(&powers, &items, &decided));
    }
    PowerItem::suggest(change, organ, &suggested).await?;
    let facts = serde_json::json!({ "suggested": suggested.len() });
    let whose = organ.unwrap_or_default();
    let subject = format!("catalogue:powers:{whose}");
    desk.record(entry("power_suggestions", subject, whose, facts)).await?;
    desk.seal().await?;
    Ok(suggested.len())
}

/// What the words suggest, without what a person has decided on. Items of one name are one matter
/// (docs/readings/027), for which the first stands.
fn suggestions(
    powers: &[Power],
    items: &[ItemInForce],
    decided: &BTreeSet<(String, String, String)>,
) -> Vec<PowerItem> {
    let matters: Vec<&ItemInForce> = items.iter().filter(|item| item.is_first_of_name()).collect();
    let texts: Vec<ItemText> = matters.iter().map(|item| text_of(item)).collect();
    let likeness = Likeness::of(&texts);
    let mut found = Vec::new();
    for power in powers {
        let mut seen = BTreeSet::new();
        for suggestion in likeness.suggest(&power.name) {
            let Some(item) = matters.get(suggestion.at) else { continue };
            let key = (power.id.clone(), item.domain.clone(), item.key.clone());
            if decided.contains(&key) || !seen.insert((key.1.clone(), key.2.clone())) {
                continue;
            }
            found.push(PowerItem {
                power: key.0,
                domain: key.1,
                item: key.2,
                likeness: i64::from(suggestion.thousandths),
                state: LinkState::Suggested,
            });
        }
    }
    found
}

fn text_of(item: &ItemInForce) -> ItemText {
    let names = [&item.item.level1, &item.item.level2, &item.item.level3];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    ItemText { names: names.join(" "), elements: item.item.elements.join(" ") }
}

/// Which power and which item.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The power's key.
    pub power: &'a str,
    /// The item's domain, by any of its names.
    pub domain: &'a str,
    /// The item's key.
    pub item: &'a str,
}

/// 确认: the item discloses the power, whether it was suggested or not.
///
/// # Errors
/// There is no such power or item, the power has ended, or the database refuses.
pub async fn confirm(desk: Desk, pair: Pair<'_>) -> Result<PowerItem, PowerError> {
    decide(desk, pair, LinkState::Confirmed, "power_confirmation").await
}

/// 排除: the item does not disclose the power; it is not suggested again.
///
/// # Errors
/// As [`confirm`].
pub async fn reject(desk: Desk, pair: Pair<'_>) -> Result<PowerItem, PowerError> {
    decide(desk, pair, LinkState::Rejected, "power_rejection").await
}

async fn decide(
    mut desk: Desk,
    pair: Pair<'_>,
    state: LinkState,
    act: &'static str,
) -> Result<PowerItem, PowerError> {
    let change = desk.change();
    let power = Power::find(change, pair.power).await?;
    let power = power.ok_or_else(|| PowerError::NoPower(pair.power.into()))?;
    if !power.stands() {
        return Err(PowerError::Ended(power.name));
    }
    let none = || PowerError::NoItem { domain: pair.domain.into(), item: pair.item.into() };
    let domain = Domain::called(change, pair.domain).await?.ok_or_else(none)?;
    let known = PowerItem::find(change, (&power.id, &domain, pair.item)).await?;
    let likeness = match &known {
        Some(known) => known.likeness,
        None => likeness_of(&desk, &power, &domain, pair.item).await?.ok_or_else(none)?,
    };
    let item = pair.item.to_owned();
    let decided = PowerItem { power: power.id.clone(), domain, item, likeness, state };
    decided.decide(change, &moment(desk.now()), &desk.actor().word()).await?;
    let facts = serde_json::json!({
        "power": power.name, "domain": decided.domain, "item": decided.item, "likeness": likeness,
    });
    let subject = format!("catalogue:power:{}", power.id);
    desk.record(entry(act, subject, &power.organ, facts)).await?;
    desk.seal().await?;
    Ok(decided)
}

/// How like an item in force is to a power that it was not suggested for.
async fn likeness_of(
    desk: &Desk,
    power: &Power,
    domain: &str,
    key: &str,
) -> Result<Option<i64>, PowerError> {
    let organ = Organ::find(desk.change(), &power.organ).await?;
    let organ = organ.ok_or_else(|| PowerError::NoOrgan(power.organ.clone()))?;
    let divisions = divisions_down_to(&organ.division);
    let items = ItemInForce::nearest(desk.change(), &divisions, desk.today()).await?;
    let at = items.iter().position(|item| item.domain == domain && item.key == key);
    let texts: Vec<ItemText> = items.iter().map(text_of).collect();
    Ok(at.map(|at| i64::from(Likeness::of(&texts).between(&power.name, at))))
}

fn entry(act: &'static str, subject: String, organ: &str, facts: serde_json::Value) -> Entry {
    Entry { room: "catalogue", act, subject, organ: organ.into(), basis: BASIS.into(), facts }
}
