//! The records' parts of pages that several rooms share.

use askama::Template;
use web::components::{Empty, Rows};
use web::{Ask, House, Later, Site};

use crate::store::{Page, Turn};

/// Rows on the home page.
const ON_THE_HOME_PAGE: usize = 6;

/// Rows on an organ's page.
const ON_AN_ORGANS_PAGE: usize = 8;

#[derive(Template)]
#[template(path = "portal/panels/rows.html")]
struct Panel {
    heading: &'static str,
    all: String,
    rows: Rows,
    empty: Empty,
}

/// 最新公开, on the home page.
pub fn newest<'a>(house: &'a House, site: &'a Site, _: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        let panel = Panel {
            heading: "最新公开",
            all: site.link("/wenjian"),
            rows: rows(house, site, &ask, ON_THE_HOME_PAGE).await?,
            empty: Empty::new("还没有公开的信息")
                .because("各机关发布的文件会按时间列在这里。")
                .way("标准目录", site.link("/mulu"))
                .way("政府信息公开指南", site.link("/gongkai/zhinan")),
        };
        Ok(Some(panel.render()?))
    })
}

/// 本机关公开的信息, on an organ's page.
pub fn of_organ<'a>(house: &'a House, site: &'a Site, code: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let divisions = Some(site.range.clone());
        let ask = Ask { divisions, organ: Some(code.to_owned()), ..Ask::default() };
        let panel = Panel {
            heading: "本机关公开的信息",
            all: site.link(&format!("/wenjian?organ={code}")),
            rows: rows(house, site, &ask, ON_AN_ORGANS_PAGE).await?,
            empty: Empty::new("本机关还没有在这里公开信息")
                .because("需要的信息可以书面申请公开，或者打电话询问。")
                .way("申请公开", site.link("/shenqing")),
        };
        Ok(Some(panel.render()?))
    })
}

async fn rows(house: &House, site: &Site, ask: &Ask, limit: usize) -> Result<Rows, web::Fault> {
    let today = house.ledger().clock().today();
    let newest = Page::at(house.store(), ask, &Turn::Start, limit, today).await?;
    Ok(Rows(newest.rows.iter().map(|listed| listed.row.shown(site)).collect()))
}
