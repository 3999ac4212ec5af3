//! The access policy: tables written from the law, kept as data and read once.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use csv::StringRecord;

use super::{Condition, Relation};
use crate::{Role, Side};

/// An act as the policy describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its word: `catalogue.row.edit`.
    pub word: String,
    /// What people call it.
    pub name: String,
    /// Whether it only reads.
    pub reads: bool,
    /// It shows or changes personal data.
    pub personal: bool,
    /// It must leave an entry in the ledger.
    pub audited: bool,
    /// A second natural person is needed.
    pub second_person: bool,
    /// The clock may carry it out at a time that a person has set.
    pub by_clock: bool,
    /// What it rests on.
    pub basis: String,
    /// It stands in `proposed.csv` and still waits for a legal officer's word.
    pub proposed: bool,
}

/// What is said of a role beside its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRules {
    /// Which organs have it.
    pub levels: Vec<String>,
    /// Roles that one natural person never has beside it.
    pub never_at_all: Vec<Role>,
    /// Roles in which one natural person never acts on the same object.
    pub never_same_object: Vec<Role>,
}

/// Two acts on one object for two natural persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separation {
    /// `SOD-01`.
    pub id: String,
    /// The earlier act.
    pub first: String,
    /// The later act.
    pub second: String,
    /// The condition that fails for whoever did the first.
    pub guard: Condition,
}

/// What the policy says of a cell: act, role and relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody may.
    Refused,
    /// Allowed where all conditions of any one set hold.
    Allowed {
        /// The sets.
        sets: Vec<Vec<Condition>>,
        /// The role may only what any visitor may: neither post nor organ stands in the entry.
        as_visitor: bool,
    },
}

struct Row {
    allow: bool,
    conditions: Vec<Condition>,
}

/// The whole policy.
pub struct Policy {
    acts: BTreeMap<String, Act>,
    roles: Vec<RoleRules>,
    rows: HashMap<(String, Role, Relation), Vec<Row>>,
    separations: Vec<Separation>,
    never: Vec<(String, String)>,
}

/// Why a table cannot be read: the table and the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table} 第 {line} 行读不出")]
pub struct PolicyError {
    table: &'static str,
    line: usize,
}

/// The tables by name.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// `acts.csv`.
    pub acts: &'static str,
    /// `roles.csv`.
    pub roles: &'static str,
    /// `policy.csv`.
    pub policy: &'static str,
    /// `sod.csv`.
    pub separations: &'static str,
    /// `never.csv`.
    pub never: &'static str,
    /// `proposed.csv`: acts that the policy lacks, each with its rows and their legal basis.
    pub proposed: &'static str,
}

/// The tables of this release.
pub const TEXTS: Texts = Texts {
    acts: include_str!("../../policy/acts.csv"),
    roles: include_str!("../../policy/roles.csv"),
    policy: include_str!("../../policy/policy.csv"),
    separations: include_str!("../../policy/sod.csv"),
    never: include_str!("../../policy/never.csv"),
    proposed: include_str!("../../policy/proposed.csv"),
};

static HOUSE: LazyLock<Policy> = LazyLock::new(|| match Policy::read(TEXTS) {
    Ok(policy) => policy,
    // A test reads these very tables; and an empty policy refuses everybody everything.
    Err(error) => {
        tracing::error!(%error, "access policy unreadable, everything is refused");
        Policy::empty()
    }
});

impl Policy {
    /// The policy of this release.
    pub fn of_house() -> &'static Self {
        &HOUSE
    }

    fn empty() -> Self {
        let rules =
            || RoleRules { levels: vec![], never_at_all: vec![], never_same_object: vec![] };
        Self {
            acts: BTreeMap::new(),
            roles: Role::all().map(|_| rules()).collect(),
            rows: HashMap::new(),
            separations: vec![],
            never: vec![],
        }
    }

    /// Reads the tables.
    ///
    /// # Errors
    /// A line names an act, role, relation or condition that is none.
    pub fn read(texts: Texts) -> Result<Self, PolicyError> {
        let mut policy = Self::empty();
        policy.roles.clear();
        for_each("roles.csv", texts.roles, |line| policy.take_role(line))?;
        for_each("acts.csv", texts.acts, |line| policy.take_act(line, false))?;
        for_each("policy.csv", texts.policy, |line| policy.take_row(line))?;
        for_each("proposed.csv", texts.proposed, |line| {
            if policy.acts.get(line.cell("act")?).is_some_and(|act| !act.proposed) {
                return None;
            }
            policy.take_act(line, true)?;
            policy.take_row(line)
        })?;
        for_each("sod.csv", texts.separations, |line| policy.take_separation(line))?;
        for_each("never.csv", texts.never, |line| {
            policy.never.push((line.text("id")?, line.text("name_zh")?));
            Some(())
        })?;
        Ok(policy)
    }

    fn take_role(&mut self, line: &Line) -> Option<()> {
        self.roles.push(RoleRules {
            levels: line.cell("levels")?.split(' ').map(str::to_owned).collect(),
            never_at_all: line.roles("never_at_all")?,
            never_same_object: line.roles("never_same_object")?,
        });
        Some(())
    }

    fn take_act(&mut self, line: &Line, proposed: bool) -> Option<()> {
        let act = Act {
            word: line.text("act")?,
            name: line.text("name_zh")?,
            reads: line.cell("effect")? == "read",
            personal: line.cell("personal_data")? != "no",
            audited: line.yes("audited")?,
            second_person: line.yes("second_person")?,
            by_clock: line.yes("by_clock")?,
            basis: line.text("basis").filter(|basis| !basis.is_empty())?,
            proposed,
        };
        self.acts.insert(act.word.clone(), act);
        Some(())
    }

    fn take_row(&mut self, line: &Line) -> Option<()> {
        let act = line.text("act").filter(|act| self.acts.contains_key(act))?;
        let key = (act, Role::parse(line.cell("role")?)?, Relation::parse(line.cell("relation")?)?);
        let allow = match line.cell("decision")? {
            "allow" => true,
            "deny" => false,
            _ => return None,
        };
        let words = line.cell("condition")?.split(';').filter(|word| !word.is_empty());
        let conditions = words.map(Condition::parse).collect::<Option<Vec<_>>>()?;
        self.rows.entry(key).or_default().push(Row { allow, conditions });
        Some(())
    }

    fn take_separation(&mut self, line: &Line) -> Option<()> {
        let act = |name| line.text(name).filter(|act| self.acts.contains_key(act));
        let (first, second) = (act("first_act")?, act("second_act")?);
        let guard = Condition::parse(line.cell("guard")?)?;
        self.separations.push(Separation { id: line.text("id")?, first, second, guard });
        Some(())
    }

    /// One act by its word.
    pub fn act(&self, word: &str) -> Option<&Act> {
        self.acts.get(word)
    }

    /// All acts, by word.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.acts.values()
    }

    /// What is said of a role.
    pub fn role(&self, role: Role) -> &RoleRules {
        &self.roles[role as usize]
    }

    /// The separated pairs of acts.
    pub fn separations(&self) -> &[Separation] {
        &self.separations
    }

    /// What nobody may do: word and name.
    pub fn never(&self) -> &[(String, String)] {
        &self.never
    }

    /// What the tables say of a cell. Deny is the default: the row of exactly this relation speaks
    /// first; on an own object of staff the rows of the own organ speak next, save what must not be
    /// done by whoever wrote it; then what the role may do without any tie; then what any visitor may
    /// (programs: reading only).
    pub fn decide(&self, act: &str, role: Role, relation: Relation) -> Verdict {
        let of_staff = !matches!(role.side(), Side::Public | Side::Machine);
        let mut steps = vec![relation];
        if relation == Relation::OwnObject && of_staff {
            steps.push(Relation::OwnOrgan);
        }
        if relation != Relation::Public {
            steps.push(Relation::Public);
        }
        for step in steps {
            let rows = self.rows_of(act, role, step);
            if rows.iter().any(|row| !row.allow) {
                return Verdict::Refused;
            }
            let fallback = relation == Relation::OwnObject && step == Relation::OwnOrgan;
            let mut sets: Vec<_> = rows.iter().map(|row| row.conditions.clone()).collect();
            if fallback {
                let any = !sets.is_empty();
                sets.retain(|set| !set.iter().any(|one| NOT_ON_OWN.contains(one)));
                if any && sets.is_empty() {
                    return Verdict::Refused;
                }
            }
            if !sets.is_empty() {
                return Verdict::Allowed { sets, as_visitor: role == Role::Visitor };
            }
        }
        self.as_visitor(act, role)
    }

    fn as_visitor(&self, act: &str, role: Role) -> Verdict {
        let reads = self.act(act).is_some_and(|act| act.reads);
        if role.side() != Side::Machine || reads {
            let rows = self.rows_of(act, Role::Visitor, Relation::Public);
            let sets: Vec<_> =
                rows.iter().filter(|row| row.allow).map(|row| row.conditions.clone()).collect();
            if !sets.is_empty() {
                return Verdict::Allowed { sets, as_visitor: true };
            }
        }
        Verdict::Refused
    }

    fn rows_of(&self, act: &str, role: Role, relation: Relation) -> &[Row] {
        self.rows.get(&(act.to_owned(), role, relation)).map_or(&[], Vec::as_slice)
    }

    /// Whether the role may do the act in any tie at all, so that its page may be opened.
    pub fn ever(&self, act: &str, role: Role) -> bool {
        Relation::all().any(|relation| self.decide(act, role, relation) != Verdict::Refused)
    }

    /// Whether the role may do the act on anything of its own organ, not only on what was assigned to it,
    /// sent to it or complained of.
    pub fn freely(&self, act: &str, role: Role) -> bool {
        let Verdict::Allowed { sets, .. } = self.decide(act, role, Relation::OwnOrgan) else {
            return false;
        };
        sets.iter().any(|set| !set.iter().any(|one| ON_ONE_OBJECT.contains(one)))
    }

    /// The roles with an allow of their own for the act, and the ties in which they have it.
    pub fn who_may(&self, act: &str) -> Vec<(Role, Vec<Relation>)> {
        let has = |role, relation: &Relation| {
            self.rows_of(act, role, *relation).iter().any(|row| row.allow)
        };
        let ties = |role| (role, Relation::all().filter(|tie| has(role, tie)).collect::<Vec<_>>());
        Role::all().map(ties).filter(|(_, ties)| !ties.is_empty()).collect()
    }
}

/// Conditions that hold for single objects, whatever the post.
const ON_ONE_OBJECT: [Condition; 4] =
    [Condition::Assigned, Condition::InReview, Condition::Addressed, Condition::OnComplaint];

/// Conditions that can never hold for one's own object.
const NOT_ON_OWN: [Condition; 2] = [Condition::NotAuthor, Condition::NotSelf];

/// A line of a table, cell by name.
struct Line<'a> {
    head: &'a StringRecord,
    cells: &'a StringRecord,
}

impl Line<'_> {
    fn cell(&self, name: &str) -> Option<&str> {
        self.cells.get(self.head.iter().position(|own| own == name)?)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.cell(name).map(str::to_owned)
    }

    fn yes(&self, name: &str) -> Option<bool> {
        self.cell(name).map(|word| word == "yes")
    }

    fn roles(&self, name: &str) -> Option<Vec<Role>> {
        self.cell(name)?.split(' ').filter(|word| !word.is_empty()).map(Role::parse).collect()
    }
}

fn for_each(
    table: &'static str,
    text: &str,
    mut take: impl FnMut(&Line) -> Option<()>,
) -> Result<(), PolicyError> {
    let fault = |line| PolicyError { table, line };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| fault(1))?.clone();
    for (at, cells) in reader.records().enumerate() {
        let cells = cells.map_err(|_| fault(at + 2))?;
        take(&Line { head: &head, cells: &cells }).ok_or_else(|| fault(at + 2))?;
    }
    Ok(())
}
