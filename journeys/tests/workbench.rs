//! What a clerk does at the workbench of the demo city.

use journeys::walk;

#[test]
fn a_lead_releases_a_guide_and_two_districts_decide_on_what_it_changes_for_them() {
    walk("workbench", "workbench.mjs", &[]);
}

#[test]
fn what_was_put_to_the_public_is_reviewed_and_released_and_not_before_its_time() {
    walk("consultation", "consultation.mjs", &[]);
}

#[test]
fn five_persons_and_three_administrators_do_what_is_theirs_and_nobody_two_steps() {
    walk("roles", "roles.mjs", &[]);
}

#[test]
fn a_document_drawn_for_a_check_is_put_right_and_looked_at_again() {
    walk("spotcheck", "spotcheck.mjs", &[]);
}

#[test]
fn lists_to_dos_and_checks_are_renewed_in_place_and_are_links_and_forms_without_script() {
    walk("inplace", "inplace.mjs", &[]);
}
