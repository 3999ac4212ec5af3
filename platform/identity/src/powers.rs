//! 权限: who may do what to what. The tables in `policy/` were written from the law and from no code;
//! here they are read, ties are worked out and conditions looked at. Deny is the default.

mod basis;
mod chart;
mod condition;
mod policy;
mod relation;
mod tie;
pub mod trial;
mod words;

pub use chart::Chart;
pub use condition::Condition;
pub use policy::{Act, Policy, PolicyError, RoleRules, Separation, TEXTS, Texts, Verdict};
pub use relation::Relation;
pub use tie::Tie;

use crate::Standing;

/// An act is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The tie it was allowed in.
    pub relation: Relation,
    /// Only as any visitor might: neither post nor organ stands in the entry.
    pub as_visitor: bool,
}

/// An act is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The act.
    pub act: String,
    /// The tie there was; `None` where the object's organ is unknown.
    pub relation: Option<Relation>,
    /// The conditions of the nearest set that did not hold; empty where role and tie are refused.
    pub missing: Vec<Condition>,
}

/// Who asks: as whom the person acts, and whether the second factor was given just now.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// As whom.
    pub standing: &'a Standing,
    /// 重新双因素认证: a second factor was given for this act, moments ago.
    pub fresh: bool,
}

impl Asking<'_> {
    /// Whether the act may be done to the object.
    ///
    /// # Errors
    /// It may not; the refusal says what is missing.
    pub fn may(&self, chart: &Chart, act: &str, tie: &Tie) -> Result<Allowed, Denied> {
        let policy = Policy::of_house();
        let relation = self.relation(chart, tie);
        let denied = |missing| Denied { act: act.to_owned(), relation, missing };
        let Some(relation) = relation else { return Err(denied(vec![])) };
        let verdict = policy.decide(act, self.standing.role, relation);
        let Verdict::Allowed { sets, as_visitor } = verdict else { return Err(denied(vec![])) };
        let missing = |set: &Vec<Condition>| -> Vec<Condition> {
            let open = |one: &Condition| !self.holds(policy, act, tie, *one);
            set.iter().copied().filter(open).collect()
        };
        let nearest = sets.iter().map(missing).min_by_key(Vec::len).unwrap_or_default();
        if nearest.is_empty() { Ok(Allowed { relation, as_visitor }) } else { Err(denied(nearest)) }
    }

    /// The tie between the person and the object.
    fn relation(&self, chart: &Chart, tie: &Tie) -> Option<Relation> {
        if tie.open {
            return Some(Relation::Public);
        }
        let standing = self.standing;
        let had_a_hand = |persons: &[String]| persons.iter().any(|person| self.is(person));
        let own = had_a_hand(&tie.authors) || had_a_hand(&tie.about);
        if tie.organ.is_empty() {
            return Some(if own { Relation::OwnObject } else { Relation::Public });
        }
        let at = (&standing.organ, standing.unit.as_str());
        let relation = Relation::to(chart, at, (&tie.organ, &tie.unit))?;
        let within = relation == Relation::OwnOrgan;
        Some(if own && within { Relation::OwnObject } else { relation })
    }

    /// Whether a natural person is the actor or the one stood in for.
    fn is(&self, person: &str) -> bool {
        self.standing.persons().any(|own| own == person)
    }

    fn holds(&self, policy: &Policy, act: &str, tie: &Tie, condition: Condition) -> bool {
        let bound = policy.separations().iter().any(|pair| {
            let earlier =
                |(first, person): &(String, String)| *first == pair.first && self.is(person);
            pair.second == act && pair.guard == condition && tie.done.iter().any(earlier)
        });
        let none_is = |persons: &[String]| !persons.iter().any(|person| self.is(person));
        !bound
            && match condition {
                Condition::NotAuthor => none_is(&tie.authors),
                Condition::NotPriorReviewer => true,
                Condition::NotApplicant | Condition::NotSelf => none_is(&tie.about),
                Condition::Reauth => self.fresh,
                Condition::OwnDomain => {
                    tie.domain.as_ref().is_some_and(|own| self.standing.organ.remit.contains(own))
                }
                Condition::ReasonRecorded => {
                    tie.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty())
                }
                other => tie.holds.contains(&other),
            }
    }
}
