//! What a clerk does at the workbench of the demo city.

use journeys::walk;

#[test]
fn a_lead_releases_a_guide_and_two_districts_decide_on_what_it_changes_for_them() {
    walk("workbench", "workbench.mjs", &[]);
}
