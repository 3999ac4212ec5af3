//! 网上申请 on the site's page 依申请公开: where an application begins, how one that was handed in is followed,
//! and what stands beside it.

use askama::Template;
use web::address::with_query;
use web::layout::Link;
use web::{House, Later, Site};

use super::{APPLY, COMPLAINT, ENTERPRISES, RECTIFICATION, RESUME, SUGGESTION, TRACK};

#[derive(Template)]
#[template(path = "portal/panel.html")]
struct PanelPart {
    begin: String,
    resume: String,
    track: String,
    beside: Vec<Link>,
}

/// What stands beside an application.
const BESIDE: [(&str, &str); 4] = [
    ("建议把得到的信息主动公开", SUGGESTION),
    ("与自己有关的记录不准确，申请更正", RECTIFICATION),
    ("投诉不依法公开、不依法答复", COMPLAINT),
    ("学校、医院、供水供电等单位的信息", ENTERPRISES),
];

/// Draws the ways in; from an organ's page, of that organ.
pub fn draw<'a>(_: &'a House, site: &'a Site, organ: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let way = |(words, path): (&str, &str)| Link::new(words, site.link(path));
        let part = PanelPart {
            begin: with_query(&site.link(APPLY), &[("jiguan", organ)]),
            resume: site.link(RESUME),
            track: site.link(TRACK),
            beside: BESIDE.into_iter().map(way).collect(),
        };
        Ok(Some(part.render()?))
    })
}
