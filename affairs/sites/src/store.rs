//! The sites as they are kept, and as every page needs them.

use std::collections::HashSet;
use std::sync::Arc;

use identity::{Division, Level};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use web::layout::{Contact, Emblem, FootGroup, Link, SiteFrame};
use web::{House, Site, SiteDirectory};

/// A site about to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewSite {
    pub base: String,
    pub division: String,
    pub organ: String,
    pub name: String,
    pub origin: Option<String>,
    pub domain: String,
    pub id_code: String,
    pub sponsor: String,
    pub office: String,
    pub phone: Option<String>,
    pub hours: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub demo: bool,
}

/// Keeps a new site.
pub(crate) async fn add(
    change: &Transaction,
    site: &NewSite,
    opened_on: &str,
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 15] = [
        "base",
        "division",
        "organ",
        "name",
        "origin",
        "domain",
        "id_code",
        "sponsor",
        "office",
        "phone",
        "hours",
        "address",
        "postcode",
        "opened_on",
        "demo",
    ];
    let row: Vec<Value> = vec![
        site.base.clone().into(),
        site.division.clone().into(),
        site.organ.clone().into(),
        site.name.clone().into(),
        site.origin.clone().into(),
        site.domain.clone().into(),
        site.id_code.clone().into(),
        site.sponsor.clone().into(),
        site.office.clone().into(),
        site.phone.clone().into(),
        site.hours.clone().into(),
        site.address.clone().into(),
        site.postcode.clone().into(),
        opened_on.into(),
        i64::from(site.demo).into(),
    ];
    change.insert("site", &COLUMNS, vec![row]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct BaseRow {
    base: String,
}

/// The address prefixes that are taken.
pub(crate) async fn bases(from: &impl Statements) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<BaseRow> = from.all("SELECT base FROM site", vec![]).await?;
    Ok(rows.into_iter().map(|row| row.base).collect())
}

#[derive(FromQueryResult)]
struct SiteRow {
    base: String,
    division: String,
    organ: String,
    name: String,
    host: Option<String>,
    origin: Option<String>,
    domain: String,
    id_code: String,
    sponsor: String,
    operator: Option<String>,
    office: String,
    phone: Option<String>,
    hours: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    icp: Option<String>,
    police: Option<String>,
    error_report: Option<String>,
    demo: i64,
    place: String,
    level: String,
}

/// All sites with the places they serve, the root first and each above those below it.
const SITES: &str = "
    SELECT site.base, site.division, site.organ, site.name, site.host, site.origin, site.domain,
           site.id_code, site.sponsor, site.operator, site.office, site.phone, site.hours,
           site.address, site.postcode, site.icp, site.police, site.error_report, site.demo,
           division.name AS place, division.level AS level
      FROM site JOIN division ON division.code = site.division
     ORDER BY site.base";

/// Reads all sites anew.
pub(crate) async fn directory(house: &House) -> Result<SiteDirectory, StoreError> {
    let rows: Vec<SiteRow> = house.store().all(SITES, vec![]).await?;
    let emblem = emblem_of(house);
    let mut sites: Vec<Site> = Vec::with_capacity(rows.len());
    for row in rows {
        let above =
            sites.iter().rev().find(|site| row.base.starts_with(&format!("{}/", site.base())));
        let path = above.map(|site| site.frame.path.clone()).unwrap_or_default();
        sites.push(row.into_site(house, path, &emblem));
    }
    Ok(SiteDirectory::of(sites))
}

/// Where the emblem's file lies, if the deployment has put it into the data folder.
pub(crate) fn emblem_file(house: &House) -> Option<std::path::PathBuf> {
    ["guohui.svg", "guohui.png"]
        .iter()
        .map(|name| house.folder().join(name))
        .find(|file| file.is_file())
}

fn emblem_of(house: &House) -> Emblem {
    match emblem_file(house) {
        Some(_) => Emblem::Image("/guohui".into()),
        None => Emblem::Place,
    }
}

impl SiteRow {
    fn into_site(self, house: &House, mut path: Vec<Link>, emblem: &Emblem) -> Site {
        let level = Level::parse(&self.level).unwrap_or(Level::Township);
        let own = if self.base.is_empty() { "/" } else { &self.base };
        path.push(Link::new(self.place.clone(), own));
        let division = Division {
            code: self.division.clone(),
            name: self.place.clone(),
            level,
            parent: None,
            slug: String::new(),
        };
        let frame = SiteFrame {
            name: self.name,
            subtitle: "政务公开平台".into(),
            path,
            base: self.base,
            origin: self.origin,
            domain: self.domain,
            id_code: self.id_code,
            host_unit: self.sponsor,
            undertaker: self.operator,
            contact: Contact {
                hotline: "12345".into(),
                office: self.office,
                phone: self.phone,
                hours: self.hours,
                address: self.address,
                postcode: self.postcode,
            },
            icp: self.icp,
            police_record: self.police,
            mark: None,
            error_report: self.error_report,
            emblem: if level <= Level::District { emblem.clone() } else { Emblem::None },
            nav: house.nav(),
            foot: foot(house),
            demo: self.demo != 0,
        };
        Site {
            frame: Arc::new(frame),
            host: self.host,
            place: self.place,
            range: division.range(),
            division: self.division,
            level,
            organ: self.organ,
        }
    }
}

/// The footer: the five parts of 政府信息公开, the other entries, help, and the site itself.
fn foot(house: &House) -> Vec<FootGroup> {
    let parts = vec![
        ("政府信息公开指南", "/gongkai/zhinan"),
        ("政府信息公开制度", "/gongkai/zhidu"),
        ("法定主动公开内容", "/gongkai/fading"),
        ("政府信息公开年报", "/gongkai/nianbao"),
        ("依申请公开", "/shenqing"),
    ];
    let nav = house.nav();
    let others = nav.iter().filter(|item| !matches!(item.key, "home" | "gongkai" | "shenqing"));
    let columns =
        others.map(|item| (item.words, item.path)).chain([("机构职能", "/gongkai/jigou")]);
    vec![
        FootGroup { heading: "政府信息公开", links: parts },
        FootGroup { heading: "栏目", links: columns.collect() },
        FootGroup {
            heading: "帮助",
            links: vec![
                ("使用帮助", "/bangzhu"),
                ("我为政府网站找错", "/bangzhu#zhaocuo"),
                ("订阅（Atom）", "/bangzhu#dingyue"),
            ],
        },
        FootGroup {
            heading: "关于本站",
            links: vec![
                ("站点地图", "/ditu"),
                ("隐私说明", "/yinsi"),
                ("无障碍声明", "/wuzhangai"),
            ],
        },
    ]
}
