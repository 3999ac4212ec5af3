//! 信息处理费 (国办函〔2020〕109号): what a request beyond reasonable bounds costs, by one of two methods
//! and never both, with the tiers shown. All money is whole 元.

use std::fmt;

use law::{Date, Dated, Enacted, NotInForce, day, document};
use serde::{Deserialize, Serialize};

use crate::period::FEE_RULES;

/// The two methods; an organ chooses one for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeMethod {
    /// 按件: what an applicant asks for in one calendar month.
    PerItem,
    /// 按量: the pages provided on one application.
    PerPage,
}

/// How information is provided, as far as the fee asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvidedForm {
    /// 纸质.
    Paper,
    /// 电子邮件.
    Email,
    /// 复制到介质.
    Copy,
    /// 查阅、抄录: costs nothing.
    Inspect,
}

/// A rate that holds from one number on to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Rate {
    /// The first number it holds for.
    pub from: u64,
    /// 元 for each.
    pub each: u64,
}

/// A scale: rates in order, and for what lies beyond the last a step upward for each further block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scale {
    rates: &'static [Rate],
    /// Beyond the last rate: so many to a block, and so many 元 more for each block.
    rising: Option<(u64, u64)>,
}

/// 按件: ten free, then 100 元, and from the thirty-first 100 元 more for every ten.
pub const PER_ITEM: Dated<Scale> = Dated::since(&[(
    day(2021, 1, 1),
    Scale {
        rates: &[
            Rate { from: 1, each: 0 },
            Rate { from: 11, each: 100 },
            Rate { from: 31, each: 200 },
        ],
        rising: Some((10, 100)),
    },
    document(FEE_RULES),
)]);

/// 按量: thirty pages free, then 10, 20 and 40 元.
pub const PER_PAGE: Dated<Scale> = Dated::since(&[(
    day(2021, 1, 1),
    Scale {
        rates: &[
            Rate { from: 1, each: 0 },
            Rate { from: 31, each: 10 },
            Rate { from: 101, each: 20 },
            Rate { from: 201, each: 40 },
        ],
        rising: None,
    },
    document(FEE_RULES),
)]);

/// The part of a fee that falls into one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Tier {
    /// The first number of the tier.
    pub from: u64,
    /// Its last; none where it has no end.
    pub to: Option<u64>,
    /// How many fall into it.
    pub count: u64,
    /// 元 for each.
    pub rate: u64,
    /// 元 together.
    pub amount: u64,
}

/// A fee and how it comes about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Charge {
    /// 元.
    pub amount: u64,
    /// Only tiers with something in them, in order.
    pub tiers: Vec<Tier>,
}

impl Scale {
    /// How many cost nothing; none where the first already costs.
    pub fn free(&self) -> Option<u64> {
        let free = self.rates.first().filter(|rate| rate.each == 0)?;
        let paid = self.rates.get(1)?;
        paid.from.checked_sub(free.from)
    }

    /// What the numbers from `first` to `last` cost; nothing if there are none.
    pub fn charge(&self, first: u64, last: u64) -> Charge {
        let mut charge = Charge::default();
        let mut next = first.max(1);
        while next <= last {
            let (from, to, rate) = self.tier_of(next);
            let end = to.map_or(last, |to| to.min(last));
            let count = end.saturating_sub(next).saturating_add(1);
            let amount = count.saturating_mul(rate);
            charge.amount = charge.amount.saturating_add(amount);
            charge.tiers.push(Tier { from, to, count, rate, amount });
            let Some(after) = end.checked_add(1) else { break };
            next = after;
        }
        charge
    }

    /// First and last number and rate of the tier that holds `number`.
    fn tier_of(&self, number: u64) -> (u64, Option<u64>, u64) {
        let place = self.rates.iter().rposition(|rate| rate.from <= number).unwrap_or_default();
        let Some(Rate { from, each }) = self.rates.get(place).copied() else {
            return (number, None, 0);
        };
        if let Some(next) = self.rates.get(place + 1) {
            return (from, Some(next.from.saturating_sub(1)), each);
        }
        let Some((block, more)) = self.rising else { return (from, None, each) };
        let blocks = number.saturating_sub(from) / block.max(1);
        let first = from.saturating_add(blocks.saturating_mul(block));
        let rate = each.saturating_add(blocks.saturating_mul(more));
        (first, Some(first.saturating_add(block.saturating_sub(1))), rate)
    }
}

/// 按量: what the pages provided on one application cost. Nothing for reading on the spot, or where
/// only the place is told where it can be found.
///
/// # Errors
/// The application was received before the rules were in force.
pub fn per_page(
    received: Date,
    form: ProvidedForm,
    pages: u64,
    only_told_where: bool,
) -> Result<Charge, NotInForce> {
    let Enacted { value: scale, .. } = PER_PAGE.on(received)?;
    if form == ProvidedForm::Inspect || only_told_where {
        return Ok(Charge::default());
    }
    Ok(scale.charge(1, pages))
}

impl FeeMethod {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PerItem => "按件计收",
            Self::PerPage => "按量计收",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::PerItem => "件",
            Self::PerPage => "页",
        }
    }
}

impl Charge {
    /// The sum as the notice shows it: 第11—30件 20件×100元=2000元; ……; 共3000元.
    pub fn shown(&self, method: FeeMethod) -> String {
        let unit = method.unit();
        let parts = self.tiers.iter().map(|tier| {
            let Tier { from, to, count, rate, amount } = tier;
            let range = match to {
                Some(to) => format!("第{from}—{to}{unit}"),
                None => format!("第{from}{unit}起"),
            };
            format!("{range} {count}{unit}×{rate}元={amount}元")
        });
        let parts: Vec<String> = parts.collect();
        format!("{}；共{}元", parts.join("；"), self.amount)
    }
}

impl fmt::Display for ProvidedForm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Paper => "纸质复制件",
            Self::Email => "电子文件",
            Self::Copy => "光盘、U盘等",
            Self::Inspect => "查阅、抄录",
        })
    }
}
