//! Tables as text: CSV, and tables pasted from a page or a worksheet.

use crate::reading::{Cell, Document, Kind, Row, Sheet, Spans};
use crate::writing::unguard;

/// A field in quotes may have so many bytes; beyond that the quote is taken as a mistake.
const LONGEST_QUOTED: usize = 64 * 1024;
/// Lines with no more fields are text around the table.
const FEWEST_FIELDS: usize = 3;
/// A file that is named as CSV and has no wide table may have a narrow one: more fields than this.
const FEWEST_NAMED: usize = 1;

/// What stands between the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    Tab,
    Bar,
    Mark(char),
    /// Two blanks or more, or a wide one.
    Blanks,
}

/// Reads the tables of a text.
pub(super) fn read(text: &str, name: &str) -> Document {
    let found = delimiter(text, name).map(|found| (found, FEWEST_FIELDS));
    let is_named = || name.to_ascii_lowercase().ends_with(".csv");
    let comma = Delimiter::Mark(',');
    let narrow = || {
        let is_table = is_named() && makes_rows(text, comma, FEWEST_NAMED);
        is_table.then_some((comma, FEWEST_NAMED))
    };
    let Some((delimiter, fewest)) = found.or_else(narrow) else {
        return Document { kind: Kind::Text, title: None, sheets: Vec::new(), after: Vec::new() };
    };
    let kind = if matches!(delimiter, Delimiter::Mark(_)) { Kind::Csv } else { Kind::Text };
    let mut records = records(text, delimiter);
    if kind == Kind::Csv {
        // our own files carry an apostrophe before what a worksheet would take for a formula
        for field in records.iter_mut().flat_map(|record| &mut record.fields) {
            *field = unguard(field).to_owned();
        }
    }
    let (sheets, after) = tables(records, fewest);
    Document { kind, title: None, sheets, after }
}

/// The first delimiter that makes rows. Tabs and bars stand in no other text, and commas of this
/// width in little Chinese; blanks stand everywhere and come last.
fn delimiter(text: &str, name: &str) -> Option<Delimiter> {
    let comma = Delimiter::Mark(',');
    let candidates =
        [Delimiter::Tab, Delimiter::Bar, comma, Delimiter::Mark(';'), Delimiter::Blanks];
    let is_csv = name.to_ascii_lowercase().ends_with(".csv");
    let expected = Some(comma).filter(|_| is_csv);
    let mut all = expected.into_iter().chain(candidates);
    all.find(|delimiter| makes_rows(text, *delimiter, FEWEST_FIELDS))
}

/// Whether two records or more have more fields than the fewest.
fn makes_rows(text: &str, delimiter: Delimiter, fewest: usize) -> bool {
    let end = text.char_indices().nth(200_000).map_or(text.len(), |(at, _)| at);
    let is_row = |record: &&Record| record.fields.len() > fewest;
    records(&text[..end], delimiter).iter().filter(is_row).count() >= 2
}

struct Record {
    line: usize,
    fields: Vec<String>,
}

/// Cuts a text into records.
fn records(text: &str, delimiter: Delimiter) -> Vec<Record> {
    match delimiter {
        Delimiter::Tab => quoted(text, '\t'),
        Delimiter::Mark(mark) => quoted(text, mark),
        Delimiter::Bar => by_line(text, bar_fields),
        Delimiter::Blanks => by_line(text, blank_fields),
    }
}

fn by_line(text: &str, fields: impl Fn(&str) -> Vec<String>) -> Vec<Record> {
    text.lines()
        .enumerate()
        .map(|(at, line)| Record { line: at + 1, fields: fields(line) })
        .collect()
}

/// | a | b |, without the rule under a heading.
fn bar_fields(line: &str) -> Vec<String> {
    let line = line.trim();
    if !line.contains(['|', '｜', '│']) {
        return vec![line.to_owned()];
    }
    if line
        .chars()
        .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+' | '=' | '│' | '─' | '┼' | '├' | '┤'))
    {
        return vec![String::new()];
    }
    let inner = line.strip_prefix(['|', '｜', '│']).unwrap_or(line);
    let inner = inner.strip_suffix(['|', '｜', '│']).unwrap_or(inner);
    inner.split(['|', '｜', '│']).map(|field| field.trim().replace("<br>", "\n")).collect()
}

fn blank_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut blanks = 0;
    for c in line.trim().chars() {
        match c {
            ' ' | '\u{a0}' => blanks += 1,
            '\u{3000}' => blanks += 2,
            c => {
                if blanks >= 2 {
                    fields.push(String::new());
                }
                if let Some(field) = fields.last_mut() {
                    if blanks == 1 {
                        field.push(' ');
                    }
                    field.push(c);
                }
                blanks = 0;
            }
        }
    }
    fields
}

/// Fields that may stand in quotes, with line ends inside.
fn quoted(text: &str, mark: char) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let mut fields = Vec::new();
        let start = line;
        loop {
            let (field, used) = field(rest, mark);
            line += rest[..used].matches('\n').count();
            rest = &rest[used..];
            fields.push(field);
            match rest.chars().next() {
                Some(c) if c == mark => rest = &rest[c.len_utf8()..],
                Some(_) => {
                    rest = &rest[1..];
                    line += 1;
                    break;
                }
                None => break,
            }
        }
        records.push(Record { line: start, fields });
    }
    records
}

/// The field at the start, and its length up to the mark or line end behind it.
fn field(text: &str, mark: char) -> (String, usize) {
    if let Some(found) = text.strip_prefix('"').and_then(|inner| quoted_field(inner, mark)) {
        return found;
    }
    let end = text.find([mark, '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), end)
}

/// The field behind an opening quote, if a quote closes it before a mark, a line end or the end.
fn quoted_field(inner: &str, mark: char) -> Option<(String, usize)> {
    let mut at = 0;
    while at < LONGEST_QUOTED {
        let close = at + inner.get(at..)?.find('"')?;
        let after = &inner[close + 1..];
        match after.chars().next() {
            Some('"') => at = close + 2,
            None | Some('\n') => return Some((inner[..close].replace("\"\"", "\""), close + 2)),
            Some(c) if c == mark => return Some((inner[..close].replace("\"\"", "\""), close + 2)),
            Some(_) => return None,
        }
    }
    None
}

/// Runs of records with several fields are tables; the others are text around them. A short record
/// between two rows belongs to the table, for a merged cell may have left it short.
fn tables(records: Vec<Record>, fewest: usize) -> (Vec<Sheet>, Vec<String>) {
    let is_row: Vec<bool> = records.iter().map(|record| record.fields.len() > fewest).collect();
    let first = is_row.iter().position(|row| *row);
    let last = is_row.iter().rposition(|row| *row);
    let (Some(first), Some(last)) = (first, last) else {
        return (Vec::new(), records.iter().filter_map(line_of).collect());
    };
    let before = records[..first].iter().filter_map(line_of).collect();
    let after = records[last + 1..].iter().filter_map(line_of).collect();
    let rows: Vec<Row> = records[first..=last]
        .iter()
        .filter(|record| line_of(record).is_some() || record.fields.len() > fewest)
        .map(|record| Row {
            number: record.line,
            cells: record
                .fields
                .iter()
                .map(|field| Cell::Text(crate::reading::assemble::tidy(field)))
                .collect(),
        })
        .collect();
    if !crate::reading::grid::has_text(&rows) {
        return (Vec::new(), after);
    }
    (vec![Sheet { name: None, before, rows, spans: Spans::Lost }], after)
}

fn line_of(record: &Record) -> Option<String> {
    let line = record.fields.join(" ");
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::reading::{Cell, Kind};

    fn drawn(text: &str, name: &str) -> (Kind, Vec<String>) {
        let document = read(text, name);
        let rows = document.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| {
            let cells = row.cells.iter().map(|cell| match cell {
                Cell::Text(text) => text.replace('\n', "/"),
                Cell::Above | Cell::Left => "?".into(),
            });
            format!("{}:{}", row.number, cells.collect::<Vec<_>>().join("|"))
        });
        (document.kind, rows.collect())
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, kind) in [
            ("标题\n序号\t一级\t二级\t内容\n1\t甲\t乙\t丙\n", Kind::Text),
            ("标题,,,\n序号,一级,二级,内容\n1,甲,乙,丙\n", Kind::Csv),
            (
                "| 序号 | 一级 | 二级 | 内容 |\n|---|---|---|---|\n| 1 | 甲 | 乙 | 丙 |\n",
                Kind::Text,
            ),
            ("序号  一级  二级  内容\n1  甲  乙  丙\n", Kind::Text),
            ("序号　一级　二级　内容\n1　甲　乙　丙\n", Kind::Text),
        ] {
            let (found, rows) = drawn(text, "");
            assert_eq!(found, kind, "{text}");
            assert_eq!(rows.last().map(|row| &row[2..]), Some("1|甲|乙|丙"), "{text}");
        }
    }

    #[test]
    fn quotes_hold_line_ends_and_a_stray_quote_holds_nothing() {
        let (_, rows) = drawn(
            "a,b,c,d\n1,\"甲，\n乙\"\"丙\"\"\",x,y\n2,\"三项\"补贴,x,y\n3,\"无尽,x,y\n",
            "t.csv",
        );
        assert_eq!(
            rows,
            ["1:a|b|c|d", "2:1|甲，/乙\"丙\"|x|y", "4:2|\"三项\"补贴|x|y", "5:3|\"无尽|x|y"]
        );
    }

    #[test]
    fn a_narrow_list_is_a_table_only_where_its_name_says_so() {
        let list = "名称,类型\n婚姻登记,行政确认\n\"收养,登记\",行政确认\n";
        let rows = ["1:名称|类型", "2:婚姻登记|行政确认", "3:收养,登记|行政确认"];
        assert_eq!(drawn(list, "清单.CSV"), (Kind::Csv, rows.map(str::to_owned).to_vec()));
        assert!(read(list, "清单.txt").sheets.is_empty());
        assert!(read("没有表格。\n", "a.csv").sheets.is_empty());
    }

    #[test]
    fn lines_around_the_table_are_text() {
        let document = read("标题\n\na\tb\tc\td\n短\n1\t2\t3\t4\n\n页脚\n", "");
        assert_eq!(document.sheets[0].before, ["标题"]);
        assert_eq!(document.sheets[0].rows.len(), 3);
        assert_eq!(document.after, ["页脚"]);
        assert!(read("只有一段文字。\n没有表格。", "").sheets.is_empty());
    }
}
