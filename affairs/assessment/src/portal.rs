//! What the public sees of 监督评估: each page a struct beside its template.

pub mod board;
pub mod charts;
pub mod chosen;
pub mod compare;
pub mod feed;
pub mod figures;
pub mod method;
pub mod panels;
pub mod rows;
pub mod shelves;
pub mod sitemap;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

/// The frame of a page of the board.
fn frame(visit: &Visit, title: &str, described: &str) -> Frame {
    let tags = ColumnTags {
        name: "公开质量看板".into(),
        description: "政务公开按时率、应公开覆盖率、更新率和申请答复用时".into(),
        keywords: "公开质量,按时率,应公开覆盖率,监督评估".into(),
        kind: "数据发布".into(),
    };
    visit
        .frame()
        .titled(title)
        .described(format!("{}{described}", visit.site.place))
        .within("gongkai")
        .feed("公开质量数字定稿", "/kanban/dinggao.atom")
        .column(tags)
        .sheet("gk-chart.css")
        .body_class("wide-print")
}

/// A number as it holds now.
fn newest(dated: &law::Dated<u32>) -> u32 {
    dated.versions().last().map_or(0, |(_, one)| one.value)
}

/// 答复期限 as it holds now, in working days.
fn reply_days() -> u32 {
    requests_rules::REPLY_PERIOD.versions().last().map_or(0, |(_, one)| one.value.0)
}

/// A table for spreadsheets, as a file of that name.
fn csv(
    file: &str,
    headings: &[impl AsRef<str>],
    rows: Vec<Vec<String>>,
) -> Result<Response, Fault> {
    let columns = headings.iter().map(|heading| Column::new(heading.as_ref())).collect();
    let sheet = Sheet { name: "公开质量".into(), columns, rows, ..Sheet::default() };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = format!("attachment; filename=\"{file}.csv\"");
    let name = HeaderValue::try_from(name).map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// What programs read.
fn json(told: &serde_json::Value) -> Response {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], told.to_string()).into_response()
}
