//! Items that stand twice: by their names, or with the same content under other names.

use std::collections::BTreeMap;

use super::finding::{Finding, Row, Rule};
use crate::Item;

/// What repeats an item above.
pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let (mut names, mut contents) = (BTreeMap::new(), BTreeMap::new());
    let mut findings = Vec::new();
    for row in rows {
        if row.names().is_empty() {
            continue;
        }
        if let Some(first) = first(&mut names, named(row), row.at) {
            let message = format!("与第{}项名称相同", first + 1);
            let remedy = "核对后删去一行；确是两个事项的，在名称中加以区别";
            findings.push(row.finding(Rule::RepeatedNames, message, remedy));
            continue;
        }
        let Some(content) = content(row) else { continue };
        if let Some(first) = first(&mut contents, content, row.at) {
            let message = format!("与第{}项名称不同，内容和各项要素都相同", first + 1);
            let remedy = "是同一事项的合并；不是的，写明各自公开的内容";
            findings.push(row.finding(Rule::RepeatedContent, message, remedy));
        }
    }
    findings
}

/// Where the same stood first; this place is noted if it is the first.
fn first(seen: &mut BTreeMap<String, usize>, what: String, at: usize) -> Option<usize> {
    let first = *seen.entry(what).or_insert(at);
    (first != at).then_some(first)
}

fn named(row: &Row<'_>) -> String {
    let Item { level1, level2, level3, .. } = row.item;
    let trimmed = [level1, level2, level3].map(|name| name.as_deref().map(str::trim));
    format!("{:?} {trimmed:?}", row.domain)
}

/// All that a row says besides its names; `None` where it says nothing of the content.
fn content(row: &Row<'_>) -> Option<String> {
    let item = row.item;
    let same = (
        (row.domain, &item.elements, &item.basis, &item.time_limit_raw, &item.subjects),
        (&item.channels, &item.channels_other, &item.audience, &item.audience_note),
        (&item.methods, &item.levels, &item.stage),
    );
    (!item.elements.is_empty()).then(|| format!("{same:?}"))
}
