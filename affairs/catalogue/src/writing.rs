//! A version as a file: XLSX, DOCX, HTML and PDF in the official layout, CSV and JSON for machines. What
//! is written here, [`crate::reading`] reads back as the same catalogue.

mod columns;

use catalogue_rules::ReadCatalogue;
use documents::writing::{Sheet, WriteError};
use law::Date;
use store::{FromQueryResult, Statements, StoreError};
use web::{PrintFault, Printer};

use crate::store::{CALLED, KeyedItem};

/// The forms a catalogue is given out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook.
    Xlsx,
    /// A text document.
    Docx,
    /// For printing.
    Pdf,
    /// A plain table.
    Csv,
    /// The items as data.
    Json,
    /// A web page.
    Html,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] =
        [Self::Xlsx, Self::Docx, Self::Pdf, Self::Csv, Self::Json, Self::Html];

    /// The form a file name's ending means.
    pub fn by_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending().eq_ignore_ascii_case(ending))
    }

    /// The ending of its file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// Why a catalogue could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PrintedError {
    /// The table does not fit the form.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The press refused.
    #[error(transparent)]
    Print(#[from] PrintFault),
    /// It could not be put into JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// A version as it is to be written.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The catalogue's data.
    pub catalogue: ReadCatalogue,
    /// The organ in whose name it stands.
    pub organ: String,
    /// 施行日期.
    pub effective_from: Option<Date>,
}

#[derive(FromQueryResult)]
struct VersionRow {
    title: String,
    level_columns: String,
    region_hint: Option<String>,
    effective_from: Option<String>,
    name: String,
}

/// What of version `$2` stands above its table, with the name its domain has on the day `$1`.
fn heading() -> String {
    format!(
        "SELECT v.title, v.level_columns, v.region_hint, v.effective_from, n.name
           FROM catalogue_version v
           JOIN catalogue c ON c.id = v.catalogue
           JOIN catalogue_domain_name n ON n.domain = c.domain AND {CALLED}
          WHERE v.id = $2"
    )
}

impl Printed {
    /// A version as it is to be written on a day; `None` if there is no such version.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_version(
        from: &impl Statements,
        version: &str,
        organ: &str,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        let values = vec![day.to_string().into(), version.into()];
        let row: Option<VersionRow> = from.one(&heading(), values).await?;
        let Some(row) = row else { return Ok(None) };
        let items = KeyedItem::all(from, version).await?;
        let catalogue = ReadCatalogue {
            title: Some(row.title).filter(|title| !title.is_empty()),
            domain: Some(row.name),
            region_hint: row.region_hint,
            level_columns: serde_json::from_str(&row.level_columns).unwrap_or_default(),
            items: items.into_iter().map(|keyed| keyed.item).collect(),
            // What needed a person's eye belongs to the file that was read, not to the catalogue.
            issues: vec![],
        };
        let effective_from = row.effective_from.and_then(|day| day.parse().ok());
        Ok(Some(Self { catalogue, organ: organ.into(), effective_from }))
    }

    /// Writes it in a form.
    ///
    /// # Errors
    /// The table does not fit the form, or the press refuses or is absent.
    pub async fn write(
        &self,
        form: Form,
        printer: Option<&Printer>,
    ) -> Result<Vec<u8>, PrintedError> {
        Ok(match form {
            Form::Json => serde_json::to_vec_pretty(&self.catalogue)?,
            Form::Csv => self.csv()?,
            Form::Xlsx => self.sheet().to_xlsx()?,
            Form::Docx => self.sheet().to_docx()?,
            Form::Html => self.sheet().to_html()?,
            Form::Pdf => {
                let printer = printer.ok_or(PrintFault::Absent)?;
                printer.print("catalogue", self.printed_sheet().to_press()?).await?
            }
        })
    }

    /// The table in the official layout: headings in two rows, ticks, equal neighbours merged.
    pub fn sheet(&self) -> Sheet {
        let catalogue = &self.catalogue;
        let mut sheet = Sheet {
            name: catalogue.domain.clone().unwrap_or_else(|| "标准目录".into()),
            title: catalogue.title.clone().unwrap_or_default(),
            subtitle: self.subtitle(),
            columns: columns::official(catalogue),
            rows: columns::official_rows(catalogue),
            landscape: true,
            made: self.effective_from,
            author: self.organ.clone(),
            ..Sheet::default()
        };
        columns::merge_names(&mut sheet);
        sheet
    }

    /// The sheet as it goes on paper: nobody reads it back, so the columns of provenance stay away
    /// and the channels stand side by side.
    fn printed_sheet(&self) -> Sheet {
        let mut plain = self.clone();
        for item in &mut plain.catalogue.items {
            item.extra.clear();
        }
        let mut sheet = plain.sheet();
        let channels = sheet.columns.iter().position(|column| column.name == columns::CHANNELS);
        for row in &mut sheet.rows {
            if let Some(cell) = channels.and_then(|at| row.get_mut(at)) {
                *cell = cell.replace('\n', " ");
            }
        }
        sheet
    }

    /// Each row of the plain table as lines of column and words.
    pub(crate) fn row_lines(&self) -> Vec<String> {
        let columns = columns::plain(&self.catalogue);
        let line = |(column, cell): (&documents::writing::Column, &String)| {
            let cell = cell.trim().replace('\n', " ");
            if cell.is_empty() { String::new() } else { format!("{}：{cell}\n", column.name) }
        };
        let rows = columns::plain_rows(&self.catalogue);
        rows.iter().map(|row| columns.iter().zip(row).map(line).collect()).collect()
    }

    fn subtitle(&self) -> Vec<String> {
        let since = self.effective_from.map(|day| format!("施行日期：{day}"));
        let organ = Some(format!("编制单位：{}", self.organ)).filter(|_| !self.organ.is_empty());
        organ.into_iter().chain(since).collect()
    }

    /// One heading row and words instead of ticks, under a line with the title.
    fn csv(&self) -> Result<Vec<u8>, WriteError> {
        let sheet = Sheet {
            columns: columns::plain(&self.catalogue),
            rows: columns::plain_rows(&self.catalogue),
            ..Sheet::default()
        };
        let table = sheet.to_csv()?;
        let title = self.catalogue.title.clone().unwrap_or_default().replace(['"', '\r', '\n'], "");
        if title.is_empty() {
            return Ok(table);
        }
        let mark = "\u{feff}".as_bytes();
        let body = table.strip_prefix(mark).unwrap_or(&table);
        Ok([mark, format!("\"{title}\"\r\n").as_bytes(), body].concat())
    }
}
