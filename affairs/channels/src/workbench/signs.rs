//! `/gongzuo/zhuanqu/{id}/biaoshi/{sheet}`: 统一标识: sheets to be printed, one look for all zones.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use channels_rules::Purpose;
use web::components::Qr;
use web::layout::{Link, href};
use web::{Clerk, Fault, Site, Visit};

use super::{MANAGE, own};
use crate::store::Zone;

/// A sheet: the word in its address, what it is, and on which paper.
const SHEETS: [(&str, &str, &str); 5] = [
    ("menpai", "门牌（A3 横）", "a3"),
    ("zhiyin", "指引牌（A4 横）", "a4"),
    ("fuwu", "服务公示（A3 竖）", "a3p"),
    ("taika", "台卡（A4 对折）", "a4"),
    ("erweima", "二维码（A4 竖）", "a4p"),
];

#[derive(Template)]
#[template(path = "workbench/sign.html")]
struct SignPage {
    zone: Zone,
    sheet: &'static str,
    words: &'static str,
    paper: &'static str,
    css: String,
    script: String,
    back: String,
    picture: String,
    address: String,
    host: String,
    functions: [Purpose; 3],
    demo: bool,
}

/// The sheets of a zone.
pub(super) fn links(site: &Site, zone: &Zone) -> Vec<Link> {
    let link = |(word, words, _): &(&str, &str, &str)| {
        Link::new(*words, site.link(&format!("{}/biaoshi/{word}", zone.desk_path())))
    };
    SHEETS.iter().map(link).collect()
}

/// Shows one, as it is printed.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, sheet)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let zone = own(&visit, &clerk, MANAGE, &id).await?;
    let known = SHEETS.into_iter().find(|(word, ..)| *word == sheet);
    let (sheet, words, paper) = known.ok_or(Fault::NotFound)?;
    let address = visit.site.frame.address(&zone.path());
    web::page::answer(&SignPage {
        picture: Qr::drawn(&address, "二维码：专区的网页")?,
        css: href("gk-signs.css"),
        script: href("gk.js"),
        back: visit.site.link(&zone.desk_path()),
        host: visit.site.frame.host_unit.clone(),
        demo: visit.site.frame.demo,
        functions: Purpose::ALL,
        address,
        zone,
        sheet,
        words,
        paper,
    })
}
