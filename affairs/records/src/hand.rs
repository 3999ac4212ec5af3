//! Who acts, as acts on drafts keep it: the natural person, whichever account or post is used, and whoever
//! is stood in for (docs/readings/042).

use review::Signatory;
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
    /// 代理: the person stood in for.
    pub stands_in_for: Option<String>,
}

impl Hand {
    /// The hand of whoever is signed in.
    pub fn of(clerk: &Clerk) -> Self {
        Self::from(&Signatory::of(clerk))
    }

    /// The persons as whom it counts: the person, and whoever is stood in for.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.stands_in_for.as_deref())
    }

    /// Whether it counts as one of these persons.
    pub fn is_among<'a>(&self, persons: impl IntoIterator<Item = &'a str>) -> bool {
        identity::any_is(self.persons(), persons)
    }
}

/// What whoever imports at the machine is called: nobody of the organ wrote it.
pub(crate) const AT_THE_MACHINE: &str = "命令行导入";

/// What a writer is called on a page, by the name kept with a draft.
pub(crate) fn called(name: &str) -> &str {
    if name.starts_with("operator:") { AT_THE_MACHINE } else { name }
}

impl From<&Signatory> for Hand {
    fn from(by: &Signatory) -> Self {
        Self {
            person: by.person.clone(),
            name: by.name.clone(),
            organ: by.organ.clone(),
            unit: by.unit.clone(),
            stands_in_for: by.stands_in_for.clone(),
        }
    }
}
