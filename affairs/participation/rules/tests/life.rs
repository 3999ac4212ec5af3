//! The life of a consultation, held against `life.md`: every stage with every step.

use law::{Date, day};
use participation_rules::{Stage, Step};

const TABLE: &str = include_str!("life.md");

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_stage_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    rows.next();
    let (mut transitions, mut refusals, mut bare) = (0, 0, 0);
    let rows: Vec<_> = rows.collect();
    assert_eq!((rows.len(), head.len() - 1), (Stage::ALL.len(), Step::ALL.len()));
    for (stage, row) in Stage::ALL.into_iter().zip(&rows) {
        assert_eq!(row[0], stage.name());
        for (at, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(head[at + 1], step.name());
            let told = match stage.after(step) {
                Ok(next) => {
                    transitions += 1;
                    next.name()
                }
                Err(refused) => {
                    refusals += 1;
                    let said = refused.to_string();
                    let cited = said.contains('《') || said.contains('号');
                    bare += usize::from(!cited || refused.remedy.is_empty());
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", stage.name(), step.name());
        }
    }
    println!("征求意见: transitions {transitions}, refusals {refusals}, without provision {bare}");
    assert_eq!(bare, 0);
}

#[test]
fn the_last_day_closes_it_and_nobody_has_to() {
    let last = Some(day(2026, 12, 27));
    let on = |stage: Stage, today: Date| stage.on(today, last);
    assert_eq!(on(Stage::Open, day(2026, 12, 27)), Stage::Open, "the last day is in time");
    assert_eq!(on(Stage::Open, day(2026, 12, 28)), Stage::Closed);
    for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Open) {
        assert_eq!(on(stage, day(2027, 12, 28)), stage, "the clock moves nothing else");
    }
}

#[test]
fn nothing_is_public_before_its_review_and_what_is_public_goes_only_by_being_withdrawn() {
    let public: Vec<Stage> = Stage::ALL.into_iter().filter(|stage| stage.is_public()).collect();
    for stage in Stage::ALL {
        let steps = Step::ALL.into_iter().filter(|step| *step != Step::Withdraw);
        for next in steps.filter_map(|step| stage.after(step).ok()) {
            if public.contains(&stage) {
                assert!(public.contains(&next), "{stage:?} to {next:?}");
                assert_eq!(stage.after(Step::Withdraw), Ok(Stage::Withdrawn));
            } else if public.contains(&next) {
                assert_eq!(stage, Stage::InReview, "{stage:?} to {next:?}");
            }
        }
    }
}
