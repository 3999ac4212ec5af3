//! The life of a gathering, held against `gathering.md`; its days, its kinds, and whose turn it is.

use law::{Date, WorkCalendar, article, day};
use participation_rules::{
    Enrols, GatheringDays, GatheringKind, GatheringStage, GatheringStep, Placing, Queued, Seats,
    record_due,
};

const TABLE: &str = include_str!("gathering.md");

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_stage_of_a_gathering_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    rows.next();
    let rows: Vec<_> = rows.collect();
    let known = (GatheringStage::ALL.len(), GatheringStep::ALL.len());
    assert_eq!((rows.len(), head.len() - 1), known);
    for (stage, row) in GatheringStage::ALL.into_iter().zip(&rows) {
        assert_eq!(row[0], stage.name());
        for (at, step) in GatheringStep::ALL.into_iter().enumerate() {
            assert_eq!(head[at + 1], step.name());
            let told = match stage.after(step) {
                Ok(next) => next.name(),
                Err(refused) => {
                    assert!(!refused.remedy.is_empty(), "{refused}");
                    assert!(refused.to_string().contains('（'), "{refused}");
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", stage.name(), step.name());
        }
    }
}

#[test]
fn the_days_end_the_enrolment_and_say_when_it_was_held() {
    let on = |today: Date, last: Option<Date>| {
        GatheringStage::Open.on(today, last, Some(day(2026, 12, 15)))
    };
    let last = Some(day(2026, 12, 10));
    assert_eq!(on(day(2026, 12, 10), last), GatheringStage::Open);
    assert_eq!(on(day(2026, 12, 11), last), GatheringStage::Awaiting);
    assert_eq!(on(day(2026, 12, 1), None), GatheringStage::Awaiting, "nobody enrols");
    assert_eq!(on(day(2026, 12, 14), None), GatheringStage::Awaiting);
    assert_eq!(on(day(2026, 12, 15), last), GatheringStage::Held);
    let recorded = GatheringStage::Recorded.on(day(2027, 1, 1), last, Some(day(2026, 12, 15)));
    assert_eq!(recorded, GatheringStage::Recorded);
}

#[test]
fn a_column_keeps_every_stage_that_the_day_does_not_make_and_every_kind() {
    let by_day = [GatheringStage::Awaiting, GatheringStage::Held];
    for stage in GatheringStage::ALL.into_iter().filter(|stage| !by_day.contains(stage)) {
        assert_eq!(GatheringStage::parse(stage.word()), Some(stage));
    }
    for kind in GatheringKind::ALL {
        assert_eq!(GatheringKind::parse(kind.terms().word), Some(kind));
    }
    for placing in Placing::ALL {
        assert_eq!(Placing::parse(placing.word()), Some(placing));
    }
}

#[test]
fn what_a_kind_begins_with_fits_itself() {
    for kind in GatheringKind::ALL {
        let terms = kind.terms();
        let seats = Seats::read(terms.groups);
        assert_eq!(seats.is_ok(), terms.enrols != Enrols::Never, "{}", terms.name);
        assert!(!terms.placings.is_empty() && !terms.record_says.is_empty(), "{}", terms.name);
    }
}

#[test]
fn a_notice_leaves_time_to_enrol_and_where_people_are_chosen_time_to_tell_them() {
    let today = day(2026, 11, 27);
    let basis = article("重大行政决策程序暂行条例", 14);
    let days = |enrol: Option<Date>, held: Date, placing: Placing| GatheringDays {
        enrol_until: enrol,
        held_on: held,
        placing,
    };
    let (arrival, chosen) = (Placing::Arrival, Placing::Chosen);
    for (days, lacks) in [
        (days(Some(day(2026, 11, 30)), day(2026, 12, 1), arrival), 0),
        (days(Some(day(2026, 11, 29)), day(2026, 12, 1), arrival), 1),
        (days(Some(day(2026, 12, 1)), day(2026, 12, 1), arrival), 1),
        (days(Some(day(2026, 11, 30)), day(2026, 12, 2), chosen), 1),
        (days(Some(day(2026, 11, 30)), day(2026, 12, 3), chosen), 0),
        (days(None, day(2026, 11, 28), arrival), 0),
        (days(None, today, arrival), 1),
        (days(Some(today), today, arrival), 3),
    ] {
        let told = days.lacks(today, basis);
        assert_eq!(told.len(), lacks, "{days:?}: {told:?}");
    }
}

#[test]
fn what_is_published_after_it_is_due_ten_working_days_later() {
    let calendar = WorkCalendar::state_council();
    // A Friday; two whole weeks follow.
    let due = record_due(day(2026, 12, 4), calendar).expect("the calendar reaches it");
    assert_eq!(due, day(2026, 12, 18));
}

#[test]
fn whoever_is_first_moves_up_when_a_place_of_his_group_is_free() {
    let groups = Seats::read("群众代表 2\n媒体 1").expect("reads");
    let one = |number: i64, group: usize, placed: bool| Queued { number, group, placed };
    for (queue, up) in [
        (vec![], vec![]),
        (vec![one(1, 1, false)], vec![1]),
        (vec![one(1, 1, true), one(2, 1, true), one(3, 1, false)], vec![]),
        (vec![one(4, 1, false), one(3, 1, false), one(2, 1, true)], vec![3]),
        (vec![one(1, 2, true), one(2, 2, false), one(3, 1, false)], vec![3]),
        (
            vec![one(5, 2, false), one(6, 1, false), one(7, 1, false), one(8, 1, false)],
            vec![6, 7, 5],
        ),
    ] {
        assert_eq!(Queued::moved_up(&groups, &queue), up, "{queue:?}");
    }
    let queue = [one(1, 1, true), one(2, 1, false), one(3, 2, false), one(4, 1, false)];
    assert_eq!(Queued::place(&queue, 4), Some(2));
    assert_eq!(Queued::place(&queue, 3), Some(1));
    assert_eq!(Queued::place(&queue, 1), None, "has a place");
    assert_eq!(Queued::place(&queue, 9), None);
    assert_eq!(Queued::free(&groups, &queue, 1), 1);
    assert_eq!(Queued::free(&groups, &queue, 3), 0, "there is no such group");
}
