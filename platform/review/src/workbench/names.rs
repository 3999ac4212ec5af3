//! What the 科室 and organs of a review are called: it names them by their keys.

use std::collections::HashMap;

use ::store::{Store, StoreError};
use identity::{Organ, Unit};

/// The names by key.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, String>);

impl Names {
    /// Of the 科室 of an organ, and of the organs among the keys.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn of(
        store: &Store,
        organ: &str,
        keys: &[String],
    ) -> Result<Self, StoreError> {
        let units = Unit::of_organ(store, organ).await?;
        let mut names: HashMap<_, _> = units.into_iter().map(|unit| (unit.id, unit.name)).collect();
        for key in keys {
            if key.is_empty() || names.contains_key(key) {
                continue;
            }
            if let Some(organ) = Organ::find(store, key).await? {
                names.insert(key.to_owned(), organ.name);
            }
        }
        Ok(Self(names))
    }

    /// What is called by this key; the key where nothing is known of it.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}
