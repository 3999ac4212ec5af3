//! 公开范围: what a document's items say of whom it may be shown to (docs/readings/022).

use catalogue_rules::Exposure;
use records_rules::{Fault, HeldMatter, reach_fault};

use super::{FoundItem, Submission};

/// What is to be asked about for whom the document is made public.
pub(super) fn fault(submission: &Submission) -> Option<Fault> {
    let matter = submission.items.iter().flatten().find_map(held);
    let has_items = submission.items.iter().any(Option::is_some);
    let fault = reach_fault(submission.manuscript.reach.as_ref(), matter.as_ref(), has_items);
    fault.map(|fault| submission.lines.place(fault, 0))
}

fn held(found: &FoundItem) -> Option<HeldMatter> {
    match &found.exposure {
        Exposure::Open => None,
        Exposure::Held(held) => Some(HeldMatter {
            item: found.link.words.join(" > "),
            why: held.words(),
            group: held.concerns.clone(),
        }),
    }
}
