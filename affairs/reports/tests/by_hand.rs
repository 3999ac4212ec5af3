//! Layouts of table 3 written by hand, as editors of pages leave them: what a person reads from them without
//! thinking is read, and what a person would ask about is noted.

#[path = "layouts/model.rs"]
#[expect(dead_code, reason = "broken figures are for layouts.rs")]
mod model;
#[path = "layouts/tables.rs"]
#[expect(dead_code, reason = "the other shapes are for layouts.rs")]
mod tables;
#[path = "layouts/writers.rs"]
#[expect(dead_code, reason = "workbooks are for layouts.rs")]
mod writers;

use model::Model;
use reports::reading::{ReadReport, read};
use reports_rules::{COLUMN_NAMES, Row};
use tables::{table2_standard, table3_standard, table4_standard};
use writers::{Page, page};

const PLAIN: Page = Page {
    heading: |numeral, words| format!("<h2>{numeral}、{words}</h2>"),
    cell: |text| text.to_owned(),
    around: |title, body| format!("<title>{title}</title><h1>{title}</h1>{body}"),
    tag: "td",
};

fn digits(number: u64) -> String {
    number.to_string()
}

/// The page with another table 3.
fn with(model: &Model, table3: &str) -> String {
    let whole = page(model, &PLAIN, [table2_standard, table3_standard, table4_standard], digits);
    let heading = whole.find("<h2>三").expect("a heading");
    let from = heading + whole[heading..].find("<table").expect("a table");
    let to = whole.find("<h2>四").expect("a heading");
    format!("{}{table3}{}", &whole[..from], &whole[to..])
}

fn shown(text: &str, what: &str) -> ReadReport {
    read(text.as_bytes(), "报告.html").unwrap_or_else(|refused| panic!("{what}: {refused}"))
}

/// The label of a row with the groups that it needs to be told apart.
fn label(row: Row) -> String {
    row.label().to_owned()
}

fn numbers(model: &Model, row: Row) -> [u64; 7] {
    model.requests[usize::from(row.number()) - 1]
}

fn cells(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().map(|text| format!("<td>{text}</td>")).collect()
}

fn header() -> String {
    format!("<tr><td>情形</td>{}</tr>", cells(COLUMN_NAMES.map(str::to_owned)))
}

fn line(model: &Model, row: Row, number: fn(u64) -> String) -> String {
    format!("<tr><td>{}</td>{}</tr>", label(row), cells(numbers(model, row).map(number)))
}

fn table(model: &Model, number: fn(u64) -> String) -> String {
    let rows: String = Row::all().map(|row| line(model, row, number)).collect();
    format!("<table>{}{rows}</table>", header())
}

/// Full-width digits with full-width commas: `１，２３４`.
fn wide_thousands(number: u64) -> String {
    let text = number.to_string();
    let (mut out, length) = (String::new(), text.len());
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) {
            out.push('，');
        }
        out.push(char::from_u32(u32::from(digit) + 0xFEE0).unwrap_or(digit));
    }
    out
}

#[test]
fn a_row_of_nothing_merged_into_one_cell_is_seven_nothings() {
    let mut model = Model::new(31);
    for row in 4..9 {
        let gone: [u64; 7] = model.requests[row];
        model.requests[row] = [0; 7];
        for (column, count) in gone.into_iter().enumerate() {
            model.requests[2][column] += count;
        }
    }
    for nothing in ["0", "无", "/", "&nbsp;", "—"] {
        let rows: String = Row::all()
            .map(|row| match numbers(&model, row) {
                [0, 0, 0, 0, 0, 0, 0] => {
                    format!("<tr><td>{}</td><td colspan=7>{nothing}</td></tr>", label(row))
                }
                _ => line(&model, row, digits),
            })
            .collect();
        let read = shown(&with(&model, &format!("<table>{}{rows}</table>", header())), nothing);
        model.must_be(&read, nothing);
        assert_eq!(read.breaches(), [], "{nothing}");
    }
}

#[test]
fn rows_that_are_tables_of_their_own_are_one_table() {
    let model = Model::new(32);
    let boxed = |row: String| format!("<tr><td><table width=100%>{row}</table></td></tr>");
    let rows: String = Row::all().map(|row| boxed(line(&model, row, digits))).collect();
    let text = with(&model, &format!("<table>{}{rows}</table>", boxed(header())));
    let read = shown(&text, "nested rows");
    model.must_be(&read, "nested rows");
    assert_eq!(read.breaches(), []);
}

#[test]
fn a_table_copied_as_text_is_read_line_by_line() {
    let model = Model::new(33);
    for (what, apart, open, close) in [
        ("tabs", "\t", "<pre>", "</pre>"),
        ("wide blanks", "\u{3000}", "<p>", "</p>"),
        ("strokes", " | ", "<p>", "</p>"),
        ("blanks", " ", "<div>", "</div>"),
    ] {
        let rows = Row::all().map(|row| {
            let numbers = numbers(&model, row).map(digits).join(apart);
            format!("{}{apart}{numbers}", label(row))
        });
        let end = if open == "<pre>" { "\n" } else { "<br>\n" };
        let text = format!("{open}{}{close}", rows.collect::<Vec<_>>().join(end));
        let read = shown(&with(&model, &text), what);
        model.must_be(&read, what);
        assert!(read.notes.iter().any(|note| note.words.contains("不是表格")), "{:?}", read.notes);
    }
}

#[test]
fn a_table_without_a_header_is_read_in_the_order_of_the_form_and_that_is_noted() {
    let model = Model::new(34);
    let rows: String = Row::all().map(|row| line(&model, row, digits)).collect();
    let read = shown(&with(&model, &format!("<table>{rows}</table>")), "no header");
    model.must_be(&read, "no header");
    assert!(!read.notes.is_empty(), "a person should look at it");
}

#[test]
fn a_page_in_gbk_with_full_width_thousands_is_read() {
    let model = Model::new(35);
    let text = with(&model, &table(&model, wide_thousands));
    let text = format!("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>{text}");
    let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err());
    let read = read(&bytes, "报告.htm").expect("a report");
    model.must_be(&read, "GBK");
    assert_eq!(read.breaches(), []);
}

#[test]
fn columns_in_another_order_and_a_header_that_comes_again_are_read_by_their_names() {
    let model = Model::new(36);
    let order = [6, 0, 1, 2, 3, 4, 5];
    let header = format!(
        "<tr><td>情形</td>{}</tr>",
        cells(order.map(|column| COLUMN_NAMES[column].to_owned()))
    );
    let mut rows = String::new();
    for row in Row::all() {
        if row.number() % 9 == 1 {
            rows += &header;
        }
        let own = numbers(&model, row);
        let own = cells(order.map(|column| own[column].to_string()));
        rows += &format!("<tr><td>{}</td>{own}</tr>", label(row));
    }
    let read = shown(&with(&model, &format!("<table>{rows}</table>")), "another order");
    model.must_be(&read, "another order");
    assert_eq!(read.breaches(), []);
}

#[test]
fn of_several_tables_3_the_first_counts_and_the_others_are_told() {
    let (model, part) = (Model::new(37), Model::new(38));
    let (whole, own) = (table(&model, digits), table(&part, digits));
    for second in [
        format!("<p>其中，区政府办公室的情况：</p>{own}"),
        format!("<p>附：区政府办公室收到和处理政府信息公开申请情况</p>{own}"),
        own.clone(),
    ] {
        let read = shown(&with(&model, &format!("{whole}{second}")), "two tables");
        model.must_be(&read, &second[..second.len().min(60)]);
        let told: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["第3个表：前面已经有一张完整的表三，这一张没有采用"]);
    }
}
