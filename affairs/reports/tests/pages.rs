//! The published-looking pages of `../shared/data/annual-reports/pages` against the truth beside them.

use std::path::{Path, PathBuf};

use reports::reading::read;
use serde_json::Value;

const PAGES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/annual-reports/pages");

/// The files with their truth; none where they are not at hand, which is said and counted.
fn pages() -> Vec<(PathBuf, Value)> {
    if !Path::new(PAGES).is_dir() {
        skipped(&format!("{PAGES} is absent"));
        return Vec::new();
    }
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(PAGES).expect("the folder") {
        let truth = entry.expect("an entry").path();
        if truth.to_string_lossy().ends_with(".truth.json") {
            let text = std::fs::read_to_string(&truth).expect("the truth");
            let truth_of: Value = serde_json::from_str(&text).expect("JSON");
            let file = truth.with_file_name(truth_of["file"].as_str().expect("a file"));
            pages.push((file, truth_of));
        }
    }
    pages.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(pages.len() >= 8, "{}", pages.len());
    pages
}

fn skipped(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "nothing may be left out in CI: {why}");
    println!("skipped: {why}");
    if let Some(log) = std::env::var_os("GONGKAI_SKIP_LOG") {
        use std::io::Write;
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log);
        writeln!(log.expect("the log of what is skipped"), "skipped: {why}").expect("written");
    }
}

/// Numbers as text, for 283.67 and "283.6700" are one.
fn even(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::String(text) if text.contains('.') => {
            Value::String(text.trim_end_matches('0').trim_end_matches('.').to_owned())
        }
        Value::Array(list) => Value::Array(list.iter().map(even).collect()),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), even(value))).collect())
        }
        other => other.clone(),
    }
}

#[test]
fn every_cell_of_every_page_is_as_its_truth_says() {
    for (file, truth) in pages() {
        let bytes = std::fs::read(&file).expect("the page");
        let name = file.display().to_string();
        let report = read(&bytes, &name).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        let found = serde_json::to_value(&report).expect("JSON");
        for key in
            ["unit", "year", "format", "table2", "table4", "identities_broken", "prose_numbers"]
        {
            assert_eq!(even(&found[key]), even(&truth[key]), "{name}: {key}: {:?}", report.notes);
        }
        for (found, truth) in std::iter::zip(
            found["table3"]["rows"].as_array().expect("rows"),
            truth["table3"]["rows"].as_array().expect("rows"),
        ) {
            assert_eq!(even(found), even(truth), "{name}");
        }
        let warned = found["warnings"].as_array().expect("warnings").iter();
        let warned: Vec<String> = warned
            .map(|words| {
                let words = words.as_str().expect("words");
                words.split(':').take(2).collect::<Vec<_>>().join(":")
            })
            .collect();
        assert_eq!(serde_json::json!(warned), truth["warnings"], "{name}");
    }
}
