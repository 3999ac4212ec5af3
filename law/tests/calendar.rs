//! The calendar against tables worked out by hand and by others.

use law::{Arrangement, CalendarGap, Date, DayKind, Known, WorkCalendar, WorkingDays, day};

/// Monday to Friday off, 2019 to 2026, as two independent data sets have them.
const WEEKDAYS_OFF: &str = "\
2019 0101 0204-0208 0405 0501-0503 0607 0913 1001-1004 1007
2020 0101 0124 0127-0131 0406 0501 0504 0505 0625 0626 1001 1002 1005-1008
2021 0101 0211 0212 0215-0217 0405 0503-0505 0614 0920 0921 1001 1004-1007
2022 0103 0131 0201-0204 0404 0405 0502-0504 0603 0912 1003-1007
2023 0102 0123-0127 0405 0501-0503 0622 0623 0929 1002-1006
2024 0101 0212-0216 0404 0405 0501-0503 0610 0916 0917 1001-1004 1007
2025 0101 0128-0131 0203 0204 0404 0501 0502 0505 0602 1001-1003 1006-1008
2026 0101 0102 0216-0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005-1007";

/// Saturdays and Sundays worked, 2019 to 2026.
const WEEKENDS_WORKED: &str = "\
2019 0202 0203 0428 0505 0929 1012
2020 0119 0426 0509 0628 0927 1010
2021 0207 0220 0425 0508 0918 0926 1009
2022 0129 0130 0402 0424 0507 1008 1009
2023 0128 0129 0423 0506 0625 1007 1008
2024 0204 0218 0407 0428 0511 0914 0929 1012
2025 0126 0208 0427 0928 1011
2026 0104 0214 0228 0509 0920 1010";

#[test]
fn the_days_off_and_the_weekends_worked_are_those_of_the_notices() {
    let calendar = WorkCalendar::state_council();
    for (off, worked) in WEEKDAYS_OFF.lines().zip(WEEKENDS_WORKED.lines()) {
        let (off, worked) = (dates(off), dates(worked));
        for date in days_of(off[0].year()) {
            let weekend = date.weekday().to_monday_zero_offset() >= 5;
            let expected = if weekend { worked.contains(&date) } else { !off.contains(&date) };
            let known = Known { value: expected, provisional: false };
            assert_eq!(calendar.is_working_day(date), Ok(known), "{date}");
        }
    }
}

#[test]
fn each_year_has_as_many_working_days_as_are_known_for_it() {
    let calendar = WorkCalendar::state_council();
    for (year, days) in [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ] {
        let before = day(year - 1, 12, 31);
        let known = calendar.working_days_between(before, day(year, 12, 31)).expect("in reach");
        assert_eq!(known, Known { value: WorkingDays(days), provisional: false }, "{year}");
    }
}

#[test]
fn the_due_days_are_those_of_the_table() {
    let calendar = WorkCalendar::state_council();
    let rows = include_str!("due_days.md").lines().filter(|line| line.starts_with("| 20"));
    let mut seen = 0;
    for row in rows {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let from = cells[1].parse().expect("a date");
        let days = WorkingDays(cells[2].parse().expect("a number"));
        let counted = calendar.nth_working_day_after(from, days).expect("in reach");
        assert_eq!(counted.date.to_string(), cells[3], "{row}");
        assert_eq!(counted.provisional, cells[4] == "暂定", "{row}");
        seen += 1;
    }
    assert_eq!(seen, 22);
}

#[test]
fn a_day_is_explained_by_its_weekend_its_holiday_or_the_holiday_it_is_worked_for() {
    let calendar = WorkCalendar::state_council();
    for (date, kind) in [
        (day(2026, 9, 18), DayKind::Working),
        (day(2026, 9, 19), DayKind::Weekend),
        (day(2026, 9, 20), DayKind::MakeUp("国庆节")),
        (day(2026, 9, 25), DayKind::Holiday("中秋节")),
        (day(2026, 10, 3), DayKind::Holiday("国庆节")),
        (day(2018, 12, 29), DayKind::MakeUp("元旦")),
        (day(2027, 2, 10), DayKind::Holiday("春节")),
        (day(2028, 10, 3), DayKind::Holiday("国庆节、中秋节")),
    ] {
        assert_eq!(calendar.day(date), Ok(kind), "{date}");
    }
}

#[test]
fn a_count_tells_what_it_passed_over_and_which_weekend_days_it_counted() {
    let calendar = WorkCalendar::state_council();
    let count = calendar.explain(day(2026, 9, 18), day(2026, 10, 22)).expect("in reach");
    assert_eq!(count.days, WorkingDays(20));
    assert!(!count.is_provisional());
    let skipped = count.skipped.iter().map(|stretch| {
        format!("{} {} {} {}", stretch.from, stretch.through, stretch.days(), stretch.why)
    });
    let skipped: Vec<_> = skipped.collect();
    assert_eq!(
        skipped,
        [
            "2026-09-19 2026-09-19 1 周末",
            "2026-09-25 2026-09-27 3 中秋节",
            "2026-10-01 2026-10-07 7 国庆节",
            "2026-10-11 2026-10-11 1 周末",
            "2026-10-17 2026-10-18 2 周末",
        ]
    );
    let made_up: Vec<_> =
        count.made_up.iter().map(|day| (day.date, day.holiday.as_str())).collect();
    assert_eq!(made_up, [(day(2026, 9, 20), "国庆节"), (day(2026, 10, 10), "国庆节")]);
}

#[test]
fn a_count_names_the_notices_it_rests_on() {
    let calendar = WorkCalendar::state_council();
    for (after, through, documents) in [
        (day(2026, 9, 18), day(2026, 10, 22), &["国办发明电〔2025〕7号"][..]),
        // the Saturday before New Year is worked by the next year's notice
        (
            day(2018, 12, 28),
            day(2018, 12, 29),
            &["国办发明电〔2017〕12号", "国办发明电〔2018〕15号", "国办发明电〔2019〕3号"],
        ),
        (day(2018, 12, 27), day(2018, 12, 28), &["国办发明电〔2017〕12号"]),
        (day(2026, 12, 30), day(2027, 1, 4), &["国办发明电〔2025〕7号"]),
        (day(2026, 12, 31), day(2027, 1, 4), &[]),
        (day(2006, 3, 1), day(2006, 4, 3), &[]),
    ] {
        let count = calendar.explain(after, through).expect("in reach");
        assert_eq!(count.documents, documents, "{after} {through}");
    }
}

#[test]
fn neighbouring_stretches_of_different_reasons_are_one_range_of_days_off() {
    let calendar = WorkCalendar::state_council();
    let count = calendar.explain(day(2019, 6, 5), day(2019, 6, 10)).expect("in reach");
    assert_eq!(count.skipped.len(), 2); // 端午节, then the weekend
    assert_eq!(count.skipped_ranges(), [(day(2019, 6, 7), day(2019, 6, 9))]);
}

#[test]
fn a_day_before_2004_has_no_calendar() {
    let calendar = WorkCalendar::state_council();
    let gap = calendar.is_working_day(day(2003, 12, 31)).expect_err("before the first");
    assert_eq!(gap.to_string(), "2003-12-31 没有工作日历: 所知最早的放假安排是 2004 年的");
    // the day of receipt is not counted, so it may lie one day before
    let counted = calendar.nth_working_day_after(day(2003, 12, 31), WorkingDays(1));
    assert_eq!(counted.map(|counted| counted.date), Ok(day(2004, 1, 2)));
    assert!(calendar.nth_working_day_after(day(2003, 12, 30), WorkingDays(1)).is_err());
    assert!(calendar.explain(day(2003, 12, 30), day(2004, 1, 5)).is_err());
}

#[test]
fn counting_never_runs_past_the_last_year_that_can_be_estimated() {
    let calendar = WorkCalendar::state_council();
    let gap = Err(CalendarGap::AfterLast { last_year: 2099 });
    for (from, days) in [(day(2026, 1, 1), u32::MAX), (day(2099, 12, 31), 1), (Date::MAX, 1)] {
        let counted = calendar.nth_working_day_after(from, WorkingDays(days));
        assert_eq!(counted.map(|counted| counted.date), gap, "{from} {days}");
    }
    assert!(calendar.working_days_between(day(2026, 1, 1), Date::MAX).is_err());
    assert!(calendar.working_days_between(Date::MIN, day(2026, 1, 1)).is_err());
    assert!(calendar.is_working_day(day(2099, 12, 31)).is_ok());
}

#[test]
fn an_answer_is_provisional_as_soon_as_it_reaches_a_year_without_a_notice() {
    let calendar = WorkCalendar::state_council();
    for (after, through, provisional) in [
        (day(2026, 1, 1), day(2026, 12, 31), false),
        (day(2026, 12, 30), day(2027, 1, 1), true),
        (day(2027, 3, 1), day(2027, 3, 1), true),
        (day(2026, 12, 31), day(2026, 12, 31), false),
        (day(2027, 3, 1), day(2026, 12, 31), false),
    ] {
        let known = calendar.working_days_between(after, through).expect("in reach");
        assert_eq!(known.provisional, provisional, "{after} {through}");
    }
}

#[test]
fn an_imported_notice_settles_its_year_and_the_december_before_it() {
    let notice = "年 2027\n文号 国办发明电〔2026〕9号\n元旦 休 2026-12-31..01-01 班 2026-12-27\n\
        春节 休 02-05..02-11 班 02-20\n清明节 休 04-05\n劳动节 休 05-01..05-05\n端午节 休 06-09\n\
        中秋节 休 09-15\n国庆节 休 10-01..10-07\n";
    let notice = Arrangement::parse(notice).expect("a whole notice");
    let calendar = WorkCalendar::state_council().clone().with(notice);
    for (date, working) in [
        (day(2026, 12, 27), true),
        (day(2026, 12, 31), false),
        (day(2027, 2, 11), false),
        (day(2027, 2, 20), true),
        (day(2027, 10, 7), false),
        (day(2026, 10, 10), true), // its own year's notice still holds
    ] {
        let known = Known { value: working, provisional: false };
        assert_eq!(calendar.is_working_day(date), Ok(known), "{date}");
    }
    let arrangement = calendar.arrangement(2027).expect("in reach");
    assert_eq!(arrangement.documents(), ["国办发明电〔2026〕9号"]);
    assert!(calendar.is_working_day(day(2028, 1, 3)).expect("in reach").provisional);
}

#[test]
fn where_two_notices_speak_of_one_december_day_the_later_prevails() {
    let whole = |year: i16, new_year: &str| {
        let estimated = WorkCalendar::state_council().arrangement(year).expect("in reach");
        let written = estimated.to_string();
        let written = written.replace("\n元旦 休 ", &format!("\n元旦前后 {new_year}\n元旦 休 "));
        Arrangement::parse(&written).expect("a whole notice")
    };
    let earlier = whole(2027, "班 12-26");
    let later = whole(2028, "休 2027-12-26");
    let calendar = WorkCalendar::state_council().clone().with(earlier.clone());
    assert_eq!(calendar.day(day(2027, 12, 26)), Ok(DayKind::MakeUp("元旦前后")));
    for calendar in [
        calendar.with(later.clone()),
        WorkCalendar::state_council().clone().with(later).with(earlier),
    ] {
        assert_eq!(calendar.day(day(2027, 12, 26)), Ok(DayKind::Holiday("元旦前后")));
    }
}

#[test]
fn a_settled_day_reached_through_a_provisional_year_is_provisional() {
    let estimated = WorkCalendar::state_council().arrangement(2028).expect("in reach");
    let notice = Arrangement::parse(&estimated.to_string()).expect("what was printed");
    let calendar = WorkCalendar::state_council().clone().with(notice);
    for (from, provisional) in [(day(2027, 12, 30), true), (day(2027, 12, 31), false)] {
        let counted = calendar.nth_working_day_after(from, WorkingDays(5)).expect("in reach");
        assert_eq!(counted.date.year(), 2028);
        assert_eq!(counted.provisional, provisional, "{from}");
    }
}

/// `2026 0101 0216-0220` as days.
fn dates(line: &str) -> Vec<Date> {
    let (year, days) = line.split_once(' ').expect("a year and its days");
    let date = |written: &str| {
        let (month, day) = written.split_at(2);
        format!("{year}-{month}-{day}").parse::<Date>().expect("a date")
    };
    let ranges = days.split(' ').map(|range| range.split_once('-').unwrap_or((range, range)));
    let days = ranges.flat_map(|(from, through)| {
        let days = std::iter::successors(Some(date(from)), |date| date.tomorrow().ok());
        let through = date(through);
        days.take_while(move |date| *date <= through)
    });
    days.collect()
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let days = std::iter::successors(Some(day(year, 1, 1)), |date| date.tomorrow().ok());
    days.take_while(move |date| date.year() == year)
}
