//! 权责事项的公开: items are suggested for each line of an organ's lists, and a person says which of them
//! disclose it.

use std::collections::{BTreeMap, BTreeSet};

use ::store::moment;
use catalogue_rules::power::{ItemText, Likeness};
use identity::Organ;
use ledger::Desk;

use super::entry_beside;
use super::power::PowerError;
use crate::store::Domain;
use crate::store::powers::{ItemInForce, LinkState, Power, PowerItem};
use crate::words::divisions_down_to;

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
    desk.record(entry_beside("power_suggestions", subject, whose, facts)).await?;
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
    desk.record(entry_beside(act, subject, &power.organ, facts)).await?;
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
