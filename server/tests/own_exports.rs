//! A catalogue written out in any form and taken in again is the same catalogue, byte for byte.

use std::fs;
use std::path::Path;
use std::process::Command;

fn gongkai(words: &[&str], data: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(words)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn our_own_exports_come_back_byte_for_byte() {
    let folder = std::env::temp_dir().join(format!("gongkai-exports-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let data = folder.join("data");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let at = |name: &str| demo.join(name).to_string_lossy().into_owned();
    let (divisions, organs) = (at("divisions.csv"), at("organs.csv"));
    gongkai(&["organ", "import", "--divisions", &divisions, "--organs", &organs], &data);
    let whose = ["--organ", "XM00001", "--domain", "救灾"];
    let take_in = |file: &str| {
        gongkai(&[&["catalogue", "import", file, "--replace-draft"], &whose[..]].concat(), &data)
    };
    let write_out = |file: &str| {
        gongkai(&[&["catalogue", "export", file, "--draft"], &whose[..]].concat(), &data);
    };
    let out = |ending: &str| folder.join(format!("out.{ending}")).to_string_lossy().into_owned();
    take_in(&at("catalogue/15-jiuzai.csv"));
    for ending in ["xlsx", "docx", "csv", "json", "html"] {
        write_out(&out(ending));
    }
    let wanted = fs::read(out("json")).expect("the catalogue");
    let again = folder.join("again.json").to_string_lossy().into_owned();
    for ending in ["xlsx", "docx", "csv", "json", "html"] {
        take_in(&out(ending));
        write_out(&again);
        assert!(fs::read(&again).expect("the catalogue") == wanted, "{ending} comes back the same");
    }
    fs::remove_dir_all(&folder).ok();
}
