//! Which catalogue what happened belongs to, and which organs each catalogue leaves to another.

use std::collections::{HashMap, HashSet};

use catalogue_rules::obligation::{Answerable, Contract, Facts, Governed, governing};

/// Gives each contract the facts it governs, and leaves to it only the organs it governs.
pub(super) fn shared_out(mut contracts: Vec<Contract>, facts: Facts) -> Vec<(Contract, Facts)> {
    let owned: Vec<[String; 3]> = contracts
        .iter()
        .map(|one| [one.catalogue.clone(), one.organ.clone(), one.division.clone()])
        .collect();
    let all: Vec<Governed<'_>> = owned.iter().map(governed).collect();
    for contract in &mut contracts {
        leave_others(contract, &all);
    }
    let none = || Facts { waivers: facts.waivers.clone(), ..Facts::default() };
    let mut shares: Vec<Facts> = contracts.iter().map(|_| none()).collect();
    let mut places = Places::of(&contracts, &all);
    for one in facts.occurrences {
        if let Some(at) = places.find(&one.item, &one.organ, &one.division) {
            shares[at].occurrences.push(one);
        }
    }
    for one in facts.disclosures {
        if let Some(at) = places.find(&one.item, &one.organ, &one.division) {
            shares[at].disclosures.push(one);
        }
    }
    contracts.into_iter().zip(shares).collect()
}

/// Takes out of a contract the organs that another catalogue governs.
fn leave_others(contract: &mut Contract, all: &[Governed<'_>]) {
    let catalogue = contract.catalogue.as_str();
    let governs = |one: &Answerable| {
        let found = governing(all, &one.organ, &one.division);
        found.is_some_and(|found| found.catalogue == catalogue)
    };
    let duties = contract.terms.iter_mut().flat_map(|term| &mut term.duties);
    duties.for_each(|duty| duty.answerable.retain(governs));
}

fn governed(parts: &[String; 3]) -> Governed<'_> {
    let [catalogue, organ, division] = parts;
    Governed { catalogue, organ, division }
}

/// Finds the contract for an item and an organ, and remembers it.
struct Places<'a> {
    all: &'a [Governed<'a>],
    /// The items of each contract.
    items: Vec<HashSet<String>>,
    known: HashMap<(String, String), Option<usize>>,
}

impl<'a> Places<'a> {
    fn of(contracts: &[Contract], all: &'a [Governed<'a>]) -> Self {
        let items = |contract: &Contract| contract.items().into_iter().map(str::to_owned).collect();
        let items = contracts.iter().map(items).collect();
        Self { all, items, known: HashMap::new() }
    }

    /// The place of the contract that governs what an organ does for an item.
    fn find(&mut self, item: &str, organ: &str, division: &str) -> Option<usize> {
        let key = (item.to_owned(), organ.to_owned());
        if let Some(found) = self.known.get(&key) {
            return *found;
        }
        let having = self.all.iter().zip(&self.items).filter(|(_, items)| items.contains(item));
        let having: Vec<Governed<'_>> = having.map(|(one, _)| *one).collect();
        let found = governing(&having, organ, division);
        let at = found.and_then(|found| self.all.iter().position(|one| *one == found));
        self.known.insert(key, at);
        at
    }
}
