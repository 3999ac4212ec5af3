//! What people are asked before a decision is taken, and what becomes of what they say; who is heard, and how anybody
//! can draw again who takes part.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use journeys::{Browser, Portal, program, walk_over};

#[test]
fn a_draft_is_put_to_the_public_and_every_opinion_is_answered_beside_what_changed_because_of_it() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("participation").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha.txt");
    walk_over((&browser, &mut portal), "participation.mjs", &[(0, "kai"), (31, "da")], &notes);
}

#[test]
fn who_takes_part_in_a_hearing_is_drawn_and_comes_out_the_same_when_anybody_draws_again() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("hearing").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha");
    std::fs::create_dir_all(&notes).expect("a folder");
    let parts = [(0, "gonggao"), (8, "mingdan"), (9, "chouqu")];
    walk_over((&browser, &mut portal), "hearing.mjs", &parts, &notes);
    let read = |name: &str| std::fs::read_to_string(notes.join(name)).expect("was left there");
    let output = Command::new(program().expect("the portal ran, so it is built"))
        .args(["hearing", "draw", "--seed", read("zhongzi.txt").trim(), "--list"])
        .arg(notes.join("mingdan.txt"))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let number = |line: &str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [_, _, "参加", number, ..] => Some(number.trim_start_matches("编号 ").to_owned()),
        _ => None,
    };
    let drawn: BTreeSet<String> = said.lines().filter_map(number).collect();
    let published: BTreeSet<String> = read("canjia.txt").lines().map(str::to_owned).collect();
    assert_eq!(drawn, published, "{said}");
}

/// How many days from now a day in China lies, told by its number counted from 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever walks through the house has a clock of his own"
)]
fn days_until(number: &str) -> u16 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
    let today = (since.as_secs() + 8 * 3_600) / 86_400;
    let then: u64 = number.trim().parse().expect("a number");
    u16::try_from(then.saturating_sub(today)).expect("in a few days")
}

#[test]
fn an_interview_is_read_as_it_is_spoken_with_script_and_without_and_its_transcript_stands_there() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("interview").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha");
    std::fs::create_dir_all(&notes).expect("a folder");
    walk_over((&browser, &mut portal), "interview.mjs", &[(0, "yugao")], &notes);
    // It begins on its day and on no other.
    let day = std::fs::read_to_string(notes.join("ri.txt")).expect("was left there");
    let parts = [(days_until(&day), "xianchang")];
    walk_over((&browser, &mut portal), "interview.mjs", &parts, &notes);
}

#[test]
fn a_questionnaire_is_answered_without_a_name_and_its_results_are_drawn_counted_and_given_out() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("questionnaire").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha.txt");
    let parts = [(0, "wenjuan"), (6, "jieguo")];
    walk_over((&browser, &mut portal), "questionnaire.mjs", &parts, &notes);
}

#[test]
fn whoever_waits_for_a_place_at_a_meeting_moves_up_and_what_was_said_there_is_published() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("meeting").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha.txt");
    let parts = [(0, "gonggao"), (5, "tongzhi"), (9, "jiyao")];
    walk_over((&browser, &mut portal), "meeting.mjs", &parts, &notes);
}
