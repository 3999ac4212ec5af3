//! The corpus of files with personal data in many places and spellings: everything is found, and
//! nothing in files that hold none.

use std::fs;
use std::path::PathBuf;

use documents::examining::here;
use documents::personal::{Grade, Kind};
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/personal-data-corpus"
    ));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "CI 里没有 ../shared");
    None
}

fn kind_of(word: &str) -> Kind {
    match word {
        "id_number" => Kind::IdNumber,
        "mobile" => Kind::Mobile,
        _ => Kind::BankCard,
    }
}

#[test]
fn every_value_of_the_corpus_is_found_and_clean_files_pass() {
    let Some(folder) = corpus() else { return };
    let mut truths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the corpus can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".truth.json"))
        .collect();
    truths.sort();
    let mut wrong = Vec::new();
    let only = std::env::var("ONLY").unwrap_or_default();
    for path in truths {
        let truth: Value =
            serde_json::from_slice(&fs::read(&path).expect("a truth")).expect("JSON");
        let name = truth["file"].as_str().expect("a name");
        if !name.contains(&only) {
            continue;
        }
        let bytes = fs::read(folder.join(name)).expect("a file");
        let findings = match here::scan(&bytes, name) {
            Ok((findings, _)) => findings,
            Err(refusal) => {
                wrong.push(format!("{name}: {refusal}"));
                continue;
            }
        };
        let blocked = truth["verdict"] == "blocked";
        if findings.block() != blocked {
            wrong.push(format!("{name}: blocked {} instead of {blocked}", findings.block()));
        }
        let expected = truth["findings"].as_array().expect("findings");
        for value in expected {
            let (kind, tail) =
                (kind_of(value["kind"].as_str().unwrap_or_default()), tail(&value["value"]));
            if !findings
                .list
                .iter()
                .any(|finding| finding.kind == kind && finding.masked.ends_with(&tail))
            {
                wrong.push(format!("{name}: missed {value}"));
            }
        }
        for finding in findings.list.iter().filter(|finding| finding.grade == Grade::Block) {
            let is_true = expected.iter().any(|value| {
                kind_of(value["kind"].as_str().unwrap_or_default()) == finding.kind
                    && finding.masked.ends_with(&tail(&value["value"]))
            });
            if !is_true {
                wrong.push(format!("{name}: extra {finding:?}"));
            }
        }
        if !only.is_empty() {
            println!("{name}: {findings:#?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn tail(value: &Value) -> String {
    let value = value.as_str().unwrap_or_default();
    value[value.len() - 4..].to_owned()
}
