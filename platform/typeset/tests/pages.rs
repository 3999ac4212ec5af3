//! What comes off the press: real documents, read back from the PDF.

mod samples;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use typeset::Template;

/// Prints into the build's scratch folder and returns the file.
fn print(template: Template, data: &Value, name: &str) -> PathBuf {
    let pdf = typeset::print(template, data, &[]).expect("this machine has a Chinese font");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, pdf).expect("the scratch folder can be written");
    path
}

/// A poppler tool's output; none, with a word, where it is not installed. In CI it must be.
fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    match Command::new(tool).args(arguments).arg(file).arg("-").output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) if env::var("CI").is_ok_and(|ci| ci == "true") => panic!("{tool}: {error}"),
        Err(_) => {
            println!("skipped: no {tool}; apt-get install poppler-utils");
            None
        }
    }
}

fn text_of(file: &Path) -> Option<String> {
    let text = poppler("pdftotext", &["-layout"], file)?;
    Some(text.chars().filter(|char| *char == '\u{c}' || !char.is_whitespace()).collect())
}

#[test]
fn a_catalogue_is_printed_with_its_heading_on_every_page_and_every_row_once() {
    let Some(sheet) = samples::catalogue("义务教育", 25) else { return };
    let data = sheet.to_press().expect("the sample's rows are whole");
    let file = print(Template::Catalogue, &data, "catalogue.pdf");
    let Some(text) = text_of(&file) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.is_empty()).collect();
    assert!(pages.len() > 1, "25 rows with all channels take several pages");
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains("公开渠道和载体"), "page {} lacks the heading", at + 1);
        assert!(page.contains(&format!("第{}页共{}页", at + 1, pages.len())));
    }
    assert_eq!(text.matches("政府公报").count(), sheet.rows.len());
    assert!(pages[0].contains("厦门市翔安区义务教育领域基层政务公开标准目录"));
}

#[test]
fn a_notice_is_printed_as_a_document_of_its_office() {
    let Some(article) = samples::notice() else { return };
    let data = article.to_press().expect("the sample is whole");
    let file = print(Template::Document, &data, "notice.pdf");
    let Some(text) = text_of(&file) else { return };
    for part in [
        "厦府办〔2020〕67号",
        "各区人民政府，市直各委、办、局，各有关单位：",
        "附件：",
        "2020年7月7日印发",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
