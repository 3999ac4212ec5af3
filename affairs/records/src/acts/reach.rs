//! 公开范围: what a document's items say of whom it may be shown to (docs/readings/022).

use records_rules::{Fault, reach_fault};

use super::Submission;

/// What is to be asked about for whom the document is made public.
pub(super) fn fault(submission: &Submission) -> Option<Fault> {
    let matter = submission.items.iter().flatten().find_map(|found| found.held.as_ref());
    let has_items = submission.items.iter().any(Option::is_some);
    let fault = reach_fault(submission.manuscript.reach.as_ref(), matter, has_items);
    fault.map(|fault| submission.lines.place(fault, 0))
}
