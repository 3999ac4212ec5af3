//! Trying the policy cell by cell, for tests of every crate: two organs, two units, two districts and
//! two persons for each tie; every condition broken alone; every separated pair tried by one person.

use super::{Asking, Chart, Condition, Policy, Relation, Tie, Verdict};
use crate::{Level, Organ, Role, Standing};

/// Who acts in every trial.
const ACTOR: &str = "person-of-the-trial";
/// Somebody else.
const OTHER: &str = "another-person";
/// The unit acted from.
const UNIT: &str = "unit-1";
/// The domain that the actor's organ leads.
const DOMAIN: &str = "yanglaofuwu";

/// One cell and what the tables expect of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The act.
    pub act: String,
    /// The role.
    pub role: Role,
    /// The tie.
    pub relation: Relation,
    /// The sets of conditions of which one must hold; `None` where it is refused.
    pub expected: Option<Vec<Vec<Condition>>>,
}

/// What came of trying.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Cells tried.
    pub cells: usize,
    /// Allowed against the table, each in a line.
    pub unexpected_allow: Vec<String>,
    /// Refused against the table, each in a line.
    pub unexpected_deny: Vec<String>,
    /// Conditions broken alone.
    pub broken: usize,
    /// Those of them that were refused, as they must be.
    pub refused_when_broken: usize,
    /// Separated pairs that no person could do alone.
    pub pairs: usize,
}

/// Reads cells as `check.py --cells` writes them; `None` where a line is none.
pub fn cells_of(text: &str) -> Option<Vec<Cell>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut cells = Vec::new();
    for line in reader.records() {
        let line = line.ok()?;
        let sets = || -> Option<Vec<Vec<Condition>>> {
            let of_set = |set: &str| -> Option<Vec<Condition>> {
                set.split(';').filter(|word| *word != "-").map(Condition::parse).collect()
            };
            line.get(4)?.split(" | ").map(of_set).collect()
        };
        cells.push(Cell {
            act: line.get(0)?.to_owned(),
            role: Role::parse(line.get(1)?)?,
            relation: Relation::parse(line.get(2)?)?,
            expected: if line.get(3)? == "allow" { Some(sets()?) } else { None },
        });
    }
    Some(cells)
}

/// The cells of the acts that stand in `proposed.csv`, as our own tables expect them.
pub fn proposed_cells() -> Vec<Cell> {
    let policy = Policy::of_house();
    let acts = policy.acts().filter(|act| act.proposed);
    let keys = acts.flat_map(|act| {
        Role::all().flat_map(move |role| Relation::all().map(move |tie| (act, role, tie)))
    });
    keys.map(|(act, role, relation)| Cell {
        expected: match policy.decide(&act.word, role, relation) {
            Verdict::Refused => None,
            Verdict::Allowed { sets, .. } => Some(sets),
        },
        act: act.word.clone(),
        role,
        relation,
    })
    .collect()
}

/// The organs of the trial, and a person at a post in one of them.
pub struct Stage {
    chart: Chart,
    own: Organ,
}

impl Default for Stage {
    fn default() -> Self {
        let own = organ("A-MZ", "civil_affairs", Level::District, "350203000000", &[DOMAIN]);
        let others = vec![
            own.clone(),
            organ("A-CZ", "finance", Level::District, "350203000000", &[]),
            organ("B-CZ", "finance", Level::District, "350205000000", &[]),
            organ("A-Z1", "town", Level::Township, "350203001000", &[]),
            organ("S-MZ", "civil_affairs", Level::City, "350200000000", &[]),
        ];
        Self { chart: Chart::of(others, Some(own.code.clone())), own }
    }
}

fn organ(code: &str, role: &str, level: Level, division: &str, remit: &[&str]) -> Organ {
    Organ {
        code: code.into(),
        name: code.into(),
        short_name: code.into(),
        kind: "department".into(),
        role: role.into(),
        level,
        division: division.into(),
        valid_from: None,
        valid_to: None,
        successor: None,
        remit: remit.iter().map(|domain| (*domain).to_owned()).collect(),
        address: None,
        postcode: None,
        hours: None,
        phone: None,
        note: None,
    }
}

impl Stage {
    /// Somebody in a role; `instead_of` names the one stood in for.
    pub fn standing(&self, role: Role, instead_of: Option<&str>) -> Standing {
        Standing {
            person: ACTOR.into(),
            name: "试".into(),
            post: "post-of-the-trial".into(),
            role,
            organ: self.own.clone(),
            unit: UNIT.into(),
            stands_in_for: instead_of.map(str::to_owned),
            stand_in: instead_of.map(|_| "stand-in".to_owned()),
        }
    }

    /// An object in a tie to the actor, of which all conditions hold but those broken.
    pub fn object(&self, act: &str, relation: Relation, broken: &[Condition]) -> (Tie, bool) {
        let (organ, unit) = match relation {
            Relation::OwnOrgan | Relation::OwnObject => ("A-MZ", UNIT),
            Relation::SameOrganOtherUnit => ("A-MZ", "unit-2"),
            Relation::ParentOrgan => ("A-Z1", ""),
            Relation::ChildOrgan => ("S-MZ", ""),
            Relation::SiblingDistrict => ("B-CZ", ""),
            Relation::SameCityOtherDept => ("A-CZ", ""),
            Relation::Public => ("", ""),
        };
        let whole = |one: &Condition| !broken.contains(one);
        let mut tie = Tie {
            open: relation == Relation::Public,
            domain: whole(&Condition::OwnDomain).then(|| DOMAIN.to_owned()),
            reason: Some(if whole(&Condition::ReasonRecorded) { "理由" } else { "　" }.to_owned()),
            holds: Condition::all().filter(whole).collect(),
            ..Tie::to(organ).in_unit(unit)
        };
        if relation == Relation::OwnObject {
            tie = tie.by(ACTOR);
        } else if relation != Relation::Public {
            tie = tie.by(OTHER).about(OTHER);
        }
        for condition in broken {
            tie = spoiled(tie, act, *condition, ACTOR);
        }
        (tie, whole(&Condition::Reauth))
    }

    /// What the guard says.
    pub fn may(&self, standing: &Standing, fresh: bool, act: &str, tie: &Tie) -> bool {
        Asking { standing, fresh }.may(&self.chart, act, tie).is_ok()
    }

    /// Tries every cell: as it stands, and with each condition broken alone. Where several sets may
    /// hold, one of every other set is broken too.
    pub fn try_cells(&self, cells: &[Cell]) -> Outcome {
        let mut outcome = Outcome { cells: cells.len(), ..Outcome::default() };
        for cell in cells {
            let standing = self.standing(cell.role, None);
            let (tie, fresh) = self.object(&cell.act, cell.relation, &[]);
            let told = || format!("{} {} {}", cell.act, cell.role.word(), cell.relation.word());
            match (self.may(&standing, fresh, &cell.act, &tie), &cell.expected) {
                (true, None) => outcome.unexpected_allow.push(told()),
                (false, Some(_)) => outcome.unexpected_deny.push(told()),
                _ => {}
            }
            self.break_each(cell, &standing, &mut outcome);
        }
        outcome
    }

    fn break_each(&self, cell: &Cell, standing: &Standing, outcome: &mut Outcome) {
        let sets = cell.expected.as_deref().unwrap_or_default();
        for (at, set) in sets.iter().enumerate() {
            for condition in set {
                let others = sets.iter().enumerate().filter(|(other, _)| *other != at);
                let others = others.filter_map(|(_, set)| set.first().copied());
                let broken: Vec<_> = std::iter::once(*condition).chain(others).collect();
                let (tie, fresh) = self.object(&cell.act, cell.relation, &broken);
                outcome.broken += 1;
                if self.may(standing, fresh, &cell.act, &tie) {
                    let (act, role) = (&cell.act, cell.role.word());
                    let line = format!("{act} {role} without {}", condition.word());
                    outcome.unexpected_allow.push(line);
                } else {
                    outcome.refused_when_broken += 1;
                }
            }
        }
    }

    /// Tries every separated pair by one natural person: in the role he has, after a change of role,
    /// as stand-in for who did the first act, and by who was stood in for.
    pub fn try_pairs(&self, outcome: &mut Outcome) {
        let policy = Policy::of_house();
        for pair in policy.separations() {
            let mut alone = false;
            for role in Role::all() {
                for relation in Relation::all() {
                    let (tie, fresh) = self.object(&pair.second, relation, &[]);
                    let by_actor = tie.clone().after(pair.first.clone(), ACTOR);
                    let by_other = tie.after(pair.first.clone(), OTHER);
                    let own = self.standing(role, None);
                    let instead = self.standing(role, Some(OTHER));
                    alone |= self.may(&own, fresh, &pair.second, &by_actor)
                        || self.may(&instead, fresh, &pair.second, &by_other)
                        || self.may(&instead, fresh, &pair.second, &by_actor);
                }
            }
            if alone {
                outcome.unexpected_allow.push(format!("{}: one person may do both", pair.id));
            } else {
                outcome.pairs += 1;
            }
        }
    }
}

/// The object as it is when a condition on persons does not hold for this one.
fn spoiled(tie: Tie, act: &str, condition: Condition, person: &str) -> Tie {
    let mut pairs = Policy::of_house().separations().iter();
    let first = pairs.find(|pair| pair.second == act && pair.guard == condition);
    match (condition, first) {
        (_, Some(pair)) => tie.after(pair.first.clone(), person),
        (Condition::NotAuthor, None) => tie.by(person),
        (Condition::NotApplicant | Condition::NotSelf, None) => tie.about(person),
        _ => tie,
    }
}
