//! The five parts of 政府信息公开 as a tree (国办公开办函〔2019〕61号).

use std::collections::HashMap;

use sites_rules::{Column, ColumnKind, statutory_columns};
use web::components::{Tree, TreeNode};
use web::{Ask, By, Fault, Site, Tally, Visit};

use super::{FIVE_PARTS, tier};
use crate::store::KeptColumn;

/// How much each statutory column of a site holds.
pub(crate) async fn tally(visit: &Visit) -> Result<HashMap<String, Tally>, Fault> {
    let ask = Ask { divisions: Some(visit.site.range.clone()), ..Ask::default() };
    let mut tally = visit.house.tally(&ask, By::Statutory).await?;
    // A column that was opened by hand is there although nothing is in it (docs/readings/231).
    for kept in KeptColumn::all(visit.house.store(), visit.site.base()).await? {
        if kept.opened != 0 {
            tally.entry(kept.name).or_default();
        }
    }
    Ok(tally)
}

/// Where a statutory column is read: 机构职能 are the organs themselves, the others lists.
pub(crate) fn column_path(column: &Column) -> String {
    match column.kind {
        ColumnKind::Functions => "/gongkai/jigou".into(),
        _ => format!("/gongkai/fading/{}", column.slug),
    }
}

/// The tree beside pages of 政府信息公开; `here` is the path of the page below the site.
pub(crate) fn tree(site: &Site, tally: &HashMap<String, Tally>, here: &str) -> Tree {
    let node = |words: &str, path: &str| TreeNode {
        current: path == here,
        ..TreeNode::new(words, site.link(path))
    };
    let mut columns: Vec<TreeNode> = vec![];
    let is_open =
        |column: &Column| column.kind == ColumnKind::Functions || tally.contains_key(column.code);
    for column in statutory_columns(tier(site.level)) {
        let count = tally.get(column.code).and_then(|tally| u64::try_from(tally.count).ok());
        let path = column_path(column);
        let mut one =
            TreeNode { count: count.filter(|count| *count > 0), ..node(column.name, &path) };
        if !is_open(column) && !one.current {
            one.href = String::new();
        }
        columns.push(one);
        if column.kind == ColumnKind::Policies {
            columns.push(node("规章和规范性文件", "/gongkai/guifanxing"));
        }
    }
    let part = |(words, path)| match path {
        "/gongkai/fading" => TreeNode { children: columns.clone(), ..node(words, path) },
        _ => node(words, path),
    };
    Tree {
        heading: "政府信息公开栏目".into(), nodes: FIVE_PARTS.into_iter().map(part).collect()
    }
}
