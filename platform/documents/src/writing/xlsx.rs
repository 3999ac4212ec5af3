//! XLSX: a table that looks right on opening, prints on A4, and holds texts only.

mod looks;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Sheet, WriteError, width};
use looks::{Cells, Looks};

/// Height of one line of the table, in points.
const LINE_HEIGHT: f64 = 14.0;
/// How much more of our 10 pt text fits into a column than of the 11 pt figures by which Excel
/// measures its width.
const CLOSER: f64 = 1.05;
/// The greatest height a row can have, in points.
const TALLEST: f64 = 409.0;
/// The longest name a tab can have, in UTF-16 units.
const LONGEST_NAME: usize = 31;
/// The number Excel gives to A4.
const A4: u8 = 9;
/// What a file says it was made on when its content has no date.
const NO_DATE: (i16, i8, i8) = (2000, 1, 1);

pub(super) fn write(sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(sheets)?);
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        sheet.check()?;
        names.push(tab_name(&sheet.name, &names));
        fill(workbook.add_worksheet(), sheet, &names[names.len() - 1]).map_err(failed)?;
    }
    workbook.save_to_buffer().map_err(failed)
}

fn failed(error: XlsxError) -> WriteError {
    match error {
        XlsxError::RowColumnLimitError => {
            WriteError::TooLarge { format: "XLSX", limit: "1048576 行、16384 列" }
        }
        XlsxError::MaxStringLengthExceeded => {
            WriteError::TooLarge { format: "XLSX", limit: "每格 32767 字" }
        }
        other => WriteError::Format { format: "XLSX", detail: other.to_string() },
    }
}

/// The creation time is the content's date, so that the same content gives the same bytes.
fn properties(sheets: &[Sheet]) -> Result<DocProperties, WriteError> {
    let first = sheets.first();
    let made = first.and_then(|sheet| sheet.made);
    let (year, month, day) =
        made.map_or(NO_DATE, |date: Date| (date.year(), date.month(), date.day()));
    let (year, month, day) = (year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs());
    let moment = ExcelDateTime::from_ymd(year, month, day).map_err(failed)?;
    let title = first.map_or("", |sheet| sheet.title.as_str());
    let author = first.map_or("", |sheet| sheet.author.as_str());
    Ok(DocProperties::new()
        .set_title(title.replace('\n', ""))
        .set_author(author)
        .set_creation_datetime(&moment))
}

/// A name Excel accepts and no other tab has.
fn tab_name(wanted: &str, taken: &[String]) -> String {
    let forbidden = |char: char| char.is_control() || "[]:*?/\\".contains(char);
    let clean: String = wanted.chars().filter(|char| !forbidden(*char)).collect();
    let clean = clean.trim().trim_matches('\'');
    let clean = if clean.is_empty() { "表" } else { clean };
    let fit = |suffix: &str| {
        let mut name = String::new();
        for char in clean.chars() {
            let length = name.encode_utf16().count() + char.len_utf16() + suffix.len();
            if length > LONGEST_NAME {
                break;
            }
            name.push(char);
        }
        name + suffix
    };
    let free = |name: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| fit(&format!("({number})")));
    std::iter::once(fit("")).chain(numbered).find(free).unwrap_or_default()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, name: &str) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let shares = widths(sheet);
    page.set_name(name)?;
    for (at, share) in shares.iter().enumerate() {
        page.set_column_width(column_number(at)?, *share)?;
    }
    let head = write_top(page, sheet, &looks)?;
    let body = write_head(page, sheet, &looks, head)?;
    write_body(page, sheet, &shares, body)?;
    write_notes(page, sheet, &looks, body + row_number(sheet.rows.len())?)?;
    page.set_freeze_panes(body, 0)?;
    page.set_repeat_rows(head, body - 1)?;
    set_up_print(page, sheet.landscape);
    Ok(())
}

/// Column widths. Shares that were asked for say nothing of size, so they are spread over what can
/// be read on a screen and is not made too small in print; measured ones stay as they are.
fn widths(sheet: &Sheet) -> Vec<f64> {
    let shares = width::shares(sheet);
    if sheet.columns.iter().all(|column| column.width.is_none()) {
        return shares;
    }
    let room = if sheet.landscape { 170.0 } else { 110.0 };
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| (share * room / sum).clamp(3.0, 120.0)).collect()
}

fn set_up_print(page: &mut Worksheet, landscape: bool) {
    if landscape {
        page.set_landscape();
    }
    page.set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_footer("&C第 &P 页　共 &N 页");
}

/// Title and subtitle across the table; returns the row after them.
fn write_top(page: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<u32, XlsxError> {
    let last = column_number(sheet.columns.len() - 1)?;
    across(page, 0, (0, last), &sheet.title, &looks.title)?;
    page.set_row_height(0, 30.0 * sheet.title.lines().count().max(1) as f64)?;
    if sheet.subtitle.is_empty() {
        return Ok(1);
    }
    across(page, 1, (0, last), &sheet.subtitle.join("　　"), &looks.subtitle)?;
    page.set_row_height(1, 20.0)?;
    Ok(2)
}

/// One or two rows of headings; returns the first row of the body.
fn write_head(
    page: &mut Worksheet,
    sheet: &Sheet,
    looks: &Looks,
    row: u32,
) -> Result<u32, XlsxError> {
    let last = if sheet.is_grouped() { row + 1 } else { row };
    for (first, end, group) in sheet.groups() {
        across(page, row, (column_number(first)?, column_number(end)?), group, &looks.head)?;
    }
    for (at, column) in sheet.columns.iter().enumerate() {
        let top = if column.group.is_some() { last } else { row };
        let at = column_number(at)?;
        block(page, (top, last), (at, at), &column.name, &looks.head)?;
    }
    let lines = sheet.columns.iter().map(|column| column.name.lines().count()).max().unwrap_or(1);
    for row in row..=last {
        page.set_row_height(row, lines as f64 * LINE_HEIGHT + 8.0)?;
    }
    Ok(last + 1)
}

fn write_body(
    page: &mut Worksheet,
    sheet: &Sheet,
    shares: &[f64],
    top: u32,
) -> Result<(), XlsxError> {
    let cells = Cells::new();
    let runs = sheet.runs();
    for (y, row) in sheet.rows.iter().enumerate() {
        let at = top + row_number(y)?;
        let mut lines = 1;
        for (x, text) in row.iter().enumerate() {
            let format = cells.of(sheet.columns[x].align, text);
            page.write_string_with_format(at, column_number(x)?, text, format)?;
            if !runs.contains_key(&(x, y)) {
                lines = lines.max(width::lines(text, shares[x] * CLOSER));
            }
        }
        // A spreadsheet sees to the height of wrapped rows by itself only while someone edits them.
        page.set_row_height(at, (lines as f64 * LINE_HEIGHT + 6.0).clamp(20.0, TALLEST))?;
    }
    for merge in &sheet.merges {
        let text = sheet.rows[merge.first][merge.column].as_str();
        let rows = (top + row_number(merge.first)?, top + row_number(merge.last)?);
        let column = column_number(merge.column)?;
        let format = cells.of(sheet.columns[merge.column].align, text);
        block(page, rows, (column, column), text, format)?;
    }
    Ok(())
}

fn write_notes(
    page: &mut Worksheet,
    sheet: &Sheet,
    looks: &Looks,
    top: u32,
) -> Result<(), XlsxError> {
    let last = column_number(sheet.columns.len() - 1)?;
    for (at, note) in sheet.notes.iter().enumerate() {
        across(page, top + row_number(at)?, (0, last), note, &looks.note)?;
    }
    Ok(())
}

fn across(
    page: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    block(page, (row, row), columns, text, format)
}

/// A text over one cell or several; merging one cell alone is an error to Excel.
fn block(
    page: &mut Worksheet,
    rows: (u32, u32),
    columns: (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if rows.0 == rows.1 && columns.0 == columns.1 {
        page.write_string_with_format(rows.0, columns.0, text, format)?;
    } else {
        page.merge_range(rows.0, columns.0, rows.1, columns.1, text, format)?;
    }
    Ok(())
}

fn row_number(at: usize) -> Result<u32, XlsxError> {
    u32::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn column_number(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_gets_a_name_that_excel_accepts_and_no_other_tab_has() {
        let long = "国有土地上房屋征收与补偿领域基层政务公开标准目录（试行）二〇二六年修订";
        let taken = ["义务教育".to_owned(), "表".to_owned()];
        for (wanted, name) in [
            ("养老服务", "养老服务".to_owned()),
            ("社区/企事业单位[村]", "社区企事业单位村".to_owned()),
            ("义务教育", "义务教育(2)".to_owned()),
            ("'?*'", "表(2)".to_owned()),
            (long, long.chars().take(31).collect()),
        ] {
            assert_eq!(tab_name(wanted, &taken), name);
        }
    }
}
