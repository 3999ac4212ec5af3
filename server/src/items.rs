//! Where a manuscript names catalogue items, the keys they have: records and the catalogue know
//! nothing of each other, so the program introduces them.

use catalogue::store::{Domain, KeyedItem};
use law::Date;
use records::LinkedItem;
use records::acts::Submission;
use store::{Store, StoreError};

/// Finds the items that each submission names, as they are in force on a day; one that no catalogue has stays unfound and is
/// reported as such by the act.
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
        let mut found = Vec::new();
        for named in submission.named_items() {
            found.push(find(store, &named.domain, &named.names, day).await?);
        }
        linked.push(submission.linked(found));
    }
    Ok(linked)
}

async fn find(
    store: &Store,
    domain: &str,
    names: &[String],
    day: Date,
) -> Result<Option<LinkedItem>, StoreError> {
    let Some(slug) = Domain::called(store, domain).await? else { return Ok(None) };
    let key = KeyedItem::named(store, &slug, names, day).await?;
    Ok(key.map(|item| LinkedItem {
        domain: slug,
        item,
        words: std::iter::once(domain.to_owned()).chain(names.iter().cloned()).collect(),
    }))
}
