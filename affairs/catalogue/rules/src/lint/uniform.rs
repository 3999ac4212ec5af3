//! 一刀切: a lower catalogue that says nothing but what the one above says (第一条第二项 of the
//! notice). Other bodies in the places of those above make no difference, nor does the order.

use super::finding::{Finding, Rule};
use crate::Item;

/// A hint if the items are the same as those above.
pub(super) fn check(items: &[Item], above: &[Item]) -> Option<Finding> {
    let same = !items.is_empty() && items.len() == above.len() && told(items) == told(above);
    same.then(|| {
        let message = format!("{}个事项与上级目录完全相同，只换了公开主体", items.len());
        let remedy = "对照本地权责清单和办理实际逐项细化，不适用的说明理由；确实都适用的可以照用";
        Finding::about_all(Rule::Uniform, message, remedy)
    })
}

fn told(items: &[Item]) -> Vec<String> {
    let told = |item: &Item| {
        let Item { level1, level2, level3, elements, basis, time_limit_raw, .. } = item;
        let Item { channels, channels_other, audience, audience_note, methods, .. } = item;
        let names = (level1, level2, level3);
        let said = (elements, basis, time_limit_raw, channels, channels_other);
        format!("{:?}", (names, said, audience, audience_note, methods, &item.levels, item.stage))
    };
    let mut told: Vec<String> = items.iter().map(told).collect();
    told.sort_unstable();
    told
}
