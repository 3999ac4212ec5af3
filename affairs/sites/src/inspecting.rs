//! 日常检查 of a site: what rooms show of it, its own pages as a visitor reads them, and where their links lead,
//! put before the rules.
//!
//! What is inspected is a website: the city's and each district's, with its towns as 频道 within
//! (国办发〔2017〕47号: 乡镇、街道原则上不开设政府网站; docs/readings/230).

mod copied;
mod following;
mod gathering;
pub mod outside;
mod reading;

use identity::Level;
use law::CHINA;
use sites_rules::inspection::{self, Inspection, Material};
use web::{Fault, House, Site, SiteDirectory};

pub use copied::StaticCopy;
pub use outside::Outside;

/// What an inspection came to.
#[derive(Debug, Clone)]
pub struct Looked {
    /// What was found.
    pub inspection: Inspection,
    /// How many pages were read.
    pub pages: usize,
    /// How many links were followed.
    pub links: usize,
}

/// Whether a site is a website of its own.
pub fn is_inspected(site: &Site) -> bool {
    site.level <= Level::District || site.host.is_some()
}

/// The addresses of the sites that a website consists of: itself and those below it that are not within another
/// website (docs/readings/230).
pub(crate) fn whole_of(directory: &SiteDirectory, site: &Site) -> Vec<String> {
    let is_below = |base: &str, above: &str| {
        base.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let own = site.base();
    let others: Vec<&str> = directory
        .all()
        .iter()
        .filter(|other| is_inspected(other) && other.base() != own && is_below(other.base(), own))
        .map(|other| other.base())
        .collect();
    let bases = directory.all().iter().map(|one| one.base());
    bases
        .filter(|base| is_below(base, own) && !others.iter().any(|other| is_below(base, other)))
        .map(str::to_owned)
        .collect()
}

/// Inspects a site.
///
/// # Errors
/// A room cannot show what it keeps, or the database refuses.
pub async fn look(house: &House, site: &Site) -> Result<Looked, Fault> {
    let now = house.ledger().clock().now();
    let mut material = Material {
        now,
        today: CHINA.to_datetime(now).date(),
        home: site.link("/"),
        ..Material::default()
    };
    gathering::gather(house, site, &mut material).await?;
    let read = reading::read(house, site, &mut material).await?;
    Ok(Looked {
        inspection: inspection::inspect(&material),
        pages: material.pages.len(),
        links: read.links,
    })
}
