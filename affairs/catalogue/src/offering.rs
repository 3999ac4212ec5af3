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
            offered.push(found);
        }
        offered.sort_by_key(|one| (!one.owed, one.due_on.is_none(), one.due_on));
        offered.truncate(MOST);
        Ok(offered)
    })
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
