//! What whoever keeps the catalogue offers to whoever drafts: the items a document may fulfil.

use identity::Organ;
use law::Date;

use crate::{House, Later};

/// One item a document of an organ may belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferedItem {
    /// The domain's key.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// The names of the domain, then of each level.
    pub words: Vec<String>,
    /// Why what is published of it does not go to the open web by itself, and whom it concerns; `None`
    /// where it does.
    pub held: Option<(String, Option<String>)>,
    /// 公开内容（要素）: what a document of it has to say.
    pub elements: Vec<String>,
    /// 公开时限 in the catalogue's words.
    pub limit: String,
    /// Whether it stands in the organ's own published catalogue.
    pub own: bool,
    /// What the organ is called in whose catalogue it stands; empty where that is not asked for.
    pub catalogue_of: String,
    /// Whether the organ owes something of it now.
    pub owed: bool,
    /// By when, where that can be told.
    pub due_on: Option<Date>,
}

/// Who offers them.
#[derive(Clone, Copy)]
pub struct ItemSource {
    /// The items that hold for an organ and whose names have these letters, those of its own catalogue
    /// first, and among them what it owes first; at most a hundred.
    pub offered: for<'a> fn(&'a House, &'a Organ, wanted: &'a str) -> Later<'a, Vec<OfferedItem>>,
    /// The item with these names: 领域, 一级事项 and so on.
    pub named: for<'a> fn(&'a House, &'a Organ, &'a [String]) -> Later<'a, Option<OfferedItem>>,
}
