//! What people are asked before a decision is taken, and what becomes of what they say.

use journeys::walk;

#[test]
fn a_draft_is_put_to_the_public_and_every_opinion_on_one_that_is_over_is_answered() {
    walk("participation", "participation.mjs", &[]);
}
