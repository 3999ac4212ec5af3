//! What is public of something that may be withdrawn today, and what goes with it.

use ledger::{Desk, Entry};
use participation_rules::{
    GatheringStage, GatheringStep, HearingStep, InterviewStep, ListStep, QuestionnaireStep,
    ReportState, Step,
};
use serde_json::{Value, json};

use super::super::{ActError, taken};
use super::BASIS;
use super::kinds::{self, Kind};
use crate::inscription::{
    self, decisions as listed, gathering as held, hearing as heard, interview as talked,
    questionnaire as asked, report as reported,
};
use crate::store::{Place, Progress, Withdrawable};

/// One that may be withdrawn.
pub(super) struct Standing {
    /// How the ledger and review know its kind.
    pub kind: &'static Kind,
    organ: String,
    id: String,
    /// Its parts in the log; the first stands for the whole.
    pub leaves: Vec<String>,
    /// What the ledger says of its withdrawal; none where that is why.
    facts: Option<Value>,
    along: Along,
}

/// What changes with it.
enum Along {
    Nothing,
    /// Whoever enrolled is told.
    Enrolled,
    /// The milestones of a list that lead to an address are taken back.
    Milestones(String, String),
}

impl Standing {
    /// Of an organ, where it may be withdrawn today.
    pub(super) async fn taken(
        desk: &Desk,
        organ: &str,
        (what, id): (Withdrawable, &str),
    ) -> Result<Self, ActError> {
        let mut along = Along::Nothing;
        let (leaves, facts) = match what {
            Withdrawable::Consultation => {
                let (of, _) = taken(desk, organ, id, Step::Withdraw).await?;
                let answers = of.answered_on.map(|_| inscription::result_subject(id));
                let leaves = std::iter::once(inscription::subject(id)).chain(answers).collect();
                (leaves, Some(json!({ "answers": of.answered_on })))
            }
            Withdrawable::Answers => {
                taken(desk, organ, id, Step::WithdrawAnswers).await?;
                (vec![inscription::result_subject(id)], None)
            }
            Withdrawable::DecisionList => {
                taken(desk, organ, id, ListStep::Withdraw).await?;
                (vec![listed::subject(id)], None)
            }
            Withdrawable::DecisionReport => {
                let (of, ()) = taken(desk, organ, id, ReportState::Published).await?;
                along = Along::Milestones(of.decision.0.clone(), of.path());
                (vec![reported::subject(id)], Some(json!({})))
            }
            Withdrawable::Questionnaire => {
                let (of, _) = taken(desk, organ, id, QuestionnaireStep::Withdraw).await?;
                let results = of.results_on.map(|_| asked::result_subject(id));
                let leaves = std::iter::once(asked::subject(id)).chain(results).collect();
                (leaves, Some(json!({ "results": of.results_on })))
            }
            Withdrawable::Gathering => {
                let (of, stage) = taken(desk, organ, id, GatheringStep::Withdraw).await?;
                if matches!(stage, GatheringStage::Open | GatheringStage::Awaiting) {
                    along = Along::Enrolled;
                }
                let recorded = of.recorded_on.is_some();
                let there = [(recorded, held::RECORD), (of.cancelled.is_some(), held::CANCELLED)];
                (parts(held::subject, id, &there), Some(json!({ "record": of.recorded_on })))
            }
            Withdrawable::Hearing => (of_hearing(desk, organ, id).await?, None),
            Withdrawable::Interview => (of_interview(desk, organ, id).await?, Some(json!({}))),
        };
        let (organ, id) = (organ.to_owned(), id.to_owned());
        Ok(Self { kind: kinds::of(what), organ, id, leaves, facts, along })
    }

    fn entry(&self, act: &'static str, subject: String, facts: Value) -> Entry {
        Entry {
            room: "participation",
            act,
            subject,
            organ: self.organ.clone(),
            basis: BASIS.to_string(),
            facts,
        }
    }

    /// An entry that changes nothing everybody sees.
    pub(super) fn unseen(&self, act: &'static str, facts: Value) -> Entry {
        self.entry(act, self.kind.subject(&self.id), facts)
    }

    /// The entry of its withdrawal, for a reason.
    pub(super) fn withdrawal(&self, reason: &str) -> Entry {
        let whole = self.leaves.first().cloned().unwrap_or_default();
        let facts = self.facts.clone().unwrap_or_else(|| json!({ "reason": reason }));
        self.entry(self.kind.withdrawal, whole, facts)
    }

    /// Carries out what changes with its withdrawal.
    pub(super) async fn takes_along(&self, desk: &Desk) -> Result<(), ActError> {
        match &self.along {
            Along::Nothing => {}
            Along::Enrolled => {
                Place::tell_all(desk.change(), &self.id).await?;
            }
            Along::Milestones(list, path) => {
                for one in Progress::of(desk.change(), list).await? {
                    if one.path == *path {
                        Progress::take_back(desk.change(), (list, &one.id)).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What stands in the log of one of several parts: the notice, and what of the rest is there.
fn parts(
    subject: fn(&str, &str) -> String,
    id: &str,
    rest: &[(bool, &'static str)],
) -> Vec<String> {
    let there = rest.iter().filter(|(there, _)| *there).map(|(_, part)| *part);
    std::iter::once("").chain(there).map(|part| subject(id, part)).collect()
}

async fn of_hearing(desk: &Desk, organ: &str, id: &str) -> Result<Vec<String>, ActError> {
    let (of, _) = taken(desk, organ, id, HearingStep::Withdraw).await?;
    let rest = [
        (of.list_on.is_some(), heard::LIST),
        (of.confirmed_on.is_some(), heard::DRAW),
        (of.recorded_on.is_some(), heard::RECORD),
        (of.cancelled.is_some(), heard::CANCELLED),
    ];
    Ok(parts(heard::subject, id, &rest))
}

async fn of_interview(desk: &Desk, organ: &str, id: &str) -> Result<Vec<String>, ActError> {
    let (of, _) = taken(desk, organ, id, InterviewStep::Withdraw).await?;
    let rest = [
        (of.published_on.is_some(), talked::TRANSCRIPT),
        (of.cancelled.is_some(), talked::CANCELLED),
    ];
    Ok(parts(talked::subject, id, &rest))
}
