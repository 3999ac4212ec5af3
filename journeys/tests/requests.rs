//! What people do with a request for information in the demo city.

use journeys::walk;

#[test]
fn a_request_goes_from_search_to_archive_through_the_hands_it_belongs_in() {
    walk("requests", "requests.mjs", &[]);
}
