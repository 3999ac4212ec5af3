//! What people do with a request for information, and with a letter, in the demo city.

use journeys::walk;

#[test]
fn a_request_goes_from_search_to_archive_through_the_hands_it_belongs_in() {
    walk("requests", "requests.mjs", &[]);
}

#[test]
fn a_letter_goes_from_question_to_published_answer_and_is_gone_once_its_writer_no_longer_agrees() {
    walk("letters", "letters.mjs", &[]);
}
