//! A visit: who asks for what on which site, in which mode.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use ledger::log::{Inscribed, LeafBody};

use crate::layout::{Frame, Link};
use crate::modes::Modes;
use crate::{Fault, ForCopy, House, Site};

/// What every page handler takes first.
pub struct Visit {
    /// The house in operation.
    pub house: Arc<House>,
    /// The site that is visited.
    pub site: Arc<Site>,
    /// How the visitor wants pages shown.
    pub modes: Modes,
    /// The address below the site, without the query.
    pub path: String,
    /// The address as asked for, with the query.
    pub address: String,
    /// Whether the answer is written into a copy as plain files.
    pub for_copy: bool,
}

impl Visit {
    /// The frame of this page, to be named and placed.
    pub fn frame(&self) -> Frame {
        Frame::new(Arc::clone(&self.site.frame), self.modes, self.address.clone())
    }
}

impl Visit {
    /// Where the public log tells of a thing, oldest first: the day, what was done, what of it is named
    /// besides, and the place in the log with its proof.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn inscribed(
        &self,
        subject: &str,
        named: fn(&LeafBody) -> String,
    ) -> Result<Vec<Link>, Fault> {
        let history = self.house.ledger().log().history(subject).await?;
        // A copy has each leaf once, on the first site: the log is one for all.
        let sites = self.house.directory();
        let first = sites.all().first().filter(|_| self.for_copy);
        let site = first.unwrap_or(&self.site);
        let link = |leaf: &Inscribed| {
            let day = leaf.body.day().map_or_else(String::new, |day| day.to_string());
            let (done, named) = (leaf.body.words(), named(&leaf.body));
            let words = format!("{day} {done}{named}（第 {} 条）", leaf.position);
            Link::new(words, site.link(&format!("/gongkai-rizhi/{}", leaf.position)))
        };
        Ok(history.iter().map(link).collect())
    }
}

impl FromRequestParts<Arc<House>> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        house: &Arc<House>,
    ) -> Result<Self, Self::Rejection> {
        let site = parts.extensions.get::<Arc<Site>>().cloned().ok_or(Fault::NotFound)?;
        let address = parts.extensions.get::<OriginalUri>().map_or_else(
            || parts.uri.to_string(),
            |OriginalUri(uri)| uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned(),
        );
        Ok(Self {
            house: Arc::clone(house),
            site,
            modes: Modes::from_headers(&parts.headers),
            path: parts.uri.path().to_owned(),
            for_copy: parts.extensions.get::<ForCopy>().is_some(),
            address,
        })
    }
}
