//! What the public sees of annual reports: the list in the column 年报, a report, an organ's years compared.

pub mod chart;
pub mod days;
pub mod panel;
pub mod report;
pub mod sitemap;
pub mod years;

use identity::Organ;
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

/// The column under which reports stand.
const COLUMN: &str = "/gongkai/nianbao";

/// The organ with that code, where it belongs to the site that is visited.
///
/// # Errors
/// It does not, or the database refuses.
pub(crate) async fn organ_of(visit: &Visit, code: &str) -> Result<Organ, Fault> {
    let organ = Organ::find(visit.house.store(), code).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    let here = *low <= organ.division && organ.division <= *high;
    if here { Ok(organ) } else { Err(Fault::NotFound) }
}

/// The frame of a page below the column.
fn frame(visit: &Visit, title: &str, described: String) -> Frame {
    let tags = ColumnTags {
        name: "政府信息公开年报".into(),
        description: "政府信息公开工作年度报告".into(),
        keywords: "信息公开,年报".into(),
        kind: "信息公开年报".into(),
    };
    visit
        .frame()
        .titled(title)
        .described(described)
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .under("政府信息公开年报", COLUMN)
        .column(tags)
}
