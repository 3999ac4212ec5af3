//! What a person should look at in the items of one table.

use crate::reading::build::Built;
use crate::reading::text::bare;
use crate::{Issue, IssueKind, Method, Place};

/// A row with a number and nothing else, and before which item it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmptyRow {
    pub(crate) seq: String,
    pub(crate) row: usize,
    pub(crate) before: usize,
}

/// The issues of one table, in the order of its rows.
pub(crate) fn issues(items: &[Built], empty: &[EmptyRow], place: &Place) -> Vec<Issue> {
    let mut found: Vec<(usize, Issue)> = Vec::new();
    let mut last: Option<(u32, Option<String>)> = None;
    for (at, built) in items.iter().enumerate() {
        let original = items[..at].iter().find(|earlier| is_same(earlier, built));
        let mut kinds = faults(built);
        if let Some(original) = original {
            // what is wrong with the original is said there
            let said = faults(original);
            kinds.retain(|kind| !said.contains(kind));
            kinds.push(IssueKind::DuplicateItem);
        }
        kinds.extend(sequence(built, &mut last));
        found.extend(kinds.into_iter().map(|kind| (at, issue(built, kind, place))));
    }
    for row in empty {
        found.push((row.before, empty_issue(row, items, place)));
    }
    found.sort_by_key(|(_, issue)| issue.place.row);
    found.into_iter().map(|(_, issue)| issue).collect()
}

fn faults(built: &Built) -> Vec<IssueKind> {
    let item = &built.item;
    let both =
        item.methods.contains(&Method::Proactive) && item.methods.contains(&Method::OnRequest);
    [
        (item.basis.is_empty(), IssueKind::MissingBasis),
        (item.time_limit.is_none(), IssueKind::MissingTimeLimit),
        (built.has_level2 && item.level2.is_none(), IssueKind::MissingLevel2),
        (item.channels.is_empty(), IssueKind::NoChannelChecked),
        (both, IssueKind::BothMethodsTicked),
        (built.damaged_number, IssueKind::BadDocumentNumber),
    ]
    .into_iter()
    .filter_map(|(is_so, kind)| is_so.then_some(kind))
    .collect()
}

/// Whether two items have the same names and the same content.
fn is_same(one: &Built, two: &Built) -> bool {
    let (one, two) = (&one.item, &two.item);
    let named = one.level1.is_some() || one.level2.is_some();
    let same_parts = one.elements.len() == two.elements.len()
        && one.elements.iter().zip(&two.elements).all(|(one, two)| bare(one) == bare(two));
    named
        && one.domain == two.domain
        && one.level1 == two.level1
        && one.level2 == two.level2
        && one.level3 == two.level3
        && same_parts
}

/// Gaps and new starts. A number that serves several items may be printed again where its group
/// goes on over a page.
fn sequence(built: &Built, last: &mut Option<(u32, Option<String>)>) -> Option<IssueKind> {
    let number: u32 = built.item.seq.as_deref().filter(|_| built.own_seq)?.parse().ok()?;
    let group = built.item.level1.clone();
    let (before, group_before) = last.replace((number, group.clone()))?;
    if number > before.saturating_add(1) {
        return Some(IssueKind::SequenceGap);
    }
    let goes_on = number == before && group == group_before;
    (number <= before && !goes_on).then_some(IssueKind::SequenceRestart)
}

fn issue(built: &Built, kind: IssueKind, place: &Place) -> Issue {
    Issue {
        seq: built.item.seq.clone(),
        level1: built.item.level1.clone(),
        level2: built.item.level2.clone(),
        kind,
        domain: built.item.domain.clone(),
        place: Place { row: built.row, ..place.clone() },
    }
}

fn empty_issue(row: &EmptyRow, items: &[Built], place: &Place) -> Issue {
    let neighbour = items.get(row.before.saturating_sub(1)).or(items.first());
    Issue {
        seq: Some(row.seq.clone()),
        level1: None,
        level2: None,
        kind: IssueKind::EmptyRow,
        domain: neighbour.and_then(|built| built.item.domain.clone()),
        place: Place { row: row.row, ..place.clone() },
    }
}
