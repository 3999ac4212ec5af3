//! Office files of 97 to 2003 (doc, xls, ppt, wps): compound files of streams. Their text is read,
//! also what is deleted but still in the file; they are not written anew.

use super::blocks::{Builder, Form, Joint, Place};
use super::{Collector, strings};
use crate::examining::Refusal;
use crate::personal::Headings;
use crate::reading::{self, Cell, Sheet};

/// Looks through every stream.
pub(super) fn read(bytes: &[u8], out: &mut Collector) -> Result<(), Refusal> {
    let Some(streams) = reading::streams(bytes) else {
        return Err(Refusal::damaged("复合文档", "文件头不完整"));
    };
    if streams.iter().any(|(name, _)| name == "EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    let code = match () {
        () if has(&streams, "WordDocument") => "doc",
        () if has(&streams, "Workbook") || has(&streams, "Book") => "xls",
        () if has(&streams, "PowerPoint Document") => "ppt",
        () => "ole",
    };
    for (name, bytes) in &streams {
        let Some(bytes) = bytes else {
            return Err(Refusal::Bomb { what: format!("复合文档的{name}首尾相接") });
        };
        out.unpack(bytes.len() as u64)?;
        let plain: String = name.chars().filter(|c| !c.is_control()).collect();
        let (part, words, is_visible) = match plain.as_str() {
            "WordDocument" | "Workbook" | "Book" | "PowerPoint Document" => {
                ("body", "正文".to_owned(), true)
            }
            name if name.ends_with("SummaryInformation") => {
                ("properties", "文档属性".to_owned(), false)
            }
            name => ("part", format!("文件内部的{name}"), false),
        };
        strings::read(bytes, &Place::new(format!("{code}.{part}"), words, is_visible), out);
        if super::is_known_binary(bytes) {
            out.nested(
                bytes,
                &plain,
                &format!("{code}.embedded."),
                &format!("嵌入文件{plain} › "),
                true,
            )?;
        }
    }
    if code == "xls" {
        cells(bytes, out);
    }
    Ok(())
}

fn has(streams: &[(String, Option<Vec<u8>>)], name: &str) -> bool {
    streams.iter().any(|(one, _)| one.eq_ignore_ascii_case(name))
}

/// Numbers are no text in these files: the cells once more as a reader of tables sees them.
fn cells(bytes: &[u8], out: &mut Collector) {
    let Ok(document) = reading::read(bytes, "") else { return };
    for sheet in &document.sheets {
        table(sheet, out);
    }
}

fn table(sheet: &Sheet, out: &mut Collector) {
    let name = sheet.name.as_deref().unwrap_or_default();
    let mut builder = Builder::new(Place::new("xls.visible", format!("工作表{name}"), true));
    let mut headings = Headings::default();
    for row in &sheet.rows {
        builder.place(Place::new("xls.visible", format!("工作表{name} 第{}行", row.number), true));
        builder.joint(Joint::Line);
        for (column, cell) in row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            builder.joint(Joint::Cell);
            builder.heading(headings.of(column));
            builder.text(text, (0, 0), Form::Raw);
            headings.learn(column, text);
        }
    }
    let was_hidden = std::mem::replace(&mut out.is_hidden, true);
    out.blocks(&builder.finish());
    out.is_hidden = was_hidden;
}
