//! What holds of any day and any number of days.

use law::{Arrangement, CalendarDays, Date, DayKind, WorkCalendar, WorkingDays, day};
use proptest::prelude::*;

/// Any day the calendar reaches, with room after it.
fn day_in_reach() -> impl Strategy<Value = Date> {
    (0_i32..30_000).prop_map(|later| {
        day(2004, 1, 1).checked_add(jiff::Span::new().days(later)).expect("before 2087")
    })
}

/// Any day at all.
fn any_day() -> impl Strategy<Value = Date> {
    (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| law::day(year, month, day))
}

proptest! {
    #[test]
    fn the_nth_working_day_is_one_and_n_lie_between(from in day_in_reach(), n in 1_u32..400) {
        let calendar = WorkCalendar::state_council();
        let counted = calendar.nth_working_day_after(from, WorkingDays(n)).expect("in reach");
        prop_assert!(calendar.is_working_day(counted.date).expect("in reach").value);
        let between = calendar.working_days_between(from, counted.date).expect("in reach");
        prop_assert_eq!(between.value, WorkingDays(n));
        prop_assert_eq!(between.provisional, counted.provisional);
        prop_assert_eq!(counted.provisional, counted.date.year() > 2026);
    }

    #[test]
    fn twenty_and_then_twenty_more_are_forty(from in day_in_reach()) {
        let calendar = WorkCalendar::state_council();
        let nth = |from, n| calendar.nth_working_day_after(from, WorkingDays(n)).expect("in reach").date;
        prop_assert_eq!(nth(nth(from, 20), 20), nth(from, 40));
    }

    #[test]
    fn an_explanation_accounts_for_every_day(after in day_in_reach(), later in 0_i32..800) {
        let calendar = WorkCalendar::state_council();
        let through = after.checked_add(jiff::Span::new().days(later)).expect("before 2090");
        let count = calendar.explain(after, through).expect("in reach");
        let between = calendar.working_days_between(after, through).expect("in reach");
        prop_assert_eq!(count.days, between.value);
        prop_assert_eq!(count.is_provisional(), between.provisional);
        let skipped: u32 = count.skipped.iter().map(law::Stretch::days).sum();
        prop_assert_eq!(skipped + count.days.0, later.unsigned_abs());
        for made_up in &count.made_up {
            prop_assert_eq!(calendar.day(made_up.date), Ok(DayKind::MakeUp(&made_up.holiday)));
        }
        let ranges = count.skipped_ranges();
        let apart = |pair: &[(Date, Date)]| pair[0].1.tomorrow().is_ok_and(|next| next < pair[1].0);
        prop_assert!(ranges.windows(2).all(apart));
    }

    #[test]
    fn no_day_and_no_number_makes_it_panic(
        from in any_day(), through in any_day(), n in any::<u32>(),
    ) {
        let calendar = WorkCalendar::state_council();
        let in_reach = (2004..=2099).contains(&from.year());
        prop_assert_eq!(calendar.is_working_day(from).is_ok(), in_reach);
        let _ = calendar.nth_working_day_after(from, WorkingDays(n));
        let _ = calendar.working_days_between(from, through);
        let _ = calendar.explain(from, through);
        let _ = CalendarDays(n).after(from);
    }

    #[test]
    fn no_text_makes_reading_panic(file in "(年 20[0-9]{2}\n)?([休班年{}\":,.至 0-9-]|元旦|文号|\n){0,60}") {
        let _ = Arrangement::parse(&file);
    }
}
