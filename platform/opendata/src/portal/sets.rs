//! `/shuju`: the sets of data, and on what terms they are used.

use askama::Template;
use axum::response::Html;
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Visit};

use super::column;
use crate::LICENCE;
use crate::bulk::Edition;

const TITLE: &str = "开放数据";
const ABOUT: &str =
    "公开的政府信息、目录、机构、村居、年报和公开日志，可以整份下载，也可以用程序逐条取";

#[derive(Template)]
#[template(path = "portal/sets.html")]
struct SetsPage {
    frame: Frame,
    sets: Vec<Line>,
    licence: &'static str,
}

struct Line {
    title: &'static str,
    href: String,
    about: &'static str,
    rows: String,
    day: String,
}

/// Shows the sets.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let mut sets = Vec::new();
    for set in visit.house.datasets() {
        let edition = Edition::current(&visit.house, set).await;
        let (rows, day) = match edition {
            Some(edition) => (format!("{} 条", edition.rows), edition.day),
            None => Default::default(),
        };
        let href = visit.site.link(&format!("/shuju/{}", set.slug));
        sets.push(Line { title: set.title, href, about: set.about, rows, day });
    }
    web::page::answer(&SetsPage { frame: frame(visit.frame()), sets, licence: LICENCE })
}

fn frame(frame: Frame) -> Frame {
    frame
        .titled(TITLE)
        .described(ABOUT)
        .at(TITLE)
        .alternate("application/ld+json", "数据目录（DCAT 3）", "/shuju/catalog.jsonld")
        .column(column(TITLE, ABOUT))
}

impl Page for SetsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let line = |rows: &str, day: &str| Line {
            title: "政府信息",
            href: "/linhu/shuju/wenjian".into(),
            about: "已经公开的文件",
            rows: rows.into(),
            day: day.into(),
        };
        let of = |sets| Self { frame: frame(Frame::sample(TITLE)), sets, licence: LICENCE };
        vec![
            ("写好的和还没有写好的", of(vec![line("21 条", "2026-11-26"), line("", "")])),
            ("没有", of(vec![])),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::SetsPage>(), Vec::<String>::new());
    }
}
