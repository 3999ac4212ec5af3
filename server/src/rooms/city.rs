//! The demo city for the tests of one build: made once a day, then copied for each test that asks for it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ledger::Clock;

use crate::demo;
use crate::opening::Whereabouts;

/// What the whole one is called where it lies; before it is whole it has another name.
const WHOLE: &str = "whole";

/// A demo city in this folder, which nobody else has.
pub(super) async fn copied_to(data: &Path) -> Whereabouts {
    let whole = whole().await;
    copy(&whole, data).unwrap_or_else(|error| panic!("{}: {error}", data.display()));
    Whereabouts::folder(data)
}

/// The one of this program and this day, beside the program: who builds the program anew builds it anew.
async fn whole() -> PathBuf {
    let program = std::env::current_exe().expect("a program runs");
    let told = fs::metadata(&program).expect("it is a file");
    let built = told.modified().ok().and_then(|built| built.duration_since(UNIX_EPOCH).ok());
    let built = built.expect("it was built at some time").as_nanos();
    let cities = program.with_extension("demo-city");
    let own = cities.join(format!("{built}-{}", Clock::Wall.today()));
    fs::create_dir_all(&cities).expect("a folder for demo cities");
    let lock = File::create(cities.join("lock")).expect("a file to hold");
    lock.lock().expect("nobody else builds it");
    let whole = own.join(WHOLE);
    if !whole.exists() {
        forget_others(&cities);
        let begun = own.join("begun");
        let place = Whereabouts::folder(&begun);
        demo::prepare(&place).await.map_err(|failure| failure.to_string()).expect("the demo");
        fs::rename(&begun, &whole).expect("it is whole");
    }
    whole
}

/// Takes away what earlier programs and days left, and what was not finished.
fn forget_others(cities: &Path) {
    let entries = fs::read_dir(cities).expect("the folder").flatten();
    for entry in entries.filter(|entry| entry.path().is_dir()) {
        fs::remove_dir_all(entry.path()).ok();
    }
}

/// With the permissions everything has.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}
