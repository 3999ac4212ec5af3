//! What is odd about published reports, and files that want to do harm.

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
use proptest::prelude::*;
use reports::reading::{Form, ReadReport, Unread, check_size, read};
use reports_rules::{Cell, Row};
use tables::{Figure, Part, cell, one, table2_standard, table3_standard, table4_standard};
use writers::{Page, Tables, page};

const STANDARD: [Tables; 3] = [table2_standard, table3_standard, table4_standard];

fn digits(number: u64) -> String {
    number.to_string()
}

const PLAIN: Page = Page {
    heading: |numeral, words| format!("<h2>{numeral}、{words}</h2>"),
    cell: |text| text.to_owned(),
    around: |title, body| {
        format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
        )
    },
    tag: "td",
};

fn standard(model: &Model) -> String {
    page(model, &PLAIN, STANDARD, digits)
}

fn shown(text: &str) -> ReadReport {
    read(text.as_bytes(), "报告.html").unwrap_or_else(|refused| panic!("{refused}"))
}

fn says(read: &ReadReport, words: &str) -> bool {
    read.notes.iter().any(|note| note.to_string().contains(words))
}

#[test]
fn a_whole_page_needs_no_persons_eye() {
    let read = shown(&standard(&Model::new(3)));
    assert_eq!(read.notes, []);
    assert_eq!(read.form, Form::Of2021);
}

#[test]
fn tables_of_another_year_are_left_alone_wherever_they_stand() {
    let (model, mut other) = (Model::new(3), Model::new(4));
    other.year = 2021;
    let (whole, before) = (standard(&model), standard(&other));
    let start = before.find("<table").expect("tables");
    let tables = &before[start..before.rfind("</table>").expect("an end") + 8];
    let tables: Vec<&str> = tables.split("<table").skip(1).collect();
    let decoy = format!("<p>2021年有关数据如下：</p><table{}", tables[1]);
    let decoy = &decoy[..decoy.find("</table>").expect("an end") + 8];
    for heading in ["二、主动公开", "三、收到和处理", "四、政府信息公开", "六、其他需要"]
    {
        let text = whole.replace(&format!("<h2>{heading}"), &format!("{decoy}<h2>{heading}"));
        assert!(text.len() > whole.len());
        let read = shown(&text);
        model.must_be(&read, heading);
        assert!(says(&read, "别的年份"), "{:?}", read.notes);
    }
    let silent = decoy.replace("2021年有关数据如下：", "有关数据如下。");
    let text = whole.replace("<h2>二、主动公开", &format!("{silent}<h2>二、主动公开"));
    model.must_be(&shown(&text), "a table under another heading");
}

#[test]
fn the_form_of_2019_has_no_cells_where_it_has_none() {
    let mut model = Model::new(5);
    let [_, table3, _]: [Tables; 3] = STANDARD;
    for column in 0..7 {
        let sum = (20..23).map(|row| model.requests[row][column]).sum();
        (model.requests[20][column], model.requests[21][column]) = (0, 0);
        model.requests[22][column] = sum;
    }
    let old2: Tables = |model: &Model, figure: Figure| {
        let row =
            |name: &str, cells: [&str; 3]| [vec![one(name)], cells.map(one).to_vec()].concat();
        let made = figure(model.stock[1][0]);
        let decided = model.decisions.map(figure);
        vec![Part::Table(vec![
            vec![cell("第二十条第（一）项", 1, 4)],
            row("信息内容", ["本年新制作数量", "本年新公开数量", "对外公开总数量"]),
            row("规章", ["0", "8", "7"]),
            row("规范性文件", [made.as_str(), "77", "166"]),
            row("信息内容", ["上一年项目数量", "本年增/减", "处理决定数量"]),
            row("行政许可", ["396", "44", decided[0].as_str()]),
            row("其他对外管理服务事项", ["10", "7", "105"]),
            row("行政处罚", ["2648", "-18", decided[1].as_str()]),
            row("行政强制", ["126", "26", decided[2].as_str()]),
            row("信息内容", ["上一年项目数量", "本年增/减", ""]),
            row("行政事业性收费", ["35", "-15", ""]),
            vec![one("信息内容"), one("采购项目数量"), cell("采购总金额", 1, 2)],
            vec![one("政府集中采购"), one("395"), cell("7380.29万元", 1, 2)],
        ])]
    };
    let text = page(&model, &PLAIN, [old2, table3, table4_standard], digits);
    let group = text.find("<td rowspan=\"3\" colspan='1'>（六）其他处理</td>").expect("the group");
    let begin = text[..group].rfind("<tr>").expect("a row");
    let end = group + text[group..].match_indices("</tr>").nth(2).expect("three rows").0 + 5;
    let numbers: String =
        model.requests[22].iter().map(|count| format!("<td>{count}</td>")).collect();
    let row = format!("<tr><td colspan=2>（六）其他处理</td>{numbers}</tr>");
    let text = format!("{}{row}{}", &text[..begin], &text[end..])
        .replace("rowspan=\"22\"", "rowspan=\"20\"");
    let read = shown(&text);
    assert_eq!(read.form, Form::Of2019);
    let (gone, whole) = (Row::new(21).expect("a row"), Row::new(23).expect("a row"));
    assert!(read.table3.row(gone).iter().all(|cell| *cell == Cell::Absent));
    assert_eq!(*read.table3.cell(whole, 6), Cell::count(model.requests[22][6]));
    assert_eq!(read.table2.normative.issued, Cell::count(model.stock[1][0]));
    assert_eq!(read.table2.normative.in_force, Cell::Absent);
    assert_eq!(read.table2.fees, Cell::Absent);
    assert_eq!(read.table2.penalties, Cell::count(model.decisions[1]));
    assert_eq!(read.breaches(), [], "{:?}", read.notes);
}

#[test]
fn a_table_in_a_picture_is_named_and_the_rest_is_read() {
    let model = Model::new(6);
    let text = standard(&model);
    let (from, to) =
        (text.find("<h2>三").expect("a heading"), text.find("<h2>四").expect("a heading"));
    let picture =
        "<h2>三、收到和处理政府信息公开申请情况</h2><p><img src=t3.png width=700 alt=表三></p>";
    let read = shown(&format!("{}{picture}{}", &text[..from], &text[to..]));
    assert!(says(&read, "只有图片"), "{:?}", read.notes);
    assert_eq!(read.table2.penalties, Cell::count(model.decisions[1]));
    assert!(Row::all().all(|row| read.table3.row(row).iter().all(|cell| *cell == Cell::Absent)));
    assert_eq!(read.doubts(), []);
    assert_eq!(read.breaches(), []);
}

#[test]
fn odd_cells_are_told_with_their_place() {
    let mut model = Model::new(9);
    model.requests[3][0] = 777_777;
    let text = standard(&model);
    for (shown_as, cell, words) in [
        ("777777件", Cell::count(777_777), Some("单位")),
        ("若干", Cell::Unreadable("若干".into()), Some("不是数")),
        ("无", Cell::Blank, Some("按0读")),
        ("-5", Cell::read("-5"), None),
        ("1.5", Cell::read("1.5"), None),
        ("７７７,７７７", Cell::count(777_777), None),
        ("\u{200b}\u{a0}", Cell::Blank, None),
    ] {
        let text = text.replacen("777777", shown_as, 1);
        let read = shown(&text);
        assert_eq!(*read.table3.cell(Row::new(4).expect("a row"), 0), cell, "{shown_as}");
        let told = read.notes.iter().find(|note| note.place.starts_with("第2个表第7行"));
        assert_eq!(told.is_some(), words.is_some(), "{shown_as}: {:?}", read.notes);
        assert!(words.is_none_or(|words| says(&read, words)), "{shown_as}: {:?}", read.notes);
        let wrong = matches!(cell, Cell::Unreadable(_)) || ["-5", "1.5"].contains(&shown_as);
        let named = read.breaches().iter().any(|one| one.page_name() == "I6:t3:r04:c1");
        assert_eq!(named, wrong, "{shown_as}");
    }
}

#[test]
fn boxes_and_copied_lines_are_read_in_their_order() {
    let model = Model::new(15);
    let text = standard(&model);
    let mut boxes =
        text.replace("<table border=1><tbody>", "<div>").replace("</tbody></table>", "</div>");
    for (tag, instead) in [("<tr>", "<div>"), ("</tr>", "</div>"), ("</td>", "</div>")] {
        boxes = boxes.replace(tag, instead);
    }
    let boxes: String = boxes.split("<td ").enumerate().fold(String::new(), |out, (at, part)| {
        if at == 0 { part.to_owned() } else { out + "<div class=cell " + part }
    });
    let read = shown(&boxes);
    model.must_be(&read, "boxes");
    assert!(says(&read, "不是表格"), "{:?}", read.notes);
}

#[test]
fn fees_in_yuan_are_told_in_ten_thousands() {
    let mut model = Model::new(9);
    model.fees = "28367000";
    let read = shown(&standard(&model).replace("（单位：万元）", "（单位：元）"));
    assert_eq!(read.table2.fees.to_string(), "2836.7");
    assert!(says(&read, "换算"));
}

#[test]
fn a_row_left_out_is_nothing_and_a_total_left_out_is_not_made_up() {
    let model = Model::new(11);
    let text = standard(&model);
    let without = |label: &str, spans: (&str, &str)| {
        let at = text.find(label).expect("the label");
        let (from, to) = (text[..at].rfind("<tr>"), text[at..].find("</tr>"));
        let (from, to) = (from.expect("a row"), at + to.expect("an end") + 5);
        format!("{}{}", &text[..from], &text[to..]).replace(spans.0, spans.1)
    };
    let read = shown(
        &without("2.重复申请", ("rowspan=\"5\"", "rowspan=\"4\""))
            .replace("rowspan=\"22\"", "rowspan=\"21\""),
    );
    assert!(read.table3.row(Row::new(17).expect("a row")).iter().all(|cell| *cell == Cell::Blank));
    assert!(says(&read, "没有“2.重复申请”一行"));
    let read = shown(&without("（七）总计", ("rowspan=\"22\"", "rowspan=\"21\"")));
    assert!(read.table3.row(Row::CLOSED).iter().all(|cell| *cell == Cell::Absent));
    assert!(says(&read, "总计"));
    assert_eq!(*read.table3.cell(Row::CARRIED_OUT, 6), Cell::count(model.requests[24][6]));
}

#[test]
fn the_organ_is_found_where_the_title_does_not_name_it() {
    let model = Model::new(12);
    let bare = standard(&model).replace("临湖市青荷区", "");
    for (added, unit) in [
        ("<p>发布机构：临湖市水务局　发布日期：2023-01-20</p>", "临湖市水务局"),
        (
            "<table><tr><td>发布机构：</td><td>临湖市水务局</td><td>发文日期：</td><td>2023年1月20日</td></tr></table>",
            "临湖市水务局",
        ),
        ("<p>对报告有疑问的，请与临湖市水务局办公室联系（电话：000）。</p>", "临湖市水务局办公室"),
    ] {
        let read = shown(&bare.replace("<h2>一", &format!("{added}<h2>一")));
        assert_eq!(read.unit.as_deref(), Some(unit), "{added}");
        assert!(says(&read, "标题没有写机关"));
        if added.contains("2023") {
            assert_eq!(read.published.as_deref(), Some("2023-01-20"));
        }
    }
}

#[test]
fn what_is_no_report_is_refused_in_words() {
    let refused = |bytes: &[u8]| read(bytes, "a.html").expect_err("no report");
    assert_eq!(
        refused("<p>政府信息公开指南</p><table><tr><td>1</td></tr></table>".as_bytes()),
        Unread::NoReport
    );
    for bytes in [
        &b""[..],
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"PK\x03\x04garbage",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ] {
        let refused = refused(bytes);
        assert!(!refused.to_string().is_empty() && !refused.remedy().is_empty());
        assert!(!refused.remedy().contains("目录"), "{}", refused.remedy());
    }
    assert!(matches!(check_size(100 << 20), Err(Unread::File(_))));
}

#[test]
fn files_that_want_to_do_harm_end_soon() {
    let model = Model::new(13);
    let text = standard(&model);
    let nests = "<table><tr><td>".repeat(50_000);
    let deep = format!("{nests}{text}");
    let huge = text.replace("rowspan=\"22\"", "rowspan=\"99999999999\" colspan='999999999'");
    let wide = format!("{text}<table><tr>{}</tr></table>", "<td colspan=1000>1</td>".repeat(5_000));
    let tall = format!("{text}<table>{}</table>", "<tr><td rowspan=65534>1".repeat(20_000));
    let open = format!("{text}{}", "<table><tr><td rowspan=0 colspan=1000>".repeat(2_000));
    let begun = std::time::Instant::now();
    for (what, text) in
        [("deep", deep), ("huge", huge), ("wide", wide), ("tall", tall), ("open", open)]
    {
        // whatever comes of it, it comes in words
        if let Err(refused) = read(text.as_bytes(), "a.html") {
            assert!(!refused.to_string().is_empty(), "{what}");
        }
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_cut_or_torn_anywhere_never_panics(cut in 0_usize..60_000, end in 0_usize..60_000, junk in ".{0,40}") {
        let text = standard(&Model::new(14));
        let at = |wanted: usize| (0..=wanted.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (one, other) = (at(cut), at(end));
        let torn = format!("{}{junk}{}", &text[..one], &text[other..]);
        if let Ok(report) = read(torn.as_bytes(), "a.html") {
            prop_assert!(serde_json::to_string(&report).is_ok());
        }
    }
}
