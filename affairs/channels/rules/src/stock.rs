//! 资料库存: what lies ready, what came and went.

use serde::{Deserialize, Serialize};

/// The most of one material that is counted.
const MOST: u32 = 1_000_000;

/// How much lies ready, and from where on it is little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stock {
    /// So many lie ready.
    pub left: u32,
    /// So many or fewer are little; nothing is little where it is nought.
    pub low: u32,
}

/// What came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Movement {
    /// 入库.
    In(u32),
    /// 发放.
    Out(u32),
    /// 盘点: so many were counted.
    Counted(u32),
}

/// Why a movement cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StockRefused {
    /// More goes out than there is.
    #[error("只有 {0} 份，发不出 {1} 份。请核对数量；实际不止这些的，先登记盘点")]
    TooFew(u32, u32),
    /// Nothing moves.
    #[error("数量是 0，没有可登记的。请写数量")]
    Nothing,
    /// It is no number that can be.
    #[error("数量超过 {MOST}。请核对")]
    TooMany,
}

impl Movement {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::In(_) => "入库",
            Self::Out(_) => "发放",
            Self::Counted(_) => "盘点",
        }
    }

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::In(_) => "in",
            Self::Out(_) => "out",
            Self::Counted(_) => "counted",
        }
    }

    /// The movement of a word and a number; none of any other word.
    pub fn of_word(word: &str, number: u32) -> Option<Self> {
        Some(match word {
            "in" => Self::In(number),
            "out" => Self::Out(number),
            "counted" => Self::Counted(number),
            _ => return None,
        })
    }

    /// The number in it.
    pub fn number(self) -> u32 {
        match self {
            Self::In(number) | Self::Out(number) | Self::Counted(number) => number,
        }
    }
}

impl Stock {
    /// What lies ready afterwards.
    ///
    /// # Errors
    /// It cannot be so.
    pub fn after(self, movement: Movement) -> Result<Self, StockRefused> {
        let left = match movement {
            Movement::In(0) | Movement::Out(0) => return Err(StockRefused::Nothing),
            Movement::In(number) => self.left.saturating_add(number),
            Movement::Out(number) => {
                self.left.checked_sub(number).ok_or(StockRefused::TooFew(self.left, number))?
            }
            Movement::Counted(number) => number,
        };
        if left > MOST { Err(StockRefused::TooMany) } else { Ok(Self { left, ..self }) }
    }

    /// Whether more has to be ordered.
    pub fn is_low(self) -> bool {
        self.low > 0 && self.left <= self.low
    }
}
