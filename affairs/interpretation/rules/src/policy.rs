//! 认定: how it is settled at drafting whether a document is interpreted, and what becomes of that
//! (厦府办〔2020〕67号三（四）; docs/readings/280, 281).

use crate::{INTERPRETING, Refusal};

/// Where the judgement of one document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyState {
    /// 需要解读: the interpretation goes with it.
    Needed,
    /// 提出不解读: somebody else has still to agree.
    WaiverProposed,
    /// 提出随后解读: somebody else has still to agree.
    DeferralProposed,
    /// 不解读, agreed.
    Waived,
    /// 随后解读, agreed: within three working days of its publication.
    Deferred,
    /// 已发布，有解读.
    Interpreted,
    /// 已发布，不解读.
    NotInterpreted,
    /// 已发布，欠解读.
    Owing,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyEvent {
    /// The drafter judges that it needs one.
    Judge,
    /// The drafter proposes to go without.
    ProposeWaiver,
    /// The drafter proposes that it follows.
    ProposeDeferral,
    /// Another person agrees.
    Agree,
    /// Another person does not.
    Refuse,
    /// The document is published.
    Publish,
    /// An interpretation of it is published.
    Interpret,
    /// The only interpretation of it is taken down for what it says.
    LoseInterpretation,
}

impl PolicyState {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Needed,
        Self::WaiverProposed,
        Self::DeferralProposed,
        Self::Waived,
        Self::Deferred,
        Self::Interpreted,
        Self::NotInterpreted,
        Self::Owing,
    ];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::WaiverProposed => "waiver_proposed",
            Self::DeferralProposed => "deferral_proposed",
            Self::Waived => "waived",
            Self::Deferred => "deferred",
            Self::Interpreted => "interpreted",
            Self::NotInterpreted => "not_interpreted",
            Self::Owing => "owing",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Needed => "需要解读",
            Self::WaiverProposed => "提出不解读",
            Self::DeferralProposed => "提出随后解读",
            Self::Waived => "认定不解读",
            Self::Deferred => "认定随后解读",
            Self::Interpreted => "已解读",
            Self::NotInterpreted => "不解读",
            Self::Owing => "欠解读",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether somebody else has still to agree.
    pub const fn waits(self) -> bool {
        matches!(self, Self::WaiverProposed | Self::DeferralProposed)
    }

    /// Whether the document is published.
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Interpreted | Self::NotInterpreted | Self::Owing)
    }

    /// Whether another person agreed that the document goes without its interpretation, or before it.
    pub const fn goes_without(self) -> bool {
        matches!(self, Self::Waived | Self::Deferred)
    }

    /// Whether the document may be signed: with its interpretation, or because it was agreed that it goes without.
    pub const fn may_be_signed(self) -> bool {
        matches!(self, Self::Needed | Self::Waived | Self::Deferred)
    }

    /// What it is after an event.
    ///
    /// # Errors
    /// The event does not belong to this state.
    pub const fn after(self, event: PolicyEvent) -> Result<Self, Refusal> {
        use PolicyEvent as E;
        use PolicyState as S;
        Ok(match (self, event) {
            (
                S::Needed | S::WaiverProposed | S::DeferralProposed | S::Waived | S::Deferred,
                E::Judge,
            ) => S::Needed,
            // What was agreed to holds for the draft as it read then: where that has changed, the same is proposed anew.
            (
                S::Needed | S::WaiverProposed | S::DeferralProposed | S::Waived | S::Deferred,
                E::ProposeWaiver,
            ) => S::WaiverProposed,
            (
                S::Needed | S::WaiverProposed | S::DeferralProposed | S::Waived | S::Deferred,
                E::ProposeDeferral,
            ) => S::DeferralProposed,
            (S::WaiverProposed, E::Agree) => S::Waived,
            (S::DeferralProposed, E::Agree) => S::Deferred,
            (S::WaiverProposed | S::DeferralProposed, E::Refuse) => S::Needed,
            // The document and its interpretation are published in one act, the document first.
            (S::Needed | S::Deferred, E::Publish) => S::Owing,
            (S::Waived, E::Publish) => S::NotInterpreted,
            // A document that went without may be interpreted all the same; another interpretation may follow.
            (S::Owing | S::NotInterpreted | S::Interpreted, E::Interpret) => S::Interpreted,
            (S::Interpreted, E::LoseInterpretation) => S::Owing,
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: PolicyEvent) -> Refusal {
        Refusal {
            thing: "政策文件", state: self.name(), event: event.name(), basis: INTERPRETING
        }
    }
}

impl PolicyEvent {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Judge,
        Self::ProposeWaiver,
        Self::ProposeDeferral,
        Self::Agree,
        Self::Refuse,
        Self::Publish,
        Self::Interpret,
        Self::LoseInterpretation,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Judge => "认定需要解读",
            Self::ProposeWaiver => "提出不解读",
            Self::ProposeDeferral => "提出随后解读",
            Self::Agree => "同意",
            Self::Refuse => "退回",
            Self::Publish => "发布",
            Self::Interpret => "解读",
            Self::LoseInterpretation => "撤下解读",
        }
    }
}
