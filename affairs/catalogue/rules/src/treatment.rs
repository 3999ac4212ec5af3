//! 承接: what a lower catalogue makes of each row of the catalogue above (docs/readings/019).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Column, Item, Keyed};

/// What a lower catalogue decided on a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "treatment", rename_all = "snake_case")]
pub enum Treatment {
    /// 照用: as it stands above, with the body that carries it out here as 公开主体.
    AsIs,
    /// 细化: some cells say what holds here.
    Refined {
        /// Which cells, in the order of the table.
        changed: Vec<Column>,
        /// Why, where someone has said so.
        reason: Option<String>,
    },
    /// 不适用: the matter does not occur here.
    NotApplicable {
        /// Why; never blank.
        reason: String,
    },
    /// 新增: the catalogue above has no such row.
    Added {
        /// Why, where someone has said so.
        reason: Option<String>,
    },
}

impl Treatment {
    /// What a row of the catalogue above has become here, told from the two rows. A row that differs
    /// only in its 公开主体 (and its number) is 照用.
    pub fn between(above: &Item, ours: &Item) -> Self {
        let changed = locally_changed(above, ours);
        if changed.iter().all(|column| *column == Column::Subjects) {
            return Self::AsIs;
        }
        Self::Refined { changed, reason: None }
    }

    /// In Chinese.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AsIs => "照用",
            Self::Refined { .. } => "细化",
            Self::NotApplicable { .. } => "不适用",
            Self::Added { .. } => "新增",
        }
    }

    /// Why, where someone has said so.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::AsIs => None,
            Self::NotApplicable { reason } => Some(reason),
            Self::Refined { reason, .. } | Self::Added { reason } => reason.as_deref(),
        }
    }

    /// The same with this reason, where it can bear one; a blank one is none.
    pub fn with_reason(self, why: Option<String>) -> Self {
        let reason = why.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
        match self {
            Self::Refined { changed, .. } => Self::Refined { changed, reason },
            Self::Added { .. } => Self::Added { reason },
            other => other,
        }
    }

    /// The same with a reason, where it can bear one and has none yet.
    pub(crate) fn because(self, why: Option<&str>) -> Self {
        let why = || why.map(str::to_owned);
        match self {
            Self::Refined { changed, reason } => {
                Self::Refined { changed, reason: reason.or_else(why) }
            }
            Self::Added { reason } => Self::Added { reason: reason.or_else(why) },
            other => other,
        }
    }
}

/// The cells that say here something else than above; the number of a row is no such cell.
pub(crate) fn locally_changed(above: &Item, ours: &Item) -> Vec<Column> {
    Column::differing(above, ours).into_iter().filter(Column::is_substance).collect()
}

/// Which body here stands for which above, told from rows that name as many of them; a body for which
/// several stand is left out.
pub fn local_bodies<'a>(
    pairs: impl IntoIterator<Item = (&'a Item, &'a Item)>,
) -> BTreeMap<String, String> {
    let mut bodies: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (above, ours) in pairs {
        if above.subjects.len() != ours.subjects.len() {
            continue;
        }
        for (theirs, mine) in above.subjects.iter().zip(&ours.subjects) {
            let known = bodies.entry(theirs).or_insert(Some(mine));
            if *known != Some(mine.as_str()) {
                *known = None;
            }
        }
    }
    let told = bodies.into_iter();
    told.filter_map(|(theirs, mine)| Some((theirs.to_owned(), mine?.to_owned()))).collect()
}

/// 承接 of a whole catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takeover {
    /// What was decided on each row: those of the catalogue above in its order, then those added.
    pub decided: Vec<(String, Treatment)>,
    /// Rows of the catalogue above that are neither here nor declared 不适用.
    pub undecided: Vec<String>,
}

impl Takeover {
    /// Takes our rows as the decision on those above. What was declared 不适用 before, and is still
    /// not here, stays so with its reason; a reason given for a refinement stays as well.
    pub fn of(
        above: &[Keyed<'_>],
        ours: &[Keyed<'_>],
        earlier: &BTreeMap<String, Treatment>,
    ) -> Self {
        let here: BTreeMap<&str, &Item> = ours.iter().map(|row| (row.key, row.item)).collect();
        let there: BTreeMap<&str, &Item> = above.iter().map(|row| (row.key, row.item)).collect();
        let said = |key: &str| earlier.get(key).and_then(Treatment::reason);
        let mut takeover = Self::default();
        for row in above {
            let key = row.key.to_owned();
            match (here.get(row.key), earlier.get(row.key)) {
                (Some(mine), _) => {
                    let treatment = Treatment::between(row.item, mine).because(said(row.key));
                    takeover.decided.push((key, treatment));
                }
                (None, Some(standing @ Treatment::NotApplicable { .. })) => {
                    takeover.decided.push((key, standing.clone()));
                }
                (None, _) => takeover.undecided.push(key),
            }
        }
        let added = ours.iter().filter(|row| !there.contains_key(row.key)).map(|row| {
            let treatment = Treatment::Added { reason: None }.because(said(row.key));
            (row.key.to_owned(), treatment)
        });
        takeover.decided.extend(added);
        takeover
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, body: &str) -> Item {
        Item { level2: Some(name.into()), subjects: vec![body.into()], ..Item::default() }
    }

    #[test]
    fn another_body_alone_is_as_is_and_anything_else_is_a_refinement() {
        let above = row("补贴", "区民政局");
        let numbered = Item { seq: Some("7".into()), ..row("补贴", "思明区民政局") };
        let late = Item { time_limit_raw: "实时".into(), ..row("补贴", "思明区民政局") };
        assert_eq!(Treatment::between(&above, &above), Treatment::AsIs);
        assert_eq!(Treatment::between(&above, &numbered), Treatment::AsIs);
        let changed = vec![Column::TimeLimit, Column::Subjects];
        let refined = Treatment::Refined { changed, reason: None };
        assert_eq!(Treatment::between(&above, &late), refined);
    }

    #[test]
    fn every_row_above_is_decided_on_or_named_as_undecided() {
        let (a, b, c, d) = (row("a", "x"), row("b", "x"), row("c", "x"), row("d", "x"));
        let keyed = |key, item| Keyed { key, item };
        let above = [keyed("a", &a), keyed("b", &b), keyed("c", &c)];
        let ours = [keyed("a", &a), keyed("d", &d)];
        let gone = Treatment::NotApplicable { reason: "没有".into() };
        let earlier = [("b".to_owned(), gone.clone())].into();
        let takeover = Takeover::of(&above, &ours, &earlier);
        let added = Treatment::Added { reason: None };
        let decided = [("a", Treatment::AsIs), ("b", gone), ("d", added)];
        assert_eq!(takeover.decided, decided.map(|(key, made)| (key.to_owned(), made)));
        assert_eq!(takeover.undecided, ["c"]);
    }
}
