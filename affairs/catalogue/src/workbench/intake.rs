//! `/gongzuo/mulu/{domain}/daoru`: rows pasted from a spreadsheet, or a file. What was understood is
//! shown beside its source before anything is kept.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::{Item, Place, ReadCatalogue, TimeLimitKind};
use documents::reading::{self as file, Cell};
use sha2::{Digest, Sha256};
use web::components::{ErrorSummary, FieldError, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::bench::Bench;
use super::reading_words::read_as;
use super::{returned, seen, sent_to};
use crate::acts::{import, replacement};
use crate::reading::{self, Unread};
use crate::words::{channel_words, item_name};

#[derive(Template)]
#[template(path = "workbench/intake.html")]
struct IntakePage {
    desk: Workbench,
    open: bool,
    text: String,
    error: Option<FieldError>,
    back: String,
}

#[derive(Template)]
#[template(path = "workbench/understood.html")]
struct UnderstoodPage {
    desk: Workbench,
    has_rows: bool,
    source: String,
    rows: Vec<Understood>,
    doubts: Vec<Doubt>,
    /// What was read, carried to the next step.
    table: String,
    again: String,
}

/// One row as it was understood.
struct Understood {
    group: String,
    name: String,
    elements: String,
    limit: String,
    read_as: Option<String>,
    subjects: String,
    channels: String,
}

/// One cell or row that wants a person's eye, beside its source.
struct Doubt {
    place: String,
    name: String,
    advice: String,
    source: Vec<String>,
}

/// Shows where to paste and to choose a file.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
) -> Result<Html<String>, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    first_page(&visit, clerk, &bench, String::new(), None).await
}

async fn first_page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    text: String,
    error: Option<FieldError>,
) -> Result<Html<String>, Fault> {
    let mut desk = bench.desk_below(visit, clerk, "粘贴或者导入").await?;
    if error.is_some() {
        desk = desk.with_errors();
    }
    let page = IntakePage {
        desk,
        open: takes(bench).is_ok(),
        text,
        error,
        back: visit.site.link(&bench.path("")),
    };
    web::page::answer(&page)
}

/// Rows may come in: there is no catalogue yet and the organ may begin one, or the draft may be changed.
fn takes(bench: &Bench) -> Result<(), Fault> {
    bench.may_begin()?;
    if bench.catalogue.is_none() || bench.is_open() || bench.worked_on().is_none() {
        return Ok(());
    }
    let words = "草稿正在征求意见，或者还没有起草下一版。请先在目录页上起草，再粘贴或者导入。";
    Err(Fault::Refused(words.into()))
}

async fn has_rows(visit: &Visit, bench: &Bench) -> Result<bool, Fault> {
    Ok(!bench.rows(visit).await?.ours.is_empty())
}

/// Reads what was pasted or sent and shows it; or keeps what was shown.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    takes(&bench)?;
    if form.get("do") == "keep" {
        return keep(&visit, &clerk, &bench, &form).await;
    }
    let (bytes, name, field) = match form.file("file") {
        Some(sent) => (sent.bytes.clone(), sent.name.clone(), "file"),
        None => (pasted(form.get("text")), PASTED.to_owned(), "text"),
    };
    match understand(&bytes, &name) {
        Ok(read) => {
            Ok(understood_page(&visit, clerk, &bench, (&bytes, &name), read).await?.into_response())
        }
        Err(error) => {
            let message = format!("{error}。{}", error.remedy());
            let wrong = Some(FieldError { field: field.into(), message });
            let text = form.get("text").to_owned();
            Ok(first_page(&visit, clerk, &bench, text, wrong).await?.into_response())
        }
    }
}

/// How many characters of a file's name are kept.
const LONGEST_NAME: usize = 200;

/// What a pasted table is called as a source.
const PASTED: &str = "粘贴的内容.tsv";

/// Browsers send lines ended in two signs; the reader counts lines as a spreadsheet does.
fn pasted(text: &str) -> Vec<u8> {
    text.replace("\r\n", "\n").into_bytes()
}

/// The headings of the official layout, for cells that were copied without them: by how many columns
/// there are.
const HEADINGS: [&str; 3] = [
    "序号\t一级事项\t二级事项\t公开内容（要素）\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t公开对象\t公开方式\t公开层级",
    "序号\t一级事项\t二级事项\t公开内容（要素）\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t公开对象\t公开方式",
    "序号\t一级事项\t二级事项\t公开内容（要素）\t公开依据\t公开时限\t公开主体\t公开渠道和载体",
];

/// The official layout with a column to tick for each audience, method and level.
const TICKED: &str = "序号\t一级事项\t二级事项\t公开内容（要素）\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t全社会\t特定群体\t主动\t依申请\t县级\t乡、村级";

/// The same without the columns for levels, where a catalogue has none.
const TICKED_WITHOUT_LEVELS: &str = "序号\t一级事项\t二级事项\t公开内容（要素）\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t全社会\t特定群体\t主动\t依申请";

/// Reads a table. Cells that were copied without their headings get those of the official layout, by
/// how many columns there are: what short cells mean cannot be told from the cells alone.
fn understand(bytes: &[u8], name: &str) -> Result<ReadCatalogue, Unread> {
    if name != PASTED {
        return reading::read(bytes, name);
    }
    let text = String::from_utf8_lossy(bytes);
    let width = width(&text);
    let fits = |heading: &&&str| heading.split('\t').count() == width;
    let heading = HEADINGS.iter().chain([&TICKED, &TICKED_WITHOUT_LEVELS]).find(fits);
    match heading.filter(|_| !has_heading(&text)) {
        Some(heading) => reading::read(format!("{heading}\n{text}").as_bytes(), name),
        None => reading::read(bytes, name),
    }
}

/// Whether the table brings its headings along, in one row or two, perhaps under a title.
fn has_heading(text: &str) -> bool {
    let top: String = text.lines().take(6).collect();
    ["一级事项", "公开事项", "公开依据", "公开时限"]
        .iter()
        .filter(|word| top.contains(**word))
        .count()
        > 1
}

/// How many cells the first row has; a cell in quotes may hold line ends.
fn width(text: &str) -> usize {
    let (mut cells, mut quoted) = (1, false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\t' if !quoted => cells += 1,
            '\n' if !quoted => break,
            _ => {}
        }
    }
    cells
}

async fn understood_page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    (bytes, name): (&[u8], &str),
    read: ReadCatalogue,
) -> Result<Html<String>, Fault> {
    let page = UnderstoodPage {
        desk: bench.desk_below(visit, clerk, "核对读入的内容").await?,
        has_rows: has_rows(visit, bench).await?,
        source: name.to_owned(),
        rows: read.items.iter().map(Understood::of).collect(),
        doubts: doubts_in(&read, bytes, name),
        table: serde_json::to_string(&read).map_err(Fault::inside)?,
        again: visit.site.link(&bench.path("/daoru")),
    };
    web::page::answer(&page)
}

impl Understood {
    fn of(item: &Item) -> Self {
        Self {
            group: item.level1.clone().unwrap_or_default(),
            name: item_name(item),
            elements: item.elements.join("、"),
            limit: item.time_limit_raw.clone(),
            read_as: item.time_limit.as_ref().and_then(read_as),
            subjects: item.subjects.join("、"),
            channels: channel_words(item),
        }
    }
}

/// What wants a person's eye: what the reader says, and limits it could not read.
fn doubts_in(read: &ReadCatalogue, bytes: &[u8], name: &str) -> Vec<Doubt> {
    let sheets = file::read(bytes, name).map(|document| document.sheets).unwrap_or_default();
    let said = read.issues.iter().map(|issue| Doubt {
        place: issue.place.to_string(),
        name: issue.level2.clone().or(issue.level1.clone()).unwrap_or_default(),
        advice: issue.kind.advice().to_owned(),
        source: source_of(&sheets, &issue.place),
    });
    let unread = read.items.iter().filter(|item| {
        let kind = item.time_limit.as_ref().map(|limit| limit.kind);
        !item.time_limit_raw.is_empty() && kind.is_none_or(|kind| kind == TimeLimitKind::Other)
    });
    let limits = unread.map(|item| Doubt {
        place: "公开时限".into(),
        name: item_name(item),
        advice: "没有读懂这个时限，按原文保留。改法：写明从什么时候起、几个工作日。".into(),
        source: vec![item.time_limit_raw.clone()],
    });
    said.chain(limits).collect()
}

/// The cells of a row of the source.
fn source_of(sheets: &[file::Sheet], place: &Place) -> Vec<String> {
    let sheet = place.table.checked_sub(1).and_then(|at| sheets.get(at));
    let row = sheet.and_then(|sheet| sheet.rows.iter().find(|row| row.number == place.row));
    let cells = row.into_iter().flat_map(|row| &row.cells);
    let words = cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Cell::Above | Cell::Left => None,
    });
    words.map(str::to_owned).collect()
}

async fn keep(
    visit: &Visit,
    clerk: &Clerk,
    bench: &Bench,
    form: &Submitted,
) -> Result<Response, Fault> {
    let table = returned::table(form.get("table"))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match &bench.catalogue {
        Some(catalogue) => {
            let kept = match form.get("how") {
                "add" => replacement::merge(desk, &catalogue.id, table).await,
                _ => replacement::keep(desk, &catalogue.id, table).await,
            };
            seen(kept)?;
        }
        None => {
            let kept = serde_json::to_vec(&table).map_err(Fault::inside)?;
            let digest = Sha256::digest(kept);
            let import = import::Import {
                organ: bench.organ.code.clone(),
                domain: bench.domain.slug.clone(),
                read: table,
                source_name: form.get("source").chars().take(LONGEST_NAME).collect(),
                source_sha256: ledger::hex(&digest),
                demo: visit.house.is_demo(),
            };
            seen(import::keep(desk, import).await)?;
        }
    }
    Ok(sent_to(visit, &bench.path("?done=imported")))
}

impl IntakePage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.error.clone().into_iter().collect())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        self.error.as_ref().filter(|error| error.field == field).map(|error| error.message.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "1\t政策文件\t养老政策\t文件名称\n文号\t《老年人权益保障法》\t信息形成之日起20个工作日\t区民政局\t■政府网站\n";

    #[test]
    fn short_cells_copied_without_headings_keep_their_columns() {
        for levels in ["", "\t√\t"] {
            let line = |number: u8, name: &str| {
                format!(
                    "{number}\t养老服务\t{name}\t平台\t《老年人权益保障法》\t20个工作日\t民政局\t■政府网站\t√\t\t√\t{levels}"
                )
            };
            let text = format!("{}\n{}", line(1, "智慧养老"), line(2, "老年助餐"));
            for (text, rows) in [(line(1, "智慧养老"), 1), (text, 2)] {
                let read = understand(text.as_bytes(), PASTED).expect("a table");
                assert_eq!(read.items.len(), rows, "{text}");
                assert_eq!(read.items[0].level2.as_deref(), Some("智慧养老"), "{text}");
                assert_eq!(read.items[0].elements, ["平台"], "{text}");
            }
        }
    }

    #[test]
    fn cells_copied_with_or_without_their_headings_are_read_alike() {
        let row = ROWS.replace("文件名称\n文号", "\"文件名称\n文号\"");
        let with = format!("{}\n{row}", HEADINGS[2]);
        for text in [with.as_str(), row.as_str()] {
            let read = understand(text.as_bytes(), PASTED).expect("a table");
            assert_eq!(read.items.len(), 1, "{text}");
            let item = &read.items[0];
            assert_eq!(item.level2.as_deref(), Some("养老政策"), "{text}");
            assert_eq!(item.elements, ["文件名称", "文号"], "{text}");
            assert_eq!(item.subjects, ["区民政局"], "{text}");
        }
    }

    #[test]
    fn a_doubtful_row_stands_beside_its_source() {
        let text = format!(
            "{}\n1\t政策\t文件一\t名称\t\t20个工作日内\t区民政局\t■政府网站\n2\t政策\t文件二\t名称\t《条例》\t视情况\t区民政局\t■政府网站\n",
            HEADINGS[2]
        );
        let read = understand(text.as_bytes(), PASTED).expect("a table");
        let doubts = doubts_in(&read, text.as_bytes(), PASTED);
        let basis =
            doubts.iter().find(|doubt| doubt.advice.contains("公开依据")).expect("it is told");
        assert!(basis.source.iter().any(|cell| cell == "文件一"), "{:?}", basis.source);
        let limit = doubts.iter().find(|doubt| doubt.place == "公开时限").expect("it is told");
        assert_eq!(
            (limit.name.as_str(), limit.source.as_slice()),
            ("文件二", &["视情况".to_owned()][..])
        );
    }
}
