//! 影响范围: what the release of a draft would touch.

use std::collections::HashMap;

use catalogue_rules::{Change, RowChange, compare};
use store::{FromQueryResult, Statements, StoreError};

use super::layers::{Layer, Shelved};
use super::{Catalogue, KeyedItem, Version};

/// A catalogue below that would have to decide on rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedLayer {
    /// The catalogue's key.
    pub catalogue: String,
    /// Its organ, by its short name.
    pub organ: String,
    /// How many rows it would have to decide on.
    pub rows: usize,
}

/// What the release of a draft would touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// What is different from the last release, row by row.
    pub changes: Vec<RowChange>,
    /// How many rows are new.
    pub added: usize,
    /// How many rows say something else.
    pub changed: usize,
    /// How many rows end.
    pub ended: usize,
    /// The catalogues that take this one up, as far as rows of theirs are touched.
    pub below: Vec<TouchedLayer>,
    /// How many 公开义务 of this catalogue hang on the rows that change or end.
    pub obligations: i64,
}

impl Impact {
    /// What the release of `draft` would touch.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, draft: &Version) -> Result<Self, StoreError> {
        let released = Version::released(from, &draft.catalogue).await?;
        let before = match &released {
            Some(version) => KeyedItem::all(from, &version.id).await?,
            None => vec![],
        };
        let after = KeyedItem::all(from, &draft.id).await?;
        let changes = compare(
            &before.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
            &after.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
        );
        let changes: Vec<RowChange> = changes.into_iter().filter(RowChange::is_substance).collect();
        let count = |is: fn(&Change) -> bool| changes.iter().filter(|row| is(&row.change)).count();
        Ok(Self {
            added: count(|change| matches!(change, Change::Added { .. })),
            changed: count(|change| matches!(change, Change::Changed { .. })),
            ended: count(|change| matches!(change, Change::Ended { .. })),
            obligations: obligations(from, &draft.catalogue, &changes).await?,
            below: below(from, draft, released.as_ref(), &after).await?,
            changes,
        })
    }
}

/// The catalogues below that would have to decide on rows.
async fn below(
    from: &impl Statements,
    draft: &Version,
    released: Option<&Version>,
    after: &[KeyedItem],
) -> Result<Vec<TouchedLayer>, StoreError> {
    #[derive(FromQueryResult)]
    struct Named {
        id: String,
        organ: String,
    }
    let sql = "SELECT c.id, o.short_name AS organ FROM catalogue c JOIN organ o ON o.code = c.organ
                WHERE c.template = $1";
    let names: Vec<Named> = from.all(sql, vec![draft.catalogue.clone().into()]).await?;
    let mut names: HashMap<String, String> =
        names.into_iter().map(|named| (named.id, named.organ)).collect();
    let mut touched = Vec::new();
    let mut shelved = Shelved::default();
    let before = released.map(|version| version.id.as_str());
    for catalogue in Catalogue::below(from, &draft.catalogue).await? {
        let layer = Layer::of(from, catalogue, before, &mut shelved).await?;
        let Some(layer) = layer else { continue };
        let rows = layer.adjustments(after).len();
        if rows > 0 {
            let catalogue = layer.catalogue.id;
            let organ = names.remove(&catalogue).unwrap_or_default();
            touched.push(TouchedLayer { catalogue, organ, rows });
        }
    }
    Ok(touched)
}

/// How many obligations hang on the rows that change or end.
async fn obligations(
    from: &impl Statements,
    catalogue: &str,
    changes: &[RowChange],
) -> Result<i64, StoreError> {
    #[derive(FromQueryResult)]
    struct Count {
        item: String,
        number: i64,
    }
    let sql = "SELECT item, count(*) AS number FROM obligation WHERE catalogue = $1 GROUP BY item";
    let counts: Vec<Count> = from.all(sql, vec![catalogue.into()]).await?;
    let is_touched = |item: &str| changes.iter().any(|row| row.key == item);
    Ok(counts.iter().filter(|count| is_touched(&count.item)).map(|count| count.number).sum())
}
