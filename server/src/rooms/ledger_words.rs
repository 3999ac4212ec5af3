//! Whatever the program may write into the ledger has a name in Chinese: not only what the demo city happens
//! to write, but every act that stands in the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every source file below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("is a folder").map(|entry| entry.expect("reads")) {
        let path = entry.path();
        match path.is_dir() {
            true => sources(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The words in quotes that follow an opening, over the line's end as well.
fn quoted_after<'a>(text: &'a str, opening: &str) -> Vec<&'a str> {
    let rest = text.split(opening).skip(1).map(str::trim_start);
    let words = rest.filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
    words.filter(|word| word.bytes().all(|one| one.is_ascii_lowercase() || one == b'_')).collect()
}

/// The acts a file of a room's acts writes: `act: "…"`, `entry("…"`, and what `let act` decides between.
fn acts_of(text: &str) -> BTreeSet<&str> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for opening in [" act:", "entry(", "entry_of("] {
        found.extend(quoted_after(text, opening));
    }
    for decided in text.split("let act = ").skip(1) {
        let decided = decided.split(';').next().unwrap_or_default();
        for opening in ["{ ", "=> "] {
            found.extend(quoted_after(decided, opening));
        }
    }
    found
}

/// The names the platform itself gives stand in no room.
const OF_PLATFORM: &str = include_str!("../../../platform/web/src/administration/act_names.rs");

#[test]
fn every_act_in_the_source_has_a_name_in_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the whole program");
    let rooms = super::rooms();
    let named: BTreeSet<&str> =
        rooms.iter().flat_map(|room| room.act_names).map(|(act, _)| *act).collect();
    for (room, folder, below, fewest) in [
        ("records", "affairs/records", "acts", 30),
        ("catalogue", "affairs/catalogue", "acts", 20),
        ("reports", "affairs/reports", "acts", 14),
        ("assessment", "affairs/assessment", "acts", 3),
        ("requests", "affairs/requests", "acts", 50),
        ("sites", "affairs/sites", "acts", 2),
        ("review", "platform/review", "acts", 9),
        ("identity", "platform/identity", "src", 25),
    ] {
        let mut files = Vec::new();
        sources(&root.join(folder).join("src"), &mut files);
        let mut acts = BTreeSet::new();
        for file in files {
            let mut parts = file.components().map(|part| part.as_os_str());
            if parts
                .any(|part| part == below || Path::new(part).file_stem() == Some(below.as_ref()))
            {
                let text = fs::read_to_string(&file).expect("reads");
                acts.extend(acts_of(&text).into_iter().map(|act| format!("{room}.{act}")));
            }
        }
        assert!(acts.len() >= fewest, "{room}: {acts:?}");
        let has = |act: &String| {
            named.contains(act.as_str()) || OF_PLATFORM.contains(&format!("(\"{act}\", "))
        };
        let unnamed: Vec<_> = acts.iter().filter(|act| !has(act)).collect();
        assert_eq!(unnamed, Vec::<&String>::new(), "they have no name in Chinese");
    }
}
