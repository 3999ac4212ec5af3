//! What a person reads in a package: an index, each document, tables that any program opens.

use askama::Template;
use documents::writing::{Column, Sheet, WriteError};
use law::Date;
use ledger::Event;

use super::{folder_of, period};
use crate::store::Record;

#[derive(Template)]
#[template(path = "archive/index.html")]
struct IndexPage<'a> {
    title: &'a str,
    today: Date,
    rows: Vec<(String, &'a Record)>,
}

#[derive(Template)]
#[template(path = "archive/document.html")]
struct DocumentPage<'a> {
    title: &'a str,
    facts: Vec<(&'static str, String)>,
    text: String,
    files: Vec<(String, String)>,
}

/// The first page: what is in the package.
pub(super) fn index(title: &str, records: &[Record], today: Date) -> String {
    let rows = records.iter().zip(1..).map(|(record, at)| (folder_of(at), record)).collect();
    IndexPage { title, today, rows }.render().unwrap_or_default()
}

/// One document, to be read in any browser.
pub(super) fn document(record: &Record, today: Date) -> String {
    let files = record.attachments.iter().zip(1..).map(|(file, number)| {
        (format!("files/{number:02}-{}", super::plain(&file.name)), file.name.clone())
    });
    let page = DocumentPage {
        title: &record.metadata.title,
        facts: facts(record, today),
        text: crate::portal_text(&record.text),
        files: files.collect(),
    };
    page.render().unwrap_or_default()
}

fn facts(record: &Record, today: Date) -> Vec<(&'static str, String)> {
    let metadata = &record.metadata;
    let text = |text: Option<String>| text.unwrap_or_default();
    let facts = vec![
        ("索引号", text(metadata.index.as_ref().map(ToString::to_string))),
        ("文号", text(metadata.number.as_ref().map(ToString::to_string))),
        ("发布机构", record.organ_name.clone()),
        ("成文日期", metadata.made_on.0.to_string()),
        ("发布日期", record.dates.here.day().to_string()),
        ("主题分类", metadata.theme.to_string()),
        ("体裁", metadata.genre.name().to_owned()),
        ("公开属性", metadata.openness.to_string()),
        ("有效性", metadata.life.validity_on(today).name().to_owned()),
        ("产生方式", text(metadata.provenance.as_ref().map(ToString::to_string))),
        ("保管单位", text(metadata.custody.keeper.clone())),
        ("保管期限", period(metadata.custody.retention).to_owned()),
        ("平台内编号", record.id.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// One line for each document.
pub(super) fn catalogue(records: &[Record]) -> Result<Vec<u8>, WriteError> {
    let headings = [
        "文件夹",
        "标题",
        "索引号",
        "文号",
        "发布机构",
        "成文日期",
        "发布日期",
        "体裁",
        "保管期限",
        "附件数",
        "平台内编号",
    ];
    let text = |text: Option<String>| text.unwrap_or_default();
    let line = |(record, at): (&Record, usize)| {
        let metadata = &record.metadata;
        vec![
            folder_of(at),
            metadata.title.clone(),
            text(metadata.index.as_ref().map(ToString::to_string)),
            text(metadata.number.as_ref().map(ToString::to_string)),
            record.organ_name.clone(),
            metadata.made_on.0.to_string(),
            record.dates.here.day().to_string(),
            metadata.genre.name().to_owned(),
            period(metadata.custody.retention).to_owned(),
            record.attachments.len().to_string(),
            record.id.clone(),
        ]
    };
    let sheet = Sheet {
        columns: headings.map(Column::new).to_vec(),
        rows: records.iter().zip(1..).map(line).collect(),
        ..Sheet::default()
    };
    sheet.to_csv()
}

/// What was done to a record, without who did it.
pub(super) fn history(events: &[Event]) -> Result<Vec<u8>, WriteError> {
    let line = |event: &Event| {
        let act = format!("{}.{}", event.room, event.act);
        vec![event.seq.to_string(), event.happened_at.to_string(), act, event.basis.clone()]
    };
    let sheet = Sheet {
        columns: ["台账序号", "时间（UTC）", "操作", "依据"].map(Column::new).to_vec(),
        rows: events.iter().map(line).collect(),
        ..Sheet::default()
    };
    sheet.to_csv()
}
