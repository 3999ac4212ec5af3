//! 定稿和更正: what a later count of a period comes to, beside what was kept of it (docs/readings/236).

use law::Date;

use crate::Figures;

/// What is kept of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 已定稿: it is never changed.
    pub is_fixed: bool,
    /// Up to when it was counted.
    pub known: Date,
}

/// What becomes of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It comes to the same: nothing.
    Same,
    /// It takes the place of the one before, which was not fixed.
    Replace,
    /// It takes that place and is fixed: 定稿.
    Fix,
    /// It stands beside the fixed one as another version: 更正.
    Correct,
}

impl Next {
    /// What becomes of a count up to a day, of a period whose numbers may be fixed by now or not; `is_same` says
    /// whether every number comes to what is kept.
    pub fn of(kept: Option<Standing>, known: Date, may_be_fixed: bool, is_same: bool) -> Self {
        match kept {
            Some(kept) if kept.is_fixed && is_same => Self::Same,
            Some(kept) if kept.is_fixed => Self::Correct,
            _ if may_be_fixed => Self::Fix,
            Some(kept) if is_same && kept.known == known => Self::Same,
            _ => Self::Replace,
        }
    }
}

/// A number by its name, and how it is told.
type Told = (&'static str, fn(&Figures) -> String);

/// A number that is told otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub name: &'static str,
    /// What was published.
    pub before: String,
    /// What it is now.
    pub after: String,
}

impl Changed {
    /// The numbers in which two counts differ, in the order in which they are told.
    pub fn between(before: &Figures, after: &Figures) -> Vec<Self> {
        let told: [Told; 8] = [
            ("按时率", |one| one.kept.rate().words()),
            ("迟公开", |one| one.kept.late.to_string()),
            ("逾期未公开", |one| one.kept.overdue.to_string()),
            ("应公开覆盖率", |one| one.shelves.covered.words()),
            ("更新率", |one| one.shelves.current.words()),
            ("答复申请", |one| one.answers.answered.to_string()),
            ("答复用时中位数", |one| {
                one.answers.spread.map_or_else(|| "—".into(), |spread| spread.median_words())
            }),
            ("申请逾期", |one| one.answers.overdue.to_string()),
        ];
        let changed = told.into_iter().map(|(name, tell)| {
            let (before, after) = (tell(before), tell(after));
            Self { name, before, after }
        });
        changed.filter(|one| one.before != one.after).collect()
    }

    /// In words.
    pub fn words(&self) -> String {
        format!("{}由 {} 改为 {}", self.name, self.before, self.after)
    }
}
