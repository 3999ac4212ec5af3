//! The items that whoever drafts a document may choose from.

use std::collections::BTreeMap;

use catalogue_rules::obligation::ObligationState;
use catalogue_rules::{Exposure, Item};
use identity::Organ;
use web::{House, ItemSource, Later, OfferedItem};

use crate::store::powers::ItemInForce;
use crate::store::{Domain, KeyedItem, Obligation};
use crate::words::divisions_down_to;

/// Offered to the house.
pub(crate) const SOURCE: ItemSource = ItemSource { offered, named };

/// The most items offered at a time.
const MOST: usize = 100;

fn offered<'a>(house: &'a House, organ: &'a Organ, wanted: &'a str) -> Later<'a, Vec<OfferedItem>> {
    Box::pin(async move {
        let (store, today) = (house.store(), house.ledger().clock().today());
        let divisions = divisions_down_to(&organ.division);
        let names: BTreeMap<String, String> = Domain::all(store, today)
            .await?
            .into_iter()
            .map(|domain| (domain.slug, domain.name))
            .collect();
        let open = [ObligationState::NotDue, ObligationState::DueSoon, ObligationState::Overdue];
        let owed = Obligation::of_organ(store, &organ.code, &open, None, 500).await?;
        let due = |domain: &str, item: &str| {
            owed.iter().find(|one| one.domain == domain && one.item == item)
        };
        let organs = Organ::all(store).await?.into_iter();
        let called: BTreeMap<String, String> =
            organs.map(|organ| (organ.code, organ.short_name)).collect();
        let items = ItemInForce::nearest(store, &divisions, today).await?;
        let mut offered: Vec<OfferedItem> = Vec::new();
        for one in items {
            let Some(name) = names.get(&one.domain) else { continue };
            let words = words(name, &one.item);
            if !words.iter().any(|word| word.contains(wanted)) {
                continue;
            }
            let obligation = due(&one.domain, &one.key);
            let mut found = item(one.domain.clone(), one.key.clone(), words, &one.item);
            found.owed = obligation.is_some();
            found.due_on = obligation.and_then(|one| one.due_on);
            found.own = one.organ == organ.code;
            found.catalogue_of = called.get(&one.organ).cloned().unwrap_or_default();
            offered.push(found);
        }
        Ok(ranked(offered))
    })
}

/// What stands in the own catalogue first, and among that and among the rest what is owed, the soonest due
/// first; as many as are offered.
fn ranked(mut offered: Vec<OfferedItem>) -> Vec<OfferedItem> {
    offered.sort_by_key(|one| (!one.own, !one.owed, one.due_on.is_none(), one.due_on));
    offered.truncate(MOST);
    offered
}

fn named<'a>(
    house: &'a House,
    organ: &'a Organ,
    words: &'a [String],
) -> Later<'a, Option<OfferedItem>> {
    Box::pin(async move {
        let (store, today) = (house.store(), house.ledger().clock().today());
        let Some((domain, names)) = words.split_first() else { return Ok(None) };
        let Some(slug) = Domain::called(store, domain).await? else { return Ok(None) };
        let rows = KeyedItem::named(store, &slug, names, &organ.division, today).await?;
        let held = rows.iter().find(|keyed| keyed.item.exposure() != Exposure::Open);
        let Some(first) = rows.first() else { return Ok(None) };
        // Held if any row of its name is.
        let mut found = item(slug, first.key.clone(), words.to_vec(), &first.item);
        found.held = held.and_then(|keyed| held_words(&keyed.item));
        Ok(Some(found))
    })
}

fn words(domain: &str, item: &Item) -> Vec<String> {
    let levels = [&item.level1, &item.level2, &item.level3];
    std::iter::once(domain.to_owned()).chain(levels.into_iter().flatten().cloned()).collect()
}

fn item(domain: String, key: String, words: Vec<String>, item: &Item) -> OfferedItem {
    OfferedItem {
        domain,
        item: key,
        words,
        held: held_words(item),
        elements: item.elements.clone(),
        limit: item.time_limit_raw.clone(),
        own: false,
        catalogue_of: String::new(),
        owed: false,
        due_on: None,
    }
}

fn held_words(item: &Item) -> Option<(String, Option<String>)> {
    match item.exposure() {
        Exposure::Open => None,
        Exposure::Held(held) => Some((held.words(), held.concerns)),
    }
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::*;

    #[test]
    fn what_stands_in_the_own_catalogue_comes_before_what_is_owed_of_anothers() {
        let item = |name: &str, own, owed, due: Option<i8>| OfferedItem {
            item: name.into(),
            own,
            owed,
            due_on: due.map(|on| day(2026, 12, on)),
            ..OfferedItem::default()
        };
        let mut all = vec![
            item("other owed", false, true, Some(1)),
            item("other", false, false, None),
            item("own", true, false, None),
            item("own owed late", true, true, Some(9)),
            item("own owed soon", true, true, Some(2)),
            item("own owed undated", true, true, None),
        ];
        let names = |all: Vec<OfferedItem>| all.into_iter().map(|one| one.item).collect::<Vec<_>>();
        let wanted = ["own owed soon", "own owed late", "own owed undated", "own", "other owed"];
        assert_eq!(names(ranked(all.clone()))[..5], wanted);
        all.extend((0..MOST).map(|_| item("more", false, true, None)));
        let cut = ranked(all);
        assert!(cut.len() == MOST && cut.iter().filter(|one| one.own).count() == 4);
    }
}
