//! What a policy and its interpretation go through together in the demo city.

use journeys::walk;

#[test]
fn a_policy_and_its_interpretation_are_signed_and_published_as_one_and_without_it_none_is_signed() {
    walk("interpretation", "policy.mjs", &[]);
}
