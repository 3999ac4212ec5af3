//! Files that cannot be read: each is refused in words that say what to do, and none does harm.

use documents::reading::{Kind, MOST_BYTES, Unreadable, check_size, read};
use proptest::prelude::*;

use super::samples::{SMALL_XLS, archive, document, workbook};

const ROW: &str =
    "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c></row></sheetData>";

/// A compound file whose directory names one stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 3];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[57] = 0x10;
    for at in [60, 68] {
        bytes[at..at + 4].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    }
    bytes[80..512].fill(0xff);
    bytes[512..516].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    bytes[516..520].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    for (entry, name) in ["Root Entry", stream].into_iter().enumerate() {
        let start = 1024 + entry * 128;
        for (at, unit) in name.encode_utf16().enumerate() {
            bytes[start + at * 2..start + at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[start + 64] = u8::try_from(name.len() * 2 + 2).expect("a short name");
    }
    bytes
}

fn refused(bytes: &[u8], name: &str) -> Unreadable {
    read(bytes, name).expect_err(name)
}

#[test]
fn what_is_no_table_is_refused_with_a_remedy() {
    let noise: Vec<u8> = (0..4_000_u32).map(|n| (n * 7_919 % 251 + 1) as u8).collect();
    for (name, bytes, words) in [
        ("an empty file", b"  \n".to_vec(), "文件是空的"),
        ("a text", "只有一段文字。".into(), "没有找到表格"),
        ("a page without a table", "<html><p>没有</p></html>".into(), "网页里没有找到表格"),
        ("an empty workbook", workbook("<sheetData/>", &[]), "工作簿里没有找到表格"),
        ("a PDF", b"%PDF-1.7".to_vec(), "PDF"),
        ("a picture", b"\x89PNG\r\n".to_vec(), "图片"),
        ("a document of 97", compound("WordDocument"), "旧版Word文档"),
        ("a protected file", compound("EncryptedPackage"), "密码"),
        ("an archive", archive(&[("readme.txt", "x")]), "ZIP压缩包"),
        ("a broken archive", b"PK\x03\x04rubbish".to_vec(), "已损坏"),
        ("noise", noise, "编码"),
    ] {
        let error = refused(&bytes, name);
        assert!(error.to_string().contains(words), "{name}: {error}");
        assert!(!error.remedy().is_empty(), "{name}");
    }
    assert_eq!(refused(b"<html>", ""), Unreadable::NoTable { kind: Kind::Html });
}

#[test]
fn limits_hold_before_anything_is_unpacked() {
    assert!(check_size(MOST_BYTES).is_ok());
    assert!(matches!(check_size(200 * 1024 * 1024), Err(Unreadable::TooLarge { .. })));

    let padding = " ".repeat(30 * 1024 * 1024);
    let bomb = workbook(&format!("{ROW}{padding}"), &[]);
    assert!(matches!(refused(&bomb, "a bomb"), Unreadable::Bomb { .. }));

    let names: Vec<String> = (0..2_001).map(|at| format!("part{at}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(matches!(refused(&archive(&parts), "many parts"), Unreadable::Bomb { .. }));
}

#[test]
fn a_worksheet_that_claims_billions_of_cells_costs_nothing() {
    let far = "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c></row>\
        <row r='1048576'><c r='ALL1048576' t='inlineStr'><is><t>乙</t></is></c></row></sheetData>";
    let document = read(&workbook(far, &[]), "").expect("two cells");
    assert_eq!(document.sheets[0].rows.len(), 2);
    let merged = format!("{far}<mergeCells><mergeCell ref='A1:ALL1048576'/></mergeCells>");
    assert!(matches!(refused(&workbook(&merged, &[]), "merged"), Unreadable::TooManyCells { .. }));
    let page = format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>甲".repeat(6_000));
    assert!(matches!(refused(page.as_bytes(), "a page"), Unreadable::TooManyCells { .. }));
}

#[test]
fn entities_of_a_file_are_never_expanded() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>\
        <w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let bytes = archive(&[("word/document.xml", laughs)]);
    assert!(matches!(refused(&bytes, "laughs"), Unreadable::Damaged { .. }));
    let page = "<!DOCTYPE html [<!ENTITY a 'ha'>]><table><tr><td>&a;</table>";
    let document = read(page.as_bytes(), "").expect("a page");
    assert_eq!(super::samples::drawn(&document), ["1:&a;"]);
}

#[test]
fn deep_nesting_is_read_without_recursion() {
    let deep = format!("{}甲", "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>".repeat(50_000));
    assert!(read(&document(&deep), "").is_ok());
    let page = format!("{}甲", "<table><tr><td><div><b>".repeat(100_000));
    assert!(read(page.as_bytes(), "").is_ok());
}

/// One byte changed, or the end cut off.
fn damaged(whole: &[u8], at: usize, to: u8, cut: bool) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = at % bytes.len();
    if cut {
        bytes.truncate(at);
    } else {
        bytes[at] = to;
    }
    bytes
}

const SHEET: &str = "<cols><col min='2' max='3' hidden='1'/></cols><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2' hidden='1'><c r='B2'><v>1.5</v></c></row></sheetData><mergeCells><mergeCell ref='A1:C2'/></mergeCells>";
const BODY: &str = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
const PAGE: &str = "<html><meta charset=gbk><table><tr><td rowspan='2' colspan=\"3\" style='display:none'>甲&#9632;&nbsp;<td>乙</table><!-- x --><script>a</script>";
const TABLE: &str = "标题,,,\n序号,\"一级\n事项\",二级,内容\n1,甲,乙,\"丙\"\"丁\"\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn damage_to_any_file_is_survived(kind in 0..6_usize, at in any::<usize>(), to in any::<u8>(), cut in any::<bool>()) {
        let bytes = match kind {
            0 => damaged(SMALL_XLS, at, to, cut),
            1 => damaged(PAGE.as_bytes(), at, to, cut),
            2 => damaged(TABLE.as_bytes(), at, to, cut),
            3 => workbook(&String::from_utf8_lossy(&damaged(SHEET.as_bytes(), at, to, cut)), &["<t>甲</t>"]),
            4 => document(&String::from_utf8_lossy(&damaged(BODY.as_bytes(), at, to, cut))),
            _ => damaged(&workbook(SHEET, &["<t>甲</t>"]), at, to, cut),
        };
        let _ = read(&bytes, "a.csv");
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600), start in 0..6_usize) {
        let starts: [&[u8]; 6] = [b"", b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], b"<table>", b"\xff\xfe", b"MIME-Version: 1.0\n\nContent-Type: text/html\n\n"];
        let _ = read(&[starts[start], &bytes].concat(), "a.csv");
    }
}
