//! What is read of an order of the hotline, from tables.

use law::day;
use suggestions_rules::{
    OrderTerm, SuggestionKind, called_at, is_order_number, kind_of_order, order_kinds,
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
