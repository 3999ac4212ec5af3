//! What differs from kind to kind of what is withdrawn, as data.

use super::super::publication::Publication;
use super::super::{
    UNSEEN, answering, decision_report, decisions, drafting, gathering, hearing, interview,
    questionnaire, record, transcript,
};
use crate::store::{
    Consultation, DecisionList, DecisionReport, Gathering, Hearing, Interview, Questionnaire,
    Withdrawable,
};

/// How the ledger and review know one kind.
pub(super) struct Kind {
    /// What the ledger calls what nobody outside sees of one, before its key.
    pub unseen: &'static str,
    /// What the ledger calls that one proposes,
    pub proposal: &'static str,
    /// that it is withdrawn,
    pub withdrawal: &'static str,
    /// and that it stays public.
    pub refusal: &'static str,
    /// The kinds of pieces by which review knows what was public of one.
    pub reviewed: &'static [&'static str],
    /// The ledger, not the proposal, keeps why another decided as he did.
    pub reason_lasts: bool,
}

/// Those of one kind.
pub(super) const fn of(what: Withdrawable) -> &'static Kind {
    match what {
        Withdrawable::Consultation => &CONSULTATION,
        Withdrawable::Answers => &ANSWERS,
        Withdrawable::Hearing => &HEARING,
        Withdrawable::DecisionList => &DECISION_LIST,
        Withdrawable::DecisionReport => &DECISION_REPORT,
        Withdrawable::Gathering => &GATHERING,
        Withdrawable::Interview => &INTERVIEW,
        Withdrawable::Questionnaire => &QUESTIONNAIRE,
    }
}

const CONSULTATION: Kind = Kind {
    unseen: Consultation::WORK,
    proposal: "withdrawal_proposal",
    withdrawal: "withdrawal",
    refusal: "withdrawal_refusal",
    reviewed: &[drafting::KIND, answering::KIND],
    reason_lasts: false,
};

const ANSWERS: Kind = Kind {
    unseen: Consultation::WORK,
    proposal: "answers_withdrawal_proposal",
    withdrawal: "answers_withdrawal",
    refusal: "answers_withdrawal_refusal",
    reviewed: &[answering::KIND],
    reason_lasts: false,
};

const HEARING: Kind = Kind {
    unseen: Hearing::WORK,
    proposal: "hearing_withdrawal_proposal",
    withdrawal: "hearing_withdrawal",
    refusal: "hearing_withdrawal_refusal",
    reviewed: &[hearing::KIND, record::KIND],
    reason_lasts: false,
};

const DECISION_LIST: Kind = Kind {
    unseen: DecisionList::WORK,
    proposal: "decision_list_withdrawal_proposal",
    withdrawal: "decision_list_withdrawal",
    refusal: "decision_list_withdrawal_refusal",
    reviewed: &[decisions::KIND],
    reason_lasts: false,
};

const DECISION_REPORT: Kind = Kind {
    unseen: DecisionReport::WORK,
    proposal: "decision_report_withdrawal_proposal",
    withdrawal: "decision_report_withdrawal",
    refusal: "decision_report_withdrawal_refusal",
    reviewed: &[decision_report::KIND],
    reason_lasts: true,
};

const GATHERING: Kind = Kind {
    unseen: Gathering::WORK,
    proposal: "gathering_withdrawal_proposal",
    withdrawal: "gathering_withdrawal",
    refusal: "gathering_withdrawal_refusal",
    reviewed: &[gathering::KIND, gathering::minutes::KIND],
    reason_lasts: true,
};

const INTERVIEW: Kind = Kind {
    unseen: Interview::WORK,
    proposal: "interview_withdrawal_proposal",
    withdrawal: "interview_withdrawal",
    refusal: "interview_withdrawal_refusal",
    reviewed: &[interview::KIND, transcript::KIND],
    reason_lasts: false,
};

const QUESTIONNAIRE: Kind = Kind {
    unseen: Questionnaire::WORK,
    proposal: "questionnaire_withdrawal_proposal",
    withdrawal: "questionnaire_withdrawal",
    refusal: "questionnaire_withdrawal_refusal",
    reviewed: &[questionnaire::KIND, questionnaire::results::KIND],
    reason_lasts: false,
};

impl Kind {
    /// What nobody outside sees of one, in the ledger.
    pub(super) fn subject(&self, id: &str) -> String {
        format!("{UNSEEN}{}{id}", self.unseen)
    }
}
