//! Other people's software asks the interface for programs whatever its description allows, and much that it
//! does not: schemathesis, with all its checks and no exception, against the demo city. It asks each operation by
//! itself (examples, coverage, fuzzing); its stateful phase, which follows one answer into the next question, is
//! left out.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use journeys::Portal;

/// So many questions of each kind for each operation.
const EXAMPLES: &str = "12";

/// So that a run that goes wrong can be run again.
const SEED: &str = "20261126";

/// The program as `./test` installs it, or as it stands in PATH.
fn schemathesis() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.venv/bin/schemathesis");
    let found = [own, PathBuf::from("schemathesis")].into_iter().find(|program| {
        let asked = Command::new(program).arg("--version").stdin(Stdio::null()).output();
        asked.is_ok_and(|told| told.status.success())
    });
    if found.is_none() {
        store::testing::skipped(
            "没有 schemathesis，程序接口没有让别人的软件试。改法: 运行 ./test, 它会安装",
        );
    }
    found
}

#[test]
fn the_interface_answers_whatever_it_is_asked_as_its_description_says() {
    let Some(program) = schemathesis() else { return };
    let portal = Portal::start("interface").expect("the demo city");
    let description = format!("{}/api/v1/openapi.json", portal.address());
    let told = Command::new(program)
        .args(["run", &description, "--max-examples", EXAMPLES, "--seed", SEED, "--no-color"])
        .args(["--phases", "examples,coverage,fuzzing", "--request-timeout", "10"])
        .current_dir(portal.folder())
        .stdin(Stdio::null())
        .output()
        .expect("schemathesis runs");
    let said = String::from_utf8_lossy(&told.stdout);
    println!("{said}");
    assert!(told.status.success(), "{said}\n{}", String::from_utf8_lossy(&told.stderr));
}
