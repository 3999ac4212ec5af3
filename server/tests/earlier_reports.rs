//! The reader of published reports against the script that scores readers, by the command of whoever scores it.

use std::path::Path;
use std::process::Command;

const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/annual-reports/pages");

#[test]
fn the_reader_scores_what_is_asked_of_it() {
    let script = format!("{PAGES}/score_report.py");
    if !Path::new(&script).is_file() {
        return store::testing::skipped(&format!("{script} is absent"));
    }
    let reader = format!("{} reports read {{file}} --json", env!("CARGO_BIN_EXE_gongkai"));
    let mut command = Command::new("python3");
    command.args([&script, "--reader", &reader, PAGES, "--min", "0.98"]);
    let Ok(scored) = command.output() else {
        return store::testing::skipped("python3 is absent");
    };
    let (told, refused) =
        (String::from_utf8_lossy(&scored.stdout), String::from_utf8_lossy(&scored.stderr));
    assert!(scored.status.success(), "{told}{refused}");
    println!("{told}");
}
