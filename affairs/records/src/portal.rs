//! The records' pages for everybody.

pub mod attachment;
pub(crate) mod document;
mod export;
pub mod list;
pub mod old;
pub mod panels;
pub(crate) mod parts;
pub(crate) mod place;
pub mod preview;
pub mod sitemap;
pub mod versions;
mod wish;

use web::kiosk::KioskOffer;

/// What may be opened at a self-service machine.
pub fn kiosk() -> KioskOffer {
    let pages = &["/wenjian", "/wenjian/{id}", "/wenjian/{id}/fujian/{number}/yulan"];
    KioskOffer { pages, ..KioskOffer::default() }
}
