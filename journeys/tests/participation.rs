//! What people are asked before a decision is taken, and what becomes of what they say; who is heard, and how anybody
//! can draw again who takes part.

use std::collections::BTreeSet;
use std::process::Command;

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
