//! 信访告知的期限: by when the writer of what may be a petition is told, where that day comes before the last day for an
//! answer. The words only hint; an officer decides (docs/readings/266).

use law::Date;
use suggestions_rules::{Elsewhere, SuggestionState, petition_notice_before};

use crate::store::{Suggestion, Written};

/// The day; none where the answer is owed no later, the words hint at nothing, its writer was told already, or an answer
/// is on its way.
pub fn notice_owed(letter: &Suggestion, written: &Written) -> Option<Date> {
    let day = may_pass(letter)?;
    let words = format!("{}\n{}", written.subject, written.words);
    let hinted = Elsewhere::hinted_by(&words) == Some(Elsewhere::Petition);
    (hinted && letter.handed_to.is_empty()).then_some(day)
}

/// The day of what waits, were it a petition, where it comes before the last day for an answer.
pub fn may_pass(letter: &Suggestion) -> Option<Date> {
    let state = letter.course.state;
    let waits = matches!(state, SuggestionState::Received | SuggestionState::InHand);
    let waits = waits && !letter.course.again;
    waits.then(|| petition_notice_before(letter.received_on, letter.due_on)).flatten()
}
