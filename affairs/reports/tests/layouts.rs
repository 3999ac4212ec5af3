//! One report in many layouts, none of them taken from a page: whatever carries the tables, the same
//! figures are read.

#[path = "layouts/model.rs"]
mod model;
#[path = "layouts/tables.rs"]
mod tables;
#[path = "layouts/writers.rs"]
mod writers;

use model::Model;
use reports::reading::{ReadReport, read};
use tables::*;
use writers::{Book, Page, Tables, book, page};

fn in_strong(numeral: &str, words: &str) -> String {
    format!("<p><strong>{numeral}、{words}</strong></p>")
}

fn in_h2(numeral: &str, words: &str) -> String {
    format!("<h2>\n {numeral}、 {words}\n</h2>")
}

fn in_div(numeral: &str, words: &str) -> String {
    format!(
        "<div class=t><span><font face=黑体>{numeral}、</font></span><span>{words}</span></div>"
    )
}

fn in_list(_: &str, words: &str) -> String {
    format!("<ol><li>{words}</li></ol>")
}

fn in_part(numeral: &str, words: &str) -> String {
    format!("<center><b>第{numeral}部分&nbsp;{words}</b></center>")
}

fn plain(text: &str) -> String {
    text.to_owned()
}

fn in_word(text: &str) -> String {
    format!(
        "<p class=MsoNormal align=center><span lang=EN-US style='mso-bidi-font-size:10pt'>{text}<o:p></o:p></span></p>"
    )
}

fn broken_up(text: &str) -> String {
    let count = text.chars().count();
    let half: String = text.chars().take(count / 2).collect();
    let rest: String = text.chars().skip(count / 2).collect();
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        text.into()
    } else {
        format!("{half}<br/>\n{rest}")
    }
}

fn boxed(text: &str) -> String {
    format!("<table><tr><td>{text}</td></tr></table>")
}

fn simply(title: &str, body: &str) -> String {
    format!(
        "<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )
}

fn in_editor(title: &str, body: &str) -> String {
    let links = "<ul><li><a href=1>临湖市青荷区2019年政府信息公开工作年度报告</a></li><li>2018年年报</li></ul>";
    let after = "<p>上一篇：<a>临湖市青荷区2021年政府信息公开工作年度报告</a></p>";
    format!(
        "<body><div>{links}</div><h1>{title}</h1><div class='TRS_Editor'><style>p{{}}</style>{body}</div>{after}<script>1</script></body>"
    )
}

/// A layout of tables whose first row is as wide as any table of data.
fn in_layout(title: &str, body: &str) -> String {
    let menu = "<td>首页</td><td>领导</td><td>公开</td><td>服务</td><td>互动</td><td>数据</td>";
    format!(
        "<body><table><tr>{menu}</tr><tr><td colspan=6><table><tr><td><h3>{title}</h3>{body}</td></tr>\
         </table></td></tr></table></body>"
    )
}

fn in_nests(title: &str, body: &str) -> String {
    let (open, close) = ("<table><tr><td>".repeat(12), "</td></tr></table>".repeat(12));
    format!("<body>{open}<p>{title}</p>{body}{close}</body>")
}

fn unclosed(title: &str, body: &str) -> String {
    let body = body.replace("</td>", "").replace("</tr>", "").replace("</p>", "");
    format!("<body><p>{title}{body}")
}

/// The title over two lines, and none in the head.
fn in_two_lines(title: &str, body: &str) -> String {
    let (unit, rest) = title.split_at(title.find("2022").expect("the year"));
    format!("<body><p>{unit}</p><p>{rest}</p>{body}</body>")
}

fn digits(number: u64) -> String {
    number.to_string()
}

fn full_width(number: u64) -> String {
    let wide = |one: char| char::from_u32(u32::from(one) + 0xFEE0).unwrap_or(one);
    number.to_string().chars().map(wide).collect()
}

fn thousands(number: u64) -> String {
    let text = number.to_string();
    let groups = text.as_bytes().rchunks(3).rev();
    groups.map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(",")
}

fn empty(number: u64) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

fn strokes(number: u64) -> String {
    if number == 0 { "/".to_owned() } else { thousands(number) }
}

fn dashes(number: u64) -> String {
    if number == 0 { "——".to_owned() } else { full_width(number) }
}

fn with_units(number: u64) -> String {
    format!(" {number} 件")
}

fn words(number: u64) -> String {
    if number == 0 { "无".to_owned() } else { format!("\u{a0}{number}\u{3000}") }
}

const fn shape(
    heading: fn(&str, &str) -> String,
    cell: fn(&str) -> String,
    around: fn(&str, &str) -> String,
    tag: &'static str,
) -> Page {
    Page { heading, cell, around, tag }
}

/// A page: what is special, how it is put together, its tables, its numbers.
type Layout = (&'static str, Page, [Tables; 3], Figure);

const STANDARD: [Tables; 3] = [table2_standard, table3_standard, table4_standard];

const PAGES: [Layout; 31] = [
    ("the form as it is", shape(in_strong, plain, simply, "td"), STANDARD, digits),
    ("headings", shape(in_h2, plain, in_editor, "th"), STANDARD, empty),
    ("spans for headings", shape(in_div, in_word, in_editor, "td"), STANDARD, strokes),
    ("a numbered list", shape(in_list, broken_up, simply, "td"), STANDARD, dashes),
    ("parts", shape(in_part, plain, in_two_lines, "td"), STANDARD, with_units),
    ("a wide layout", shape(in_strong, plain, in_layout, "td"), STANDARD, words),
    ("nested layouts", shape(in_strong, plain, in_nests, "td"), STANDARD, full_width),
    ("a table in every cell", shape(in_strong, boxed, in_layout, "td"), STANDARD, digits),
    ("tags left open", shape(in_h2, plain, unclosed, "td"), STANDARD, digits),
    (
        "2 in four",
        shape(in_h2, plain, simply, "td"),
        [table2_in_four, table3_standard, table4_standard],
        thousands,
    ),
    (
        "2 wide",
        shape(in_h2, plain, simply, "td"),
        [table2_wide, table3_standard, table4_standard],
        digits,
    ),
    (
        "2 wide and empty",
        shape(in_h2, plain, simply, "td"),
        [table2_wide, table3_standard, table4_standard],
        empty,
    ),
    (
        "2 turned",
        shape(in_h2, plain, simply, "th"),
        [table2_turned, table3_standard, table4_standard],
        dashes,
    ),
    (
        "2 listed",
        shape(in_h2, in_word, simply, "td"),
        [table2_listed, table3_standard, table4_standard],
        strokes,
    ),
    (
        "3 in two",
        shape(in_div, plain, simply, "td"),
        [table2_standard, table3_in_two, table4_standard],
        empty,
    ),
    (
        "3 without a second header",
        shape(in_div, plain, simply, "td"),
        [table2_standard, table3_goes_on_headless, table4_standard],
        digits,
    ),
    (
        "3 stepped",
        shape(in_div, plain, simply, "td"),
        [table2_standard, table3_stepped, table4_standard],
        digits,
    ),
    (
        "3 stepped and empty",
        shape(in_div, plain, in_layout, "td"),
        [table2_standard, table3_stepped, table4_standard],
        empty,
    ),
    (
        "3 numbered",
        shape(in_div, broken_up, simply, "td"),
        [table2_standard, table3_numbered, table4_standard],
        strokes,
    ),
    (
        "3 turned",
        shape(in_div, plain, simply, "td"),
        [table2_standard, table3_turned, table4_standard],
        digits,
    ),
    (
        "3 turned and empty",
        shape(in_div, in_word, simply, "td"),
        [table2_standard, table3_turned, table4_standard],
        empty,
    ),
    (
        "3 by applicants",
        shape(in_div, plain, simply, "td"),
        [table2_standard, table3_by_applicants, table4_standard],
        strokes,
    ),
    (
        "4 in rows",
        shape(in_strong, plain, simply, "td"),
        [table2_standard, table3_standard, table4_in_rows],
        empty,
    ),
    (
        "4 turned",
        shape(in_strong, plain, simply, "td"),
        [table2_standard, table3_standard, table4_turned],
        dashes,
    ),
    (
        "4 listed",
        shape(in_strong, in_word, simply, "td"),
        [table2_standard, table3_standard, table4_listed],
        digits,
    ),
    (
        "4 apart",
        shape(in_strong, plain, simply, "td"),
        [table2_standard, table3_standard, table4_apart],
        empty,
    ),
    (
        "4 bannered",
        shape(in_strong, plain, simply, "th"),
        [table2_standard, table3_standard, table4_bannered],
        digits,
    ),
    (
        "4 flat",
        shape(in_strong, plain, simply, "td"),
        [table2_standard, table3_standard, table4_flat],
        strokes,
    ),
    (
        "all turned",
        shape(in_list, in_word, in_nests, "td"),
        [table2_turned, table3_turned, table4_turned],
        with_units,
    ),
    (
        "all listed",
        shape(in_part, broken_up, in_editor, "td"),
        [table2_listed, table3_numbered, table4_listed],
        words,
    ),
    (
        "all in pieces",
        shape(in_h2, in_word, in_layout, "td"),
        [table2_in_four, table3_in_two, table4_apart],
        empty,
    ),
];

fn read_page(text: &[u8], what: &str) -> ReadReport {
    read(text, "报告.html").unwrap_or_else(|refused| panic!("{what}: {refused}"))
}

#[test]
fn the_same_figures_are_read_from_every_page() {
    for (seed, (what, layout, tables, figure)) in PAGES.into_iter().enumerate() {
        let model = Model::new(seed as u64 + 1);
        let text = page(&model, &layout, tables, figure);
        let read = read_page(text.as_bytes(), what);
        model.must_be(&read, what);
        assert_eq!(read.breaches(), [], "{what}");
        assert_eq!(read.doubts(), [], "{what}");
        assert_eq!(read.prose.len(), 4, "{what}: {:?}", read.prose);
        assert_eq!(read.sections.len(), 6, "{what}");
    }
}

#[test]
fn what_a_page_has_wrong_stays_wrong_and_is_named() {
    for (seed, (what, layout, tables, figure)) in PAGES.into_iter().enumerate() {
        let (model, broken) = Model::new(seed as u64 + 100).broken();
        let read = read_page(page(&model, &layout, tables, figure).as_bytes(), what);
        model.must_be(&read, what);
        let mut found: Vec<String> = read.breaches().iter().map(|one| one.page_name()).collect();
        found.sort();
        assert_eq!(found, broken, "{what}");
    }
}

#[test]
fn a_page_in_gb18030_that_claims_another_encoding_is_read() {
    let model = Model::new(7);
    let (what, layout, tables, figure) = PAGES[0];
    let text = page(&model, &layout, tables, figure);
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!lossy);
    model.must_be(&read_page(&bytes, what), what);
}

#[test]
fn the_same_figures_are_read_from_every_workbook() {
    let books = [
        ("one sheet", Book { sheets: false, merged: true, text: false, margin: 0 }, STANDARD),
        (
            "one sheet, nothing merged",
            Book { sheets: false, merged: false, text: false, margin: 1 },
            STANDARD,
        ),
        ("a sheet for each", Book { sheets: true, merged: true, text: true, margin: 1 }, STANDARD),
        (
            "a sheet for each, nothing merged",
            Book { sheets: true, merged: false, text: true, margin: 2 },
            STANDARD,
        ),
        (
            "all listed",
            Book { sheets: true, merged: true, text: false, margin: 0 },
            [table2_listed, table3_numbered, table4_listed],
        ),
        (
            "all turned",
            Book { sheets: true, merged: true, text: false, margin: 0 },
            [table2_turned, table3_turned, table4_turned],
        ),
        (
            "stepped",
            Book { sheets: false, merged: true, text: true, margin: 0 },
            [table2_wide, table3_stepped, table4_in_rows],
        ),
        (
            "in pieces",
            Book { sheets: false, merged: true, text: false, margin: 1 },
            [table2_in_four, table3_in_two, table4_bannered],
        ),
    ];
    for (seed, (what, layout, tables)) in books.into_iter().enumerate() {
        for figure in [digits, empty, strokes, full_width] {
            let (model, broken) = Model::new(seed as u64 + 40).broken();
            let read = read(&book(&model, layout, tables, figure), "报告.xlsx")
                .unwrap_or_else(|refused| panic!("{what}: {refused}"));
            model.must_be(&read, what);
            let mut found: Vec<String> =
                read.breaches().iter().map(|one| one.page_name()).collect();
            found.sort();
            assert_eq!(found, broken, "{what}");
        }
    }
}
