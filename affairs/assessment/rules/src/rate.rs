//! 率: a part of a whole, with both numbers beside it, and when there is too little to make one.

use law::{Dated, article, day};
use serde::{Deserialize, Serialize};

/// 起算数: fewer cases than this are shown as numbers, without a rate, a median or their rows. One of two is no
/// half, and where few have asked, what is told of all tells of one (条例第四十六条 sets none, 个人信息保护法第六条
/// asks for the least; docs/readings/237).
pub const FEWEST: Dated<u32> =
    Dated::since(&[(day(2019, 5, 15), 5, article("政府信息公开条例", 46))]);

/// 合格线, in thousandths: the law asks for all of it in time; this much only settles in which colour it is shown
/// (docs/readings/239).
pub const QUALIFYING: Dated<u32> =
    Dated::since(&[(day(2019, 5, 15), 900, article("政府信息公开条例", 46))]);

/// 率.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// 分子.
    pub part: u32,
    /// 分母.
    pub whole: u32,
}

impl Rate {
    /// A rate of counted things.
    pub const fn of(part: u32, whole: u32) -> Self {
        Self { part, whole }
    }

    /// In thousandths, rounded down, so that only all of it is 100% (docs/readings/030); `None` where there are
    /// fewer than [`FEWEST`].
    pub fn thousandths(self) -> Option<u32> {
        if self.is_few() || self.whole == 0 {
            return None;
        }
        let part = u64::from(self.part) * 1000 / u64::from(self.whole);
        u32::try_from(part).ok()
    }

    /// Whether it reaches [`QUALIFYING`]; `None` where there is too little to say.
    pub fn qualifies(self) -> Option<bool> {
        let asked = QUALIFYING.versions().last().map(|(_, enacted)| enacted.value)?;
        Some(self.thousandths()? >= asked)
    }

    /// Whether there is too little for a rate.
    pub fn is_few(self) -> bool {
        self.whole < fewest()
    }

    /// As people read it: `92.1%`, or `3/4` where there is too little for a rate, or a dash where there is
    /// nothing.
    pub fn words(self) -> String {
        match (self.thousandths(), self.whole) {
            (Some(part), _) => format!("{}.{}%", part / 10, part % 10),
            (None, 0) => "—".into(),
            (None, _) => format!("{}/{}", self.part, self.whole),
        }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self::of(self.part + other.part, self.whole + other.whole)
    }

    /// Counts one more.
    pub(crate) fn count(&mut self, is_part: bool) {
        self.part += u32::from(is_part);
        self.whole += 1;
    }
}

/// [`FEWEST`] as it holds since there is anything to assess.
fn fewest() -> u32 {
    FEWEST.versions().last().map_or(0, |(_, enacted)| enacted.value)
}
