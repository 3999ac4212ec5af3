//! What is shown of files before they are fetched, and that hostile ones stay within limits.

mod scratch {
    /// A PDF of one page of this size that draws these operators.
    pub fn pdf(size: (f64, f64), content: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        let stream = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            size.0, size.1
        );
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            page,
            stream,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        ];
        for (at, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
        }
        let start = out.len();
        out.extend(b"xref\n0 6\n0000000000 65535 f \n");
        for place in places {
            out.extend(format!("{place:010} 00000 n \n").bytes());
        }
        out.extend(
            format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes(),
        );
        out
    }
}

use std::path::Path;
use std::time::{Duration, Instant};

use documents::examining::child::Examiner;
use documents::examining::{MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, MOST_TABLES, here};
use documents::writing::{Column, Sheet};

fn examiner() -> Examiner {
    let program = Path::new(env!("CARGO_BIN_EXE_examine")).to_owned();
    Examiner { program, timeout: Duration::from_secs(20) }
}

/// Width and height of a PNG.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

const WORDS: &str = "BT /F1 24 Tf 72 700 Td (Hello) Tj ET";

#[test]
fn the_first_page_of_a_pdf_is_drawn_in_the_confined_child() {
    let pdf = scratch::pdf((595.0, 842.0), WORDS);
    let (preview, picture) = examiner().preview(&pdf, "a.pdf").expect("draws");
    assert_eq!(preview.pages, 1);
    let (wide, high) = size_of(&picture);
    assert!((719..=720).contains(&wide) && (1_010..=1_020).contains(&high), "{wide} x {high}");
    assert!(picture.len() < 60_000, "{} bytes", picture.len());
    let blank = scratch::pdf((595.0, 842.0), "");
    let (_, empty) = examiner().preview(&blank, "a.pdf").expect("draws");
    assert_ne!(picture, empty, "the words are seen");
}

#[test]
fn a_page_of_any_size_gives_a_picture_of_ours_or_none() {
    for (size, has_picture) in [
        ((1.0, 20_000.0), false),
        ((20_000.0, 1.0), false),
        ((14_400.0, 14_400.0), true),
        ((0.0, 0.0), true),
    ] {
        let pdf = scratch::pdf(size, WORDS);
        let (_, picture) = here::preview(&pdf, "a.pdf").unwrap_or_default();
        if has_picture && !picture.is_empty() {
            let (wide, high) = size_of(&picture);
            assert!(wide <= 720 && high <= 1_600, "{size:?}: {wide} x {high}");
        } else {
            assert!(picture.is_empty() || size_of(&picture).0 <= 720, "{size:?}");
        }
    }
}

#[test]
fn what_would_draw_for_ever_is_ended_and_what_is_no_pdf_refused() {
    let begun = Instant::now();
    let squares = "0 0 500 800 re f ".repeat(400_000);
    let pdf = scratch::pdf((595.0, 842.0), &squares);
    // It is drawn in time, or ended: either way nobody waits longer.
    let hostile = Examiner { timeout: Duration::from_secs(5), ..examiner() };
    let _ = hostile.preview(&pdf, "a.pdf");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert!(examiner().preview(b"%PDF-1.4 broken", "a.pdf").is_err());
}

#[test]
fn tables_are_shown_by_their_beginning_alone() {
    let columns = (0..40).map(|at| Column::new(format!("c{at}"))).collect();
    let rows = (0..300).map(|_| vec!["x".repeat(1_000); 40]).collect();
    let sheet = Sheet { name: "one".into(), columns, rows, ..Sheet::default() };
    let bytes = sheet.to_xlsx().expect("writes");
    let (preview, picture) = examiner().preview(&bytes, "a.xlsx").expect("reads");
    assert!(picture.is_empty() && preview.tables.len() <= MOST_TABLES);
    let table = &preview.tables[0];
    assert!(table.is_cut && table.rows.len() <= MOST_ROWS);
    for row in &table.rows {
        assert!(row.len() <= MOST_COLUMNS);
        assert!(row.iter().all(|cell| cell.chars().count() <= MOST_LETTERS));
    }
}

#[test]
fn kinds_that_show_nothing_are_no_fault() {
    let (preview, picture) = here::preview("只有文字。".as_bytes(), "a.txt").expect("looks");
    assert!(preview.tables.is_empty() && picture.is_empty());
}
