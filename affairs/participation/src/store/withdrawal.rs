//! 撤下: what one proposes and another decides. What is proposed stands in a table of proposals, among what is entered at
//! an interview, or in the row of the piece itself; whoever acts or looks sees no difference.

mod own;
mod proposals;
mod taking;

pub use own::Proposed;

use law::Date;
use proposals::Proposals;
use store::{Statements, StoreError, Transaction};

use super::{
    Announced, Change, Consultation, Deciding, DecisionList, DecisionReport, Entered, Gathering,
    Hearing, Interview, NewChange, Questionnaire,
};

/// What can be withdrawn for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawable {
    /// 征求意见: its notice and its answers.
    Consultation,
    /// 意见采纳情况, without the notice: they are put right and published anew.
    Answers,
    /// 听证会: its notice and all that was published after it.
    Hearing,
    /// 决策事项目录.
    DecisionList,
    /// 执行情况 or 决策后评估 of one decision.
    DecisionReport,
    /// 活动: its notice and its record.
    Gathering,
    /// 在线访谈: its notice, its live text and its transcript.
    Interview,
    /// 问卷: its questions and its results.
    Questionnaire,
}

/// Where the proposals of a kind are kept.
enum Kept {
    /// In a table of proposals.
    Apart(Proposals),
    /// Among what is entered at an interview.
    Entered,
    /// In the row of the piece: at most one.
    Own,
}

impl Withdrawable {
    /// Those whose proposals name their kind, each with its word in a column.
    const WORDS: [(Self, &'static str); 5] = [
        (Self::Consultation, "consultation"),
        (Self::Answers, "answers"),
        (Self::Hearing, "hearing"),
        (Self::DecisionList, "decision_list"),
        (Self::Questionnaire, "questionnaire"),
    ];

    /// The table of what is withdrawn.
    const fn table(self) -> &'static str {
        match self {
            Self::Consultation | Self::Answers => Consultation::TABLE,
            Self::Hearing => Hearing::TABLE,
            Self::DecisionList => DecisionList::TABLE,
            Self::DecisionReport => DecisionReport::TABLE,
            Self::Gathering => Gathering::TABLE,
            Self::Interview => Interview::TABLE,
            Self::Questionnaire => Questionnaire::TABLE,
        }
    }

    const fn kept(self) -> Kept {
        match self {
            Self::Consultation => Kept::Apart(Proposals::CONSULTATION),
            Self::Questionnaire => Kept::Apart(Proposals::QUESTIONNAIRE),
            Self::Answers => Kept::Apart(Proposals::among("answers")),
            Self::Hearing => Kept::Apart(Proposals::among("hearing")),
            Self::DecisionList => Kept::Apart(Proposals::among("decision_list")),
            Self::Interview => Kept::Entered,
            Self::DecisionReport | Self::Gathering => Kept::Own,
        }
    }
}

/// A proposal to withdraw what should not have been published, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Its key; empty where the piece keeps it itself.
    pub id: String,
    /// What it is about.
    pub what: Withdrawable,
    /// The key of that.
    pub piece: String,
    /// Why, as everybody will read it.
    pub reason: String,
    /// The natural persons who propose it: who does, and who is stood in for.
    pub proposers: Vec<String>,
    /// What he is called.
    pub proposed_name: String,
    /// Who decided; empty while it waits, and where only the key of the person is kept.
    pub decided_name: String,
    /// In which words; empty where they stand in the ledger alone.
    pub decided_reason: String,
    /// Whether it waits.
    pub waits: bool,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl Withdrawal {
    /// All of a piece, in the order they were proposed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        (what, piece): (Withdrawable, &str),
    ) -> Result<Vec<Self>, StoreError> {
        match what.kept() {
            Kept::Apart(table) => table.of(from, (what, piece)).await,
            Kept::Entered => {
                let all = Change::withdrawals(from, piece).await?;
                Ok(all.into_iter().map(Self::entered).collect())
            }
            Kept::Own => own::of(from, (what, piece)).await,
        }
    }

    fn entered(one: Change) -> Self {
        Self {
            id: one.id,
            what: Withdrawable::Interview,
            piece: one.interview,
            reason: match one.what {
                Entered::Withdrawal { reason } => reason,
                Entered::Text(_) => String::new(),
            },
            proposers: one.enterers,
            proposed_name: one.entered_name,
            decided_name: one.decided_name,
            decided_reason: String::new(),
            waits: one.waits,
            withdrawn: one.released,
        }
    }

    /// Those of an organ that wait in a table of proposals: what it is about, its key and its title.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(Withdrawable, String, String)>, StoreError> {
        proposals::waiting(from, organ).await
    }

    /// Decides it, and where it is to be withdrawn takes the piece down on a day; `false` where somebody was first.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (withdraw, on): (bool, Date),
        deciding: &Deciding<'_>,
    ) -> Result<bool, StoreError> {
        let noted = match self.what.kept() {
            Kept::Apart(table) => table.decide(change, &self.id, withdraw, deciding).await?,
            Kept::Entered => match Change::find(change, &self.id).await? {
                Some(one) if withdraw => one.release(change, 0, deciding).await?,
                Some(one) => one.refuse(change, deciding).await?,
                None => false,
            },
            Kept::Own if withdraw => {
                return own::withdraw(change, (self.what, &self.piece), on, deciding).await;
            }
            Kept::Own => own::keep(change, (self.what, &self.piece), None, deciding.at).await?,
        };
        match noted && withdraw {
            true => self.take_down(change, (on, deciding.at)).await,
            false => Ok(noted),
        }
    }
}

/// A proposal on its way to where it is kept.
pub(crate) struct NewWithdrawal<'a> {
    /// What it is about, and its key.
    pub of: (Withdrawable, &'a str),
    pub reason: &'a str,
    pub by: &'a str,
    /// Empty where nobody is stood in for.
    pub stands_in_for: &'a str,
    pub name: &'a str,
    pub at: &'a str,
}

impl NewWithdrawal<'_> {
    /// Keeps it; `false` where another waits.
    pub(crate) async fn add(self, change: &Transaction) -> Result<bool, StoreError> {
        let added = match self.of.0.kept() {
            Kept::Apart(table) => table.add(change, self).await,
            Kept::Entered => return self.enter(change).await,
            Kept::Own => {
                let persons = [self.by, self.stands_in_for].into_iter();
                let proposed = Proposed {
                    reason: self.reason.to_owned(),
                    by: persons.filter(|one| !one.is_empty()).map(str::to_owned).collect(),
                    name: self.name.to_owned(),
                };
                return own::keep(change, self.of, Some(&proposed), self.at).await;
            }
        };
        unless_another(added)
    }

    /// Enters it at an interview.
    async fn enter(self, change: &Transaction) -> Result<bool, StoreError> {
        let interview = self.of.1;
        let before = Change::withdrawals(change, interview).await?;
        if before.iter().any(|one| one.waits) {
            return Ok(false);
        }
        let new = NewChange {
            interview,
            number: 0,
            what: &Entered::Withdrawal { reason: self.reason.to_owned() },
            question: 0,
            form: &format!("{interview}:withdrawal:{}", before.len()),
            by: self.by,
            stands_in_for: self.stands_in_for,
            name: self.name,
            at: self.at,
        };
        unless_another(new.add(change).await)
    }
}

/// What is taken in once at a time: `false` where another was there.
fn unless_another(added: Result<(), StoreError>) -> Result<bool, StoreError> {
    match added {
        Ok(()) => Ok(true),
        Err(StoreError::Duplicate(_)) => Ok(false),
        Err(other) => Err(other),
    }
}
