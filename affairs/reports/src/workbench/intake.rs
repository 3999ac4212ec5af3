//! `/gongzuo/nianbao/daoru`: a report published before is read from its file; what was understood is shown with
//! what is doubtful in it before anything is kept.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use identity::powers::{Condition, Tie};
use reports_rules::Section;
use review::Signatory;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Upload, Workbench};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, desk_of, list, seen, sent_to};
use crate::acts::intake::{self, Taking, tables_of};
use crate::grid::{self, Grid};
use crate::reading::{self, ReadReport};

/// Its address below a site.
pub const PATH: &str = "/gongzuo/nianbao/daoru";

/// A file that is larger is no report's text and tables, and does not fit into the next form.
const MOST: usize = 5 * 1024 * 1024;

#[derive(Template)]
#[template(path = "workbench/intake.html")]
struct IntakePage {
    desk: Workbench,
    error: Option<FieldError>,
    back: String,
}

#[derive(Template)]
#[template(path = "workbench/understood.html")]
struct UnderstoodPage {
    desk: Workbench,
    title: String,
    unit: String,
    /// The title names another organ.
    another: bool,
    organ: String,
    year: String,
    published: String,
    source: String,
    breaches: Vec<String>,
    doubts: Vec<String>,
    notes: Vec<String>,
    grids: Vec<(&'static str, Vec<Grid>)>,
    /// The file, carried to the next step.
    file: String,
    name: String,
    again: String,
}

/// Shows where to choose a file.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    first_page(&visit, clerk, None).await
}

async fn first_page(
    visit: &Visit,
    clerk: Clerk,
    error: Option<FieldError>,
) -> Result<Html<String>, Fault> {
    let mut desk = Workbench::of(visit, clerk, "nianbao", "补录以前的年度报告").await?;
    desk = desk.under("年度报告", list::PATH);
    if error.is_some() {
        desk = desk.with_errors();
    }
    web::page::answer(&IntakePage { desk, error, back: visit.site.link(list::PATH) })
}

/// Reads a file and shows what was understood; or keeps what was shown.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(DRAFT, &Tie::to(&clerk.organ.code).holding([Condition::NotFrozen]))?;
    if form.get("do") == "keep" {
        return keep(&visit, &clerk, &form).await;
    }
    let read = match form.file("file") {
        None => Err("请选一个文件：网页、XLSX 或者 DOCX。".to_owned()),
        Some(file) if file.bytes.len() > MOST => {
            Err("文件超过 5 MB。请只保留报告正文和表格，删去图片和附件后再读。".to_owned())
        }
        Some(file) => reading::read(&file.bytes, &file.name)
            .map(|read| (read, file.clone()))
            .map_err(|unread| format!("{unread}。{}。", unread.remedy())),
    };
    match read {
        Ok((read, file)) => Ok(understood(&visit, clerk, &read, &file).await?.into_response()),
        Err(message) => {
            let error = FieldError { field: "file".into(), message };
            Ok(first_page(&visit, clerk, Some(error)).await?.into_response())
        }
    }
}

async fn understood(
    visit: &Visit,
    clerk: Clerk,
    read: &ReadReport,
    file: &Upload,
) -> Result<Html<String>, Fault> {
    let organ = clerk.organ.name.clone();
    let unit = read.unit.clone().unwrap_or_default();
    let tables = tables_of(read);
    let sections = [
        (read.found.table2, Section::Proactive),
        (read.found.table3, Section::Requests),
        (read.found.table4, Section::Remedies),
    ];
    let grids = sections.into_iter().filter(|(found, _)| *found);
    let desk = Workbench::of(visit, clerk, "nianbao", "核对读入的报告").await?;
    let page = UnderstoodPage {
        desk: desk.under("年度报告", list::PATH),
        title: read.title.clone().unwrap_or_else(|| "（没有标题）".to_owned()),
        another: intake::is_another(&unit, &organ),
        unit,
        organ,
        year: read.year.map(|year| year.to_string()).unwrap_or_default(),
        published: read.published.clone().unwrap_or_default(),
        source: String::new(),
        breaches: read
            .breaches()
            .iter()
            .map(|one| format!("{} {}", one.page_name(), one.words()))
            .collect(),
        doubts: read.doubts().iter().map(|one| format!("{one} {}", one.words())).collect(),
        notes: read.notes.iter().map(ToString::to_string).collect(),
        grids: grids
            .map(|(_, section)| (section.title(), grid::read(section, read.form, &tables)))
            .collect(),
        file: ledger::hex(&file.bytes),
        name: file.name.clone(),
        again: visit.site.link(PATH),
    };
    web::page::answer(&page)
}

async fn keep(visit: &Visit, clerk: &Clerk, form: &Submitted) -> Result<Response, Fault> {
    let bytes = bytes_of(form.get("wenjian"));
    let lost = || Fault::BadInput("文件没有完整送达。请回到补录页，重新选文件。".into());
    let bytes = bytes.ok_or_else(lost)?;
    let read = reading::read(&bytes, form.get("mingcheng")).map_err(|_| lost())?;
    let year = match form.words("nian") {
        None => return Err(Fault::field("nian", "请写报告的年度，四位数。")),
        Some(year) => {
            year.parse().map_err(|_| Fault::field("nian", "年度请写四位数，例如 2024。"))?
        }
    };
    let source = form.words("laiyuan");
    let source = source.ok_or_else(|| Fault::field("laiyuan", "请写这份报告原来公布在哪里。"))?;
    let demo = visit.house.is_demo();
    let confirmed = form.has(intake::CONFIRMED);
    let taking = Taking { read: &read, year: Some(year), source, confirmed, demo };
    let desk = desk_of(visit, clerk).await?;
    let version = seen(intake::keep(desk, &Signatory::of(clerk), taking).await)?;
    Ok(sent_to(visit, &format!("{}?done=bulu", version.desk_path())))
}

/// The bytes of a file that a form carries in hexadecimal.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(2) {
        return None;
    }
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

impl IntakePage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.error.clone().into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::bytes_of;

    #[test]
    fn a_file_that_a_form_carries_comes_back_whole_or_not_at_all() {
        let bytes = vec![0, 15, 255];
        assert_eq!(bytes_of(&ledger::hex(&bytes)), Some(bytes));
        for broken in ["", "0", "0g", "é0"] {
            assert_eq!(bytes_of(broken), None, "{broken}");
        }
    }
}
