//! What may be done to a letter now by whoever looks, which of it comes first, and what the forms begin with.

use std::collections::BTreeMap;

use identity::{Division, Level, Organ};
use suggestions_rules::{DISCLOSURE_OPENING, Extension, Likely, PetitionWay, SuggestionState};
use web::{Clerk, Fault, Visit};

use super::{
    ACCEPT, ANSWER, APPROVE, CLOSE, DRAFT, EXTEND, PERUSE, PROPOSE_AWAY, READ, TAKE_AWAY, TRANSFER,
    tie,
};
use crate::masking::{masked, masked_answer};
use crate::store::{
    Answer, AnswerDraft, AnswerState, Closing, Piece, PieceState, Suggestion, Written,
};

/// What may be done now, by whoever looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct May {
    pub peruse: bool,
    pub accept: bool,
    pub settle: bool,
    pub join: bool,
    pub transfer: bool,
    pub draft: bool,
    pub propose: bool,
    pub approve: bool,
    /// Not only to send it back.
    pub pass: bool,
    pub send: bool,
    pub extend: bool,
    pub publish: bool,
    pub propose_away: bool,
    pub take_away: bool,
    pub close: bool,
}

impl May {
    /// What waits for whoever looks, the first of it; empty where nothing does. The page shows it open, and folds the
    /// rest.
    pub(super) fn first(&self) -> &'static str {
        let waiting = [
            (self.close, "close"),
            (self.extend, "extend"),
            (self.approve && self.pass, "approve"),
            (self.take_away, "take_away"),
            (self.send, "send"),
            (self.accept, "accept"),
            (self.draft, "draft"),
            (self.publish, "publish"),
        ];
        waiting.into_iter().find(|(may, _)| *may).map_or("", |(_, key)| key)
    }

    /// How much may be done.
    fn count(&self) -> usize {
        let all = [
            self.peruse,
            self.accept,
            self.settle,
            self.join,
            self.transfer,
            self.draft,
            self.propose,
            self.approve,
            self.send,
            self.extend,
            self.publish,
            self.propose_away,
            self.take_away,
            self.close,
        ];
        all.into_iter().filter(|may| *may).count()
    }

    /// Whether anything may be done.
    pub(super) fn any(&self) -> bool {
        self.count() > 0
    }

    /// Whether more than the first may be done.
    pub(super) fn more(&self) -> bool {
        self.count() > 1
    }

    pub(super) fn of(
        letter: &Suggestion,
        clerk: &Clerk,
        answers: &[Answer],
        (piece, waits): (Option<&Piece>, Option<&Closing>),
    ) -> Self {
        use SuggestionState as S;
        let state = letter.course.state;
        let tie = tie(letter, clerk);
        // What else an act asks for is asked when it is done.
        let has = |act: &str| clerk.has_power(act) && clerk.may(READ, &tie).is_ok();
        let accepts = clerk.has_power(ACCEPT);
        let own = answers.first().is_some_and(|answer| clerk.is_among(persons(&answer.writers)));
        let proposed = clerk.is_among(persons(&letter.proposer));
        let asks = matches!(state, S::Received | S::InHand) && !letter.course.again;
        let public = piece.filter(|piece| piece.state == PieceState::Published);
        let away = public.is_some_and(|piece| !piece.proposers.is_empty());
        let own_away = public.is_some_and(|piece| clerk.is_among(persons(&piece.proposers)));
        Self {
            peruse: has(PERUSE) && !letter.is_erased(),
            accept: accepts && state == S::Received,
            settle: accepts && state == S::InHand,
            join: accepts && asks,
            transfer: clerk.has_power(TRANSFER) && asks,
            draft: has(DRAFT) && state == S::InHand,
            propose: has(DRAFT) && state == S::InHand && letter.course.extension == Extension::None,
            approve: has(APPROVE) && matches!(state, S::Drafted | S::Approved) && !own,
            pass: state == S::Drafted,
            send: has(ANSWER) && state == S::Approved,
            extend: has(EXTEND)
                && state == S::InHand
                && letter.course.extension == Extension::Proposed
                && !proposed,
            publish: has(DRAFT) && may_be_published(letter, piece),
            propose_away: has(PROPOSE_AWAY) && public.is_some() && !away,
            take_away: has(TAKE_AWAY) && away && !own_away,
            close: has(CLOSE)
                && waits.is_some_and(|waits| !clerk.is_among(persons(&waits.proposers))),
        }
    }
}

/// Whether question and answer may be prepared for publication: nothing of this answer is public or on its way there.
fn may_be_published(letter: &Suggestion, piece: Option<&Piece>) -> bool {
    let agreed = letter.consent && letter.kind.may_be_published() && !letter.is_erased();
    let shown = piece.is_some_and(|piece| match piece.state {
        PieceState::Submitted => true,
        PieceState::Published => piece.round >= letter.round(),
        PieceState::Returned | PieceState::Withdrawn => false,
    });
    letter.course.state.is_answered() && agreed && !shown
}

fn persons(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(String::as_str)
}

/// What forms begin with.
pub(super) struct Offered {
    pub ways: [PetitionWay; 3],
    pub disclosure: &'static str,
    /// What the field of the answer begins with: one's own draft, or what came back from review.
    pub answer: String,
    /// When one's own draft was kept.
    pub saved: Option<String>,
    /// What colleagues have typed: who, when, the words.
    pub others: Vec<(String, String, String)>,
    /// What the writer was answered before he asked again: when, the words.
    pub before: Vec<(String, String)>,
    pub title: String,
    pub question: String,
    pub published: String,
}

impl Offered {
    /// What the forms on a letter's page begin with; drafts only for who may write the answer.
    pub(super) async fn of(
        visit: &Visit,
        (letter, written): (&Suggestion, &Written),
        answers: &[Answer],
        (person, drafts): (&str, bool),
    ) -> Result<Self, Fault> {
        let sealer = visit.house.sealer().map_err(Fault::inside)?;
        let words = |answer: &Answer| answer.words(sealer).map_err(Fault::inside);
        let newest = answers.first().map(words).transpose()?.unwrap_or_default();
        // What was said before is shown beside the field: whoever asked again is not sent the same once more.
        let current = answers.first().filter(|answer| answer.round == letter.round());
        let mut offered = Self {
            ways: PetitionWay::ALL,
            disclosure: DISCLOSURE_OPENING,
            answer: current.map(words).transpose()?.unwrap_or_default(),
            saved: None,
            others: Vec::new(),
            before: Vec::new(),
            title: masked(&written.subject, written),
            question: masked(&written.words, written),
            published: masked_answer(&newest, written),
        };
        let sent = |answer: &&Answer| answer.state == AnswerState::Sent;
        for answer in answers.iter().filter(sent).filter(|_| letter.course.again) {
            let on = answer.sent_at.as_deref().map(web::moments::day).unwrap_or_default();
            offered.before.push((on, words(answer)?));
        }
        if !drafts {
            return Ok(offered);
        }
        for draft in AnswerDraft::of(visit.house.store(), &letter.id).await? {
            let said = draft.words(sealer).map_err(Fault::inside)?;
            let at = web::moments::minute(&draft.saved_at);
            match draft.person == person {
                true => (offered.answer, offered.saved) = (said, Some(at)),
                false => offered.others.push((draft.name, at, said)),
            }
        }
        Ok(offered)
    }
}

/// Organs to choose from under a heading: code and name.
pub(super) type Organs = (String, Vec<(String, String)>);

/// Organs a letter can go to: those it is likely to belong to, then those of the organ's own division, then the others
/// by city and district, those of townships with their district.
pub(super) async fn organs(
    visit: &Visit,
    all: &[Organ],
    own: &Organ,
    likely: &[Likely],
) -> Result<Vec<Organs>, Fault> {
    let today = visit.house.ledger().clock().today();
    let fits = |organ: &&Organ| {
        organ.stands_on(today) && organ.code != own.code && organ.kind != identity::PUBLIC_SERVICE
    };
    let choice = |organ: &Organ| (organ.code.clone(), organ.name.clone());
    let first = likely.iter().filter_map(|one| all.iter().find(|organ| organ.code == one.organ));
    let first: Vec<_> = first.filter(fits).map(choice).collect();
    let mut groups: BTreeMap<(bool, String), Vec<(String, String)>> = BTreeMap::new();
    let here = seat(&own.division, own.level);
    for organ in all.iter().filter(fits) {
        if first.iter().any(|(code, _)| *code == organ.code) {
            continue;
        }
        let there = seat(&organ.division, organ.level);
        groups.entry((there != here, there)).or_default().push(choice(organ));
    }
    let divisions = Division::down_to(visit.house.store(), Level::District).await?;
    let called = |code: &str| {
        let own = divisions.iter().find(|division| division.code == code);
        own.map_or_else(|| "其他".to_owned(), |division| division.name.clone())
    };
    let mut told = Vec::new();
    if !first.is_empty() {
        told.push(("像是这些机关的事".to_owned(), first));
    }
    told.extend(groups.into_iter().map(|((_, code), organs)| (called(&code), organs)));
    Ok(told)
}

/// The city or the district in which an organ of this division stands.
fn seat(division: &str, level: Level) -> String {
    match level {
        Level::City | Level::District => division.to_owned(),
        Level::Township | Level::Village => Division::range_of(division, Level::District).0,
    }
}
