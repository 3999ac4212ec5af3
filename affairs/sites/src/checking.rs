//! 上线检查: what each site lacks before it may open, told all at once.

use std::path::Path;

use ::store::{Statements, StoreError};
use identity::{Level, Organ};
use law::{Date, Provision, document};
use sites_rules::{PaperKind, Particulars};

use crate::acts::papers::{Paper, lacks_of};
use crate::directory::emblem_in;
use crate::portal::{FIVE_PARTS, tier};
use crate::store::{self, KeptSite};
use web::{Ask, By, Fault, House, Site};

/// 五个栏目, 名称和格式一致.
const PLATFORM: Provision = document("国办公开办函〔2019〕61号");

/// What one site lacks.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SiteCheck {
    /// Its address prefix; empty for the root.
    pub base: String,
    /// What it is called.
    pub name: String,
    /// What must be mended before it opens, each with the provision that asks for it.
    pub lacks: Vec<Missing>,
    /// The organs of its place that have not published a guide of their own, by name.
    pub without_guide: Vec<String>,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Missing {
    /// What, in the field's words.
    pub what: String,
    /// The provision that asks for it.
    pub basis: String,
}

/// Looks through every site.
///
/// # Errors
/// The database refuses.
pub async fn check(
    from: &impl Statements,
    folder: &Path,
    today: Date,
) -> Result<Vec<SiteCheck>, StoreError> {
    let organs = Organ::all(from).await?;
    let told = Paper::organs_with(from, PaperKind::Guide).await?;
    let emblem = emblem_in(folder).is_some();
    let mut all = Vec::new();
    for site in store::all(from).await? {
        let Some(organ) = organs.iter().find(|organ| organ.code == site.organ) else { continue };
        let mut lacks = faults(&site, emblem && site.emblem != 0);
        for kind in PaperKind::ALL {
            lacks.extend(papers(from, organ, kind).await?);
        }
        let silent = |one: &&Organ| {
            one.division == site.division && one.stands_on(today) && !told.contains(&one.code)
        };
        all.push(SiteCheck {
            without_guide: organs.iter().filter(silent).map(|one| one.name.clone()).collect(),
            base: site.base,
            name: site.name,
            lacks,
        });
    }
    Ok(all)
}

/// What of the five parts of 政府信息公开 a visitor would not find on a site: a page that does not open, one without
/// a way to the other four, or 法定主动公开内容 without anything in it. The house must be able to read its own pages.
///
/// # Errors
/// A room cannot say what it keeps, or the database refuses.
pub async fn five_parts(house: &House, site: &Site) -> Result<Vec<Missing>, Fault> {
    let mut lacks = Vec::new();
    for (name, path) in FIVE_PARTS {
        let address = site.link(path);
        let page = house.own_page(site, &address).await.filter(|page| page.status.is_success());
        let Some(page) = page else {
            lacks.push(missing(format!("“{name}”栏目（{address} 打不开）"), &PLATFORM));
            continue;
        };
        let others = FIVE_PARTS.iter().filter(|(other, _)| !page.text.contains(other));
        let others: Vec<&str> = others.map(|(other, _)| *other).collect();
        if !others.is_empty() {
            let what = format!("“{name}”栏目（{address}）里通往{}的入口", others.join("、"));
            lacks.push(missing(what, &PLATFORM));
        }
    }
    let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
    let tally = house.tally(&ask, By::Statutory).await?;
    if tally.values().all(|tally| tally.count == 0) {
        let what = "“法定主动公开内容”栏目里的信息（一条都没有）".to_owned();
        lacks.push(missing(what, &law::article("政府信息公开条例", 20)));
    }
    Ok(lacks)
}

fn faults(site: &KeptSite, emblem: bool) -> Vec<Missing> {
    fn text(value: &Option<String>) -> &str {
        value.as_deref().unwrap_or_default()
    }
    let level = Level::parse(&site.level).unwrap_or(Level::Township);
    let particulars = Particulars {
        name: &site.name,
        domain: &site.domain,
        id_code: &site.id_code,
        sponsor: &site.sponsor,
        address: text(&site.address),
        hours: text(&site.hours),
        phone: text(&site.phone),
        icp: text(&site.icp),
        police: text(&site.police),
        emblem,
    };
    let told = |lack: sites_rules::Lack| missing(lack.what.to_owned(), &lack.basis);
    particulars.faults(tier(level)).into_iter().map(told).collect()
}

fn missing(what: String, basis: &law::Provision) -> Missing {
    Missing { what, basis: basis.to_string() }
}

/// What the paper of the site's own organ lacks; all of it where there is none.
async fn papers(
    from: &impl Statements,
    organ: &Organ,
    kind: PaperKind,
) -> Result<Vec<Missing>, StoreError> {
    let Some(paper) = Paper::now(from, &organ.code, kind).await? else {
        let basis = law::article("政府信息公开条例", 12);
        return Ok(vec![missing(format!("{}公布的{}", organ.name, kind.name()), &basis)]);
    };
    let lacks = lacks_of(organ, &paper).into_iter();
    let told = |lack: sites_rules::Lack| {
        missing(format!("{}中的“{}”", kind.name(), lack.what), &lack.basis)
    };
    Ok(lacks.map(told).collect())
}
