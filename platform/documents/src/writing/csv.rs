//! CSV that Chinese spreadsheets open rightly and that carries no formulas.

use super::{Sheet, WriteError};

/// The byte order mark by which Excel and WPS know the file is UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Characters at which a spreadsheet takes a cell for a formula, in both widths.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let failed =
        |error: csv::Error| WriteError::Format { format: "CSV", detail: error.to_string() };
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let headings = sheet.columns.iter().map(|column| guard(&column.name));
    writer.write_record(headings).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|text| guard(text))).map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| WriteError::Format { format: "CSV", detail: error.to_string() })
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula, and before one
/// that already looks so guarded: [`unguard`] gives back exactly what was put in.
#[must_use]
pub fn guard(text: &str) -> String {
    if is_risky(text) { format!("'{text}") } else { text.to_owned() }
}

/// Takes the apostrophe of [`guard`] off again; other texts stay as they are.
#[must_use]
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(inner) if is_risky(inner) => inner,
        _ => text,
    }
}

fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(TRIGGERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_disarmed_and_every_text_comes_back_as_it_was() {
        for (text, written) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+86 592 1234567", "'+86 592 1234567"),
            ("-", "'-"),
            ("@某人", "'@某人"),
            ("＝1", "'＝1"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("'引文'", "'引文'"),
            ("——", "——"),
            ("政府网站", "政府网站"),
            ("", ""),
        ] {
            assert_eq!(guard(text), written);
            assert_eq!(unguard(written), text);
        }
    }
}
