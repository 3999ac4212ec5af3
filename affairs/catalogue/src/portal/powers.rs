//! `/mulu/quanze`: of each organ of the site, how many powers and services have items that disclose them,
//! and which have none.

use askama::Template;
use axum::response::Html;
use web::components::{Empty, Figure, Strip, Tone};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use crate::power_view::{GapReport, OrganGaps};

#[derive(Template)]
#[template(path = "portal/powers.html")]
struct PowersPage {
    frame: Frame,
    place: String,
    strip: Strip,
    rows: Vec<Line>,
}

struct Line {
    name: String,
    href: String,
    powers: usize,
    services: usize,
    disclosed: usize,
    bare: Vec<(&'static str, Vec<String>)>,
    bare_count: usize,
    alone: usize,
}

/// Shows the comparison.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let report = GapReport::within(store, &visit.site.range, today).await?;
    let rows: Vec<Line> = report.organs.into_iter().map(|organ| line(&visit, organ)).collect();
    let page = PowersPage {
        frame: frame(&visit),
        place: visit.site.place.clone(),
        strip: strip(&rows),
        rows,
    };
    web::page::answer(&page)
}

fn line(visit: &Visit, organ: OrganGaps) -> Line {
    let mut bare: Vec<(&'static str, Vec<String>)> = Vec::new();
    for gap in &organ.gaps.powers {
        let stage = gap.stage.name();
        match bare.last_mut() {
            Some((last, names)) if *last == stage => names.push(gap.name.clone()),
            _ => bare.push((stage, vec![gap.name.clone()])),
        }
    }
    Line {
        href: visit.site.link(&format!("/gongkai/jigou/{}", organ.organ)),
        name: organ.name,
        powers: organ.powers,
        services: organ.services,
        disclosed: organ.disclosed,
        bare,
        bare_count: organ.gaps.powers.len(),
        alone: organ.gaps.items.len(),
    }
}

fn strip(rows: &[Line]) -> Strip {
    let sum = |count: fn(&Line) -> usize| rows.iter().map(count).sum::<usize>();
    Strip(vec![
        Figure::new(sum(|row| row.powers), "权责事项"),
        Figure::new(sum(|row| row.services), "公共服务事项"),
        Figure::new(sum(|row| row.disclosed), "有公开事项").meant(Tone::Good),
        Figure::new(sum(|row| row.bare_count), "没有公开事项").meant(Tone::Warn),
    ])
}

fn frame(visit: &Visit) -> Frame {
    visit
        .frame()
        .titled("权责事项对照")
        .described(format!("{}各机关的权责事项和公共服务事项是否都有公开事项", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .at("权责事项对照")
        .column(ColumnTags {
            name: "权责事项对照".into(),
            description: "各机关的权责事项和公共服务事项是否都有公开事项".into(),
            keywords: "政务公开,权责清单,公共服务事项清单".into(),
            kind: "信息公开目录".into(),
        })
}

impl PowersPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有导入权责清单")
            .because("各机关导入权责清单和公共服务事项清单并确认对应的公开事项后，在这里列出。")
            .way("看标准目录", self.frame.href("/mulu"))
    }
}
