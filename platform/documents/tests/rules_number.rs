//! Whoever changes how personal data are found is asked whether everything published must be looked
//! through again.

use std::fs;
use std::path::Path;

use documents::personal::RULES;
use sha2::{Digest, Sha256};

/// The number of the rules, and the SHA-256 over their sources, as they were when somebody last decided.
const DECIDED: (i64, &str) =
    (3, "7c93efbe0c29553bc0c30efd4def03217b6a0d1ec227829e644cce687bb15e91");

#[test]
fn rules_that_are_no_longer_the_same_have_another_number_or_are_said_to_find_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/personal");
    let entries = fs::read_dir(&folder).expect("the sources");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(fs::read(file).expect("a source"));
    }
    let found: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        DECIDED,
        (RULES, found.as_str()),
        "src/personal has changed. If other values are found now, raise personal::RULES: everything \
         published is looked through again after the update. Then write number and digest here."
    );
}
