//! The items of a version as the domain page shows them: grouped, filtered, with what was
//! published of each.

use std::collections::{BTreeSet, HashMap};

use catalogue_rules::Item;
use serde::Deserialize;
use web::Tally;
use web::components::Select;

use crate::store::KeyedItem;
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
    /// `yes` published, `no` not yet.
    pub state: String,
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
    /// How many records, and the day of the latest.
    pub published: Tally,
}

impl Narrowing {
    fn takes(&self, item: &Item, published: i64) -> bool {
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
                "yes" => published > 0,
                "no" => published == 0,
                _ => true,
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
            .choice("yes", "已有公开信息")
            .choice("no", "尚未公开");
        vec![body, audience, method, state]
    }
}

/// Groups the items that the narrowing takes, in the order of the catalogue.
pub fn groups(
    items: &[KeyedItem],
    narrowing: &Narrowing,
    tally: &HashMap<String, Tally>,
    href: impl Fn(&str) -> String,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for keyed in items {
        let published = tally.get(&keyed.key).cloned().unwrap_or_default();
        if !narrowing.takes(&keyed.item, published.count) {
            continue;
        }
        let name = keyed.item.level1.clone().unwrap_or_else(|| "（未写一级事项）".into());
        if groups.last().is_none_or(|group| group.name != name) {
            groups.push(Group { name, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(&keyed.item, href(&keyed.key), published));
        }
    }
    groups
}

fn row(item: &Item, href: String, published: Tally) -> Row {
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
        published,
    }
}
