//! 条例第二十六条: twenty working days from the day the information came to be.

use jiff::Timestamp;
use law::{Date, WorkCalendar, WorkingDays, day};
use records_rules::{
    MadeOn, Origin, OriginalPublication, PublicationDates, PublicationDue, PublishedAt, Standing,
    Timeliness,
};

fn due(made: Date) -> PublicationDue {
    PublicationDue::of(MadeOn(made), WorkCalendar::state_council()).expect("a due day")
}

#[test]
fn the_last_day_is_the_twentieth_working_day_after_the_making() {
    for (made, last, provisional) in [
        (day(2020, 7, 7), day(2020, 8, 4), false),
        (day(2025, 9, 25), day(2025, 10, 29), false), // National Day and its worked weekends
        (day(2026, 9, 18), day(2026, 10, 22), false),
        (day(2026, 12, 18), day(2027, 1, 18), true), // 2027 has no arrangement yet
    ] {
        let due = due(made).due();
        assert_eq!((due.date, due.provisional), (last, provisional), "made on {made}");
    }
}

#[test]
fn the_period_names_the_article_in_force_when_the_document_was_made() {
    for (made, basis) in [
        (day(2019, 5, 14), "《政府信息公开条例（2007年）》第十八条"),
        (day(2019, 5, 15), "《政府信息公开条例》第二十六条"),
    ] {
        assert_eq!(due(made).period().basis.to_string(), basis);
    }
    let before = PublicationDue::of(MadeOn(day(2008, 4, 30)), WorkCalendar::state_council());
    assert!(before.is_err(), "no Regulation, no period");
}

#[test]
fn lateness_is_told_in_working_days() {
    let due = due(day(2020, 7, 7));
    let calendar = WorkCalendar::state_council();
    for (published, expected) in [
        (day(2020, 7, 7), Timeliness::InTime),
        (day(2020, 8, 4), Timeliness::InTime),
        (day(2020, 8, 5), Timeliness::Late(WorkingDays(1))),
        (day(2020, 8, 10), Timeliness::Late(WorkingDays(4))),
    ] {
        assert_eq!(due.timeliness(published, calendar), Ok(expected), "{published}");
    }
    for (today, expected) in [
        (day(2020, 7, 7), Standing::Open(WorkingDays(20))),
        (day(2020, 8, 4), Standing::Open(WorkingDays(0))),
        (day(2020, 8, 5), Standing::Overdue(WorkingDays(1))),
    ] {
        assert_eq!(due.standing(today, calendar), Ok(expected), "{today}");
    }
}

#[test]
fn what_was_taken_over_is_judged_by_what_its_source_states() {
    let here = PublishedAt::stamped("2026-11-24T16:30:00Z".parse::<Timestamp>().expect("a moment"));
    let stated = OriginalPublication::new(day(2020, 7, 10), "厦门市人民政府网站").expect("sourced");
    for (origin, judged_by, stated_by_source) in [
        (Origin::Here, Some(day(2026, 11, 25)), false),
        (Origin::Imported(Some(stated)), Some(day(2020, 7, 10)), true),
        (Origin::Imported(None), None, false),
    ] {
        let dates = PublicationDates { here, origin };
        assert_eq!(dates.for_timeliness(), judged_by);
        assert_eq!(dates.is_stated_by_source(), stated_by_source);
    }
    assert_eq!(here.minute(), "2026-11-25 00:30", "the day changes at midnight in China");
    assert!(OriginalPublication::new(day(2020, 7, 10), " ").is_err());
}
