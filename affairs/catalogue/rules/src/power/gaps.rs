//! 应公开尽公开: powers that no item discloses, and items behind which no power stands, by stage.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Stage;

/// A power or service, as far as gaps depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerMatter {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The stage it most likely belongs to.
    pub stage: Stage,
    /// The items that a person has confirmed for it: domain and key.
    pub items: Vec<(String, String)>,
}

/// An item for which the organ answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMatter {
    /// Its domain and key.
    pub item: (String, String),
    /// Its names, joined.
    pub name: String,
    /// The stage it most likely belongs to.
    pub stage: Stage,
}

/// One gap: what it is called, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapRow {
    /// The stage.
    pub stage: Stage,
    /// The power's kind, or the item's domain by its slug.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The numbers of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StageGap {
    /// The stage.
    pub stage: Stage,
    /// Powers and services.
    pub powers: usize,
    /// Those of them without a confirmed item.
    pub without_item: usize,
    /// Items.
    pub items: usize,
    /// Those of them that no power was confirmed for.
    pub without_power: usize,
}

/// 缺口 of one organ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// The five stages in their order.
    pub stages: Vec<StageGap>,
    /// Powers without a confirmed item, by stage, then as listed.
    pub powers: Vec<GapRow>,
    /// Items without a power, by stage, then as listed.
    pub items: Vec<GapRow>,
}

/// What is without its counterpart.
pub fn gaps(powers: &[PowerMatter], items: &[ItemMatter]) -> Gaps {
    let disclosed: BTreeSet<&(String, String)> =
        powers.iter().flat_map(|power| &power.items).collect();
    let is_bare = |power: &&PowerMatter| power.items.is_empty();
    let is_alone = |item: &&ItemMatter| !disclosed.contains(&item.item);
    let mut found = Gaps::default();
    for stage in Stage::ALL {
        let of_stage: Vec<&PowerMatter> =
            powers.iter().filter(|power| power.stage == stage).collect();
        let items_here: Vec<&ItemMatter> =
            items.iter().filter(|item| item.stage == stage).collect();
        let bare = of_stage.iter().copied().filter(is_bare).map(|power| GapRow {
            stage,
            kind: power.kind.clone(),
            name: power.name.clone(),
        });
        let bare: Vec<GapRow> = bare.collect();
        let alone = items_here.iter().copied().filter(is_alone).map(|item| GapRow {
            stage,
            kind: item.item.0.clone(),
            name: item.name.clone(),
        });
        let alone: Vec<GapRow> = alone.collect();
        found.stages.push(StageGap {
            stage,
            powers: of_stage.len(),
            without_item: bare.len(),
            items: items_here.len(),
            without_power: alone.len(),
        });
        found.powers.extend(bare);
        found.items.extend(alone);
    }
    found
}
