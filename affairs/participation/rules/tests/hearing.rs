//! The life of a hearing, held against `hearing.md`; its days, and the sides that take part.

use law::{Date, day};
use participation_rules::{BadSeats, HearingDays, HearingStage, HearingStep, Seats};

const TABLE: &str = include_str!("hearing.md");

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_stage_of_a_hearing_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    rows.next();
    let rows: Vec<_> = rows.collect();
    let (mut transitions, mut refusals, mut bare) = (0, 0, 0);
    assert_eq!((rows.len(), head.len() - 1), (HearingStage::ALL.len(), HearingStep::ALL.len()));
    for (stage, row) in HearingStage::ALL.into_iter().zip(&rows) {
        assert_eq!(row[0], stage.name());
        for (at, step) in HearingStep::ALL.into_iter().enumerate() {
            assert_eq!(head[at + 1], step.name());
            let told = match stage.after(step) {
                Ok(next) => {
                    transitions += 1;
                    next.name()
                }
                Err(refused) => {
                    refusals += 1;
                    let said = refused.to_string();
                    bare += usize::from(!said.contains('《') || refused.remedy.is_empty());
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", stage.name(), step.name());
        }
    }
    println!("听证会: transitions {transitions}, refusals {refusals}, without provision {bare}");
    assert_eq!(bare, 0);
}

#[test]
fn what_is_public_of_a_hearing_may_be_withdrawn_and_nothing_follows_afterwards() {
    for stage in HearingStage::ALL {
        let after = stage.after(HearingStep::Withdraw);
        assert_eq!(after.is_ok(), stage.is_public(), "{}", stage.name());
    }
    let mut steps = HearingStep::ALL.into_iter();
    let follows = steps.any(|step| HearingStage::Withdrawn.after(step).is_ok());
    assert!(!follows, "whoever wants a hearing begins anew");
}

#[test]
fn the_last_day_ends_the_enrolment_and_nobody_has_to() {
    let last = Some(day(2026, 12, 10));
    assert_eq!(HearingStage::Open.on(day(2026, 12, 10), last), HearingStage::Open);
    assert_eq!(HearingStage::Open.on(day(2026, 12, 11), last), HearingStage::Closed);
    assert_eq!(HearingStage::Listed.on(day(2027, 1, 1), last), HearingStage::Listed);
}

#[test]
fn a_column_keeps_every_stage_that_the_day_does_not_make() {
    for stage in HearingStage::ALL.into_iter().filter(|stage| *stage != HearingStage::Closed) {
        assert_eq!(HearingStage::parse(stage.word()), Some(stage));
    }
}

#[test]
fn the_value_is_known_after_the_list_is_bound_and_early_enough_for_the_papers() {
    let today = day(2026, 11, 27);
    let days = |enrol: Date, value: Date, held: Date| HearingDays {
        enrol_until: enrol,
        value_on: value,
        held_on: held,
    };
    for (days, lacks) in [
        (days(day(2026, 12, 4), day(2026, 12, 6), day(2026, 12, 14)), 0),
        (days(day(2026, 12, 3), day(2026, 12, 6), day(2026, 12, 14)), 1),
        (days(day(2026, 12, 4), day(2026, 12, 5), day(2026, 12, 14)), 1),
        (days(day(2026, 12, 4), day(2026, 12, 6), day(2026, 12, 13)), 1),
        (days(day(2026, 12, 1), day(2026, 12, 1), day(2026, 12, 1)), 3),
    ] {
        assert_eq!(days.lacks(today).len(), lacks, "{days:?}: {:?}", days.lacks(today));
    }
    let days = days(day(2026, 12, 4), day(2026, 12, 6), day(2026, 12, 14));
    assert_eq!(days.papers_by(), day(2026, 12, 7));
    for (today, may) in
        [(day(2026, 12, 4), false), (day(2026, 12, 5), true), (day(2026, 12, 6), false)]
    {
        assert_eq!(days.may_bind(today), may, "{today}");
    }
}

#[test]
fn each_side_has_its_seats() {
    let read = Seats::read("居民代表 10\n\n 物业服务 企业　2 ").expect("reads");
    assert_eq!(Seats::written(&read), "居民代表 10\n物业服务 企业 2");
    for (text, bad) in [
        ("", BadSeats::None),
        ("居民代表", BadSeats::Line("居民代表".into())),
        ("居民代表 零", BadSeats::Line("居民代表 零".into())),
        ("居民代表 0", BadSeats::Line("居民代表 0".into())),
        ("居民代表 1\n居民代表 2", BadSeats::Twice("居民代表".into())),
    ] {
        assert_eq!(Seats::read(text), Err(bad), "{text}");
    }
}
