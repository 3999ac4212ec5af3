//! The arrangements the house carries against two published data sets, day by day.

use std::io::Write;
use std::path::{Path, PathBuf};

use law::{Arrangement, Date, Known, WorkCalendar, day};

#[test]
fn every_day_since_2004_is_as_the_cross_checked_table_has_it() {
    let Some(folder) = shared() else { return };
    let table = std::fs::read_to_string(folder.join("cn-holidays.csv")).expect("readable");
    let mut off = std::collections::HashMap::new();
    for row in table.lines().skip(1) {
        let cells: Vec<_> = row.split(',').collect();
        off.insert(cells[0].parse::<Date>().expect("a date"), cells[1] == "holiday");
    }
    let calendar = WorkCalendar::state_council();
    let days = std::iter::successors(Some(day(2004, 1, 1)), |date| date.tomorrow().ok());
    for date in days.take_while(|date| date.year() <= 2026) {
        let weekend = date.weekday().to_monday_zero_offset() >= 5;
        let value = off.get(&date).map_or(!weekend, |off| !off);
        let known = Known { value, provisional: false };
        assert_eq!(calendar.is_working_day(date), Ok(known), "{date}");
    }
}

#[test]
fn importing_each_years_json_changes_no_day_of_that_year() {
    let Some(folder) = shared() else { return };
    let carried = WorkCalendar::state_council();
    for year in 2007..=2026 {
        let file = std::fs::read_to_string(folder.join(format!("{year}.json"))).expect("readable");
        let arrangement = Arrangement::parse(&file).expect("an issued arrangement");
        assert_eq!(arrangement.year(), year);
        assert!(!arrangement.sources().is_empty(), "{year} names its paper");
        let imported = carried.clone().with(arrangement);
        let days = std::iter::successors(Some(day(year - 1, 12, 1)), |date| date.tomorrow().ok());
        for date in days.take_while(|date| date.year() <= year) {
            assert_eq!(imported.is_working_day(date), carried.is_working_day(date), "{date}");
        }
    }
}

#[test]
fn a_year_that_has_not_been_announced_is_refused() {
    let Some(folder) = shared() else { return };
    let file = std::fs::read_to_string(folder.join("2027.json")).expect("readable");
    let refused = Arrangement::parse(&file).expect_err("it holds no days");
    assert!(refused.fault.remedy().contains("还没有公布"));
}

/// The data sets; `None`, said aloud and counted for the gate, where they are not at hand. In CI they
/// must be.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/holidays"));
    if folder.is_dir() {
        return Some(folder.to_path_buf());
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is absent", folder.display());
    let why = format!("{} is absent", folder.display());
    eprintln!("skipped: {why}");
    if let Ok(log) = std::env::var("GONGKAI_SKIP_LOG") {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log);
        writeln!(log.expect("the gate's own file"), "{why}").expect("written");
    }
    None
}
