//! What is read of an order of the hotline, from tables.

use law::{WorkCalendar, day};
use suggestions_rules::{
    BadDispatch, OrderTerm, SuggestionKind, called_at, credential_end, dispatched_on,
    is_order_number, kind_of_order, latest_credential_end, order_counts_from, order_kinds,
    taken_in_late,
};

#[test]
fn the_words_of_hotlines_are_kinds_of_letters() {
    for (word, kind) in [
        ("咨询", Some(SuggestionKind::Inquiry)),
        (" 求助 ", Some(SuggestionKind::Inquiry)),
        ("投诉", Some(SuggestionKind::Complaint)),
        ("投诉举报", Some(SuggestionKind::Complaint)),
        ("建议", Some(SuggestionKind::Proposal)),
        ("意见建议", Some(SuggestionKind::Proposal)),
        ("表扬", Some(SuggestionKind::Proposal)),
        ("举报", Some(SuggestionKind::Report)),
        ("其他", None),
        ("", None),
    ] {
        assert_eq!(kind_of_order(word), kind, "{word}");
    }
    assert!(order_kinds().all(|word| kind_of_order(word).is_some()));
}

#[test]
fn a_call_is_timed_however_it_is_written() {
    for (text, read) in [
        ("2026-11-02 09:30", Some("2026-11-02T09:30:00")),
        ("2026/11/2 9:30:05", Some("2026-11-02T09:30:05")),
        ("2026-11-02T09:30:00", Some("2026-11-02T09:30:00")),
        ("2026年11月2日9时30分", Some("2026-11-02T09:30:00")),
        ("2026.11.2", Some("2026-11-02T00:00:00")),
        ("2000-01-01 00:00", Some("2000-01-01T00:00:00")),
        ("26/11/2 09:30", None),
        ("1999-12-31 09:30", None),
        ("2026-02-30 09:30", None),
        ("2026-11-02 25:00", None),
        ("2026-11-02 09", None),
        ("20261102", None),
        ("45963.4", None),
        ("昨天上午", None),
        ("", None),
    ] {
        assert_eq!(called_at(text).map(|at| at.to_string()).as_deref(), read, "{text}");
    }
}

#[test]
fn a_number_of_an_order_has_no_blanks_and_no_formula() {
    for (text, is_one) in [
        ("XM20261102000123", true),
        ("厦热〔2026〕123号", true),
        ("350200-2026/11-7", true),
        ("", false),
        ("12 34", false),
        ("=1+1", false),
        ("---", false),
        ("7\n8", false),
    ] {
        assert_eq!(is_order_number(text), is_one, "{text}");
    }
    assert!(!is_order_number(&"1".repeat(61)));
}

#[test]
fn an_order_is_overdue_once_its_last_day_is_over_without_an_answer() {
    let due = day(2026, 11, 11);
    for (done, today, overdue) in [
        (None, day(2026, 11, 11), false),
        (None, day(2026, 11, 12), true),
        (Some(day(2026, 11, 11)), day(2026, 12, 1), false),
        (Some(day(2026, 11, 12)), day(2026, 12, 1), true),
    ] {
        assert_eq!(OrderTerm { due, done }.is_overdue(today), overdue, "{done:?} {today}");
    }
}

#[test]
fn an_order_counts_from_the_day_it_was_given_out_where_that_can_be_right() {
    let today = day(2026, 11, 16);
    let called = called_at("2026-11-02 09:30").expect("a moment");
    for (text, read) in [
        ("2026-11-02", Ok(day(2026, 11, 2))),
        ("2026-11-02 09:31", Ok(day(2026, 11, 2))),
        ("2026-11-16 23:59", Ok(day(2026, 11, 16))),
        ("2026-11-17 00:00", Err(BadDispatch::Future)),
        ("2026-11-01 23:59", Err(BadDispatch::BeforeCall)),
    ] {
        let at = called_at(text).expect("a moment");
        assert_eq!(dispatched_on(at, called, today), read, "{text}");
    }
    let long_ago = called_at("2025-11-15 10:00").expect("a moment");
    assert_eq!(dispatched_on(long_ago, long_ago, today), Err(BadDispatch::LongAgo));
    let a_year = called_at("2025-11-16 10:00").expect("a moment");
    assert_eq!(dispatched_on(a_year, a_year, today), Ok(day(2025, 11, 16)));
    assert_eq!(order_counts_from(Some(day(2026, 11, 2)), today), day(2026, 11, 2));
    assert_eq!(order_counts_from(None, today), today);
}

#[test]
fn whoever_takes_an_order_in_on_the_fourth_working_day_is_told() {
    let calendar = WorkCalendar::state_council();
    // Monday the 2nd; the 5th is the third working day after it.
    let late = |received| {
        let days = taken_in_late(day(2026, 11, 2), received, calendar).expect("days");
        days.map(|days| days.0)
    };
    assert_eq!(late(day(2026, 11, 5)), None);
    assert_eq!(late(day(2026, 11, 6)), Some(4));
    assert_eq!(late(day(2026, 11, 8)), Some(4), "a weekend adds nothing");
}

#[test]
fn a_credential_holds_a_year_and_never_longer_than_two() {
    let from = day(2026, 11, 2);
    assert_eq!(credential_end(from, None), Some(day(2027, 11, 2)));
    assert_eq!(latest_credential_end(from), day(2028, 11, 2));
    for (wanted, end) in [
        (day(2026, 11, 1), None),
        (day(2026, 11, 2), Some(day(2026, 11, 2))),
        (day(2028, 11, 2), Some(day(2028, 11, 2))),
        (day(2028, 11, 3), None),
    ] {
        assert_eq!(credential_end(from, Some(wanted)), end, "{wanted}");
    }
}
