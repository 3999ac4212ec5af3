//! The reports of a site by organ and year, in the column 年报.

use askama::Template;
use web::layout::Link;
use web::{House, Later, Site};

use crate::store::Listed;

#[derive(Template)]
#[template(path = "portal/panel.html")]
struct PanelPart {
    rows: Vec<OrganLine>,
    demo: bool,
}

struct OrganLine {
    name: String,
    href: String,
    own: bool,
    years: Vec<YearLink>,
}

struct YearLink {
    link: Link,
    corrected: bool,
}

/// Draws the list, of one organ where its code is given; nothing where there is none.
pub fn draw<'a>(house: &'a House, site: &'a Site, organ: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let (low, high) = &site.range;
        let mut all = Listed::within(house.store(), (low, high)).await?;
        all.retain(|listed| organ.is_empty() || listed.organ == organ);
        if all.is_empty() {
            return Ok(None);
        }
        let demo = all.iter().any(|listed| listed.demo != 0);
        let mut rows: Vec<(String, OrganLine)> = Vec::new();
        for listed in all {
            let path = format!("/gongkai/nianbao/{}", listed.organ);
            let year = YearLink {
                link: Link::new(
                    listed.year.to_string(),
                    site.link(&format!("{path}/{}", listed.year)),
                ),
                corrected: listed.number > 1,
            };
            match rows.last_mut().filter(|(code, _)| *code == listed.organ) {
                Some((_, row)) => row.years.push(year),
                None => {
                    let row = OrganLine {
                        name: listed.organ_name,
                        href: site.link(&path),
                        own: listed.division == site.division,
                        years: vec![year],
                    };
                    rows.push((listed.organ, row));
                }
            }
        }
        // The organs of the site's own government first, those below it after them.
        rows.sort_by_key(|(_, row)| !row.own);
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        Ok(Some(PanelPart { rows, demo }.render()?))
    })
}
