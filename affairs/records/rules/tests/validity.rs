//! 有效性: worked out from the days, on the day it is asked.

use law::{Date, day};
use records_rules::{Life, Repeal, Validity};

fn measure() -> Life {
    Life {
        in_force_from: Some(day(2024, 12, 1)),
        last_day: Some(day(2026, 12, 31)),
        ..Life::default()
    }
}

fn repealed(from: Date) -> Life {
    Life { repealed: Some(Repeal { from, by: None }), ..measure() }
}

#[test]
fn a_document_holds_from_its_first_day_through_its_last() {
    let amended = Life { amended_from: Some(day(2025, 3, 1)), ..measure() };
    let both = Life { partly_void_from: Some(day(2025, 6, 1)), ..amended.clone() };
    for (life, on, expected) in [
        (Life::default(), day(1999, 1, 1), Validity::InForce),
        (measure(), day(2024, 11, 30), Validity::NotYet),
        (measure(), day(2024, 12, 1), Validity::InForce),
        (measure(), day(2026, 12, 31), Validity::InForce),
        (measure(), day(2027, 1, 1), Validity::Lapsed),
        (repealed(day(2026, 6, 30)), day(2026, 6, 29), Validity::InForce),
        (repealed(day(2026, 6, 30)), day(2026, 6, 30), Validity::Repealed),
        (repealed(day(2026, 6, 30)), day(2028, 1, 1), Validity::Repealed),
        (repealed(day(2024, 11, 1)), day(2024, 11, 15), Validity::Repealed),
        (amended.clone(), day(2025, 2, 28), Validity::InForce),
        (amended.clone(), day(2025, 3, 1), Validity::Amended),
        (both.clone(), day(2025, 6, 1), Validity::PartlyVoid),
        (both, day(2027, 1, 1), Validity::Lapsed),
    ] {
        assert_eq!(life.validity_on(on), expected, "{life:?} on {on}");
    }
}

#[test]
fn a_lapse_is_announced_six_months_ahead_while_the_document_still_holds() {
    for (life, on, expected) in [
        (measure(), day(2026, 6, 29), None),
        (measure(), day(2026, 6, 30), Some(day(2026, 12, 31))),
        (measure(), day(2026, 12, 31), Some(day(2026, 12, 31))),
        (measure(), day(2027, 1, 1), None),
        (repealed(day(2026, 8, 1)), day(2026, 8, 1), None),
        (Life::default(), day(2026, 12, 1), None),
    ] {
        assert_eq!(life.lapses_soon(on), expected, "{life:?} on {on}");
    }
}

#[test]
fn the_words_are_those_of_the_page() {
    let words: Vec<_> = Validity::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(words, ["有效", "失效", "废止", "已修改", "部分失效", "尚未生效"]);
    let holding: Vec<_> = Validity::ALL.iter().filter(|validity| validity.holds()).collect();
    assert_eq!(holding, [&Validity::InForce, &Validity::Amended, &Validity::PartlyVoid]);
}
