//! 答复用时: how long the middle one and the slow ones took.

use serde::{Deserialize, Serialize};

/// 中位数和九成分位 of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// 中位数 in tenths of a working day: between two middle ones it lies half-way.
    pub median: u32,
    /// 九成分位: nine of ten took at most so many working days (nearest rank).
    pub ninth: u32,
}

impl Spread {
    /// Of at least one; the order does not matter.
    pub fn of(days: &[u32]) -> Option<Self> {
        let mut days = days.to_vec();
        days.sort_unstable();
        let (last, half) = (days.len().checked_sub(1)?, days.len() / 2);
        let lower = days.get(last / 2).copied()?;
        let upper = days.get(half.min(last)).copied()?;
        // the smallest rank that nine tenths of them do not pass
        let rank = (days.len() * 9).div_ceil(10);
        let ninth = days.get(rank.checked_sub(1)?).copied()?;
        Some(Self { median: (lower + upper) * 5, ninth })
    }

    /// The median as people read it: `9`, `9.5`.
    pub fn median_words(self) -> String {
        match self.median % 10 {
            0 => (self.median / 10).to_string(),
            part => format!("{}.{part}", self.median / 10),
        }
    }
}
