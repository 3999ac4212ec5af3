//! The items of a version as the domain page shows them: grouped, filtered, with what was
//! published of each.

use std::collections::{BTreeSet, HashMap};

use catalogue_rules::{Exposure, Item, ItemStanding};
use serde::Deserialize;
use web::Tally;
use web::components::{Select, Tag};

use super::standing::tag;
use crate::store::{ItemOwed, KeyedItem};
use crate::words::{audience_name, channel_words, item_name, method_name};

/// What the visitor filters by; empty words do not narrow.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    /// Words in the names or the elements.
    pub q: String,
    /// 公开对象.
    pub audience: String,
    /// 公开方式.
    pub method: String,
    /// 公开主体.
    pub body: String,
    /// `yes` for what is published at all, or the word of an [`ItemStanding`].
    pub state: String,
}

/// What has been published and is owed of the items of a domain, by their keys.
#[derive(Debug, Default)]
pub struct Situation {
    /// What has been published.
    pub records: HashMap<String, Tally>,
    /// What is owed.
    pub owed: HashMap<String, ItemOwed>,
}

/// How one item stands.
pub struct ItemSituation {
    /// How many records, and the day of the latest.
    pub published: Tally,
    /// How it stands for readers; `None` where it does not go to the open web by itself.
    pub standing: Option<ItemStanding>,
    /// The next day on which something is due, ISO.
    pub next: Option<String>,
}

impl Situation {
    /// How an item stands.
    pub fn of(&self, keyed: &KeyedItem) -> ItemSituation {
        let published = self.records.get(&keyed.key).cloned().unwrap_or_default();
        let owed = self.owed.get(&keyed.key).cloned().unwrap_or_default();
        let open = keyed.item.exposure() == Exposure::Open || published.count > 0;
        let standing = open.then(|| ItemStanding::of(published.count, owed.owed));
        ItemSituation { published, standing, next: owed.next }
    }
}

/// The rows under one 一级事项.
pub struct Group {
    /// 一级事项.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One item as a row.
pub struct Row {
    /// 二级 and, after a slash, 三级事项.
    pub name: String,
    /// Its page.
    pub href: String,
    /// 公开内容（要素）.
    pub elements: String,
    /// 公开依据.
    pub basis: String,
    /// 公开渠道和载体.
    pub channels: String,
    /// 公开时限 as printed.
    pub limit: String,
    /// 公开主体.
    pub subjects: String,
    /// 公开对象 and 公开方式.
    pub reach: String,
    /// 公开层级.
    pub levels: String,
    /// The place whose catalogue the row was taken from, where it was.
    pub source: Option<String>,
    /// How it stands.
    pub situation: ItemSituation,
}

impl Row {
    /// The mark for its standing, where it needs one: that something was published is seen anyway.
    pub fn tag(&self) -> Option<Tag> {
        self.situation.standing.filter(|one| *one != ItemStanding::Published).map(tag)
    }

    /// Whether a reader may ask for it.
    pub fn may_be_asked_for(&self) -> bool {
        self.situation.standing.is_some_and(ItemStanding::wants_more)
    }
}

impl Narrowing {
    fn takes(&self, item: &Item, situation: &ItemSituation) -> bool {
        let words = self.q.trim();
        let named = [&item.level1, &item.level2, &item.level3];
        let found = words.is_empty()
            || named.iter().any(|name| name.as_ref().is_some_and(|name| name.contains(words)))
            || item.elements.iter().any(|element| element.contains(words));
        let audience = item.audience.iter().any(|one| audience_name(*one) == self.audience);
        let method = item.methods.iter().any(|one| method_name(*one) == self.method);
        found
            && (self.audience.is_empty() || audience)
            && (self.method.is_empty() || method)
            && (self.body.is_empty() || item.subjects.contains(&self.body))
            && match self.state.as_str() {
                "" => true,
                "yes" => situation.published.count > 0,
                word => situation.standing.is_some_and(|standing| standing.word() == word),
            }
    }

    /// The selects above the table, offering only what occurs in it.
    pub fn selects(&self, items: &[KeyedItem]) -> Vec<Select> {
        let bodies: BTreeSet<&str> =
            items.iter().flat_map(|keyed| keyed.item.subjects.iter().map(String::as_str)).collect();
        let body = Select::new("body", "公开主体", "全部主体", self.body.clone());
        let body = bodies.into_iter().fold(body, |select, name| select.choice(name, name));
        let audience = Select::new("audience", "公开对象", "全部对象", self.audience.clone())
            .choice("全社会", "全社会")
            .choice("特定群体", "特定群体");
        let method = Select::new("method", "公开方式", "全部方式", self.method.clone())
            .choice("主动", "主动公开")
            .choice("依申请", "依申请公开");
        let state = Select::new("state", "状态", "全部状态", self.state.clone())
            .choice("yes", "已有公开信息");
        let others = [
            ItemStanding::NotPublished,
            ItemStanding::OnTime,
            ItemStanding::DueSoon,
            ItemStanding::KeptLate,
            ItemStanding::Overdue,
        ];
        let state =
            others.into_iter().fold(state, |state, one| state.choice(one.word(), one.words()));
        vec![body, audience, method, state]
    }
}

/// Groups the items that the narrowing takes, in the order of the catalogue.
pub fn groups(
    items: &[KeyedItem],
    narrowing: &Narrowing,
    situation: &Situation,
    href: impl Fn(&str) -> String,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for keyed in items {
        let situation = situation.of(keyed);
        if !narrowing.takes(&keyed.item, &situation) {
            continue;
        }
        let name = keyed.item.level1.clone().unwrap_or_else(|| "（未写一级事项）".into());
        if groups.last().is_none_or(|group| group.name != name) {
            groups.push(Group { name, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(&keyed.item, href(&keyed.key), situation));
        }
    }
    groups
}

fn row(item: &Item, href: String, situation: ItemSituation) -> Row {
    let audience: Vec<_> = item.audience.iter().map(|one| audience_name(*one)).collect();
    let methods: Vec<_> = item.methods.iter().map(|one| method_name(*one)).collect();
    let reach = [audience.join("、"), methods.join("、")];
    let levels = item.levels.iter().flatten().map(|level| level.0.clone());
    Row {
        name: item_name(item),
        href,
        elements: item.elements.join("、"),
        basis: item.basis.join("；"),
        channels: channel_words(item),
        limit: item.time_limit_raw.clone(),
        subjects: item.subjects.join("、"),
        reach: reach.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / "),
        levels: levels.collect::<Vec<_>>().join("、"),
        source: item.extra.get("来源地区").filter(|place| !place.is_empty()).cloned(),
        situation,
    }
}
