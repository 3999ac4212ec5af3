//! `/mulu/fugai/{domain}/mulu`: the catalogues whose items a figure adds up, each at its own site.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use web::address::with_query;
use web::components::Empty;
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use super::Wish;
use crate::store::{CountedCatalogue, Domain};

#[derive(Template)]
#[template(path = "portal/coverage/catalogues.html")]
struct CataloguesPage {
    frame: Frame,
    domain: String,
    items: i64,
    published: i64,
    lines: Vec<Line>,
}

struct Line {
    organ: String,
    counted: CountedCatalogue,
    /// Its rows, and those of them that have something published.
    rows: String,
    published: String,
}

/// Shows the catalogues of a domain that the site's figures add up.
pub async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let domain = Domain::find(store, &slug, today).await?.ok_or(Fault::NotFound)?;
    let (range, level) = (&visit.site.range, wish.level.trim());
    let counted = CountedCatalogue::within(store, range, &slug, level, today).await?;
    let sites = visit.house.directory();
    let line = |counted: CountedCatalogue| {
        let site = sites.serving(&counted.division);
        let path = format!("/mulu/{slug}");
        let rows = site.map_or_else(|| visit.site.link(&path), |site| site.link(&path));
        Line {
            organ: counted.organ.clone(),
            published: with_query(&rows, &[("state", "yes")]),
            rows,
            counted,
        }
    };
    let page = CataloguesPage {
        frame: frame(&visit, &domain),
        domain: domain.name,
        items: counted.iter().map(|one| one.items).sum(),
        published: counted.iter().map(|one| one.published).sum(),
        lines: counted.into_iter().map(line).collect(),
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, domain: &Domain) -> Frame {
    let title = format!("{}领域的目录和事项数", domain.name);
    visit
        .frame()
        .titled(&title)
        .described(format!("{}{title}：每一份目录有多少事项，多少已有公开信息", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under("覆盖和按时情况", "/mulu/fugai")
        .at(&domain.name)
        .column(ColumnTags {
            name: title.clone(),
            description: title,
            keywords: format!("{},标准目录,覆盖率", domain.name),
            kind: "信息公开目录".into(),
        })
}

impl CataloguesPage {
    fn empty(&self) -> Empty {
        Empty::new("这个范围里没有正在施行的目录")
            .because("目录发布以后，在这里列出。")
            .way("看覆盖和按时情况", self.frame.href("/mulu/fugai"))
    }
}
