//! Which catalogue what happened belongs to, and which organs each catalogue leaves to another.

use std::collections::{HashMap, HashSet};

use catalogue_rules::obligation::{Answerable, Contract, Facts, Governed, governing};

/// Gives each contract the facts it governs, and leaves to it only the organs it governs.
/// `declined` are the items, by catalogue, that a catalogue said do not apply.
pub(super) fn shared_out(
    mut contracts: Vec<Contract>,
    facts: Facts,
    declined: &HashSet<(String, String)>,
) -> Vec<(Contract, Facts)> {
    let owned: Vec<[String; 3]> = contracts
        .iter()
        .map(|one| [one.catalogue.clone(), one.organ.clone(), one.division.clone()])
        .collect();
    let all: Vec<Governed<'_>> = owned.iter().map(governed).collect();
    let items: Vec<HashSet<String>> = contracts.iter().map(items_of).collect();
    for contract in &mut contracts {
        leave_others(contract, &all, &items, declined);
    }
    let none = || Facts { waivers: facts.waivers.clone(), ..Facts::default() };
    let mut shares: Vec<Facts> = contracts.iter().map(|_| none()).collect();
    let mut places = Places { all: &all, items, known: HashMap::new() };
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

fn items_of(contract: &Contract) -> HashSet<String> {
    contract.items().into_iter().map(str::to_owned).collect()
}

/// Takes out of a contract the organs that another catalogue governs for an item: one that has it, or
/// that said it does not apply. A catalogue that is silent about an item leaves it to the one above.
fn leave_others(
    contract: &mut Contract,
    all: &[Governed<'_>],
    items: &[HashSet<String>],
    declined: &HashSet<(String, String)>,
) {
    let catalogue = contract.catalogue.as_str();
    for duty in contract.terms.iter_mut().flat_map(|term| &mut term.duties) {
        if duty.answerable.is_empty() {
            continue;
        }
        let says = |one: &Governed<'_>, items: &HashSet<String>| {
            let no = (one.catalogue.to_owned(), duty.item.clone());
            items.contains(&duty.item) || declined.contains(&no)
        };
        let saying = all.iter().zip(items).filter(|(one, items)| says(one, items));
        let saying: Vec<Governed<'_>> = saying.map(|(one, _)| *one).collect();
        let governs = |one: &Answerable| {
            let found = governing(&saying, &one.organ, &one.division);
            found.is_some_and(|found| found.catalogue == catalogue)
        };
        duty.answerable.retain(governs);
    }
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

impl Places<'_> {
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
