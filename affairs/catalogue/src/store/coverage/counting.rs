//! Counting anew how many items of a catalogue have something published.

use std::collections::{BTreeMap, HashSet};

use catalogue_rules::Tier;
use catalogue_rules::obligation::{Answerable, responsible};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::store::{Bodies, KeyedItem, Scope, lies_in};

#[derive(FromQueryResult)]
struct VersionRow {
    id: String,
    organ: String,
    division: String,
}

/// The versions of a domain that hold or are to hold.
const VERSIONS: &str = "
SELECT v.id, c.organ, c.division FROM catalogue_version v JOIN catalogue c ON c.id = v.catalogue
 WHERE c.domain = $1 AND v.state <> 'draft' AND v.effective_from IS NOT NULL
   AND (v.effective_to IS NULL OR v.effective_to >= $2)";

#[derive(PartialEq, Eq, Hash, FromQueryResult)]
struct PublishedRow {
    item: String,
    organ: String,
    division: String,
}

/// Items, and how many of them have something published.
#[derive(Default)]
struct Count {
    items: i64,
    published: i64,
}

impl Count {
    fn add(&mut self, published: bool) {
        self.items += 1;
        self.published += i64::from(published);
    }
}

/// Counts anew for the catalogues that reach into a scope. Where an item is answered for by an organ,
/// it counts as published for it if it has published something itself.
///
/// # Errors
/// The database refuses.
pub(crate) async fn count_anew(
    change: &Transaction,
    scope: &Scope,
    bodies: &Bodies,
    today: Date,
) -> Result<(), StoreError> {
    let values = vec![scope.domain.clone().into(), today.to_string().into()];
    let versions: Vec<VersionRow> = change.all(VERSIONS, values).await?;
    let reaches = |version: &VersionRow| {
        let place = scope.place.as_ref();
        place.is_none_or(|(division, _)| lies_in(division, &version.division))
    };
    let sql = "SELECT DISTINCT item, organ, division FROM catalogue_publication WHERE domain = $1";
    let published: Vec<PublishedRow> = change.all(sql, vec![scope.domain.clone().into()]).await?;
    for version in versions.iter().filter(|version| reaches(version)) {
        let items = KeyedItem::all(change, &version.id).await?;
        let rows = counted(version, &items, &published, bodies);
        let gone = "DELETE FROM catalogue_coverage WHERE version = $1";
        change.run(gone, vec![version.id.clone().into()]).await?;
        let columns = ["version", "organ", "items", "published"];
        change.insert("catalogue_coverage", &columns, rows).await?;
    }
    Ok(())
}

/// The rows of one version: the whole under no organ, then each organ that answers for some.
fn counted(
    version: &VersionRow,
    items: &[KeyedItem],
    published: &[PublishedRow],
    bodies: &Bodies,
) -> Vec<Vec<Value>> {
    let here = published.iter().filter(|row| lies_in(&row.division, &version.division));
    let (mut by_item, mut by_organ) = (HashSet::new(), HashSet::new());
    for row in here {
        by_item.insert(row.item.as_str());
        by_organ.insert((row.item.as_str(), row.organ.as_str()));
    }
    let (home, organs) = bodies.around(&version.organ, &version.division);
    let mut counts: BTreeMap<String, Count> = BTreeMap::from([(String::new(), Count::default())]);
    for keyed in items {
        let key = keyed.key.as_str();
        counts.entry(String::new()).or_default().add(by_item.contains(key));
        let owing = responsible(&keyed.item.subjects, &home, &organs).into_iter();
        let concerned = |one: &Answerable| keyed.item.concerns(Tier::of_division(&one.division));
        for one in owing.filter(concerned) {
            let own = by_organ.contains(&(key, one.organ.as_str()));
            counts.entry(one.organ).or_default().add(own);
        }
    }
    let row = |(organ, count): (String, Count)| {
        vec![version.id.clone().into(), organ.into(), count.items.into(), count.published.into()]
    };
    counts.into_iter().map(row).collect()
}
