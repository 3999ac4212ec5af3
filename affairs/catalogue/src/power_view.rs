//! 应公开尽公开: of each organ, which powers no item discloses and which items no power stands behind, as
//! pages, commands and files show it.

use std::collections::BTreeMap;

use catalogue_rules::power::{
    Gaps, ItemMatter, PowerList, PowerMatter, gaps, stage_of_item, stage_of_kind,
};
use documents::writing::{Book, Column, Sheet};
use identity::Organ;
use law::Date;
use serde::Serialize;
use store::{Statements, StoreError};

use crate::store::Domain;
use crate::store::powers::{ItemInForce, LinkState, Power, PowerItem, matter_of};
use crate::words::{divisions_down_to, item_name};

/// The gaps of one organ.
#[derive(Debug, Clone, Serialize)]
pub struct OrganGaps {
    /// The organ's code.
    pub organ: String,
    /// Its full name.
    pub name: String,
    /// The division it serves.
    pub division: String,
    /// How many lines its 权责清单 has.
    pub powers: usize,
    /// How many lines its 公共服务事项清单 has.
    pub services: usize,
    /// How many lines of both have a confirmed item.
    pub disclosed: usize,
    /// How many lines wait for a person to look at what is suggested.
    pub waiting: usize,
    /// What is without its counterpart.
    #[serde(flatten)]
    pub gaps: Gaps,
}

/// The gaps of several organs on a day.
#[derive(Debug, Clone, Serialize)]
pub struct GapReport {
    /// Changes when fields change their meaning.
    pub schema_version: u32,
    /// The day.
    pub as_of: Date,
    /// The organs that have lists, in the order of codes.
    pub organs: Vec<OrganGaps>,
    /// The names of domains, by slug.
    #[serde(skip)]
    pub domains: BTreeMap<String, String>,
}

impl GapReport {
    /// The gaps of an organ, or of every organ that has lists.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        organ: Option<&str>,
        day: Date,
    ) -> Result<Self, StoreError> {
        Self::gathered(from, organ, |_| true, day).await
    }

    /// The gaps of every organ that has lists and serves a division within a range of codes.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): &(String, String),
        day: Date,
    ) -> Result<Self, StoreError> {
        let inside = |organ: &Organ| *low <= organ.division && organ.division <= *high;
        Self::gathered(from, None, inside, day).await
    }

    /// One statement for each division whose organs have lists, and five besides.
    async fn gathered(
        from: &impl Statements,
        organ: Option<&str>,
        wanted: impl Fn(&Organ) -> bool,
        day: Date,
    ) -> Result<Self, StoreError> {
        let powers = Power::all(from, organ).await?;
        let links = PowerItem::all(from, organ).await?;
        let domains = Domain::all(from, day).await?;
        let domains = domains.into_iter().map(|domain| (domain.slug, domain.name)).collect();
        let mut lists: BTreeMap<&str, Vec<&Power>> = BTreeMap::new();
        for power in powers.iter().filter(|power| power.stands()) {
            lists.entry(&power.organ).or_default().push(power);
        }
        let mut items: BTreeMap<String, Vec<ItemInForce>> = BTreeMap::new();
        let mut organs = Vec::new();
        let all = if lists.is_empty() { vec![] } else { Organ::all(from).await? };
        for organ in all.iter().filter(|organ| wanted(organ)) {
            let Some(powers) = lists.get(organ.code.as_str()) else { continue };
            if !items.contains_key(&organ.division) {
                let divisions = divisions_down_to(&organ.division);
                let found = ItemInForce::nearest(from, &divisions, day).await?;
                items.insert(organ.division.clone(), found);
            }
            let items = items.get(&organ.division).map_or(&[][..], Vec::as_slice);
            organs.push(organ_gaps(organ, powers, items, &links));
        }
        Ok(Self { schema_version: 1, as_of: day, organs, domains })
    }

    /// The gaps as one table.
    pub fn sheet(&self) -> Sheet {
        let names = ["机关", "缺口", "环节", "类型或领域", "名称"];
        let mut rows = Vec::new();
        for organ in &self.organs {
            let line = |what: &str, kind: &str, stage: &str, name: &str| {
                [&organ.name, what, stage, kind, name].map(str::to_owned).to_vec()
            };
            rows.extend(
                organ.gaps.powers.iter().map(|gap| {
                    line("权责事项没有公开事项", &gap.kind, gap.stage.name(), &gap.name)
                }),
            );
            rows.extend(organ.gaps.items.iter().map(|gap| {
                let domain = self.domains.get(&gap.kind).unwrap_or(&gap.kind);
                line("公开事项没有权责事项", domain, gap.stage.name(), &gap.name)
            }));
        }
        Sheet {
            name: "缺口".into(),
            title: format!("应公开尽公开：权责事项与公开事项的缺口（截至 {}）", self.as_of),
            columns: names.map(Column::new).to_vec(),
            rows,
            made: Some(self.as_of),
            ..Sheet::default()
        }
    }

    /// The numbers by organ and stage, and behind them the gaps.
    pub fn book(&self) -> Book {
        let names = ["机关", "环节", "权责事项", "没有公开事项", "公开事项", "没有权责事项"];
        let rows = self.organs.iter().flat_map(|organ| {
            organ.gaps.stages.iter().map(|stage| {
                let numbers = [stage.powers, stage.without_item, stage.items, stage.without_power];
                let words = [organ.name.clone(), stage.stage.name().to_owned()];
                words.into_iter().chain(numbers.map(|number| number.to_string())).collect()
            })
        });
        let numbers = Sheet {
            name: "数量".into(),
            title: format!("应公开尽公开：各机关各环节的数量（截至 {}）", self.as_of),
            columns: names.map(Column::new).to_vec(),
            rows: rows.collect(),
            made: Some(self.as_of),
            ..Sheet::default()
        };
        Book { sheets: vec![numbers, self.sheet()] }
    }
}

fn organ_gaps(
    organ: &Organ,
    powers: &[&Power],
    items: &[ItemInForce],
    links: &[PowerItem],
) -> OrganGaps {
    let mut confirmed: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    let mut suggested: BTreeMap<&str, usize> = BTreeMap::new();
    for link in links {
        match link.state {
            LinkState::Confirmed => {
                let item = (link.domain.clone(), matter_of(&link.item).to_owned());
                confirmed.entry(&link.power).or_default().push(item);
            }
            LinkState::Suggested => *suggested.entry(&link.power).or_default() += 1,
            LinkState::Rejected => {}
        }
    }
    let matters: Vec<PowerMatter> = powers
        .iter()
        .map(|power| PowerMatter {
            name: power.name.clone(),
            kind: power.kind.clone(),
            stage: stage_of_kind(&power.kind),
            items: confirmed.get(power.id.as_str()).cloned().unwrap_or_default(),
        })
        .collect();
    let is_of = |list| powers.iter().filter(|power| power.list == list).count();
    let waits = |power: &&&Power| {
        let id = power.id.as_str();
        suggested.contains_key(id) && !confirmed.contains_key(id)
    };
    OrganGaps {
        organ: organ.code.clone(),
        name: organ.name.clone(),
        division: organ.division.clone(),
        powers: is_of(PowerList::Powers),
        services: is_of(PowerList::Services),
        disclosed: matters.iter().filter(|power| !power.items.is_empty()).count(),
        waiting: powers.iter().filter(waits).count(),
        gaps: gaps(&matters, &items_of(organ, items)),
    }
}

/// The items for which an organ answers (docs/readings/027).
fn items_of(organ: &Organ, items: &[ItemInForce]) -> Vec<ItemMatter> {
    let named = |subject: &String| *subject == organ.name || *subject == organ.short_name;
    let ours = |one: &&ItemInForce| one.organ == organ.code || one.item.subjects.iter().any(named);
    let matter = |one: &ItemInForce| ItemMatter {
        item: (one.domain.clone(), one.key.clone()),
        name: name_of(one),
        stage: stage_of_item(&one.item),
    };
    items.iter().filter(ours).filter(|one| one.is_first_of_name()).map(matter).collect()
}

/// An item's name with its 一级事项.
fn name_of(one: &ItemInForce) -> String {
    match &one.item.level1 {
        Some(first) if one.item.level2.is_some() => format!("{first}：{}", item_name(&one.item)),
        _ => item_name(&one.item),
    }
}

/// A line of an organ's lists with the items that are suggested or decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPower {
    /// The line.
    pub power: Power,
    /// Its items, the likest first.
    pub items: Vec<ListedItem>,
}

/// An item beside a power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedItem {
    /// What was suggested or decided.
    pub link: PowerItem,
    /// The item's name; `None` if it is no longer in force.
    pub name: Option<String>,
}

/// The lines of an organ's lists, or of every organ's, by organ, list and the order in which they came;
/// those that are gone included.
///
/// # Errors
/// The database refuses.
pub async fn listed(
    from: &impl Statements,
    organ: Option<&str>,
    day: Date,
) -> Result<Vec<ListedPower>, StoreError> {
    let powers = Power::all(from, organ).await?;
    let mut links: BTreeMap<String, Vec<PowerItem>> = BTreeMap::new();
    for link in PowerItem::all(from, organ).await? {
        links.entry(link.power.clone()).or_default().push(link);
    }
    let organs = if powers.is_empty() { vec![] } else { Organ::all(from).await? };
    let homes: BTreeMap<&str, &str> =
        organs.iter().map(|organ| (organ.code.as_str(), organ.division.as_str())).collect();
    let mut names: BTreeMap<&str, BTreeMap<(String, String), String>> = BTreeMap::new();
    let mut found = Vec::new();
    for power in powers {
        let home = homes.get(power.organ.as_str()).copied().unwrap_or_default();
        if !names.contains_key(home) {
            let items = ItemInForce::nearest(from, &divisions_down_to(home), day).await?;
            let named = items.into_iter().map(|one| {
                let name = name_of(&one);
                ((one.domain, one.key), name)
            });
            names.insert(home, named.collect());
        }
        let items = links.remove(&power.id).unwrap_or_default().into_iter().map(|link| {
            let key = (link.domain.clone(), link.item.clone());
            ListedItem { name: names.get(home).and_then(|names| names.get(&key)).cloned(), link }
        });
        found.push(ListedPower { items: items.collect(), power });
    }
    Ok(found)
}
