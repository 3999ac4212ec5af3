//! 办理: what can be done to a file, each with its power, its fields, and when it is offered. The rules decide
//! once more when it is done.

use requests_rules::Letter;

use super::deciding::DECIDING;
use super::file::File;
use super::handling::HANDLING;
use crate::store::{AnswerState, FilingState, RemedyKind};

/// Something that can be done to a file.
pub(super) struct Acting {
    /// Its address below the site; the last part of it is its name.
    pub address: &'static str,
    /// The act of the access policy.
    pub power: &'static str,
    /// What the button and the page are called.
    pub words: &'static str,
    /// What whoever does it has to know.
    pub hint: &'static str,
    /// What is asked.
    pub asks: &'static [Ask],
    /// Whether it may be done now.
    pub offered: fn(&File) -> bool,
}

impl Acting {
    /// The last part of its address.
    pub(super) fn path(&self) -> &'static str {
        self.address.rsplit('/').next().unwrap_or_default()
    }

    /// The word of the proposal it decides, where it decides one.
    pub(super) fn decides(&self) -> Option<&'static str> {
        let own = DECISIONS.iter().find(|(path, _)| *path == self.path());
        own.map(|(_, proposal)| *proposal)
    }
}

/// A field.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
}

/// What kind of field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A number.
    Number,
    /// A box to tick.
    Tick,
    /// A file.
    File,
    /// One of several.
    Pick(Pick),
}

/// What is picked from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// 经办人 of the organ.
    Officers,
    /// 科室 of the organ.
    Units,
    /// Opinions that are awaited.
    Awaited,
    /// Of other organs.
    AwaitedOrgans,
    /// Third parties that object.
    Against,
    /// Third parties that gave a reason.
    Reasoned,
    /// Whether a reason holds.
    Holding,
    /// What an opinion says.
    Said,
    /// Letters that went out.
    Letters,
    /// Letters on their way.
    OnTheWay,
    /// Ways of serving.
    Methods,
    /// Proofs of service.
    Proofs,
    /// The two methods of charging.
    Charging,
    /// How reasons are judged.
    Judged,
    /// Yes or no.
    Agreed,
    /// 保管期限.
    Retentions,
    /// 复议, suits.
    Remedies,
    /// Reviews a suit may follow.
    Reviews,
    /// 复议, suits that are not concluded.
    Pending,
    /// What they come to.
    Results,
    /// 保全 that stand.
    Holds,
    /// Fees that were paid and not paid back.
    Paid,
}

pub(super) const fn ask(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: Kind,
) -> Ask {
    Ask { name, label, hint, kind }
}

/// Whether whoever does it has to reach the applicant: the page leads to how, with the reason filled in.
pub(super) fn calls(act: &Acting) -> bool {
    act.path() == "queren"
}

pub(super) const WHY: Ask = ask("liyou", "理由", "", Kind::Lines);
const AGREED: Ask = ask("jueding", "决定", "", Kind::Pick(Pick::Agreed));
const WORDS: Ask = ask("liyou", "决定的理由", "", Kind::Lines);
pub(super) const DECISION: &[Ask] = &[AGREED, WORDS];

pub(super) fn is_open(file: &File) -> bool {
    !file.case.filing.is_closed()
}

pub(super) fn is_running(file: &File) -> bool {
    file.case.filing.state == FilingState::Running
}

pub(super) fn stands(file: &File, state: FilingState) -> bool {
    file.case.filing.state == state
}

pub(super) fn has(file: &File, letter: Letter) -> bool {
    file.letters.iter().any(|one| one.kind == letter)
}

pub(super) fn happened(file: &File, kind: &str) -> bool {
    file.case.events.iter().any(|event| event.kind == kind)
}

/// How the reasons that were asked for were judged last.
pub(super) fn judged(file: &File) -> Option<&str> {
    let judged = file.case.events.iter().rfind(|event| event.kind == "reasons_judged")?;
    judged.facts["judged"].as_str()
}

/// Everything that can be done, in the order in which it may come.
pub(super) fn all() -> impl Iterator<Item = &'static Acting> {
    HANDLING.iter().chain(DECIDING)
}

/// The acts that decide what was proposed: their path, and the word of the proposal.
pub(super) const DECISIONS: [(&str, &str); 6] = [
    ("jueding-yanqi", "extension"),
    ("jueding-yanchi", "delay"),
    ("jueding-shoufei", "fee"),
    ("jueding-buzheng", "second_correction"),
    ("jueding-fangqi", "abandonment"),
    ("jueding-quming", "removal"),
];

/// The act of an address.
pub(super) fn at(path: &str) -> Option<&'static Acting> {
    let last = path.rsplit('/').next()?;
    all().find(|act| act.path() == last)
}

/// What may be done to a file now, by whoever may.
pub(super) fn offered(file: &File) -> impl Iterator<Item = &'static Acting> {
    all().filter(|act| (act.offered)(file))
}

/// Whether the answer that went out may be put right: 更正答复.
pub(super) fn may_be_put_right(file: &File) -> bool {
    file.issued_answer().is_some()
}

/// Whether an answer may be written, or one that is on its way looked at.
pub(super) fn answers(file: &File) -> bool {
    let over = [AnswerState::Dropped, AnswerState::Issued];
    let asked = stands(file, FilingState::Opinion);
    is_running(file)
        || asked
        || file.answer.as_ref().is_some_and(|one| !over.contains(&one.answer.state))
}

/// The kinds of remedy, by their words.
pub(super) const REMEDIES: [(&str, &str, RemedyKind); 3] = [
    ("fuyi", "行政复议", RemedyKind::Review),
    ("susong", "行政诉讼（未经复议直接起诉）", RemedyKind::DirectSuit),
    ("zaisu", "行政诉讼（复议后起诉）", RemedyKind::SuitAfterReview),
];
