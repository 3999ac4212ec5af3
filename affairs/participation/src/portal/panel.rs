//! 征求意见 on the home page: what ends first.

use askama::Template;
use web::components::Rows;
use web::{House, Later, Site};

use super::{LIST, list};
use crate::store::{Consultation, Shelf};

/// Rows on the home page.
const SHOWN: usize = 4;

#[derive(Template)]
#[template(path = "portal/panel.html")]
struct Panel {
    all: String,
    rows: Rows,
}

/// Draws it; nothing where nothing is asked.
pub(crate) fn draw<'a>(house: &'a House, site: &'a Site, _: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let today = house.ledger().clock().today();
        let open = (Shelf::Open, range);
        let (found, _) = Consultation::shelf(house.store(), open, today, (None, SHOWN)).await?;
        if found.is_empty() {
            return Ok(None);
        }
        let rows = found.iter().map(|one| list::row(site, one, today, false)).collect();
        Ok(Some(Panel { all: site.link(LIST), rows: Rows(rows) }.render()?))
    })
}
