//! A report as a file: a web page whose tables are tables, DOCX, PDF, XLSX, and JSON in the shape in which
//! published reports are read. What is written here, [`crate::reading`] reads back as the same tables.

use askama::Template;
use documents::writing::{Article, Block, Book, Column, Sheet, WriteError};
use law::Date;
use reports_rules::{
    COLUMN_NAMES, COLUMNS, CellPlace, RemedyCell, RemedyGroup, Reporter, Section, Tables, Topic,
    prose_numbers,
};
use serde::Serialize;
use web::{PrintFault, Printer};

use crate::grid::{self, Grid, shown};
use crate::reading::{Form as Layout, FoundTables, ReadReport};
use crate::store::{Content, Version};

/// The forms a report is given out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A web page by itself.
    Html,
    /// A text document.
    Docx,
    /// For printing.
    Pdf,
    /// A workbook.
    Xlsx,
    /// As data.
    Json,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WritingError {
    /// It does not fit the form.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The press refused.
    #[error(transparent)]
    Print(#[from] PrintFault),
    /// It could not be put into JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The page could not be filled.
    #[error(transparent)]
    Page(#[from] askama::Error),
}

impl Form {
    /// All, with the ending of their names and what people call them.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Pdf, "pdf", "PDF"),
        (Self::Docx, "docx", "DOCX"),
        (Self::Xlsx, "xlsx", "XLSX"),
        (Self::Html, "html", "网页"),
        (Self::Json, "json", "JSON"),
    ];

    /// The form a name's ending means.
    pub fn by_ending(ending: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == ending).map(|(form, ..)| *form)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// A report as data, with the version of its shape as every answer of ours has it (docs/api.md).
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    schema_version: u32,
    #[serde(flatten)]
    report: &'a ReadReport,
}

impl<'a> Told<'a> {
    /// A report that was read or written.
    pub const fn of(report: &'a ReadReport) -> Self {
        Self { schema_version: 1, report }
    }
}

/// Writes a version in a form.
///
/// # Errors
/// It does not fit the form, or the press refuses or is absent.
pub async fn write(
    version: &Version,
    content: &Content,
    form: Form,
    printer: Option<&Printer>,
) -> Result<Vec<u8>, WritingError> {
    Ok(match form {
        Form::Json => serde_json::to_vec_pretty(&Told::of(&as_read(version, content)))?,
        Form::Xlsx => book(version, content).to_xlsx()?,
        Form::Docx => article(version, content).to_docx()?,
        Form::Html => page(version, content)?.into_bytes(),
        Form::Pdf => {
            let printer = printer.ok_or(PrintFault::Absent)?;
            printer.print("document", article(version, content).to_press()?).await?
        }
    })
}

/// The day on which it was published, here or, of what was taken over, where its source says.
pub fn published(version: &Version) -> Option<String> {
    version.original_on.clone().or_else(|| version.published_on.map(|day| day.to_string()))
}

/// A version in the terms in which published reports are read.
pub fn as_read(version: &Version, content: &Content) -> ReadReport {
    let of_government = version.reporter == Reporter::Government;
    let tables = content.tables(version.origin);
    ReadReport {
        title: Some(version.title.clone()),
        unit: Some(version.organ_name.clone()),
        year: Some(i64::from(version.year)),
        published: published(version),
        form: version.layout(),
        sections: Section::ALL.to_vec(),
        texts: vec![],
        prose: prose_numbers(&content.whole_prose(of_government)),
        notes: vec![],
        found: FoundTables {
            table2: !grid::is_missing(Section::Proactive, &tables),
            table3: !grid::is_missing(Section::Requests, &tables),
            table4: !grid::is_missing(Section::Remedies, &tables),
        },
        table2: tables.table2,
        table3: tables.table3,
        table4: tables.table4,
    }
}

/// A section as it is read: its title, its prose, its tables.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its title with its numeral.
    pub title: &'static str,
    /// Its id on a page.
    pub id: &'static str,
    /// Its texts: a heading where there is one, and the paragraphs.
    pub texts: Vec<(Option<String>, Vec<String>)>,
    /// Its tables.
    pub grids: Vec<Grid>,
}

/// The sections of a version as they are read.
pub fn read_parts(version: &Version, content: &Content) -> Vec<Part> {
    let form = version.layout();
    parts(version, content, &mut |section, tables| grid::read(section, form, tables))
}

/// The sections of a version; `draw` gives the tables.
pub fn parts(
    version: &Version,
    content: &Content,
    draw: &mut dyn FnMut(Section, &Tables) -> Vec<Grid>,
) -> Vec<Part> {
    let of_government = version.reporter == Reporter::Government;
    let tables = content.tables(version.origin);
    let part = |section: Section| Part {
        title: section.title(),
        id: section.word(),
        texts: texts(content, section, of_government),
        grids: draw(section, &tables),
    };
    Section::ALL.into_iter().map(part).collect()
}

/// The numerals of topics within a section.
const NUMERALS: [&str; 9] =
    ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）"];

fn texts(
    content: &Content,
    section: Section,
    of_government: bool,
) -> Vec<(Option<String>, Vec<String>)> {
    let prose = content.prose(section, of_government);
    let several = prose.iter().filter(|(topic, _)| topic.is_some()).count() > 1;
    let mut numerals = NUMERALS.iter();
    let mut heading = |topic: Option<Topic>| {
        let topic = topic.filter(|_| several)?;
        Some(format!("{}{}", numerals.next().copied().unwrap_or_default(), topic.name()))
    };
    let paragraphs = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    prose.into_iter().map(|(topic, text)| (heading(topic), paragraphs(text))).collect()
}

#[derive(Template)]
#[template(path = "writing.html")]
struct WrittenPage<'a> {
    title: &'a str,
    organ: &'a str,
    published: String,
    year: i16,
    explanation: &'a str,
    demo: bool,
    parts: Vec<Part>,
}

/// The report as a web page by itself.
fn page(version: &Version, content: &Content) -> Result<String, WritingError> {
    let page = WrittenPage {
        title: &version.title,
        organ: &version.organ_name,
        published: published(version).unwrap_or_default(),
        year: version.year,
        explanation: &version.explanation,
        demo: version.demo,
        parts: read_parts(version, content),
    };
    Ok(page.render()?)
}

/// The report as a document after GB/T 9704: its tables as tables of the text.
fn article(version: &Version, content: &Content) -> Article {
    let tables = content.tables(version.origin);
    let of_government = version.reporter == Reporter::Government;
    let mut blocks = Vec::new();
    if !version.explanation.is_empty() {
        blocks.push(Block::paragraph(format!("更正说明：{}", version.explanation)));
    }
    for section in Section::ALL {
        blocks.push(Block::heading(1, section.title()));
        for (heading, paragraphs) in texts(content, section, of_government) {
            blocks.extend(heading.map(|heading| Block::heading(2, heading)));
            blocks.extend(paragraphs.into_iter().map(Block::paragraph));
        }
        blocks.extend(sheets(section, version.layout(), &tables).into_iter().map(block));
    }
    let day = published(version).and_then(|day| day.parse::<Date>().ok());
    Article {
        title: version.title.clone(),
        blocks,
        signature: Some(version.organ_name.clone()),
        date: day,
        made: day,
        ..Article::default()
    }
}

/// A sheet as a table within the text, where headings stand in one row: the group is named where several
/// columns are called alike.
fn block(sheet: Sheet) -> Block {
    let alike = |name: &str| sheet.columns.iter().filter(|column| column.name == name).count() > 1;
    let name = |column: &Column| match &column.group {
        Some(group) if alike(&column.name) => format!("{group}：{}", column.name),
        _ => column.name.clone(),
    };
    Block::Table {
        caption: sheet.title,
        header: sheet.columns.iter().map(name).collect(),
        rows: sheet.rows,
    }
}

/// The report as a workbook: the prose, then a sheet for each table.
fn book(version: &Version, content: &Content) -> Book {
    let tables = content.tables(version.origin);
    let mut lines: Vec<Vec<String>> = Vec::new();
    if !version.explanation.is_empty() {
        lines.push(vec![format!("更正说明：{}", version.explanation)]);
    }
    for part in parts(version, content, &mut |_, _| vec![]) {
        lines.push(vec![part.title.to_owned()]);
        for (heading, paragraphs) in part.texts {
            lines.extend(heading.map(|heading| vec![heading]));
            lines.extend(paragraphs.into_iter().map(|line| vec![line]));
        }
    }
    let text = Sheet {
        name: "报告".to_owned(),
        title: version.title.clone(),
        subtitle: published(version).map(|day| format!("发布日期：{day}")).into_iter().collect(),
        columns: vec![Column::new("正文").wide(90.0)],
        rows: lines,
        author: version.organ_name.clone(),
        ..Sheet::default()
    };
    let tables = [Section::Proactive, Section::Requests, Section::Remedies]
        .into_iter()
        .flat_map(|section| sheets(section, version.layout(), &tables));
    Book { sheets: std::iter::once(text).chain(tables).collect() }
}

/// The tables of a section as flat sheets; none where the report has not that table.
fn sheets(section: Section, form: Layout, tables: &Tables) -> Vec<Sheet> {
    if section.is_table() && grid::is_missing(section, tables) {
        return vec![];
    }
    match section {
        Section::Proactive => vec![table2(form, tables)],
        Section::Requests => vec![table3(form, tables)],
        Section::Remedies => vec![table4(tables)],
        _ => vec![],
    }
}

fn table2(form: Layout, tables: &Tables) -> Sheet {
    let lines = grid::table2_rows(form);
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in lines.iter().flat_map(|(.., cells)| cells) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let rows = lines.iter().map(|(block, content, cells)| {
        let cell = |name: &&str| {
            let found = cells.iter().find(|(own, _)| own == name);
            let shown = found.map(|(_, cell)| shown(tables.cell(CellPlace::Table2(*cell))));
            shown.unwrap_or_default()
        };
        let labels = [(*block).to_owned(), (*content).to_owned()];
        labels.into_iter().chain(names.iter().map(cell)).collect()
    });
    let labels = [Column::new("条款"), Column::new("信息内容")];
    let columns = names.iter().map(|name| Column::new(*name).centered());
    Sheet {
        name: "主动公开".to_owned(),
        title: Section::Proactive.title().to_owned(),
        rows: rows.collect(),
        columns: labels.into_iter().chain(columns).collect(),
        landscape: true,
        ..Sheet::default()
    }
}

fn table3(form: Layout, tables: &Tables) -> Sheet {
    let column = |(at, name): (usize, &&str)| {
        let column = Column::new(*name).centered();
        if at == 0 || at == COLUMNS - 1 { column } else { column.under("法人或其他组织") }
    };
    let labels = ["类别", "情形", "具体情形"].map(Column::new);
    let rows = grid::table3_rows(form).into_iter().map(|(row, labels)| {
        let cells = (0..COLUMNS).map(|column| shown(tables.cell(CellPlace::Table3(row, column))));
        labels.map(str::to_owned).into_iter().chain(cells).collect()
    });
    let mut sheet = Sheet {
        name: "依申请公开".to_owned(),
        title: Section::Requests.title().to_owned(),
        columns: labels.into_iter().chain(COLUMN_NAMES.iter().enumerate().map(column)).collect(),
        rows: rows.collect(),
        landscape: true,
        ..Sheet::default()
    };
    sheet.merge_equal(0);
    sheet.merge_equal(1);
    sheet
}

fn table4(tables: &Tables) -> Sheet {
    let column = |group: RemedyGroup| {
        RemedyCell::ALL.map(|cell| Column::new(cell.name()).centered().under(group.name()))
    };
    let cells = RemedyGroup::ALL.into_iter().flat_map(|group| {
        RemedyCell::ALL.map(|cell| shown(tables.cell(CellPlace::Table4(group, cell))))
    });
    Sheet {
        name: "复议诉讼".to_owned(),
        title: Section::Remedies.title().to_owned(),
        columns: RemedyGroup::ALL.into_iter().flat_map(column).collect(),
        rows: vec![cells.collect()],
        landscape: true,
        ..Sheet::default()
    }
}
