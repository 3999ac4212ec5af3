//! What a clerk has set going in this room, for the list of what he has set going: what he proposed to the head,
//! and the answers he handed in for review.

use ::identity::powers::Policy;
use ::review::Signatory;
use web::workbench::{Initiated, InitiatedSource, Lies, one_of, told_since};
use web::{Clerk, Fault, House, Later};

use super::{LIST, acting};
use crate::store::{AnswerState, HandedIn, Proposed};

/// Offered to the house.
pub(crate) const INITIATED: InitiatedSource = InitiatedSource { list };

fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Initiated>> {
    Box::pin(begun(house, clerk))
}

async fn begun(house: &House, clerk: &Clerk) -> Result<Vec<Initiated>, Fault> {
    let (store, by, since) = (house.store(), Signatory::of(clerk), told_since(house));
    let proposed = Proposed::by(store, &by, &since).await?;
    let handed_in = HandedIn::by(store, &by, &since).await?;
    let mut all: Vec<Initiated> = proposed.into_iter().map(proposal).collect();
    all.extend(handed_in.into_iter().map(answer));
    Ok(all)
}

fn proposal(one: Proposed) -> Initiated {
    let proposal = one.proposal;
    let decides = acting::all().find(|act| act.decides() == Some(proposal.kind.word()));
    let head = decides.map_or_else(String::new, |act| who_may(act.power));
    let by = proposal.decided_name.clone().unwrap_or_default();
    let (lies, stands, with) = match proposal.agreed {
        None => (Lies::WithOthers, "等待决定", head),
        Some(true) => (Lies::WithNobody, "已同意", by),
        Some(false) => (Lies::WithNobody, "不同意", by),
    };
    Initiated {
        kind: proposal.kind.name(),
        title: one.title,
        stands: stands.into(),
        with,
        lies,
        since: proposal.decided_at.unwrap_or(proposal.proposed_at),
        path: format!("{LIST}/{}", proposal.request),
        piece: None,
    }
}

fn answer(one: HandedIn) -> Initiated {
    let missing: Vec<&str> = [(one.secrecy, "保密审查"), (one.legal, "合法性审核")]
        .into_iter()
        .filter(|(taken, _)| !taken)
        .map(|(_, words)| words)
        .collect();
    let waits = |words: String, act: &str| (Lies::WithOthers, words, who_may(act));
    let (lies, stands, with) = match one.state {
        AnswerState::Submitted if missing.is_empty() => {
            waits("等待签发".into(), "foi.approve_reply")
        }
        AnswerState::Submitted => {
            let act = if one.secrecy { "foi.legal_review" } else { "foi.secrecy_review" };
            waits(format!("等待{}", missing.join("、")), act)
        }
        AnswerState::Signed => (Lies::WithMe, "已签发，等编号印发".into(), String::new()),
        AnswerState::Draft => (Lies::WithMe, "退回，等您修改".into(), String::new()),
        AnswerState::Issued | AnswerState::Dropped => {
            (Lies::WithNobody, "已印发".into(), String::new())
        }
    };
    Initiated {
        kind: "答复送审",
        title: one.title,
        stands,
        with,
        lies,
        since: one.since,
        path: format!("{LIST}/{}/shencha", one.request),
        piece: None,
    }
}

fn who_may(act: &str) -> String {
    let policy = Policy::of_house();
    one_of(|role| policy.ever(act, role))
}
