//! 按件: what each applicant asked for in each calendar month, numbered through by day of receipt
//! (docs/readings/119).

use std::collections::BTreeMap;

use law::{Date, NotInForce};
use serde::Serialize;

use crate::fee::{Charge, PER_ITEM};

/// An application as the counter sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedApplication {
    /// Whose, by verified identity.
    pub applicant: String,
    /// The day of receipt.
    pub received: Date,
    /// How many matters it asks for.
    pub items: u64,
}

/// What one application costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ItemCharge {
    /// The number of its first matter in the applicant's month.
    pub first: u64,
    /// Of its last.
    pub last: u64,
    /// 元.
    pub amount: u64,
}

/// One applicant's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicantMonth {
    /// Whose.
    pub applicant: String,
    /// The year and the month.
    pub month: (i16, i8),
    /// Matters in all.
    pub items: u64,
    /// What they cost.
    pub charge: Charge,
}

/// What a list of applications costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemCharges {
    /// For each application, in the order given.
    pub charges: Vec<ItemCharge>,
    /// For each applicant and month, in the order of their names and of the months.
    pub months: Vec<ApplicantMonth>,
}

/// Numbers the matters of each applicant's month by day of receipt, then by order in the list, and
/// charges them.
///
/// # Errors
/// One of them was received before the rules were in force.
pub fn per_item(applications: &[CountedApplication]) -> Result<ItemCharges, NotInForce> {
    let mut order: Vec<usize> = (0..applications.len()).collect();
    order.sort_by_key(|place| applications[*place].received);
    let mut counters: BTreeMap<(&str, i16, i8), u64> = BTreeMap::new();
    let mut charges = vec![ItemCharge { first: 0, last: 0, amount: 0 }; applications.len()];
    for place in order {
        let application = &applications[place];
        let counter = counters.entry(application.key()).or_default();
        let scale = PER_ITEM.on(application.received)?.value;
        let first = counter.saturating_add(1);
        *counter = counter.saturating_add(application.items);
        let amount = scale.charge(first, *counter).amount;
        charges[place] = ItemCharge { first, last: *counter, amount };
    }
    let mut months = Vec::new();
    for ((applicant, year, month), items) in counters {
        let first = Date::new(year, month, 1).ok();
        let scale = first.and_then(|first| PER_ITEM.on(first).ok()).map(|scale| scale.value);
        let charge = scale.map(|scale| scale.charge(1, items)).unwrap_or_default();
        let applicant = applicant.to_owned();
        months.push(ApplicantMonth { applicant, month: (year, month), items, charge });
    }
    Ok(ItemCharges { charges, months })
}

impl CountedApplication {
    fn key(&self) -> (&str, i16, i8) {
        (&self.applicant, self.received.year(), self.received.month())
    }
}
