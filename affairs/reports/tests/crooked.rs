//! Tables that are crooked: cells merged one place too far, years set side by side, tags never closed, boxes for
//! cells, names shortened. Whoever looks at the page still reads the right figures, and so must we.

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

fn whole(model: &Model) -> String {
    page(model, &PLAIN, [table2_standard, table3_standard, table4_standard], |n| n.to_string())
}

/// The page with something else under a heading; `numeral` is the heading's, `next` that of the one behind it.
fn with(model: &Model, [numeral, next]: [&str; 2], inside: &str) -> String {
    let whole = whole(model);
    let heading = whole.find(&format!("<h2>{numeral}")).expect("a heading");
    let from = heading + whole[heading..].find("</h2>").expect("its end") + "</h2>".len();
    let to = whole.find(&format!("<h2>{next}")).expect("a heading");
    format!("{}{inside}{}", &whole[..from], &whole[to..])
}

const SECOND: [&str; 2] = ["二", "三"];
const THIRD: [&str; 2] = ["三", "四"];
const FOURTH: [&str; 2] = ["四", "五"];

fn shown(text: &str, what: &str) -> ReadReport {
    read(text.as_bytes(), "报告.html").unwrap_or_else(|refused| panic!("{what}: {refused}"))
}

fn says(read: &ReadReport, words: &str) -> bool {
    read.notes.iter().any(|note| note.to_string().contains(words))
}

fn numbers(model: &Model, row: Row) -> [u64; 7] {
    model.requests[usize::from(row.number()) - 1]
}

fn cells(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().map(|text| format!("<td>{text}</td>")).collect()
}

fn flat(model: &Model) -> String {
    let line = |row: Row| {
        let numbers = numbers(model, row).map(|number| number.to_string());
        format!("<tr><td>{}</td>{}</tr>", row.label(), cells(numbers))
    };
    let header = cells(COLUMN_NAMES.map(str::to_owned));
    let rows: String = Row::all().map(line).collect();
    format!("<table><tr><td>情形</td>{header}</tr>{rows}</table>")
}

#[test]
fn cells_merged_one_place_too_far_or_too_short_move_no_figure() {
    let model = Model::new(41);
    let page = whole(&model);
    for (told, crooked) in [
        ("rowspan=\"22\"", "rowspan=\"23\""),
        ("rowspan=\"22\"", "rowspan=\"21\""),
        ("rowspan=\"8\"", "rowspan=\"9\""),
        ("rowspan=\"5\"", "rowspan=\"4\""),
        ("colspan='5'>法人", "colspan='4'>法人"),
        ("rowspan=\"3\" colspan='3'", "rowspan=\"3\" colspan='2'"),
        ("rowspan=\"1\" colspan='3'", "rowspan=\"1\" colspan='4'"),
        ("rowspan=\"1\" colspan='3'", "rowspan=\"1\" colspan='2'"),
    ] {
        let what = format!("{told} {crooked}");
        let found = page.find("<h2>三").expect("table 3");
        assert!(page[found..].contains(told), "{what}: {}", &page[found..found + 900]);
        let text = format!("{}{}", &page[..found], page[found..].replacen(told, crooked, 2));
        let read = shown(&text, &what);
        model.must_be(&read, &what);
        assert_eq!(read.breaches(), [], "{what}");
        assert!(says(&read, "没有对齐"), "{what}: {:?}", read.notes);
    }
    assert!(!says(&shown(&page, "straight"), "没有对齐"));
}

#[test]
fn figures_that_are_wrong_are_not_read_by_another_order_to_make_them_right() {
    let mut model = Model::new(42);
    for row in &mut model.requests {
        row[6] += 1;
    }
    let read = shown(&whole(&model), "all totals wrong");
    model.must_be(&read, "all totals wrong");
    assert_eq!(read.breaches().iter().filter(|one| one.page_name().starts_with("I3")).count(), 25);
    assert!(!says(&read, "没有对齐"));
}

#[test]
fn of_years_side_by_side_the_own_is_read() {
    let (model, other) = (Model::new(43), Model::new(44));
    for (before, own) in [("2021年", "2022年"), ("上年度", "本年度"), ("去年", "2022年度")]
    {
        for own_first in [true, false] {
            let pair = |old: String, new: String| match own_first {
                true => format!("{new}{old}"),
                false => format!("{old}{new}"),
            };
            let heads = pair(format!("<th colspan=7>{before}"), format!("<th colspan=7>{own}"));
            let names = cells(COLUMN_NAMES.map(str::to_owned));
            let line = |row: Row| {
                let told = |model: &Model| cells(numbers(model, row).map(|one| one.to_string()));
                format!("<tr><td>{}{}", row.label(), pair(told(&other), told(&model)))
            };
            let rows: String = Row::all().map(line).collect();
            let table =
                format!("<table><tr><td rowspan=2>情形{heads}<tr>{names}{names}{rows}</table>");
            let what = format!("{before} {own} {own_first}");
            let read = shown(&with(&model, THIRD, &table), &what);
            model.must_be(&read, &what);
            assert!(says(&read, "别的年份的行、列没有采用"), "{what}");
        }
    }
}

#[test]
fn a_table_never_closed_ends_where_the_next_begins() {
    let model = Model::new(45);
    let read = shown(&whole(&model).replace("</table>", ""), "no table closed");
    model.must_be(&read, "no table closed");
    assert_eq!(read.notes, []);
}

#[test]
fn an_empty_box_is_an_empty_cell() {
    let mut model = Model::new(46);
    model.requests[9] = [0, 0, 2, 0, 0, 0, 2];
    model.requests[10] = [0; 7];
    let number = |number: u64| if number == 0 { String::new() } else { number.to_string() };
    for (row_tag, cell_tag) in [("div", "div"), ("ul", "li"), ("dl", "dd")] {
        let one = |text: String| format!("<{cell_tag} class=c>{text}</{cell_tag}>");
        let line = |row: Row| {
            let values: String = numbers(&model, row).map(|count| one(number(count))).concat();
            let label = one(String::new()) + &one(row.label().to_owned());
            format!("<{row_tag} class=r>{label}{values}</{row_tag}>")
        };
        let rows: String = Row::all().map(line).collect();
        let read = shown(&with(&model, THIRD, &format!("<div>{rows}</div>")), row_tag);
        for row in Row::all() {
            let found = read.table3.row(row).each_ref().map(|cell| cell.value().as_count());
            assert_eq!(found, numbers(&model, row).map(Some), "{row_tag} {}", row.name());
        }
    }
}

#[test]
fn text_with_tabs_bars_or_lines_between_its_columns_is_a_table() {
    let model = Model::new(47);
    for between in ["\t", " | ", "│", "   "] {
        let line = |label: &str, values: &[u64]| {
            let values = values.iter().map(u64::to_string);
            let fields: Vec<String> = Some(label.to_owned()).into_iter().chain(values).collect();
            format!("{}\n", fields.join(between))
        };
        let [rules, normative] = model.stock;
        let [licences, penalties, coercion] = model.decisions;
        let fees = format!("行政事业性收费{between}{}\n", model.fees);
        let two = line("规章", &rules)
            + &line("行政规范性文件", &normative)
            + &line("行政许可", &[licences])
            + &line("行政处罚", &[penalties])
            + &line("行政强制", &[coercion])
            + &fees;
        let three: String =
            Row::all().map(|row| line(row.label(), &numbers(&model, row))).collect();
        let what = format!("{between:?}");
        let read = shown(&with(&model, SECOND, &format!("<pre>\n{two}</pre>")), &what);
        model.must_be(&read, &what);
        let read = shown(&with(&model, THIRD, &format!("<pre>\n{three}</pre>")), &what);
        model.must_be(&read, &what);
    }
}

#[test]
fn of_several_organs_the_one_that_reports_is_read() {
    let (model, town) = (Model::new(48), Model::new(49));
    let own = flat(&model);
    for (before, between) in [
        ("附表：石桥镇收到和处理政府信息公开申请情况", "全区汇总"),
        ("（一）石桥街道办理情况", "（二）汇总情况"),
    ] {
        let both = format!("<p>{before}</p>{}<p>{between}</p>{own}", flat(&town));
        model.must_be(&shown(&with(&model, THIRD, &both), before), before);
    }
}

#[test]
fn a_code_and_a_unit_between_label_and_figures_hide_no_label() {
    let model = Model::new(50);
    let line = |row: Row| {
        let told = cells(numbers(&model, row).map(|one| one.to_string()));
        format!("<tr><td>{}<td>B{:02}<td>件{told}", row.label(), row.number())
    };
    let rows: String = Row::all().map(line).collect();
    let names = cells(COLUMN_NAMES.map(str::to_owned));
    let table = format!("<table><tr><td>项目<td>代码<td>单位{names}{rows}</table>");
    model.must_be(&shown(&with(&model, THIRD, &table), "codes"), "codes");
}

#[test]
fn a_header_of_table_4_merged_too_far_moves_no_group() {
    let model = Model::new(51);
    for (direct, after) in [(6, 4), (4, 6)] {
        let groups = format!(
            "<tr><td colspan=5>行政复议<td colspan={direct}>直接向法院起诉<td colspan={after}>经复议后再起诉"
        );
        let outcomes = "<td>维持<td>纠正<td>其他结果<td>未审结<td>合计".repeat(3);
        let told = model.remedies.iter().flatten().map(|one| format!("<td>{one}"));
        let told: String = told.collect();
        let table = format!("<table>{groups}<tr>{outcomes}<tr>{told}</table>");
        let what = format!("{direct} {after}");
        model.must_be(&shown(&with(&model, FOURTH, &table), &what), &what);
    }
}

#[test]
fn the_year_and_the_organ_are_found_however_the_head_is_set() {
    let model = Model::new(52);
    let title = "临湖市青荷区2022年政府信息公开工作年度报告";
    let text = whole(&model).replace(&format!("<title>{title}</title>"), "");
    let heads = [
        "<p>临湖市青荷区</p><p>2022年度政府信息公开工作</p><p>年度报告</p>",
        "<h1>【年报】临湖市青荷区2022年政府信息公开工作年度报告</h1>",
        "<h1>临湖市青荷区2022年政府信息公开工作年度报告.doc</h1>",
        "<h1>临湖市政府-政府信息公开年报-临湖市青荷区2022年政府信息公开工作年度报告</h1>",
        "<p>临湖市青荷区2021年政府信息公开工作年度报告</p>\
         <p>临湖市青荷区2022年政府信息公开工作年度报告</p>",
        "<h1>政府信息公开工作年度报告</h1><p>填报单位：临湖市青荷区</p><p>填报年度：2022</p>",
    ];
    for head in heads {
        let read = shown(&text.replace(&format!("<h1>{title}</h1>"), head), head);
        assert_eq!((read.unit.as_deref(), read.year), (Some("临湖市青荷区"), Some(2022)), "{head}");
    }
}
