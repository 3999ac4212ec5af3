//! What a clerk changes in the table of a draft.

use journeys::walk;

#[test]
fn a_clerk_changes_cells_in_the_table_and_takes_the_last_change_back() {
    walk("editing", "editing.mjs", &[]);
}
