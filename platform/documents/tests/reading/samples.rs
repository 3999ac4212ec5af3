//! Small files made for the tests.

use std::io::{Cursor, Write};

use documents::reading::{Cell, Document, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook whose only visible sheet has this content, with these shared strings.
pub fn workbook(sheet: &str, strings: &[&str]) -> Vec<u8> {
    let strings: String = strings.iter().map(|text| format!("<si>{text}</si>")).collect();
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='1救灾' r:id='a'/><sheet name='旧' state='hidden' r:id='b'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='a' Target='worksheets/s1.xml'/><Relationship Id='b' Target='/xl/worksheets/s2.xml'/></Relationships>",
        ),
        ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
        ("xl/worksheets/s1.xml", &format!("<worksheet>{sheet}</worksheet>")),
        (
            "xl/worksheets/s2.xml",
            "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>看不见</t></is></c></row></sheetData></worksheet>",
        ),
    ])
}

/// A document with this body.
pub fn document(body: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/numbering.xml",
            "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>",
        ),
    ])
}

/// A worksheet of 97 to 2003 with merged cells, a hidden row, column and sheet, and a string longer
/// than one record.
pub const SMALL_XLS: &[u8] = include_bytes!("../data/small.xls");

/// The tables, drawn: rows as lines, `^` and `<` for parts of merged cells, `/` for line ends.
pub fn drawn(document: &Document) -> Vec<String> {
    let mark = |cell: &Cell| match cell {
        Cell::Text(text) => text.replace('\n', "/"),
        Cell::Above => "^".to_owned(),
        Cell::Left => "<".to_owned(),
    };
    document
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.rows)
        .map(|row| {
            format!("{}:{}", row.number, row.cells.iter().map(mark).collect::<Vec<_>>().join("|"))
        })
        .collect()
}

/// The tables of a file, drawn.
pub fn told(bytes: &[u8], name: &str) -> Vec<String> {
    drawn(&read(bytes, name).unwrap_or_else(|refused| panic!("{name}: {refused}")))
}
