//! Where the addresses of pages lead in a copy, as the house's routes say.

use std::sync::Arc;

use web::{Copied, House, Site, SiteDirectory};

use crate::address::{ending, still};
use crate::list::Kind;
use crate::rewriting::{Lead, Wanted};
use crate::{CALM, INDEX};

/// The way through the house for one round.
pub(crate) struct Leading {
    house: Arc<House>,
    directory: Arc<SiteDirectory>,
    /// How addresses of ours begin that are written out with a host.
    origins: Vec<String>,
}

impl Leading {
    pub(crate) fn of(house: &Arc<House>) -> Self {
        let directory = house.directory();
        let settled = directory.all().iter().filter_map(|site| site.frame.origin.clone());
        let unsettled = directory.all().iter().map(|site| format!("http://{}", site.frame.domain));
        let second = house.second_host().map(|second| second.origin().to_owned());
        let mut origins: Vec<String> = settled.chain(unsettled).chain(second).collect();
        origins.sort_unstable();
        origins.dedup();
        Self { house: Arc::clone(house), directory, origins }
    }

    pub(crate) fn directory(&self) -> &SiteDirectory {
        &self.directory
    }

    /// The site whose address begins so.
    pub(crate) fn site(&self, base: &str) -> Option<Arc<Site>> {
        self.directory.all().iter().find(|site| site.base() == base).cloned()
    }

    /// What an address below no host asks for: the address, its site, and how it is copied.
    pub(crate) fn wanted(&self, address: &str) -> Option<Wanted> {
        let (path, query) = split(address);
        let (site, below) = self.directory.find("", path)?;
        let kind = self.kind(below);
        let path =
            if below == "/" { site.link("/") } else { site.link(below.trim_end_matches('/')) };
        // Whoever asks the program gets an answer to what he asked; the copy says the same to all. Files for
        // machines carry a version in their query.
        let address = match (kind, query) {
            (Kind::Online | Kind::Exact | Kind::Index | Kind::Missing, _) | (_, None) => path,
            (_, Some(query)) => format!("{path}?{query}"),
        };
        Some(Wanted { address, site: site.base().to_owned(), kind })
    }

    fn kind(&self, below: &str) -> Kind {
        if below == INDEX || below.starts_with(&format!("{INDEX}/")) {
            return Kind::Index;
        }
        if below == CALM {
            return Kind::Online;
        }
        match self
            .house
            .copied_at(below.trim_end_matches('/'))
            .or_else(|| self.house.copied_at(below))
        {
            Some(Copied::Rolling) => Kind::Rolling,
            Some(Copied::Single) => Kind::Single,
            Some(Copied::Exact) => Kind::Exact,
            Some(Copied::Online) => Kind::Online,
            Some(Copied::Page) | None => Kind::Page,
        }
    }

    /// Where an address on the page at `here` leads; `None` for one that is not ours or stays on the page.
    pub(crate) fn lead(&self, here: &str, href: &str) -> Option<Lead> {
        let href = self.origins.iter().find_map(|origin| without(href, origin)).unwrap_or(href);
        let (whole, fragment) = match href.split_once('#') {
            Some((whole, fragment)) => (whole, Some(fragment)),
            None => (href, None),
        };
        let asked;
        let whole = match whole.as_bytes() {
            [b'/', b'/', ..] | [] => return None,
            [b'/', ..] => whole,
            [b'?', ..] => {
                asked = format!("{}{whole}", split(here).0);
                &asked
            }
            _ => return None,
        };
        let wanted = self.wanted(whole)?;
        let rolling = wanted.kind == Kind::Rolling && marks(whole);
        if rolling {
            let site = self.site(&wanted.site)?;
            let index = site.link(INDEX);
            let wanted = Wanted { address: index.clone(), kind: Kind::Index, ..wanted };
            return Some(Lead { href: index, wanted: Some(wanted), rolling });
        }
        if wanted.kind == Kind::Online && ending(&wanted.address).is_some() {
            // In the place of a file that only the program makes no page can stand.
            let calm = self.site(&wanted.site)?.link(CALM);
            let wanted = Wanted { address: calm.clone(), ..wanted };
            return Some(Lead { href: calm, wanted: Some(wanted), rolling });
        }
        let written = match wanted.kind {
            // The version in the query makes browsers take the present one.
            Kind::Exact => whole.to_owned(),
            _ => still(&wanted.address),
        };
        let href = match fragment {
            Some(fragment) => format!("{written}#{fragment}"),
            None => written,
        };
        Some(Lead { href, wanted: Some(wanted), rolling })
    }
}

/// An address without the origin it begins with.
fn without<'a>(href: &'a str, origin: &str) -> Option<&'a str> {
    let rest = href.strip_prefix(origin)?;
    match rest.as_bytes() {
        [] => Some("/"),
        [b'/' | b'?' | b'#', ..] => Some(rest),
        _ => None,
    }
}

fn split(address: &str) -> (&str, Option<&str>) {
    match address.split_once('?') {
        Some((path, query)) => (path, Some(query).filter(|query| !query.is_empty())),
        None => (address, None),
    }
}

/// Whether a query goes on from a mark.
fn marks(address: &str) -> bool {
    let query = split(address).1.unwrap_or_default();
    query.split('&').any(|pair| pair.starts_with("after=") || pair.starts_with("before="))
}
