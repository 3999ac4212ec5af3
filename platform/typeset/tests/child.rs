//! The press as a child process: what it answers, and how it is stopped.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process};

use serde_json::{Value, json};
use typeset::child::Press;
use typeset::{Template, TypesetError};

/// Long enough for an unoptimised build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn press(program: &Path, timeout: Duration) -> Press {
    Press { program: program.to_path_buf(), fonts: Vec::new(), timeout }
}

fn real() -> Press {
    press(Path::new(env!("CARGO_BIN_EXE_typeset")), PATIENCE)
}

/// A program that does as the script says instead of printing.
fn impostor(name: &str, script: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("press-{}-{name}", process::id()));
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script can be written");
    let mode = fs::Permissions::from_mode(0o700);
    fs::set_permissions(&path, mode).expect("a script can be made executable");
    path
}

/// The smallest document that has every field.
fn letter() -> Value {
    json!({
        "letterhead": null, "number": "云府办〔2026〕48号", "title": "关于公布目录的通知",
        "addressee": "各镇人民政府：", "attachments": ["目录"], "signature": "云湖区人民政府办公室",
        "date": "2026-11-16", "note": "此件主动公开", "made": "2026-11-25",
        "imprint": { "copies": [], "printer": "云湖区人民政府办公室", "printed": "2026-11-17" },
        "blocks": [
            { "kind": "heading", "level": 1, "text": "一、目标", "rest": "" },
            { "kind": "heading", "level": 4, "text": "（1）范围。", "rest": "全区。" },
            { "kind": "paragraph", "text": "现将目录印发给你们。" },
            { "kind": "list", "ordered": true, "items": ["县级", "乡级"] },
            { "kind": "table", "caption": "一览", "header": ["名称", "数量"], "rows": [["镇", "8"]] },
        ],
    })
}

fn contains(pdf: &[u8], what: &str) -> bool {
    pdf.windows(what.len()).any(|window| window == what.as_bytes())
}

#[test]
fn a_child_prints_an_archival_accessible_pdf_and_the_same_one_again() {
    let pdf = real().render(Template::Document, letter()).expect("the letter can be printed");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<rdf:li xml:lang=\"x-default\">关于公布目录的通知</rdf:li>",
        "/Lang(zh-CN)",
        "2026-11-25",
    ] {
        assert!(contains(&pdf, mark), "{mark}");
    }
    let again = real().render(Template::Document, letter()).expect("the letter can be printed");
    assert_eq!(pdf, again);
}

#[test]
fn a_character_that_no_face_has_costs_the_standards_but_not_the_document() {
    let mut letter = letter();
    letter["blocks"][2]["text"] = json!("姓名中的字\u{E000}\u{10FFFD}无字形");
    let pdf = real().render(Template::Document, letter).expect("the letter can be printed");
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(!contains(&pdf, "pdfuaid:part"), "it must not claim what it does not keep");
}

#[test]
fn data_that_does_not_fit_the_template_is_refused_with_the_place() {
    for (data, said) in [
        (json!({ "title": "无列" }), "catalogue.typ:"),
        (json!({ "title": "某", "columns": [], "rows": [["多"]] }), "catalogue.typ:"),
        (json!("不是对象"), "catalogue.typ:"),
    ] {
        let error = real().render(Template::Catalogue, data).expect_err(said);
        assert!(
            matches!(&error, TypesetError::Data { detail } if detail.contains(said)),
            "{error}"
        );
        assert!(error.to_string().contains("改法: "), "{error}");
    }
}

#[test]
fn a_child_that_takes_too_long_is_stopped() {
    let sleeper = impostor("sleeper", "exec sleep 600");
    let begun = Instant::now();
    let answer = press(&sleeper, Duration::from_secs(1)).render(Template::Document, letter());
    assert_eq!(answer, Err(TypesetError::Timeout { seconds: 1 }));
    assert!(begun.elapsed() < Duration::from_secs(60), "it did not wait for the child");
    fs::remove_file(sleeper).expect("the script can be removed");
}

#[test]
fn a_child_that_dies_or_cannot_start_is_told_with_its_last_words() {
    let dying = impostor("dying", "echo memory allocation failed >&2; exit 134");
    let answer = press(&dying, PATIENCE).render(Template::Document, letter());
    fs::remove_file(&dying).expect("the script can be removed");
    let error = answer.expect_err("the child died").to_string();
    assert!(error.contains("memory allocation failed") && error.contains("134"), "{error}");
    let absent = press(&dying, PATIENCE).render(Template::Document, letter());
    assert!(matches!(absent, Err(TypesetError::Spawn { .. })), "{absent:?}");
}
