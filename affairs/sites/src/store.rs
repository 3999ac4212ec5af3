//! The tables of sites.

mod columns;
mod inspections;
mod messages;
mod particulars;
mod registered;
mod shorts;
mod turns;
pub(crate) mod visits;

pub mod papers;

use std::collections::HashSet;

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

pub use columns::KeptColumn;
pub use inspections::{KeptInspection, KeptSpot, KeptUnlooked, kept_spots, kept_unlooked};
pub use messages::{MessageState, MessageStep, SiteMessage, Written};
pub(crate) use messages::{NewMessage, add_step, next_serial};
pub use particulars::{Particulars, SiteKey};
pub use registered::{Registered, RegisteredKind};
pub use shorts::ShortLink;
pub use turns::Turn;

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

/// What a new site is kept with.
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

/// Keeps a new site.
pub(crate) async fn add(
    change: &Transaction,
    site: NewSite,
    opened_on: &str,
) -> Result<(), StoreError> {
    let row = vec![
        site.base.into(),
        site.division.into(),
        site.organ.into(),
        site.name.into(),
        site.origin.into(),
        site.domain.into(),
        site.id_code.into(),
        site.sponsor.into(),
        site.office.into(),
        site.phone.into(),
        site.hours.into(),
        site.address.into(),
        site.postcode.into(),
        opened_on.into(),
        i64::from(site.demo).into(),
    ];
    change.insert("site", &COLUMNS, vec![row]).await
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

/// A site as it is kept, with the place it serves.
#[derive(FromQueryResult)]
pub(crate) struct KeptSite {
    pub base: String,
    pub division: String,
    pub organ: String,
    pub name: String,
    pub host: Option<String>,
    pub origin: Option<String>,
    pub domain: String,
    pub id_code: String,
    pub sponsor: String,
    pub operator: Option<String>,
    pub office: String,
    pub phone: Option<String>,
    pub hours: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub icp: Option<String>,
    pub police: Option<String>,
    pub error_report: Option<String>,
    pub subtitle: Option<String>,
    pub palette: Option<String>,
    pub emblem: i64,
    pub mark: Option<String>,
    pub demo: i64,
    pub place: String,
    pub level: String,
}

/// All sites with the places they serve, the root first and each above those below it.
const SITES: &str = "
    SELECT site.base, site.division, site.organ, site.name, site.host, site.origin, site.domain,
           site.id_code, site.sponsor, site.operator, site.office, site.phone, site.hours,
           site.address, site.postcode, site.icp, site.police, site.error_report, site.subtitle,
           site.palette, site.emblem, site.mark, site.demo,
           division.name AS place, division.level AS level
      FROM site JOIN division ON division.code = site.division
     ORDER BY site.base";

/// All sites, the root first and each above those below it.
pub(crate) async fn all(from: &impl Statements) -> Result<Vec<KeptSite>, StoreError> {
    from.all(SITES, vec![]).await
}

/// As many marks for sites as there are, after so many others; what is among none is nowhere.
fn marks(before: usize, bases: &[String]) -> String {
    let marks: Vec<String> = (1..=bases.len()).map(|at| format!("${}", before + at)).collect();
    if marks.is_empty() { "NULL".to_owned() } else { marks.join(", ") }
}

/// The values for them.
fn values<const N: usize>(before: [Value; N], bases: &[String]) -> Vec<Value> {
    before.into_iter().chain(bases.iter().map(|base| base.clone().into())).collect()
}
