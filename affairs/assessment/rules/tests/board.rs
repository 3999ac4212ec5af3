//! Which case belongs to which period and what it counts as, as a table; and the numbers made of them.

use assessment_rules::{
    BadPeriod, Case, CaseKind, Changed, FEWEST, Figures, Next, Outcome, Period, Rate, Shelf,
    Spread, Standing, Until,
};
use law::{Date, WorkCalendar, day};
use proptest::prelude::*;

const TABLE: &str = include_str!("board.md");

fn some_day(cell: &str) -> Option<Date> {
    (cell != "—").then(|| cell.parse().expect("a day"))
}

fn case(kind: CaseKind, last: Option<Date>, done: Option<Date>) -> Case {
    Case {
        kind,
        organ: "A".into(),
        division: "350200000000".into(),
        domain: "jiuye".into(),
        arose: Some(day(2026, 8, 1)),
        last,
        done,
        days: None,
        within: false,
        extended: false,
        stated: false,
        left_out: None,
    }
}

fn period(key: &str) -> Period {
    Period::parse(key).expect("a period")
}

#[test]
fn every_row_of_the_table_is_counted_as_it_says() {
    let rows = TABLE.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut told = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [what, last, done, reason, counted, today, expected] = cells.as_slice() else {
            panic!("{row}")
        };
        let one = Case {
            left_out: (*reason != "—").then(|| (*reason).to_owned()),
            ..case(CaseKind::Publication, some_day(last), some_day(done))
        };
        let period = period(counted);
        let until = period.until(some_day(today).expect("today"));
        let found = one.outcome(period, until).map_or("—", Outcome::name);
        assert_eq!(found, *expected, "{what}");
        told += 1;
    }
    assert_eq!(told, 18, "rows of the table");
}

#[test]
fn a_period_is_read_named_and_bounded() {
    for (key, name, first, last, before) in [
        ("2026-Q1", "2026年第一季度", day(2026, 1, 1), day(2026, 3, 31), "2025-Q4"),
        ("2026-Q4", "2026年第四季度", day(2026, 10, 1), day(2026, 12, 31), "2026-Q3"),
        ("2024", "2024年全年", day(2024, 1, 1), day(2024, 12, 31), "2023"),
    ] {
        let read = period(key);
        assert_eq!((read.key().as_str(), read.name().as_str()), (key, name));
        assert_eq!(
            (read.first(), read.last(), read.before().key().as_str()),
            (first, last, before)
        );
        assert!(read.contains(first) && read.contains(last));
    }
    for bad in ["", "2026-Q5", "2026-Q0", "26", "2026-3", "2026-Q", "二〇二六", "0000"] {
        assert_eq!(Period::parse(bad), Err(BadPeriod), "{bad}");
    }
    assert_eq!(Period::quarter_of(day(2026, 11, 26)).key(), "2026-Q4");
}

#[test]
fn the_numbers_of_a_quarter_are_fixed_five_working_days_after_it() {
    let calendar = WorkCalendar::state_council();
    for (key, fixed) in [
        ("2026-Q1", day(2026, 4, 8)),
        // 国庆 begins the next day: the fifth working day comes after it.
        ("2025-Q3", day(2025, 10, 14)),
    ] {
        assert_eq!(period(key).settled_on(calendar), Ok(fixed), "{key}");
    }
}

#[test]
fn a_rate_is_made_of_five_and_more_and_only_all_of_it_is_whole() {
    for (rate, words) in [
        (Rate::of(0, 0), "—"),
        (Rate::of(3, 4), "3/4"),
        (Rate::of(5, 5), "100.0%"),
        (Rate::of(1999, 2000), "99.9%"),
        (Rate::of(0, 5), "0.0%"),
        (Rate::of(1, 3).and(Rate::of(1, 3)), "33.3%"),
    ] {
        assert_eq!(rate.words(), words, "{rate:?}");
    }
    let met = [Rate::of(9, 10), Rate::of(89, 100), Rate::of(4, 4)].map(Rate::qualifies);
    assert_eq!(met, [Some(true), Some(false), None]);
    assert_eq!(FEWEST.versions().last().map(|(_, enacted)| enacted.value), Some(5));
}

#[test]
fn the_middle_one_and_the_ninth_of_ten() {
    for (days, median, ninth) in [
        (vec![7], "7", 7),
        (vec![4, 9], "6.5", 9),
        (vec![9, 1, 5], "5", 9),
        (vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 40], "5.5", 9),
        (vec![0, 0, 20], "0", 20),
    ] {
        let spread = Spread::of(&days).expect("some");
        assert_eq!((spread.median_words().as_str(), spread.ninth), (median, ninth), "{days:?}");
    }
    assert_eq!(Spread::of(&[]), None);
}

#[test]
fn how_long_few_answers_took_is_not_told_and_an_overdue_one_is() {
    let (period, until) = (period("2026-Q3"), period("2026-Q3").until(day(2026, 10, 20)));
    let answered = |days: u32| Case {
        days: Some(days),
        within: days <= 20,
        ..case(CaseKind::Answer, Some(day(2026, 9, 1)), Some(day(2026, 8, 20)))
    };
    let overdue = case(CaseKind::Answer, Some(day(2026, 9, 1)), None);
    let of = |number: u32| {
        let cases: Vec<Case> = (0..number).map(|at| answered(10 + at * 4)).collect();
        Figures::of(cases.iter().chain([&overdue]), [], (period, until)).answers
    };
    let few = of(4);
    assert_eq!((few.answered, few.overdue, few.spread), (4, 1, None));
    assert_eq!((few.within, few.extended, few.rate()), (None, None, None));
    let enough = of(5);
    assert_eq!(enough.spread.map(Spread::median_words).as_deref(), Some("18"));
    assert_eq!(enough.rate().map(Rate::words).as_deref(), Some("60.0%"));
}

#[test]
fn an_answer_counts_when_it_was_given_and_its_lateness_when_it_was_due() {
    let late = case(CaseKind::Answer, Some(day(2026, 9, 28)), Some(day(2026, 10, 9)));
    let of = |key: &str| {
        let period = period(key);
        Figures::of([&late], [], (period, period.until(day(2027, 1, 20)))).answers
    };
    assert_eq!((of("2026-Q3").answered, of("2026-Q3").overdue), (0, 1));
    assert_eq!((of("2026-Q4").answered, of("2026-Q4").overdue), (1, 0));
    assert_eq!((of("2026").answered, of("2026").overdue), (1, 1));
}

#[test]
fn a_row_counts_as_covered_once_anything_is_there_and_as_current_while_the_last_due_is() {
    let shelf = |due: Option<Date>, published: Option<Date>, is_current| Shelf {
        organ: "A".into(),
        division: "350200000000".into(),
        domain: "jiuye".into(),
        due_since: due,
        published_since: published,
        is_current,
    };
    let some = Some(day(2026, 8, 1));
    let shelves = [
        shelf(some, some, true),
        shelf(some, some, false),
        shelf(some, None, false),
        // published, and nothing says by when
        shelf(None, some, false),
        // nothing has come due
        shelf(None, None, false),
    ];
    let told = Figures::of([], &shelves, (period("2026-Q3"), UNTIL)).shelves;
    assert_eq!((told.covered, told.current), (Rate::of(3, 4), Rate::of(1, 3)));
}

const UNTIL: Until = Until { known: day(2026, 9, 30), over: day(2026, 9, 30) };

#[test]
fn a_correction_names_only_what_has_changed() {
    let cases = |last_late: bool| {
        let done = if last_late { day(2026, 8, 21) } else { day(2026, 8, 20) };
        let one = |done| case(CaseKind::Publication, Some(day(2026, 8, 20)), Some(done));
        let mut cases = vec![one(day(2026, 8, 3)); 9];
        cases.push(one(done));
        Figures::of(&cases, [], (period("2026-Q3"), UNTIL))
    };
    let changed = Changed::between(&cases(false), &cases(true));
    let words: Vec<String> = changed.iter().map(Changed::words).collect();
    assert_eq!(words, ["按时率由 100.0% 改为 90.0%", "迟公开由 0 改为 1"]);
    assert!(Changed::between(&cases(true), &cases(true)).is_empty());
}

#[test]
fn what_is_fixed_is_never_replaced() {
    let standing = |is_fixed| Some(Standing { is_fixed, known: day(2026, 9, 30) });
    let (before, now) = (day(2026, 9, 30), day(2026, 10, 1));
    for (kept, known, may_be_fixed, is_same, next) in [
        (None, now, false, false, Next::Replace),
        (None, now, true, false, Next::Fix),
        (standing(false), before, false, true, Next::Same),
        (standing(false), now, false, true, Next::Replace),
        (standing(false), before, false, false, Next::Replace),
        (standing(false), before, true, true, Next::Fix),
        (standing(true), before, true, true, Next::Same),
        (standing(true), before, true, false, Next::Correct),
        (standing(true), before, false, false, Next::Correct),
    ] {
        let found = Next::of(kept, known, may_be_fixed, is_same);
        assert_eq!(found, next, "{kept:?} {known} {may_be_fixed} {is_same}");
    }
}

prop_compose! {
    fn any_day()(ordinal in 0..1100_i32) -> Date {
        day(2025, 1, 1).checked_add(jiff::Span::new().days(ordinal)).expect("in reach")
    }
}

proptest! {
    #[test]
    fn a_case_belongs_to_one_quarter_at_most_and_the_quarters_make_the_year(
        last in any_day(), done in proptest::option::of(any_day()), today in any_day()
    ) {
        let one = case(CaseKind::Publication, Some(last), done);
        let quarters: Vec<Period> =
            (2025..=2028).flat_map(|year| (1..=4).filter_map(move |q| Period::quarter(year, q))).collect();
        let counted = quarters.iter().filter(|p| one.outcome(**p, p.until(today)).is_some()).count();
        prop_assert!(counted <= 1);
        // An early quarter may tell as overdue what its year, counted later, tells as late; nothing is lost.
        if one.outcome(Period::quarter_of(last), Period::quarter_of(last).until(today)).is_some() {
            let year = Period::year_of(last);
            prop_assert!(one.outcome(year, year.until(today)).is_some());
        }
    }

    #[test]
    fn the_ninth_of_ten_is_one_of_them_and_not_below_the_median(
        days in proptest::collection::vec(0..400_u32, 1..60)
    ) {
        let spread = Spread::of(&days).expect("some");
        prop_assert!(days.contains(&spread.ninth));
        prop_assert!(spread.ninth * 10 >= spread.median);
    }

    #[test]
    fn counting_again_on_a_later_day_changes_nothing_of_a_period_that_is_over(
        last in any_day(), done in proptest::option::of(any_day()), later in 1..400_i32
    ) {
        let one = case(CaseKind::Publication, Some(last), done);
        let period = Period::quarter_of(last);
        let over = period.last().tomorrow().expect("in reach");
        let after = over.checked_add(jiff::Span::new().days(later)).expect("in reach");
        prop_assert_eq!(one.outcome(period, period.until(over)), one.outcome(period, period.until(after)));
    }
}
