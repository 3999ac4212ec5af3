//! What comes off the press: real documents, read back from the PDF.

mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use documents::writing::{Article, Block, Column, Sheet};
use serde_json::Value;
use typeset::Template;

/// Prints into the build's scratch folder and returns the file.
fn print(template: Template, data: &Value, name: &str) -> PathBuf {
    let pdf = typeset::print(template, data, &[]).expect("this machine has a Chinese font");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, pdf).expect("the scratch folder can be written");
    path
}

/// A poppler tool's output; none, said aloud and counted, where it is not installed.
fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    match Command::new(tool).args(arguments).arg(file).arg("-").output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            store::testing::skipped(&format!("{tool}: {error}; apt-get install poppler-utils"));
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

#[test]
fn a_full_page_has_twenty_two_lines_of_twenty_eight_characters() {
    let long = Block::paragraph("公开".repeat(28 * 22));
    let article = Article { title: "通知".into(), blocks: vec![long], ..Article::default() };
    let data = article.to_press().expect("the article is whole");
    let file = print(Template::Document, &data, "full-page.pdf");
    let Some(boxes) = poppler("pdftotext", &["-bbox", "-f", "2", "-l", "2"], &file) else { return };
    let mut lines = lines_of(&boxes);
    assert_eq!(lines.pop(), Some(3), "a dash, the number, a dash");
    assert_eq!(lines, [28; 22], "GB/T 9704-2012 5.2.3");
}

/// How many characters each line of a page has, from the boxes of its words: a new line begins
/// where a word stands lower than the one before by more than the faces differ among themselves.
fn lines_of(boxes: &str) -> Vec<usize> {
    let mut lines: Vec<usize> = Vec::new();
    let mut height = f64::MIN;
    for word in boxes.lines().filter(|line| line.contains("<word ")) {
        let after = |mark: &str| word.split_once(mark).map_or("", |(_, rest)| rest);
        let top = after("yMin=\"").split('"').next().and_then(|top| top.parse().ok());
        let top: f64 = top.expect("a word has a place");
        let text = after("\">").split('<').next().unwrap_or_default();
        if (top - height).abs() > 12.0 {
            lines.push(0);
            height = top;
        }
        *lines.last_mut().expect("a line was begun") += text.chars().count();
    }
    lines
}

#[test]
fn a_cell_that_stands_for_several_rows_is_printed_once() {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let mut sheet = Sheet {
        title: "目录".into(),
        columns: vec![
            Column::new("一级事项").under("公开事项"),
            Column::new("二级事项").under("公开事项"),
            Column::new("公开时限"),
        ],
        rows: vec![
            row(["通用政策", "法律法规", "20个工作日"]),
            row(["通用政策", "扶持政策", "20个工作日"]),
            row(["业务办理", "机构备案", "#let x = [不是代码]"]),
        ],
        ..Sheet::default()
    };
    sheet.merge_equal(0);
    let data = sheet.to_press().expect("the rows are whole");
    let file = print(Template::Catalogue, &data, "merged.pdf");
    let Some(text) = text_of(&file) else { return };
    for (what, times) in [
        ("通用政策", 1),
        ("业务办理", 1),
        ("20个工作日", 2),
        ("公开事项", 1),
        ("#letx=[不是代码]", 1),
    ] {
        assert_eq!(text.matches(what).count(), times, "{what} in {text}");
    }
}
