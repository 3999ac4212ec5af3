//! Who acts at a step: a natural person, in one post, perhaps in another's stead.

use ledger::Actor;
use serde::{Deserialize, Serialize};
use web::Clerk;

/// A person who takes a step, releases or withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The natural person, whichever account is used.
    pub person: String,
    /// What he is called.
    pub name: String,
    /// The post in which he acts; empty where posts are not kept yet.
    pub post: String,
    /// The role in which he acts, by its id in the access policy; empty where roles are not kept yet.
    pub role: String,
    /// The organ he acts for, by code.
    pub organ: String,
    /// His 科室; empty where he has none.
    pub unit: String,
    /// 代理: the person he stands in for.
    pub stands_in_for: Option<String>,
}

impl Signatory {
    /// Who is signed in at the workbench.
    pub fn of(clerk: &Clerk) -> Self {
        Self {
            person: clerk.id.clone(),
            name: clerk.name.clone(),
            post: clerk.post.clone(),
            role: clerk.role.word().to_owned(),
            organ: clerk.organ.code.clone(),
            unit: clerk.unit.clone(),
            stands_in_for: clerk.standing().stands_in_for.clone(),
        }
    }

    /// Who acts, for the ledger.
    pub fn actor(&self) -> Actor {
        match self.person.strip_prefix("operator:") {
            Some(name) => Actor::Operator(name.to_owned()),
            None => Actor::Officer { person: self.person.clone(), post: self.post.clone() },
        }
    }

    /// The persons as whom he counts: himself, and whoever he stands in for.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.stands_in_for.as_deref())
    }

    /// Whether he counts as this person.
    pub fn counts_as(&self, person: &str) -> bool {
        self.persons().any(|own| own == person)
    }

    /// Whether his role is among these. Where roles are not kept, whoever may enter may act.
    pub fn is_one_of(&self, roles: &[&str]) -> bool {
        self.role.is_empty() || roles.contains(&self.role.as_str())
    }
}
