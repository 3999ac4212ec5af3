//! What a clean copy holds and what it does not, format by format.

use std::io::{Cursor, Read, Write};

use documents::Refusal;
use documents::examining::{Masking, here};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The names and texts of a package's parts.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..zip.len())
        .map(|index| {
            let mut entry = zip.by_index(index).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

fn clean(bytes: &[u8], name: &str) -> Vec<(String, String)> {
    parts(&here::clean(bytes, name, &Masking::default()).expect("a clean copy"))
}

fn whole(parts: &[(String, String)]) -> String {
    parts.iter().map(|(name, text)| format!("{name}\n{text}\n")).collect()
}

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn types(main: &str, kind: &str) -> (&'static str, String) {
    let text = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override PartName=\"/{main}\" ContentType=\"{kind}\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/x\"/></Types>"
    );
    ("[Content_Types].xml", text)
}

fn relations(list: &[(&str, &str, &str)]) -> String {
    let list: String = list
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{list}</Relationships>")
}

fn document(body: &str, others: &[(&str, String)], links: &[(&str, &str, &str)]) -> Vec<u8> {
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let mut all = vec![
        types(
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        (
            "_rels/.rels",
            relations(&[
                ("a", "officeDocument", "word/document.xml"),
                ("b", "core-properties", "docProps/core.xml"),
            ]),
        ),
        ("docProps/core.xml", "<core><creator>编办张三</creator></core>".to_owned()),
        (
            "word/document.xml",
            format!(
                "<w:document {space} xmlns:r=\"{OFFICE}\"><w:body>{body}</w:body></w:document>"
            ),
        ),
        ("word/_rels/document.xml.rels", relations(links)),
    ];
    all.extend_from_slice(others);
    packed(&all)
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn a_document_is_written_with_its_changes_accepted_and_without_what_is_not_shown() {
    let body = format!(
        "<w:p>{}<w:del w:id=\"1\" w:author=\"李四\"><w:r><w:delText>删去的话</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\" w:author=\"李四\">{}</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话</w:t></w:r>\
         <w:commentRangeStart w:id=\"0\"/>{}<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
         <w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>并不隐藏</w:t></w:r></w:p><w:p><w:object r:id=\"x\"/></w:p>",
        run("保留的话。"),
        run("加上的话。"),
        run("电话13800138000。")
    );
    let comments = (
        "word/comments.xml",
        "<w:comments><w:comment>批注的话</w:comment></w:comments>".to_owned(),
    );
    let macros = ("word/other.bin", "Sub AutoOpen".to_owned());
    let links = [
        ("c", "comments", "comments.xml"),
        ("x", "package", "other.bin"),
        ("s", "styles", "styles.xml"),
    ];
    let styles = ("word/styles.xml", "<w:styles/>".to_owned());
    let copy = clean(&document(&body, &[comments, macros, styles], &links), "通知.docx");
    let names: Vec<&str> = copy.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml"
        ]
    );
    let text = whole(&copy);
    for kept in ["保留的话。", "加上的话。", "电话***********。", "并不隐藏"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    for gone in [
        "删去的话",
        "隐藏的话",
        "批注的话",
        "李四",
        "张三",
        "w:ins",
        "comment",
        "AutoOpen",
        "r:id=\"x\"",
        "docProps",
    ] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
}

#[test]
fn a_number_that_hidden_text_breaks_is_found_as_it_reads_once_that_is_gone() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不显示</w:t></w:r>";
    let body =
        format!("<w:p>{}{hidden}{}</w:p>", run("电话1380013"), run("8000。办事指南全文如下"));
    let bytes = document(&body, &[], &[]);
    let (findings, _) = here::scan(&bytes, "a.docx").expect("a document");
    assert!(findings.block());
    assert!(whole(&clean(&bytes, "a.docx")).contains("电话*******"));
}

fn workbook(state: &str, sheet: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let second = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c></row></sheetData></worksheet>"
    );
    packed(&[
        types(
            "xl/workbook.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        ),
        ("_rels/.rels", relations(&[("a", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"s1\"/>\
                 <sheet name=\"底稿\" sheetId=\"2\" {state} r:id=\"s2\"/></sheets><definedNames>\
                 <definedName name=\"电话\">\"13800138000\"</definedName><definedName name=\"_xlnm.Print_Area\" \
                 localSheetId=\"0\">名单!$A$1</definedName></definedNames><calcPr/></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("s1", "worksheet", "worksheets/sheet1.xml"),
                ("s2", "worksheet", "worksheets/sheet2.xml"),
                ("t", "sharedStrings", "sharedStrings.xml"),
            ]),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
        ("xl/worksheets/sheet2.xml", second),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
    ])
}

#[test]
fn a_workbook_is_written_with_values_only_and_without_what_is_hidden() {
    let sheet = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                 <c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><f>SUM(底稿!A1)</f><v>12.5</v></c>\
                 <c r=\"B2\" s=\"1\"><v>13800138000</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>隐藏的列</t></is></c></row>\
                 <row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"inlineStr\"><is><t>隐藏的行</t></is></c></row></sheetData>\
                 <dataValidations><dataValidation><formula1>\"下拉的话\"</formula1></dataValidation></dataValidations>";
    let strings = "<si><t>合计</t></si><si><t>手机</t></si><si><t>底稿的话</t></si><si><t>没人用的话</t></si>";
    let copy = clean(&workbook("state=\"veryHidden\"", sheet, strings), "名单.xlsx");
    let text = whole(&copy);
    for kept in ["合计", "手机", "12.5", "***********", "_xlnm.Print_Area"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    for gone in [
        "13800138000",
        "底稿",
        "隐藏的列",
        "隐藏的行",
        "下拉的话",
        "没人用的话",
        "SUM",
        "sheet2.xml",
    ] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
}

#[test]
fn a_page_keeps_its_text_and_loses_scripts_comments_and_what_it_hides() {
    let page = "<html><head><meta charset=\"utf-8\"><meta name=\"author\" content=\"张三\"><style>.h{display:none}</style></head>\
                <body onload=\"f()\"><h1>办事指南</h1><p>全文请见下文，咨询电话0592-2021091。</p><p class=\"h\">藏起的话</p>\
                <p hidden>也藏起</p><!-- 注释的话 --><script>var a='脚本的话'</script><a href=\"javascript:f()\" data-tel=\"1\">看</a>\
                <img src=\"/a.png\" alt=\"联系13800138000\"></body></html>";
    let copy = here::clean(page.as_bytes(), "a.html", &Masking::default()).expect("a page");
    let copy = String::from_utf8(copy).expect("text");
    for kept in ["<h1>办事指南</h1>", "0592-2021091", "/a.png", "联系***********"] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    for gone in ["藏起", "注释", "脚本", "javascript", "onload", "data-tel", "张三", "13800138000"]
    {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    let own = here::mask_page(
        "<p data-x=\"1\">电话<b>138</b>00138000<!-- x --></p>",
        &Masking::default(),
    )
    .expect("a page");
    assert_eq!(
        own, "<p data-x=\"1\">电话<b>***</b>********<!-- x --></p>",
        "our own page is only masked"
    );
}

#[test]
fn an_archive_holds_clean_copies_under_masked_names() {
    let inner = document(&format!("<w:p>{}</w:p>", run("正文，电话13800138000")), &[], &[]);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("张三13800138000.docx", inner.as_slice()),
        ("__MACOSX/x", b"x"),
        ("说明.txt", "身份证11010519491231002X".as_bytes()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.set_comment("打包人13900139000").expect("a comment");
    let bytes = zip.finish().expect("an archive").into_inner();
    let copy = here::clean(&bytes, "附件.zip", &Masking::default()).expect("a clean archive");
    let names: Vec<String> = parts(&copy).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["张三***********.docx", "说明.txt"]);
    let (findings, _) = here::scan(&copy, "附件.zip").expect("an archive");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn what_cannot_be_written_clean_is_refused_with_what_to_do() {
    for (name, bytes) in [
        ("a.rtf", b"{\\rtf1 x}".as_slice()),
        ("a.eml", b"From: a@b\nTo: c@d\nMIME-Version: 1.0\n\nx"),
        ("a.xml", b"<?xml version=\"1.0\"?><a>x</a>"),
    ] {
        let refusal = here::clean(bytes, name, &Masking::default()).expect_err(name);
        assert!(matches!(refusal, Refusal::NotCleanable { .. }), "{name}: {refusal:?}");
        assert!(refusal.remedy().contains("上传"), "{name}");
    }
    let macros = packed(&[
        ("[Content_Types].xml", String::new()),
        ("word/document.xml", "<a/>".to_owned()),
        ("word/vbaProject.bin", "x".to_owned()),
    ]);
    let refusal =
        here::clean(&macros, "a.docx", &Masking::default()).expect_err("macros in disguise");
    assert!(matches!(refusal, Refusal::WrongName { .. }), "{refusal:?}");
}
