//! Each kind of file, told by its content.

use calamine::{Data, Reader, Xls};
use documents::reading::{Kind, read};

use super::samples::{SMALL_XLS, document, told, workbook};

#[test]
fn a_workbook_shows_what_excel_shows() {
    let sheet = "<cols><col min='5' max='5' hidden='1'/></cols><sheetData>\
        <row r='1'><c r='A1' t='s'><v>0</v></c></row>\
        <row r='3'><c r='A3'><v>1.0</v></c><c r='B3' t='s'><v>1</v></c><c r='C3' t='inlineStr'><is><t>行内</t></is></c><c r='E3' t='inlineStr'><is><t>暗列</t></is></c></row>\
        <row r='4'><c r='C4' t='str'><v>公式_x000D_\n结果</v></c></row>\
        <row r='5' hidden='1'><c r='A5'><v>9</v></c></row>\
        <row r='65203'><c r='A65203'/></row>\
        </sheetData><mergeCells><mergeCell ref='A1:D1'/><mergeCell ref='B3:B4'/><mergeCell ref='A1000:XFD1048576'/></mergeCells>";
    let strings =
        ["<r><t>标</t></r><r><t>题</t></r><rPh><t>biaoti</t></rPh>", "<t>政策 &amp; 文件</t>"];
    let bytes = workbook(sheet, &strings);
    assert_eq!(told(&bytes, "a.xls"), ["1:标题|<|<|<", "3:1|政策 & 文件|行内|", "4:|^|公式/结果|"]);
    let document = read(&bytes, "").expect("a workbook");
    assert_eq!((document.kind, document.sheets.len()), (Kind::Xlsx, 1));
    assert_eq!(document.sheets[0].name.as_deref(), Some("1救灾"));
}

#[test]
fn a_workbook_of_97_shows_what_excel_shows() {
    let rows = told(SMALL_XLS, "a.xlsx");
    assert_eq!(
        rows[..4],
        [
            "1:某县救灾领域目录|<|<|<",
            "2:序号|一级事项|二级事项|公开内容",
            "3:1|政策文件|法律法规|1.法律；/2.法规",
            "4:2.5|^|标准|",
        ]
    );
    assert_eq!(rows[4], format!("6:{}红|||ASCII only", "长文".repeat(2_500)));
    assert_eq!(rows.len(), 5, "a hidden row, and sheets hidden or empty, are left out");
}

#[test]
fn a_workbook_of_97_reads_as_another_reader_reads_it() {
    let mut other: Xls<_> = Xls::new(std::io::Cursor::new(SMALL_XLS)).expect("a workbook");
    let range = other.worksheet_range("1救灾").expect("the sheet");
    let document = read(SMALL_XLS, "").expect("a workbook");
    for row in &document.sheets[0].rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let documents::reading::Cell::Text(text) = cell else { continue };
            let place = (
                u32::try_from(row.number - 1).expect("small"),
                u32::try_from(column).expect("small"),
            );
            let theirs = match range.get_value(place) {
                None | Some(Data::Empty) => String::new(),
                Some(value) => value.to_string(),
            };
            assert_eq!(*text, theirs, "{place:?}");
        }
    }
}

#[test]
fn a_document_shows_what_the_page_shows() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>");
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let numbered =
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr></w:p>";
    let body = [
        p("某县救灾领域目录"),
        "<w:tbl><w:tr>".into(),
        cell("<w:gridSpan w:val='2'/>", &p("公开事项")),
        cell("<w:vMerge w:val='restart'/>", &p("内容")),
        "</w:tr><w:tr>".into(),
        cell("", numbered),
        cell("", "<w:p><w:r><w:t>法律</w:t><w:br/><w:t>法规</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>"),
        cell("<w:vMerge/>", "<w:p/>"),
        "</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>".into(),
        cell("", &p("旧")),
        "</w:tr><w:tr>".into(),
        cell("", numbered),
        cell("", "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>政府网站</w:t><w:sym w:font='Wingdings 2' w:char='F0A3'/><w:t>公报</w:t></w:r></w:p>"),
        cell("", &p("丙")),
        "</w:tr></w:tbl>".into(),
        p("说明"),
    ]
    .concat();
    let bytes = document(&body);
    assert_eq!(
        told(&bytes, ""),
        ["1:公开事项|<|内容", "2:1.|法律/法规|^", "4:2.|☑政府网站□公报|丙"]
    );
    let read = read(&bytes, "").expect("a document");
    assert_eq!(
        (read.kind, read.sheets[0].before.as_slice(), read.after.as_slice()),
        (Kind::Docx, &["某县救灾领域目录".to_owned()][..], &["说明".to_owned()][..])
    );
}

#[test]
fn a_workbook_in_xml_of_2003_is_read() {
    let text = "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>\
        <Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>\
        <Worksheet ss:Name='目录'><Table><Row><Cell ss:MergeAcross='1'><Data ss:Type='String'>公开事项</Data></Cell><Cell><Data>内容</Data></Cell></Row>\
        <Row ss:Index='4'><Cell ss:MergeDown='1'><Data>甲</Data></Cell><Cell ss:Index='3'><Data>乙</Data></Cell></Row>\
        <Row><Cell ss:Index='2'><Data>丙</Data></Cell></Row><Row ss:Hidden='1'><Cell><Data>旧</Data></Cell></Row></Table></Worksheet></Workbook>";
    assert_eq!(told(text.as_bytes(), "a.xls"), ["1:公开事项|<|内容", "4:甲||乙", "5:^|丙|"]);
}

#[test]
fn a_page_under_the_name_of_a_workbook_is_a_page() {
    let page = "<html><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>";
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [page.as_bytes(), &utf16] {
        let document = read(bytes, "a.xls").expect("a page");
        assert_eq!(document.kind, Kind::Html);
        assert_eq!(super::samples::drawn(&document), ["1:甲|乙", "2:^|丙"]);
    }
    let mail = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n{page}\r\n--x--\r\n"
    );
    assert_eq!(told(mail.as_bytes(), "a.xls"), ["1:甲|乙", "2:^|丙"]);
}

#[test]
fn what_our_own_csv_guards_comes_back_unguarded() {
    let text = "序号,一级,二级,内容\r\n1,甲,乙,'-\r\n2,甲,乙,'=1\r\n";
    assert_eq!(
        told(text.as_bytes(), "a.csv"),
        ["1:序号|一级|二级|内容", "2:1|甲|乙|-", "3:2|甲|乙|=1"]
    );
}
