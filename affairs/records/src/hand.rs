//! Who acts, as acts on drafts keep it: the natural person, whichever account or post is used.

use web::Clerk;

/// The person, the organ acted for, and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// The key of the natural person.
    pub person: String,
    /// What the person is called.
    pub name: String,
    /// The code of the organ.
    pub organ: String,
    /// 内设机构; empty for none.
    pub unit: String,
}

impl Hand {
    /// The hand of whoever is signed in.
    pub fn of(clerk: &Clerk) -> Self {
        Self {
            person: clerk.id.clone(),
            name: clerk.name.clone(),
            organ: clerk.organ.code.clone(),
            unit: clerk.unit.clone(),
        }
    }
}
