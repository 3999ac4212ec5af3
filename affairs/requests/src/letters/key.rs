//! 标准文本的种类: one for each letter, and for answers one for each kind.

use std::fmt;

use law::Date;
use requests_rules::{ANSWER_TYPES, AnswerType, Fact, Letter as Kind, Recipient, answer_type};

use super::field::Field;

/// Which standard text: a letter, and of answers and closings the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextKey {
    letter: Kind,
    code: Option<&'static str>,
}

/// What a letter's places are to its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Always known, and the text has to have it.
    Must,
    /// Always known; the text may have it.
    May,
    /// Not always known; the text may have it in a paragraph that falls away without it.
    IfKnown,
}

use Need::{IfKnown, May, Must};

impl TextKey {
    /// The text of a letter that is no answer; none for one that is.
    pub const fn of(letter: Kind) -> Option<Self> {
        match letter {
            Kind::Answer | Kind::ClosingNotice => None,
            letter => Some(Self::plain(letter)),
        }
    }

    /// The text of a letter that has no kinds.
    pub(super) const fn plain(letter: Kind) -> Self {
        Self { letter, code: None }
    }

    /// The text of a kind of answer.
    pub const fn of_answer(kind: &'static AnswerType) -> Self {
        Self { letter: kind.letter, code: Some(kind.code) }
    }

    /// The text of an answer to several things, where the answers are of different kinds.
    pub const fn joint() -> Self {
        Self::plain(Kind::Answer)
    }

    /// All texts there are on a day, letters in the order in which they may be needed.
    pub fn all(on: Date) -> Vec<Self> {
        let kinds = ANSWER_TYPES.on(on).map(|kinds| kinds.value).unwrap_or_default();
        let mut all = Vec::new();
        for letter in Kind::ALL.iter().copied() {
            match Self::of(letter) {
                Some(key) => all.push(key),
                None => {
                    let its = kinds.iter().filter(|kind| kind.letter == letter);
                    all.extend(its.map(Self::of_answer));
                    all.extend((letter == Kind::Answer).then(Self::joint));
                }
            }
        }
        all
    }

    /// The text a word means that was written by this type, on a day.
    pub fn parse(word: &str, on: Date) -> Option<Self> {
        Self::all(on).into_iter().find(|key| key.to_string() == word)
    }

    /// The letter it is the text of.
    pub const fn letter(self) -> Kind {
        self.letter
    }

    /// The code of the kind of answer, where it is one.
    pub const fn code(self) -> Option<&'static str> {
        self.code
    }

    /// What people call it.
    pub fn title(self, on: Date) -> String {
        let title = self.letter.title();
        match self.code.and_then(|code| answer_type(code, on)) {
            Some(kind) => format!("{title}（{} {}）", kind.code, kind.name),
            None if self == Self::joint() => format!("{title}（几项内容答复不同）"),
            None => title.to_owned(),
        }
    }

    /// The places its text may have, in the order in which an officer is told of them.
    pub fn fields(self) -> Vec<Field> {
        self.needs().into_iter().map(|(field, _)| field).collect()
    }

    /// The places its text must have.
    pub fn demanded(self) -> Vec<Field> {
        self.needs().into_iter().filter(|(_, need)| *need == Must).map(|(field, _)| field).collect()
    }

    pub(super) fn need(self, field: Field) -> Option<Need> {
        self.needs().into_iter().find(|(one, _)| *one == field).map(|(_, need)| need)
    }

    pub(super) fn needs(self) -> Vec<(Field, Need)> {
        let mut needs = vec![(Field::RequestNumber, Must), (Field::Organ, May)];
        match self.letter.to() {
            // Whoever is asked for an opinion is not told who applied.
            Recipient::ThirdParty | Recipient::Organ => needs.push((Field::Contact, IfKnown)),
            Recipient::Applicant => needs.extend([
                (Field::Form, May),
                (Field::Applicant, May),
                (Field::Received, Must),
                (Field::Wanted, Must),
                (Field::Contact, IfKnown),
            ]),
            Recipient::File => {}
        }
        needs.push((Field::Basis, Must));
        needs.extend_from_slice(self.own_needs());
        if self == Self::joint() {
            needs.push((Field::Parts, Must));
        }
        if let Some(kind) = self.code.and_then(newest) {
            let fact = |fact: &Fact| {
                let need = if fact.may_be_unknown() { IfKnown } else { Must };
                (Field::of(*fact), need)
            };
            needs.extend(kind.required.iter().map(fact));
            if kind.code == OTHERWISE {
                needs.push((Field::ClosingReason, Must));
            }
        }
        if self.has_remedy() {
            needs.push((Field::Remedy, Must));
        }
        // 送达回证 tells the number in its table.
        if self.letter == Kind::ServiceProof {
            needs.retain(|(field, _)| *field != Field::RequestNumber);
        }
        needs
    }

    /// Whether the letter decides something against which there is a remedy.
    pub const fn has_remedy(self) -> bool {
        matches!(
            self.letter,
            Kind::Answer
                | Kind::ClosingNotice
                | Kind::DecisionToThirdParty
                | Kind::RectificationAnswer
        )
    }

    const fn own_needs(self) -> &'static [(Field, Need)] {
        match self.letter {
            Kind::Receipt => &[
                (Field::DueExplained, Must),
                (Field::QueryCode, IfKnown),
                (Field::TrackAddress, IfKnown),
            ],
            Kind::CorrectionNotice => &[(Field::Items, Must), (Field::CorrectionPeriod, Must)],
            Kind::ThirdPartyInquiry => &[
                (Field::Asked, May),
                (Field::AskedAbout, Must),
                (Field::OpinionPeriod, Must),
                (Field::Slip, Must),
                (Field::QueryCode, IfKnown),
                (Field::TrackAddress, IfKnown),
            ],
            Kind::OrganInquiry => &[
                (Field::Asked, May),
                (Field::AskedWhy, May),
                (Field::AskedAbout, Must),
                (Field::OpinionWanted, Must),
            ],
            Kind::ReasonNotice => &[(Field::Frequency, Must), (Field::ReasonsBy, IfKnown)],
            Kind::ExtensionNotice => {
                &[(Field::ExtensionReason, Must), (Field::ExtendedBy, Must), (Field::LastDay, Must)]
            }
            Kind::DelayNotice => &[(Field::ExtensionReason, Must), (Field::LastDay, Must)],
            Kind::FeeNotice => &[
                (Field::FeeMethod, Must),
                (Field::FeeTiers, Must),
                (Field::FeeAmount, Must),
                (Field::FeePayment, Must),
                (Field::FeePeriod, Must),
            ],
            Kind::DecisionToThirdParty => {
                &[(Field::Asked, May), (Field::Disclosed, Must), (Field::Reason, Must)]
            }
            Kind::RectificationAnswer => {
                &[(Field::RectificationOutcome, Must), (Field::Reason, Must)]
            }
            Kind::RectificationTransfer | Kind::ComplaintAdvice => {
                &[(Field::ResponsibleOrgan, Must)]
            }
            Kind::ComplaintResult | Kind::AppealResult => {
                &[(Field::ComplaintOutcome, Must), (Field::Reason, Must)]
            }
            Kind::ServiceProof => &[(Field::Service, Must)],
            Kind::ArchiveList => &[
                (Field::Pieces, Must),
                (Field::Closed, Must),
                (Field::Retention, Must),
                (Field::PieceCount, May),
                (Field::PageCount, May),
            ],
            Kind::Answer | Kind::ClosingNotice => &[],
        }
    }
}

/// 其他 (撤回、合并等): no provision says what has to be told, so the reason is.
const OTHERWISE: &str = "O3";

/// The kind with that code as it stands now: what a text must have is judged by the newest version.
fn newest(code: &str) -> Option<&'static AnswerType> {
    let (from, _) = ANSWER_TYPES.versions().last()?;
    answer_type(code, from)
}

impl Field {
    /// The place of a fact an answer must contain.
    pub const fn of(fact: Fact) -> Self {
        match fact {
            Fact::Whereabouts => Self::Whereabouts,
            Fact::Provided => Self::Provided,
            Fact::OpenPart => Self::OpenPart,
            Fact::Reason => Self::Reason,
            Fact::ForbiddingStatute => Self::ForbiddingStatute,
            Fact::ThirdPartyRecord => Self::ThirdPartyRecord,
            Fact::Kind => Self::Kind,
            Fact::SpecialStatute => Self::SpecialStatute,
            Fact::SearchRecord => Self::SearchRecord,
            Fact::ResponsibleOrgan => Self::ResponsibleOrgan,
            Fact::Unclear => Self::Unclear,
            Fact::EarlierAnswer => Self::EarlierAnswer,
            Fact::ReasonsJudged => Self::ReasonsJudged,
            Fact::EarlierProvision => Self::EarlierProvision,
            Fact::ProofOfService => Self::ProofOfService,
        }
    }
}

impl fmt::Display for TextKey {
    /// The word it is kept under: `receipt`, `answer-G1`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.letter {
            Kind::Receipt => "receipt",
            Kind::CorrectionNotice => "correction_notice",
            Kind::ThirdPartyInquiry => "third_party_inquiry",
            Kind::OrganInquiry => "organ_inquiry",
            Kind::ReasonNotice => "reason_notice",
            Kind::ExtensionNotice => "extension_notice",
            Kind::DelayNotice => "delay_notice",
            Kind::FeeNotice => "fee_notice",
            Kind::Answer => "answer",
            Kind::DecisionToThirdParty => "decision_to_third_party",
            Kind::RectificationAnswer => "rectification_answer",
            Kind::ComplaintResult => "complaint_result",
            Kind::AppealResult => "appeal_result",
            Kind::RectificationTransfer => "rectification_transfer",
            Kind::ClosingNotice => "closing_notice",
            Kind::ComplaintAdvice => "complaint_advice",
            Kind::ServiceProof => "service_proof",
            Kind::ArchiveList => "archive_list",
        };
        match self.code {
            Some(code) => write!(out, "{letter}-{code}"),
            None => out.write_str(letter),
        }
    }
}
