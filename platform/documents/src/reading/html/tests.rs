use super::read;
use crate::reading::{Cell, Document};

fn document(page: &str) -> Document {
    read(page).expect("a page")
}

fn drawn(page: &str) -> Vec<Vec<String>> {
    document(page)
        .sheets
        .iter()
        .map(|sheet| {
            sheet
                .rows
                .iter()
                .map(|row| {
                    let cells = row.cells.iter().map(|cell| match cell {
                        Cell::Text(text) => text.replace('\n', "/"),
                        Cell::Above => "^".into(),
                        Cell::Left => "<".into(),
                    });
                    cells.collect::<Vec<_>>().join("|")
                })
                .collect()
        })
        .collect()
}

#[test]
fn cells_without_end_tags_and_with_spans_are_placed() {
    let page =
        "<table><tr><th rowspan=2>序号<th colspan='2'>公开<br>\n事项<tr><td>一级<td>二级</table>";
    assert_eq!(drawn(page), [["序号|公开/事项|<", "^|一级|二级"]]);
}

#[test]
fn a_layout_table_is_text_and_its_inner_tables_are_tables() {
    let page = "<table><tr><td>导航</td><td><h2>标题</h2><table><tr><td>甲<td>乙</table></td></tr></table><p>页脚";
    let document = document(page);
    assert_eq!(document.sheets.len(), 1);
    assert_eq!(document.sheets[0].before, ["导航", "标题"]);
    assert_eq!(document.after, ["页脚"]);
}

#[test]
fn a_table_in_a_cell_of_data_is_part_of_the_cell() {
    let page = "<table><tr><td>1<td>2<td>3<td>4<td>5<tr><td>a<td><table><tr><td>■甲<td>□乙<tr><td>□丙</table><td>c</table>";
    assert_eq!(drawn(page), [["1|2|3|4|5", "a|■甲 □乙/□丙|c"]]);
}

#[test]
fn what_is_not_shown_is_not_read() {
    let page = "<script>var a='<table><tr><td>x</table>'</script><style>td{}</style><!-- <table> -->\
        <!--[if gte mso 9]><xml>x</xml><![endif]--><table><tr style='display:none'><td>旧<tr><td>新<select><option>x</select></table>\
        <div style='display: none'>暗<div>暗</div>暗</div><p>明";
    assert_eq!(drawn(page), [["新"]]);
    assert_eq!(document(page).after, ["明"]);
}

#[test]
fn symbol_fonts_and_form_boxes_are_drawn() {
    let page = "<table><tr><td><span style='font-family:Wingdings'>n</span>政府网站<font face=\"Wingdings\">o</font>公报\
        <td><input type=checkbox checked>甲<input type=checkbox>乙</table>";
    assert_eq!(drawn(page), [["■政府网站□公报|☑甲□乙"]]);
}

#[test]
fn a_deeply_nested_page_is_read_without_deep_recursion() {
    let deep = "<div>".repeat(300_000) + "<table><tr><td>甲" + &"<table><tr><td>".repeat(100_000);
    assert!(read(&deep).is_ok());
    let fonts = "<font a>".repeat(200_000) + &"<p>".repeat(200_000);
    assert!(read(&fonts).is_ok());
}

#[test]
fn read_whole_a_wide_row_hides_no_table_and_pictures_leave_a_mark() {
    let inner = "<table><tr><td>甲<td>乙</tr><tr><td>丙<td>丁</tr></table>";
    let page = format!(
        "<table><tr><td>1<td>2<td>3<td>4<td>5</tr><tr><td colspan=5>前{inner}后<img src=a><img width=1></tr></table>"
    );
    assert_eq!(document(&page).sheets.len(), 1, "to others the inner table is part of its cell");
    let whole = super::read_whole(&page).expect("a page");
    assert_eq!(whole.sheets.len(), 1);
    assert_eq!(whole.sheets[0].rows.len(), 2);
    assert_eq!(whole.sheets[0].before, ["1", "2", "3", "4", "5", "前"]);
    assert_eq!(whole.after, ["后\u{fffc}"]);
    let small = "<table><tr><td>甲<td><table><tr><td>乙</table>丙</table>";
    let whole = super::read_whole(small).expect("a page");
    assert_eq!(whole.sheets[0].rows[0].cells[1], Cell::Text("乙\n丙".into()));
}

#[test]
fn a_cell_that_is_not_shown_takes_no_place() {
    let page = "<table><tr><td>甲<td style='display:none'>乙<b>丙</b></td><td>丁<tr><td hidden>戊<td>己<td>庚</table>";
    assert_eq!(drawn(page), [["甲|丁", "己|庚"]]);
}

#[test]
fn read_whole_fields_and_raised_notes_are_shown_as_such() {
    let page = "<table><tr><td>甲<sup>1</sup><td><input value='33'><td><input type=hidden value=5></table>";
    let whole = super::read_whole(page).expect("a page");
    let cells = ["甲[1]", "33", ""].map(|text| Cell::Text(text.into()));
    assert_eq!(whole.sheets[0].rows[0].cells, cells);
}
