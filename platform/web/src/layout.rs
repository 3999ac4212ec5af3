//! What surrounds every page: the site's name and links, the head with its meta tags, the header,
//! the help strip and the footer.
//!
//! A page's template extends `layout.html` and has a field `frame: Frame`. The frame knows the
//! [`SiteFrame`], the visitor's [`Modes`](crate::modes::Modes) and what this one page is (its title,
//! its place, its tags). The meta tags are those that 国办发〔2017〕47号 asks for: site
//! tags on every page, column tags on column pages, article tags on article pages.

mod assets;
mod frame;
mod headers;
mod surroundings;
mod tags;

pub use assets::{Asset, asset, asset_of, href};
pub use frame::Frame;
pub use headers::security_headers;
pub(crate) use headers::{pictures_from, saved_headers};
pub use surroundings::{Bottom, Head, Top, Way};
pub use tags::{Alternate, ArticleTags, ColumnTags, Crumb};

/// One link with its words. `href` is a full path on this host, or an address elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// What the visitor reads.
    pub words: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link to `href` that reads `words`.
    pub fn new(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { words: words.into(), href: href.into() }
    }
}

/// One entry of the main navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// The name by which a page says that it belongs here; see [`Frame::within`].
    pub key: &'static str,
    /// At most five characters, so that four fit side by side on a phone.
    pub words: &'static str,
    /// The path below the site's base: `/` or `/mulu`.
    pub path: &'static str,
}

/// One column of links in the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FootGroup {
    /// Its heading.
    pub heading: &'static str,
    /// Words and paths below the site's base.
    pub links: Vec<(&'static str, &'static str)>,
}

/// Whom to ask, as the help strip and the footer show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The citizens' hotline.
    pub hotline: String,
    /// The office in charge of openness, by its short name.
    pub office: String,
    /// Its telephone; `None` is shown as 未提供, never invented.
    pub phone: Option<String>,
    /// Its hours, for instance `工作日 8:30—12:00，14:30—17:30`.
    pub hours: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
}

/// One site: a city's, a district's or a town's. All that its pages have in common.
#[derive(Debug, Clone, Default)]
pub struct SiteFrame {
    /// 规范名称, which is also the tag SiteName: 厦门市思明区人民政府.
    pub name: String,
    /// The line under the name.
    pub subtitle: String,
    /// The colours it is shown in, by name; `None` for the usual ones.
    pub palette: Option<String>,
    /// The division this site belongs to, outermost first, by short name and full path: 厦门市, 思明区.
    pub path: Vec<Link>,
    /// What every path on this site starts with: `""`, `/siming` or `/siming/xiagang`.
    pub base: String,
    /// Scheme and host, for canonical links and feeds: `https://www.xm.gov.cn`. Without it links
    /// stay relative to the host.
    pub origin: Option<String>,
    /// 英文域名: the tag SiteDomain.
    pub domain: String,
    /// 政府网站标识码, ten digits: the tag SiteIDCode.
    pub id_code: String,
    /// 主办单位.
    pub host_unit: String,
    /// 承办单位.
    pub undertaker: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// ICP备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police_record: Option<String>,
    /// 党政机关网站标识: where the mark leads, and the path of its image if the deployment has it.
    pub mark: Option<(String, Option<String>)>,
    /// 我为政府网站找错: where it leads; without it, to the form of this site.
    pub error_report: Option<String>,
    /// The national emblem. 国徽法 asks county-level governments and above to show it on the home
    /// page; towns do not. The image file is the deployment's, never ours.
    pub emblem: Emblem,
    /// The main navigation, in order.
    pub nav: Vec<NavItem>,
    /// The footer's columns.
    pub foot: Vec<FootGroup>,
    /// Marks every page as a demonstration with invented particulars.
    pub demo: bool,
}

/// Whether and how the national emblem is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Emblem {
    /// Not at all: towns, and whoever may not use it.
    #[default]
    None,
    /// It belongs here, but its file has not been put in place: the place is marked.
    Place,
    /// From the image at this path.
    Image(String),
}

impl SiteFrame {
    /// The full path of a page of this site: `path` begins with `/`, and `/` is the home page.
    pub fn href(&self, path: &str) -> String {
        match (self.base.as_str(), path) {
            ("", path) => path.to_owned(),
            (base, "/") => base.to_owned(),
            (base, path) => format!("{base}{path}"),
        }
    }

    /// The same with scheme and host, where the site knows them.
    pub fn address(&self, path: &str) -> String {
        format!("{}{}", self.origin.as_deref().unwrap_or_default(), self.href(path))
    }

    /// Where 我为政府网站找错 leads.
    pub fn error_report(&self) -> String {
        self.error_report.clone().unwrap_or_else(|| self.href("/jiucuo"))
    }

    /// A small invented site, for samples and tests.
    pub fn sample() -> Self {
        Self {
            name: "云湖市临湖区人民政府".into(),
            subtitle: "政务公开平台".into(),
            path: vec![Link::new("云湖市", "/"), Link::new("临湖区", "/linhu")],
            base: "/linhu".into(),
            domain: "yunhu.example".into(),
            id_code: "0000000000".into(),
            host_unit: "临湖区人民政府办公室".into(),
            undertaker: Some("临湖区信息中心".into()),
            contact: Contact {
                hotline: "12345".into(),
                office: "区政务公开办".into(),
                phone: Some("0599-0000000".into()),
                hours: Some("工作日 8:30—12:00，14:30—17:30".into()),
                address: Some("临湖区临湖路1号".into()),
                postcode: None,
            },
            nav: vec![
                NavItem { key: "home", words: "首页", path: "/" },
                NavItem { key: "gongkai", words: "信息公开", path: "/gongkai" },
                NavItem { key: "mulu", words: "标准目录", path: "/mulu" },
            ],
            foot: vec![FootGroup {
                heading: "关于",
                links: vec![("网站地图", "/ditu"), ("隐私说明", "/yinsi")],
            }],
            emblem: Emblem::Place,
            demo: true,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_put_below_the_sites_base() {
        let table = [
            ("", "/", "/"),
            ("", "/mulu", "/mulu"),
            ("/siming", "/", "/siming"),
            ("/siming", "/mulu", "/siming/mulu"),
        ];
        for (base, path, full) in table {
            let site = SiteFrame { base: base.into(), ..SiteFrame::default() };
            assert_eq!(site.href(path), full);
        }
    }

    #[test]
    fn a_canonical_address_carries_the_host_only_if_it_is_known() {
        let mut site = SiteFrame::sample();
        assert_eq!(site.address("/mulu"), "/linhu/mulu");
        site.origin = Some("https://www.yunhu.example".into());
        assert_eq!(site.address("/mulu"), "https://www.yunhu.example/linhu/mulu");
    }
}
