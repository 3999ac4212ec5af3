//! `/shuju/{set}`: one set of data: files, columns, how it begins.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use serde_json::{Value, json};
use web::api::{Dataset, Field};
use web::components::size_words;
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, House, Later, Visit};

use super::column;
use crate::LICENCE;
use crate::bulk::{Edition, Form, whole};

/// Rows of the preview.
const PREVIEW: usize = 3;

/// The longest cell of the preview, in letters.
const LONGEST: usize = 40;

#[derive(Template)]
#[template(path = "portal/set.html")]
struct SetPage {
    frame: Frame,
    title: &'static str,
    about: &'static str,
    facts: Vec<(&'static str, String)>,
    files: Vec<FileLine>,
    sums: String,
    columns: Vec<ColumnLine>,
    /// How many rows are shown of it.
    rows: usize,
    ways: Vec<Link>,
    licence: &'static str,
}

/// One column: what it means, and what the first rows have there.
struct ColumnLine {
    name: &'static str,
    about: &'static str,
    cells: Vec<String>,
}

struct FileLine {
    name: &'static str,
    href: String,
    size: String,
    sha256: String,
}

/// Shows one set.
pub async fn show(visit: Visit, Path(slug): Path<String>) -> Result<Html<String>, Fault> {
    let set = visit.house.datasets().find(|set| set.slug == slug).copied();
    let set = set.ok_or(Fault::NotFound)?;
    let edition = Edition::current(&visit.house, &set).await;
    let site = whole(&visit.house).ok_or(Fault::Unavailable)?;
    let (rows, _) = (set.batch)(&visit.house, &site, None).await?;
    let columns = (set.columns)().fields;
    let begin = rows.get(..PREVIEW).unwrap_or(&rows);
    let column_of = |field: &Field| ColumnLine {
        name: field.name,
        about: field.about,
        cells: begin.iter().map(|row| cell(&row[field.name])).collect(),
    };
    let link = |path: &str| visit.site.link(path);
    let sums = format!("/shuju/{}/SHA256SUMS", set.slug);
    let page = SetPage {
        title: set.title,
        about: set.about,
        facts: facts(&visit, edition.as_ref()),
        files: edition.as_ref().map(|edition| files(&visit, &set, edition)).unwrap_or_default(),
        sums: at_first(&visit, &sums),
        rows: begin.len(),
        columns: columns.iter().map(column_of).collect(),
        ways: vec![
            Link::new("在网页上看", link(set.page)),
            Link::new("用程序逐条取", link(set.list)),
            Link::new("程序接口说明", link("/api")),
        ],
        licence: LICENCE,
        frame: frame(visit.frame(), &set).json_ld(&structured(&visit, &set, edition.as_ref())),
    };
    web::page::answer(&page)
}

/// The page of some set, for tests that open every type of page.
pub fn sample(house: &House) -> Later<'_, Option<String>> {
    let path = house.datasets().next().map(|set| format!("/shuju/{}", set.slug));
    Box::pin(async move { Ok(path) })
}

fn frame(frame: Frame, set: &Dataset) -> Frame {
    frame
        .titled(set.title)
        .described(set.about)
        .under("开放数据", "/shuju")
        .at(set.title)
        .column(column("开放数据", set.about))
}

fn facts(visit: &Visit, edition: Option<&Edition>) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("提供单位", visit.site.frame.host_unit.clone()),
        ("更新", "每天；有更正、撤下的马上重写".to_owned()),
    ];
    if let Some(edition) = edition {
        facts.push(("更新日期", edition.day.clone()));
        facts.push(("条数", format!("{} 条", edition.rows)));
    }
    facts
}

/// A set is the same on every site, so its files have one address.
fn at_first(visit: &Visit, path: &str) -> String {
    let directory = visit.house.directory();
    directory.all().first().map_or_else(|| visit.site.link(path), |first| first.link(path))
}

fn files(visit: &Visit, set: &Dataset, edition: &Edition) -> Vec<FileLine> {
    let line = |form: Form| {
        let file = edition.file(form)?;
        let path = format!("/shuju/{}/{}.{}", set.slug, set.slug, form.ending());
        Some(FileLine {
            name: form.name(),
            href: at_first(visit, &path),
            size: size_words(file.bytes),
            sha256: file.sha256.clone(),
        })
    };
    Form::ALL.into_iter().filter_map(line).collect()
}

/// A value as the preview shows it.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("；"),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// schema.org Dataset as JSON.
fn structured(visit: &Visit, set: &Dataset, edition: Option<&Edition>) -> String {
    let at = |path: String| visit.site.frame.address(&path);
    let file = |form: Form| {
        let path = format!("/shuju/{}/{}.{}", set.slug, set.slug, form.ending());
        json!({
            "@type": "DataDownload",
            "encodingFormat": form.media_type(),
            "contentUrl": at(path),
        })
    };
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": set.title,
        "description": set.about,
        "url": at(format!("/shuju/{}", set.slug)),
        "keywords": set.keywords,
        "license": at("/shuju#xuke".into()),
        "isAccessibleForFree": true,
        "inLanguage": "zh-CN",
        "spatialCoverage": visit.site.place,
        "dateModified": edition.map(|edition| edition.day.clone()),
        "creator": { "@type": "GovernmentOrganization", "name": visit.site.frame.host_unit },
        "includedInDataCatalog": {
            "@type": "DataCatalog", "name": "开放数据", "url": at("/shuju".into()),
        },
        "distribution": Form::ALL.map(file),
    })
    .to_string()
}

impl Page for SetPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |files| Self {
            frame: Frame::sample("政府信息").under("开放数据", "/shuju").at("政府信息"),
            title: "政府信息",
            about: "已经公开的文件",
            facts: vec![("更新日期", "2026-11-26".into())],
            files,
            sums: "/linhu/shuju/wenjian/SHA256SUMS".into(),
            columns: vec![ColumnLine {
                name: "title",
                about: "标题",
                cells: vec!["关于印发<示例>的通知".into()],
            }],
            rows: 1,
            ways: vec![Link::new("在网页上看", "/linhu/wenjian")],
            licence: LICENCE,
        };
        let file = FileLine {
            name: "CSV",
            href: "/linhu/shuju/wenjian/wenjian.csv".into(),
            size: "21 KB".into(),
            sha256: "47deq".repeat(12),
        };
        vec![("写好的", of(vec![file])), ("正在写", of(vec![]))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<SetPage>(), Vec::<String>::new());
    }

    #[test]
    fn a_long_value_is_cut_where_a_letter_ends() {
        assert_eq!(cell(&json!("公".repeat(50))), format!("{}…", "公".repeat(40)));
        assert_eq!(cell(&json!(["a", null, 3])), "a；；3");
    }
}
