//! The sites: a city's at `/`, a district's at `/{qu}`, a town's at `/{qu}/{zhen}`, each with the
//! same addresses below it, or at a host name of its own.

use std::collections::HashMap;
use std::sync::Arc;

use identity::Level;

use crate::layout::SiteFrame;

/// One site: which part of government it speaks for, and what surrounds its pages.
#[derive(Debug, Clone)]
pub struct Site {
    /// What all its pages have in common; its `base` is the address prefix.
    pub frame: Arc<SiteFrame>,
    /// Its host name, where it has one of its own.
    pub host: Option<String>,
    /// 厦门市, 思明区, 厦港街道.
    pub place: String,
    /// The division it serves, 12 digits.
    pub division: String,
    /// That division's level.
    pub level: Level,
    /// The lowest and highest code within the division.
    pub range: (String, String),
    /// The code of the organ in whose name it is kept.
    pub organ: String,
}

impl Site {
    /// Its address prefix: empty, `/siming` or `/siming/xiagang`.
    pub fn base(&self) -> &str {
        &self.frame.base
    }

    /// An address on this site; `path` begins with `/`.
    pub fn link(&self, path: &str) -> String {
        self.frame.href(path)
    }

    /// The site as a request to `host` sees it: where no origin is settled, addresses that are
    /// copied or printed carry the host that was asked for, so that they lead here from paper too.
    pub(crate) fn reached_at(self: Arc<Self>, host: &str) -> Arc<Self> {
        if self.frame.origin.is_some() || !sound_host(host) {
            return self;
        }
        let frame =
            SiteFrame { origin: Some(format!("http://{host}")), ..self.frame.as_ref().clone() };
        Arc::new(Self { frame: Arc::new(frame), ..self.as_ref().clone() })
    }
}

/// Whether what a request names is a host, with a port or without, and nothing else.
fn sound_host(host: &str) -> bool {
    let letter = |letter: u8| letter.is_ascii_alphanumeric() || b".-:[]".contains(&letter);
    (1..=253).contains(&host.len()) && host.bytes().all(letter)
}

/// All sites, found by host or by address.
#[derive(Debug, Clone, Default)]
pub struct SiteDirectory {
    sites: Vec<Arc<Site>>,
    by_host: HashMap<String, Arc<Site>>,
    by_base: HashMap<String, Arc<Site>>,
}

impl SiteDirectory {
    /// A directory of these sites; the one with an empty base is the first.
    pub fn of(sites: Vec<Site>) -> Self {
        let sites: Vec<_> = sites.into_iter().map(Arc::new).collect();
        let hosts = sites.iter().filter_map(|site| Some((site.host.clone()?, Arc::clone(site))));
        let by_host = hosts.collect();
        let by_base = sites.iter().map(|site| (site.base().to_owned(), Arc::clone(site))).collect();
        Self { sites, by_host, by_base }
    }

    /// All of them, in the order given.
    pub fn all(&self) -> &[Arc<Site>] {
        &self.sites
    }

    /// The site whose pages a request means, and the address below it.
    pub fn find<'a>(&self, host: &str, path: &'a str) -> Option<(Arc<Site>, &'a str)> {
        let name = host.split(':').next().unwrap_or(host);
        if let Some(site) = self.by_host.get(name) {
            return Some(self.below(site, path));
        }
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1).take(2);
        let mut ends: Vec<usize> = ends.chain([path.len()]).collect();
        ends.truncate(2);
        for end in ends.into_iter().rev() {
            if let Some(site) = path.get(..end).and_then(|base| self.by_base.get(base)) {
                let below = path.get(end..).filter(|rest| !rest.is_empty()).unwrap_or("/");
                return Some((Arc::clone(site), below));
            }
        }
        self.by_base.get("").map(|site| (Arc::clone(site), path))
    }

    /// At the host of a site of its own: that site, or the deepest one below it that the address names, with
    /// the site's own prefix before it or without.
    fn below<'a>(&self, own: &Arc<Site>, path: &'a str) -> (Arc<Site>, &'a str) {
        let rest = path
            .strip_prefix(own.base())
            .filter(|rest| !own.base().is_empty() && (rest.is_empty() || rest.starts_with('/')));
        let rest = rest.unwrap_or(path);
        let first = rest.match_indices('/').map(|(at, _)| at).nth(1).unwrap_or(rest.len());
        let named = rest.get(..first).filter(|named| named.len() > 1);
        let inner = named.and_then(|named| self.by_base.get(&format!("{}{named}", own.base())));
        let inner = inner.filter(|inner| inner.host.is_none());
        let (site, below) = match inner {
            Some(inner) => (inner, rest.get(first..).unwrap_or_default()),
            None => (own, rest),
        };
        (Arc::clone(site), if below.is_empty() { "/" } else { below })
    }

    /// The site that serves exactly this division.
    pub fn serving(&self, division: &str) -> Option<Arc<Site>> {
        self.sites.iter().find(|site| site.division == division).cloned()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn site(base: &str, host: Option<&str>) -> Site {
        let frame = SiteFrame { base: base.into(), ..SiteFrame::default() };
        Site {
            frame: Arc::new(frame),
            host: host.map(Into::into),
            place: String::new(),
            division: base.into(),
            level: Level::City,
            range: Default::default(),
            organ: String::new(),
        }
    }

    #[test]
    fn a_site_without_an_origin_takes_the_host_it_is_asked_at() {
        for (settled, host, address) in [
            (None, "gk.example:8150", "http://gk.example:8150/siming/mulu"),
            (None, "[::1]:80", "http://[::1]:80/siming/mulu"),
            (None, "", "/siming/mulu"),
            (None, "a.example/\"><b>", "/siming/mulu"),
            (Some("https://www.gk.example"), "other.example", "https://www.gk.example/siming/mulu"),
        ] {
            let mut kept = site("/siming", None);
            let origin = settled.map(Into::into);
            kept.frame = Arc::new(SiteFrame { origin, ..kept.frame.as_ref().clone() });
            let reached = Arc::new(kept).reached_at(host);
            assert_eq!(reached.frame.address("/mulu"), address, "{host}");
        }
    }

    #[test]
    fn an_address_belongs_to_the_deepest_site_that_it_names() {
        let all = SiteDirectory::of(vec![
            site("", None),
            site("/siming", Some("siming.example")),
            site("/siming/xiagang", None),
        ]);
        for (host, path, base, below) in [
            ("localhost", "/", "", "/"),
            ("localhost", "/mulu/jiuye", "", "/mulu/jiuye"),
            ("localhost:8080", "/siming", "/siming", "/"),
            ("localhost", "/siming/", "/siming", "/"),
            ("localhost", "/siming/mulu/jiuye", "/siming", "/mulu/jiuye"),
            ("localhost", "/siming/xiagang", "/siming/xiagang", "/"),
            ("localhost", "/siming/xiagang/mulu", "/siming/xiagang", "/mulu"),
            ("localhost", "/simingx", "", "/simingx"),
            ("siming.example:443", "/mulu", "/siming", "/mulu"),
            ("siming.example", "/siming/mulu", "/siming", "/mulu"),
            ("siming.example", "/siming", "/siming", "/"),
            ("siming.example", "/", "/siming", "/"),
            ("siming.example", "/simingx", "/siming", "/simingx"),
            ("siming.example", "/siming/xiagang", "/siming/xiagang", "/"),
            ("siming.example", "/siming/xiagang/mulu", "/siming/xiagang", "/mulu"),
            ("siming.example", "/xiagang/mulu/jiuye", "/siming/xiagang", "/mulu/jiuye"),
        ] {
            let (found, rest) = all.find(host, path).expect("a site");
            assert_eq!((found.base(), rest), (base, below), "{host} {path}");
        }
    }
}
