//! 咨询、投诉、建议、举报: what people write to an organ (国办发〔2017〕47号; 厦府办〔2020〕67号二（一）), and how
//! content they are with the answer.

/// What kind of letter it is, as the writer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// 咨询.
    Inquiry,
    /// 投诉.
    Complaint,
    /// 建议.
    Proposal,
    /// 举报.
    Report,
}

impl SuggestionKind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Inquiry, Self::Complaint, Self::Proposal, Self::Report];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Complaint => "complaint",
            Self::Proposal => "proposal",
            Self::Report => "report",
        }
    }

    /// As people read it, also in numbers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inquiry => "咨询",
            Self::Complaint => "投诉",
            Self::Proposal => "建议",
            Self::Report => "举报",
        }
    }

    /// What is meant by it, on the form.
    pub const fn meant(self) -> &'static str {
        match self {
            Self::Inquiry => "咨询：问政策、问怎么办",
            Self::Complaint => "投诉：对服务、管理不满意，要求解决",
            Self::Proposal => "建议：有改进的主意",
            Self::Report => "举报：反映违法违规的线索",
        }
    }

    /// The kind a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind by its name, as lists from elsewhere have it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name.trim())
    }

    /// Whether the inspection counts it as 政务咨询: 举报 has channels of its own (docs/readings/268).
    pub const fn is_consultation(self) -> bool {
        !matches!(self, Self::Report)
    }

    /// Whether its answer may be published: a report names somebody (docs/readings/267).
    pub const fn may_be_published(self) -> bool {
        !matches!(self, Self::Report)
    }
}

/// 满意度: what the writer says of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Satisfaction {
    /// 满意.
    Satisfied,
    /// 基本满意.
    Mostly,
    /// 不满意.
    Dissatisfied,
}

impl Satisfaction {
    /// All of them, best first.
    pub const ALL: [Self; 3] = [Self::Satisfied, Self::Mostly, Self::Dissatisfied];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Mostly => "mostly",
            Self::Dissatisfied => "dissatisfied",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Satisfied => "满意",
            Self::Mostly => "基本满意",
            Self::Dissatisfied => "不满意",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}
