//! `/gongkai/nianbao`: 政府信息公开年报. The page says when the next report is due; whoever keeps the reports
//! lists them here ([`web::Place::AnnualReports`]).

use askama::Template;
use axum::response::Html;
use identity::Level;
use sites_rules::{Reporter, next_report};
use web::components::{Phone, Tree};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Place, Visit};

use super::tags;
use super::tree::{tally, tree};

#[derive(Template)]
#[template(path = "portal/report.html")]
struct ReportPage {
    frame: Frame,
    tree: Tree,
    year: i16,
    due: String,
    due_iso: String,
    basis: String,
    /// The reports there are, as their room draws them.
    panels: Vec<String>,
}

/// Shows when the next report is due.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let counts = tally(&visit).await?;
    let reporter = match visit.site.level {
        Level::City | Level::District => Reporter::Government,
        Level::Township | Level::Village => Reporter::Department,
    };
    let today = visit.house.ledger().clock().today();
    let (year, due) = next_report(reporter, today).map_err(Fault::inside)?;
    let frame = visit
        .frame()
        .titled("政府信息公开年报")
        .described(format!("{}政府信息公开工作年度报告", visit.site.frame.name))
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .at("政府信息公开年报")
        .column(tags(
            "政府信息公开年报",
            "政府信息公开工作年度报告",
            "信息公开,年报",
            "信息公开年报",
        ));
    let panels = visit.house.panels(Place::AnnualReports, &visit.site, "").await?;
    let page = ReportPage {
        panels,
        tree: tree(&visit.site, &counts, "/gongkai/nianbao"),
        year,
        due: due.value.strftime("%Y 年 %-m 月 %-d 日").to_string(),
        due_iso: due.value.to_string(),
        basis: due.basis.to_string(),
        frame,
    };
    web::page::answer(&page)
}

impl Page for ReportPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "还没到期",
            ReportPage {
                frame: Frame::sample("政府信息公开年报").within("gongkai").at("政府信息公开年报"),
                tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
                year: 2026,
                due: "2027 年 3 月 31 日".into(),
                due_iso: "2027-03-31".into(),
                basis: "《政府信息公开条例》第四十九条第二款".into(),
                panels: vec![],
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_report_page_is_sound() {
        assert_eq!(web::page::faults::<super::ReportPage>(), Vec::<String>::new());
    }
}
