//! What a page of a file rests on: the file with everything beside it, and what the access policy is told of
//! it.

use ::identity::Role;
use ::identity::powers::{Condition, Tie};
use ledger::day_in_china;
use review::Signatory;
use web::{Clerk, Fault, House, Visit};

use crate::acts::{ActError, recusal};
use crate::store::{
    Answer, AnswerState, AnswerStep, AnswerVersion, Case, Conversion, Fee, FilingState,
    IssuedLetter, LetterDelivery, OpinionCase, Proposal, ReviewStep,
};

/// A file with everything beside it.
pub(super) struct File {
    pub case: Case,
    pub letters: Vec<IssuedLetter>,
    pub deliveries: Vec<LetterDelivery>,
    pub opinions: Vec<OpinionCase>,
    pub proposals: Vec<Proposal>,
    pub fees: Vec<Fee>,
    /// 转主动公开.
    pub conversion: Option<Conversion>,
    /// 回避: persons of the house who are the applicant or his agent.
    recused: Vec<String>,
    /// The day it is read on.
    today: law::Date,
    /// The answer that is worked on or went out last.
    pub answer: Option<Drafted>,
}

/// An answer with its newest version and the steps taken on that.
pub(super) struct Drafted {
    pub answer: Answer,
    pub versions: Vec<AnswerVersion>,
    pub steps: Vec<AnswerStep>,
}

impl Drafted {
    /// Its newest version.
    pub(super) fn newest(&self) -> Option<&AnswerVersion> {
        self.versions.iter().max_by_key(|version| version.version)
    }

    /// Who agreed to a step on the newest version.
    pub(super) fn agreed(&self, step: ReviewStep) -> Option<&AnswerStep> {
        let on_this = |one: &&AnswerStep| one.version == self.answer.version && one.agreed;
        self.steps.iter().filter(on_this).find(|one| one.step == step)
    }
}

impl File {
    /// The file of an organ's request.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub(super) async fn find(house: &House, organ: &str, id: &str) -> Result<Option<Self>, Fault> {
        let store = house.store();
        let Some(case) = Case::find(store, organ, id).await? else { return Ok(None) };
        let answers = Answer::of(store, id).await?;
        let live = answers.into_iter().rfind(|one| one.state != AnswerState::Dropped);
        let answer = match live {
            Some(answer) => Some(Drafted {
                versions: answer.versions(store).await?,
                steps: answer.steps(store).await?,
                answer,
            }),
            None => None,
        };
        let sealer = house.sealer().map_err(Fault::inside)?;
        let recused = recusal::persons(house.ledger(), sealer, (organ, id)).await;
        Ok(Some(Self {
            recused: recused.map_err(ActError::into_fault)?,
            letters: IssuedLetter::of(store, id).await?,
            deliveries: LetterDelivery::of(store, id).await?,
            opinions: OpinionCase::of(store, id).await?,
            proposals: Proposal::of(store, id).await?,
            fees: Fee::of(store, id).await?,
            conversion: Conversion::of_request(store, id).await?,
            today: house.ledger().clock().today(),
            case,
            answer,
        }))
    }

    /// The file for a clerk who may read it masked; as if there were none where not even its existence is
    /// his to know.
    ///
    /// # Errors
    /// There is none, or the clerk may not.
    pub(super) async fn read_by(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Self, Fault> {
        let found = Self::find(&visit.house, &clerk.organ.code, id).await?;
        let file = found.ok_or(Fault::NotFound)?;
        clerk.may_see("foi.read_case", &file.tie(clerk))?;
        Ok(file)
    }

    /// What the policy is told: whose it is, who works on it, who wrote and decided what, what is over.
    pub(super) fn tie(&self, clerk: &Clerk) -> Tie {
        let filing = &self.case.filing;
        let mut tie = Tie::to(&filing.organ).holding([
            Condition::Masked,
            Condition::NoBackdate,
            // What leaves the organ is looked through for who applied before it is kept.
            Condition::NoPdata,
        ]);
        for person in &self.recused {
            tie = tie.about(person);
        }
        let mut hold = |condition: Condition, holds: bool| {
            if holds {
                tie.holds.push(condition);
            }
        };
        // While the clock stands still for an opinion the period is not over.
        let stands_still = filing.state == FilingState::Opinion;
        let today_open = filing.due.is_some() || filing.received_on.is_none() || stands_still;
        hold(Condition::Assigned, self.is_assigned(clerk));
        hold(Condition::InTime, today_open);
        hold(Condition::AfterConsult, filing.state != FilingState::Opinion);
        hold(
            Condition::AfterClose,
            filing.state == FilingState::Lapsed || filing.closed_on.is_some(),
        );
        hold(Condition::AfterApproval, !self.letters.is_empty());
        hold(Condition::Reauth, clerk.is_fresh());
        hold(Condition::InDeskSession, self.taken_in_today(clerk));
        if let Some(drafted) = &self.answer {
            let state = drafted.answer.state;
            hold(Condition::InReview, state == AnswerState::Submitted);
            let secrecy = drafted.agreed(ReviewStep::Secrecy);
            let legal = drafted.agreed(ReviewStep::Legal);
            hold(Condition::AfterSecrecyReview, secrecy.is_some());
            hold(Condition::AfterLegalReview, legal.is_some());
            for version in &drafted.versions {
                for person in version.persons() {
                    tie = tie.by(person);
                }
            }
            for (act, step) in [("foi.secrecy_review", secrecy), ("foi.legal_review", legal)] {
                for person in step.into_iter().flat_map(AnswerStep::persons) {
                    tie = tie.after(act, person);
                }
            }
        }
        tie
    }

    /// The same for what is prepared beside an opinion that is asked for: a search, a draft. What rests on the
    /// opinion waits for it when it is handed in, signed and issued (docs/readings/220).
    pub(super) fn tie_of_draft(&self, clerk: &Clerk) -> Tie {
        self.tie(clerk).holding([Condition::AfterConsult])
    }

    /// What the policy is told where something proposed is decided: who proposed it is its author.
    pub(super) fn tie_of_proposal(&self, clerk: &Clerk, kind: &str) -> Tie {
        let mut tie = self.tie(clerk);
        tie.authors.clear();
        match self.waiting(kind) {
            Some(proposal) => {
                let tie = tie.by(&proposal.proposed_by);
                proposal.proposed_for.iter().fold(tie, |tie, person| tie.by(person))
            }
            None => tie,
        }
    }

    /// Whether an act is offered to a clerk: it may be done, or only the second factor is missing, which is
    /// asked for when it is done.
    pub(super) fn is_offered(clerk: &Clerk, power: &str, tie: &Tie) -> bool {
        let again = ["foi.approve_reply", "foi.purge.approve"].contains(&power);
        let authors = tie.authors.iter().map(String::as_str);
        let only_factor = again
            && !clerk.is_fresh()
            && clerk.has_power(power)
            && clerk.organ.code == tie.organ
            && !clerk.is_among(authors);
        clerk.may(power, tie).is_ok() || only_factor
    }

    /// The answer that went out, where nothing else is drafted: what a 更正答复 puts right.
    pub(super) fn issued_answer(&self) -> Option<&Answer> {
        let answer = self.answer.as_ref().map(|one| &one.answer);
        answer.filter(|one| one.state == AnswerState::Issued)
    }

    /// What is proposed of that kind and waits for a decision.
    pub(super) fn waiting(&self, kind: &str) -> Option<&Proposal> {
        self.proposals.iter().find(|one| one.agreed.is_none() && one.kind.word() == kind)
    }

    pub(super) fn is_assigned(&self, clerk: &Clerk) -> bool {
        let (filing, by) = (&self.case.filing, Signatory::of(clerk));
        let his = !filing.officer.is_empty() && by.counts_as(&filing.officer);
        let units = !filing.unit.is_empty() && filing.unit == clerk.unit;
        // A unit that was asked works beside the officer.
        let beside = matches!(clerk.role, Role::Drafter | Role::Reviewer);
        his || units && (beside || filing.officer.is_empty())
    }

    /// 当次窗口: what a counter took in is in its hands that day, while the file has no officer yet.
    fn taken_in_today(&self, clerk: &Clerk) -> bool {
        let entered = ::store::parse_moment(&self.case.filing.entered_at).map(day_in_china);
        if entered != Some(self.today) {
            return false;
        }
        let intake = self.case.events.iter().find(|event| event.kind == "intake");
        intake.is_some_and(|event| clerk.is_among([event.person.as_str()]))
            && self.case.filing.officer.is_empty()
    }
}
