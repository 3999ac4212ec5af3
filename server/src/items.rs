//! Where a manuscript names catalogue items, the keys they have and whether they go to the open web:
//! records and the catalogue know nothing of each other, so the program introduces them.

use catalogue::store::{Domain, KeyedItem};
use catalogue_rules::Exposure;
use identity::Organ;
use law::Date;
use records::LinkedItem;
use records::acts::{FoundItem, Submission};
use records_rules::HeldMatter;
use store::{Store, StoreError};

/// Finds the items that each submission names, as the catalogue that holds for its publisher has
/// them on a day; one that no catalogue has stays unfound and is reported as such by the act.
///
/// # Errors
/// The database refuses.
pub async fn link(
    store: &Store,
    submissions: Vec<Submission>,
    day: Date,
) -> Result<Vec<Submission>, StoreError> {
    let mut linked = Vec::with_capacity(submissions.len());
    for submission in submissions {
        let publisher = submission.manuscript().metadata.publisher.as_str();
        let organ = Organ::find(store, publisher).await?;
        let division = organ.map(|organ| organ.division).unwrap_or_default();
        let mut found = Vec::new();
        for named in submission.named_items() {
            found.push(find(store, &named.domain, &named.names, &division, day).await?);
        }
        linked.push(submission.linked(found));
    }
    Ok(linked)
}

/// The item; held if any row of its name is.
async fn find(
    store: &Store,
    domain: &str,
    names: &[String],
    division: &str,
    day: Date,
) -> Result<Option<FoundItem>, StoreError> {
    let Some(slug) = Domain::called(store, domain).await? else { return Ok(None) };
    let rows = KeyedItem::named(store, &slug, names, division, day).await?;
    let held = rows.iter().find_map(|keyed| match keyed.item.exposure() {
        Exposure::Open => None,
        Exposure::Held(held) => Some(held),
    });
    let words: Vec<_> = std::iter::once(domain.to_owned()).chain(names.iter().cloned()).collect();
    let held = held.map(|held| HeldMatter {
        item: words.join(" > "),
        why: held.words(),
        group: held.concerns,
    });
    Ok(rows.into_iter().next().map(|first| FoundItem {
        elements: first.item.elements.clone(),
        link: LinkedItem { domain: slug, item: first.key, words },
        held,
    }))
}
