//! 抽查 and 保管: which period a rule draws from, how much, by when findings are put right, and until when a
//! file is kept (docs/readings/080 to 082).

use law::{Date, WorkCalendar, day};
use records_rules::{
    Amount, CheckPeriod, Frequency, MustStay, Retention, Severity, may_be_destroyed,
    rectification_due, supply_due, transfer_due,
};

#[test]
fn a_rule_draws_from_the_period_it_was_set_in_then_from_the_next_each_when_it_is_over() {
    let period = |from, to| CheckPeriod { from, to };
    let november = period(day(2026, 11, 1), day(2026, 11, 30));
    let quarter = period(day(2026, 10, 1), day(2026, 12, 31));
    let set = day(2026, 11, 26);
    for (frequency, last, today, due) in [
        (Frequency::Monthly, None, day(2026, 11, 30), None),
        (Frequency::Monthly, None, day(2026, 12, 1), Some(november)),
        (Frequency::Monthly, Some(november), day(2026, 12, 31), None),
        (
            Frequency::Monthly,
            Some(november),
            day(2027, 3, 1),
            Some(period(day(2026, 12, 1), day(2026, 12, 31))),
        ),
        (Frequency::Quarterly, None, day(2026, 12, 31), None),
        (Frequency::Quarterly, None, day(2027, 1, 1), Some(quarter)),
        (
            Frequency::Yearly,
            None,
            day(2027, 1, 1),
            Some(period(day(2026, 1, 1), day(2026, 12, 31))),
        ),
        (Frequency::Once, None, day(2027, 1, 1), None),
    ] {
        assert_eq!(frequency.due(set, last, today), due, "{frequency:?} {last:?} {today}");
    }
}

#[test]
fn a_share_is_rounded_up_and_nothing_more_is_drawn_than_there_is() {
    for (amount, all, drawn) in [
        (Amount::Share(5), 0, 0),
        (Amount::Share(5), 1, 1),
        (Amount::Share(5), 40, 2),
        (Amount::Share(5), 41, 3),
        (Amount::Share(100), 9, 9),
        (Amount::Share(100), 9_000, 500),
        (Amount::Number(3), 9, 3),
        (Amount::Number(30), 9, 9),
    ] {
        assert_eq!(amount.of(all), drawn, "{amount:?} of {all}");
    }
    for bad in [Amount::Share(0), Amount::Share(101), Amount::Number(0), Amount::Number(501)] {
        assert!(bad.checked().is_err(), "{bad:?}");
    }
    assert!(CheckPeriod::past(day(2026, 11, 2), day(2026, 11, 1), day(2026, 11, 26)).is_err());
    assert!(CheckPeriod::past(day(2026, 11, 2), day(2026, 11, 27), day(2026, 11, 26)).is_err());
}

#[test]
fn the_gravest_finding_says_by_when_it_is_put_right() {
    let calendar = WorkCalendar::state_council();
    // Thursday; the first of January is a holiday.
    let found = day(2026, 11, 26);
    for (gravest, due) in [
        (None, None),
        (Some(Severity::Grave), Some(day(2026, 11, 27))),
        (Some(Severity::Notable), Some(day(2026, 12, 3))),
        (Some(Severity::Minor), Some(day(2026, 12, 10))),
    ] {
        let told = rectification_due(found, gravest, calendar).expect("a year we know");
        assert_eq!(told.map(|told| told.date), due, "{gravest:?}");
    }
    assert!(Severity::Grave > Severity::Notable && Severity::Notable > Severity::Minor);
}

#[test]
fn what_is_kept_for_a_time_is_kept_to_the_end_of_its_last_year() {
    let made = day(2015, 3, 1);
    for (retention, today, may) in [
        (None, day(2090, 1, 1), Err(MustStay::Undecided)),
        (Some(Retention::Permanent), day(2990, 1, 1), Err(MustStay::Permanent)),
        (Some(Retention::Ten), day(2025, 12, 31), Err(MustStay::Until(day(2025, 12, 31)))),
        (Some(Retention::Ten), day(2026, 1, 1), Ok(())),
        (Some(Retention::Thirty), day(2045, 12, 31), Err(MustStay::Until(day(2045, 12, 31)))),
        (Some(Retention::Thirty), day(2046, 1, 1), Ok(())),
    ] {
        assert_eq!(may_be_destroyed(made, retention, today), may, "{retention:?} {today}");
    }
    // What a list takes for over is over, for every day of the years around.
    for retention in [Retention::Ten, Retention::Thirty] {
        let today = day(2026, 11, 26);
        let last = retention.over_through(today).expect("it ends");
        for (year, may) in [(last, true), (last + 1, false)] {
            let made = Date::new(year, 12, 31).expect("a day");
            assert_eq!(may_be_destroyed(made, Some(retention), today).is_ok(), may, "{year}");
        }
    }
    assert_eq!(Retention::Permanent.over_through(day(2026, 11, 26)), None);
    assert!(Retention::Permanent.is_no_shorter(Retention::Thirty));
    assert!(!Retention::Ten.is_no_shorter(Retention::Thirty));
}

#[test]
fn copies_are_supplied_within_twenty_working_days_and_files_transferred_after_their_years() {
    let calendar = WorkCalendar::state_council();
    let due = supply_due(day(2020, 3, 2), calendar).expect("a year we know").expect("in force");
    assert_eq!(due.date, day(2020, 3, 30));
    assert!(supply_due(day(2019, 5, 14), calendar).expect("a year we know").is_none());
    let (made, today) = (day(2010, 3, 1), day(2026, 11, 26));
    for (retention, of_city, due) in [
        (Some(Retention::Permanent), true, Some(day(2030, 3, 1))),
        (Some(Retention::Thirty), false, Some(day(2020, 3, 1))),
        (Some(Retention::Ten), false, None),
        (None, false, None),
    ] {
        assert_eq!(transfer_due(made, retention, of_city, today), due, "{retention:?} {of_city}");
    }
}
