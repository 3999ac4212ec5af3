//! The published-looking fixtures, held against what a careful person reads out of them.
//!
//! The measure is the fixtures' own scorer, put here in its essentials: items are paired by their
//! names in order, fields compared after widths, brackets and separators are evened out, lists as
//! sets; the score of a file is the mean of its fields, less what was read too much.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use catalogue::reading;
use serde_json::Value;

/// The mean over the files, in per cent.
const MEAN: f64 = 97.0;
/// What no file may fall below, in per cent.
const EACH: f64 = 90.0;

fn fixtures() -> Option<Vec<PathBuf>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalogue-fixtures");
    let Ok(entries) = std::fs::read_dir(folder) else {
        assert!(std::env::var("CI").is_err(), "CI runs must provide ../shared");
        store::testing::skipped("没有 ../shared/data/catalogue-fixtures");
        return None;
    };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> = paths.filter(|path| truth_of(path).exists()).collect();
    files.sort();
    Some(files)
}

fn truth_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".truth.json");
    PathBuf::from(name)
}

/// The text with what does not matter evened out.
fn plain(text: &str) -> String {
    let evened: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '〔' | '﹝' | '[' | '【' => '(',
            '〕' | '﹞' | ']' | '】' => ')',
            '、' => ',',
            '⁄' | '∕' => '/',
            '—' | '─' | '–' => '-',
            c => c,
        })
        .filter(|c| !matches!(c, '《' | '》' | '“' | '”' | '"'))
        .collect();
    evened.trim_matches([',', ';', '。', '.', ':']).trim_end_matches('等').to_owned()
}

fn set(list: &Value) -> BTreeSet<String> {
    let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(plain).filter(|text| !text.is_empty()).collect()
}

/// How well two sets agree: 1 for the same, 0 for nothing in common.
fn agreement(one: &BTreeSet<String>, two: &BTreeSet<String>) -> f64 {
    if one.is_empty() && two.is_empty() {
        return 1.0;
    }
    2.0 * one.intersection(two).count() as f64 / (one.len() + two.len()) as f64
}

fn word(value: &Value) -> String {
    value.as_str().map(plain).unwrap_or_default()
}

fn limit(wanted: &Value, found: &Value) -> f64 {
    if wanted.is_null() || found.is_null() {
        return f64::from(u8::from(wanted.is_null() == found.is_null()));
    }
    if wanted["kind"] != found["kind"] {
        return 0.0;
    }
    let amount = f64::from(u8::from(wanted["amount"] == found["amount"]));
    let anchor = f64::from(u8::from(word(&wanted["anchor"]) == word(&found["anchor"])));
    (1.0 + amount + anchor) / 3.0
}

/// The score of each field of one item; fields the truth does not know are left out.
fn fields(wanted: &Value, found: &Value) -> Vec<(&'static str, f64)> {
    let mut scores = Vec::new();
    for field in
        ["seq", "level1", "level2", "level3", "time_limit_raw", "channels_other", "audience_note"]
    {
        let same = word(&wanted[field]) == word(&found[field]);
        scores.push((field, f64::from(u8::from(same))));
    }
    for field in ["elements", "basis", "subjects", "channels", "audience", "methods", "levels"] {
        if !wanted[field].is_null() {
            let mut score = agreement(&set(&wanted[field]), &set(&found[field]));
            if field == "elements" && wanted["elements_also"].is_array() {
                score = score.max(agreement(&set(&wanted["elements_also"]), &set(&found[field])));
            }
            scores.push((field, score));
        }
    }
    let also = wanted["time_limit_also"].as_array().into_iter().flatten();
    let limits = std::iter::once(&wanted["time_limit"]).chain(also);
    let best = limits.map(|wanted| limit(wanted, &found["time_limit"])).fold(0.0, f64::max);
    scores.push(("time_limit", best));
    if wanted.get("domain").is_some() {
        scores.push((
            "domain",
            f64::from(u8::from(word(&wanted["domain"]) == word(&found["domain"]))),
        ));
    }
    scores
}

/// The file's score in per cent, and what differs.
fn score(wanted: &Value, found: &Value) -> (f64, Vec<String>) {
    let none = Vec::new();
    let wanted = wanted["items"].as_array().unwrap_or(&none);
    let found = found["items"].as_array().unwrap_or(&none);
    let mut differing = Vec::new();
    let (mut sum, mut count) = (0.0, 0.0);
    for (at, item) in wanted.iter().enumerate() {
        let pair = found.get(at).unwrap_or(&Value::Null);
        for (field, score) in fields(item, pair) {
            sum += score;
            count += 1.0;
            if score < 1.0 {
                differing.push(format!("{}/{field}: {} / {}", at + 1, item[field], pair[field]));
            }
        }
    }
    let precision = wanted.len() as f64 / found.len().max(wanted.len()) as f64;
    (100.0 * precision * sum / f64::max(count, 1.0), differing)
}

#[test]
fn fixtures_are_read_as_a_careful_person_reads_them() {
    let Some(files) = fixtures() else { return };
    let mut total = 0.0;
    for file in &files {
        let name = file.display().to_string();
        let read = reading::read(&std::fs::read(file).expect("a fixture"), &name)
            .unwrap_or_else(|refused| panic!("{name}: {refused}"));
        let truth = std::fs::read_to_string(truth_of(file)).expect("its truth");
        let truth: Value = serde_json::from_str(&truth).expect("JSON");
        let found = serde_json::to_value(&read).expect("plain data");
        let (score, differing) = score(&truth, &found);
        assert!(score >= EACH, "{name}: {score:.1} %\n{}", differing.join("\n"));
        total += score;

        let key = |issue: &Value| {
            format!("{} {} {}", issue["kind"], word(&issue["seq"]), word(&issue["level2"]))
        };
        let keys = |list: &Value| -> BTreeSet<String> {
            list.as_array().into_iter().flatten().map(key).collect()
        };
        assert_eq!(keys(&found["issues"]), keys(&truth["issues_expected"]), "{name}: issues");
    }
    let mean = total / files.len() as f64;
    assert!(mean >= MEAN, "the mean is {mean:.2} %");
}

#[test]
fn fixtures_cut_short_or_damaged_are_read_or_refused_and_nothing_worse() {
    let Some(files) = fixtures() else { return };
    for file in files {
        let whole = std::fs::read(&file).expect("a fixture");
        let name = file.display().to_string();
        for part in 1..8 {
            let _ = reading::read(&whole[..whole.len() * part / 8], &name);
            let mut damaged = whole.clone();
            for at in (part..damaged.len()).step_by(whole.len() / 9 + 1) {
                damaged[at] = damaged[at].wrapping_add(u8::try_from(part).unwrap_or(1));
            }
            let _ = reading::read(&damaged, &name);
        }
    }
}
