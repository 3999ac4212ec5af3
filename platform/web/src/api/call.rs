//! One call of an operation, after everything in it was found to be as it must.

use std::collections::BTreeMap;

use serde_json::Value;

use super::USUAL;
use super::once::Once;
use crate::{FromWhere, Visit};

/// A call of an operation.
pub struct Call {
    /// The house, and the site at which it was called.
    pub visit: Visit,
    /// From where.
    pub from: FromWhere,
    /// Who calls, by the key under which he was let in; none where everybody may.
    pub caller: Option<String>,
    /// What was sent along; `null` where nothing is.
    pub body: Value,
    /// The key under which it is done once, where something is done.
    pub once: Option<Once>,
    pub(super) given: BTreeMap<&'static str, String>,
    pub(super) after: Option<String>,
}

impl Call {
    /// A parameter as it was given; none where it was not, or was left empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The same, to keep.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A parameter of the address, which is always there.
    pub fn part(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(|text| text.parse().ok())
    }

    /// The mark from which a list goes on.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// The same, to keep.
    pub fn text_after(&self) -> Option<String> {
        self.after.clone()
    }

    /// How many rows are wanted.
    pub fn limit(&self) -> usize {
        self.number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(USUAL)
    }
}
