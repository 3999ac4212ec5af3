//! 上线检查: what each site lacks before it may open, told all at once.

use std::path::Path;

use ::store::{Statements, StoreError};
use identity::{Level, Organ};
use law::Date;
use sites_rules::{PaperKind, Particulars};

use crate::acts::papers::{Paper, lacks_of};
use crate::directory::emblem_in;
use crate::portal::tier;
use crate::store::{self, KeptSite};

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
