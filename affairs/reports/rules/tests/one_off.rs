//! One off: a table that keeps every identity, with one cell changed by one, and a register at the turn of
//! the years.

use std::collections::BTreeSet;

use law::{Date, day};
use reports_rules::{
    Breach, COLUMNS, Cell, RegisterEntry, RemedyCell, RemedyEntry, RemedyGroup, RemedyOutcome,
    ReportYear, Row, Table3, Table4, breaches, carried_in_breaches, derive,
};
use requests_rules::ApplicantClass;

/// Tables in which no two cells of a row or group need be alike, and every identity holds.
fn kept() -> (Table3, Table4) {
    let (mut table3, mut table4) = (Table3::default(), Table4::default());
    let number = |row: Row, column: usize| u64::from(row.number()) + 7 * column as u64;
    for column in 0..COLUMNS {
        let columns = if column + 1 == COLUMNS { 0..column } else { column..column + 1 };
        let sum = |row| columns.clone().map(|column| number(row, column)).sum::<u64>();
        let closed: u64 = Row::results().map(sum).sum();
        let (before, after) = (sum(Row::CARRIED_IN), sum(Row::CARRIED_OUT));
        for row in Row::all() {
            let count = match row {
                Row::RECEIVED => closed + after - before,
                Row::CLOSED => closed,
                row => sum(row),
            };
            table3.set(row, column, Cell::count(count));
        }
    }
    for group in RemedyGroup::ALL {
        let counts = [3, 1, 4, 2, 10];
        for (place, count) in RemedyCell::ALL.into_iter().zip(counts) {
            table4.set(group, place, Cell::count(count));
        }
    }
    (table3, table4)
}

fn names(found: impl IntoIterator<Item = Breach>) -> BTreeSet<String> {
    found.into_iter().map(|breach| breach.to_string()).collect()
}

#[test]
fn one_more_or_one_less_in_a_cell_breaks_the_identities_it_stands_in_and_no_other() {
    let (whole, table4) = kept();
    assert_eq!(breaches(&whole, &table4), []);
    for row in Row::all() {
        for column in 0..COLUMNS {
            let there = whole.cell(row, column).value().as_count().expect("a count");
            for count in [there + 1, there - 1] {
                let mut table3 = whole.clone();
                table3.set(row, column, Cell::count(count));
                let mut expected = BTreeSet::from([format!("I3:{}", row.name())]);
                let (balance, results) =
                    (format!("I1:c{}", column + 1), format!("I2:c{}", column + 1));
                match row.number() {
                    1 | 2 | 25 => expected.extend([balance]),
                    24 => expected.extend([balance, results]),
                    _ => expected.extend([results]),
                }
                assert_eq!(names(breaches(&table3, &table4)), expected, "{row:?} c{}", column + 1);
                let carried = carried_in_breaches(&table3, whole.row(Row::CARRIED_IN));
                let expected = (row == Row::CARRIED_IN).then(|| format!("I4:c{}", column + 1));
                assert_eq!(names(carried), expected.into_iter().collect(), "{row:?}");
            }
        }
    }
}

#[test]
fn one_more_or_one_less_in_table_4_breaks_its_group_alone() {
    let (table3, whole) = kept();
    for group in RemedyGroup::ALL {
        for place in RemedyCell::ALL {
            let there = whole.cell(group, place).value().as_count().expect("a count");
            for count in [there + 1, there - 1] {
                let mut table4 = whole.clone();
                table4.set(group, place, Cell::count(count));
                let expected = BTreeSet::from([format!("I5:{}", group.word())]);
                assert_eq!(names(breaches(&table3, &table4)), expected, "{group:?} {place:?}");
            }
        }
    }
}

#[test]
fn what_is_no_count_is_named_and_counts_as_it_is_or_as_nothing() {
    let (whole, table4) = kept();
    let (row, column) = (Row::new(8).expect("a row"), 1);
    let there = whole.cell(row, column).value();
    for (text, counts_as, fails) in [
        (there.to_string(), there.to_string(), false),
        (format!("{there}.0"), there.to_string(), false),
        (format!("-{there}"), format!("-{there}"), true),
        (format!("{there}.5"), format!("{there}.5"), true),
        (format!("{there}件"), "0".to_owned(), true),
        ("—".to_owned(), "0".to_owned(), true),
        ("&nbsp;".to_owned(), "0".to_owned(), false),
        ("\u{3000}".to_owned(), "0".to_owned(), false),
        (String::new(), "0".to_owned(), false),
    ] {
        let mut table3 = whole.clone();
        table3.set(row, column, Cell::read(&text));
        assert_eq!(table3.cell(row, column).value().to_string(), counts_as, "{text:?}");
        let mut expected = BTreeSet::new();
        if counts_as != there.to_string() {
            expected.extend(["I2:c2".to_owned(), "I3:r08".to_owned()]);
        }
        if fails {
            expected.insert("I6:r08.c2".to_owned());
        }
        assert_eq!(names(breaches(&table3, &table4)), expected, "{text:?}");
    }
}

#[test]
fn a_request_stands_in_the_rows_of_each_year_it_lived_in() {
    let entry = |received: &str, closed: &str, result: &str| RegisterEntry {
        no: "甲".to_owned(),
        received: received.parse().expect("a day"),
        class: ApplicantClass::NaturalPerson,
        result: (!result.is_empty()).then(|| result.to_owned()),
        closed: closed.parse::<Date>().ok(),
        remedies: Vec::new(),
    };
    for (received, closed, result, rows) in [
        ("2025-01-01", "2025-01-01", "G1", "1 3"),
        ("2024-12-31", "2025-01-01", "P1", "2 4"),
        ("2024-12-31", "2024-12-31", "P1", ""),
        ("2025-12-31", "2025-12-31", "D8", "1 12"),
        ("2025-12-31", "2026-01-01", "D8", "1 25"),
        ("2025-12-31", "", "", "1 25"),
        ("2026-01-01", "2026-01-01", "D8", ""),
        ("2023-06-01", "2026-06-01", "U1b", "2 25"),
        ("2023-06-01", "2025-12-31", "U1b", "2 13"),
        ("2025-03-03", "2025-03-12", "O3", "1 23"),
        ("2025-03-03", "2025-03-12", "O1", "1 21"),
        ("2025-03-03", "2025-04-12", "O2", "1 22"),
        ("2025-03-03", "2025-03-31", "U1", "1"),
        ("2025-03-03", "2025-03-31", "", "1"),
        // open, though somebody noted already what it will be
        ("2025-03-03", "", "G1", "1 25"),
    ] {
        let entry = entry(received, closed, result);
        let found = entry.rows(ReportYear::new(2025)).into_iter();
        let found: Vec<String> = found.map(|row| row.number().to_string()).collect();
        assert_eq!(found.join(" "), rows, "{received} {closed} {result}");
        let derived = derive(&[entry], ReportYear::new(2025));
        let failed = names(breaches(&derived.table3, &derived.table4));
        let unplaced = rows == "1";
        assert_eq!(failed.contains("I1:c1") && failed.contains("I1:c7"), unplaced, "{failed:?}");
        assert_eq!(names(derived.unplaced).contains("I10:甲"), unplaced, "{received} {closed}");
    }
}

#[test]
fn a_remedy_counts_in_every_year_in_which_it_was_pending() {
    let remedy = |filed, concluded, result| RemedyEntry {
        kind: RemedyGroup::Review,
        filed,
        concluded,
        result,
    };
    let (first, last) = (day(2025, 1, 1), day(2025, 12, 31));
    let (before, after) = (day(2024, 12, 31), day(2026, 1, 1));
    for (filed, concluded, result, cell) in [
        (first, Some(last), Some(RemedyOutcome::Upheld), Some(RemedyCell::Upheld)),
        (before, Some(first), Some(RemedyOutcome::Corrected), Some(RemedyCell::Corrected)),
        (before, Some(before), Some(RemedyOutcome::Upheld), None),
        (last, Some(after), Some(RemedyOutcome::Upheld), Some(RemedyCell::Pending)),
        (before, None, None, Some(RemedyCell::Pending)),
        (after, None, None, None),
        (first, Some(last), Some(RemedyOutcome::Other), Some(RemedyCell::Other)),
    ] {
        let found = remedy(filed, concluded, result).cell(ReportYear::new(2025));
        assert_eq!(found, cell, "{filed} {concluded:?}");
    }
}
