//! 上级调整: a row of the catalogue above changed; what that means here, and what comes of each way to
//! decide on it (docs/readings/020).
//!
//! Three sides are held together: the row as it stood above when we last decided on it, as it stands
//! above now, and as it stands here. Whatever was decided here is never lost by taking over from above:
//! a cell changed here stays unless the decision names it.

use serde::{Deserialize, Serialize};

use crate::treatment::locally_changed;
use crate::{Column, Item, Treatment};

/// What happened above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// The row is new above.
    Added,
    /// Some of its cells changed above.
    Changed,
    /// It ended above.
    Ended,
}

impl AdjustmentKind {
    /// In Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "上级新增",
            Self::Changed => "上级修改",
            Self::Ended => "上级取消",
        }
    }
}

/// Who changed a cell since we last decided on the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedBy {
    /// Only above: it can be taken over.
    Above,
    /// Only here: it stays.
    Here,
    /// Both, to different words: the two collide.
    Both,
}

impl ChangedBy {
    /// In Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Above => "上级改了",
            Self::Here => "本级改过",
            Self::Both => "两边都改了",
        }
    }
}

/// A cell on its three sides, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellSides {
    /// Which column.
    pub column: Column,
    /// As it stood above when we last decided.
    pub base: String,
    /// As it stands above now.
    pub above: String,
    /// As it stands here.
    pub ours: String,
    /// Who changed it.
    pub changed_by: ChangedBy,
}

/// 上级调整 of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adjustment {
    /// What happened above.
    pub kind: AdjustmentKind,
    /// Every cell that changed above or here.
    pub cells: Vec<CellSides>,
}

/// What the lower catalogue does about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 采纳: takes over what changed above. Cells changed here stay as they are, except those named.
    Accept {
        /// Cells changed here that are given up for what stands above.
        giving_up: Vec<Column>,
    },
    /// 不采纳: stays as it is.
    Refuse {
        /// Why; never blank.
        reason: String,
    },
    /// 改编: takes the matter over in words of its own.
    Adapt {
        /// The row as it is to stand here.
        item: Box<Item>,
    },
    /// 维持不适用: a row that was declared 不适用 stays out, whatever changed above.
    Maintain {
        /// Why, where it is said anew; blank or none keeps the reason given before.
        reason: Option<String>,
    },
    /// 列入: a row that was declared 不适用 comes in as it stands above (照用).
    TakeIn,
}

/// What a decision makes of our row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The row as it then stands here; `None` if it does not.
    pub item: Option<Item>,
    /// What then is decided on the row; `None` if nothing is left to decide on.
    pub treatment: Option<Treatment>,
}

/// Why a decision cannot stand. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// A refusal without a reason.
    #[error("不采纳必须说明理由")]
    NoReason,
    /// The words of a row of our own would be lost.
    #[error("本级对这一项的{0}有自己的规定，取消这一项会把它丢掉")]
    LocalWordsLost(String),
    /// The row was given another name: that is another matter.
    #[error("承接上级的事项不能改名称")]
    Renamed,
    /// Nothing changed above, so there is nothing to decide on.
    #[error("上级没有改动这一项")]
    Nothing,
    /// It is 不适用 here: taking over or refusing what changed above would change nothing.
    #[error("本级已定为不适用，上级的改动无从采纳或者不采纳")]
    NotApplicableHere,
    /// It is not 不适用 here.
    #[error("本级没有把这一项定为不适用")]
    AppliesHere,
}

impl Unsettled {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoReason => "请写明本级为什么不采纳",
            Self::LocalWordsLost(_) => "点名放弃这些栏后再采纳；要保留的，选不采纳并说明理由",
            Self::Renamed => "保留原名称；名称不同的另行新增一项，原事项设为不适用并说明理由",
            Self::Nothing => "请刷新后再看",
            Self::NotApplicableHere => "选维持不适用；要列入本级的，选列入",
            Self::AppliesHere => "选采纳、不采纳或者改编",
        }
    }
}

/// A row on its three sides.
#[derive(Debug, Clone, Copy)]
pub struct ThreeSides<'a> {
    /// As it stood above when we last decided on it.
    pub base: Option<&'a Item>,
    /// As it stands above now.
    pub above: Option<&'a Item>,
    /// As it stands here.
    pub ours: Option<&'a Item>,
    /// What we decided on it.
    pub treatment: Option<&'a Treatment>,
}

impl ThreeSides<'_> {
    /// What there is to decide on; `None` where nothing changed above that concerns us.
    pub fn adjustment(&self) -> Option<Adjustment> {
        let kind = match (self.base, self.above) {
            (None, None) => return None,
            (None, Some(_)) => AdjustmentKind::Added,
            // What was declared 不适用 stays so when it is gone above, too.
            (Some(_), None) => self.ours.map(|_| AdjustmentKind::Ended)?,
            (Some(base), Some(above)) => {
                let changed = locally_changed(base, above);
                let is_here =
                    |column: &Column| self.ours.is_some_and(|ours| column.is_same(ours, above));
                if changed.iter().all(is_here) {
                    return None;
                }
                AdjustmentKind::Changed
            }
        };
        Some(Adjustment { kind, cells: self.cells() })
    }

    fn cells(&self) -> Vec<CellSides> {
        let nothing = Item::default();
        let side = |item: Option<&'_ Item>| item.cloned().unwrap_or_else(|| nothing.clone());
        let (base, above, ours) = (side(self.base), side(self.above), side(self.ours));
        let mut columns = locally_changed(&base, &above);
        if self.ours.is_some() {
            columns.extend(locally_changed(&base, &ours));
            columns.sort_unstable();
            columns.dedup();
        }
        let sides = |column: Column| {
            let changed_above = !column.is_same(&base, &above);
            let changed_here = self.ours.is_some() && !column.is_same(&base, &ours);
            let changed_by = match (changed_above, changed_here) {
                (true, true) if column.is_same(&above, &ours) => return None,
                (true, true) => ChangedBy::Both,
                (true, false) => ChangedBy::Above,
                (false, _) => ChangedBy::Here,
            };
            let words = |item: &Item| column.words(item);
            let (base, above, ours) = (words(&base), words(&above), words(&ours));
            Some(CellSides { column, base, above, ours, changed_by })
        };
        columns.into_iter().filter_map(sides).collect()
    }

    /// What a decision makes of our row.
    ///
    /// # Errors
    /// The decision cannot stand; nothing follows from it.
    pub fn settle(&self, decision: &Decision) -> Result<Settlement, Unsettled> {
        if self.base.is_none() && self.above.is_none() {
            return Err(Unsettled::Nothing);
        }
        if let Some((above, standing)) = self.aside() {
            return set_aside(above, standing, decision);
        }
        match decision {
            Decision::Maintain { .. } | Decision::TakeIn => Err(Unsettled::AppliesHere),
            Decision::Refuse { reason } if reason.trim().is_empty() => Err(Unsettled::NoReason),
            Decision::Refuse { reason } => Ok(self.refused(reason.trim())),
            Decision::Adapt { item } => self.adapted(item),
            Decision::Accept { giving_up } => self.accepted(giving_up),
        }
    }

    /// Whether the row is 不适用 here and stands above: it stays out or comes in, and nothing else can be
    /// made of it (docs/readings/032).
    pub fn is_not_applicable(&self) -> bool {
        self.aside().is_some()
    }

    /// The row as it stands above and why it does not apply here, where that was decided.
    fn aside(&self) -> Option<(&Item, &str)> {
        match (self.ours, self.above, self.treatment) {
            (None, Some(above), Some(Treatment::NotApplicable { reason })) => Some((above, reason)),
            _ => None,
        }
    }

    /// Nothing changes here; a row that is not here was not applicable then and is not now.
    fn refused(&self, reason: &str) -> Settlement {
        let treatment = match (self.ours, self.above, self.treatment) {
            (None, _, Some(standing @ Treatment::NotApplicable { .. })) => standing.clone(),
            (None, ..) => Treatment::NotApplicable { reason: reason.to_owned() },
            (Some(_), None, _) => Treatment::Added { reason: Some(reason.to_owned()) },
            (Some(ours), Some(above), standing) => Treatment::between(above, ours)
                .because(standing.and_then(Treatment::reason))
                .because(Some(reason)),
        };
        Settlement { item: self.ours.cloned(), treatment: Some(treatment) }
    }

    fn adapted(&self, item: &Item) -> Result<Settlement, Unsettled> {
        let names = |item: &Item| [item.level1.clone(), item.level2.clone(), item.level3.clone()];
        if self.ours.or(self.above).or(self.base).is_some_and(|known| names(known) != names(item)) {
            return Err(Unsettled::Renamed);
        }
        let said = self.treatment.and_then(Treatment::reason);
        let treatment = match self.above {
            Some(above) => Treatment::between(above, item).because(said),
            None => Treatment::Added { reason: None }.because(said),
        };
        Ok(Settlement { item: Some(item.clone()), treatment: Some(treatment) })
    }

    fn accepted(&self, giving_up: &[Column]) -> Result<Settlement, Unsettled> {
        let Some(above) = self.above else { return self.ended(giving_up) };
        let Some(ours) = self.ours else { return Ok(as_is(above)) };
        let nothing = Item::default();
        let base = self.base.unwrap_or(&nothing);
        let mut merged = ours.clone();
        for column in Column::differing(ours, above) {
            let is_local = !column.is_same(base, ours);
            if column.is_substance() && (!is_local || giving_up.contains(&column)) {
                column.carry(above, &mut merged);
            }
        }
        let said = self.treatment.and_then(Treatment::reason);
        let treatment = Treatment::between(above, &merged).because(said);
        Ok(Settlement { item: Some(merged), treatment: Some(treatment) })
    }

    /// The row ends here too, unless that would take with it what only we say.
    fn ended(&self, giving_up: &[Column]) -> Result<Settlement, Unsettled> {
        let gone = Settlement { item: None, treatment: None };
        let (Some(base), Some(ours)) = (self.base, self.ours) else {
            return Ok(Settlement { treatment: self.treatment.cloned(), ..gone });
        };
        let kept = |column: &Column| *column != Column::Subjects && !giving_up.contains(column);
        let lost: Vec<Column> = locally_changed(base, ours).into_iter().filter(kept).collect();
        if lost.is_empty() {
            return Ok(gone);
        }
        let names: Vec<&str> = lost.iter().map(Column::name).collect();
        Err(Unsettled::LocalWordsLost(names.join("、")))
    }
}

/// The row as it stands above.
fn as_is(above: &Item) -> Settlement {
    Settlement { item: Some(above.clone()), treatment: Some(Treatment::AsIs) }
}

/// What a decision makes of a row that is 不适用 here.
fn set_aside(above: &Item, standing: &str, decision: &Decision) -> Result<Settlement, Unsettled> {
    match decision {
        Decision::TakeIn => Ok(as_is(above)),
        Decision::Maintain { reason } => {
            let renewed = reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
            let reason = renewed.unwrap_or(standing).to_owned();
            Ok(Settlement { item: None, treatment: Some(Treatment::NotApplicable { reason }) })
        }
        _ => Err(Unsettled::NotApplicableHere),
    }
}

#[cfg(test)]
mod tests;
