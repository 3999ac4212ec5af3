//! 撤下 of a hearing, of a list of decisions, of answers alone: one proposes it, another decides. Answers that are
//! withdrawn are put right and published anew (docs/readings/277).

use identity::any_is;
use ledger::{Desk, Entry, Leaf};
use participation_rules::{HearingStep, ListStep, Step};
use review::Signatory;
use serde_json::{Value, json};
use store::StoreError;

use super::super::{
    ActError, UNSEEN, answering, at, decisions, forget, hearing, public_reason, reasoned, record,
    taken, taken_hearing,
};
use super::BASIS;
use crate::inscription::{self, decisions as listed, hearing as heard};
use crate::store::{Beside, Consultation, DecisionList, Hearing, NewWithdrawal, Withdrawal};

/// What is public of something now, for the ledger and for the log.
struct Standing {
    organ: String,
    /// How the ledger calls what nobody outside sees of it.
    unseen: String,
    /// Its parts in the log; the first stands for the whole.
    leaves: Vec<String>,
}

impl Standing {
    /// Of an organ, where it may be withdrawn today.
    async fn taken(desk: &Desk, organ: &str, (what, id): (Beside, &str)) -> Result<Self, ActError> {
        let (unseen, leaves) = match what {
            Beside::Hearing => {
                let (found, _) = taken_hearing(desk, organ, id, HearingStep::Withdraw).await?;
                (format!("{UNSEEN}hearing:{id}"), parts(&found))
            }
            Beside::DecisionList => {
                decisions::own(desk, (organ, id), ListStep::Withdraw).await?;
                (format!("{UNSEEN}decisions:{id}"), vec![listed::subject(id)])
            }
            Beside::Answers => {
                taken(desk, organ, id, Step::WithdrawAnswers).await?;
                (format!("{UNSEEN}{id}"), vec![inscription::result_subject(id)])
            }
        };
        Ok(Self { organ: organ.to_owned(), unseen, leaves })
    }

    fn entry(&self, act: &'static str, subject: &str, facts: Value) -> Entry {
        Entry {
            room: "participation",
            act,
            subject: subject.to_owned(),
            organ: self.organ.clone(),
            basis: BASIS.to_string(),
            facts,
        }
    }
}

/// The parts of a hearing that stand in the log.
fn parts(of: &Hearing) -> Vec<String> {
    let all = [
        (true, ""),
        (of.list_on.is_some(), heard::LIST),
        (of.confirmed_on.is_some(), heard::DRAW),
        (of.recorded_on.is_some(), heard::RECORD),
        (of.cancelled.is_some(), heard::CANCELLED),
    ];
    let there = all.into_iter().filter(|(there, _)| *there);
    there.map(|(_, part)| heard::subject(&of.id, part)).collect()
}

/// What the ledger calls a proposal, the withdrawal, and that it stays public.
fn acts(what: Beside) -> [&'static str; 3] {
    match what {
        Beside::Hearing => {
            ["hearing_withdrawal_proposal", "hearing_withdrawal", "hearing_withdrawal_refusal"]
        }
        Beside::DecisionList => [
            "decision_list_withdrawal_proposal",
            "decision_list_withdrawal",
            "decision_list_withdrawal_refusal",
        ],
        Beside::Answers => {
            ["answers_withdrawal_proposal", "answers_withdrawal", "answers_withdrawal_refusal"]
        }
    }
}

/// What was reviewed of it.
fn pieces(what: Beside, id: &str) -> Vec<(&'static str, &str)> {
    let kinds: &[&'static str] = match what {
        Beside::Hearing => &[hearing::KIND, record::KIND],
        Beside::DecisionList => &[decisions::KIND],
        Beside::Answers => &[answering::KIND],
    };
    kinds.iter().map(|kind| (*kind, id)).collect()
}

/// Proposes to withdraw one.
///
/// # Errors
/// It is not public, it is proposed already, no reason is given or it names somebody, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    (organ, what, id): (&str, Beside, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let found = Standing::taken(&desk, organ, (what, id)).await?;
    let new = NewWithdrawal {
        piece: id,
        reason: &reason,
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    match new.add_beside(desk.change(), what).await {
        Err(StoreError::Duplicate(_)) => {
            return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
        }
        other => other?,
    }
    let [proposal, ..] = acts(what);
    desk.record(found.entry(proposal, &found.unseen, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws it, or lets it stand.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (organ, what, id): (&str, Beside, &str),
    (withdraw, reason): (bool, &str),
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let found = Standing::taken(&desk, organ, (what, id)).await?;
    let all = Withdrawal::beside(desk.change(), (what, id)).await?;
    let waiting = all.into_iter().find(|one| one.waits);
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.proposers.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    let who = (by.person.as_str(), by.name.as_str(), at.as_str());
    if !waiting.decide_beside(desk.change(), who, (withdraw, &reason)).await? {
        return Err(ActError::overtaken());
    }
    let [_, withdrawal, refusal] = acts(what);
    if !withdraw {
        desk.record(found.entry(refusal, &found.unseen, json!({}))).await?;
        return Ok(desk.seal().await?);
    }
    let gone = (desk.today(), at.as_str(), waiting.reason.as_str());
    let done = match what {
        Beside::Hearing => Hearing::withdraw(desk.change(), id, gone).await?,
        Beside::DecisionList => DecisionList::withdraw(desk.change(), id, gone).await?,
        Beside::Answers => {
            Consultation::withdraw_answers(desk.change(), (id, &waiting.id), gone).await?
        }
    };
    if !done {
        return Err(ActError::overtaken());
    }
    forget(&desk, &pieces(what, id)).await?;
    let whole = found.leaves.first().cloned().unwrap_or_default();
    desk.record(found.entry(withdrawal, &whole, json!({ "reason": waiting.reason }))).await?;
    for leaf in found.leaves {
        desk.publish_leaf(Leaf::withdrawal(leaf, ledger::Withdrawal::InError))?;
    }
    Ok(desk.seal().await?)
}
