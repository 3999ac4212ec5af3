//! 步骤: how far a file has come, of the steps the notice names (登记、审核、办理、答复、送达、归档).

use requests_rules::Letter;

use crate::store::{Case, FilingState, IssuedLetter};

/// A step and whether it is behind, now, or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub words: &'static str,
    pub done: bool,
    pub now: bool,
}

/// The steps of a file.
pub(crate) fn of(case: &Case, letters: &[IssuedLetter]) -> Vec<Step> {
    let filing = &case.filing;
    let has = |kinds: &[Letter]| letters.iter().any(|letter| kinds.contains(&letter.kind));
    let happened = |kind: &str| case.events.iter().any(|event| event.kind == kind);
    let closed = filing.is_closed();
    let asked = has(&[Letter::ThirdPartyInquiry, Letter::OrganInquiry]);
    let answered = has(&[Letter::Answer, Letter::ClosingNotice]);
    let mut steps = vec![
        ("登记", filing.received_on.is_some() || closed),
        ("分办", !filing.officer.is_empty() || !filing.unit.is_empty() || closed),
    ];
    if has(&[Letter::CorrectionNotice]) {
        steps.push(("补正", filing.state != FilingState::Correction));
    }
    if asked {
        steps.push(("征求意见", filing.state != FilingState::Opinion));
    }
    if has(&[Letter::FeeNotice]) {
        steps.push(("收费", filing.state != FilingState::Payment));
    }
    steps.extend([
        ("拟答复", happened("answer_submitted") || answered || closed),
        ("审查签发", happened("answer_signed") || answered || closed),
        ("答复", closed),
        ("送达", happened("service") || happened("served") || filing.archived_on.is_some()),
        ("归档", filing.archived_on.is_some()),
    ]);
    let now = steps.iter().position(|(_, done)| !done);
    let step = |(at, (words, done)): (usize, (&'static str, bool))| Step {
        words,
        done: done && now.is_none_or(|now| at < now),
        now: now == Some(at),
    };
    steps.into_iter().enumerate().map(step).collect()
}
