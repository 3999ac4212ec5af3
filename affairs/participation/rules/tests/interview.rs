//! The life of an interview, held against `interview.md`; its days, who stands at the desk, and what is read of what was said.

use law::{Date, day};
use participation_rules::{
    Correction, InterviewDays, InterviewStage, InterviewStep, LiveChange, Voice, desk_lacks,
    live_text, names_in, transcript_of,
};

const TABLE: &str = include_str!("interview.md");

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_stage_of_an_interview_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    rows.next();
    let rows: Vec<_> = rows.collect();
    assert_eq!((rows.len(), head.len() - 1), (InterviewStage::ALL.len(), InterviewStep::ALL.len()));
    for (stage, row) in InterviewStage::ALL.into_iter().zip(&rows) {
        assert_eq!(row[0], stage.name());
        for (at, step) in InterviewStep::ALL.into_iter().enumerate() {
            assert_eq!(head[at + 1], step.name());
            let told = match stage.after(step) {
                Ok(next) => next.name(),
                Err(refused) => {
                    let said = refused.to_string();
                    let cited = said.contains('《') || said.contains('号');
                    assert!(cited && !refused.remedy.is_empty(), "{said}");
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", stage.name(), step.name());
        }
    }
}

#[test]
fn the_last_day_ends_the_questions_and_nobody_has_to() {
    let last = Some(day(2026, 12, 10));
    let on = |today: Date| InterviewStage::Announced.on(today, last);
    assert_eq!(on(day(2026, 12, 10)), InterviewStage::Announced);
    assert_eq!(on(day(2026, 12, 11)), InterviewStage::Closed);
    assert_eq!(InterviewStage::Live.on(day(2027, 1, 1), last), InterviewStage::Live);
}

#[test]
fn a_column_keeps_every_stage_that_the_day_does_not_make() {
    for stage in InterviewStage::ALL.into_iter().filter(|stage| *stage != InterviewStage::Closed) {
        assert_eq!(InterviewStage::parse(stage.word()), Some(stage));
    }
    for voice in Voice::ALL {
        assert_eq!(Voice::parse(voice.word()), Some(voice));
    }
}

#[test]
fn nothing_is_public_before_its_review_and_what_is_public_goes_only_by_being_withdrawn() {
    for stage in InterviewStage::ALL {
        let steps = InterviewStep::ALL.into_iter().filter(|step| *step != InterviewStep::Withdraw);
        for next in steps.filter_map(|step| stage.after(step).ok()) {
            if stage.is_public() {
                assert!(next.is_public(), "{stage:?} to {next:?}");
                assert_eq!(stage.after(InterviewStep::Withdraw), Ok(InterviewStage::Withdrawn));
            } else if next.is_public() {
                assert_eq!(stage, InterviewStage::InReview, "{stage:?} to {next:?}");
            }
        }
    }
}

#[test]
fn questions_are_taken_for_three_days_and_sorted_before_the_day() {
    let today = day(2026, 11, 27);
    for (ask_until, held_on, lacks) in [
        (day(2026, 11, 30), day(2026, 12, 1), 0),
        (day(2026, 11, 29), day(2026, 12, 1), 1),
        (day(2026, 11, 30), day(2026, 11, 30), 1),
        (day(2026, 11, 27), day(2026, 11, 27), 2),
    ] {
        let days = InterviewDays { ask_until, held_on };
        assert_eq!(days.lacks(today).len(), lacks, "{days:?}: {:?}", days.lacks(today));
    }
}

#[test]
fn who_enters_releases_nothing() {
    let names = |text: &str| names_in(text);
    assert_eq!(names(" 林演示、陈 演示\n林演示；"), ["林演示", "陈 演示"]);
    for (enterers, releasers, lacks) in [
        ("林演示", "陈演示", 0),
        ("林演示、王演示", "陈演示\n王演示", 1),
        ("", "陈演示", 1),
        ("", "", 2),
    ] {
        let found = desk_lacks(&names(enterers), &names(releasers));
        assert_eq!(found.len(), lacks, "{enterers} {releasers}: {found:?}");
    }
}

fn said(speaker: &str, words: &str) -> LiveChange {
    LiveChange::Spoken { voice: Voice::Guest, speaker: speaker.into(), words: words.into() }
}

#[test]
fn a_correction_leaves_what_stood_before_and_what_is_struck_leaves_its_place_alone() {
    let corrected = LiveChange::Corrected { words: "六点".into(), reason: "听错".into() };
    let struck = LiveChange::Struck { reason: "说了别人的电话".into() };
    let changes = [
        (2, 1, "b", said("王", "好")),
        (1, 2, "a", said("林", "五点")),
        (1, 3, "c", corrected.clone()),
        (2, 4, "d", struck),
        (2, 5, "e", corrected),
        (7, 6, "f", LiveChange::Struck { reason: "没有这一条".into() }),
    ];
    let told = changes.iter().map(|(number, place, at, change)| (*number, *place, *at, change));
    let entries = live_text(told);
    assert_eq!(entries.len(), 2, "{entries:?}");
    let (first, second) = (&entries[0], &entries[1]);
    assert_eq!(
        (first.number, first.words.as_str(), first.at.as_str(), first.place),
        (1, "六点", "a", 3)
    );
    let before = Correction { before: "五点".into(), reason: "听错".into() };
    assert_eq!(first.corrections, [before]);
    assert_eq!((second.words.as_str(), second.place), ("", 4), "nothing is corrected that is gone");
    assert_eq!(second.struck.as_deref(), Some("说了别人的电话"));
    assert_eq!(transcript_of(&entries), "林：六点");
}
