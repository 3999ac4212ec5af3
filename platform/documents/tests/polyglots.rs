//! Files that are two things, or another than they are called: none is accepted as what it is not, and of
//! what was hung onto a file its copy has nothing.

use std::fs;
use std::path::PathBuf;

use documents::examining::{Masking, here};

/// Endings a file may be called by; the content decides which fit.
const ENDINGS: [&str; 40] = [
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "ofd", "zip", "gz", "tgz", "tar", "doc",
    "xls", "ppt", "wps", "dps", "rtf", "html", "htm", "xhtml", "xml", "svg", "eml", "mht", "jpg",
    "jpeg", "png", "gif", "bmp", "tif", "webp", "docm", "xlsm", "pptm", "exe", "js", "php", "sh",
    "jar",
];

/// One file of each kind without personal data, and the endings that are its own.
const KINDS: [(&str, &[&str]); 10] = [
    ("pdf", &["pdf"]),
    ("docx", &["docx"]),
    ("xlsx", &["xlsx"]),
    ("ofd", &["ofd"]),
    ("zip", &["zip"]),
    ("jpg", &["jpg", "jpeg"]),
    ("png", &["png"]),
    ("html", &["html", "htm", "xhtml"]),
    ("csv", &[]),
    ("txt", &[]),
];

/// What is hung onto a file, each with a mark that must not come out again.
const TAILS: [&[u8]; 10] = [
    b"<html><script>alert('MARK-POLYGLOT')</script></html>",
    b"<?php system('MARK-POLYGLOT'); ?>",
    b"#!/bin/sh\necho MARK-POLYGLOT\n",
    b"%PDF-1.4\n1 0 obj << /JS (MARK-POLYGLOT) >> endobj\n%%EOF",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='MARK-POLYGLOT'/>",
    b"MZ\x90\0\x03MARK-POLYGLOT",
    b"\x7fELF\x02\x01\x01MARK-POLYGLOT",
    b"GIF89a/*MARK-POLYGLOT*/=1;",
    b"PK\x03\x04\x14\0\0\0\0\0MARK-POLYGLOT",
    b"Rar!\x1a\x07\x01\0MARK-POLYGLOT",
];

/// Clean files of the corpus, one for each kind; nothing where there is no corpus.
fn samples() -> Vec<(&'static str, &'static [&'static str], Vec<u8>)> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/personal-data-corpus"
    ));
    if !folder.is_dir() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI 里没有 ../shared");
        return Vec::new();
    }
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("the corpus can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".truth.json"))
        .collect();
    names.sort();
    let clean = |kind: &str| {
        names.iter().find_map(|path| {
            let truth = fs::read(path).expect("a truth");
            let truth: serde_json::Value = serde_json::from_slice(&truth).expect("JSON");
            let name = truth["file"].as_str()?;
            let fits = name.ends_with(&format!(".{kind}")) && truth["verdict"] != "blocked";
            let bytes = fs::read(folder.join(name)).expect("a file");
            let copied = fits
                && here::examine(&bytes, name, &Masking::default())
                    .is_ok_and(|one| one.cleaned.is_ok());
            copied.then_some(bytes)
        })
    };
    KINDS.iter().filter_map(|(kind, own)| Some((*kind, *own, clean(kind)?))).collect()
}

#[test]
fn four_hundred_files_under_a_wrong_name_are_accepted_as_none_of_what_they_are_called() {
    let samples = samples();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for (kind, own, bytes) in &samples {
        for ending in ENDINGS {
            pairs += 1;
            let name = format!("附件.{ending}");
            let examined = here::examine(bytes, &name, &Masking::default());
            let accepted = examined.is_ok_and(|examined| examined.cleaned.is_ok());
            if accepted != own.contains(&ending) {
                wrong.push(format!("{kind} called {name}: accepted {accepted}"));
            }
        }
    }
    assert!(samples.is_empty() || pairs == 400, "{pairs}");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_hung_onto_a_file_does_not_come_out_with_its_copy() {
    let mut wrong = Vec::new();
    // What is a text is read as one, whatever it says; it is never opened as anything else.
    let binary = |kind: &str| !matches!(kind, "csv" | "txt" | "html");
    for (kind, _, bytes) in samples().iter().filter(|(kind, ..)| binary(kind)) {
        for (at, tail) in TAILS.iter().enumerate() {
            for both in [[bytes.as_slice(), tail].concat(), [tail, bytes.as_slice()].concat()] {
                let name = format!("附件.{kind}");
                let Ok(examined) = here::examine(&both, &name, &Masking::default()) else {
                    continue;
                };
                let Ok(copy) = examined.cleaned else { continue };
                if copy.windows(13).any(|part| part == b"MARK-POLYGLOT") {
                    wrong.push(format!("{kind} with tail {at}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
