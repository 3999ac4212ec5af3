//! 经办人: who is signed in at the workbench, and for which organ.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use identity::powers::{Allowed, Asking, Chart, Condition, Denied, Policy, Tie};
use identity::{Organ, Role, Standing};
use ledger::Actor;

use crate::workbench::REASON;
use crate::{Fault, House};

/// A person signed in at the workbench. Only the guard of [`crate::Route::workbench`] and of
/// [`crate::Route::power`] hands one out.
#[derive(Debug, Clone)]
pub struct Clerk {
    /// The key of the natural person.
    pub id: String,
    /// What the person is called.
    pub name: String,
    /// The organ the person acts for.
    pub organ: Organ,
    /// The post acted in.
    pub post: String,
    /// Its role.
    pub role: Role,
    /// Its unit; empty for the whole organ.
    pub unit: String,
    /// What every form of this session carries, so that no other site can send one.
    pub(crate) mark: String,
    standing: Arc<Standing>,
    chart: Arc<Chart>,
    fresh: bool,
}

impl Clerk {
    /// A person who acts as told; `fresh` says that the second factor was given just now.
    pub(crate) fn of(standing: Standing, chart: Arc<Chart>, mark: String, fresh: bool) -> Self {
        Self {
            id: standing.person.clone(),
            name: standing.name.clone(),
            organ: standing.organ.clone(),
            post: standing.post.clone(),
            role: standing.role,
            unit: standing.unit.clone(),
            mark,
            standing: Arc::new(standing),
            chart,
            fresh,
        }
    }

    /// As whom the person acts.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The natural persons whose earlier steps bind this one: the clerk, and who is stood in for.
    pub fn persons(&self) -> Vec<String> {
        self.standing.persons().map(str::to_owned).collect()
    }

    /// Whether the clerk, or who is stood in for, is one of these persons.
    pub fn is_among<'a>(&self, persons: impl IntoIterator<Item = &'a str>) -> bool {
        identity::any_is(self.standing.persons(), persons)
    }

    /// The code of the organ that operates the platform, to which accounts, settings and the ledger
    /// belong.
    pub fn operator(&self) -> &str {
        self.chart.operator()
    }

    /// Whether the second factor was given for what is done now.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Whether the second factor was given for what is done now, asked before anything else of an act.
    ///
    /// # Errors
    /// It was not: the clerk is led to where it is given, and comes back to the form as he filled it in.
    pub fn must_be_fresh(&self) -> Result<(), Fault> {
        if self.fresh { Ok(()) } else { Err(Fault::StaleFactor) }
    }

    /// Whether the act may be done to the object.
    ///
    /// # Errors
    /// It may not: a page that says who may.
    pub fn may(&self, act: &str, tie: &Tie) -> Result<Allowed, Fault> {
        let asking = Asking { standing: &self.standing, fresh: self.fresh };
        asking.may(&self.chart, act, tie).map_err(|denied| self.refused(&denied))
    }

    /// The same where not even the existence of the object is the clerk's to know.
    ///
    /// # Errors
    /// It may not: the same answer as if there were no such object.
    pub fn may_see(&self, act: &str, tie: &Tie) -> Result<Allowed, Fault> {
        self.may(act, tie).map_err(|_| Fault::NotFound)
    }

    /// Whether the clerk's role may do the act to anything at all.
    pub fn has_power(&self, act: &str) -> bool {
        Policy::of_house().ever(act, self.role)
    }

    pub(crate) fn refused(&self, denied: &Denied) -> Fault {
        // A reason is written, not asked of somebody else; the second factor is asked for after that.
        let own = |one: &Condition| matches!(one, Condition::ReasonRecorded | Condition::Reauth);
        if denied.missing.contains(&Condition::ReasonRecorded) && denied.missing.iter().all(own) {
            return Fault::field(REASON, "没有写理由。请写明理由再提交。");
        }
        if denied.missing == [Condition::Reauth] {
            return Fault::StaleFactor;
        }
        Fault::NoPower(denied.words(&self.standing))
    }

    /// Who acts, for the ledger.
    pub fn actor(&self) -> Actor {
        Actor::Officer { person: self.id.clone(), post: self.post.clone() }
    }

    /// The hidden field that every form of the workbench carries.
    pub fn seal(&self) -> Seal {
        Seal(self.mark.clone())
    }
}

/// The hidden field that every form of the workbench carries; prints as HTML.
#[derive(Debug, Clone, askama::Template)]
#[template(
    source = "<input type=\"hidden\" name=\"{{ crate::workbench::MARK }}\" value=\"{{ self.0 }}\">",
    ext = "html"
)]
pub struct Seal(String);

impl Seal {
    pub(crate) fn of(mark: &str) -> Self {
        Self(mark.to_owned())
    }
}

impl askama::filters::HtmlSafe for Seal {}

impl FromRequestParts<Arc<House>> for Clerk {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<House>,
    ) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::NotFound)
    }
}
