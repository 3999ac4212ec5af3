//! 经办人: who is signed in at the workbench, and for which organ.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use identity::Organ;
use ledger::Actor;

use crate::{Fault, House};

/// A person signed in at the workbench. Only the guard of [`crate::Route::workbench`] hands one out.
#[derive(Debug, Clone)]
pub struct Clerk {
    /// The key under which the ledger knows the person.
    pub id: String,
    /// What the person is called.
    pub name: String,
    /// The organ the person acts for.
    pub organ: Organ,
    /// What every form of this session carries, so that no other site can send one.
    pub(crate) mark: String,
}

impl Clerk {
    /// Who acts, for the ledger.
    pub fn actor(&self) -> Actor {
        Actor::Person(self.id.clone())
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

impl askama::filters::HtmlSafe for Seal {}

impl FromRequestParts<Arc<House>> for Clerk {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<House>,
    ) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::NoAccounts)
    }
}
