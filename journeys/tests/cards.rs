//! What becomes of a letter that nobody answers.

use journeys::{Browser, Portal, walk_over};

#[test]
fn a_letter_that_is_not_answered_is_yellow_on_its_last_day_and_red_from_the_next() {
    let Some(browser) = Browser::find() else { return };
    let mut portal = Portal::start("cards").unwrap_or_else(|error| panic!("{error:#}"));
    let notes = portal.folder().join("zoucha");
    std::fs::create_dir_all(&notes).expect("a folder");
    walk_over((&browser, &mut portal), "cards.mjs", &[(0, "xie")], &notes);
    let days = std::fs::read_to_string(notes.join("tianshu.txt")).expect("was left there");
    let days: u16 = days.trim().parse().expect("a number of days");
    let parts = [(days, "diqi"), (days + 1, "diba")];
    walk_over((&browser, &mut portal), "cards.mjs", &parts, &notes);
}
