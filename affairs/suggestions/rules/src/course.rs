//! 办理过程: how a letter goes from receipt to answer (厦府办〔2020〕67号二（一）（二）; 国办发〔2017〕47号), as one
//! table. What fits leads on; what does not is refused with the reason (docs/readings/265).

use law::{Provision, article};

use crate::{ANSWERED_IN_TIME, SITE_GUIDELINE, UNIFIED_ENTRANCE, Unfit, Why};

/// How far a letter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionState {
    /// 待受理.
    Received,
    /// 办理中.
    InHand,
    /// 答复待审核.
    Drafted,
    /// 答复待发出.
    Approved,
    /// 已答复.
    Answered,
    /// 已再次答复.
    Settled,
    /// 信访事项, 已按信访告知.
    Petition,
    /// 已告知依申请公开.
    Disclosure,
    /// 重复件.
    Duplicate,
    /// 不予受理.
    NotTaken,
    /// 已撤回.
    Withdrawn,
}

impl SuggestionState {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::InHand,
        Self::Drafted,
        Self::Approved,
        Self::Answered,
        Self::Settled,
        Self::Petition,
        Self::Disclosure,
        Self::Duplicate,
        Self::NotTaken,
        Self::Withdrawn,
    ];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InHand => "in_hand",
            Self::Drafted => "drafted",
            Self::Approved => "approved",
            Self::Answered => "answered",
            Self::Settled => "settled",
            Self::Petition => "petition",
            Self::Disclosure => "disclosure",
            Self::Duplicate => "duplicate",
            Self::NotTaken => "not_taken",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "待受理",
            Self::InHand => "办理中",
            Self::Drafted => "答复待审核",
            Self::Approved => "答复待发出",
            Self::Answered => "已答复",
            Self::Settled => "已再次答复",
            Self::Petition => "已按信访告知",
            Self::Disclosure => "已告知依申请公开",
            Self::Duplicate => "重复件",
            Self::NotTaken => "不予受理",
            Self::Withdrawn => "已撤回",
        }
    }

    /// The state a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether an answer is still owed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::InHand | Self::Drafted | Self::Approved)
    }

    /// Whether the writer has an answer.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Answered | Self::Settled)
    }
}

/// What can happen to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionEvent {
    /// 受理.
    Acceptance,
    /// 不予受理.
    Refusal,
    /// 转办.
    Transfer,
    /// 交办.
    Assignment,
    /// 协办.
    Assistance,
    /// 提请延期.
    ExtensionProposal,
    /// 同意延期.
    ExtensionGrant,
    /// 不同意延期.
    ExtensionDenial,
    /// 按信访告知.
    PetitionHandover,
    /// 登记接收信访事项: it is this organ's own, and goes on here.
    PetitionRegistration,
    /// 告知依申请公开.
    DisclosureReferral,
    /// 并入第一件.
    Joining,
    /// 恢复办理: the first letter ended without an answer.
    Reopening,
    /// 送审答复.
    AnswerDraft,
    /// 退回答复.
    AnswerReturn,
    /// 审核通过.
    AnswerApproval,
    /// 发出答复.
    AnswerDispatch,
    /// 评价.
    Rating,
    /// 要求再次答复.
    AskingAgain,
    /// 撤回.
    Withdrawal,
}

impl SuggestionEvent {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Acceptance,
        Self::Refusal,
        Self::Transfer,
        Self::Assignment,
        Self::Assistance,
        Self::ExtensionProposal,
        Self::ExtensionGrant,
        Self::ExtensionDenial,
        Self::PetitionHandover,
        Self::PetitionRegistration,
        Self::DisclosureReferral,
        Self::Joining,
        Self::Reopening,
        Self::AnswerDraft,
        Self::AnswerReturn,
        Self::AnswerApproval,
        Self::AnswerDispatch,
        Self::Rating,
        Self::AskingAgain,
        Self::Withdrawal,
    ];

    /// Its name in the ledger and among the steps.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Refusal => "refusal",
            Self::Transfer => "transfer",
            Self::Assignment => "assignment",
            Self::Assistance => "assistance",
            Self::ExtensionProposal => "extension_proposal",
            Self::ExtensionGrant => "extension",
            Self::ExtensionDenial => "extension_denial",
            Self::PetitionHandover => "petition_handover",
            Self::PetitionRegistration => "petition_registration",
            Self::DisclosureReferral => "disclosure_referral",
            Self::Joining => "joining",
            Self::Reopening => "reopening",
            Self::AnswerDraft => "answer_draft",
            Self::AnswerReturn => "answer_return",
            Self::AnswerApproval => "answer_approval",
            Self::AnswerDispatch => "answer",
            Self::Rating => "rating",
            Self::AskingAgain => "asking_again",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acceptance => "受理",
            Self::Refusal => "不予受理",
            Self::Transfer => "转办",
            Self::Assignment => "交办",
            Self::Assistance => "请求协办",
            Self::ExtensionProposal => "提请延期",
            Self::ExtensionGrant => "同意延期",
            Self::ExtensionDenial => "不同意延期",
            Self::PetitionHandover => "按信访告知",
            Self::PetitionRegistration => "登记接收信访事项",
            Self::DisclosureReferral => "告知依申请公开",
            Self::Joining => "并入第一件",
            Self::Reopening => "恢复办理",
            Self::AnswerDraft => "送审答复",
            Self::AnswerReturn => "退回答复",
            Self::AnswerApproval => "审核通过",
            Self::AnswerDispatch => "发出答复",
            Self::Rating => "评价",
            Self::AskingAgain => "要求再次答复",
            Self::Withdrawal => "撤回",
        }
    }

    /// The event of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    /// What it rests on.
    pub const fn basis(self) -> Provision {
        match self {
            Self::Acceptance
            | Self::Assignment
            | Self::Assistance
            | Self::Joining
            | Self::Reopening => ANSWERED_IN_TIME,
            Self::Refusal | Self::Transfer => UNIFIED_ENTRANCE,
            Self::ExtensionProposal
            | Self::ExtensionGrant
            | Self::ExtensionDenial
            | Self::AnswerDraft
            | Self::AnswerReturn
            | Self::AnswerApproval
            | Self::AnswerDispatch
            | Self::Rating
            | Self::AskingAgain => SITE_GUIDELINE,
            Self::PetitionHandover | Self::PetitionRegistration => article("信访工作条例", 23),
            Self::DisclosureReferral => article("政府信息公开条例", 29),
            Self::Withdrawal => article("个人信息保护法", 15),
        }
    }
}

/// 延期: once, proposed by one person and decided by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Extension {
    /// Nobody has proposed one.
    #[default]
    None,
    /// 待审批.
    Proposed,
    /// 已延长.
    Granted,
}

impl Extension {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Proposed, Self::Granted];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Proposed => "proposed",
            Self::Granted => "granted",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Where a letter stands, with what may happen only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Course {
    /// How far it has come.
    pub state: SuggestionState,
    /// Its extension.
    pub extension: Extension,
    /// Whether the writer has asked a second time.
    pub again: bool,
    /// Whether the last answer was rated.
    pub rated: bool,
}

impl Course {
    /// A letter that has just come.
    pub const fn begun() -> Self {
        let (state, extension) = (SuggestionState::Received, Extension::None);
        Self { state, extension, again: false, rated: false }
    }

    /// What an event makes of it; `late` says that the last day is over.
    ///
    /// # Errors
    /// It does not fit; the refusal says why.
    pub fn step(self, event: SuggestionEvent, late: bool) -> Result<Self, Unfit> {
        self.next(event, late).map_err(|why| Unfit { event, state: self.state, why })
    }

    fn next(self, event: SuggestionEvent, late: bool) -> Result<Self, Why> {
        use SuggestionEvent as E;
        use SuggestionState as S;
        match (self.state, event) {
            (S::Received, E::Acceptance) => Ok(self.at(S::InHand)),
            (S::Received, E::Refusal) => Ok(self.at(S::NotTaken)),
            (
                S::Received | S::InHand,
                E::Transfer
                | E::PetitionHandover
                | E::PetitionRegistration
                | E::DisclosureReferral
                | E::Joining,
            ) if self.again => Err(Why::AnswersAgain),
            (S::Received | S::InHand, E::Transfer) => Ok(self.ending(S::Received)),
            (S::Received | S::InHand, E::PetitionHandover) => Ok(self.ending(S::Petition)),
            (S::Received | S::InHand, E::PetitionRegistration) => Ok(self.at(S::InHand)),
            (S::Received | S::InHand, E::DisclosureReferral) => Ok(self.ending(S::Disclosure)),
            (S::Received | S::InHand, E::Joining) => Ok(self.ending(S::Duplicate)),
            (S::Duplicate, E::Reopening) => Ok(self.at(S::Received)),
            (S::InHand, E::Assignment | E::Assistance) => Ok(self),
            (S::InHand, E::AnswerDraft) => Ok(self.ending(S::Drafted)),
            (S::Drafted | S::Approved, E::AnswerReturn) => Ok(self.at(S::InHand)),
            (S::Drafted, E::AnswerApproval) => Ok(self.at(S::Approved)),
            (S::Approved, E::AnswerDispatch) => {
                let state = if self.again { S::Settled } else { S::Answered };
                Ok(Self { rated: false, ..self.at(state) })
            }
            (S::Answered | S::Settled, E::Rating) if self.rated => Err(Why::Rated),
            (S::Answered | S::Settled, E::Rating) => Ok(Self { rated: true, ..self }),
            (S::Answered, E::AskingAgain) => Ok(Self { again: true, ..self.at(S::InHand) }),
            (S::Settled, E::AskingAgain) => Err(Why::AskedAgain),
            (state, E::Withdrawal) if state.is_open() => Ok(self.ending(S::Withdrawn)),
            (S::InHand, E::ExtensionProposal | E::ExtensionGrant | E::ExtensionDenial) => {
                self.extended(event, late)
            }
            (state, event) => Err(unfitting(state, event)),
        }
    }

    fn extended(self, event: SuggestionEvent, late: bool) -> Result<Self, Why> {
        let to = |extension| Ok(Self { extension, ..self });
        match (event, self.extension) {
            (_, Extension::Granted) => Err(Why::Extended),
            (SuggestionEvent::ExtensionProposal, Extension::Proposed) => Err(Why::ExtensionWaits),
            (SuggestionEvent::ExtensionProposal, Extension::None) if late => Err(Why::TooLate),
            (SuggestionEvent::ExtensionProposal, Extension::None) => to(Extension::Proposed),
            (_, Extension::None) => Err(Why::NoExtensionWaits),
            (SuggestionEvent::ExtensionGrant, Extension::Proposed) if late => Err(Why::TooLate),
            (SuggestionEvent::ExtensionGrant, Extension::Proposed) => to(Extension::Granted),
            (_, Extension::Proposed) => to(Extension::None),
        }
    }

    const fn at(self, state: SuggestionState) -> Self {
        Self { state, ..self }
    }

    /// The next state, where an extension that was proposed and not decided falls away.
    const fn ending(self, state: SuggestionState) -> Self {
        let extension = match self.extension {
            Extension::Proposed | Extension::None => Extension::None,
            Extension::Granted => Extension::Granted,
        };
        Self { extension, ..self.at(state) }
    }
}

/// Why an event does not fit a state, where the table has nothing more to say.
const fn unfitting(state: SuggestionState, event: SuggestionEvent) -> Why {
    use SuggestionEvent as E;
    use SuggestionState as S;
    match state {
        S::Petition => Why::WithPetitions,
        S::Disclosure => Why::WithDisclosure,
        S::Duplicate => Why::Duplicate,
        S::NotTaken => Why::NotTaken,
        S::Withdrawn => Why::Withdrawn,
        S::Answered | S::Settled => Why::Answered,
        S::Received | S::InHand | S::Drafted | S::Approved => match (state, event) {
            (_, E::Rating | E::AskingAgain) => Why::NotAnswered,
            (_, E::Reopening) => Why::NotJoined,
            (S::Received, _) => Why::NotAccepted,
            (S::InHand, E::AnswerDispatch) => Why::NotReviewed,
            (S::InHand, E::AnswerReturn | E::AnswerApproval) => Why::NothingToReview,
            (S::Drafted, E::AnswerDispatch) => Why::NotReviewed,
            (S::Approved, E::AnswerApproval) => Why::NothingToReview,
            (S::InHand, _) => Why::Accepted,
            (_, E::Acceptance | E::Refusal) => Why::Accepted,
            (_, _) => Why::UnderReview,
        },
    }
}
