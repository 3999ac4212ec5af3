//! 日常检查 of a site: what rooms show of it, its own pages as a visitor reads them, and where their links lead,
//! put before the rules.
//!
//! What is inspected is a website: the city's and each district's, with its towns as 频道 within
//! (国办发〔2017〕47号: 乡镇、街道原则上不开设政府网站; docs/readings/230).

mod copied;
mod gathering;
pub mod outside;
mod reading;

use identity::Level;
use law::CHINA;
use sites_rules::inspection::{self, Inspection, Material};
use web::{Fault, House, Site};

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
