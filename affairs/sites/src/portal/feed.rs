//! A list in other forms: Atom for reading programs, CSV for tables, JSON for programs.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use web::page::{Feed, FeedEntry, a_year_before};
use web::{Ask, Fault, Row, Rows, Visit};

/// Rows in a feed.
const FEED: u16 = 50;
/// Rows in a file at most, in pages of the most a list gives at once.
const FILE_PAGES: usize = 50;
const FILE_PAGE: u16 = 100;

/// The form a list is asked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Atom,
    Csv,
    Json,
}

impl Form {
    /// The form named in an address; `None` for the page itself.
    pub fn named(word: &str) -> Result<Option<Self>, Fault> {
        Ok(Some(match word {
            "" | "html" => return Ok(None),
            "atom" => Self::Atom,
            "csv" => Self::Csv,
            "json" => Self::Json,
            _ => {
                return Err(Fault::BadInput(
                    "没有这种格式。format 可以是 csv、json 或 atom。".into(),
                ));
            }
        }))
    }
}

/// `/zuixin.atom`: what is new on the whole site.
pub async fn latest(visit: Visit) -> Result<Response, Fault> {
    let ask = Ask { divisions: Some(visit.site.range.clone()), ..Ask::default() };
    give(&visit, &ask, Form::Atom, "最新公开", "/zuixin").await
}

/// `/gongkai/fading.atom`: the same as the list of all columns.
pub async fn statutory(visit: Visit) -> Result<Response, Fault> {
    let ask = Ask { divisions: Some(visit.site.range.clone()), ..Ask::default() };
    give(&visit, &ask, Form::Atom, "法定主动公开内容", "/gongkai/fading").await
}

/// Gives the list that `ask` describes in another form.
pub(crate) async fn give(
    visit: &Visit,
    ask: &Ask,
    form: Form,
    title: &str,
    path: &str,
) -> Result<Response, Fault> {
    match form {
        Form::Atom => {
            let rows = page(visit, &Ask { limit: FEED, after: None, ..ask.clone() }).await?.rows;
            let since = a_year_before(visit.house.ledger().clock().today());
            let gone = visit.house.gone(ask, since).await?;
            let page_path = if path == "/zuixin" { "/" } else { path };
            let feed = Feed {
                site: &visit.site.frame,
                title: title.into(),
                path: page_path.into(),
                own_path: format!("{path}.atom"),
                entries: rows.into_iter().map(entry).collect(),
                gone,
            };
            feed.answer()
        }
        Form::Csv => {
            let text = csv(&whole(visit, ask).await?, visit)?;
            Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
        }
        Form::Json => {
            let text = json(&whole(visit, ask).await?, visit).to_string();
            Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
        }
    }
}

async fn page(visit: &Visit, ask: &Ask) -> Result<Rows, Fault> {
    visit.house.rows(ask).await
}

async fn whole(visit: &Visit, ask: &Ask) -> Result<Vec<Row>, Fault> {
    let mut ask = Ask { limit: FILE_PAGE, after: None, ..ask.clone() };
    let mut rows = vec![];
    for _ in 0..FILE_PAGES {
        let found = page(visit, &ask).await?;
        rows.extend(found.rows);
        ask.after = found.next;
        if ask.after.is_none() {
            break;
        }
    }
    Ok(rows)
}

fn entry(row: Row) -> FeedEntry {
    let made = row.made_on.map(|day| format!("成文日期 {day}"));
    let summary: Vec<String> = [row.number, made].into_iter().flatten().collect();
    FeedEntry {
        title: row.title,
        path: row.path,
        updated: row.published_at,
        organ: row.organ,
        summary: summary.join("　"),
    }
}

const HEADINGS: [&str; 9] = [
    "标题",
    "文号",
    "发布机构",
    "成文日期",
    "发布日期",
    "原发布日期（来源载明）",
    "有效性",
    "演示数据",
    "网址",
];

fn csv(rows: &[Row], visit: &Visit) -> Result<Vec<u8>, Fault> {
    // The mark at the beginning makes spreadsheet programs read Chinese as UTF-8.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADINGS).map_err(Fault::inside)?;
    for row in rows {
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let cells = [
            row.title.clone(),
            optional(&row.number),
            row.organ.clone(),
            optional(&row.made_on),
            row.published_on.clone(),
            optional(&row.original_on),
            optional(&row.validity),
            if row.demo { "是".into() } else { String::new() },
            visit.site.frame.address(&row.path),
        ];
        writer.write_record(cells.map(|cell| harmless(&cell))).map_err(Fault::inside)?;
    }
    writer.into_inner().map_err(|error| Fault::inside(error.to_string()))
}

/// A cell that a spreadsheet program cannot take for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn json(rows: &[Row], visit: &Visit) -> serde_json::Value {
    let row = |row: &Row| {
        serde_json::json!({
            "title": row.title, "number": row.number, "organ": row.organ, "made_on": row.made_on,
            "published_on": row.published_on, "published_at": row.published_at,
            "original_on": row.original_on, "validity": row.validity, "demo": row.demo,
            "url": visit.site.frame.address(&row.path),
        })
    };
    serde_json::json!({ "schema_version": 1, "rows": rows.iter().map(row).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_become_a_formula() {
        for (cell, safe) in [("=1+1", "'=1+1"), ("@SUM", "'@SUM"), ("通知", "通知"), ("", "")] {
            assert_eq!(harmless(cell), safe);
        }
    }

    #[test]
    fn an_unknown_form_is_refused_with_advice() {
        assert!(Form::named("docx").is_err_and(|fault| fault.to_string().contains("可以是")));
        assert_eq!(Form::named("csv").expect("known"), Some(Form::Csv));
    }
}
