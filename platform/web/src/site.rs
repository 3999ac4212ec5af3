//! The sites: a city's at `/`, a district's at `/{qu}`, a town's at `/{qu}/{zhen}`, each with the
//! same addresses below it, or at a host name of its own.

use std::collections::HashMap;
use std::sync::Arc;

use identity::Level;

/// One site, as every page of it needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its address prefix: empty, `/siming` or `/siming/xiagang`.
    pub base: String,
    /// Its host name, where it has one.
    pub host: Option<String>,
    /// 厦门市人民政府.
    pub name: String,
    /// 厦门市, 思明区, 厦港街道.
    pub place: String,
    /// The division it serves.
    pub division: String,
    /// That division's level.
    pub level: Level,
    /// The lowest and highest code within the division.
    pub range: (String, String),
    /// The organ in whose name it is kept: its code.
    pub organ: String,
    /// The sites above, outermost first: name of the place, address prefix.
    pub above: Vec<(String, String)>,
    /// SiteDomain, LAW.md 5.1.
    pub domain: String,
    /// SiteIDCode 网站标识码.
    pub id_code: String,
    /// 主办单位.
    pub sponsor: String,
    /// 承办单位.
    pub operator: String,
    /// 联系电话 of the office for openness.
    pub phone: String,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// ICP备案号, filled in at deployment.
    pub icp: Option<String>,
    /// 公安备案号, filled in at deployment.
    pub police: Option<String>,
    /// Whether the national emblem has its place on it (county level and above, 国徽法).
    pub emblem: bool,
    /// Whether it shows 演示数据.
    pub demo: bool,
}

impl Site {
    /// An address on this site.
    pub fn link(&self, path: &str) -> String {
        if path == "/" && !self.base.is_empty() {
            return self.base.clone();
        }
        format!("{}{path}", self.base)
    }
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
        let by_base = sites.iter().map(|site| (site.base.clone(), Arc::clone(site))).collect();
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
            let below = path.strip_prefix(site.base.as_str()).filter(|rest| rest.starts_with('/'));
            return Some((Arc::clone(site), below.unwrap_or(path)));
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

    /// The site that serves exactly this division.
    pub fn serving(&self, division: &str) -> Option<Arc<Site>> {
        self.sites.iter().find(|site| site.division == division).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Site, SiteDirectory};
    use identity::Level;

    fn site(base: &str, host: Option<&str>) -> Site {
        Site {
            base: base.into(),
            host: host.map(Into::into),
            name: base.into(),
            place: String::new(),
            division: base.into(),
            level: Level::City,
            range: Default::default(),
            organ: String::new(),
            above: vec![],
            domain: String::new(),
            id_code: String::new(),
            sponsor: String::new(),
            operator: String::new(),
            phone: String::new(),
            address: String::new(),
            hours: String::new(),
            icp: None,
            police: None,
            emblem: true,
            demo: false,
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
        ] {
            let (found, rest) = all.find(host, path).expect("a site");
            assert_eq!((found.base.as_str(), rest), (base, below), "{host} {path}");
        }
    }
}
