//! What an act says of its object when it asks whether it may be done.

use super::Condition;

/// The object of an act: whose it is, who had a hand in it, and what is known to hold of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tie {
    /// The code of the organ it belongs to. Empty where it belongs to no organ.
    pub organ: String,
    /// The unit it belongs to; empty where it belongs to none.
    pub unit: String,
    /// The act is offered to anyone, without any tie of organ or person.
    pub open: bool,
    /// The natural persons who wrote it, filed it or proposed it.
    pub authors: Vec<String>,
    /// The natural persons it is about: applicants, holders of the account.
    pub about: Vec<String>,
    /// Who did what to this very object before: act and natural person.
    pub done: Vec<(String, String)>,
    /// The domain it belongs to.
    pub domain: Option<String>,
    /// The reason that is stored with the act.
    pub reason: Option<String>,
    /// The conditions that the act has found to hold.
    pub holds: Vec<Condition>,
}

impl Tie {
    /// An object of an organ, and of none of its units.
    pub fn to(organ: impl Into<String>) -> Self {
        Self { organ: organ.into(), ..Self::default() }
    }

    /// What anyone may ask for.
    pub fn none() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// It belongs to this unit.
    pub fn in_unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// This person wrote, filed or proposed it.
    pub fn by(mut self, person: impl Into<String>) -> Self {
        self.authors.push(person.into());
        self
    }

    /// It is about this person.
    pub fn about(mut self, person: impl Into<String>) -> Self {
        self.about.push(person.into());
        self
    }

    /// This person carried out this act on it before.
    pub fn after(mut self, act: impl Into<String>, person: impl Into<String>) -> Self {
        self.done.push((act.into(), person.into()));
        self
    }

    /// It belongs to this domain.
    pub fn of_domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// This reason is stored with the act.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// This holds.
    pub fn holding(mut self, conditions: impl IntoIterator<Item = Condition>) -> Self {
        self.holds.extend(conditions);
        self
    }
}
